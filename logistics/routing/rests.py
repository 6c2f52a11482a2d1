"""Whether a route rests as it must: the part of the judge that looks at breaks.

Counts what is missing; shares no code with the schedule or with any solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from logistics.routing.matrix import HourlyMatrix, Travel
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


@dataclass(frozen=True, slots=True)
class _Drive:
    """A drive: when it may begin and has ended, and the seconds at the wheel."""

    free_s: int
    arrive_s: int
    wheel_s: int


def _driven_too_long_s(car: Vehicle, matrix: Travel, route: Route) -> int:
    """Count the driving between two rests that are long enough, however many halts lie between.

    A route says when a drive may begin and has ended. Who has more time than it takes may stand still before a rest or
    after it; she is taken to have driven before it as much as she may, and no less than she must.
    """
    rule = car.drive_rest
    if rule is None or not route.trips:
        return 0
    drives = tuple(_drives(car, matrix, route))
    rests = sorted(rest.start_s for rest in route.rests if rest.end_s - rest.start_s >= rule.duration_s)
    driven_s, before_s, too_long_s = 0, route.trips[0].depart_s, 0
    for moment_s in (*rests, route.trips[-1].back_s):
        least_s = sum(_driven_at_least_s(route, one, moment_s) for one in drives)
        could_s = sum(_free_between_s(route, one, before_s, moment_s) for one in drives)
        most_s = min(sum(_driven_at_most_s(route, one, moment_s) for one in drives), driven_s + could_s)
        reached_s = max(least_s, min(most_s, driven_s + rule.drive_s_max))
        too_long_s += max(0, reached_s - driven_s - rule.drive_s_max)
        driven_s, before_s = reached_s, moment_s
    return too_long_s


def _driven_at_most_s(route: Route, drive: _Drive, moment_s: int) -> int:
    return min(drive.wheel_s, _free_between_s(route, drive, drive.free_s, moment_s))


def _driven_at_least_s(route: Route, drive: _Drive, moment_s: int) -> int:
    """Return what of a drive must be behind her by a moment, so that she arrives when she does."""
    return max(0, drive.wheel_s - _free_between_s(route, drive, max(moment_s, drive.free_s), drive.arrive_s))


def _free_between_s(route: Route, drive: _Drive, start_s: int, end_s: int) -> int:
    """Return the seconds of a stretch in which a drive may go on."""
    start_s, end_s = max(start_s, drive.free_s), min(end_s, drive.arrive_s)
    return max(0, end_s - start_s - rested_s(route, start_s, end_s))


def _drives(car: Vehicle, matrix: Travel, route: Route) -> Iterator[_Drive]:
    """Yield every drive; where the hour matters, it is one after the last rest before the arrival."""
    for number, trip in enumerate(route.trips):
        here, free_s = car.reload_place if number else car.start, trip.depart_s
        for stop in trip.stops:
            yield _drive(matrix, route, (here, free_s), (stop.place, stop.arrive_s))
            here, free_s = stop.place, stop.depart_s
        home = car.end if trip is route.trips[-1] else car.reload_place
        if home is not None:
            yield _drive(matrix, route, (here, free_s), (home, trip.back_s))


def _drive(matrix: Travel, route: Route, left: tuple[int, int], came: tuple[int, int]) -> _Drive:
    (here, free_s), (there, arrive_s) = left, came
    if isinstance(matrix, HourlyMatrix):
        free_s = max([free_s, *(rest.end_s for rest in route.rests if free_s <= rest.start_s < arrive_s)])
    return _Drive(free_s, arrive_s, matrix.travel_s(here, there, free_s))
