"""Where travel figures come from: measured over the ground, or driven over roads.

`Geodesic` needs no map: the great-circle distance, times how much longer roads are, at a usual speed.
`RoadTravel` drives over a road map. Both give paths to draw, and findings about points they had to move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np

from logistics.kit.errors import Invalid
from logistics.kit.findings import Finding
from logistics.kit.geo import Point
from logistics.routing.edge.osm_roads import load_roads
from logistics.routing.edge.roads import PERCENT, RoadMap
from logistics.routing.ground import table_m
from logistics.routing.matrix import TravelMatrix

# Measured on 10,000 random pairs each in Porto and Jinan: roads are 1.46 and 1.39 times the distance over the ground.
DETOUR_PERCENT = 145
# Free flow over two to eight kilometres is 12 to 16 m/s there, a third less in ordinary traffic.
SPEED_M_PER_S = 9.0
# Free-flow times meet real ones at about twice their length in the rush hour; half of that all day long.
SLOW_PERCENT = 150
SNAP_M_MAX = 500  # a point further than this from any road is probably wrong, and somebody is told


class TravelSource(Protocol):
    """Gives travel figures and paths between points; findings name points by their number, ``points[3]``."""

    def matrix(self, points: Sequence[Point]) -> tuple[TravelMatrix, tuple[Finding, ...]]:
        """Return travel between all points."""
        ...

    def path(self, way: Sequence[Point]) -> list[Point]:
        """Return the line along which somebody drives through these points in order."""
        ...


@dataclass(frozen=True, slots=True)
class Geodesic:
    """Great-circle distances, stretched by ``detour_percent``, driven at ``speed_m_per_s``."""

    detour_percent: int = DETOUR_PERCENT
    speed_m_per_s: float = SPEED_M_PER_S

    def matrix(self, points: Sequence[Point]) -> tuple[TravelMatrix, tuple[Finding, ...]]:
        """Return travel between all points; there is nothing to find."""
        metres = np.rint(table_m(points) * self.detour_percent / PERCENT).astype(np.int64)
        return TravelMatrix(np.ceil(metres / self.speed_m_per_s).astype(np.int64), metres), ()

    def path(self, way: Sequence[Point]) -> list[Point]:
        """Return the points themselves: without a map there is only the straight line."""
        return list(way)


@dataclass(frozen=True, slots=True)
class RoadTravel:
    """Fastest ways over a road map; ``slow_percent`` stretches free-flow times to ordinary traffic."""

    roads: RoadMap
    slow_percent: int = SLOW_PERCENT

    def matrix(self, points: Sequence[Point]) -> tuple[TravelMatrix, tuple[Finding, ...]]:
        """Return travel between all points, each moved to the nearest road, with findings about far ones."""
        snaps = self.roads.snap(list(points))
        findings = tuple(
            Finding(f"points[{number}]", "off_road", f"lies {snap.off_m} m from the nearest road", f"<= {SNAP_M_MAX} m")
            for number, snap in enumerate(snaps)
            if snap.off_m > SNAP_M_MAX
        )
        return self.roads.matrix([snap.node for snap in snaps], slow_percent=self.slow_percent), findings

    def path(self, way: Sequence[Point]) -> list[Point]:
        """Return the corners of the fastest way through these points; its ends lie on roads."""
        nodes = [snap.node for snap in self.roads.snap(list(way))] if way else []
        line = [self.roads.point(nodes[0])] if nodes else []
        for origin, target in pairwise(nodes):
            line += self.roads.path(origin, target)[1:]
        return line


def travel_source(kind: str, roads_file: Path | None) -> TravelSource:
    """Return the source of a kind: ``geodesic``, or ``roads`` over an OSM extract (refused without a file)."""
    if kind == "geodesic":
        return Geodesic()
    if kind == "roads" and roads_file is not None:
        return RoadTravel(load_roads(roads_file))
    raise Invalid("travel", f"{kind!r} is not to be had here", "geodesic, or roads where a road map is installed")
