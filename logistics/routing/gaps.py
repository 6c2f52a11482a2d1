"""The gaps of a plan: every place where one more visit could go, as arrays of one length.

A gap lies before a visit, at the end of a trip, or is a trip of its own (also one more than the vehicle may make); or
a trip is cut in two there, to load once more before or after what is put in. What
is known of each - when the vehicle is free there, how late what follows may start, what is on board - is read once from
a plan; `glance.py` judges visits by it.

Slack in time after Savelsbergh (1992), The vehicle routing problem with time windows: minimizing route duration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from logistics.routing.insertion import Load, Standing, Trips
from logistics.routing.model import Pick, Problem, Route, TimeWindow, Vehicle
from logistics.routing.replay import earliest_start_s
from logistics.routing.violations import driven_m

Ints = NDArray[np.int64]
BEYOND_S = 2**60  # later than anything that is bounded
NOWHERE = -1  # the place after the last visit of a route that ends there
LOADS = (None, Load.BEFORE, Load.AFTER)


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """Arrays over all gaps, in the order of vehicles, trips and positions.

    ``after`` is the place gone to next: a visit's (``to_visit``), or a depot's, or `NOWHERE`. ``ready_s``: when the
    vehicle is free at ``before`` if it leaves as early as it may. ``windows_s``, ``shift_s``: how late it may be ready
    for what comes ``after`` without anybody's window, or the end of the shift, being missed more than now.
    ``now_s``, ``now_m``: driving and set-up between the two places that an insertion saves. ``wait_s``: waiting that a
    delay there may use up: all that comes after, or of the whole route where somebody has several windows. ``load``: an
    index of `LOADS`. ``halts``: those that an insertion saves: what comes after opens one now; -1: it opens one then.
    ``out``, ``into``: the most on board up to the gap, and from it on, ``peak``: on the whole trip as it is (a column
    for each dimension). ``number``: visits
    of the route before it.
    """

    vehicle: Ints
    trip: Ints
    position: Ints
    number: Ints
    before: Ints
    after: Ints
    to_visit: Ints
    ready_s: Ints
    windows_s: Ints
    shift_s: Ints
    now_s: Ints
    now_m: Ints
    load: Ints
    halts: Ints
    wait_s: Ints
    out: Ints
    into: Ints
    peak: Ints
    metres: Ints  # by vehicle: what it drives
    seconds: Ints  # by vehicle: how long it is out
    stops: Ints  # by vehicle: its halts
    trips: Ints  # by vehicle: its trips

    def __len__(self) -> int:
        """Count the gaps."""
        return len(self.vehicle)


@dataclass(frozen=True, slots=True)
class _Call:
    """A visit of a route as it is now: its place, when it starts at the earliest, and how late it may."""

    pick: Pick
    place: int
    approach_s: int  # from the end of the visit before, with what lies between two trips
    service_s: int
    windows: tuple[TimeWindow, ...]
    start_s: int
    windows_s: int = BEYOND_S
    shift_s: int = BEYOND_S


def read_gaps(standing: Standing) -> Gaps:
    """Read the gaps of a plan."""
    problem = standing.problem
    rows: list[tuple[int, ...]] = []
    loads: list[Loads] = []
    for vehicle in range(len(problem.vehicles)):
        route = standing.route(vehicle)
        waits = _waits_s(problem, route)
        for row, *most in _gaps_of(problem, vehicle, route.picks):
            rows.append((vehicle, *row, waits[row[2]]))
            loads.append(tuple(most))
    columns = np.asarray(rows, dtype=np.int64).reshape(len(rows), 15).T
    width = len(problem.dimensions)
    routes = [standing.route(vehicle) for vehicle in range(len(problem.vehicles))]
    halts = [list(route.stops) for route in routes]
    by_vehicle = [
        [driven_m(problem, route) if route.trips else 0 for route in routes],
        [route.duration_s for route in routes],
        [len(stops) for stops in halts],
        [len(route.trips) for route in routes],
    ]
    on_board = np.asarray(loads, dtype=np.int64).reshape(len(rows), 3, width)
    arrays = [*columns, *np.moveaxis(on_board, 1, 0), *(np.asarray(values, dtype=np.int64) for values in by_vehicle)]
    return Gaps(**dict(zip((field.name for field in fields(Gaps)), arrays, strict=True)))


def latest_start_in(windows: Sequence[TimeWindow], latest_s: int) -> int | None:
    """Return the latest start by ``latest_s`` that a window allows; None if none does."""
    if not windows:
        return latest_s
    return next((min(latest_s, one.end_s) for one in reversed(windows) if one.start_s <= latest_s), None)


def latest_ready_for(windows: Sequence[TimeWindow], latest_s: int) -> int | None:
    """Return how late one may be ready and still start by ``latest_s``, be it after the last window; None: never."""
    if not windows or latest_s > windows[-1].end_s:
        return latest_s
    return latest_start_in(windows, latest_s)


class _Row(NamedTuple):
    """What comes after a gap, as `Gaps` names it."""

    after: int
    to_visit: int
    ready_s: int
    windows_s: int
    shift_s: int
    now_s: int
    now_m: int
    load: int = 0
    halts: int = 0


Loads = tuple[tuple[int, ...], ...]  # what is on board, a number for each dimension: at several times
Read = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def _gaps_of(problem: Problem, vehicle: int, trips: Trips) -> Iterator[Read]:
    """Yield (trip, position, ...) as `Gaps` names them, with what is on board before and behind."""
    car = problem.vehicles[vehicle]
    calls = _calls(problem, vehicle, trips)
    nothing = (0,) * len(problem.dimensions)
    number = 0
    for trip, picks in enumerate(trips):
        loads = _loads(problem, picks)
        following = trip + 1 < len(trips)
        for position in range(len(picks) + 1):
            before = car.start if number == 0 else (calls[number - 1].place if position else car.reload_place)
            ready_s = _free_s(problem, vehicle, calls, number, opens=position == 0)
            if position < len(picks):
                row = _onward(problem, vehicle, calls[number], before, ready_s, opens=position == 0)
            else:
                row = _home(problem, vehicle, calls[number] if following else None, before, ready_s)
            yield ((trip, position, number, before, *row), *_most(loads, position), _peak(loads))
            number += position < len(picks)
    if len(trips) < car.trips_max:
        yield from _cuts(problem, vehicle, trips, calls)
    before, row = _new_trip(problem, vehicle, calls)
    yield (len(trips), 0, number, before, *row), nothing, nothing, nothing


def _most(loads: Sequence[tuple[int, ...]], position: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the most on board up to a position of a trip, and from it on."""
    return _peak(loads[: position + 1]), _peak(loads[position:])


def _peak(loads: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(max(values) for values in zip(*loads, strict=True))


def _onward(problem: Problem, vehicle: int, call: _Call, before: int, ready_s: int, *, opens: bool) -> _Row:
    """Return the row of a gap before a visit."""
    matrix = problem.matrix(vehicle)
    setup_s = problem.places[call.place].setup_s if opens or call.place != before else 0
    now = matrix.travel_s(before, call.place) + setup_s, matrix.travel_m(before, call.place)
    return _Row(call.place, 1, ready_s, call.windows_s, call.shift_s, *now, halts=int(opens or before != call.place))


def _cuts(problem: Problem, vehicle: int, trips: Trips, calls: list[_Call]) -> Iterator[Read]:
    """Yield the gaps where a trip becomes two, but not where that parts goods from who brings them."""
    car = problem.vehicles[vehicle]
    first = 0
    for trip, picks in enumerate(trips):
        peak = _peak(_loads(problem, picks))
        for position in range(len(picks)):
            number = first + position
            if not _may_part(problem, picks, position):
                continue
            before = car.start if number == 0 else (calls[number - 1].place if position else car.reload_place)
            ready_s = _free_s(problem, vehicle, calls, number, opens=position == 0)
            onward = _onward(problem, vehicle, calls[number], before, ready_s, opens=position == 0)
            closing = _closing(problem, vehicle, calls[number], onward)
            loads = _loads(problem, picks[:position])
            yield ((trip, position, number, before, *closing), *_most(loads, position), peak)
            if position:
                opening = _opening(problem, vehicle, calls[number - 1], onward)
                loads = _loads(problem, picks[position:])
                yield ((trip, position, number, car.reload_place, *opening), *_most(loads, 0), peak)
        first += len(picks)


def _may_part(problem: Problem, picks: Sequence[Pick], position: int) -> bool:
    """Tell whether the vehicle may load before this visit: what is on board then stays at the depot."""
    done = {pick.task for pick in picks[:position]}
    nouns = (problem.tasks[pick.task] for pick in picks[position:])
    return all(noun.aboard is None and noun.brings_from not in done for noun in nouns)


def _closing(problem: Problem, vehicle: int, call: _Call, onward: _Row) -> _Row:
    """Return the row of a gap that ends a trip: the vehicle loads after it, then goes on to ``call``."""
    car, matrix = problem.vehicles[vehicle], problem.matrix(vehicle)
    base = car.reload_place
    reach_s = car.reload_s + matrix.travel_s(base, call.place) + problem.places[call.place].setup_s
    latest_s = call.windows_s - reach_s, call.shift_s - reach_s
    now = onward.now_s - reach_s, onward.now_m - matrix.travel_m(base, call.place)
    return _Row(base, 0, onward.ready_s, *latest_s, *now, LOADS.index(Load.AFTER), onward.halts - 1)


def _opening(problem: Problem, vehicle: int, last: _Call, onward: _Row) -> _Row:
    """Return the row of a gap that begins a trip: the vehicle loads before it, coming from ``last``."""
    car, matrix = problem.vehicles[vehicle], problem.matrix(vehicle)
    back_s = matrix.travel_s(last.place, car.reload_place) + car.reload_s
    ready_s = last.start_s + last.service_s + back_s
    now = onward.now_s - back_s, onward.now_m - matrix.travel_m(last.place, car.reload_place)
    load = LOADS.index(Load.BEFORE)
    return _Row(onward.after, 1, ready_s, onward.windows_s, onward.shift_s, *now, load, onward.halts)


def _home(problem: Problem, vehicle: int, following: _Call | None, before: int, ready_s: int) -> _Row:
    """Return the row of a gap at the end of a trip: what comes after is a depot, or nothing."""
    car, matrix = problem.vehicles[vehicle], problem.matrix(vehicle)
    if following is None:
        target, windows_s, shift_s = car.end, BEYOND_S, _limit_s(car)
        back_s = ready_s + (0 if target is None else matrix.travel_s(before, target))
        shift_s = max(shift_s, back_s)
    else:
        target = car.reload_place
        reach_s = car.reload_s + matrix.travel_s(target, following.place) + problem.places[following.place].setup_s
        windows_s, shift_s = following.windows_s - reach_s, following.shift_s - reach_s
    if target is None:
        return _Row(NOWHERE, 0, ready_s, windows_s, shift_s, 0, 0)
    drive = matrix.travel_s(before, target), matrix.travel_m(before, target)
    return _Row(target, 0, ready_s, windows_s, shift_s, *drive)


def _new_trip(problem: Problem, vehicle: int, calls: list[_Call]) -> tuple[int, _Row]:
    """Return where a trip after the last begins, and its row: the way home leads over the loading place."""
    car, matrix = problem.vehicles[vehicle], problem.matrix(vehicle)
    target = NOWHERE if car.end is None else car.end
    if not calls:
        return car.start, _Row(target, 0, car.shift.start_s, BEYOND_S, _limit_s(car), 0, 0)
    last, base = calls[-1], car.reload_place
    free_s = last.start_s + last.service_s
    ready_s = free_s + matrix.travel_s(last.place, base) + car.reload_s
    now_s, now_m = -matrix.travel_s(last.place, base) - car.reload_s, -matrix.travel_m(last.place, base)
    if car.end is not None:
        now_s += matrix.travel_s(last.place, car.end)
        now_m += matrix.travel_m(last.place, car.end)
    return base, _Row(target, 0, ready_s, BEYOND_S, _limit_s(car), now_s, now_m)


def _free_s(problem: Problem, vehicle: int, calls: list[_Call], number: int, *, opens: bool) -> int:
    """Return when the vehicle is free for what comes at a gap: after the visit before, or after loading."""
    car = problem.vehicles[vehicle]
    if number == 0:
        return car.shift.start_s
    last = calls[number - 1]
    free_s = last.start_s + last.service_s
    if opens:
        free_s += problem.matrix(vehicle).travel_s(last.place, car.reload_place) + car.reload_s
    return free_s


def _calls(problem: Problem, vehicle: int, trips: Trips) -> list[_Call]:
    """Play a route through from its earliest start, then look back how late everything may be."""
    car, matrix = problem.vehicles[vehicle], problem.matrix(vehicle)
    calls: list[_Call] = []
    here, free_s = car.start, car.shift.start_s
    for trip, picks in enumerate(trips):
        between_s = 0
        if trip:
            between_s, here = matrix.travel_s(here, car.reload_place) + car.reload_s, car.reload_place
        for position, pick in enumerate(picks):
            option = problem.option(pick.task, pick.option)
            setup_s = problem.places[option.place].setup_s if position == 0 or option.place != here else 0
            approach_s = between_s + matrix.travel_s(here, option.place) + setup_s
            start_s = earliest_start_s(option.windows, free_s + approach_s)
            calls.append(_Call(pick, option.place, approach_s, option.service_s, option.windows, start_s))
            here, free_s, between_s = option.place, start_s + option.service_s, 0
    return _with_slack(problem, vehicle, calls)


def _with_slack(problem: Problem, vehicle: int, calls: list[_Call]) -> list[_Call]:
    if not calls:
        return []
    car, matrix, last = problem.vehicles[vehicle], problem.matrix(vehicle), calls[-1]
    home_s = last.service_s + (0 if car.end is None else matrix.travel_s(last.place, car.end))
    windows_s, shift_s = BEYOND_S, max(_limit_s(car), last.start_s + home_s) - home_s
    timed: list[_Call] = []
    for call in reversed(calls):
        in_window = latest_start_in(call.windows, windows_s)
        in_shift = latest_ready_for(call.windows, shift_s)
        # What is late already may stay as late as it is.
        windows_s = max(call.start_s if in_window is None else in_window, call.start_s)
        shift_s = max(call.start_s if in_shift is None else in_shift, call.start_s)
        timed.append(replace(call, windows_s=windows_s, shift_s=shift_s))
        before_s = call.approach_s + (calls[-1 - len(timed)].service_s if len(timed) < len(calls) else 0)
        windows_s, shift_s = windows_s - before_s, shift_s - before_s
    return timed[::-1]


def _waits_s(problem: Problem, route: Route) -> list[int]:
    """Return, for every number of visits behind it, the waiting that lies ahead.

    Waiting before a visit stays what it is whatever comes later: who waits there could not start later before. Only
    somebody with several windows could.
    """
    waits: list[int] = []
    for stop in route.stops:
        free_s = stop.arrive_s + stop.setup_s
        for visit in stop.visits:
            waits.append(visit.start_s - free_s)
            free_s = visit.end_s
    several = any(len(problem.option(v.pick.task, v.pick.option).windows) > 1 for v in route.visits)
    return [sum(waits)] * (len(waits) + 1) if several else [sum(waits[number:]) for number in range(len(waits) + 1)]


def _limit_s(car: Vehicle) -> int:
    return car.shift.end_s + car.overtime_s_max


def _loads(problem: Problem, picks: Sequence[Pick]) -> list[tuple[int, ...]]:
    """Return what is on board after each visit of a trip, first what leaves the depot (goods fetched later apart)."""
    width = len(problem.dimensions)
    fetched: dict[int, list[int]] = {}
    for pick in picks:
        origin = problem.tasks[pick.task].brings_from
        if origin is not None:
            fetched.setdefault(origin, []).append(pick.task)
    load = [
        sum(problem.delivers(pick.task)[index] for pick in picks if problem.tasks[pick.task].brings_from is None)
        for index in range(width)
    ]
    loads = [tuple(load)]
    for pick in picks:
        boards, leaves = problem.collects(pick), problem.delivers(pick.task)
        for index in range(width):
            load[index] += boards[index] - leaves[index]
            load[index] += sum(problem.delivers(task)[index] for task in fetched.get(pick.task, ()))
        loads.append(tuple(load))
    return loads
