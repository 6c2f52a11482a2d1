"""The day's time: paced for people who watch, or jumping from event to event.

The platform's clock is set through its own HTTP interface; nothing else tells it the time.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from demo.client import Line

STEP_MIN = timedelta(seconds=30)  # closer moments share one setting: the platform takes times two minutes ahead
QUIET = timedelta(minutes=30)  # with nothing to see for longer, even a paced day skips
LEAD = timedelta(minutes=2)
NAP_S = 0.25


class Pace(Protocol):
    """Brings the platform's clock to a moment."""

    def go_to(self, moment: datetime) -> None:
        """Return when it is that moment; never goes back."""
        ...


class Jumping:
    """Headless: the clock is set to the next moment at once, and stands in between, so that it never goes back."""

    def __init__(self, operator: Line, start: datetime) -> None:
        self._operator = operator
        self._set_to = start
        self._set(start)

    def go_to(self, moment: datetime) -> None:
        """Set the clock, unless it is there already."""
        if moment > self._set_to + STEP_MIN:
            self._set(moment)

    def _set(self, moment: datetime) -> None:
        self._set_to = moment
        self._operator.put("/v1/clock", {"now": moment.isoformat(), "speed": 0})


class Walking:
    """For people: simulated time goes ``speed`` times as fast as real time, and skips where nothing happens."""

    def __init__(self, operator: Line, start: datetime, speed: float) -> None:
        self._operator = operator
        self._speed = speed
        self._anchor(start)

    def now(self) -> datetime:
        """Return the simulated moment."""
        return self._start + timedelta(seconds=(time.monotonic() - self._real) * self._speed)

    def go_to(self, moment: datetime) -> None:
        """Wait for the moment, in short naps so that Ctrl-C is heard; skip a long quiet."""
        if moment - self.now() > QUIET:
            self._anchor(moment - LEAD)
        while (wait_s := (moment - self.now()).total_seconds() / self._speed) > 0:
            time.sleep(min(wait_s, NAP_S))

    def _anchor(self, moment: datetime) -> None:
        self._operator.put("/v1/clock", {"now": moment.isoformat(), "speed": self._speed})
        self._start, self._real = moment, time.monotonic()
