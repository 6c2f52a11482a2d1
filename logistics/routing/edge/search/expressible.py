"""What PyVRP can say of a problem, and what of it need not be said at all.

Decides nothing about how it is said; see `edge/pyvrp_solver.py`.
"""

from __future__ import annotations

from dataclasses import replace

from logistics.routing.matrix import UNREACHABLE, HourlyMatrix
from logistics.routing.model import Pick, Problem

PROFILES_MAX = 12  # each is a matrix of its own, and PyVRP keeps the times of every route for each

Reach = tuple[frozenset[str], frozenset[str] | None]  # skills asked for, and the only vehicles allowed


def reasons(problem: Problem) -> tuple[str, ...]:
    """Name what this problem asks for and PyVRP cannot express; nothing if it carries all of it."""
    tasks, cars = problem.tasks, problem.vehicles
    profiles = {(car.profile, closed) for car, closed in zip(cars, closed_to(problem), strict=True)}
    asked = {
        "room": any(option.room for task in tasks for option in task.options),
        "levels": bool(problem.levels),
        "quotas": bool(problem.quotas),
        "balance": problem.balance_cost_per_s != 0,
        "hourly travel": any(isinstance(travel, HourlyMatrix) for travel in problem.travel),
        "pairs": any(task.brings_from is not None for task in tasks),
        "goods aboard": any(task.aboard is not None for task in tasks),
        "vehicle costs": any(task.vehicle_cost for task in tasks),
        "breaks": any(car.breaks or car.drive_rest for car in cars),
        "fixed beginnings": any(car.fixed or car.underway for car in cars),
        "halts": any(car.stops_max is not None for car in cars),
        "overtime": any(car.overtime_s_max for car in cars),
        "profiles": len(profiles) > PROFILES_MAX,
    }
    return tuple(name for name, is_asked in asked.items() if is_asked)


def can_express(problem: Problem) -> bool:
    """Tell whether PyVRP means by this problem what the judge means."""
    return not reasons(problem)


def kinds_of(problem: Problem) -> list[list[int]]:
    """Return the vehicles, those together that no search need tell apart."""
    named = {name for task in problem.tasks for name in (*task.vehicle_cost, task.aboard) if name}
    kinds: dict[tuple[object, ...], list[int]] = {}
    for number, (car, closed) in enumerate(zip(problem.vehicles, closed_to(problem), strict=True)):
        name = car.id if car.id in named else ""
        alike = replace(car, id=name, skills=frozenset(), depot=car.reload_place)
        kinds.setdefault((closed, alike), []).append(number)
    return list(kinds.values())


def closed_to(problem: Problem) -> list[frozenset[Reach]]:
    """Return for each vehicle the kinds of tasks it must not do, for want of a skill or of leave."""
    asked = frozenset(
        (task.skills, task.vehicles) for task in problem.tasks if task.skills or task.vehicles is not None
    )
    return [
        frozenset(
            (skills, only)
            for skills, only in asked
            if not skills <= car.skills or (only is not None and car.id not in only)
        )
        for car in problem.vehicles
    ]


def is_timeless(problem: Problem) -> bool:
    """Tell whether time neither costs anything nor binds: then nobody need reckon it."""
    if any(option.windows for task in problem.tasks for option in task.options):
        return False
    return all(
        car.shift.end_s - car.shift.start_s >= UNREACHABLE and not car.cost_per_s and car.duration_s_max is None
        for car in problem.vehicles
    )


def binding_dimensions(problem: Problem) -> list[int]:
    """Return the dimensions of which not every vehicle could take everything at once."""
    return [
        index
        for index in range(len(problem.dimensions))
        if sum(_most(problem, task, index) for task in range(len(problem.tasks)))
        > min((car.capacity[index] for car in problem.vehicles), default=0)
    ]


def _most(problem: Problem, task: int, dimension: int) -> int:
    """Return the most of a dimension that a task ever puts on board."""
    ways = range(len(problem.tasks[task].options))
    boards = max((problem.collects(Pick(task, way))[dimension] for way in ways), default=0)
    return problem.delivers(task)[dimension] + boards
