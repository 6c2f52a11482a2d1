"""Searches a problem whose routes do not depend on one another: several processes share one best plan, each a part.

Time is cut into epochs. In each, the routes are split along random directions (`divide.py`), every part is searched
from where it stands, and the answers are put together.

Two searches take turns. PyVRP's (`pyvrp_solver.py`) finds a good plan in no time and irons out what is left at the end;
ruin and recreate (`ruin_part.py`), cooling from epoch to epoch, finds the way out of the valleys in between, on large
days alone until it has cooled. Penalties of the former carry over. While it is hot and its part large, ruin and
recreate hands on the plan as it stands, not the best one it saw, which often is the one it began with. Otherwise no
part can get worse, so neither can the whole. What PyVRP cannot express is left to ruin and recreate alone.

A route is opened in no time and closed with pains. So in the first half of a search that had no plan to begin with,
each route costs a little on top, less and less, and what is small enough is not cut: no half of a plan with room for
half a route can save one. So a plan may cost more than the one before: who listens (`on_found`) keeps the best.

Where there is more time than one search can use, several are made apart and bred instead (`breeding.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from random import Random
from statistics import geometric_mean

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts, complete
from logistics.routing.cost import route_cost
from logistics.routing.edge.pyvrp_solver import Answer, Orders, Penalties, search
from logistics.routing.edge.search import ruin_orders, sharing
from logistics.routing.edge.search.breeding import Breeder, Brief
from logistics.routing.edge.search.crew import Crew, Job, Work
from logistics.routing.edge.search.divide import Part, Share, cut_out, deal_spares, most_different, split
from logistics.routing.edge.search.expressible import can_express, kinds_of
from logistics.routing.edge.search.regions import RegionSearch
from logistics.routing.edge.search.ruin_part import search_part
from logistics.routing.edge.search.sharing import Portion
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Problem

BRED_MAX = 500  # options below which plans are bred; 600 and 700 came out no better than by one search
BRED_FROM_S = 30.0
ENDS_IF_BRED = (0.03, 0.06)  # shares of the time for PyVRP's search, before and after, and
ENDS_IF_BRED_S = (0.5, 1.0)  # how long that is at most: it finds next to nothing more
REGIONS_FROM = 3000  # tasks from which small regions do better than halves
ENDS = (0.05, 0.1)  # shares of the time for PyVRP's search, before and after
LARGE_FROM = 700  # tasks from which these are shorter, and its turns wait until it is cold
ENDS_IF_LATE = (0.03, 0.04)
TURNS_BELOW = 0.3  # natural temperatures
RUINS_IN_A_ROW = 2  # before PyVRP's search has its turn again
RUINS_MIN, RUINS_MAX = 2, 14  # epochs of ruin and recreate; one a second: each costs a few hundredths of handing over
HEAT = (2.0, 0.1)  # of ruin and recreate at first and at last, times the natural temperature
HEAT_FROM_PLAN = (0.2, 0.03)  # where there is a plan to go on from
GOES_ON_ABOVE = 0.15  # natural temperatures; below, the best plan that was seen is handed on
GOES_ON_FROM = 175  # tasks of a part, in the mean; plans of smaller ones came out worse when handed on as they stood
EARLY_SHARE = 0.5  # of the epochs, in which routes cost more than they do
ROUTE_PRICE = 0.05  # of what a route costs in the mean is what each costs on top at first; 0.1 and 0.3 are too much
WHOLE_MAX = 60  # below so many tasks a part is no easier than the whole
ROUTES_MIN = 2  # routes of a part, in the mean, without which there is nothing to split
PART_SIZE = 600  # tasks of a part; PyVRP's search of a larger one spends its time on copying what did not change
RUIN_PART_SIZE = 500  # tasks of a part for ruin and recreate, which is slower the more routes there are
EARLY_WHOLE_MAX = 350  # below so many tasks all is searched whole while routes cost more than they do
OVERSIZE = 0.25  # of its size a part may be larger, before each core gets one part more
CUTS_DRAWN = 4  # of which the one least like the last is made: the same cut twice finds nothing
OVERHEAD_S = 0.05  # of an epoch goes into cutting, sending and putting together
UPSETS_MAX = 25  # half as many double the iterations, and still find less
POLISH = False  # an exhaustive search of each new best takes time that the next iterations use better
UPDATES_EVERY = 50  # iterations; PyVRP's own 500 are too few changes for a search of seconds
NEIGHBOURS = 30
SLACK = 0.1  # mean arcs that a step of PyVRP's search may lose at first; 0.03 finds less, 0.3 much less


@dataclass(frozen=True, slots=True)
class Cut:
    """What a part is made of: routes and tasks, the vehicles that stand by, what it may use of what all share."""

    share: Share
    spare: list[int]
    portion: Portion


@dataclass(frozen=True, slots=True)
class Standing:
    """The plan the next epoch begins with, and the penalties with which it does."""

    drafts: Drafts
    penalties: Penalties | None = None


@dataclass(frozen=True, slots=True)
class Epoch:
    """A share of the time, and the first and last temperature of ruin and recreate (None: PyVRP's search).

    ``early``: how much of the time in which routes cost more is still to come, from 1 to 0.
    """

    share: float
    heat: tuple[float, float] | None = None
    early: float = 0.0


def takes_turns_late(problem: Problem) -> bool:
    """Tell whether PyVRP's search is kept for when it is cold; small days and those with tasks to leave lose by it."""
    return len(problem.tasks) >= LARGE_FROM and all(task.leave_cost is None for task in problem.tasks)


def breeds(problem: Problem, limits: Limits) -> bool:
    """Tell whether there is more time than one search can use: then plans are bred, unless rounds are counted.

    Not where vehicles differ or cost something to go out at all: such days came out no better. Nor what PyVRP, which
    makes the first plan, cannot express.
    """
    if limits.seconds < BRED_FROM_S or limits.rounds_max is not None or len(kinds_of(problem)) > 1:
        return False
    options = sum(len(task.options) for task in problem.tasks)
    alike = not any(car.cost_fixed for car in problem.vehicles)
    return options < BRED_MAX and alike and can_express(problem)


def epochs_of(limits: Limits, *, has_plan: bool, late: bool, turns_taken: bool = True) -> list[Epoch]:
    """Return the epochs of a search; the temperature falls by the same factor in each. ``late``: as above.

    ``turns_taken``: whether PyVRP's search takes any.
    """
    count = RUINS_MAX if limits.rounds_max is not None else max(RUINS_MIN, min(RUINS_MAX, int(limits.seconds)))
    hot, cold = HEAT_FROM_PLAN if has_plan else HEAT
    heats = [hot * (cold / hot) ** (number / count) for number in range(count + 1)]
    if not turns_taken:
        return _ruins_only(heats, has_plan=has_plan)
    turns: list[tuple[float, float] | None] = [None]
    in_a_row = 0
    for one in pairwise(heats):
        turns.append(one)
        in_a_row += 1
        if in_a_row >= RUINS_IN_A_ROW and not (late and one[1] >= TURNS_BELOW):
            turns.append(None)
            in_a_row = 0
    turns.append(None)
    first, last = ENDS_IF_LATE if late else ENDS
    shares = [first, *[(1.0 - first - last) / (len(turns) - 2)] * (len(turns) - 2), last]
    end = 0.0 if has_plan else EARLY_SHARE * len(turns)
    return [
        Epoch(one, heat, max(0.0, 1.0 - number / end) if end else 0.0)
        for number, (one, heat) in enumerate(zip(shares, turns, strict=True))
    ]


def _ruins_only(heats: list[float], *, has_plan: bool) -> list[Epoch]:
    count = len(heats) - 1
    end = 0.0 if has_plan else EARLY_SHARE * count
    return [
        Epoch(1.0 / count, heat, max(0.0, 1.0 - number / end) if end else 0.0)
        for number, heat in enumerate(pairwise(heats))
    ]


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
    if len(problem.tasks) >= REGIONS_FROM and can_express(problem):
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
        self._mean_cost: float | None = None
        self._untold: tuple[Drafts, float] | None = None

    def run(self, start: Drafts) -> Drafts:
        """Search epoch by epoch, or breed."""
        standing = Standing(start)
        has_plan = ruin_orders.is_plan(self._problem, start)
        if not has_plan and breeds(self._problem, self._limits):
            return self._bred(start)
        late = takes_turns_late(self._problem)
        epochs = epochs_of(self._limits, has_plan=has_plan, late=late, turns_taken=can_express(self._problem))
        for number, epoch in enumerate(epochs):
            left_s = self._left_s()
            if not self._crew.wanted() or left_s <= OVERHEAD_S:
                break
            rest = sum(other.share for other in epochs[number:])
            standing = self._epoch(epoch, standing, left_s * epoch.share / rest)
        self._tell()
        return standing.drafts

    def _bred(self, start: Drafts) -> Drafts:
        """Breed plans between PyVRP's first plan and its last word."""
        shares = zip(ENDS_IF_BRED, ENDS_IF_BRED_S, strict=True)
        first, last = (min(share * self._limits.seconds, most_s) for share, most_s in shares)
        standing = self._epoch(Epoch(ENDS_IF_BRED[0]), Standing(start), first)
        price = self._route_price(1.0, standing.drafts)
        brief = Brief(self._problem, self._kinds, price)
        breeder = Breeder(brief, self._crew, self._left_s() - last, self._random)
        standing = replace(standing, drafts=breeder.run(standing.drafts, self._found, self._tell))
        if self._crew.wanted() and (left_s := self._left_s()) > OVERHEAD_S:
            standing = self._epoch(Epoch(ENDS_IF_BRED[1]), standing, left_s)
        self._tell()
        return standing.drafts

    def _left_s(self) -> float:
        return self._began_s + self._limits.seconds - monotonic_s()

    def _found(self, drafts: Drafts) -> None:
        self._untold = drafts, monotonic_s() - self._began_s

    def _epoch(self, epoch: Epoch, standing: Standing, seconds: float) -> Standing:
        cuts = self._cuts(epoch, standing)
        turns = ceil(len(cuts) / self._limits.cores)
        seconds = max(0.0, seconds - OVERHEAD_S) / turns
        orders: Orders | ruin_orders.Orders
        work: Work = search
        price = 0
        if epoch.heat:
            rounds = self._rounds(epoch, len(cuts), ruin_orders.RUINS_A_ROUND)
            price = self._route_price(epoch.early, standing.drafts)
            size = sum(cut.share.size for cut in cuts) / len(cuts)
            best_from = 1.0 if epoch.heat[1] > GOES_ON_ABOVE and size >= GOES_ON_FROM else 0.0
            orders = ruin_orders.Orders(
                seconds, rounds_max=rounds, heat=epoch.heat, route_price=price, pools=False, best_from=best_from
            )
            work = search_part
        else:
            orders = self._orders(standing, seconds, self._rounds(epoch, len(cuts)))
        parts: list[Part] = []
        answers = self._crew.ask(self._jobs(cuts, orders, parts), work, self._tell)
        if not answers:
            return standing
        if parts[0] is parts[-1]:
            best = min(answers, key=lambda index: _with_price(answers[index], price))
            answers = {best: answers[best]}
            parts = [parts[best]]
            drafts = parts[0].back(answers[best].drafts)
        else:
            drafts = tuple(
                route
                for index, part in enumerate(parts)
                for route in part.back(answers[index].drafts if index in answers else part.drafts)
            )
        self._found(drafts)
        learnt = [answer.penalties for answer in answers.values() if answer.penalties is not None]
        return Standing(drafts, _mean(learnt) if learnt else standing.penalties)

    def _jobs(self, cuts: list[Cut], orders: Orders | ruin_orders.Orders, parts: list[Part]) -> Iterator[Job]:
        """Make the parts one by one, writing them down; what is cut twice is made once."""
        for number, cut in enumerate(cuts):
            is_again = number and cuts[number - 1] is cut
            parts.append(parts[-1] if is_again else self._cut_out(cut))
            told = replace(orders, seed=self._random.getrandbits(32))
            if isinstance(told, ruin_orders.Orders):
                told = replace(told, credit=cut.portion.credit)
            yield parts[-1].problem, parts[-1].drafts, told

    def _cut_out(self, cut: Cut) -> Part:
        part = cut_out(self._problem, cut.share, cut.spare)
        smaller = replace(part.problem, room=cut.portion.room, quotas=cut.portion.quotas)
        return replace(part, problem=smaller)

    def _tell(self) -> None:
        """Say what the last epoch found, while the workers search on, for who listens may have to judge it."""
        if self._untold:
            self._on_found(*self._untold)
            self._untold = None

    def _route_price(self, early: float, drafts: Drafts) -> int:
        if not (early and drafts):
            return 0
        if self._mean_cost is None:
            routes = complete(self._problem, drafts).routes
            self._mean_cost = sum(route_cost(self._problem, route).total for route in routes) / max(1, len(routes))
        return int(ROUTE_PRICE * early * self._mean_cost)

    def _orders(self, standing: Standing, seconds: float, rounds: int | None) -> Orders:
        return Orders(
            seconds=seconds,
            rounds_max=rounds,
            upsets_max=UPSETS_MAX,
            updates_every=UPDATES_EVERY,
            neighbours=NEIGHBOURS,
            polish=POLISH,
            heat=SLACK,
            penalties=standing.penalties,
        )

    def _rounds(self, epoch: Epoch, parts: int, factor: int = 1) -> int | None:
        if self._limits.rounds_max is None:
            return None
        return max(1, int(self._limits.rounds_max * epoch.share * factor) // parts)

    def _cuts(self, epoch: Epoch, standing: Standing) -> list[Cut]:
        """Cut the plan, equally many parts for each core; one that is not there yet, or small, is searched whole."""
        size = RUIN_PART_SIZE if epoch.heat else PART_SIZE
        done = {pick.task for _, trips in standing.drafts for trip in trips for pick in trip}
        whole = Share(standing.drafts, tuple(task for task in range(len(self._problem.tasks)) if task not in done))
        cores = self._limits.cores
        whole_max = EARLY_WHOLE_MAX if epoch.early else WHOLE_MAX
        if whole.size < whole_max or len(standing.drafts) < ROUTES_MIN * cores:
            used = {vehicle for vehicle, _ in standing.drafts}
            spare = [vehicle for vehicle in range(len(self._problem.vehicles)) if vehicle not in used]
            return [Cut(whole, spare, Portion(self._problem.room, self._problem.quotas))] * cores
        turns = min(ceil(whole.size / (cores * size) - OVERSIZE), len(standing.drafts) // (ROUTES_MIN * cores))
        cuts = [split(self._problem, whole, self._random, cores * max(1, turns)) for _ in range(CUTS_DRAWN)]
        shares = self._cut_last = most_different(cuts, self._cut_last)
        spares = deal_spares(self._kinds, shares, self._random)
        portions = sharing.deal(self._problem, shares, self._random)
        return [Cut(*one) for one in zip(shares, spares, portions, strict=True)]


def _with_price(answer: Answer, route_price: int) -> tuple[int, int]:
    return answer.left, answer.cost + route_price * len(answer.drafts)


def _mean(penalties: list[Penalties]) -> Penalties:
    """Return the penalties half-way (on a logarithmic scale) between those of the parts."""
    loads = tuple(geometric_mean(several) for several in zip(*(one[0] for one in penalties), strict=True))
    return loads, geometric_mean(one[1] for one in penalties), geometric_mean(one[2] for one in penalties)
