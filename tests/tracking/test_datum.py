from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.geo import Point, great_circle_m
from logistics.tracking.datum import Datum, to_bd09, to_gcj02, to_wgs84

# One place in Beijing and what the widely used `coordtransform` makes of it.
PLACE = Point(lat=39.915, lon=116.404)
AS_WGS84_IN_GCJ02 = Point(lat=39.91640428150164, lon=116.41024449916938)
AS_GCJ02_IN_BD09 = Point(lat=39.92133699351022, lon=116.41036949371029)


def test_the_published_shifts() -> None:
    assert great_circle_m(to_gcj02(PLACE), AS_WGS84_IN_GCJ02) < 0.001
    assert great_circle_m(to_bd09(PLACE), AS_GCJ02_IN_BD09) < 0.001


@pytest.mark.parametrize(("point", "datum"), [(AS_WGS84_IN_GCJ02, Datum.GCJ02), (PLACE, Datum.WGS84)])
def test_back_to_wgs84(point: Point, datum: Datum) -> None:
    assert great_circle_m(to_wgs84(point, datum), PLACE) < 0.001


@given(st.floats(18.5, 53), st.floats(74, 134))
def test_there_and_back_within_a_millimetre(lat: float, lon: float) -> None:
    place = Point(lat=lat, lon=lon)
    shifted = to_gcj02(place)
    assert 0 < great_circle_m(shifted, place) < 1500
    assert great_circle_m(to_wgs84(shifted, Datum.GCJ02), place) < 0.001
    assert great_circle_m(to_wgs84(to_bd09(shifted), Datum.BD09), place) < 0.001


def test_nothing_is_shifted_outside_china() -> None:
    porto = Point(lat=41.15, lon=-8.62)
    assert to_gcj02(porto) == porto
    assert to_wgs84(porto, Datum.GCJ02) == porto
