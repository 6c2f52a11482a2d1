from __future__ import annotations

import pytest

from demo import city, street_graph
from logistics.kit.geo import Point, great_circle_m

SEEDS = (1, 7, 42)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_can_drive_from_everywhere_to_everywhere(seed: int) -> None:
    assert street_graph.is_strongly_connected(city.build(seed).streets)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_city_has_the_size_of_a_city(seed: int) -> None:
    made = city.build(seed)
    assert 4_000 <= len(made.nodes) <= 8_000
    lats = [point.lat for point in made.nodes.values()]
    lons = [point.lon for point in made.nodes.values()]
    middle = sum(lats) / len(lats)
    width_m = great_circle_m(Point(lat=middle, lon=min(lons)), Point(lat=middle, lon=max(lons)))
    height_m = great_circle_m(Point(lat=min(lats), lon=lons[0]), Point(lat=max(lats), lon=lons[0]))
    assert 12_000 < width_m < 16_500
    assert 10_000 < height_m < 14_500


def test_the_same_seed_gives_the_same_city_and_another_seed_another() -> None:
    assert city.build(5) == city.build(5)
    assert city.build(5).nodes != city.build(6).nodes


@pytest.mark.parametrize("seed", SEEDS)
def test_few_bridges_cross_the_river_and_some_do(seed: int) -> None:
    bridges = [street for street in city.build(seed).streets if street.tags.get("bridge") == "yes"]
    assert 3 <= len(bridges) <= 6


def test_every_street_is_named_in_both_languages_and_some_are_one_way() -> None:
    made = city.build(1)
    assert all(street.tags["name"] and street.tags["name:en"] for street in made.streets)
    share = sum(street.oneway for street in made.streets) / len(made.streets)
    assert 0.05 < share < 0.4


def test_street_classes_reach_from_ring_road_to_residential_street() -> None:
    classes = {street.tags["highway"] for street in city.build(1).streets}
    assert classes == {"trunk", "primary", "secondary", "tertiary", "residential"}
