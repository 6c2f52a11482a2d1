"""How long a parcel waits: so many days on which the recipient could have come."""

from __future__ import annotations

from datetime import datetime, timedelta

from logistics.kit.windows import WeekHours, local_day, zone

LOOK_AHEAD_DAYS_MAX = 400  # a place that does not open often enough within a year is as good as never open


def keep_until(ready_at: datetime, keep_days: int, hours: WeekHours) -> datetime:
    """Return until when a parcel is kept, in UTC.

    The day it became ready does not count. Of the days after it, those count on which the place opens, and the
    parcel is kept until the place closes on the ``keep_days``-th of them (>= 1). A place without opening hours
    keeps it until the end of the ``keep_days``-th calendar day.
    """
    day = ready_at.astimezone(zone(hours.time_zone)).date()
    counted = 0
    for ahead in range(1, LOOK_AHEAD_DAYS_MAX):
        spans = hours.windows_on(day + timedelta(days=ahead))
        counted += bool(spans)
        if counted == keep_days:
            return max(span.end for span in spans)
    return local_day(day + timedelta(days=keep_days), hours.time_zone).end
