"""Asks a Valhalla server: `locate` for where places meet the road, `sources_to_targets` for tables, `route` for lines.

Valhalla answers a table of one unreachable region with an error for all of it, and puts a place on an island to the
mainland however far off that is. So places are located first, the search for each is kept near it, and places of
regions that do not hang together are asked about apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from logistics.kit.edge.http_client import HttpClient, Request
from logistics.kit.errors import Invalid
from logistics.kit.geo import Point, great_circle_m
from logistics.routing.edge.off_road import NOWHERE_M, OFF_M_MAX
from logistics.routing.edge.roads import Floats
from logistics.routing.edge.table_server import (
    LIST,
    METRES_MAX,
    OK,
    SECONDS_MAX,
    Block,
    ask,
    figures,
    misunderstood,
    nowhere,
    refused,
)
from logistics.routing.matrix import UNREACHABLE

COSTING = "auto"
SIDE_MAX = 50  # 2,500 pairs: `max_matrix_location_pairs` of a server nobody configured
LINE_MAX = 20  # `max_locations` of such a server
LOCATE_MAX = 100
NEAR_M = 1_000  # a place by the road is looked for no further: an island is not moved to the mainland
UNCONNECTED = 170  # "Locations are in unconnected regions"
METRES_A_KM = 1000
POLYLINE_SCALE = 1_000_000


@dataclass(frozen=True, slots=True)
class Valhalla:
    """A Valhalla server at ``url``, asked for cars."""

    url: str
    client: HttpClient
    side_max: int = SIDE_MAX
    _off_m: dict[Point, int] = field(default_factory=dict)
    _region: dict[Point, int] = field(default_factory=dict)  # filled once the server says there are several

    @property
    def name(self) -> str:
        """Name the server for people."""
        return f"Valhalla at {self.url}"

    def version(self, probe: Point) -> str:  # noqa: ARG002 - it says so of itself
        """Return when its tiles were made, and with which Valhalla."""
        status, values = self._ask("status", {})
        if status != OK:
            raise refused(self.name, status, values.get("error"))
        made = values.get("tileset_last_modified")
        return f"{values.get('version')}/{made}" if made else ""

    def block(self, origins: Sequence[Point], targets: Sequence[Point]) -> Block:
        """Return travel from origins to targets, region by region."""
        self._locate([*origins, *targets])
        if self._region:
            self._part([*origins, *targets])
        whole = nowhere(len(origins), len(targets))
        whole.origins_off_m[:] = [self._off_m[point] for point in origins]
        whole.targets_off_m[:] = [self._off_m[point] for point in targets]
        if not self._fill(whole, origins, targets):
            self._part([*origins, *targets])
            if not self._fill(whole, origins, targets):
                raise misunderstood(self.name, "it does not say which places hang together")
        return whole

    def line(self, way: Sequence[Point]) -> list[Point]:
        """Return the corners of the fastest way through these points."""
        self._locate(way)
        line: list[Point] = []
        for first in range(0, max(1, len(way) - 1), LINE_MAX - 1):
            body = {"locations": self._places(way[first : first + LINE_MAX]), "directions_type": "none"}
            status, values = self._ask("route", body)
            if status != OK:
                raise refused(self.name, status, values.get("error"))
            try:
                for leg in values["trip"]["legs"]:
                    line += decoded(leg["shape"])
            except (Invalid, KeyError, TypeError, ValueError) as fault:
                raise misunderstood(self.name, "its route has no line") from fault
        return [a for a, b in pairwise(line) if a != b] + line[-1:]

    # -- tables --------------------------------------------------------------------------------

    def _fill(self, whole: Block, origins: Sequence[Point], targets: Sequence[Point]) -> bool:
        """Ask about each region; tell whether the server took the places of each to hang together."""
        for region in sorted({self._of(point) for point in origins} - {NOWHERE_M}):
            rows = [row for row, point in enumerate(origins) if self._of(point) == region]
            columns = [column for column, point in enumerate(targets) if self._of(point) == region]
            if not columns:
                continue
            found = self._table([origins[row] for row in rows], [targets[column] for column in columns])
            if found is None:
                return False
            whole.seconds[np.ix_(rows, columns)], whole.metres[np.ix_(rows, columns)] = found
        return True

    def _of(self, point: Point) -> int:
        """Return the region of a point as far as it is known, `NOWHERE_M` if it has no road."""
        return NOWHERE_M if self._off_m[point] == NOWHERE_M else self._region.get(point, 0)

    def _part(self, points: Sequence[Point]) -> None:
        """Find out which of these points hang together; the first of each region stands for it."""
        located = (point for point in dict.fromkeys(points) if self._off_m[point] != NOWHERE_M)
        left = [point for point in located if point not in self._region]
        anchors = {region: point for point, region in reversed(self._region.items())}
        for region in sorted(anchors):
            left = self._join(region, anchors[region], left)
        while left:
            left = self._join(max(self._region.values(), default=0) + 1, left[0], left)

    def _join(self, region: int, anchor: Point, points: list[Point]) -> list[Point]:
        """Put what hangs together with the anchor into its region; return the others."""
        together = set(self._connected(anchor, [point for point in points if point != anchor])) | {anchor}
        self._region.update((point, region) for point in points if point in together)
        return [point for point in points if point not in together]

    def _connected(self, anchor: Point, points: list[Point]) -> list[Point]:
        """Return the points the server takes together with the anchor, halving where it refuses."""
        if not points:
            return []
        if len(points) <= self.side_max and self._table([anchor], points) is not None:
            return points
        if len(points) == 1:
            return []
        half = len(points) // 2
        return self._connected(anchor, points[:half]) + self._connected(anchor, points[half:])

    def _table(self, origins: Sequence[Point], targets: Sequence[Point]) -> tuple[Floats, Floats] | None:
        """Return seconds and metres, or nothing if the server says they lie in several regions."""
        body = {"sources": self._places(origins), "targets": self._places(targets), "verbose": False}
        status, values = self._ask("sources_to_targets", body)
        if status != OK and values.get("error_code") == UNCONNECTED:
            return None
        if status != OK:
            raise refused(self.name, status, values.get("error"))
        tables = values.get("sources_to_targets")
        if not isinstance(tables, dict) or values.get("units") != "kilometers":
            raise misunderstood(self.name, "it gives no table in kilometres")
        shape = (len(origins), len(targets))
        seconds = figures(tables.get("durations"), shape, self.name, most=SECONDS_MAX)
        km = figures(tables.get("distances"), shape, self.name, most=METRES_MAX)
        lost = (seconds == UNREACHABLE) | (km == UNREACHABLE)
        return np.where(lost, UNREACHABLE, seconds), np.where(lost, UNREACHABLE, np.rint(km * METRES_A_KM))

    # -- places --------------------------------------------------------------------------------

    def _locate(self, points: Sequence[Point]) -> None:
        """Learn how far from the road these points lie."""
        new = [point for point in dict.fromkeys(points) if point not in self._off_m]
        for first in range(0, len(new), LOCATE_MAX):
            part = new[first : first + LOCATE_MAX]
            locations = [{"lat": point.lat, "lon": point.lon, "search_cutoff": OFF_M_MAX} for point in part]
            status, values = self._ask("locate", {"locations": locations})
            found = values.get(LIST)
            if status != OK or not isinstance(found, list) or len(found) != len(part):
                raise refused(self.name, status, values.get("error") or "it did not locate the places")
            for point, one in zip(part, found, strict=True):
                self._off_m[point] = self._nearest_m(point, one)

    def _nearest_m(self, point: Point, found: Any) -> int:
        try:
            edges = found.get("edges") or []
            ends = [Point(lat=edge["correlated_lat"], lon=edge["correlated_lon"]) for edge in edges]
        except (AttributeError, Invalid, KeyError, TypeError, ValueError) as fault:
            raise misunderstood(self.name, "it does not say where the places are") from fault
        return min((int(great_circle_m(point, end)) for end in ends), default=NOWHERE_M)

    def _places(self, points: Sequence[Point]) -> list[dict[str, float]]:
        return [
            {"lat": point.lat, "lon": point.lon, "search_cutoff": NEAR_M if self._off_m[point] < NEAR_M else OFF_M_MAX}
            for point in points
        ]

    def _ask(self, action: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        asked = {"costing": COSTING, "units": "kilometers", **body} if body else {}
        request = Request("POST", f"{self.url}/{action}", json=asked, repeatable=True)  # it changes nothing
        return ask(self.client, request, self.name)


def decoded(shape: str) -> list[Point]:
    """Read Google's encoded polyline with six decimals."""
    numbers: list[int] = []
    value = shift = 0
    for letter in shape:
        bits = ord(letter) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:  # noqa: PLR2004 - the sixth bit says that more follows
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    line, lat, lon = [], 0, 0
    for step_lat, step_lon in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lon = lat + step_lat, lon + step_lon
        line.append(Point(lat=lat / POLYLINE_SCALE, lon=lon / POLYLINE_SCALE))
    return line
