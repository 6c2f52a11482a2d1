"""The judge: every broken constraint of a plan, as a value with its amount.

It trusts nobody: the times a plan claims are held against the travel matrix, and no code is shared with the schedule
or with any solver. It decides what is broken, not what to do about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise, zip_longest
from operator import add, itemgetter, sub

from logistics.routing.matrix import UNREACHABLE, HourlyMatrix, Travel
from logistics.routing.model import CASH, Plan, Problem, Route, Stop, TimeWindow, Trip, Vehicle, Visit
from logistics.routing.rests import missing_rests_s, rested_s


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
    STOPS = "stops"  # halts too many
    BREAK = "break"  # seconds of rest missing, or driven too long without one
    PAIR = "pair"  # 1: brought without having been fetched on the same trip before, or fetched and not brought
    ABOARD = "aboard"  # 1: the goods are in another vehicle, or still at the depot
    FIXED = "fixed"  # picks that do not come first, in the order that was fixed
    LEVEL = "level"  # tasks short of a service level
    QUOTA = "quota"  # tasks too many for a carrier
    ROOM = "room"  # units more than the shared store takes
    TIMES = "times"  # seconds by which driving, set-up or service is claimed too short
    UNREACHABLE = "unreachable"  # 1: no way leads there
    CARRIER = "carrier"  # 1: left to a carrier, though it must not be
    LOST = "lost"  # 1: neither on a route, nor with a carrier, nor left out
    DOUBLED = "doubled"  # times too many


# On which side of its window somebody is served: the name of a missed window.
EARLY = "early"
LATE = "late"

# What the amount of a broken rule is counted in, for whoever shows it; "minor": of the plan's currency, "count": pieces
# of what the rule is about. The unit of a load is its dimension. What is not here is broken or kept, nothing between.
UNITS: Mapping[Rule, str] = {
    Rule.CASH: "minor",
    Rule.WINDOW: "s",
    Rule.SHIFT: "s",
    Rule.DURATION: "s",
    Rule.BREAK: "s",
    Rule.TIMES: "s",
    Rule.DISTANCE: "m",
    Rule.SKILL: "count",
    Rule.TRIPS: "count",
    Rule.STOPS: "count",
    Rule.FIXED: "count",
    Rule.LEVEL: "count",
    Rule.QUOTA: "count",
    Rule.ROOM: "count",
    Rule.DOUBLED: "count",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken constraint: which rule, by how much, and where.

    Vehicle and task are indices; ``name`` is a dimension, skill, room, carrier, the side of a missed window, or the
    preference of a service level.
    """

    rule: Rule
    amount: int
    vehicle: int | None = None
    task: int | None = None
    name: str = ""

    @property
    def unit(self) -> str:
        """What the amount is counted in; empty if the rule is just broken."""
        return self.name if self.rule is Rule.CAPACITY else UNITS.get(self.rule, "")


def check_plan(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Return everything that is broken in a plan; nothing at all means it may be driven."""
    routes = [violation for route in plan.routes for violation in check_route(problem, route)]
    return (*routes, *check_whole(problem, plan))


def worsened(before: Iterable[Violation], after: Iterable[Violation]) -> tuple[Violation, ...]:
    """Return what is broken anew: what was not before, or was by less.

    Of several that are broken alike, such as two trips of one vehicle with too much on board, the sum counts.
    """
    before, after = list(before), list(after)
    more = Counter[Violation]()
    for sign, found in ((1, after), (-1, before)):
        for one in found:
            more[replace(one, amount=0)] += sign * one.amount
    anew = Counter(after) - Counter(before)
    return tuple(one for one in anew.elements() if more[replace(one, amount=0)] > 0)


def check_whole(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Return everything that is broken between the routes of a plan, not within one."""
    return (
        *_room(problem, plan),
        *_tasks(problem, plan),
        *_vehicles(problem, plan),
        *check_levels(problem, plan),
        *_quotas(problem, plan),
    )


def check_route(problem: Problem, route: Route) -> tuple[Violation, ...]:
    """Return everything that is broken within one route."""
    return (
        *_loads(problem, route),
        *_visits(problem, route),
        *_times(problem, route),
        *_limits(problem, route),
        *_pairs(problem, route),
        *_goods(problem, route),
        *_fixed(problem, route),
        *_rests(problem, route),
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
    picks, fetched = trip.picks, fetched_by(problem, trip)
    load = (0,) * len(problem.dimensions)
    for pick in picks:
        if problem.tasks[pick.task].brings_from is None:
            load = tuple(map(add, load, problem.delivers(pick.task)))
    most = load
    for pick in picks:
        load = tuple(map(sub, load, problem.delivers(pick.task)))
        if problem.option(pick.task, pick.option).collect:
            load = tuple(map(add, load, problem.collects(pick)))
        for task in fetched.get(pick.task, ()):
            load = tuple(map(add, load, problem.delivers(task)))
        most = tuple(map(max, most, load))
    return most


def fetched_by(problem: Problem, trip: Trip) -> dict[int, list[int]]:
    """Return which tasks of the trip take their goods from which other task."""
    fetched: dict[int, list[int]] = {}
    for pick in trip.picks:
        origin = problem.tasks[pick.task].brings_from
        if origin is not None:
            fetched.setdefault(origin, []).append(pick.task)
    return fetched


def _visits(problem: Problem, route: Route) -> Iterator[Violation]:
    car = problem.vehicles[route.vehicle]
    for visit in route.visits:
        task = problem.tasks[visit.pick.task]
        missing = task.skills - car.skills
        if missing:
            yield Violation(Rule.SKILL, len(missing), route.vehicle, visit.pick.task, ", ".join(sorted(missing)))
        if task.vehicles is not None and car.id not in task.vehicles:
            yield Violation(Rule.VEHICLE, 1, route.vehicle, visit.pick.task)
        off_s, side = off_window(task.options[visit.pick.option].windows, visit.start_s)
        if off_s:
            yield Violation(Rule.WINDOW, off_s, route.vehicle, visit.pick.task, side)


def off_window(windows: Sequence[TimeWindow], start_s: int) -> tuple[int, str]:
    """Return by how many seconds a start misses the nearest window, and on which side; 0 and none within one."""
    misses = [(window.start_s - start_s, EARLY) for window in windows if start_s < window.start_s]
    misses += [(start_s - window.end_s, LATE) for window in windows if start_s > window.end_s]
    is_within = any(window.start_s <= start_s <= window.end_s for window in windows)
    return (0, "") if is_within else min(misses, key=itemgetter(0), default=(0, ""))


def _times(problem: Problem, route: Route) -> Iterator[Violation]:
    """Hold every claimed time against the matrix: nobody drives, sets up or serves faster than that."""
    car, matrix = problem.vehicles[route.vehicle], problem.matrix(route.vehicle)
    for number, trip in enumerate(route.trips):
        here, free_s = car.start, trip.depart_s
        if number:
            here, back_s = car.reload_place, route.trips[number - 1].back_s
            short_s = car.reload_s + rested_s(route, back_s, trip.depart_s) - (trip.depart_s - back_s)
            if short_s > 0:
                yield Violation(Rule.TIMES, short_s, route.vehicle)
        for stop in trip.stops:
            yield from _stop_times(problem, route, stop, stop.arrive_s - _short_s(matrix, route, (here, free_s), stop))
            if not matrix.reaches(here, stop.place):
                yield Violation(Rule.UNREACHABLE, 1, route.vehicle, stop.visits[0].pick.task)
            here, free_s = stop.place, stop.depart_s
        home = car.end if trip is route.trips[-1] else car.reload_place
        if home is not None:
            short_s = drive_short_s(matrix, route, (here, free_s), (home, trip.back_s))
            if short_s > 0:
                yield Violation(Rule.UNREACHABLE if short_s >= UNREACHABLE else Rule.TIMES, short_s, route.vehicle)


def _short_s(matrix: Travel, route: Route, left: tuple[int, int], stop: Stop) -> int:
    return -max(0, drive_short_s(matrix, route, left, (stop.place, stop.arrive_s)))


def drive_short_s(matrix: Travel, route: Route, left: tuple[int, int], came: tuple[int, int]) -> int:
    """Return by how much a drive between two (place, moment) is claimed too short, its rests counted; may be negative.

    Where the hour matters, nobody rests in the midst of a drive: it is one after the last rest before the arrival.
    """
    (here, free_s), (there, arrive_s) = left, came
    if not isinstance(matrix, HourlyMatrix):
        return free_s + matrix.travel_s(here, there) + rested_s(route, free_s, arrive_s) - arrive_s
    leave_s = max([free_s, *(rest.end_s for rest in route.rests if free_s <= rest.start_s < arrive_s)])
    return leave_s + matrix.travel_s(here, there, leave_s) - arrive_s


def _stop_times(problem: Problem, route: Route, stop: Stop, arrive_s_min: int) -> Iterator[Violation]:
    short_s = max(0, arrive_s_min - stop.arrive_s)
    came_s, work_s = stop.arrive_s, problem.places[stop.place].setup_s
    for visit in stop.visits:
        option = problem.option(visit.pick.task, visit.pick.option)
        short_s += max(0, came_s + work_s + rested_s(route, came_s, visit.start_s) - visit.start_s)
        short_s += max(0, option.service_s - (visit.end_s - visit.start_s)) + rested_s(
            route, visit.start_s, visit.end_s
        )
        short_s += UNREACHABLE * (option.place != stop.place)
        came_s, work_s = visit.end_s, 0
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
        (Rule.STOPS, 0 if car.stops_max is None else len(tuple(route.stops)) - car.stops_max),
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
    for number, trip in enumerate(route.trips):
        home = car.end if trip is route.trips[-1] else car.reload_place
        base = car.reload_place if number else car.start
        way = [base, *(stop.place for stop in trip.stops), *(() if home is None else (home,))]
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
    yield from _parted(problem, times.copy())
    times.update((*plan.to_carrier, *plan.left_out))
    for task in range(len(problem.tasks)):
        if times[task] == 0:
            yield Violation(Rule.LOST, 1, task=task)
        if times[task] > 1:
            yield Violation(Rule.DOUBLED, times[task] - 1, task=task)
    for task in plan.to_carrier:
        if problem.tasks[task].leave_cost is None:
            yield Violation(Rule.CARRIER, 1, task=task)


def _vehicles(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for vehicle, times in Counter(route.vehicle for route in plan.routes).items():
        if times > 1:
            yield Violation(Rule.DOUBLED, times - 1, vehicle=vehicle)
    moving = {route.vehicle for route in plan.routes}
    for vehicle, car in enumerate(problem.vehicles):
        if car.fixed and vehicle not in moving:
            yield Violation(Rule.FIXED, len(car.fixed), vehicle, car.fixed[0].task)


def _pairs(problem: Problem, route: Route) -> Iterator[Violation]:
    """Find who brings what was not fetched before on the same trip."""
    for trip in route.trips:
        before: set[int] = set()
        for pick in trip.picks:
            origin = problem.tasks[pick.task].brings_from
            if origin is not None and origin not in before:
                yield Violation(Rule.PAIR, 1, route.vehicle, pick.task)
            before.add(pick.task)


def _parted(problem: Problem, on_routes: Mapping[int, int]) -> Iterator[Violation]:
    """Find what is fetched and never brought."""
    for task, noun in enumerate(problem.tasks):
        if noun.brings_from is not None and on_routes[noun.brings_from] and not on_routes[task]:
            yield Violation(Rule.PAIR, 1, task=noun.brings_from)


def _goods(problem: Problem, route: Route) -> Iterator[Violation]:
    """Find deliveries of goods that are in another vehicle, or at a depot that this vehicle has left without them."""
    car = problem.vehicles[route.vehicle]
    for number, trip in enumerate(route.trips):
        for pick in trip.picks:
            task = problem.tasks[pick.task]
            elsewhere = task.aboard is not None and (task.aboard != car.id or number > 0)
            at_depot = task.aboard is None and task.brings_from is None and any(task.deliver)
            if elsewhere or (at_depot and car.underway and number == 0):
                yield Violation(Rule.ABOARD, 1, route.vehicle, pick.task)


def _fixed(problem: Problem, route: Route) -> Iterator[Violation]:
    fixed = problem.vehicles[route.vehicle].fixed
    first = [visit.pick for visit in route.visits][: len(fixed)]
    moved = sum(a != b for a, b in zip_longest(fixed, first))
    if moved:
        yield Violation(Rule.FIXED, moved, route.vehicle, fixed[0].task)


def _rests(problem: Problem, route: Route) -> Iterator[Violation]:
    car = problem.vehicles[route.vehicle]
    missing = missing_rests_s(car, problem.matrix(route.vehicle), route)
    if missing > 0:
        yield Violation(Rule.BREAK, missing, route.vehicle)


def check_levels(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Find service levels that are missed: of the tasks done by vehicles, too few got a choice that good."""
    chosen = [problem.option(visit.pick.task, visit.pick.option).preference for visit in _all_visits(plan)]
    for level in problem.levels:
        wanted = -(-level.percent * len(chosen) // 100)
        got = sum(preference <= level.preference_max for preference in chosen)
        if got < wanted:
            yield Violation(Rule.LEVEL, wanted - got, name=str(level.preference_max))


def _quotas(problem: Problem, plan: Plan) -> Iterator[Violation]:
    taken = Counter(problem.tasks[task].carrier for task in plan.to_carrier)
    for carrier, most in sorted(problem.quotas.items()):
        if taken[carrier] > most:
            yield Violation(Rule.QUOTA, taken[carrier] - most, name=carrier)


def _all_visits(plan: Plan) -> Iterator[Visit]:
    return (visit for route in plan.routes for visit in route.visits)
