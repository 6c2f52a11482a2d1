from pathlib import Path

import pytest

from logistics.kit.errors import Invalid
from logistics.kit.geo import Point
from logistics.routing.edge.matrix_source import Geodesic, RoadTravel, travel_source
from logistics.routing.edge.osm_roads import read_roads
from tests.routing.edge.towns import random_town, write_osm

A, B = Point(lat=30.0, lon=120.0), Point(lat=30.0, lon=120.01)


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
    _, findings = RoadTravel(read_roads(map_file)).matrix([A, Point(lat=30.5, lon=120.0)])
    assert [(finding.where, finding.code) for finding in findings] == [("points[1]", "off_road")]


def test_the_source_is_chosen_by_its_name(map_file: Path) -> None:
    assert isinstance(travel_source("geodesic", None), Geodesic)
    assert isinstance(travel_source("roads", map_file), RoadTravel)
    for kind, file in (("roads", None), ("crow", map_file)):
        with pytest.raises(Invalid):
            travel_source(kind, file)
