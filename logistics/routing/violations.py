"""The judge: every broken constraint of a plan, as a value with its amount.

It trusts nobody: the times a plan claims are held against the travel matrix, and no code is shared with the schedule
or with any solver. It decides what is broken, not what to do about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from logistics.routing.matrix import UNREACHABLE
from logistics.routing.model import CASH, Option, Plan, Problem, Route, Stop, Trip, Vehicle, Visit


class Rule(StrEnum):
    """What can be broken; the comment says what the amount of a violation counts."""

    CAPACITY = "capacity"  # units of the dimension above the vehicle's limit
    CASH = "cash"  # minor units above the vehicle's limit
    WINDOW = "window"  # seconds too late (or too early)
    SHIFT = "shift"  # seconds outside shift and overtime
    DURATION = "duration"  # seconds longer than allowed
    DISTANCE = "distance"  # metres further than allowed
    SKILL = "skill"  # skills missing
    VEHICLE = "vehicle"  # 1: locked to other vehicles
    TRIPS = "trips"  # trips too many
    ROOM = "room"  # units more than the shared store takes
    TIMES = "times"  # seconds by which driving, set-up or service is claimed too short
    UNREACHABLE = "unreachable"  # 1: no way leads there
    CARRIER = "carrier"  # 1: left to a carrier, though it must not be
    LOST = "lost"  # 1: neither on a route, nor with a carrier, nor left out
    DOUBLED = "doubled"  # times too many


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken constraint: which rule, by how much, and where (indices; ``name`` is a dimension, skill or room)."""

    rule: Rule
    amount: int
    vehicle: int | None = None
    task: int | None = None
    name: str = ""


def check_plan(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Return everything that is broken in a plan; nothing at all means it may be driven."""
    routes = [violation for route in plan.routes for violation in check_route(problem, route)]
    return (*routes, *_room(problem, plan), *_tasks(problem, plan), *_vehicles(plan))


def check_route(problem: Problem, route: Route) -> tuple[Violation, ...]:
    """Return everything that is broken within one route."""
    return (
        *_loads(problem, route),
        *_visits(problem, route),
        *_times(problem, route),
        *_limits(problem, route),
    )


def _loads(problem: Problem, route: Route) -> Iterator[Violation]:
    capacity = problem.vehicles[route.vehicle].capacity
    for trip in route.trips:
        for index, (most, limit) in enumerate(zip(peak_load(problem, trip), capacity, strict=True)):
            if most > limit:
                name = problem.dimensions[index]
                rule = Rule.CASH if name == CASH else Rule.CAPACITY
                yield Violation(rule, most - limit, route.vehicle, name=name)


def peak_load(problem: Problem, trip: Trip) -> tuple[int, ...]:
    """Return the most that is ever on board during a trip, in every dimension."""
    peaks = []
    for index in range(len(problem.dimensions)):
        load = most = sum(problem.delivers(pick.task)[index] for pick in trip.picks)
        for pick in trip.picks:
            load += problem.collects(pick)[index] - problem.delivers(pick.task)[index]
            most = max(most, load)
        peaks.append(most)
    return tuple(peaks)


def _visits(problem: Problem, route: Route) -> Iterator[Violation]:
    car = problem.vehicles[route.vehicle]
    for visit in route.visits:
        task = problem.tasks[visit.pick.task]
        missing = task.skills - car.skills
        if missing:
            yield Violation(Rule.SKILL, len(missing), route.vehicle, visit.pick.task, ", ".join(sorted(missing)))
        if task.vehicles is not None and car.id not in task.vehicles:
            yield Violation(Rule.VEHICLE, 1, route.vehicle, visit.pick.task)
        off_s = _off_window_s(task.options[visit.pick.option], visit.start_s)
        if off_s:
            yield Violation(Rule.WINDOW, off_s, route.vehicle, visit.pick.task)


def _off_window_s(option: Option, start_s: int) -> int:
    """Return by how much a start misses the nearest window, in seconds."""
    misses = [max(window.start_s - start_s, start_s - window.end_s, 0) for window in option.windows]
    return min(misses, default=0)


def _times(problem: Problem, route: Route) -> Iterator[Violation]:
    """Hold every claimed time against the matrix: nobody drives, sets up or serves faster than that."""
    car, matrix = problem.vehicles[route.vehicle], problem.matrix(route.vehicle)
    for number, trip in enumerate(route.trips):
        here, free_s = car.start, trip.depart_s
        if number and trip.depart_s - route.trips[number - 1].back_s < car.reload_s:
            yield Violation(Rule.TIMES, car.reload_s - trip.depart_s + route.trips[number - 1].back_s, route.vehicle)
        for stop in trip.stops:
            yield from _stop_times(problem, route, stop, free_s + matrix.travel_s(here, stop.place))
            if not matrix.reaches(here, stop.place):
                yield Violation(Rule.UNREACHABLE, 1, route.vehicle, stop.visits[0].pick.task)
            here, free_s = stop.place, stop.depart_s
        home = car.end if trip is route.trips[-1] else car.start
        if home is not None:
            short_s = free_s + matrix.travel_s(here, home) - trip.back_s
            if short_s > 0:
                yield Violation(Rule.UNREACHABLE if short_s >= UNREACHABLE else Rule.TIMES, short_s, route.vehicle)


def _stop_times(problem: Problem, route: Route, stop: Stop, arrive_s_min: int) -> Iterator[Violation]:
    short_s = max(0, arrive_s_min - stop.arrive_s)
    free_s = stop.arrive_s + problem.places[stop.place].setup_s
    for visit in stop.visits:
        option = problem.option(visit.pick.task, visit.pick.option)
        short_s += max(0, free_s - visit.start_s) + max(0, option.service_s - (visit.end_s - visit.start_s))
        short_s += UNREACHABLE * (option.place != stop.place)
        free_s = visit.end_s
    if short_s:
        yield Violation(Rule.TIMES, short_s, route.vehicle, stop.visits[0].pick.task)


def _limits(problem: Problem, route: Route) -> Iterator[Violation]:
    car = problem.vehicles[route.vehicle]
    if not route.trips:
        return
    for rule, amount in (
        (Rule.SHIFT, _off_shift_s(car, route)),
        (Rule.DURATION, 0 if car.duration_s_max is None else route.duration_s - car.duration_s_max),
        (Rule.DISTANCE, 0 if car.distance_m_max is None else driven_m(problem, route) - car.distance_m_max),
        (Rule.TRIPS, len(route.trips) - car.trips_max),
    ):
        if amount > 0:
            yield Violation(rule, amount, route.vehicle)


def _off_shift_s(car: Vehicle, route: Route) -> int:
    early_s = max(0, car.shift.start_s - route.trips[0].depart_s)
    return early_s + max(0, route.trips[-1].back_s - car.shift.end_s - car.overtime_s_max)


def driven_m(problem: Problem, route: Route) -> int:
    """Return the metres a route drives, from the start place to the end place."""
    car, matrix = problem.vehicles[route.vehicle], problem.matrix(route.vehicle)
    total = 0
    for trip in route.trips:
        home = car.end if trip is route.trips[-1] else car.start
        way = [car.start, *(stop.place for stop in trip.stops), *(() if home is None else (home,))]
        total += sum(matrix.travel_m(a, b) for a, b in pairwise(way))
    return total


def _room(problem: Problem, plan: Plan) -> Iterator[Violation]:
    used: Counter[str] = Counter()
    for visit in _all_visits(plan):
        option = problem.option(visit.pick.task, visit.pick.option)
        if option.room:
            used[option.room] += option.room_use
    for room, units in sorted(used.items()):
        if units > problem.room[room]:
            yield Violation(Rule.ROOM, units - problem.room[room], name=room)


def _tasks(problem: Problem, plan: Plan) -> Iterator[Violation]:
    times = Counter(visit.pick.task for visit in _all_visits(plan))
    times.update((*plan.to_carrier, *plan.left_out))
    for task in range(len(problem.tasks)):
        if times[task] == 0:
            yield Violation(Rule.LOST, 1, task=task)
        if times[task] > 1:
            yield Violation(Rule.DOUBLED, times[task] - 1, task=task)
    for task in plan.to_carrier:
        if problem.tasks[task].leave_cost is None:
            yield Violation(Rule.CARRIER, 1, task=task)


def _vehicles(plan: Plan) -> Iterator[Violation]:
    for vehicle, times in Counter(route.vehicle for route in plan.routes).items():
        if times > 1:
            yield Violation(Rule.DOUBLED, times - 1, vehicle=vehicle)


def _all_visits(plan: Plan) -> Iterator[Visit]:
    return (visit for route in plan.routes for visit in route.visits)
