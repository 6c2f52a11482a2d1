from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.windows import Window
from logistics.tracking.eta import HALF_WIDTH_MAX, expect
from tests.builders import NOON


def window_of(expected_min: int, now_min: int = 0) -> str:
    eta = expect(NOON + timedelta(minutes=expected_min), now=NOON + timedelta(minutes=now_min))
    return f"{eta.start:%H:%M}-{eta.end:%H:%M}"


def test_the_window_narrows_as_the_van_comes_near() -> None:
    assert window_of(120) == "13:40-14:20"  # 120 min to go: 15 % are 18 min to either side; 13:42 and 14:18 outwards
    assert window_of(30) == "12:20-12:40"  # 15 % are less than the 10 min there always are
    assert window_of(5) == "12:00-12:15"  # never in the past


def test_what_is_overdue_is_expected_from_now_on() -> None:
    assert window_of(10, now_min=30) == "12:30-12:40"


def test_it_says_when_it_left_the_promise() -> None:
    promise = Window(NOON, NOON + timedelta(hours=1))
    assert expect(NOON + timedelta(minutes=30), now=NOON, promise=promise).moved_reason == ""
    assert expect(NOON + timedelta(minutes=61), now=NOON, promise=promise).moved_reason == "earlier_stops"
    assert expect(NOON - timedelta(minutes=1), now=NOON, promise=promise).moved_reason == "ahead"


@given(st.integers(-600, 6000))
def test_the_window_holds_the_expected_moment(minutes: int) -> None:
    expected = NOON + timedelta(minutes=minutes)
    eta = expect(expected, now=NOON)
    assert eta.start <= max(expected, NOON) <= eta.end
    assert NOON - timedelta(minutes=5) < eta.start < eta.end
    assert eta.end - eta.start <= 2 * HALF_WIDTH_MAX + timedelta(minutes=10)
