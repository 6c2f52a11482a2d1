"""Small problems for the tests of planning: places on a line or a grid, one metre a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from logistics.routing.matrix import TravelMatrix, matrix_of
from logistics.routing.model import LIMITLESS, Option, Pick, Place, Plan, Problem, Task, TimeWindow, Vehicle
from logistics.routing.schedule import schedule_plan

DAY = TimeWindow(0, 86_400)


def line_matrix(positions: Sequence[int]) -> TravelMatrix:
    """Places on a line; a metre takes a second."""
    return matrix_of([[abs(a - b) for b in positions] for a in positions])


def van(number: int = 0, **changes: Any) -> Vehicle:
    """Make a van at place 0 that costs 1 a metre and nothing else."""
    fields: dict[str, Any] = {"start": 0, "end": 0, "shift": DAY, "capacity": (LIMITLESS,), "cost_per_m": 1}
    return Vehicle(id=f"van{number}", **(fields | changes))


def task(number: int, *options: Option, collect: tuple[int, ...] = (), **changes: Any) -> Task:
    """Make a task of one unit, at the place of its own number + 1 unless options say otherwise."""
    fields: dict[str, Any] = {"deliver": (1,)}
    ways = tuple(replace(option, collect=collect or option.collect) for option in options or (Option(number + 1),))
    return Task(id=f"t{number}", options=ways, **(fields | changes))


def line_problem(
    positions: Sequence[int],
    *,
    tasks: Sequence[Task] = (),
    vehicles: Sequence[Vehicle] = (),
    setup_s: int = 0,
    **changes: Any,
) -> Problem:
    """Make a problem on a line: position 0 of the list is the depot, one task at each other position."""
    fields: dict[str, Any] = {"travel": (line_matrix(positions),), "dimensions": ("pieces",)}
    return Problem(
        places=tuple(Place(setup_s=setup_s if index else 0) for index in range(len(positions))),
        tasks=tuple(tasks) or tuple(task(number) for number in range(len(positions) - 1)),
        vehicles=tuple(vehicles) or (van(),),
        **(fields | changes),
    )


def plan_of(problem: Problem, text: str, *, to_carrier: Sequence[int] = (), left_out: Sequence[int] = ()) -> Plan:
    """Read a plan: vehicles apart by ``/``, trips by ``|``, tasks by blanks; ``3:1`` takes option 1 of task 3."""
    routes = []
    for vehicle, part in enumerate(text.split("/")):
        trips = [[_pick(word) for word in trip.split()] for trip in part.split("|")]
        routes.append((vehicle, trips))
    return schedule_plan(problem, routes, to_carrier=to_carrier, left_out=left_out)


def text_of(plan: Plan) -> str:
    """Write the tasks of a plan as `plan_of` reads them, without options; vehicles that stay at home are blank."""
    last = max((route.vehicle for route in plan.routes), default=-1)
    parts = []
    for vehicle in range(last + 1):
        route = plan.find_route(vehicle)
        trips = route.picks if route else ()
        parts.append(" | ".join(" ".join(str(pick.task) for pick in trip) for trip in trips))
    return " / ".join(parts)


def _pick(word: str) -> Pick:
    number, _, option = word.partition(":")
    return Pick(int(number), int(option or 0))
