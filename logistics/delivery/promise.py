"""The promise made of a planned time."""

from __future__ import annotations

from datetime import datetime, timedelta

from logistics.kit.windows import Window

# A van is late more often than early, and by more: traffic, lifts, people who look for change. See docs/decisions/0014.
EARLY = timedelta(minutes=30)
LATE = timedelta(minutes=60)
GRID_S = 300  # nobody is promised 14:13; outwards to five minutes


def promise_of(planned_start_at: datetime, wanted: Window | None) -> Window:
    """Return the window told to the recipient: 30 minutes before to 60 after the planned start of service.

    Widened outwards to full five minutes, then clipped to the window the shipment wants, unless the plan lies
    outside of it: then the promise says what is planned.
    """
    wide = Window(_down(planned_start_at - EARLY), _up(planned_start_at + LATE))
    return (wanted.meets(wide) if wanted else None) or wide


def _down(at: datetime) -> datetime:
    return at - timedelta(seconds=at.timestamp() % GRID_S)


def _up(at: datetime) -> datetime:
    return at + timedelta(seconds=-at.timestamp() % GRID_S)
