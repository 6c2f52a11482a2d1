"""Circles around the streets a driver was sent to again and again."""

from __future__ import annotations

from logistics.kit.geo import Point
from logistics.routing.familiar import AREAS_MAX, POINTS_MAX, RADIUS_M, Area, areas_of, is_familiar

METRE = 1 / 111_195  # a metre northwards, in degrees


def north(metres: float) -> Point:
    return Point(lat=30 + metres * METRE, lon=120)


def test_a_circle_holds_its_edge() -> None:
    area = Area(north(0), 800)
    assert (north(799) in area, north(801) in area) == (True, False)
    assert is_familiar(north(5_000), [area, Area(north(5_500), 600)])
    assert not is_familiar(north(5_000), [area])


def test_where_she_was_often_is_known_the_densest_first() -> None:
    # Four stops around 100 m, three around 5 km, one far away.
    stops = [north(metres) for metres in (0, 100, 150, 200, 5_000, 5_100, 5_200, 20_000)]
    areas = areas_of(stops)
    assert [area.radius_m for area in areas] == [RADIUS_M, RADIUS_M]
    assert [is_familiar(stop, areas[:1]) for stop in stops] == [True] * 4 + [False] * 4
    assert [is_familiar(stop, areas) for stop in stops] == [True] * 7 + [False]


def test_two_visits_are_not_yet_knowledge() -> None:
    assert areas_of([north(0), north(10)]) == []
    assert areas_of([]) == []


def test_there_are_not_too_many_circles_and_old_streets_are_forgotten() -> None:
    towns = [north(10_000 * town) for town in range(AREAS_MAX + 5) for _ in range(3)]
    assert len(areas_of(towns)) == AREAS_MAX
    moved_away = [north(0)] * 5 + [north(50_000)] * POINTS_MAX
    assert [is_familiar(north(0), areas_of(moved_away)), is_familiar(north(50_000), areas_of(moved_away))] == [
        False,
        True,
    ]
