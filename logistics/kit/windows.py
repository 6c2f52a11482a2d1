"""Spans of time: windows that bound the start of a service, and weekly opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from logistics.kit.errors import Invalid

DAYS_AHEAD_MAX = 8  # a weekly pattern repeats after seven days
YEARS = range(MINYEAR + 1, MAXYEAR)  # a year from the calendar's ends: another time zone, or a day more, still is on it


def aware(at: datetime, field: str = "at") -> datetime:
    """Return the moment in UTC; a time without offset is refused, for it means nothing, and one of no real year."""
    if at.tzinfo is None:
        raise Invalid(field, "has no offset from UTC", "RFC 3339, such as 2026-11-24T14:10:00+08:00")
    if at.year not in YEARS:
        raise Invalid(field, f"lies in the year {at.year}", f"a year from {YEARS[0]} to {YEARS[-1]}")
    return at.astimezone(UTC)


def zone(name: str, field: str = "time_zone") -> ZoneInfo:
    """Return an IANA time zone by name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(field, f"{name!r} is no time zone", "an IANA name, such as Asia/Shanghai") from None


@dataclass(frozen=True, slots=True)
class Window:
    """When a service may *start*, both ends included; it may end later. Times are aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse ends without offset and ends in the wrong order."""
        aware(self.start, "window.start")
        aware(self.end, "window.end")
        if self.end < self.start:
            raise Invalid("window.end", "lies before the start", "an end at or after the start")

    def contains(self, at: datetime) -> bool:
        """Tell whether a service may start then."""
        return self.start <= at <= self.end

    def meets(self, other: Window) -> Window | None:
        """Return what both windows allow, if anything."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Window(start, end) if start <= end else None

    @property
    def length_s(self) -> int:
        """Length in seconds."""
        return int((self.end - self.start).total_seconds())


@dataclass(frozen=True, slots=True)
class Opening:
    """Open on some weekdays (0 Monday .. 6 Sunday) from ``opens`` until ``closes``, local time.

    A closing time at or before the opening time belongs to the next day (a shop open past midnight).
    """

    days: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The opening hours of a place in its own time zone; none at all means never open."""

    openings: tuple[Opening, ...]
    time_zone: str

    def windows_on(self, day: date) -> list[Window]:
        """List the spans that begin on a local day, earliest first, in UTC."""
        here = zone(self.time_zone)
        spans = []
        for opening in self.openings:
            if day.weekday() in opening.days:
                start = datetime.combine(day, opening.opens, here)
                last = day if opening.closes > opening.opens else day + timedelta(days=1)
                spans.append(
                    Window(start.astimezone(UTC), datetime.combine(last, opening.closes, here).astimezone(UTC))
                )
        return sorted(spans, key=lambda span: span.start)

    def open_window(self, at: datetime) -> Window | None:
        """Return the span in which the place is open at that moment, if it is."""
        today = at.astimezone(zone(self.time_zone)).date()
        for day in (today - timedelta(days=1), today):
            for span in self.windows_on(day):
                if span.start <= at < span.end:
                    return span
        return None

    def next_opening(self, at: datetime) -> datetime | None:
        """Return when the place is open next: now, if it is open; none, if it never is."""
        if self.open_window(at):
            return at
        today = at.astimezone(zone(self.time_zone)).date()
        for ahead in range(DAYS_AHEAD_MAX):
            for span in self.windows_on(today + timedelta(days=ahead)):
                if span.start >= at:
                    return span.start
        return None


def local_day(day: date, time_zone: str) -> Window:
    """Return a whole calendar day of a time zone, in UTC; both midnights included."""
    here = zone(time_zone)
    start = datetime.combine(day, time.min, here)
    end = datetime.combine(day + timedelta(days=1), time.min, here)
    return Window(start.astimezone(UTC), end.astimezone(UTC))
