from __future__ import annotations

from datetime import time

from logistics.kit.geo import Point
from logistics.kit.windows import Opening, WeekHours
from logistics.pickup.model import ServicePoint
from logistics.pickup.rank import rank
from tests.builders import NOON

ALL_WEEK = (0, 1, 2, 3, 4, 5, 6)
OPEN = WeekHours((Opening(ALL_WEEK, time(8), time(22)),), "UTC")
CLOSED = WeekHours((Opening(ALL_WEEK, time(18), time(22)),), "UTC")
HERE = Point(lat=30.0, lon=120.0)
M_PER_DEGREE = 111_195


def place(name: str, metres: float, hours: WeekHours = OPEN, room: int = 5) -> ServicePoint:
    return ServicePoint(name, Point(lat=HERE.lat + metres / M_PER_DEGREE, lon=HERE.lon), hours, room)


def names(*places: ServicePoint) -> str:
    return " ".join(one.place.site_id for one in rank(places, HERE, NOON))


def test_the_nearer_comes_first() -> None:
    assert names(place("far", 900), place("near", 100)) == "near far"


def test_a_full_one_comes_last() -> None:
    assert names(place("full", 10, room=0), place("far", 9000)) == "far full"


def test_a_closed_one_counts_as_500_m_farther() -> None:
    assert names(place("closed", 100, CLOSED), place("open", 550)) == "open closed"
    assert names(place("closed", 100, CLOSED), place("open", 650)) == "closed open"


def test_ties_go_by_id() -> None:
    assert names(place("b", 100), place("a", 100)) == "a b"
