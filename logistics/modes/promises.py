"""Which window can be told the recipient, mode by mode. All days and times of day are local to a time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from logistics.kit.windows import WeekHours, Window, zone

LEAD = timedelta(hours=1)  # less is left of the day: it is too late for today
DAYS_AHEAD_MAX = 14  # a store closed for longer is no service point


@dataclass(frozen=True, slots=True)
class Promise:
    """A window, and the local day it belongs to."""

    window: Window
    on: date


@dataclass(frozen=True, slots=True)
class Hours:
    """From when till when a day's deliveries are made, local time, in an IANA zone."""

    starts: time
    ends: time
    time_zone: str

    def on(self, day: date) -> Window:
        """Return a day's hours in UTC."""
        here = zone(self.time_zone)
        return Window(_utc(day, self.starts, here), _utc(day, self.ends, here))


def of_fleet(hours: Hours, now: datetime, wish_on: date, wished: Window | None) -> Promise:
    """Promise the wished window if it is still ahead, else the rest of the first day that can be kept."""
    here = zone(hours.time_zone)
    if wished and wished.end >= now + LEAD:
        return Promise(wished, wished.start.astimezone(here).date())
    day = max(wish_on, now.astimezone(here).date())
    if now + LEAD > hours.on(day).end:
        day += timedelta(days=1)
    window = hours.on(day)
    return Promise(Window(max(window.start, min(now, window.end)), window.end), day)


def of_store(fleet: Promise, opening: WeekHours) -> Promise | None:
    """Promise the first opening of a store once our fleet has brought it; none if it does not open."""
    for ahead in range(DAYS_AHEAD_MAX):
        day = fleet.on + timedelta(days=ahead)
        for span in opening.windows_on(day):
            if span.end > fleet.window.start:
                return Promise(Window(max(span.start, fleet.window.start), span.end), day)
    return None


def of_carrier(hours: Hours, now: datetime, wish_on: date, *, cutoff: time, days: int) -> Promise:
    """Promise so many days after the collection, which is today until the cut-off; not before the wished day."""
    local = now.astimezone(zone(hours.time_zone))
    collected_on = local.date() + timedelta(days=local.time() > cutoff)
    day = max(collected_on + timedelta(days=days), wish_on)
    window = hours.on(day)
    return Promise(Window(max(window.start, min(now, window.end)), window.end), day)


def _utc(day: date, at: time, here: ZoneInfo) -> datetime:
    return datetime.combine(day, at, here).astimezone(UTC)
