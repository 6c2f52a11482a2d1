"""A plan changed by hand: the person decides, the times follow, and what breaks is shown, never silently dropped."""

from __future__ import annotations

from dataclasses import dataclass

from logistics.kit.errors import Invalid
from logistics.routing.insertion import Load, Trips, with_picks
from logistics.routing.model import Pick, Plan, Problem
from logistics.routing.schedule import reschedule


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a task is put: before the visit at ``position`` of a vehicle (0-based, over all its trips).

    With ``trip`` (0-based) the position is one of that trip; the one after the last is a trip more, and ``load`` cuts
    the trip in two. Positions and trips count what is on the route without the task itself; beyond the end is the end.
    """

    vehicle: int
    position: int
    trip: int | None = None
    load: Load | None = None


def move(problem: Problem, plan: Plan, pick: Pick, spot: Spot) -> Plan:
    """Put a task, wherever it is now, where it is wanted."""
    vehicle, position, trip = spot.vehicle, spot.position, spot.trip
    if not 0 <= vehicle < len(problem.vehicles):
        raise Invalid("vehicle", f"{vehicle} is no vehicle", f"0..{len(problem.vehicles) - 1}")
    if min(position, trip or 0) < 0:
        raise Invalid("position", "lies before the first visit", "0 or more")
    changed = _without(plan, pick.task)
    route = plan.find_route(vehicle)
    trips = tuple(one for one in changed.get(vehicle, route.picks if route else ()) if one)
    if trip is None:
        trip, position = _counted(trips, position)
    changed[vehicle] = with_picks(trips, trip, [(pick, position)], spot.load)
    return reschedule(
        problem,
        plan,
        changed,
        to_carrier=(task for task in plan.to_carrier if task != pick.task),
        left_out=(task for task in plan.left_out if task != pick.task),
    )


def take_off(problem: Problem, plan: Plan, task: int) -> Plan:
    """Take a task off its route: to a carrier if it may be left to one, else it is left out."""
    if not 0 <= task < len(problem.tasks):
        raise Invalid("task", f"{task} is no task", f"0..{len(problem.tasks) - 1}")
    may_leave = problem.tasks[task].leave_cost is not None
    to_carrier = {*plan.to_carrier, *([task] if may_leave else [])}
    left_out = {*plan.left_out, *([] if may_leave else [task])}
    return reschedule(problem, plan, _without(plan, task), to_carrier=to_carrier, left_out=left_out - to_carrier)


def _without(plan: Plan, task: int) -> dict[int, Trips]:
    """Return the trips, now without the task, of the vehicle that does it."""
    return {
        route.vehicle: tuple(tuple(pick for pick in trip if pick.task != task) for trip in route.picks)
        for route in plan.routes
        if any(visit.pick.task == task for visit in route.visits)
    }


def _counted(trips: Trips, position: int) -> tuple[int, int]:
    """Return the trip of a position counted over all trips, and where in it; the border belongs to the earlier."""
    for number, trip in enumerate(trips):
        if position <= len(trip) or number == len(trips) - 1:
            return number, position
        position -= len(trip)
    return 0, 0
