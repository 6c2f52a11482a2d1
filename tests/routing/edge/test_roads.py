"""The contracted graph against SciPy's Dijkstra, and paths against the tables."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from logistics.kit.geo import Point, great_circle_m
from logistics.routing.edge import roads as roads_module
from logistics.routing.edge.osm_roads import read_roads
from logistics.routing.edge.roads import FASTEST, METRICS_MAX, MIXED, ROAD_CLASSES, Metric, RoadMap
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
    free, rush = town.matrix([0, 9]), town.matrix([0, 9], slowness=200)
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


def slowed(**percents: int) -> tuple[int, ...]:
    return tuple(percents.get(name, 100) for name in ROAD_CLASSES)


def test_classes_of_roads_slow_down_by_themselves(town: RoadMap) -> None:
    slowness = slowed(primary=300, residential=150)
    nodes = list(range(0, len(town), 3))
    metric = Metric(percents=slowness)
    asked = np.array(nodes)
    assert np.array_equal(town.table(asked, metric), town.table_by_dijkstra(asked, metric))
    free, slow = town.matrix(nodes), town.matrix(nodes, slowness=slowness)
    assert (slow.seconds >= free.seconds).all()
    assert (slow.seconds > free.seconds).any()
    assert (slow.seconds <= 3 * free.seconds).all()
    assert np.array_equal(slow.seconds, town.seconds(nodes, slowness=slowness))


def test_alike_classes_are_a_stretched_table() -> None:
    # 1 -> 2 takes 500 hundredths; at 150 percent 7.5 s, rounded up.
    degrees, arcs = np.array([0.0, 0.1]), np.array([0, 1], dtype=np.int64)
    roads = RoadMap(degrees, degrees, arcs, arcs[::-1].copy(), np.array([500, 500]), np.array([70, 70]))
    assert roads.seconds([0, 1], slowness=slowed(**dict.fromkeys(ROAD_CLASSES, 150))).tolist() == [[0, 8], [8, 0]]


def test_a_path_avoids_what_is_slow() -> None:
    # Two ways from 0 to 3: over 1 on a primary road (6 s), over 2 on a residential one (8 s).
    where = np.array([[0.0, 0.0], [0.1, 0.1], [0.2, -0.1], [0.3, 0.0]])
    kinds = np.array([ROAD_CLASSES.index(name) for name in ("primary", "primary", "residential", "residential")])
    tail, head = np.array([0, 1, 0, 2]), np.array([1, 3, 2, 3])
    roads = RoadMap(where[:, 0], where[:, 1], tail, head, np.array([300, 300, 400, 400]), np.array([9] * 4), kinds)
    assert [point.lat for point in roads.path(0, 3)] == [0.0, 0.1, 0.3]
    assert [point.lat for point in roads.path(0, 3, slowness=slowed(primary=200))] == [0.0, 0.2, 0.3]


def test_weights_of_many_hours_do_not_pile_up(town: RoadMap) -> None:
    for percent in range(101, 101 + 2 * METRICS_MAX):
        town.seconds([0, 1], slowness=slowed(primary=percent))
    kept = town._memo.get("weighed", {})  # noqa: SLF001 - what is kept is the point here
    assert len(kept) <= METRICS_MAX
