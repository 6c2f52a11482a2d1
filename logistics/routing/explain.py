"""Why a task is on no route, and what would put it there at what price.

One constraint at a time is relaxed, in the order of `RELAXED_IN_ORDER`, and the task is inserted where it is cheapest
into the finished plan: the first constraint that frees it is the reason. Every single relaxation that frees it is a
repair with its price. What is said can therefore be checked: do the repair, and `violations` finds that rule only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from logistics.routing.cost import route_cost
from logistics.routing.insertion import Insertion, find_cheapest, insert, list_insertions
from logistics.routing.model import Pick, Plan, Problem, Vehicle
from logistics.routing.schedule import schedule_route
from logistics.routing.violations import Rule, check_route


class Reason(StrEnum):
    """What keeps a task off the routes."""

    CAPACITY = "capacity"
    WINDOW = "window"
    SHIFT = "shift"
    SKILL = "skill"
    CASH = "cash"
    ROOM = "room"
    DISTANCE = "distance"
    PRICE = "price"  # it fits, but the carrier is cheaper
    VEHICLES = "vehicles"  # only one more vehicle would do
    UNREACHABLE = "unreachable"  # no road leads there
    PAIR = "pair"  # it goes only together with what is fetched or brought
    FIXED = "fixed"  # the driver's next stops are fixed
    SEVERAL = "several"  # no single relaxation is enough


RELAXED_IN_ORDER = (
    Reason.CAPACITY,
    Reason.WINDOW,
    Reason.SHIFT,
    Reason.SKILL,
    Reason.CASH,
    Reason.ROOM,
    Reason.DISTANCE,
)

# The constraint that is relaxed when a rule of the judge may be broken.
REASON_OF_RULE = {
    Rule.CAPACITY: Reason.CAPACITY,
    Rule.TRIPS: Reason.CAPACITY,
    Rule.CASH: Reason.CASH,
    Rule.WINDOW: Reason.WINDOW,
    Rule.SHIFT: Reason.SHIFT,
    Rule.DURATION: Reason.SHIFT,
    Rule.DISTANCE: Reason.DISTANCE,
    Rule.SKILL: Reason.SKILL,
    Rule.VEHICLE: Reason.SKILL,
    Rule.ROOM: Reason.ROOM,
    Rule.UNREACHABLE: Reason.UNREACHABLE,
    Rule.STOPS: Reason.SHIFT,
    Rule.BREAK: Reason.SHIFT,
    Rule.PAIR: Reason.PAIR,
    Rule.ABOARD: Reason.SKILL,
    Rule.FIXED: Reason.FIXED,
    Rule.TIMES: Reason.SHIFT,
}


@dataclass(frozen=True, slots=True)
class Repair:
    """A way to get the task done: allow ``amount`` more of what ``relaxes`` names, at ``extra_cost`` to the plan.

    The amount counts what the rule counts (seconds, metres, units; see `violations.Rule`); of a window it is the
    seconds between the window and the service. ``vehicle`` does it; for ``VEHICLES`` it is one more like that one.
    """

    relaxes: Reason
    pick: Pick
    vehicle: int
    amount: int
    extra_cost: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a task is on no route; ``together``: the reasons behind ``SEVERAL``; repairs, cheapest first."""

    task: int
    reason: Reason
    repairs: tuple[Repair, ...] = ()
    together: tuple[Reason, ...] = ()


def explain_plan(problem: Problem, plan: Plan) -> tuple[Explanation, ...]:
    """Explain every task that is left out or left to a carrier."""
    return tuple(explain_task(problem, plan, task) for task in (*plan.left_out, *plan.to_carrier))


def explain_task(problem: Problem, plan: Plan, task: int) -> Explanation:
    """Explain one task that is on no route of the plan."""
    insertions = list_insertions(problem, plan, task)
    fits = find_cheapest(insertions)
    if fits:
        return Explanation(task, Reason.PRICE, (_repair(Reason.PRICE, fits, 0),))
    freeing = [repair for reason in RELAXED_IN_ORDER for repair in _freed_by(reason, problem, plan, task, insertions)]
    more = list(_one_more_vehicle(problem, task))
    repairs = tuple(sorted((*freeing, *more), key=lambda repair: repair.extra_cost))
    if freeing:
        return Explanation(task, freeing[0].relaxes, repairs)
    if more:
        return Explanation(task, Reason.VEHICLES, repairs)
    return _several(task, insertions)


def _freed_by(
    reason: Reason, problem: Problem, plan: Plan, task: int, insertions: Iterable[Insertion]
) -> Iterator[Repair]:
    """Yield the cheapest repair that relaxes this one thing, if it is enough."""
    if reason is Reason.WINDOW:
        yield from _freed_by_window(problem, plan, task)
        return
    enough = [one for one in insertions if _reasons(one) == {reason}]
    if enough:
        best = min(enough, key=lambda one: (one.extra_cost, _amount(one)))
        yield _repair(reason, best, _amount(best))


def _freed_by_window(problem: Problem, plan: Plan, task: int) -> Iterator[Repair]:
    """Let the task be served at any time of day; other people's windows stay as they are."""
    options = tuple(replace(option, windows=()) for option in problem.tasks[task].options)
    tasks = (*problem.tasks[:task], replace(problem.tasks[task], options=options), *problem.tasks[task + 1 :])
    free = replace(problem, tasks=tasks)
    best = find_cheapest(list_insertions(free, plan, task))
    if best:
        yield _repair(Reason.WINDOW, best, _off_window_s(problem, free, plan, best))


def _off_window_s(problem: Problem, free: Problem, plan: Plan, insertion: Insertion) -> int:
    """Return how far from its windows the freed service would start, in seconds."""
    visits = (visit for route in insert(free, plan, insertion).routes for visit in route.visits)
    start_s = next(visit.start_s for visit in visits if visit.pick == insertion.pick)
    windows = problem.option(insertion.pick.task, insertion.pick.option).windows
    return min((max(one.start_s - start_s, start_s - one.end_s, 0) for one in windows), default=0)


def _one_more_vehicle(problem: Problem, task: int) -> Iterator[Repair]:
    """Yield the cheapest way to do the task alone with one more vehicle like one of ours."""
    kinds: dict[Vehicle, int] = {}
    for number, car in enumerate(problem.vehicles):
        kinds.setdefault(replace(car, id=""), number)
    alone = []
    for vehicle in kinds.values():
        for option in range(len(problem.tasks[task].options)):
            route = schedule_route(problem, vehicle, [[Pick(task, option)]])
            if not check_route(problem, route) and not problem.option(task, option).room:
                cost = route_cost(problem, route).total
                alone.append(Repair(Reason.VEHICLES, Pick(task, option), vehicle, 1, cost))
    if alone:
        yield min(alone, key=lambda repair: repair.extra_cost)


def _several(task: int, insertions: list[Insertion]) -> Explanation:
    """Name the fewest constraints that would have to give way together."""
    if not insertions or all(Reason.UNREACHABLE in _reasons(one) for one in insertions):
        return Explanation(task, Reason.UNREACHABLE)
    reachable = [one for one in insertions if Reason.UNREACHABLE not in _reasons(one)]
    best = min(reachable, key=lambda one: (len(_reasons(one)), one.extra_cost))
    together = tuple(sorted(_reasons(best)))
    return Explanation(task, Reason.SEVERAL if len(together) > 1 else together[0], (), together)


def _reasons(insertion: Insertion) -> set[Reason]:
    return {REASON_OF_RULE[violation.rule] for violation in insertion.broken}


def _amount(insertion: Insertion) -> int:
    return sum(violation.amount for violation in insertion.broken)


def _repair(reason: Reason, insertion: Insertion, amount: int) -> Repair:
    name = ", ".join(sorted({violation.name for violation in insertion.broken if violation.name}))
    return Repair(reason, insertion.pick, insertion.vehicle, amount, insertion.extra_cost, name)
