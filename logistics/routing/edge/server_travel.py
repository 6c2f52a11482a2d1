"""Travel as a server on the network knows it: asked for in blocks, kept by its map's version, never waited for long.

What is known is not asked again: of a day with one new place, its row and its column are asked. A server that fails
makes the plan fail with a sentence; one that fails at drawing leaves straight lines, for a plan is worth more than its
picture.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from logistics.kit.edge.clock import monotonic_s
from logistics.kit.errors import Failure
from logistics.kit.findings import Finding
from logistics.kit.geo import Point
from logistics.routing.edge.off_road import cut_off, lost_points, off_road
from logistics.routing.edge.roads import PERCENT, Ints, Slowness
from logistics.routing.edge.speed_profile import USUAL, SpeedProfile
from logistics.routing.edge.table_cache import NEVER_SAID_M, UNKNOWN, Known, TableCache, copied, empty, key_of, rounded
from logistics.routing.edge.table_server import TableServer
from logistics.routing.matrix import UNREACHABLE, Travel, TravelMatrix
from logistics.routing.model import TimeWindow

log = logging.getLogger(__name__)

TABLE_S_MAX = 600.0  # a server that needs longer for one day is not one to plan with
PATTERNS_MAX = 20  # so many different gaps are asked for apart; with more, all rows with a gap are asked for together

Chunk = tuple[Ints, Ints]
Gaps = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ServerTravel:
    """Travel times from a server, in traffic as slow as a profile says of all roads together.

    ``version`` names its map where the server does not; without either, nothing is kept.
    """

    server: TableServer
    profile: SpeedProfile = USUAL
    cache: TableCache = field(default_factory=lambda: TableCache(None))
    version: str = ""
    now_s: Callable[[], float] = monotonic_s
    _silent: list[str] = field(default_factory=list)  # why lines are not asked for any more

    def matrix(self, points: Sequence[Point], hours: TimeWindow | None = None) -> tuple[Travel, tuple[Finding, ...]]:
        """Return travel between all points; Failure when the server does not answer, or not in time."""
        asked = list(dict.fromkeys(rounded(point) for point in points))
        known = self._known(asked) if asked else empty(())
        numbers = known.numbers()
        back = [numbers[key_of(point)] for point in points]
        off_m = [int(known.off_m[number]) for number in back]
        lost = lost_points(off_m)
        seconds, metres = (table[np.ix_(back, back)] for table in (known.seconds, known.metres))

        def slowed(slowness: Slowness) -> Ints:
            percent = slowness if isinstance(slowness, int) else slowness[0]
            whole = np.ceil(np.round(seconds * percent / PERCENT, 3)).astype(np.int64)
            whole[seconds >= UNREACHABLE] = UNREACHABLE
            return cut_off(whole, lost)

        def tables(slowness: Slowness) -> TravelMatrix:
            return TravelMatrix(slowed(slowness), cut_off(metres.astype(np.int64), lost))

        travel = self.profile.of_all_roads().travel(hours, tables, slowed)
        return travel, off_road(off_m, travel)

    def path(self, way: Sequence[Point]) -> list[Point]:
        """Return the line through these points, straight from one to the next where the server does not say."""
        if len(way) > 1 and not self._silent:
            try:
                return self.server.line([rounded(point) for point in way]) or list(way)
            except Failure as failure:
                log.warning("routes are drawn straight: %s", failure.detail)
                if failure.retry:
                    self._silent.append(failure.detail)  # the next of thirty routes need not wait for it again
        return list(way)

    def _known(self, points: list[Point]) -> Known:
        """Return the table of these points, whole; what is not known yet is asked for, and kept."""
        version = self.server.version(points[0]) or self.version
        known = empty(points)
        copied(self.cache.read(self.server.name, version), known)
        chunks = list(gaps(known.seconds == UNKNOWN, self.server.side_max))
        if len(points) == 1 and known.off_m[0] == NEVER_SAID_M:
            chunks = [(np.zeros(1, dtype=np.int64),) * 2]
        until_s, same = self.now_s() + TABLE_S_MAX, True
        for number, (rows, columns) in enumerate(chunks):
            if self.now_s() > until_s:
                done = f"{number} of {len(chunks)} parts after {TABLE_S_MAX:.0f} s"
                raise Failure(f"{self.server.name} is too slow to plan with: {done}", retry=True)
            same &= self._ask(known, points, rows, columns) in {"", version}
        if chunks and same:  # a map that changed meanwhile is kept the next time
            self.cache.write(self.server.name, version, known)
        return known

    def _ask(self, known: Known, points: list[Point], rows: Ints, columns: Ints) -> str:
        block = self.server.block([points[row] for row in rows], [points[column] for column in columns])
        where = np.ix_(rows, columns)
        known.seconds[where], known.metres[where] = block.seconds, block.metres
        known.off_m[rows], known.off_m[columns] = block.origins_off_m, block.targets_off_m
        np.fill_diagonal(known.seconds, 0)
        np.fill_diagonal(known.metres, 0)
        return block.version


def gaps(unknown: Gaps, side_max: int) -> Iterator[Chunk]:
    """Yield blocks of rows and columns, at most ``side_max`` of each, that hold all gaps of a table.

    Rows with the same gaps go together: of one new place among many, these are its row, and its column.
    """
    patterns: dict[bytes, list[int]] = {}
    for row in np.flatnonzero(unknown.any(axis=1)).tolist():
        patterns.setdefault(_pattern(unknown, row), []).append(row)
    groups = list(patterns.values())
    if len(groups) > PATTERNS_MAX:
        groups = [[row for group in groups for row in group]]
    for rows in groups:
        columns = np.flatnonzero(unknown[rows].any(axis=0))
        for first_row in range(0, len(rows), side_max):
            for first in range(0, len(columns), side_max):
                yield np.array(rows[first_row : first_row + side_max]), columns[first : first + side_max]


def _pattern(unknown: Gaps, row: int) -> bytes:
    """Return a row's gaps; of a wholly new place the way to itself counts as one, so that new rows are alike."""
    gaps_here = unknown[row].tolist()
    gaps_here[row] = gaps_here[row] or sum(gaps_here) == len(gaps_here) - 1
    return bytes(gaps_here)
