"""A plan that runs, and the world that changed: what is kept of it, what a change costs, what was changed.

Whatever happened - an order more, a vehicle less, another window, a refusal, a delay - arrives here as a new problem
and the plan there was. Decides nothing about how to search; see `edge/engine.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from logistics.routing.construct import Drafts, complete
from logistics.routing.mend import without_violations
from logistics.routing.model import Option, Pick, Plan, Problem, Task, TimeWindow

SHIFT_S = 900  # a start that moves by less is no news for anybody: promises are wider


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a task is in a plan: vehicle, option, and when service starts."""

    vehicle: int
    option: int
    start_s: int


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a task; None: it is on no route."""

    task: int
    before: Spot | None
    after: Spot | None

    @property
    def moved(self) -> bool:
        """Tell whether another vehicle does it, or in another way, or none does any more (or now one does)."""
        if self.before is None or self.after is None:
            return self.before is not self.after
        return (self.before.vehicle, self.before.option) != (self.after.vehicle, self.after.option)

    @property
    def shift_s(self) -> int:
        """By how much service starts later (negative: earlier); 0 where there is nothing to compare."""
        return self.after.start_s - self.before.start_s if self.before and self.after else 0


def carry_over(problem: Problem, current: Drafts) -> Plan:
    """Keep every decision that still may be: what is gone is gone, what breaks a rule now is on no route."""
    return without_violations(problem, complete(problem, known(problem, current)))[0]


def known(problem: Problem, current: Drafts) -> Drafts:
    """Return the decisions whose task, option and vehicle there still are, whether or not they hold."""
    return tuple(
        (vehicle, tuple(tuple(pick for pick in trip if _is_known(problem, pick)) for trip in trips))
        for vehicle, trips in current
        if vehicle < len(problem.vehicles)
    )


def hold(problem: Problem, current: Drafts, price: int) -> Problem:
    """Put a price, in cost units, on every task that leaves its vehicle or changes its option.

    The plan of the new problem is a plan of the old one, whose cost does not contain the price.
    """
    spots = {pick.task: (vehicle, pick.option) for vehicle, trips in current for trip in trips for pick in trip}
    tasks = tuple(
        _held(problem, task, *spots[number], price) if number in spots else task
        for number, task in enumerate(problem.tasks)
    )
    return replace(problem, tasks=tasks)


def keep_promises(problem: Problem, promises: Mapping[int, TimeWindow]) -> Problem:
    """Narrow the windows of tasks to what was promised to their recipients, where that leaves any time at all."""
    tasks = tuple(
        replace(task, options=tuple(_promised(option, promises[number]) for option in task.options))
        if number in promises
        else task
        for number, task in enumerate(problem.tasks)
    )
    return replace(problem, tasks=tasks)


def broken_promises(plan: Plan, promises: Mapping[int, TimeWindow]) -> tuple[int, ...]:
    """Return the tasks that were promised a time and are not served within it."""
    starts = {visit.pick.task: visit.start_s for route in plan.routes for visit in route.visits}
    return tuple(
        task
        for task, promise in sorted(promises.items())
        if task not in starts or not promise.start_s <= starts[task] <= promise.end_s
    )


def list_changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """List every task that moved, or whose service starts at another time by more than `SHIFT_S`, by task."""
    old, new = _spots(before), _spots(after)
    changes = (Change(task, old.get(task), new.get(task)) for task in sorted(old.keys() | new.keys()))
    return tuple(change for change in changes if change.moved or abs(change.shift_s) > SHIFT_S)


def _is_known(problem: Problem, pick: Pick) -> bool:
    return pick.task < len(problem.tasks) and pick.option < len(problem.tasks[pick.task].options)


def _held(problem: Problem, task: Task, vehicle: int, option: int, price: int) -> Task:
    others = {
        car.id: task.vehicle_cost.get(car.id, 0) + price * (number != vehicle)
        for number, car in enumerate(problem.vehicles)
    }
    options = tuple(
        replace(one, cost=one.cost + price) if number != option else one for number, one in enumerate(task.options)
    )
    leave_cost = None if task.leave_cost is None else task.leave_cost + price
    return replace(task, options=options, vehicle_cost=others, leave_cost=leave_cost)


def _promised(option: Option, promise: TimeWindow) -> Option:
    if not option.windows:
        return replace(option, windows=(promise,))
    common = (
        TimeWindow(max(window.start_s, promise.start_s), min(window.end_s, promise.end_s)) for window in option.windows
    )
    narrow = tuple(window for window in common if window.start_s <= window.end_s)
    return replace(option, windows=narrow) if narrow else option


def _spots(plan: Plan) -> dict[int, Spot]:
    return {
        visit.pick.task: Spot(route.vehicle, visit.pick.option, visit.start_s)
        for route in plan.routes
        for visit in route.visits
    }
