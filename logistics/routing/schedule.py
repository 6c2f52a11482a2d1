"""When a route happens: decisions become times.

The convention: a vehicle comes back as early as its windows allow, and leaves as late as it can without coming back
later. Travel and set-up come before a service, waiting for the window after the set-up, and the window bounds the
*start* of the service. Nothing is refused: who comes too late serves at once, and `violations` says by how much.
Routes with rests or with traffic by the hour are played through in `replay.py`, by the same convention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from logistics.routing.model import Option, Pick, Plan, Problem, Route, Stop, TimeWindow, Trip, Visit
from logistics.routing.replay import earliest_start_s, needs_replay, replay

Trips = Sequence[Sequence[Pick]]


class _Call(NamedTuple):
    """One pick on its way: ``approach_s`` lies between the end of what came before and the earliest service."""

    pick: Pick
    option: Option
    trip: int
    opens_stop: bool
    setup_s: int
    approach_s: int


def schedule_plan(
    problem: Problem,
    routes: Iterable[tuple[int, Trips]],
    *,
    to_carrier: Iterable[int] = (),
    left_out: Iterable[int] = (),
) -> Plan:
    """Put times to the decisions of a whole plan; empty trips and routes vanish."""
    return _plan((schedule_route(problem, vehicle, trips) for vehicle, trips in routes), to_carrier, left_out)


def reschedule(
    problem: Problem,
    plan: Plan,
    changed: Mapping[int, Trips],
    *,
    to_carrier: Iterable[int] = (),
    left_out: Iterable[int] = (),
) -> Plan:
    """Put times to the routes of a few vehicles (their trips now); all others keep the times they have."""
    kept = [route for route in plan.routes if route.vehicle not in changed]
    timed = [schedule_route(problem, vehicle, trips) for vehicle, trips in changed.items()]
    return _plan((*kept, *timed), to_carrier, left_out)


def schedule_route(problem: Problem, vehicle: int, trips: Trips) -> Route:
    """Put times to the decisions of one vehicle; empty trips vanish."""
    filled = [trip for trip in trips if trip]
    if not filled:
        return Route(vehicle, ())
    if needs_replay(problem, vehicle):
        return replay(problem, vehicle, filled)
    calls = _calls(problem, vehicle, filled)
    car = problem.vehicles[vehicle]
    earliest = _starts(calls, car.shift.start_s)
    depart_s = car.shift.start_s if car.underway else _latest_departure_s(calls, earliest)
    return _assemble(problem, vehicle, calls, _starts(calls, depart_s), depart_s)


def _plan(routes: Iterable[Route], to_carrier: Iterable[int], left_out: Iterable[int]) -> Plan:
    moving = sorted((route for route in routes if route.trips), key=lambda route: route.vehicle)
    return Plan(tuple(moving), tuple(sorted(to_carrier)), tuple(sorted(left_out)))


def latest_start_s(windows: tuple[TimeWindow, ...], earliest_s: int, latest_s: int) -> int:
    """Return the latest start in ``earliest_s..latest_s`` that a window allows; ``earliest_s`` if none does."""
    for window in reversed(windows):
        if window.start_s <= latest_s:
            return max(earliest_s, min(latest_s, window.end_s))
    return earliest_s if windows else latest_s


def _calls(problem: Problem, vehicle: int, trips: Trips) -> list[_Call]:
    car, matrix = problem.vehicles[vehicle], problem.matrix(vehicle)
    calls, here = [], car.start
    for number, trip in enumerate(trips):
        before_s = 0
        if number:
            before_s, here = matrix.travel_s(here, car.reload_place) + car.reload_s, car.reload_place
        for index, pick in enumerate(trip):
            option = problem.option(pick.task, pick.option)
            new = index == 0 or option.place != here
            setup_s = problem.places[option.place].setup_s if new else 0
            approach_s = before_s + matrix.travel_s(here, option.place) + setup_s
            calls.append(_Call(pick, option, number, new, setup_s, approach_s))
            here, before_s = option.place, 0
    return calls


def _starts(calls: list[_Call], depart_s: int) -> list[int]:
    """Return the earliest start of every service for who leaves then."""
    starts, now_s = [], depart_s
    for call in calls:
        start_s = earliest_start_s(call.option.windows, now_s + call.approach_s)
        starts.append(start_s)
        now_s = start_s + call.option.service_s
    return starts


def _latest_departure_s(calls: list[_Call], earliest: list[int]) -> int:
    """Return the latest departure with which the last service still starts at its earliest."""
    latest_s = earliest[-1]
    for number in range(len(calls) - 1, 0, -1):
        before = calls[number - 1]
        room_s = latest_s - calls[number].approach_s - before.option.service_s
        latest_s = latest_start_s(before.option.windows, earliest[number - 1], room_s)
    return latest_s - calls[0].approach_s


def _assemble(problem: Problem, vehicle: int, calls: list[_Call], starts: list[int], depart_s: int) -> Route:
    car, matrix = problem.vehicles[vehicle], problem.matrix(vehicle)
    trips: list[Trip] = []
    for number in range(calls[-1].trip + 1):
        inside = [(call, start_s) for call, start_s in zip(calls, starts, strict=True) if call.trip == number]
        leave_s = trips[-1].back_s + car.reload_s if trips else depart_s
        base = car.reload_place if trips else car.start
        stops = _stops(inside, leave_s + matrix.travel_s(base, inside[0][0].option.place), matrix.travel_s)
        home = car.end if number == calls[-1].trip else car.reload_place
        back_s = stops[-1].depart_s + (0 if home is None else matrix.travel_s(stops[-1].place, home))
        trips.append(Trip(leave_s, back_s, stops))
    return Route(vehicle, tuple(trips))


def _stops(calls: list[tuple[_Call, int]], arrive_s: int, travel_s: Callable[[int, int], int]) -> tuple[Stop, ...]:
    """Gather the visits of each halt; ``arrive_s`` is the arrival at the first."""
    stops: list[Stop] = []
    for call, start_s in calls:
        visit = Visit(call.pick, start_s, start_s + call.option.service_s)
        place = call.option.place
        if call.opens_stop:
            came_s = stops[-1].depart_s + travel_s(stops[-1].place, place) if stops else arrive_s
            stops.append(Stop(place, came_s, call.setup_s, (visit,)))
        else:
            stops[-1] = replace(stops[-1], visits=(*stops[-1].visits, visit))
    return tuple(stops)
