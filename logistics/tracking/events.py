"""News of tracking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from logistics.kit.news import News


@dataclass(frozen=True, kw_only=True)
class StatusChanged(News):
    """The public word for a shipment changed, or something lies over it now or no longer.

    ``seq`` is the event that did it, dense per shipment; ``previous`` the word before (the same, where only the
    overlay changed); ``milestone`` 0..3; ``overlay`` is ``on_hold``, ``delayed`` or empty.
    """

    seq: int
    status: str
    previous: str
    milestone: int
    reason: str
    eta_start: datetime | None
    eta_end: datetime | None
    overlay: str = ""
