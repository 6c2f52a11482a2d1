from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import insertion_http
from benchmarks.insertion_http import MORNING_H, times_ms, told, waited_for, zone_and_day


@given(st.integers(0, 366 * 24 * 60))
def test_it_is_early_morning_there_and_that_day(minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    zone, day = zone_and_day(now)
    there = now.astimezone(ZoneInfo(zone))
    assert there.hour == MORNING_H
    assert there.date().isoformat() == day


def test_the_first_two_answers_do_not_count() -> None:
    asked: list[int] = []
    times = times_ms(lambda: asked.append(1), 5)
    assert (len(asked), len(times)) == (7, 5)
    assert told([1.0] * 19 + [9.0]) == "1.0 ms in the median, 8.6 ms at 95 %"


def test_it_waits_for_an_answer_and_gives_up_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count(0, 25)
    monkeypatch.setattr(insertion_http, "monotonic_s", lambda: next(seconds))
    monkeypatch.setattr(insertion_http, "PAUSE_S", 0.0)
    answers = iter([None, "there"])
    assert waited_for("it", lambda: next(answers)) == "there"
    with pytest.raises(SystemExit, match="the plan is not there after 60 s"):
        waited_for("the plan", lambda: None)
