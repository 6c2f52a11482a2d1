"""The conductor: a heap of moments, and at each of them somebody's next step.

Decides the order. Steps of different actors that fall within the same half minute run side by side, for
then their order does not matter; one actor's steps never overlap. A step that the platform refuses is a
mishap: the day goes on, and the end tells.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from demo.client import Refused
from demo.clock import Pace

TOGETHER = timedelta(seconds=30)
WORKERS = 6
MISHAPS_SHOWN = 20

Step = Callable[[datetime], None]


@dataclass(order=True, slots=True)
class Cue:
    """Somebody's next step, and when it is due."""

    at: datetime
    number: int
    who: str = field(compare=False)
    step: Step = field(compare=False)


class Conductor:
    """Keeps the cues and gives them, in order."""

    def __init__(self, pace: Pace, workers: int = WORKERS) -> None:
        self.pace = pace
        self.mishaps: list[str] = []
        self.steps = 0
        self._cues: list[Cue] = []
        self._numbers = count()
        self._lock = threading.Lock()
        self._workers = workers

    def at(self, moment: datetime, who: str, step: Step) -> None:
        """Let ``who`` take a step then; may be called from a step."""
        with self._lock:
            heapq.heappush(self._cues, Cue(moment, next(self._numbers), who, step))

    def run(self, until: datetime) -> None:
        """Give all cues due before a moment, and those that they lead to."""
        with ThreadPoolExecutor(self._workers, "actor") as pool:
            while cues := self._due_together(until):
                self.pace.go_to(cues[0].at)
                list(pool.map(self._take, cues))

    def _due_together(self, until: datetime) -> list[Cue]:
        with self._lock:
            chosen: list[Cue] = []
            later: list[Cue] = []
            busy: set[str] = set()
            while self._cues and self._cues[0].at < until:
                if chosen and self._cues[0].at > chosen[0].at + TOGETHER:
                    break
                cue = heapq.heappop(self._cues)
                (later if cue.who in busy else chosen).append(cue)
                busy.add(cue.who)
            for cue in later:
                heapq.heappush(self._cues, cue)
            return chosen

    def _take(self, cue: Cue) -> None:
        try:
            cue.step(cue.at)
        except Refused as refused:
            self.mishap(cue.at, cue.who, str(refused))
        with self._lock:
            self.steps += 1

    def mishap(self, at: datetime, who: str, what: str) -> None:
        """Note that something went otherwise than it should."""
        with self._lock:
            self.mishaps.append(f"{at:%d %b %H:%M:%S} {who}: {what}")
