from __future__ import annotations

from math import pi

import pytest
from geopy.distance import geodesic
from hypothesis import given

from logistics.kit.errors import Invalid
from logistics.kit.geo import EARTH_RADIUS_M, Point, find_point, great_circle_m
from tests.strategies import points

NOWHERE = [(90.1, 0), (-90.1, 0), (0, 180.1), (0, -180.1), (float("nan"), 0), (0, float("nan")), (float("inf"), 0)]


@pytest.mark.parametrize(("lat", "lon"), NOWHERE)
def test_what_lies_nowhere_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(Invalid):
        Point(lat=lat, lon=lon)


@given(points, points)
def test_the_distance_agrees_with_the_ellipsoid(a: Point, b: Point) -> None:
    judge_m = geodesic((a.lat, a.lon), (b.lat, b.lon)).meters
    assert great_circle_m(a, b) == pytest.approx(judge_m, rel=0.006, abs=0.001)


@given(points, points)
def test_there_and_back_is_the_same(a: Point, b: Point) -> None:
    assert great_circle_m(a, b) == pytest.approx(great_circle_m(b, a))
    assert great_circle_m(a, a) == 0


def test_known_distances() -> None:
    # a quarter of the way round: pole to equator
    assert great_circle_m(Point(lat=90, lon=0), Point(lat=0, lon=77)) == pytest.approx(EARTH_RADIUS_M * pi / 2)
    # opposite ends, where rounding would take a square root of more than one
    assert great_circle_m(Point(lat=0, lon=0), Point(lat=0, lon=180)) == pytest.approx(EARTH_RADIUS_M * pi)


def test_both_or_neither() -> None:
    assert find_point(None, None) is None
    assert find_point(1.5, 2.5) == Point(lat=1.5, lon=2.5)
    assert find_point(0.0, 0.0) == Point(lat=0, lon=0)
    for lat, lon, missing in ((1.5, None, "lon"), (None, 2.5, "lat")):
        with pytest.raises(Invalid) as refusal:
            find_point(lat, lon)
        assert refusal.value.errors[0].field == missing
