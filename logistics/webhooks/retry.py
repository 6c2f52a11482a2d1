"""When a message is tried again, and when an endpoint is given up.

Times are the machine's: a simulated clock may stand still, the receiver's network does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from logistics.kit.lifecycle import Lifecycle

# Before the first try, the second, ...: ten tries in a little more than three days.
WAITS = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
JITTER = 0.2  # a wait is up to a fifth longer, so that what failed together is not tried together
ASKED_WAIT_MAX = timedelta(hours=24)  # what a Retry-After may ask for
FAILING_MAX = timedelta(days=5)  # of nothing but failures, then the endpoint is disabled
TIMEOUT_S = 15.0

GONE = 410
BUSY = frozenset({429, 503})


class DeliveryState(StrEnum):
    """Where a message stands with one endpoint."""

    PENDING = "pending"
    DELIVERED = "delivered"
    GAVE_UP = "gave_up"


class DeliveryStep(StrEnum):
    """What moves it on."""

    SUCCEED = "succeed"
    EXHAUST = "exhaust"


_D = DeliveryState
DELIVERY = Lifecycle(
    "webhook",
    _D.PENDING,
    {
        _D.PENDING: {DeliveryStep.SUCCEED: _D.DELIVERED, DeliveryStep.EXHAUST: _D.GAVE_UP},
        _D.DELIVERED: {},  # a resend is a new beginning, under the message's old id
        _D.GAVE_UP: {},
    },
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one try came to: the answer's status, or 0 and why there was no answer; when it began and ended."""

    at: datetime
    took_ms: int
    status: int
    error: str = ""
    retry_after: str = ""

    @property
    def succeeded(self) -> bool:
        """Tell whether the receiver has it: 2xx, nothing else; a redirect is a failure."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the class of the status

    @property
    def is_gone(self) -> bool:
        """Tell whether the receiver wants no more messages, ever."""
        return self.status == GONE


def next_try(outcome: Outcome, tries_count: int, chance: float) -> datetime | None:
    """Return when to try again after ``tries_count`` (>= 1) failures; none if that was the last.

    ``chance`` in 0..1 spreads the wait. What the receiver asked for with 429 or 503 is waited for, within a day.
    """
    if tries_count >= len(WAITS):
        return None
    wait = WAITS[tries_count] * (1 + JITTER * chance)
    if outcome.status in BUSY:
        wait = max(wait, asked_wait(outcome.retry_after, outcome.at))
    return outcome.at + wait


def asked_wait(retry_after: str, now: datetime) -> timedelta:
    """Read a Retry-After header, seconds or a date; nothing if it says nothing, at most a day."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        seconds = min(int(text[:10]), int(ASKED_WAIT_MAX.total_seconds()))
        return timedelta(seconds=seconds)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return timedelta(0)
    if until.tzinfo is None:
        return timedelta(0)
    return min(max(until - now, timedelta(0)), ASKED_WAIT_MAX)


def is_dead(failing_since: datetime | None, now: datetime) -> bool:
    """Tell whether an endpoint has had nothing but failures for too long."""
    return failing_since is not None and now - failing_since >= FAILING_MAX
