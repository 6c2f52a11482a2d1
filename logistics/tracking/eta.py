"""When we expect to be there, as a window a person can plan by.

Decides how wide the window is and when it counts as moved. The expected moment itself is delivery's. The width is a
rule of thumb, not yet a measured coverage, and the page does not claim one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor

from logistics.kit.windows import Window

HALF_WIDTH_MIN = timedelta(minutes=10)
HALF_WIDTH_MAX = timedelta(minutes=60)
SHARE_OF_REMAINING = 0.15  # the farther away, the less is known: 15 % of the time to go, to either side
GRID_S = 300  # windows begin and end on five minutes: nobody plans by 14:07
LATER = "earlier_stops"  # the stops before took longer: what it is, unless somebody says otherwise
EARLIER = "ahead"


@dataclass(frozen=True, slots=True)
class Eta:
    """Our estimate, as of the time delivery last looked; ``moved_reason`` says in a word why it left the promise."""

    start: datetime
    end: datetime
    as_of: datetime
    moved_reason: str = ""


def expect(expected: Window, *, as_of: datetime, now: datetime, promise: Window | None = None) -> Eta:
    """Return the window told for what delivery expected at ``as_of``.

    At least as wide as its distance asks for, never in the past, rounded outwards to five minutes.
    """
    middle = expected.start + (expected.end - expected.start) / 2
    half = min(max((middle - as_of) * SHARE_OF_REMAINING, HALF_WIDTH_MIN), HALF_WIDTH_MAX)
    start = max(min(expected.start, middle - half), now)
    end = max(expected.end, middle + half, now + HALF_WIDTH_MIN)
    return Eta(_on_grid(start, up=False), _on_grid(end, up=True), as_of, _moved(middle, promise))


def _moved(expected_at: datetime, promise: Window | None) -> str:
    if promise is None or promise.contains(expected_at):
        return ""
    return LATER if expected_at > promise.end else EARLIER


def _on_grid(at: datetime, *, up: bool) -> datetime:
    steps = at.timestamp() / GRID_S
    return datetime.fromtimestamp((ceil(steps) if up else floor(steps)) * GRID_S, tz=at.tzinfo)
