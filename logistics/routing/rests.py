"""Whether a route rests as it must: the part of the judge that looks at breaks.

Counts what is missing; shares no code with the schedule or with any solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from logistics.routing.matrix import Travel
from logistics.routing.model import Break, Route, TimeWindow, Vehicle


def rested_s(route: Route, start_s: int, end_s: int) -> int:
    """Return the seconds of rest within a stretch of time."""
    if not route.rests:
        return 0
    return sum(max(0, min(rest.end_s, end_s) - max(rest.start_s, start_s)) for rest in route.rests)


def missing_rests_s(car: Vehicle, matrix: Travel, route: Route) -> int:
    """Return the seconds of break that are missing, and of driving beyond what is allowed without a rest."""
    return _missing_breaks_s(car.breaks, route) + _driven_too_long_s(car, matrix, route)


def _missing_breaks_s(breaks: tuple[Break, ...], route: Route) -> int:
    """Match each break that is due to a rest of its own, the one that ends first to the first that will do."""
    if not route.trips:
        return 0
    depart_s, back_s = route.trips[0].depart_s, route.trips[-1].back_s
    free = list(route.rests)
    missing_s = 0
    for due in sorted(breaks, key=lambda one: one.window.end_s):
        if not depart_s <= due.window.end_s < back_s:
            continue  # not out then
        taken = next((rest for rest in free if _serves(rest, due)), None)
        if taken is None:
            missing_s += due.duration_s
        else:
            free.remove(taken)
    return missing_s


def _serves(rest: TimeWindow, due: Break) -> bool:
    in_time = due.window.start_s <= rest.start_s <= due.window.end_s
    return in_time and rest.end_s - rest.start_s >= due.duration_s


def _driven_too_long_s(car: Vehicle, matrix: Travel, route: Route) -> int:
    """Count the driving between two rests that are long enough, however many halts lie between."""
    rule = car.drive_rest
    if rule is None or not route.trips:
        return 0
    drives = tuple(_drives(car, matrix, route))
    rests = sorted(rest.start_s for rest in route.rests if rest.end_s - rest.start_s >= rule.duration_s)
    moments = [route.trips[0].depart_s, *rests, route.trips[-1].back_s]
    wheel_s = [_driven_by_s(route, drives, moment_s) for moment_s in moments]
    return sum(max(0, b - a - rule.drive_s_max) for a, b in pairwise(wheel_s))


def _driven_by_s(route: Route, drives: tuple[tuple[int, int, int], ...], moment_s: int) -> int:
    """Return the seconds at the wheel until a moment, for who drives as soon as she can."""
    total_s = 0
    for leave_s, _, drive_s in drives:
        since_s = moment_s - leave_s - rested_s(route, leave_s, moment_s)
        total_s += min(drive_s, max(0, since_s))
    return total_s


def _drives(car: Vehicle, matrix: Travel, route: Route) -> Iterator[tuple[int, int, int]]:
    """Yield every drive as departure, arrival and seconds at the wheel."""
    for number, trip in enumerate(route.trips):
        here, free_s = car.reload_place if number else car.start, trip.depart_s
        for stop in trip.stops:
            yield free_s, stop.arrive_s, matrix.travel_s(here, stop.place, free_s)
            here, free_s = stop.place, stop.depart_s
        home = car.end if trip is route.trips[-1] else car.reload_place
        if home is not None:
            yield free_s, trip.back_s, matrix.travel_s(here, home, free_s)
