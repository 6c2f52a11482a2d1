from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from logistics.kit.windows import Opening, WeekHours, Window
from logistics.modes.promises import Hours, of_carrier, of_fleet, of_store

HOURS = Hours(time(8), time(20), "Asia/Shanghai")
TUESDAY = date(2026, 11, 24)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a local moment of November in Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("now", "wish_on", "on", "starts"),
    [
        (at(24, 6), TUESDAY, TUESDAY, at(24, 8)),  # before the day begins: the whole day
        (at(24, 12), TUESDAY, TUESDAY, at(24, 12)),  # in it: the rest of it
        (at(24, 19, 30), TUESDAY, date(2026, 11, 25), at(25, 8)),  # too little is left
        (at(24, 12), date(2026, 11, 26), date(2026, 11, 26), at(26, 8)),  # another day wished for
    ],
)
def test_our_fleet_promises_the_first_day_that_can_be_kept(
    now: datetime, wish_on: date, on: date, starts: datetime
) -> None:
    promise = of_fleet(HOURS, now, wish_on, None)
    assert (promise.on, promise.window.start, promise.window.end) == (on, starts, at(on.day, 20))


def test_a_wished_window_is_promised_while_it_is_ahead() -> None:
    wished = Window(at(24, 18), at(24, 19))
    assert of_fleet(HOURS, at(24, 9), TUESDAY, wished).window == wished
    assert of_fleet(HOURS, at(24, 18, 30), TUESDAY, wished).window != wished


def test_a_store_promises_its_first_opening_after_we_can_bring_it() -> None:
    fleet = of_fleet(HOURS, at(24, 6), TUESDAY, None)
    wednesdays = WeekHours((Opening((2,), time(10), time(18)),), "Asia/Shanghai")
    promise = of_store(fleet, wednesdays)
    assert promise is not None
    assert promise.window == Window(at(25, 10), at(25, 18))
    assert of_store(fleet, WeekHours((), "Asia/Shanghai")) is None


@pytest.mark.parametrize(
    ("now", "days", "wish_on", "on"),
    [
        (at(24, 17), 1, TUESDAY, date(2026, 11, 25)),  # at the cut-off is in time
        (at(24, 17, 1), 1, TUESDAY, date(2026, 11, 26)),
        (at(24, 9), 0, TUESDAY, TUESDAY),
        (at(24, 9), 2, date(2026, 11, 30), date(2026, 11, 30)),  # not before the wished day
    ],
)
def test_a_carrier_promises_days_after_its_cut_off(now: datetime, days: int, wish_on: date, on: date) -> None:
    assert of_carrier(HOURS, now, wish_on, cutoff=time(17), days=days).on == on
