"""Finds where a task would go best, if nothing, or one thing, were in its way.

All gaps are judged at a glance; those that look right are tried in full, the cheapest first, until no other can be
cheaper. So the answer is the one of `insertion.list_insertions`, hundreds of times sooner - except for vehicles that
rest or drive by the hour, where at most `TRIED_MAX` gaps are tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from logistics.routing.gaps import LOADS, Gaps, Ints, read_gaps
from logistics.routing.glance import Glance
from logistics.routing.insertion import Insertion, Standing
from logistics.routing.model import Pick, Plan, Problem
from logistics.routing.reasons import BIT, Reason, reasons_of

TRIED_MAX = 48  # gaps tried for one question: where the glance is exact, one or two are enough
MISSES_TRIED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """All gaps for some picks of one task: which pick, which gap, at what cost at least, breaking what."""

    picks: tuple[Pick, ...]
    pick: Ints
    gap: Ints
    cost_min: Ints
    broken: Ints


class Openings:
    """The openings of one plan; see `openings_of`."""

    def __init__(self, standing: Standing, gaps: Gaps, glance: Glance) -> None:
        self.standing, self.gaps = standing, gaps
        self._glance = glance
        self._tried: dict[tuple[Pick, int], Insertion] = {}

    @property
    def problem(self) -> Problem:
        """The problem the plan is for."""
        return self.standing.problem

    def at_any_hour(self, tasks: Collection[int]) -> Openings:
        """Return the same openings if these tasks, which are on no route, had no hours of their own."""
        nouns = list(self.problem.tasks)
        for task in tasks:
            nouns[task] = replace(nouns[task], options=tuple(replace(one, windows=()) for one in nouns[task].options))
        standing = self.standing.of(replace(self.problem, tasks=tuple(nouns)))
        return Openings(standing, self.gaps, self._glance.of(standing))

    def candidates(self, picks: Sequence[Pick]) -> Candidates:
        """Judge all gaps for these picks."""
        judged = [self._glance.judged(pick) for pick in picks]
        numbers = [np.full(len(self.gaps), number, dtype=np.int64) for number in range(len(picks))]
        where = [np.arange(len(self.gaps), dtype=np.int64)] * len(picks)
        return Candidates(
            tuple(picks),
            _joined(numbers),
            _joined(where),
            _joined([one.cost_min for one in judged]),
            _joined([one.broken for one in judged]),
        )

    def reasons(self, insertion: Insertion) -> frozenset[Reason]:
        """Return what stands against an insertion, from the point of view of who is put in."""
        return reasons_of(insertion.broken, {pick.task for pick in insertion.picks})

    def tried(self, among: Candidates, index: int) -> Insertion:
        """Return one of the candidates, tried in full."""
        pick, gap = among.picks[among.pick[index]], int(among.gap[index])
        known = self._tried.get((pick, gap))
        if known is None:
            gaps = self.gaps
            where = int(gaps.vehicle[gap]), int(gaps.trip[gap]), int(gaps.position[gap])
            load = LOADS[gaps.load[gap]]
            known = self._tried[pick, gap] = self.standing.tried(Insertion(pick, *where, 0, (), load=load))
        return known


def openings_of(problem: Problem, plan: Plan) -> Openings:
    """Read a plan once, to be asked for many tasks."""
    standing = Standing(problem, plan)
    gaps = read_gaps(standing)
    return Openings(standing, gaps, Glance(standing, gaps))


class Alone:
    """One task by itself, asked where it would go."""

    def __init__(self, openings: Openings, picks: Sequence[Pick]) -> None:
        self._openings = openings
        self._among = openings.candidates(picks)

    def best(self, relaxing: Reason | None = None) -> Insertion | None:
        """Return the cheapest insertion that breaks nothing, or nothing but what ``relaxing`` names."""
        among = self._among
        wanted = frozenset() if relaxing is None else frozenset({relaxing})
        fitting = np.flatnonzero((among.broken & ~(BIT[relaxing] if relaxing else 0)) == 0)
        best: Insertion | None = None
        for index in fitting[np.argsort(among.cost_min[fitting], kind="stable")][:TRIED_MAX]:
            if best and among.cost_min[index] > best.extra_cost:
                break
            found = self._openings.tried(among, int(index))
            if self._openings.reasons(found) == wanted:
                best = cheapest_of([found, *([best] if best else [])])
        return best

    def nearest_miss(self) -> Insertion | None:
        """Return the insertion that breaks the fewest kinds of things; none if no road leads there."""
        among, openings = self._among, self._openings
        reachable = np.flatnonzero((among.broken & BIT[Reason.UNREACHABLE]) == 0)
        kinds = np.bitwise_count(among.broken[reachable])
        order = np.lexsort((among.cost_min[reachable], kinds))[:MISSES_TRIED]
        found = [openings.tried(among, int(reachable[index])) for index in order]
        return min(found, key=lambda one: (len(openings.reasons(one)), one.extra_cost), default=None)


def cheapest_of(insertions: Iterable[Insertion]) -> Insertion | None:
    """Return the cheapest of several insertions, of equal ones the one that breaks things least."""
    return min(insertions, key=_order, default=None)


def _order(insertion: Insertion) -> tuple[int, int]:
    return insertion.extra_cost, sum(one.amount for one in insertion.broken)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
