"""A town of plain streets with an island, for comparing what a real server and our own roads say of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from logistics.kit.geo import Point
from logistics.routing.edge.osm_roads import read_roads
from logistics.routing.edge.roads import PERCENT
from logistics.routing.matrix import UNREACHABLE, Travel
from tests.routing.edge.towns import random_town, write_osm

ISLAND = {9001: (30.2, 120.2), 9002: (30.2, 120.204), 9003: (30.204, 120.204)}
STEP = 5  # every fifth corner is a place


def write_town(folder: Path) -> Path:
    """Write streets of one class, so that the fastest way is the shortest for everybody; and the island."""
    nodes, ways = random_town(3)
    streets = [(refs, {"highway": "residential"}) for refs, _ in ways]
    island = [(list(ISLAND), {"highway": "residential"})]
    return write_osm(folder / "town.osm", {**nodes, **ISLAND}, [*streets, *island])


def places() -> list[Point]:
    """Return corners of the town; then a place 1.6 km beside it, one on the island, and one off the map."""
    nodes, _ = random_town(3)
    corners = [Point(lat=lat, lon=lon) for lat, lon in list(nodes.values())[::STEP]]
    return [*corners, Point(lat=29.985, lon=120.01), Point(lat=30.2, lon=120.2), Point(lat=31.5, lon=120.1)]


def check_like_our_roads(travel: Travel, osm: Path, *, percents: tuple[float, float]) -> None:
    """Compare the table of `places` with our own: metres alike, seconds in the same order and near these percents."""
    town = places()[:-3]
    roads = read_roads(osm)
    ours = roads.matrix([snap.node for snap in roads.snap(town)])
    every = np.arange(len(town))
    seconds, metres = travel.block(every, every)
    apart = ~np.eye(len(town), dtype=bool)
    ratios = metres[apart] / ours.metres[apart]
    assert abs(np.median(ratios) - 1) < 0.01
    assert 0.95 < np.percentile(ratios, 5) <= np.percentile(ratios, 95) < 1.1  # a turn costs some of them more
    assert np.corrcoef(seconds[apart], ours.seconds[apart])[0, 1] > 0.98
    low, high = percents
    assert low <= PERCENT * np.median(seconds[apart] / ours.seconds[apart]) <= high


def reached(travel: Travel) -> list[bool]:
    """Tell which places are reached from the first corner and lead back there."""
    return [travel.reaches(0, place) and travel.reaches(place, 0) for place in range(len(travel))]


def lost(travel: Travel) -> int:
    """Count the ways that do not exist."""
    every = np.arange(len(travel))
    return int((travel.block(every, every)[0] >= UNREACHABLE).sum())
