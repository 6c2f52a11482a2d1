from pathlib import Path

import pytest

from logistics.kit.geo import Point
from logistics.routing.edge.matrix_source import Geodesic, RoadTravel
from logistics.routing.edge.osm_roads import read_roads
from logistics.routing.edge.speed_profile import Part, SpeedProfile
from logistics.routing.matrix import UNREACHABLE, HourlyMatrix
from logistics.routing.model import TimeWindow
from tests.routing.edge.towns import random_town, write_osm

A, B, OFF_MAP = Point(lat=30.0, lon=120.0), Point(lat=30.0, lon=120.01), Point(lat=30.5, lon=120.0)


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    return write_osm(tmp_path / "town.osm", *random_town(3))


def test_without_a_map_distances_are_stretched() -> None:
    # 963 m over the ground, 1.45 times as long by road: 1396 m; at 9 m/s 156 s, rounded up.
    matrix, findings = Geodesic().matrix([A, B])
    assert (matrix.travel_m(0, 1), matrix.travel_s(0, 1), findings) == (1396, 156, ())
    assert Geodesic().path([A, B]) == [A, B]


def test_over_roads_the_way_follows_streets(map_file: Path) -> None:
    source = RoadTravel(read_roads(map_file))
    matrix, findings = source.matrix([A, B])
    assert findings == ()
    assert matrix.travel_m(0, 1) >= 600
    assert len(source.path([A, B, A])) > 4
    assert source.path([]) == []


def test_a_point_far_from_any_road_is_told(map_file: Path) -> None:
    # 0.02 degrees are 2.2 km beside the town, half a degree is off the map altogether.
    matrix, findings = RoadTravel(read_roads(map_file)).matrix([A, Point(lat=29.98, lon=120.0), OFF_MAP])
    assert [(finding.where, finding.code) for finding in findings] == [
        ("points[1]", "off_road"),
        ("points[2]", "not_reached"),
    ]
    assert [matrix.reaches(0, 1), matrix.reaches(0, 2), matrix.reaches(2, 2)] == [True, False, True]


def test_travel_over_roads_follows_the_hour(map_file: Path) -> None:
    profile = SpeedProfile((Part(0, 100), Part(8 * 3600, 200, {"primary": 300}), Part(10 * 3600, 100)))
    source = RoadTravel(read_roads(map_file), profile)
    travel, _ = source.matrix([A, B, OFF_MAP], TimeWindow(7 * 3600, 12 * 3600))
    free = source.roads.matrix([snap.node for snap in source.roads.snap([A, B])])
    assert isinstance(travel, HourlyMatrix)
    assert travel.starts_s == (0, 8 * 3600, 10 * 3600)
    assert travel.travel_s(0, 1, 7 * 3600) == travel.travel_s(0, 1, 11 * 3600) == free.travel_s(0, 1)
    assert 2 * free.travel_s(0, 1) - 2 <= travel.travel_s(0, 1, 9 * 3600) <= 3 * free.travel_s(0, 1)
    assert travel.travel_s(0, 2, 9 * 3600) >= UNREACHABLE
    # Whoever leaves later arrives no earlier, across both changes of speed.
    arrivals = [at_s + travel.travel_s(0, 1, at_s) for at_s in range(8 * 3600 - 300, 8 * 3600 + 60)]
    arrivals += [at_s + travel.travel_s(0, 1, at_s) for at_s in range(10 * 3600 - 300, 10 * 3600 + 60)]
    assert arrivals == sorted(arrivals)
