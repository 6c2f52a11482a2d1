"""When a device says that something happened: believed within limits, for phones are offline and clocks are wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from logistics.kit.errors import Invalid
from logistics.kit.windows import aware

AHEAD_MAX = timedelta(minutes=2)  # a phone's clock may run that much fast
AGE_MAX = timedelta(days=7)  # a phone that was offline for longer tells nothing we can still act on


def happened_at(at: datetime | None, now: datetime) -> datetime:
    """Return when it happened, in UTC: ``at``, or now if nothing is said.

    Refused (422): no offset, more than 2 minutes in the future, older than 7 days. A time a little ahead of
    ours counts as now, so that nothing happens after it was told.
    """
    if at is None:
        return now
    moment = aware(at)
    if moment > now + AHEAD_MAX:
        raise Invalid("at", "lies in the future", "a time at or before now")
    if moment < now - AGE_MAX:
        raise Invalid("at", "is older than 7 days", "a time within the last 7 days")
    return min(moment, now)
