"""What a plan would save without some of its tasks: the true price of a halt, once there is a plan.

The tasks vanish (nobody does them instead), their route drives on without them and its times are put right; no other
decision changes. A search could save a little more by also changing the rest, so this is a lower bound of what the
halt costs the day. What learns from it is `modes/calibration.py`, by way of `edge/calibrating.py`.
"""

from __future__ import annotations

from collections.abc import Collection

from logistics.routing.cost import balance_cost, route_cost
from logistics.routing.model import Plan, Problem, Route
from logistics.routing.schedule import schedule_route


def marginal_cost(problem: Problem, plan: Plan, tasks: Collection[int]) -> int:
    """Return by how much the plan is cheaper without these tasks, in cost units; negative where they save something.

    A task whose goods come from one of them (``brings_from``), or that brings them theirs, goes with it. Tasks on no
    route cost nothing here.
    """
    gone = with_partners(problem, tasks)
    routes = [(route, _without(problem, route, gone)) for route in plan.routes]
    saved = sum(_cost(problem, before) - _cost(problem, after) for before, after in routes if before is not after)
    left = [after.duration_s for _, after in routes if after.trips]
    return saved + balance_cost(problem, [route.duration_s for route in plan.routes]) - balance_cost(problem, left)


def with_partners(problem: Problem, tasks: Collection[int]) -> frozenset[int]:
    """Return the tasks with those that cannot be done without them."""
    origins = {problem.tasks[task].brings_from for task in tasks} - {None} | set(tasks)
    bound = {number for number, noun in enumerate(problem.tasks) if noun.brings_from in origins}
    return frozenset(one for one in origins | bound if one is not None)


def _without(problem: Problem, route: Route, gone: frozenset[int]) -> Route:
    if not any(visit.pick.task in gone for visit in route.visits):
        return route
    kept = [[pick for pick in trip if pick.task not in gone] for trip in route.picks]
    return schedule_route(problem, route.vehicle, kept)


def _cost(problem: Problem, route: Route) -> int:
    return route_cost(problem, route).total
