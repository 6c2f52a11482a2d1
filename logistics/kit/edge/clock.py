"""What time it is: the one room that looks at the clock, and the one that draws chance."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from logistics.kit import ids


class Clock(Protocol):
    """Tells the time, aware and in UTC."""

    def now(self) -> datetime:
        """Return the moment it is."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the moment it is."""
        return system_now()


@dataclass(frozen=True, slots=True)
class Anchor:
    """At machine time ``real`` it was ``simulated``; since then it goes ``speed`` times as fast (>= 0)."""

    real: datetime
    simulated: datetime
    speed: float

    def at(self, real: datetime) -> datetime:
        """Return the simulated time of a machine time."""
        return self.simulated + timedelta(seconds=(real - self.real).total_seconds() * self.speed)


class AnchoredClock:
    """A clock that can be set and sped up: for demos and replays, never for a live business."""

    def __init__(self, anchor: Anchor) -> None:
        self._anchor = anchor
        self._lock = threading.Lock()

    @property
    def anchor(self) -> Anchor:
        """Return what the clock goes by."""
        return self._anchor

    def now(self) -> datetime:
        """Return the simulated moment."""
        return self._anchor.at(system_now())

    def set(self, now: datetime, speed: float) -> Anchor:
        """Let it be ``now`` and go on ``speed`` times as fast; return the anchor to be kept."""
        with self._lock:
            self._anchor = Anchor(system_now(), now.astimezone(UTC), speed)
            return self._anchor


def system_now() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the room the rule speaks of


def monotonic_s() -> float:
    """Return seconds that only grow, for measuring spans."""
    return time.monotonic()


def chance() -> int:
    """Return 128 bits nobody can guess."""
    return secrets.randbits(128)


class Ids:
    """Makes ids that grow: within one millisecond each is the one before plus one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: datetime | None = None
        self._chance = 0

    def next(self, prefix: str, now: datetime) -> str:
        """Make an id for something that begins now."""
        moment = now.replace(microsecond=now.microsecond // 1000 * 1000)
        with self._lock:
            # Two bits are left free, so that counting on never overflows into the past.
            self._chance = self._chance + 1 if moment == self._at else chance() >> 50
            self._at = moment
            return ids.new_id(prefix, now, self._chance)


_ids = Ids()


def new_id(prefix: str, now: datetime) -> str:
    """Make an id for something that begins now; ids made by one process in one millisecond keep their order."""
    return _ids.next(prefix, now)
