"""Tasks that go only together: what is fetched at one place and brought to another, on one trip.

All positions of both are weighed by their two detours, and the few best of every trip are tried in full: good, not
exact, for two detours that meet are not quite the sum of both. More than one delivery from one fetching are placed as
a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

import numpy as np

from logistics.routing.gaps import LOADS
from logistics.routing.insertion import Insertion, Load
from logistics.routing.model import Pick, Problem
from logistics.routing.openings import Openings, cheapest_of
from logistics.routing.reasons import Reason

TRIED_A_TRIP = 4
COMBINATIONS_MAX = 8  # of options of those who go together


def leader_of(problem: Problem, task: int) -> int:
    """Return who fetches for a task; itself if nobody does."""
    origin = problem.tasks[task].brings_from
    return task if origin is None else origin


def group_of(problem: Problem, task: int) -> tuple[int, ...]:
    """Return who goes together with a task, the fetching first; the task alone if nobody does."""
    first = leader_of(problem, task)
    return first, *(number for number, noun in enumerate(problem.tasks) if noun.brings_from == first)


class Together:
    """All that was tried for tasks that go together; asked like `openings.Alone`."""

    def __init__(self, openings: Openings, ways: Sequence[Sequence[Pick]]) -> None:
        """Try the ways of each task, the fetching first, in all trips."""
        self._openings = openings
        combinations = islice(product(*ways), COMBINATIONS_MAX)
        self._tried = [openings.standing.tried(draft) for picks in combinations for draft in _drafts(openings, picks)]

    def best(self, relaxing: Reason | None = None) -> Insertion | None:
        """Return the cheapest insertion that breaks nothing, or nothing but what ``relaxing`` names."""
        wanted = frozenset() if relaxing is None else frozenset({relaxing})
        return cheapest_of(one for one in self._tried if self._openings.reasons(one) == wanted)

    def nearest_miss(self) -> Insertion | None:
        """Return the insertion that breaks the fewest kinds of things; none if no road leads there."""
        known = [(self._openings.reasons(one), one) for one in self._tried]
        reached = [(len(reasons), one.extra_cost, one) for reasons, one in known if Reason.UNREACHABLE not in reasons]
        return min(reached, key=lambda one: one[:2])[2] if reached else None


def _drafts(openings: Openings, picks: Sequence[Pick]) -> Iterator[Insertion]:
    """Yield the most promising positions of every trip."""
    gaps = openings.gaps
    first, second = (openings.candidates([pick]).cost_min for pick in picks[:2])
    # A trip of their own before another is one gap; cutting a trip in two elsewhere is not tried.
    open_to = np.flatnonzero((gaps.load == 0) | ((gaps.load == LOADS.index(Load.AFTER)) & (gaps.position == 0)))
    changes = [np.diff(column[open_to]) != 0 for column in (gaps.vehicle, gaps.trip, gaps.load)]
    for trip in np.split(open_to, np.flatnonzero(np.logical_or.reduce(changes)) + 1):
        if not len(trip):
            continue
        # Row: before which visit the fetching goes, column: before which the bringing, never earlier.
        both = first[trip][:, None] + second[trip][None, :]
        rows, columns = np.triu_indices(len(trip))
        for index in np.argsort(both[rows, columns], kind="stable")[:TRIED_A_TRIP]:
            at, then = int(rows[index]), int(columns[index])
            more = tuple((pick, then + 1 + number) for number, pick in enumerate(picks[1:]))
            where = int(gaps.vehicle[trip[0]]), int(gaps.trip[trip[0]])
            yield Insertion(picks[0], *where, at, 0, (), more, load=LOADS[gaps.load[trip[0]]])
