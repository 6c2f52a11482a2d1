from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo import driving
from logistics.kit.geo import Point, great_circle_m

A, B, C = Point(lat=30.0, lon=120.0), Point(lat=30.0, lon=120.01), Point(lat=30.01, lon=120.01)
MIDDLE = Point(lat=30.0, lon=120.005)
EIGHT = datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_a_line_is_cut_where_it_passes_the_stops() -> None:
    assert driving.legs([A, MIDDLE, B, C], [A, B, C]) == [[A, A, MIDDLE, B, B], [B, B, C, C]]


def test_without_a_line_the_van_flies_straight() -> None:
    assert driving.legs([], [A, B, C]) == [[A, B], [B, C]]


def test_fixes_come_evenly_and_end_on_arrival() -> None:
    minute = EIGHT + timedelta(seconds=60)
    fixes = driving.fixes([A, B], EIGHT, minute, every_s=20)
    assert [(fix.at - EIGHT).total_seconds() for fix in fixes] == [20, 40, 60]
    assert fixes[-1].point == B
    # 963 m in 60 s: a third of the way, 321 m, every 20 s
    assert abs(great_circle_m(A, fixes[0].point) - 321) < 2
    assert abs(great_circle_m(fixes[0].point, fixes[1].point) - 321) < 2


def test_no_way_takes_no_time() -> None:
    assert [fix.point for fix in driving.fixes([A, A], EIGHT, EIGHT, every_s=20)] == [A]
