"""What a plan costs, line by line, in the problem's cost units; independent of every solver.

A task left out has no price: plans are therefore compared by what they leave out first, then by cost (`weight`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from logistics.routing.model import Plan, Problem, Route
from logistics.routing.violations import driven_m


@dataclass(frozen=True, slots=True)
class Costs:
    """The parts of a cost: vehicles used, metres, time, overtime, options taken, tasks left to carriers, and more.

    ``assignment``: what it costs that this vehicle does that task. ``balance``: for the longest day being too long.
    """

    fixed: int = 0
    distance: int = 0
    time: int = 0
    overtime: int = 0
    options: int = 0
    carrier: int = 0
    assignment: int = 0
    balance: int = 0

    @property
    def total(self) -> int:
        """Everything together."""
        return sum(getattr(self, part.name) for part in fields(self))

    def __add__(self, other: Costs) -> Costs:
        """Add part by part."""
        return Costs(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))


def plan_cost(problem: Problem, plan: Plan) -> Costs:
    """Return what the whole plan costs."""
    carrier = sum(problem.tasks[task].leave_cost or 0 for task in plan.to_carrier)
    shared = Costs(carrier=carrier, balance=balance_cost(problem, [route.duration_s for route in plan.routes]))
    return sum((route_cost(problem, route) for route in plan.routes), shared)


def balance_cost(problem: Problem, durations_s: Sequence[int]) -> int:
    """Return what it costs that the longest of these routes is longer than the mean (rounded down)."""
    if not durations_s:
        return 0
    return problem.balance_cost_per_s * (max(durations_s) - sum(durations_s) // len(durations_s))


def route_cost(problem: Problem, route: Route) -> Costs:
    """Return what one route costs; a vehicle that stays at home costs nothing."""
    if not route.trips:
        return Costs()
    car = problem.vehicles[route.vehicle]
    picks = [visit.pick for visit in route.visits]
    return Costs(
        fixed=car.cost_fixed,
        distance=car.cost_per_m * driven_m(problem, route),
        time=car.cost_per_s * route.duration_s,
        overtime=car.cost_per_s_overtime * max(0, route.trips[-1].back_s - car.shift.end_s),
        options=sum(problem.option(pick.task, pick.option).cost for pick in picks),
        assignment=sum(problem.tasks[pick.task].vehicle_cost.get(car.id, 0) for pick in picks),
    )


def weight(problem: Problem, plan: Plan) -> tuple[int, int]:
    """Return what plans are compared by, smaller is better: priorities left out, then cost.

    Each task left out counts 1 + its priority.
    """
    return sum(1 + problem.tasks[task].priority for task in plan.left_out), plan_cost(problem, plan).total
