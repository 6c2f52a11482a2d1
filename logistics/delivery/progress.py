"""How a run goes: when the remaining stops will be served, as far as the last event tells.

The driving from stop to stop is taken as planned; a delay shifts what follows, and waiting for a window absorbs it.
A driver who takes another order is thought to go on with the first stop that is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from logistics.delivery.lifecycle import StopState
from logistics.kit.windows import Window

EARLY = timedelta(minutes=5)  # the recipient may be asked to be ready this much before the expected time
LATE = timedelta(minutes=10)  # ... and to wait this much longer for the very next stop
LATE_PER_STOP = timedelta(minutes=2)  # each stop before adds its own uncertainty
LATE_MAX = timedelta(minutes=60)  # as wide as a promise; beyond, the window tells nothing
MOVED_MIN = timedelta(minutes=5)  # a smaller move of the expected time is no news
STOPS_TOLD_MAX = 10  # no page counts more stops than these; without a limit n stops would make n * n / 2 news


@dataclass(frozen=True, slots=True)
class StopTimes:
    """A stop's planned spans in seconds, and what has happened there. ``earliest_start_at`` opens its window."""

    no: int
    travel_s: int  # planned driving from the stop before it, or from the depot
    service_s: int
    earliest_start_at: datetime | None
    state: StopState
    actual_at: datetime | None = None  # when the vehicle arrived


@dataclass(frozen=True, slots=True)
class Expected:
    """When a stop's service is expected to start, and how many open stops come before it."""

    no: int
    start_at: datetime
    stops_before: int

    @property
    def window(self) -> Window:
        """Return the span told: from 5 minutes before to 10 after, and 2 more for each stop before (at most 60)."""
        late = min(LATE + self.stops_before * LATE_PER_STOP, LATE_MAX)
        return Window(self.start_at - EARLY, self.start_at + late)


def expect(stops: Sequence[StopTimes], at: datetime) -> list[Expected]:
    """Return what is expected of each stop that is not done, in the planned order, after an event at ``at``."""
    here = [stop for stop in stops if stop.state is StopState.ARRIVED]
    expected = [Expected(stop.no, _start(stop, stop.actual_at or at), 0) for stop in here]
    times = zip(here, expected, strict=True)
    free_at = max([at, *(one.start_at + timedelta(seconds=stop.service_s) for stop, one in times)])
    open_stops = [stop for stop in stops if stop.state is StopState.OPEN]
    for before, stop in enumerate(open_stops, start=len(here)):
        start_at = _start(stop, free_at + timedelta(seconds=stop.travel_s))
        expected.append(Expected(stop.no, start_at, before))
        free_at = start_at + timedelta(seconds=stop.service_s)
    return expected


@dataclass(frozen=True, slots=True)
class Ahead:
    """A stop that is still to be finished, and when its service is (``arrived``: was) expected to start."""

    travel_s: int
    service_s: int
    expected_at: datetime
    arrived: bool = False


def done_at(stops: Sequence[Ahead], free_at: datetime, now: datetime) -> datetime:
    """Return when the last of these stops is done, by a vehicle that is free to drive from ``free_at`` on.

    Each is begun as expected, or later: after the stop before it and the way there, and not before now.
    """
    for stop in sorted(stops, key=lambda one: not one.arrived):
        start_at = max(stop.expected_at, free_at + timedelta(seconds=stop.travel_s), now)
        begun_at = stop.expected_at if stop.arrived else start_at
        free_at = max(begun_at + timedelta(seconds=stop.service_s), now)
    return free_at


def is_news(told_start_at: datetime | None, told_stops_before: int | None, now: Expected) -> bool:
    """Tell whether the recipient should hear of it: more than 5 minutes moved, or another count of few stops."""
    if told_start_at is None or abs(now.start_at - told_start_at) > MOVED_MIN:
        return True
    return now.stops_before != told_stops_before and now.stops_before <= STOPS_TOLD_MAX


def _start(stop: StopTimes, arrive_at: datetime) -> datetime:
    return max(arrive_at, stop.earliest_start_at) if stop.earliest_start_at else arrive_at
