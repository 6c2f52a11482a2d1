"""Searches a problem that PyVRP can express: several processes share one best plan and each works on a part of it.

Time is cut into epochs that lengthen. In each, the routes are split along random directions (`divide.py`), every part
is searched from where it stands (`pyvrp_solver.py`), and the answers are put together: no part can get worse, so the
whole only gets better. Penalties carry over from epoch to epoch.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from random import Random
from statistics import geometric_mean

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge.pyvrp_solver import Orders, Penalties
from logistics.routing.edge.search.crew import Crew
from logistics.routing.edge.search.divide import Part, Share, cut_out, deal_spares, most_different, split
from logistics.routing.edge.search.expressible import kinds_of
from logistics.routing.edge.search.regions import RegionSearch
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Problem

REGIONS_FROM = 3000  # tasks from which small regions do better than halves
EPOCHS = (3, 4, 8, 15, 22, 22, 22)  # shares of the time; short at first, while the penalties still find their level
WHOLE_MAX = 60  # below so many tasks a part is no easier than the whole
ROUTES_MIN = 2  # routes per core without which there is nothing to split
PART_MAX = 600  # tasks of a part; the search of a larger one spends its time on copying what did not change
CUTS_DRAWN = 4  # of which the one least like the last is made: the same cut twice finds nothing
OVERHEAD_S = 0.05  # of an epoch goes into cutting, sending and putting together
HURRY_S = 15.0  # below it the late-acceptance list stays short
UPSETS_MAX = 25  # half as many double the iterations, and still find less
POLISH = False  # an exhaustive search of each new best takes time that the next iterations use better
UPDATES_EVERY = 50  # iterations; PyVRP's own 500 are too few changes for a search of seconds
NEIGHBOURS = 30
HEAT = 0.1  # mean arcs; 0.03 finds less, 0.3 much less
HISTORY_FIRST, HISTORY_LAST = 50, 300  # its length in the first and the last epoch of a longer search


@dataclass(frozen=True, slots=True)
class Standing:
    """The best so far, and the penalties with which the next searches begin."""

    drafts: Drafts
    penalties: Penalties | None = None


def solve(
    problem: Problem,
    limits: Limits,
    executor: Executor,
    on_found: Callable[[Drafts, float], None] = lambda _drafts, _seconds: None,
    wanted: Callable[[], bool] = lambda: True,
    start: Drafts = (),
) -> Drafts:
    """Search until the time is up, the iterations are spent, or nothing is wanted any more."""
    crew = Crew(executor, limits.cores, wanted)
    if len(problem.tasks) >= REGIONS_FROM:
        return RegionSearch(problem, limits, crew, on_found).run(start)
    return _Search(problem, limits, crew, on_found).run(start)


class _Search:
    """One problem being searched."""

    def __init__(self, problem: Problem, limits: Limits, crew: Crew, on_found: Callable[[Drafts, float], None]) -> None:
        self._began_s = monotonic_s()
        self._problem, self._limits, self._crew, self._on_found = problem, limits, crew, on_found
        self._random = Random(limits.seed)
        self._kinds = kinds_of(problem)
        self._cut_last: list[Share] = []

    def run(self, start: Drafts) -> Drafts:
        """Search epoch by epoch."""
        standing = Standing(start)
        for number in range(len(EPOCHS)):
            left_s = self._began_s + self._limits.seconds - monotonic_s()
            if not self._crew.wanted() or left_s <= OVERHEAD_S:
                break
            standing = self._epoch(number, standing, left_s * EPOCHS[number] / sum(EPOCHS[number:]))
        return standing.drafts

    def _epoch(self, number: int, standing: Standing, seconds: float) -> Standing:
        parts = self._parts(standing)
        turns = -(-len(parts) // self._limits.cores)
        orders = Orders(
            seconds=max(0.0, seconds - OVERHEAD_S) / turns,
            rounds_max=self._rounds(number, len(parts)),
            history=self._history(number),
            upsets_max=UPSETS_MAX,
            updates_every=UPDATES_EVERY,
            neighbours=NEIGHBOURS,
            polish=POLISH,
            heat=HEAT,
            penalties=standing.penalties,
        )
        jobs = [(part.problem, part.drafts, replace(orders, seed=self._random.getrandbits(32))) for part in parts]
        answers = self._crew.ask(jobs)
        if not answers:
            return standing
        if parts[0] is parts[-1]:
            best = min(answers, key=lambda index: (answers[index].left, answers[index].cost))
            answers = {best: answers[best]}
            parts = [parts[best]]
            drafts = parts[0].back(answers[best].drafts)
        else:
            drafts = tuple(
                route
                for index, part in enumerate(parts)
                for route in part.back(answers[index].drafts if index in answers else part.drafts)
            )
        self._on_found(drafts, monotonic_s() - self._began_s)
        return Standing(drafts, _mean([answer.penalties for answer in answers.values()]))

    def _rounds(self, number: int, parts: int) -> int | None:
        if self._limits.rounds_max is None:
            return None
        return max(1, self._limits.rounds_max * EPOCHS[number] // sum(EPOCHS) // parts)

    def _history(self, number: int) -> int:
        if self._limits.seconds <= HURRY_S:
            return HISTORY_FIRST
        return HISTORY_FIRST + (HISTORY_LAST - HISTORY_FIRST) * number // (len(EPOCHS) - 1)

    def _parts(self, standing: Standing) -> list[Part]:
        """Cut the plan into parts; a plan that is not there yet, or small, is searched whole by every core."""
        done = {pick.task for _, trips in standing.drafts for trip in trips for pick in trip}
        whole = Share(standing.drafts, tuple(task for task in range(len(self._problem.tasks)) if task not in done))
        cores = self._limits.cores
        if whole.size < WHOLE_MAX or len(standing.drafts) < ROUTES_MIN * cores:
            used = {vehicle for vehicle, _ in standing.drafts}
            spare = [vehicle for vehicle in range(len(self._problem.vehicles)) if vehicle not in used]
            return [cut_out(self._problem, whole, spare)] * cores
        cuts = [split(self._problem, whole, self._random, PART_MAX, cores) for _ in range(CUTS_DRAWN)]
        shares = self._cut_last = most_different(cuts, self._cut_last)
        spares = deal_spares(self._kinds, shares, self._random)
        return [cut_out(self._problem, one, spare) for one, spare in zip(shares, spares, strict=True)]


def _mean(penalties: list[Penalties]) -> Penalties:
    """Return the penalties half-way (on a logarithmic scale) between those of the parts."""
    loads = tuple(geometric_mean(several) for several in zip(*(one[0] for one in penalties), strict=True))
    return loads, geometric_mean(one[1] for one in penalties), geometric_mean(one[2] for one in penalties)
