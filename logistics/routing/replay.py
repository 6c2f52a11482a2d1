"""When a route with rests, or with traffic by the hour, happens: it is played through from leaving to being back.

The convention is `schedule.py`'s. A break is taken as late as it may be, or as soon as it fits into waiting: on arrival
at a halt, or before the drive if the halt is reached too late for it. A rest from driving is taken before the drive
that would be too much. Both are good customs rather than the best possible; a solver that wants another moment for a
rest moves the stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from logistics.routing.matrix import HourlyMatrix, Travel
from logistics.routing.model import Break, Pick, Problem, Route, Stop, TimeWindow, Trip, Vehicle, Visit


def needs_replay(problem: Problem, vehicle: int) -> bool:
    """Tell whether this vehicle rests, or drives by the hour of the day."""
    car = problem.vehicles[vehicle]
    return bool(car.breaks or car.drive_rest) or isinstance(problem.matrix(vehicle), HourlyMatrix)


def earliest_start_s(windows: tuple[TimeWindow, ...], ready_s: int) -> int:
    """Return when service starts for who is ready then: now, at the next opening, or now if all are over."""
    for window in windows:
        if ready_s <= window.end_s:
            return max(ready_s, window.start_s)
    return ready_s


def replay(problem: Problem, vehicle: int, trips: Sequence[Sequence[Pick]]) -> Route:
    """Put times to a route of trips that are not empty, leaving as late as it comes back no later and no one waits."""
    car = problem.vehicles[vehicle]
    early_s = car.shift.start_s
    first, too_long_s = _play(problem, vehicle, trips, early_s)
    if car.underway or not (first.rests or any(stop.wait_s for stop in first.stops)):
        return first  # where nobody waits, to leave later is to come back later
    limit = first.trips[-1].back_s, _late_s(problem, first), too_long_s
    low_s, high_s, best = early_s, first.trips[-1].stops[-1].visits[-1].start_s, first
    while low_s < high_s:
        middle_s = (low_s + high_s + 1) // 2
        trial, too_long_s = _play(problem, vehicle, trips, middle_s)
        wrong = trial.trips[-1].back_s, _late_s(problem, trial), too_long_s
        if all(now <= before for now, before in zip(wrong, limit, strict=True)):
            low_s, best = middle_s, trial
        else:
            high_s = middle_s - 1
    return best


def _late_s(problem: Problem, route: Route) -> int:
    """Return by how much services start after their last window and rests after theirs, in seconds."""
    late_s = 0
    for visit in route.visits:
        windows = problem.option(visit.pick.task, visit.pick.option).windows
        late_s += max(0, visit.start_s - windows[-1].end_s) if windows else 0
    taken = iter(route.rests)
    for due in sorted(problem.vehicles[route.vehicle].breaks, key=lambda one: one.window.end_s):
        rest = next((one for one in taken if one.end_s - one.start_s >= due.duration_s), None)
        late_s += max(0, rest.start_s - due.window.end_s) if rest else 0
    return late_s


def _play(problem: Problem, vehicle: int, trips: Sequence[Sequence[Pick]], depart_s: int) -> tuple[Route, int]:
    """Return the route of who leaves then, and the seconds driven beyond what is allowed without a rest."""
    car = problem.vehicles[vehicle]
    driver = _Driver(car, problem.matrix(vehicle), depart_s)
    timed: list[Trip] = []
    for number, picks in enumerate(trips):
        leave_s = driver.now_s
        stops = _drive_trip(problem, driver, picks)
        last = number == len(trips) - 1
        back_s = driver.return_home(car.end) if last else driver.return_to_load()
        timed.append(Trip(leave_s, back_s, stops))
    return Route(vehicle, tuple(timed), tuple(driver.rests)), driver.too_long_s


def _drive_trip(problem: Problem, driver: _Driver, picks: Sequence[Pick]) -> tuple[Stop, ...]:
    stops: list[Stop] = []
    for pick in picks:
        option = problem.option(pick.task, pick.option)
        opens = not stops or option.place != stops[-1].place
        setup_s = problem.places[option.place].setup_s if opens else 0
        arrive_s = driver.go(option.place, option.windows, setup_s, option.service_s)
        start_s = earliest_start_s(option.windows, driver.now_s + setup_s)
        driver.now_s = start_s + option.service_s
        visit = Visit(pick, start_s, driver.now_s)
        if opens:
            stops.append(Stop(option.place, arrive_s, setup_s, (visit,)))
        else:
            stops[-1] = replace(stops[-1], visits=(*stops[-1].visits, visit))
    return tuple(stops)


class _Driver:
    """Where a driver is, since when she drives without a rest, and which breaks are still to come."""

    def __init__(self, car: Vehicle, matrix: Travel, depart_s: int) -> None:
        self.now_s, self.rests = depart_s, list[TimeWindow]()
        self.too_long_s = 0  # driven without a rest where the hour matters and no drive is cut
        self._here, self._driven_s = car.start, 0
        self._car, self._matrix = car, matrix
        due = (one for one in car.breaks if one.window.end_s >= depart_s)
        self._due: list[Break] = sorted(due, key=lambda one: one.window.end_s, reverse=True)  # the next one is last

    def go(self, place: int, windows: tuple[TimeWindow, ...], setup_s: int, service_s: int) -> int:
        """Drive to a halt, resting where it is time; return the arrival, leave ``now_s`` where work may begin."""
        while self._due and self._too_late_there(place, windows, setup_s, service_s):
            self._take_break()
        self._drive(place)
        arrive_s = self.now_s
        while self._due and self._is_time(windows, setup_s, service_s):
            self._take_break()
        return arrive_s

    def return_home(self, place: int | None) -> int:
        """Drive to where the route ends (None: here) and return the arrival."""
        if place is None:
            return self.now_s
        while self._due and self.now_s + self._drive_s(place) > self._due[-1].window.end_s:
            self._take_break()
        self._drive(place)
        return self.now_s

    def return_to_load(self) -> int:
        """Drive to the depot and return the arrival; leave ``now_s`` where the next trip may begin."""
        back_s = self.go(self._car.reload_place, (), self._car.reload_s, 0)
        self.now_s += self._car.reload_s
        return back_s

    def _too_late_there(self, place: int, windows: tuple[TimeWindow, ...], setup_s: int, service_s: int) -> bool:
        """Tell whether the next break has to be taken before this drive."""
        arrive_s = self.now_s + self._drive_s(place)
        end_s = earliest_start_s(windows, arrive_s + setup_s) + service_s
        return end_s > self._due[-1].window.end_s < arrive_s

    def _is_time(self, windows: tuple[TimeWindow, ...], setup_s: int, service_s: int) -> bool:
        """Tell whether the next break cannot wait until after this service, or costs nothing before it."""
        due = self._due[-1]
        start_s = earliest_start_s(windows, self.now_s + setup_s)
        rest_s = max(self.now_s, due.window.start_s)
        idle = rest_s <= due.window.end_s and rest_s + due.duration_s + setup_s <= start_s
        return idle or start_s + service_s > due.window.end_s

    def _take_break(self) -> None:
        due = self._due.pop()
        self._rest(max(self.now_s, due.window.start_s), due.duration_s)

    def _rest(self, start_s: int, duration_s: int) -> None:
        self.rests.append(TimeWindow(start_s, start_s + duration_s))
        self.now_s = start_s + duration_s
        rule = self._car.drive_rest
        if rule and duration_s >= rule.duration_s:
            self._driven_s = 0

    def _drive_s(self, place: int) -> int:
        """Return how long the drive would take from now, with the rests that it would need."""
        drive_s = self._matrix.travel_s(self._here, place, self.now_s)
        rule = self._car.drive_rest
        if rule is None or self._driven_s + drive_s <= rule.drive_s_max:
            return drive_s
        if isinstance(self._matrix, HourlyMatrix):
            rest_s = rule.duration_s if self._driven_s else 0
            return rest_s + self._matrix.travel_s(self._here, place, self.now_s + rest_s)
        rests = (drive_s - 1) // rule.drive_s_max + (self._driven_s > 0)
        return drive_s + rests * rule.duration_s

    def _drive(self, place: int) -> None:
        rule = self._car.drive_rest
        drive_s = self._matrix.travel_s(self._here, place, self.now_s)
        if rule and self._driven_s and self._driven_s + drive_s > rule.drive_s_max:
            self._rest(self.now_s, rule.duration_s)
            drive_s = self._matrix.travel_s(self._here, place, self.now_s)
        while rule and drive_s > rule.drive_s_max and not isinstance(self._matrix, HourlyMatrix):
            self.now_s += rule.drive_s_max
            drive_s -= rule.drive_s_max
            self._rest(self.now_s, rule.duration_s)
        self.now_s += drive_s
        self._driven_s += drive_s
        if rule:
            self.too_long_s += max(0, self._driven_s - rule.drive_s_max)
        self._here = place
