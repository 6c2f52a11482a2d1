"""Where travel figures come from: measured over the ground, or driven over roads.

`Geodesic` needs no map: the great-circle distance, times how much longer roads are, at a usual speed.
`RoadTravel` drives over a road map, `ServerTravel` (`server_travel.py`) asks a server that does. All give paths to
draw, and findings about points that lie off the road or that nobody reaches. Which one: see `sources.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from logistics.kit.findings import Finding
from logistics.kit.geo import Point
from logistics.routing.edge.off_road import cut_off, lost_points, off_road
from logistics.routing.edge.roads import PERCENT, Ints, RoadMap, Slowness
from logistics.routing.edge.speed_profile import USUAL, WORKDAY, SpeedProfile
from logistics.routing.ground import table_m
from logistics.routing.matrix import Travel, TravelMatrix
from logistics.routing.model import TimeWindow

# Measured on 10,000 random pairs each in Porto and Jinan: roads are 1.46 and 1.39 times the distance over the ground.
DETOUR_PERCENT = 145
# Free flow over two to eight kilometres is 12 to 16 m/s there, a third less in ordinary traffic.
SPEED_M_PER_S = 9.0


class TravelSource(Protocol):
    """Gives travel figures and paths between points; findings name points by their number, ``points[3]``."""

    def matrix(self, points: Sequence[Point], hours: TimeWindow | None = None) -> tuple[Travel, tuple[Finding, ...]]:
        """Return travel between all points: by the hour within these (seconds from midnight), as far as known.

        Without hours there is one figure, of an ordinary hour. A point nobody reaches is found, and ``UNREACHABLE``.
        Raises Failure if it cannot be had.
        """
        ...

    def path(self, way: Sequence[Point]) -> list[Point]:
        """Return the line along which somebody drives through these points in order."""
        ...


@dataclass(frozen=True, slots=True)
class Geodesic:
    """Great-circle distances, stretched by ``detour_percent``, driven at ``speed_m_per_s``."""

    detour_percent: int = DETOUR_PERCENT
    speed_m_per_s: float = SPEED_M_PER_S

    def matrix(
        self,
        points: Sequence[Point],
        hours: TimeWindow | None = None,  # noqa: ARG002 - over the ground all hours are alike
    ) -> tuple[Travel, tuple[Finding, ...]]:
        """Return travel between all points; there is nothing to find."""
        metres = np.rint(table_m(points) * self.detour_percent / PERCENT).astype(np.int64)
        return TravelMatrix(np.ceil(metres / self.speed_m_per_s).astype(np.int64), metres), ()

    def path(self, way: Sequence[Point]) -> list[Point]:
        """Return the points themselves: without a map there is only the straight line."""
        return list(way)


@dataclass(frozen=True, slots=True)
class RoadTravel:
    """Fastest ways over a road map, in traffic as slow as a profile says."""

    roads: RoadMap
    profile: SpeedProfile = USUAL

    def matrix(self, points: Sequence[Point], hours: TimeWindow | None = None) -> tuple[Travel, tuple[Finding, ...]]:
        """Return travel between all points, each moved to the nearest road; findings about far and lost ones."""
        snaps = self.roads.snap(list(points))
        nodes, off_m = [snap.node for snap in snaps], [snap.off_m for snap in snaps]
        lost = lost_points(off_m)

        def tables(slowness: Slowness) -> TravelMatrix:
            matrix = self.roads.matrix(nodes, slowness=slowness)
            return TravelMatrix(cut_off(matrix.seconds, lost), cut_off(matrix.metres, lost))

        def seconds(slowness: Slowness) -> Ints:
            return cut_off(self.roads.seconds(nodes, slowness=slowness), lost)

        travel = self.profile.travel(hours, tables, seconds)
        return travel, off_road(off_m, travel)

    def path(self, way: Sequence[Point]) -> list[Point]:
        """Return the corners of the fastest way through these points; its ends lie on roads."""
        nodes = [snap.node for snap in self.roads.snap(list(way))] if way else []
        line = [self.roads.point(nodes[0])] if nodes else []
        slowness = self.profile.ordinary(WORKDAY)
        for origin, target in pairwise(nodes):
            line += self.roads.path(origin, target, slowness=slowness)[1:]
        return line
