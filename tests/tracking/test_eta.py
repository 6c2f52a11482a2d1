from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.windows import Window
from logistics.tracking.eta import HALF_WIDTH_MAX, expect
from tests.builders import NOON


def at(minutes: float) -> Window:
    moment = NOON + timedelta(minutes=minutes)
    return Window(moment, moment)


def window_of(expected_min: int, now_min: int = 0) -> str:
    eta = expect(at(expected_min), as_of=NOON, now=NOON + timedelta(minutes=now_min))
    return f"{eta.start:%H:%M}-{eta.end:%H:%M}"


def test_the_window_narrows_as_the_van_comes_near() -> None:
    assert window_of(120) == "13:40-14:20"  # 120 min to go: 15 % are 18 min to either side; 13:42 and 14:18 outwards
    assert window_of(30) == "12:20-12:40"  # 15 % are less than the 10 min there always are
    assert window_of(5) == "12:00-12:15"  # never in the past


def test_what_is_overdue_is_expected_from_now_on() -> None:
    assert window_of(10, now_min=30) == "12:30-12:40"


def test_what_delivery_is_unsure_of_is_not_narrowed() -> None:
    eta = expect(Window(NOON, NOON + timedelta(hours=2)), as_of=NOON, now=NOON)
    assert eta.end - eta.start == timedelta(hours=2)


def test_it_says_when_it_left_the_promise() -> None:
    promise = Window(NOON, NOON + timedelta(hours=1))
    moved = [expect(at(minutes), as_of=NOON, now=NOON, promise=promise).moved_reason for minutes in (30, 61, -1)]
    assert moved == ["", "earlier_stops", "ahead"]


@given(st.integers(-600, 6000))
def test_the_window_holds_the_expected_moment(minutes: int) -> None:
    eta = expect(at(minutes), as_of=NOON, now=NOON)
    assert eta.start <= max(at(minutes).start, NOON) <= eta.end
    assert NOON - timedelta(minutes=5) < eta.start < eta.end
    assert eta.end - eta.start <= 2 * HALF_WIDTH_MAX + timedelta(minutes=10)
