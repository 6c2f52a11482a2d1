"""Asks a server that speaks OSRM's HTTP protocol, version 1: `table`, `nearest`, `route`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from logistics.kit.edge.http_client import HttpClient, Request
from logistics.kit.errors import Invalid
from logistics.kit.geo import Point
from logistics.routing.edge.roads import Ints
from logistics.routing.edge.table_server import (
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

PROFILE = "driving"  # stands in the address; the server does not look at it
SIDE_MAX = 100  # `--max-table-size` of a server nobody configured
LINE_MAX = 100  # points of one drawing; far below `--max-viaroute-size`
NO_SEGMENT = re.compile(r"coordinate (\d+)")  # "Could not find a matching segment for coordinate 3"


@dataclass(frozen=True, slots=True)
class Osrm:
    """An OSRM server at ``url``; what kind of vehicle it means is what its map was extracted for."""

    url: str
    client: HttpClient
    side_max: int = SIDE_MAX

    @property
    def name(self) -> str:
        """Name the server for people."""
        return f"OSRM at {self.url}"

    def version(self, probe: Point) -> str:
        """Return what its map was extracted with as `--data_version`; empty if with none."""
        _, values = self._ask("nearest", [probe], {})
        return str(values.get("data_version") or "")

    def block(self, origins: Sequence[Point], targets: Sequence[Point]) -> Block:
        """Return travel from origins to targets; who has no road near in the server's own limits is nowhere."""
        whole = nowhere(len(origins), len(targets))
        rows, columns = list(range(len(origins))), list(range(len(targets)))
        while rows and columns:
            found = self._table([origins[row] for row in rows], [targets[column] for column in columns])
            if isinstance(found, Block):
                return _placed(whole, found, rows, columns)
            if found < len(rows):
                del rows[found]
            else:
                del columns[found - len(rows)]
        return whole

    def line(self, way: Sequence[Point]) -> list[Point]:
        """Return the corners of the fastest way through these points."""
        line: list[Point] = []
        for first in range(0, max(1, len(way) - 1), LINE_MAX - 1):
            part = way[first : first + LINE_MAX]
            status, values = self._ask("route", part, {"overview": "full", "geometries": "geojson"})
            if status != OK:
                raise refused(self.name, status, values.get("message"))
            try:
                corners = values["routes"][0]["geometry"]["coordinates"]
                line += [Point(lat=lat, lon=lon) for lon, lat in corners]
            except (Invalid, KeyError, IndexError, TypeError, ValueError) as fault:
                raise misunderstood(self.name, "its route has no line") from fault
        return [a for a, b in pairwise(line) if a != b] + line[-1:]

    def _table(self, origins: Sequence[Point], targets: Sequence[Point]) -> Block | int:
        """Return the block, or the number of the coordinate that the server finds no road for."""
        params = {
            "annotations": "duration,distance",
            "sources": _listed(range(len(origins))),
            "destinations": _listed(range(len(origins), len(origins) + len(targets))),
        }
        status, values = self._ask("table", [*origins, *targets], params)
        if status != OK or values.get("code") != "Ok":
            at = NO_SEGMENT.search(str(values.get("message"))) if values.get("code") == "NoSegment" else None
            if at and int(at[1]) < len(origins) + len(targets):
                return int(at[1])
            raise refused(self.name, status, values.get("message") or values.get("code"))
        shape = (len(origins), len(targets))
        seconds = figures(values.get("durations"), shape, self.name, most=SECONDS_MAX)
        metres = figures(values.get("distances"), shape, self.name, most=METRES_MAX)
        metres[seconds == UNREACHABLE] = seconds[metres == UNREACHABLE] = UNREACHABLE
        return Block(
            seconds,
            np.rint(metres).astype(np.int64),
            self._off_m(values.get("sources"), len(origins)),
            self._off_m(values.get("destinations"), len(targets)),
            str(values.get("data_version") or ""),
        )

    def _ask(self, service: str, points: Sequence[Point], params: dict[str, str]) -> tuple[int, dict[str, Any]]:
        where = ";".join(f"{point.lon:.5f},{point.lat:.5f}" for point in points)
        request = Request("GET", f"{self.url}/{service}/v1/{PROFILE}/{where}", params=params)
        return ask(self.client, request, self.name)

    def _off_m(self, snapped: Any, count: int) -> Ints:
        try:
            off_m = [int(place["distance"]) for place in snapped]
        except (KeyError, TypeError, ValueError, OverflowError) as fault:
            raise misunderstood(self.name, "its table does not say where the places are") from fault
        if len(off_m) != count or min(off_m) < 0:
            raise misunderstood(self.name, f"it has {len(off_m)} places, not {count}")
        return np.array(off_m, dtype=np.int64)


def _listed(numbers: range) -> str:
    return ";".join(str(number) for number in numbers)


def _placed(whole: Block, found: Block, rows: list[int], columns: list[int]) -> Block:
    """Put what was found where it belongs; the rest stays nowhere."""
    where = np.ix_(rows, columns)
    whole.seconds[where], whole.metres[where] = found.seconds, found.metres
    whole.origins_off_m[rows], whole.targets_off_m[columns] = found.origins_off_m, found.targets_off_m
    return Block(whole.seconds, whole.metres, whole.origins_off_m, whole.targets_off_m, found.version)
