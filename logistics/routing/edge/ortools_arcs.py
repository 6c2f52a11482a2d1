"""Seconds, metres and halts between all nodes of a RoutingModel, and limits wide enough for what is fixed already.

Set-up and driving lie on the arc into a node, so consecutive visits at one place share one halt. Where traffic depends
on the hour, an arc takes what it takes at worst in the hours in which its origin can be left; from where one may leave
at any time, what it takes in the mean of the shift. The judge says whether the result holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from logistics.routing.edge.ortools_nodes import OPEN_END, Nodes, loads_first
from logistics.routing.matrix import UNREACHABLE, HourlyMatrix, Travel
from logistics.routing.model import Pick, Problem, TimeWindow, Vehicle
from logistics.routing.replay import earliest_start_s

Matrix = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Arcs:
    """One array a profile, row = from, column = to.

    ``seconds``: service there, driving, set-up here, loading. ``drives``: the part of it at the wheel.
    ``halts``: 1 where arriving is a halt of its own (one array for all profiles).
    """

    seconds: tuple[Matrix, ...]
    drives: tuple[Matrix, ...]
    metres: tuple[Matrix, ...]
    halts: Matrix


def list_arcs(problem: Problem, nodes: Nodes) -> Arcs:
    """Measure the ways between all nodes."""
    places = places_of(problem, nodes)
    options = [problem.option(pick.task, pick.option) for pick in nodes.picks]
    blank = np.zeros(len(nodes) - len(options), dtype=np.int64)
    service = np.concatenate([np.array([option.service_s for option in options], dtype=np.int64), blank])
    setup = np.array([problem.places[option.place].setup_s for option in options], dtype=np.int64)
    halts = (places[:, None] != places[None, :]).astype(np.int64)
    halts[len(options) :, :] = 1
    halts[:, len(options) :] = 0
    work = service[:, None] + halts * np.concatenate([setup, blank])[None, :] + _loading(problem, nodes)
    seconds, drives, metres = [], [], []
    for profile, travel in enumerate(problem.travel):
        drive_s, drive_m = travel.block(places, places)
        if isinstance(travel, HourlyMatrix):
            drive_s = _by_the_hour(problem, nodes, profile, travel)
        if OPEN_END in nodes.depots:
            end = nodes.depot(None)
            drive_s[:, end] = drive_m[:, end] = 0
        seconds.append(drive_s + work)
        drives.append(drive_s)
        metres.append(drive_m)
    return Arcs(tuple(seconds), tuple(drives), tuple(metres), halts)


def places_of(problem: Problem, nodes: Nodes) -> Matrix:
    """Return the place of every node (that of an open end means nothing)."""
    options = [problem.option(pick.task, pick.option).place for pick in nodes.picks]
    reloads = [problem.vehicles[vehicle].reload_place for vehicle in nodes.reloads]
    return np.array([*options, *reloads, *(max(place, 0) for place in nodes.depots)], dtype=np.int64)


def _loading(problem: Problem, nodes: Nodes) -> Matrix:
    """Charge loading where a reload that is needed differs from one that is not; see `loads_first`."""
    loading = np.zeros((len(nodes), len(nodes)), dtype=np.int64)
    picks = len(nodes.picks)
    for node, vehicle in enumerate(nodes.reloads, picks):
        car = problem.vehicles[vehicle]
        if loads_first(car):
            loading[:picks, node] = car.reload_s
        else:
            loading[node, :picks] = car.reload_s
    return loading


# -- traffic by the hour -----------------------------------------------------------------------------------------------


def _by_the_hour(problem: Problem, nodes: Nodes, profile: int, travel: HourlyMatrix) -> Matrix:
    places = places_of(problem, nodes)
    parts = np.stack([part.block(places, places)[0] for part in travel.parts])
    drive_s = _mean(travel, parts, _hours(problem, profile))
    for node, pick in enumerate(nodes.picks):
        option = problem.option(pick.task, pick.option)
        if option.windows:
            ways = parts[:, node, :]
            longest_s = int(ways[ways < UNREACHABLE].max(initial=0))
            first = _part(travel, option.windows[0].start_s + option.service_s)
            last = _part(travel, option.windows[-1].end_s + option.service_s + longest_s)
            drive_s[node] = parts[first : last + 1, node, :].max(axis=0)
    return drive_s


def _hours(problem: Problem, profile: int) -> TimeWindow:
    shifts = [(car.shift.start_s, car.shift.end_s) for car in problem.vehicles if car.profile == profile] or [(0, 1)]
    return TimeWindow(min(start_s for start_s, _ in shifts), max(end_s for _, end_s in shifts))


def _part(travel: HourlyMatrix, moment_s: int) -> int:
    return max(0, bisect_right(travel.starts_s, moment_s) - 1)


def _mean(travel: HourlyMatrix, parts: Matrix, hours: TimeWindow) -> Matrix:
    """Return the mean of the parts of the day, each weighed by its share of these hours, rounded up."""
    edges = [hours.start_s, *travel.starts_s[1:], max(hours.end_s, hours.start_s + 1)]
    inside = np.clip(np.array(edges), edges[0], edges[-1])
    shares = np.diff(inside) / (edges[-1] - edges[0])
    return np.ceil(np.tensordot(shares, parts.astype(np.float64), axes=1) - 1e-6).astype(np.int64)


# -- limits ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a vehicle may do at most; raised where it cannot be kept any more, for that is no reason to plan nothing.

    ``late``: when picks that are fixed and come after their last window start at the soonest.
    """

    end_s: int
    duration_s: int | None
    distance_m: int | None
    stops: int | None
    capacity: tuple[int, ...]
    late: Mapping[Pick, int]


def bounds_of(problem: Problem, nodes: Nodes, arcs: Arcs, vehicle: int) -> Bounds:
    """Return the limits of a vehicle, wide enough for going straight home and for what it does first anyway."""
    car = problem.vehicles[vehicle]
    numbers = {pick: node for node, pick in enumerate(nodes.picks)}
    way = [nodes.depot(car.start), *(numbers[pick] for pick in car.fixed), nodes.depot(car.end)]
    times = _play(problem, car, way, arcs.seconds[car.profile])
    steps = list(pairwise(way))
    distance_m = int(sum(arcs.metres[car.profile][a, b] for a, b in steps))
    late = {
        pick: start_s
        for pick, start_s in zip(car.fixed, times[1:], strict=False)
        if (windows := problem.option(pick.task, pick.option).windows) and start_s > windows[-1].end_s
    }
    return Bounds(
        end_s=max(car.shift.end_s + car.overtime_s_max, times[-1]),
        duration_s=_raised(car.duration_s_max, times[-1] - times[0]),
        distance_m=_raised(car.distance_m_max, distance_m),
        stops=_raised(car.stops_max, int(sum(arcs.halts[a, b] for a, b in steps))),
        capacity=tuple(max(limit, _needed(problem, car, dimension)) for dimension, limit in enumerate(car.capacity)),
        late=late,
    )


def _raised(limit: int | None, needed: int) -> int | None:
    return None if limit is None else max(limit, needed)


def _play(problem: Problem, car: Vehicle, way: list[int], seconds: Matrix) -> list[int]:
    """Return departure, starts of service and arrival of who stops at what is fixed and nowhere else."""
    rests_s = sum(one.duration_s for one in car.breaks) + (car.drive_rest.duration_s if car.drive_rest else 0)
    now_s, times = car.shift.start_s + (rests_s if car.fixed else 0), []
    for pick, (here, there) in zip(car.fixed, pairwise(way), strict=False):
        windows = problem.option(pick.task, pick.option).windows
        now_s = earliest_start_s(windows, now_s + int(seconds[here, there]))
        times.append(now_s)
    first_s = times[0] - int(seconds[way[0], way[1]]) if times and not car.underway else car.shift.start_s
    return [first_s, *times, now_s + int(seconds[way[-2], way[-1]])]


def _needed(problem: Problem, car: Vehicle, dimension: int) -> int:
    """Return the room that what is fixed cannot do without: who may reload is not bound to bring it all at once."""
    trips = [car.fixed] if car.trips_max == 1 else [(pick,) for pick in car.fixed]
    return max((_peak(problem, trip, dimension) for trip in trips), default=0)


def _peak(problem: Problem, picks: tuple[Pick, ...], dimension: int) -> int:
    """Return the most that is on board of who does only these on one trip."""
    tasks = problem.tasks
    load = sum(problem.delivers(pick.task)[dimension] for pick in picks if tasks[pick.task].brings_from is None)
    most = load
    for pick in picks:
        fetched = [n for n, other in enumerate(tasks) if other.brings_from == pick.task]
        load += problem.collects(pick)[dimension] - problem.delivers(pick.task)[dimension]
        load += sum(problem.delivers(other)[dimension] for other in fetched)
        most = max(most, load)
    return most


def is_hourly(travel: Travel) -> bool:
    """Tell whether the arcs of this travel are an estimate."""
    return isinstance(travel, HourlyMatrix)
