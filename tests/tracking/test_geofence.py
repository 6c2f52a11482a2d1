from __future__ import annotations

from logistics.kit.geo import Point
from logistics.tracking.geofence import is_near

DOOR = Point(lat=30.0, lon=120.0)


def test_near_is_within_300_m() -> None:
    # One thousandth of a degree of latitude is 111.2 m.
    assert is_near(Point(lat=30.0026, lon=120.0), DOOR)
    assert not is_near(Point(lat=30.0028, lon=120.0), DOOR)


def test_a_vague_fix_is_near_nothing() -> None:
    assert is_near(DOOR, DOOR, accuracy_m=200)
    assert not is_near(DOOR, DOOR, accuracy_m=201)
