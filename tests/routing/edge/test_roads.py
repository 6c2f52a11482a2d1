"""The contracted graph against SciPy's Dijkstra, and paths against the tables."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from logistics.kit.geo import Point, great_circle_m
from logistics.routing.edge import roads as roads_module
from logistics.routing.edge.osm_roads import read_roads
from logistics.routing.edge.roads import FASTEST, MIXED, RoadMap
from logistics.routing.matrix import UNREACHABLE
from tests.routing.edge.towns import random_town, write_osm

MAPS = Path(__file__).parents[3].parent / "shared" / "data" / "osm"


@pytest.fixture(params=range(4))
def town(request: pytest.FixtureRequest, tmp_path: Path) -> RoadMap:
    return read_roads(write_osm(tmp_path / "town.osm", *random_town(request.param)))


def length_m(line: list[Point]) -> float:
    return sum(great_circle_m(a, b) for a, b in pairwise(line))


def check_against_dijkstra(roads: RoadMap, nodes: list[int]) -> None:
    asked = np.unique(np.array(nodes))
    for metric in (FASTEST, MIXED):
        assert np.array_equal(roads.table(asked, metric), roads.table_by_dijkstra(asked, metric))


def test_the_contracted_graph_agrees_with_dijkstra(town: RoadMap) -> None:
    check_against_dijkstra(town, list(range(len(town))))


def test_a_path_is_as_long_as_the_table_says(town: RoadMap) -> None:
    nodes = list(range(0, len(town), 5))
    matrix = town.matrix(nodes)
    for a, origin in enumerate(nodes):
        for b, target in enumerate(nodes):
            assert length_m(town.path(origin, target)) == pytest.approx(matrix.travel_m(a, b), abs=20)


def test_without_the_wheel_the_answers_are_the_same(town: RoadMap, monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [0, 7, 7, len(town) - 1]
    matrix, path = town.matrix(nodes), town.path(0, len(town) - 1)
    monkeypatch.setattr(roads_module, "HAS_CCH", False)
    again = town.matrix(nodes)
    assert np.array_equal(matrix.seconds, again.seconds)
    assert np.array_equal(matrix.metres, again.metres)
    assert length_m(town.path(0, len(town) - 1)) == pytest.approx(length_m(path), abs=1)


def test_slow_traffic_stretches_times_and_not_metres(town: RoadMap) -> None:
    free, rush = town.matrix([0, 9]), town.matrix([0, 9], slow_percent=200)
    assert rush.travel_s(0, 1) == pytest.approx(2 * free.travel_s(0, 1), abs=1)
    assert rush.travel_m(0, 1) == free.travel_m(0, 1)


def test_a_point_snaps_to_the_nearest_node(town: RoadMap) -> None:
    for node in (0, 5, 11):
        beside = Point(lat=town.point(node).lat + 0.0001, lon=town.point(node).lon)
        (snap,) = town.snap([beside])
        assert snap.node == node
        assert snap.off_m == pytest.approx(11, abs=1)


def test_what_no_way_leads_to_is_unreachable() -> None:
    one = np.array([0, 1], dtype=np.int64)
    degrees = np.array([0.0, 0.1])
    # A single arc from 0 to 1, none back.
    roads = RoadMap(degrees, degrees, one[:1], one[1:], np.array([500]), np.array([70]))
    matrix = roads.matrix([0, 1])
    assert (matrix.travel_s(0, 1), matrix.travel_m(0, 1), matrix.travel_s(1, 0)) == (5, 70, UNREACHABLE)
    assert roads.path(1, 0) == []


@pytest.mark.data
@pytest.mark.parametrize(("name", "nodes_min"), [("porto", 100_000), ("jinan", 10_000)])
def test_a_real_city(name: str, nodes_min: int) -> None:
    path = MAPS / f"{name}.osm.pbf"
    if not path.is_file():
        pytest.skip(f"the shared data folder is missing: {path}")
    roads = read_roads(path)
    assert len(roads) > nodes_min
    check_against_dijkstra(roads, np.random.default_rng(1).integers(0, len(roads), 12).tolist())
