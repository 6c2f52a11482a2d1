from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.errors import Invalid
from logistics.kit.windows import Opening, WeekHours, Window, aware, local_day, zone
from tests.strategies import moments, windows

SHOP = WeekHours((Opening((0, 1, 2, 3, 4), time(8), time(22)), Opening((5,), time(10), time(18))), "Asia/Shanghai")
BAR = WeekHours((Opening((4,), time(20), time(2)),), "Europe/Lisbon")
NEVER = WeekHours((), "UTC")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(windows(), windows(), moments)
def test_what_both_allow_is_what_each_allows(a: Window, b: Window, at: datetime) -> None:
    both = a.meets(b)
    assert (both is not None and both.contains(at)) == (a.contains(at) and b.contains(at))
    assert both == b.meets(a)


@given(windows())
def test_both_ends_belong_to_a_window(window: Window) -> None:
    assert window.contains(window.start)
    assert window.contains(window.end)
    assert not window.contains(window.end + timedelta(seconds=1))
    assert window.length_s == (window.end - window.start).total_seconds()


def test_a_window_with_its_ends_in_the_wrong_order_is_refused() -> None:
    with pytest.raises(Invalid):
        Window(utc("2026-11-24T12:00"), utc("2026-11-24T11:59"))


def test_a_time_without_offset_means_nothing() -> None:
    naive = datetime(2026, 11, 24, 12)  # noqa: DTZ001 - this is what is refused
    with pytest.raises(Invalid) as refusal:
        aware(naive, "at")
    assert refusal.value.errors[0].field == "at"
    with pytest.raises(Invalid):
        Window(naive, naive)
    assert aware(datetime.fromisoformat("2026-11-24T20:00+08:00")) == utc("2026-11-24T12:00")


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Asia"])
def test_what_is_no_time_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        zone(name)


# Tuesday 2026-11-24. Shanghai is 8 hours ahead of UTC: 08:00 to 22:00 there is 00:00 to 14:00 UTC.
OPEN = [
    (SHOP, "2026-11-24T00:00", True),
    (SHOP, "2026-11-23T23:59", False),
    (SHOP, "2026-11-24T13:59", True),
    (SHOP, "2026-11-24T14:00", False),  # the closing time itself is closed
    (SHOP, "2026-11-28T02:00", True),  # Saturday 10:00
    (SHOP, "2026-11-29T02:00", False),  # Sunday
    (BAR, "2026-11-27T19:59", False),  # Friday; Lisbon is on UTC in November
    (BAR, "2026-11-28T01:59", True),  # past midnight it is still Friday's opening
    (BAR, "2026-11-28T02:00", False),
    (NEVER, "2026-11-24T12:00", False),
]


@pytest.mark.parametrize(("hours", "at", "is_open"), OPEN)
def test_opening_hours(hours: WeekHours, at: str, is_open: bool) -> None:  # noqa: FBT001 - a table's verdict
    assert (hours.open_window(utc(at)) is not None) is is_open


NEXT = [
    (SHOP, "2026-11-24T05:00", "2026-11-24T05:00"),  # open: now
    (SHOP, "2026-11-24T14:00", "2026-11-25T00:00"),
    (SHOP, "2026-11-28T10:00", "2026-11-30T00:00"),  # Saturday 18:00 to Monday 08:00
    (BAR, "2026-11-28T02:00", "2026-12-04T20:00"),  # a week later
    (NEVER, "2026-11-24T12:00", None),
]


@pytest.mark.parametrize(("hours", "at", "opens"), NEXT)
def test_next_opening(hours: WeekHours, at: str, opens: str | None) -> None:
    assert hours.next_opening(utc(at)) == (utc(opens) if opens else None)


@given(moments)
def test_the_next_opening_is_open(at: datetime) -> None:
    for hours in (SHOP, BAR):
        opens = hours.next_opening(at)
        assert opens is not None
        assert opens >= at
        assert hours.open_window(opens)


def test_a_day_has_23_to_25_hours() -> None:
    lengths = [local_day(date(2026, 3, 29), "Europe/Lisbon"), local_day(date(2026, 10, 25), "Europe/Lisbon")]
    assert [day.length_s // 3600 for day in lengths] == [23, 25]
    assert local_day(date(2026, 11, 24), "Asia/Shanghai").start == utc("2026-11-23T16:00")


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_days_follow_each_other(day: date) -> None:
    today, tomorrow = local_day(day, "Europe/Lisbon"), local_day(day + timedelta(days=1), "Europe/Lisbon")
    assert today.end == tomorrow.start


@pytest.mark.parametrize(
    "at", ["9999-12-31T23:59:59-12:00", "9999-01-01T00:00:00Z", "0001-01-01T00:00:00+12:00", "0001-12-31T23:59:59Z"]
)
def test_a_moment_at_the_end_of_the_calendar_is_refused(at: str) -> None:
    moment = datetime.fromisoformat(at)
    with pytest.raises(Invalid) as refusal:
        aware(moment, "fixed_at")
    assert (refusal.value.errors[0].field, refusal.value.errors[0].expected) == ("fixed_at", "a year from 2 to 9998")
    with pytest.raises(Invalid):
        Window(moment, moment)


def test_a_moment_of_the_last_year_that_counts_is_taken_everywhere() -> None:
    assert aware(datetime.fromisoformat("9998-12-31T23:59:59-12:00")).year == 9999
