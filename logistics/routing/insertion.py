"""Every place where one more task could go into a plan, with what it would cost and what it would break.

The brick under explanations, edits by hand and last repairs. It looks at every position of every route; it decides
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from logistics.routing.cost import route_cost
from logistics.routing.model import Pick, Plan, Problem, Route
from logistics.routing.schedule import schedule_plan, schedule_route
from logistics.routing.violations import Rule, Violation, check_route

Trips = tuple[tuple[Pick, ...], ...]


@dataclass(frozen=True, slots=True)
class Insertion:
    """A pick put into a trip of a vehicle before the visit at ``position``; ``broken`` is what that breaks anew."""

    pick: Pick
    vehicle: int
    trip: int
    position: int
    extra_cost: int
    broken: tuple[Violation, ...]


def list_insertions(problem: Problem, plan: Plan, task: int) -> list[Insertion]:
    """Return every way to add a task that is on no route, the feasible and the others."""
    used = room_used(problem, plan)
    return [
        insertion
        for vehicle in range(len(problem.vehicles))
        for insertion in _into_route(problem, plan.find_route(vehicle) or Route(vehicle, ()), task, used)
    ]


def find_cheapest(insertions: Iterable[Insertion]) -> Insertion | None:
    """Return the cheapest insertion that breaks nothing, if there is one."""
    return min((one for one in insertions if not one.broken), key=lambda one: one.extra_cost, default=None)


def insert(problem: Problem, plan: Plan, insertion: Insertion) -> Plan:
    """Return the plan with the insertion done, its times put right."""
    task = insertion.pick.task
    routes = {route.vehicle: route.picks for route in plan.routes}
    routes[insertion.vehicle] = _with(routes.get(insertion.vehicle, ()), insertion)
    return schedule_plan(
        problem,
        routes.items(),
        to_carrier=(other for other in plan.to_carrier if other != task),
        left_out=(other for other in plan.left_out if other != task),
    )


def room_used(problem: Problem, plan: Plan) -> dict[str, int]:
    """Return how many units of each shared store the plan takes."""
    used = dict.fromkeys(problem.room, 0)
    for route in plan.routes:
        for visit in route.visits:
            option = problem.option(visit.pick.task, visit.pick.option)
            if option.room:
                used[option.room] += option.room_use
    return used


def _into_route(problem: Problem, route: Route, task: int, used: dict[str, int]) -> Iterator[Insertion]:
    before = route_cost(problem, route).total
    known = set(check_route(problem, route))
    slots = _slots(route.picks, problem.vehicles[route.vehicle].trips_max)
    for number, option in enumerate(problem.tasks[task].options):
        over = used.get(option.room, 0) + option.room_use - problem.room[option.room] if option.room else 0
        full = (Violation(Rule.ROOM, over, task=task, name=option.room),) if over > 0 else ()
        for trip, position in slots:
            draft = Insertion(Pick(task, number), route.vehicle, trip, position, 0, ())
            timed = schedule_route(problem, route.vehicle, _with(route.picks, draft))
            broken = (*(one for one in check_route(problem, timed) if one not in known), *full)
            extra = route_cost(problem, timed).total - before
            yield Insertion(draft.pick, route.vehicle, trip, position, extra, broken)


def _slots(trips: Trips, trips_max: int) -> Sequence[tuple[int, int]]:
    """Return every (trip, position) open to one more visit, a trip of its own included."""
    inside = [(trip, position) for trip, picks in enumerate(trips) for position in range(len(picks) + 1)]
    return inside + ([(len(trips), 0)] if len(trips) < trips_max else [])


def _with(trips: Trips, insertion: Insertion) -> Trips:
    picks = trips[insertion.trip] if insertion.trip < len(trips) else ()
    longer = (*picks[: insertion.position], insertion.pick, *picks[insertion.position :])
    return (*trips[: insertion.trip], longer, *trips[insertion.trip + 1 :])
