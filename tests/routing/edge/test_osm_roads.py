"""Reading roads: which ways, which directions, how fast; from an OSM file written here."""

from pathlib import Path

import pytest

from logistics.kit.errors import Invalid
from logistics.routing.edge.osm_roads import SPEED_KMH, directions, load_roads, posted_kmh, read_roads, speed_kmh
from logistics.routing.edge.roads import ROAD_CLASSES, RoadMap
from tests.routing.edge.towns import write_osm

# A square of streets, 0.01 degrees wide, a one-way shortcut, a footway, and a yard nobody can reach.
NODES = {
    1: (0.0, 0.0),
    2: (0.0, 0.01),
    3: (0.01, 0.01),
    4: (0.01, 0.0),
    5: (0.02, 0.0),
    8: (0.05, 0.05),
    9: (0.06, 0.05),
}
WAYS = [
    ([1, 2, 3, 4, 1], {"highway": "residential"}),
    ([1, 3], {"highway": "primary", "oneway": "yes"}),
    ([4, 5], {"highway": "footway"}),
    ([8, 9], {"highway": "residential"}),
]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_osm(tmp_path / "town.osm", NODES, WAYS)


def arcs(roads: RoadMap) -> set[tuple[tuple[float, float], tuple[float, float]]]:
    where = [(round(float(lat), 4), round(float(lon), 4)) for lat, lon in zip(roads.lat, roads.lon, strict=True)]
    return {(where[a], where[b]) for a, b in zip(roads.tail, roads.head, strict=True)}


def test_the_part_that_hangs_together_is_read(town: Path) -> None:
    roads = read_roads(town)
    assert len(roads) == 4  # no footway, no yard
    assert (NODES[1], NODES[3]) in arcs(roads)
    assert (NODES[3], NODES[1]) not in arcs(roads)
    assert len(roads.tail) == 9  # four streets both ways, one shortcut one way


def test_times_follow_speed_and_length(town: Path) -> None:
    roads = read_roads(town)
    lengths = sorted(set(roads.metres.tolist()))
    assert lengths == [1112, 1573]  # one hundredth of a degree, and the diagonal
    # 1573 m at 55 km/h: 102.93 s
    assert roads.centiseconds[roads.metres == 1573].tolist() == [10293]


@pytest.mark.parametrize(
    ("tags", "kmh"),
    [
        ({"highway": "residential"}, 28),
        ({"highway": "residential", "maxspeed": "20"}, 18),
        ({"highway": "motorway", "maxspeed": "130"}, 110),
        ({"highway": "footway"}, 0),
        ({"highway": "service", "access": "private"}, 0),
        ({"highway": "service", "access": "no", "motor_vehicle": "yes"}, 16),
        ({"highway": "unclassified", "motor_vehicle": "no"}, 0),
        ({"highway": "service", "area": "yes"}, 0),
        ({"highway": "proposed"}, 0),
        ({}, 0),
    ],
)
def test_the_speed_of_a_way(tags: dict[str, str], kmh: int) -> None:
    assert speed_kmh(tags) == kmh


@pytest.mark.parametrize(
    ("text", "kmh"),
    [("50", 50), ("30 mph", 48.28032), ("80; 50", 50), ("none", 0), ("signals", 0), ("CN:urban", 0), ("", 0)],
)
def test_a_posted_limit(text: str, kmh: float) -> None:
    assert posted_kmh(text) == pytest.approx(kmh)


@pytest.mark.parametrize(
    ("tags", "both"),
    [
        ({"highway": "primary"}, (True, True)),
        ({"highway": "primary", "oneway": "yes"}, (True, False)),
        ({"highway": "primary", "oneway": "-1"}, (False, True)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "motorway", "oneway": "no"}, (True, True)),
        ({"highway": "residential", "junction": "roundabout"}, (True, False)),
    ],
)
def test_the_directions_of_a_way(tags: dict[str, str], both: tuple[bool, bool]) -> None:
    assert directions(tags) == both


def test_a_file_is_read_once_until_it_changes(town: Path) -> None:
    first = load_roads(town)
    assert load_roads(town) is first
    write_osm(town, NODES, [([1, 2, 3, 4, 1], {"highway": "primary"})])
    assert len(load_roads(town).tail) == 8


@pytest.mark.parametrize("content", [None, "this is no map", "<osm version='0.6'></osm>"])
def test_what_is_no_map_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "bad.osm"
    if content is not None:
        path.write_text(content)
    with pytest.raises(Invalid):
        load_roads(path)


def test_each_arc_keeps_the_class_of_its_road(town: Path) -> None:
    roads = read_roads(town)
    assert sorted(ROAD_CLASSES[kind] for kind in roads.kinds) == ["primary"] + ["residential"] * 8
    assert ROAD_CLASSES[roads.kinds[roads.metres.argmax()]] == "primary"  # the diagonal
    assert set(ROAD_CLASSES) == set(SPEED_KMH)
