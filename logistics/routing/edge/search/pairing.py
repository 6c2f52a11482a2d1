"""Searches a day on which some goods are fetched at one stop and brought to another.

Few orders of a day go that way, and no search of whole routes should be slow for them. So, in turns, all others are
searched while the pairs stand still, and then each pair is put where it costs least. A pair that stands still is two
tasks for its own vehicle: fetched by a moment between both services, brought from then on. What is fetched counts as on
board until the end of the trip, which is too much, never too little.

Where there is no plan to go on from, a quick one says where the pairs stand, and the first turn forgets the rest of it.
The second is one for all together, by a search that moves both halves of a pair at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from random import Random

from logistics.routing.construct import Drafts, complete, construct, fill
from logistics.routing.cost import weight
from logistics.routing.edge.search.ruin_orders import is_plan
from logistics.routing.edge.search.turns import OnFound, Search, Turns, drafts_of
from logistics.routing.edge.solving import Limits
from logistics.routing.edits import take_off
from logistics.routing.insertion import insert
from logistics.routing.matrix import UNREACHABLE
from logistics.routing.mend import without_violations
from logistics.routing.model import Option, Pick, Plan, Problem, Task, TimeWindow, Vehicle
from logistics.routing.openings import openings_of
from logistics.routing.pairs import Together, group_of

QUICK_SHARE = 0.25  # of the time, at most, goes into a quick plan
COLD_SHARE = 0.2  # of the time goes into the turn that begins without one; 0.4 came out dearer
TOGETHER_SHARE, TOGETHER_FROM_S = 0.1, 0.5  # of the time for all together, unless that is too short to begin
TURNS_MAX = 5  # around the pairs
TURN_S = 1.0  # at least, for a search that only begins is soon over
SETTLING_SHARE = 0.2  # of a turn, at most, for putting each pair where it costs least; the last turn is shorter by it


class Turn(Enum):
    """What a turn begins with, and whether pairs stand still in it."""

    COLD = auto()
    TOGETHER = auto()
    AROUND = auto()


@dataclass(frozen=True, slots=True)
class Searches:
    """What searches a day without pairs, and one with them."""

    around: Search
    together: Search


@dataclass(frozen=True, slots=True)
class Stilled:
    """A day whose pairs stand still; ``ways``: the option that each of their tasks has, by task."""

    problem: Problem
    ways: dict[int, int]

    def of_whole(self, drafts: Drafts) -> Drafts:
        """Return routes of the day as it is; a task that stands still has one option here."""
        return _with_options(drafts, dict.fromkeys(self.ways, 0))

    def back(self, drafts: Drafts) -> Drafts:
        """Return routes of this day as those of the day as it is."""
        return _with_options(drafts, self.ways)


def solve(
    problem: Problem, limits: Limits, on_found: OnFound, wanted: Callable[[], bool], start: Drafts, searches: Searches
) -> Drafts:
    """Search turn by turn until the time is up or nothing is wanted any more."""
    clock, random = Turns(limits, wanted), Random(limits.seed)
    goes_on = is_plan(problem, start)
    in_time = clock.has_time(1.0)
    best = _best_of(problem, start, in_time) if goes_on else construct(problem, clock.has_time(QUICK_SHARE))
    on_found(drafts_of(best), clock.passed_s)

    def told(still: Stilled) -> OnFound:
        return lambda drafts, _: on_found(still.back(drafts), clock.passed_s)

    for turn, share in turns(limits.seconds, goes_on=goes_on):
        left = clock.next(share)
        if left is None:
            break
        if turn is Turn.TOGETHER:
            found = searches.together(problem, left, drafts_of(best), told(Stilled(problem, {})))
        else:
            still = stilled(problem, best, random)
            cold = turn is Turn.COLD
            begin = () if cold else drafts_of(_best_of(still.problem, still.of_whole(drafts_of(best)), in_time))
            found = still.back(searches.around(still.problem, left, begin, told(still)))
        settled = settle(problem, _best_of(problem, found, in_time), clock.has_time(share * SETTLING_SHARE))
        best = min(best, settled, key=lambda plan: weight(problem, plan))
        on_found(drafts_of(best), clock.passed_s)
    return drafts_of(best)


def turns(seconds: float, *, goes_on: bool) -> list[tuple[Turn, float]]:
    """Return the turns and their shares of the time."""
    first = [] if goes_on else [(Turn.COLD, COLD_SHARE), (Turn.TOGETHER, TOGETHER_SHARE)]
    if seconds * TOGETHER_SHARE < TOGETHER_FROM_S:
        first = first[:1]
    rest = 1.0 - sum(share for _, share in first)
    count = max(1, min(TURNS_MAX, int(seconds * rest / TURN_S)))
    return [*first, *[(Turn.AROUND, rest / count)] * count]


def stilled(problem: Problem, plan: Plan, random: Random) -> Stilled:
    """Return the day with every pair where this plan has it; one that is on no route stays on none."""
    where = {visit.pick.task: (route.vehicle, visit) for route in plan.routes for visit in route.visits}
    fixed = {pick.task for car in problem.vehicles for pick in car.fixed}
    tasks: dict[int, Task] = {}
    ways: dict[int, int] = {}
    for group in groups_of(problem):
        if not where.keys() >= set(group):
            tasks |= {task: _alone(problem.tasks[task], nowhere=task not in fixed) for task in group}
            continue
        visits = [where[task][1] for task in group]
        moment_s = random.randint(visits[0].start_s, max(visits[0].start_s, min(one.start_s for one in visits[1:])))
        car = problem.vehicles[where[group[0]][0]]
        ways |= {visit.pick.task: visit.pick.option for visit in visits}
        tasks[group[0]] = _fetching(problem, visits[0].pick, car, moment_s, group[1:])
        tasks |= {one.pick.task: _bringing(problem, one.pick, car, moment_s) for one in visits[1:]}
    nouns = tuple(tasks.get(number, noun) for number, noun in enumerate(problem.tasks))
    cars = tuple(replace(car, fixed=_with_ways(car.fixed, dict.fromkeys(ways, 0))) for car in problem.vehicles)
    return Stilled(replace(problem, tasks=nouns, vehicles=cars), ways)


def _alone(task: Task, *, nowhere: bool) -> Task:
    return replace(task, brings_from=None, options=() if nowhere else task.options)


def _fetching(problem: Problem, pick: Pick, car: Vehicle, moment_s: int, brought: Sequence[int]) -> Task:
    """Return who fetches, not later than a moment, and keeps on board what is brought."""
    goods = [problem.collects(pick), *(problem.delivers(task) for task in brought)]
    option = _within(problem.option(pick.task, pick.option), TimeWindow(0, moment_s))
    option = replace(option, collect=tuple(sum(units) for units in zip(*goods, strict=True)))
    return replace(problem.tasks[pick.task], options=(option,), vehicles=frozenset({car.id}), leave_cost=None)


def _bringing(problem: Problem, pick: Pick, car: Vehicle, moment_s: int) -> Task:
    """Return who brings, from a moment on."""
    option = _within(problem.option(pick.task, pick.option), TimeWindow(moment_s, UNREACHABLE))
    noun = _alone(problem.tasks[pick.task], nowhere=False)
    return replace(noun, options=(option,), vehicles=frozenset({car.id}), leave_cost=None, deliver=())


def _within(option: Option, hours: TimeWindow) -> Option:
    """Narrow the hours of an option; who comes too late for all of hers has those."""
    windows = option.windows or (hours,)
    common = (TimeWindow(max(one.start_s, hours.start_s), min(one.end_s, hours.end_s)) for one in windows)
    return replace(option, windows=tuple(one for one in common if one.start_s <= one.end_s) or (hours,))


def settle(problem: Problem, plan: Plan, go_on: Callable[[], bool]) -> Plan:
    """Put each pair where it costs least, those on no route first, until ``go_on`` says no."""
    routed = plan.vehicle_of()
    for group in sorted(groups_of(problem), key=lambda group: group[0] in routed):
        if not go_on():
            break
        plan = min(plan, _settled(problem, plan, group), key=lambda one: weight(problem, one))
    return plan


def groups_of(problem: Problem) -> list[tuple[int, ...]]:
    """Return those who go only together, the fetching first."""
    leaders = {noun.brings_from for noun in problem.tasks}
    return [group_of(problem, leader) for leader in sorted(one for one in leaders if one is not None)]


def _settled(problem: Problem, plan: Plan, group: Sequence[int]) -> Plan:
    """Take a pair off and put it where it costs least, or nowhere."""
    for task in group:
        plan = take_off(problem, plan, task)
    ways = [[Pick(task, option) for option in range(len(problem.tasks[task].options))] for task in group]
    best = Together(openings_of(problem, plan), ways).best()
    return insert(problem, plan, best) if best else plan


def _best_of(problem: Problem, drafts: Drafts, go_on: Callable[[], bool]) -> Plan:
    """Return a plan without what breaks a rule, and with what can still be put in."""
    return fill(problem, without_violations(problem, complete(problem, drafts))[0], go_on)


def _with_options(drafts: Drafts, ways: dict[int, int]) -> Drafts:
    return tuple((vehicle, tuple(_with_ways(trip, ways) for trip in trips)) for vehicle, trips in drafts)


def _with_ways(picks: Sequence[Pick], ways: dict[int, int]) -> tuple[Pick, ...]:
    return tuple(Pick(pick.task, ways.get(pick.task, pick.option)) for pick in picks)
