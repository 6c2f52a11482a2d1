"""A van with three stops, ten minutes' driving and five minutes' service each; minutes after noon."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from logistics.delivery.lifecycle import StopState
from logistics.delivery.progress import Ahead, Expected, StopTimes, done_at, expect, is_news
from tests.builders import NOON

MARKS = {"o": StopState.OPEN, "a": StopState.ARRIVED, "d": StopState.DONE}


def minute(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def expected(states: str, at: int, *, arrived: int = 0, opens: int | None = None) -> str:
    stops = [
        StopTimes(
            no=no,
            travel_s=600,
            service_s=300,
            earliest_start_at=minute(opens) if opens is not None and no == 2 else None,
            state=MARKS[state],
            actual_at=minute(arrived) if state == "a" else None,
        )
        for no, state in enumerate(states, start=1)
    ]
    found = expect(stops, minute(at))
    return " ".join(f"{one.no}@{int((one.start_at - NOON).total_seconds() // 60)}/{one.stops_before}" for one in found)


@pytest.mark.parametrize(
    ("states", "at", "more", "times"),  # stop@minute/stops before
    [
        # leaves at 0: 10, then 5 service and 10 driving: 25, 40
        ("ooo", 0, {}, "1@10/0 2@25/1 3@40/2"),
        # leaves 7 late: everything shifts
        ("ooo", 7, {}, "1@17/0 2@32/1 3@47/2"),
        # waiting for the window at stop 2 absorbs the delay
        ("ooo", 7, {"opens": 45}, "1@17/0 2@45/1 3@60/2"),
        # standing at stop 1 since 12: free at 17
        ("aoo", 12, {"arrived": 12}, "1@12/0 2@27/1 3@42/2"),
        # ... still there at 20, told by another event: free now
        ("aoo", 20, {"arrived": 12}, "1@12/0 2@30/1 3@45/2"),
        # stop 1 done at 15
        ("doo", 15, {}, "2@25/0 3@40/1"),
        # the driver took stop 3 first: 1 and 2 are still to come
        ("ood", 15, {}, "1@25/0 2@40/1"),
        ("ddd", 60, {}, ""),
    ],
)
def test_when_the_rest_is_expected(states: str, at: int, more: dict[str, int], times: str) -> None:
    assert expected(states, at, **more) == times


def test_the_window_told_grows_with_the_stops_before() -> None:
    near, far, very_far = (Expected(1, NOON, before).window for before in (0, 3, 100))
    assert (near.start, near.end) == (minute(-5), minute(10))
    assert (far.start, far.end) == (minute(-5), minute(16))
    assert very_far.end == minute(60)


@pytest.mark.parametrize(
    ("told", "before", "now", "now_before", "verdict"),
    [
        (0, 3, 5, 3, False),
        (0, 3, 6, 3, True),
        (0, 3, -6, 3, True),
        (0, 3, 0, 2, True),
        (0, 12, 0, 11, False),  # so far away nobody counts
        (0, 11, 0, 10, True),
    ],
)
def test_only_what_matters_is_news(told: int, before: int, now: int, now_before: int, verdict: bool) -> None:  # noqa: FBT001 - a table's verdict
    assert is_news(minute(told), before, Expected(1, minute(now), now_before)) is verdict


def test_the_first_time_is_news() -> None:
    assert is_news(None, None, Expected(1, NOON, 50))


@pytest.mark.parametrize(
    ("expected_min", "arrived", "free", "now", "done"),  # minutes after noon; 10 of driving and 5 of service each
    [
        # as expected: the second begins at 25
        ([10, 25], False, 0, 0, 30),
        # nobody has heard of it until 20: 20, then 5 service and 10 driving
        ([10, 25], False, 0, 20, 40),
        # free at 7 only: 17, 32
        ([10, 25], False, 7, 0, 37),
        # a window opens at 45, so a delay of a quarter of an hour moves nothing
        ([10, 45], False, 15, 15, 50),
        # at its first stop since 10, and still there at 20: free now, 10 driving, 5 service
        ([10, 25], True, 0, 20, 35),
        # nothing is ahead: it has been free since then
        ([], False, 12, 20, 12),
    ],
)
def test_the_last_stop_is_done_as_expected_or_later(
    expected_min: list[int], *, arrived: bool, free: int, now: int, done: int
) -> None:
    stops = [Ahead(600, 300, minute(at), arrived and not number) for number, at in enumerate(expected_min)]
    assert done_at(stops, minute(free), minute(now)) == minute(done)
