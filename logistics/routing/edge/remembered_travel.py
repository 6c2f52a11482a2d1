"""What travel servers said lately, kept in this process, so that looking at a plan does not wait for them again.

A search always asks, and what it is told is noted. Who changes a plan by hand, or asks about it, reckons with what was
noted; only what was not, or is forgotten, is asked for, and not waited for long.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from logistics.kit.errors import Failure, Unavailable
from logistics.kit.findings import Finding
from logistics.kit.geo import Point
from logistics.routing.edge.matrix_source import TravelSource
from logistics.routing.matrix import Travel
from logistics.routing.model import TimeWindow

PAIRS_MAX = 4_000_000  # of all tables together: some 200 MB, with three parts of the day

Found = tuple[Travel, tuple[Finding, ...]]


class Memory:
    """The tables asked for last, by what they are of; threads may share it."""

    def __init__(self, pairs_max: int = PAIRS_MAX) -> None:
        self._pairs_max = pairs_max
        self._found: OrderedDict[Hashable, Found] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> Found | None:
        """Return a table, if it is remembered."""
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def note(self, key: Hashable, found: Found) -> None:
        """Remember a table instead of the ones longest unused; one that is too large for all of it is not."""
        with self._lock:
            self._found[key] = found
            self._found.move_to_end(key)
            while sum(len(travel) ** 2 for travel, _ in self._found.values()) > self._pairs_max:
                self._found.popitem(last=False)


@dataclass(frozen=True, slots=True)
class NotedTravel:
    """Travel as a source says it now; what it says is noted under its ``name``."""

    source: TravelSource
    memory: Memory
    name: Hashable

    def key(self, points: Sequence[Point], hours: TimeWindow | None) -> Hashable:
        """Return under what a table is noted."""
        return self.name, tuple(points), hours

    def matrix(self, points: Sequence[Point], hours: TimeWindow | None = None) -> Found:
        """Return travel between all points, and remember it."""
        found = self.source.matrix(points, hours)
        self.memory.note(self.key(points, hours), found)
        return found

    def path(self, way: Sequence[Point]) -> list[Point]:
        """Return the line through these points."""
        return self.source.path(way)


@dataclass(frozen=True, slots=True)
class RememberedTravel:
    """Travel as it was said last, or else as the source says it now; a source that fails is a refusal (503)."""

    noted: NotedTravel

    def matrix(self, points: Sequence[Point], hours: TimeWindow | None = None) -> Found:
        """Return travel between all points."""
        found = self.noted.memory.find(self.noted.key(points, hours))
        if found is not None:
            return found
        try:
            return self.noted.matrix(points, hours)
        except Failure as failure:
            raise Unavailable(f"{failure.detail}; try again later.", code="travel_unavailable") from failure

    def path(self, way: Sequence[Point]) -> list[Point]:
        """Return the line through these points."""
        return self.noted.path(way)
