"""What changed between two plans of one problem: which tasks moved, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from logistics.routing.cost import plan_cost
from logistics.routing.model import Plan, Problem


@dataclass(frozen=True, slots=True)
class Moved:
    """A task whose vehicle changed; None: on no route."""

    task: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second plan against the first: tasks moved, cost more (negative: less), left out more."""

    moved: tuple[Moved, ...]
    extra_cost: int
    extra_left_out: int


def compare(problem: Problem, before: Plan, after: Plan) -> Comparison:
    """Compare two plans of the same problem."""
    old, new = before.vehicle_of(), after.vehicle_of()
    moved = tuple(
        Moved(task, old.get(task), new.get(task))
        for task in range(len(problem.tasks))
        if old.get(task) != new.get(task)
    )
    extra_cost = plan_cost(problem, after).total - plan_cost(problem, before).total
    return Comparison(moved, extra_cost, len(after.left_out) - len(before.left_out))
