"""Things tests begin with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday


class ManualClock:
    """A clock that moves when told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, **span: float) -> datetime:
        """Move on by so many ``seconds=``, ``minutes=``, ``hours=``, ``days=``; return the new time."""
        self._now += timedelta(**span)
        return self._now
