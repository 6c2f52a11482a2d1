from __future__ import annotations

from math import pi, sqrt

import pytest

from logistics.kit.geo import Point
from logistics.modes.surroundings import NEAR_KM_MIN, Seen, Surroundings

KM = 1 / 111.195  # degrees at the equator
HERE = Point(lat=0, lon=0)


def grid(apart_km: float = 1.0, count: float = 1.0) -> list[Seen]:
    """Make 21 x 21 stops around a place."""
    steps = [step * apart_km * KM for step in range(-10, 11)]
    return [(north, east, count) for north in steps for east in steps]


@pytest.mark.parametrize("apart_km", [0.2, 1.0, 3.0])
def test_the_way_to_the_next_stop_grows_with_how_far_stops_are_apart(apart_km: float) -> None:
    around = Surroundings(grid(apart_km=apart_km), 1)
    # the five nearest (this one and its four neighbours) lie within apart_km: sqrt(pi x apart_km^2 / 5)
    assert around.between_km(HERE) == pytest.approx(apart_km * sqrt(pi / 5), rel=1e-3)


def test_more_days_make_no_denser_day_nor_does_a_part_that_stands_for_all() -> None:
    seen = grid()
    once = Surroundings(seen, 1).between_km(HERE)
    thrice = Surroundings(seen * 3, 3).between_km(HERE)
    assert thrice == pytest.approx(once)
    doubled = Surroundings(grid(count=5.0), 5).between_km(HERE)
    assert doubled == pytest.approx(once)


def test_far_from_everything_the_next_stop_is_far() -> None:
    around = Surroundings(grid(), 1)
    near, far = around.between_km(HERE), around.between_km(Point(lat=1, lon=0))
    assert near is not None
    assert far is not None
    assert far > 40 * near  # 100 km away


def test_stops_of_one_house_are_not_infinitely_dense() -> None:
    around = Surroundings([(0.0, 0.0, 50.0)], 1)
    assert around.between_km(HERE) == pytest.approx(sqrt(pi * NEAR_KM_MIN**2 / 50))


def test_the_short_way_round_the_earth_is_taken() -> None:
    east, west = Surroundings([(0.0, 179.99, 5.0)], 1), Surroundings([(0.0, -179.99, 5.0)], 1)
    place = Point(lat=0, lon=180)
    assert east.between_km(place) == pytest.approx(west.between_km(place))


@pytest.mark.parametrize("around", [Surroundings([], 3), Surroundings([(0.0, 0.0, 1.0)], 0)])
def test_nothing_known_is_said(around: Surroundings) -> None:
    assert around.between_km(HERE) is None
