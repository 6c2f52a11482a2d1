"""A plan changed by hand: the person decides, the times follow, and what breaks is shown, never silently dropped."""

from __future__ import annotations

from logistics.kit.errors import Invalid
from logistics.routing.model import Pick, Plan, Problem
from logistics.routing.schedule import reschedule

Trips = tuple[tuple[Pick, ...], ...]


def move(problem: Problem, plan: Plan, pick: Pick, *, vehicle: int, position: int, trip: int | None = None) -> Plan:
    """Put a task, wherever it is now, on a vehicle before its visit at ``position`` (0-based, over all its trips).

    With ``trip`` (0-based) the position is one of that trip; the one after the last is a trip more. Positions and trips
    count what is on the route without the task itself; beyond the end is the end.
    """
    if not 0 <= vehicle < len(problem.vehicles):
        raise Invalid("vehicle", f"{vehicle} is no vehicle", f"0..{len(problem.vehicles) - 1}")
    if min(position, trip or 0) < 0:
        raise Invalid("position", "lies before the first visit", "0 or more")
    changed = _without(plan, pick.task)
    route = plan.find_route(vehicle)
    trips = tuple(one for one in changed.get(vehicle, route.picks if route else ()) if one)
    changed[vehicle] = _placed(trips, pick, position) if trip is None else _placed_in(trips, pick, trip, position)
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


def _placed(trips: Trips, pick: Pick, position: int) -> Trips:
    """Insert at a position counted over all trips; the border between two trips belongs to the earlier."""
    placed: list[tuple[Pick, ...]] = list(trips) or [()]
    for number, trip in enumerate(placed):
        if position <= len(trip) or number == len(placed) - 1:
            placed[number] = (*trip[:position], pick, *trip[position:])
            return tuple(placed)
        position -= len(trip)
    return tuple(placed)


def _placed_in(trips: Trips, pick: Pick, trip: int, position: int) -> Trips:
    """Insert into one trip; beyond the last begins another."""
    if trip >= len(trips):
        return (*trips, (pick,))
    return (*trips[:trip], (*trips[trip][:position], pick, *trips[trip][position:]), *trips[trip + 1 :])
