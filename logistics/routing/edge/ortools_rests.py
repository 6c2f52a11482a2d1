"""Breaks, and rests after so much driving, in a RoutingModel.

What is modelled is when there is time to rest, not where: `replay.py` puts rests into a route, and the judge has the
last word.
"""

from __future__ import annotations

from typing import Any

from logistics.routing.edge.ortools_arcs import Arcs
from logistics.routing.edge.ortools_nodes import Canvas
from logistics.routing.model import DriveRest, Vehicle


def add_rests(canvas: Canvas, arcs: Arcs, origin_s: int) -> None:
    """Add the rests that vehicles need; ``origin_s``: the moment at which the dimension of time is zero."""
    for vehicle, car in enumerate(canvas.problem.vehicles):
        if car.breaks:
            _add_breaks(canvas, vehicle, car, origin_s)
    rules = {car.drive_rest for car in canvas.problem.vehicles if car.drive_rest}
    for number, rule in enumerate(sorted(rules, key=lambda one: (one.drive_s_max, one.duration_s))):
        _add_drive_rest(canvas, arcs, f"wheel {number}", rule)


def _add_breaks(canvas: Canvas, vehicle: int, car: Vehicle, origin_s: int) -> None:
    """Give a vehicle its breaks between services, inside its route if it is out when the window ends."""
    problem, solver = canvas.problem, canvas.solver
    clock = canvas.dimension("time")
    leave, back = (clock.CumulVar(end) for end in (canvas.model.Start(vehicle), canvas.model.End(vehicle)))
    work = [0] * canvas.model.Size()
    for index, pick in canvas.each_pick():
        work[index] = problem.option(pick.task, pick.option).service_s
    rests = []
    for number, due in enumerate(car.breaks):
        first_s, last_s = due.window.start_s - origin_s, due.window.end_s - origin_s
        if last_s < 0:
            continue
        name = f"break {vehicle}.{number}"
        rest = solver.FixedDurationIntervalVar(max(0, first_s), last_s, due.duration_s, False, name)  # noqa: FBT003 - it must be taken
        away = [solver.IsGreaterCstVar(leave, last_s), solver.IsLessOrEqualCstVar(back, last_s)]
        solver.Add(solver.Sum([*away, solver.IsLessOrEqualVar(leave, rest.StartExpr().Var())]) >= 1)
        rests.append(rest)
    if rests:
        clock.SetBreakIntervalsOfVehicle(rests, vehicle, work)


def _add_drive_rest(canvas: Canvas, arcs: Arcs, name: str, rule: DriveRest) -> None:
    """Run a clock down while driving; where it would run out on the next drive it is wound up, which takes time.

    That is what `replay.py` does. A drive longer than the rule allows takes its rests on the way.
    """
    cars = canvas.problem.vehicles
    still = canvas.model.RegisterUnaryTransitVector([0] * len(canvas.nodes))
    wheels = {
        profile: canvas.model.RegisterTransitMatrix((-_on_the_clock(drives, rule)).tolist())
        for profile, drives in enumerate(arcs.drives)
    }
    per_car = [wheels[car.profile] if car.drive_rest == rule else still for car in cars]
    most = [rule.drive_s_max] * len(cars)
    canvas.model.AddDimensionWithVehicleTransitAndCapacity(per_car, rule.drive_s_max, most, False, name)  # noqa: FBT003 - it starts full
    left, clock = canvas.dimension(name), canvas.dimension("time")
    for vehicle in range(len(cars)):
        left.CumulVar(canvas.model.Start(vehicle)).SetValue(rule.drive_s_max)
    for index in range(canvas.model.Size()):
        rests = _winds_up(canvas, left, index, rule)
        canvas.solver.Add(clock.SlackVar(index) >= rests * rule.duration_s)


def _winds_up(canvas: Canvas, left: Any, index: int, rule: DriveRest) -> Any:
    """Return whether (0 or 1) the driver rests after this node: just where the next drive would be too much."""
    runs_out = canvas.solver.IsLessCstVar((left.CumulVar(index) + left.FixedTransitVar(index)).Var(), 0)
    canvas.solver.Add(left.SlackVar(index) == runs_out * (rule.drive_s_max - left.CumulVar(index)))
    return runs_out


def _on_the_clock(drives: Any, rule: DriveRest) -> Any:
    """Return the driving left of each drive after the rests in its midst."""
    return drives - (drives - 1).clip(min=0) // rule.drive_s_max * rule.drive_s_max


def rests_on_the_way_s(drives: Any, rule: DriveRest, fresh: list[int]) -> Any:
    """Return how long rests before and in the midst of each drive that is too long for one take.

    Who leaves one of the ``fresh`` nodes needs none before.
    """
    rests = (drives - 1).clip(min=0) // rule.drive_s_max
    before = (rests > 0).astype(rests.dtype)
    before[fresh] = 0
    return (rests + before) * rule.duration_s
