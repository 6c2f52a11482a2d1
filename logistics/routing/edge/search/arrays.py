"""A planning problem as flat arrays, for compiled code.

Places get numbers of their own: first the places of the options, each once, then one for each start, end and loading
of the vehicles. A start is a place of its own even if a customer lives there, since the first halt of a trip always
costs its set-up. Set-up lies on the way to a place, so it is paid once per halt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.columns import Flags, Real, Small, Tables, Whole
from logistics.routing.edge.search.expressible import is_timeless
from logistics.routing.matrix import UNREACHABLE, HourlyMatrix
from logistics.routing.model import LIMITLESS, Pick, Problem, Task, Vehicle

NEAR_MAX = 300  # neighbours of a node: a search that removes some ten tasks at once looks at a few dozen
NO_WAY = 2_000_000_000  # seconds where no way leads: later than any window, and still 32 bits
FARTHEST_M = 2**33  # there and back: more than two numbers of 32 bits come to
NO_LIMIT = 2**60


@dataclass(frozen=True, slots=True)
class Numbering:
    """The places of the problem behind the local places, and where the vehicles' own begin."""

    places: tuple[int, ...]  # of the problem; NONE ends a route wherever it is
    starts: dict[int, int]
    ends: dict[int, int]
    node_of: dict[Pick, int]
    picks: tuple[Pick, ...]
    option_places: int


def number(problem: Problem) -> Numbering:
    """Give numbers to options and places."""
    picks = tuple(Pick(t, o) for t, task in enumerate(problem.tasks) for o in range(len(task.options)))
    option_places = sorted({problem.option(pick.task, pick.option).place for pick in picks})
    starts = sorted({car.start for car in problem.vehicles} | {car.reload_place for car in problem.vehicles})
    ends = sorted({c.NONE if car.end is None else car.end for car in problem.vehicles})
    first_end = len(option_places) + len(starts)
    return Numbering(
        (*option_places, *starts, *ends),
        {place: len(option_places) + index for index, place in enumerate(starts)},
        {place: first_end + index for index, place in enumerate(ends)},
        {pick: node for node, pick in enumerate(picks)},
        picks,
        len(option_places),
    )


def flatten(problem: Problem) -> Tables:
    """Write a problem as arrays."""
    names = number(problem)
    way = _ways(problem, names)
    node = _nodes(problem, names)
    return Tables(
        node=node,
        load=_loads(problem, names),
        task=_tasks(problem),
        may=_may(problem),
        extra=_extra(problem),
        car=_cars(problem, names, timeless=is_timeless(problem) and bool((way[..., c.W_SECONDS_TO] < NO_WAY).all())),
        capacity=np.array(
            [[min(limit, LIMITLESS) * car.trips_max for limit in car.capacity] for car in problem.vehicles],
            dtype=np.int64,
        ).reshape(len(problem.vehicles), len(problem.dimensions)),
        window=_windows(problem, names),
        rest=_rests(problem),
        setup=_setup(problem, names),
        parts=np.array(
            [len(one.parts) if isinstance(one, HourlyMatrix) else 0 for one in problem.travel], dtype=np.int64
        ),
        part_start=_part_starts(problem),
        hour=_hours(problem, names),
        way=way,
        near=_near(node, way),
        room=np.array([problem.room[name] for name in sorted(problem.room)], dtype=np.int64),
        level=np.array([(one.preference_max, one.percent, 0) for one in problem.levels], dtype=np.int64).reshape(-1, 3),
        quota=np.array([problem.quotas[name] for name in sorted(problem.quotas)], dtype=np.int64),
        order=_orders(problem, node),
    )


def _nodes(problem: Problem, names: Numbering) -> Whole:
    local = {place: index for index, place in enumerate(names.places[: names.option_places])}
    rooms = {name: index for index, name in enumerate(sorted(problem.room))}
    opens_s = min((car.shift.start_s for car in problem.vehicles), default=0)
    closes_s = max((car.shift.end_s + car.overtime_s_max for car in problem.vehicles), default=0)
    rows = np.zeros((len(names.picks), c.NODE_COLUMNS), dtype=np.int64)
    first_window = 0
    for row, pick in zip(rows, names.picks, strict=True):
        option = problem.option(pick.task, pick.option)
        row[c.N_TASK], row[c.N_PLACE], row[c.N_SERVICE_S] = pick.task, local[option.place], option.service_s
        row[c.N_READY_S] = option.windows[0].start_s if option.windows else opens_s
        row[c.N_DUE_S] = option.windows[-1].end_s if option.windows else closes_s
        row[c.N_WINDOW], row[c.N_WINDOWS] = first_window, len(option.windows)
        first_window += len(option.windows)
        row[c.N_COST], row[c.N_PREFERENCE] = option.cost, option.preference
        row[c.N_ROOM], row[c.N_ROOM_USE] = rooms.get(option.room, c.NONE), option.room_use
    return rows


def _loads(problem: Problem, names: Numbering) -> Whole:
    pairs = [(problem.delivers(pick.task), problem.collects(pick)) for pick in names.picks]
    return np.array(pairs, dtype=np.int64).reshape(len(pairs), 2, len(problem.dimensions))


def _tasks(problem: Problem) -> Whole:
    carriers = {name: index for index, name in enumerate(sorted(problem.quotas))}
    pinned = {pick.task for car in problem.vehicles for pick in car.fixed}
    rows, first = [], 0
    for number, task in enumerate(problem.tasks):
        leave = c.NONE if task.leave_cost is None else task.leave_cost
        carrier = carriers.get(task.carrier, c.NONE)
        rebate = -min((option.cost for option in task.options), default=0) - min([0, *task.vehicle_cost.values()])
        gain_max = max(0, rebate) + max(0, leave)
        rows.append((first, len(task.options), leave, 1 + task.priority, carrier, number in pinned, gain_max))
        first += len(task.options)
    return np.array(rows, dtype=np.int64).reshape(-1, c.TASK_COLUMNS)


def may_on(task: Task, car: Vehicle) -> int:
    """Return on which trips a vehicle may do a task: ``FIRST_TRIP``, ``LATER_TRIP``, both added, or 0."""
    if (task.vehicles is not None and car.id not in task.vehicles) or not task.skills <= car.skills:
        return 0
    if task.aboard is not None:
        return c.FIRST_TRIP if task.aboard == car.id else 0
    from_depot = any(task.deliver) and task.brings_from is None
    return c.LATER_TRIP if car.underway and from_depot else c.FIRST_TRIP + c.LATER_TRIP


def _may(problem: Problem) -> Flags:
    table = np.zeros((len(problem.tasks), len(problem.vehicles)), dtype=np.uint8)
    known: dict[object, list[int]] = {}  # most tasks ask for the same, and a part of a day is written every half second
    for row, task in zip(table, problem.tasks, strict=True):
        asked = task.vehicles, task.skills, task.aboard, any(task.deliver) and task.brings_from is None
        if asked not in known:
            known[asked] = [may_on(task, car) for car in problem.vehicles]
        row[:] = known[asked]
    return table


def _extra(problem: Problem) -> Whole:
    table = np.zeros((len(problem.tasks), len(problem.vehicles)), dtype=np.int64)
    numbers = {car.id: number for number, car in enumerate(problem.vehicles)}
    for row, task in zip(table, problem.tasks, strict=True):
        for name, cost in task.vehicle_cost.items():
            if name in numbers:
                row[numbers[name]] = cost
    return table


def _cars(problem: Problem, names: Numbering, *, timeless: bool) -> Whole:
    kinds: dict[object, int] = {}
    split_windows = any(len(option.windows) > 1 for task in problem.tasks for option in task.options)
    collects = any(any(option.collect) for task in problem.tasks for option in task.options)
    special = {name for task in problem.tasks for name in (*task.vehicle_cost, *(task.vehicles or ()), task.aboard)}
    rows = np.zeros((len(problem.vehicles), c.CAR_COLUMNS), dtype=np.int64)
    for row, car in zip(rows, problem.vehicles, strict=True):
        alike = replace(car, id=car.id if car.id in special else "")
        row[c.C_START] = names.starts[car.start]
        row[c.C_END] = names.ends[c.NONE if car.end is None else car.end]
        row[c.C_OPEN_S], row[c.C_SHIFT_END_S] = car.shift.start_s, car.shift.end_s
        row[c.C_CLOSE_S] = car.shift.end_s + car.overtime_s_max
        row[c.C_FIXED], row[c.C_PER_M], row[c.C_PER_S] = car.cost_fixed, car.cost_per_m, car.cost_per_s
        row[c.C_PER_S_OVER] = car.cost_per_s_overtime
        row[c.C_METRES_MAX] = NO_LIMIT if car.distance_m_max is None else car.distance_m_max
        row[c.C_SECONDS_MAX] = NO_LIMIT if car.duration_s_max is None else car.duration_s_max
        row[c.C_STOPS_MAX] = NO_LIMIT if car.stops_max is None else car.stops_max
        row[c.C_PROFILE], row[c.C_KIND] = car.profile, kinds.setdefault(alike, len(kinds))
        row[c.C_LOCKED] = len(car.fixed)
        over = car.overtime_s_max > 0 and car.cost_per_s_overtime != 0
        row[c.C_BY_TIME] = car.cost_per_s != 0 or over or car.duration_s_max is not None
        row[c.C_BY_POSITION] = collects
        bounded = car.distance_m_max is not None or car.stops_max is not None
        row[c.C_BREAKS] = len(car.breaks)
        if car.drive_rest:
            row[c.C_DRIVE_MAX_S], row[c.C_DRIVE_REST_S] = car.drive_rest.drive_s_max, car.drive_rest.duration_s
        row[c.C_AT_ONCE] = car.underway
        row[c.C_TIMELESS] = timeless
        hourly = isinstance(problem.travel[car.profile], HourlyMatrix)
        resting = bool(car.breaks or car.drive_rest)
        row[c.C_COMPLEX] = resting or hourly or split_windows or car.trips_max > 1 or car.underway
        row[c.C_CAREFUL] = row[c.C_BY_TIME] or row[c.C_BY_POSITION] or bounded
        row[c.C_TRIPS_MAX], row[c.C_RELOAD_S] = car.trips_max, car.reload_s
        row[c.C_RELOAD_PLACE] = names.starts[car.reload_place]
    return rows


def _ways(problem: Problem, names: Numbering) -> Small:
    """Return metres and seconds between local places, there and back; set-up is part of the way to a place."""
    count = len(names.places)
    real = np.array([max(place, 0) for place in names.places], dtype=np.int64)
    setup = _setup(problem, names)
    anew = real[:, None] != real[None, :]
    anew[names.option_places :, :] = True
    ways = np.zeros((len(problem.travel), count, count, c.WAY_COLUMNS), dtype=np.int32)
    for rows, travel in zip(ways, problem.travel, strict=True):
        seconds, metres = travel.block(real, real)
        if isinstance(travel, HourlyMatrix):  # no judgement in constant time may be stricter than the day itself
            seconds = np.minimum.reduce([part.block(real, real)[0] for part in travel.parts])
        for index, place in enumerate(names.places):
            if place == c.NONE:
                seconds[:, index] = metres[:, index] = 0
        there = seconds + setup[None, :] * anew
        there = np.where(seconds >= UNREACHABLE, NO_WAY, np.minimum(there, NO_WAY))
        rows[:, :, c.W_METRES_TO], rows[:, :, c.W_METRES_FROM] = metres, metres.T
        rows[:, :, c.W_SECONDS_TO], rows[:, :, c.W_SECONDS_FROM] = there, there.T
    return ways


def _setup(problem: Problem, names: Numbering) -> Whole:
    setup = np.array([problem.places[max(place, 0)].setup_s for place in names.places], dtype=np.int64)
    setup[names.option_places :] = 0
    return setup


def _windows(problem: Problem, names: Numbering) -> Whole:
    rows = [
        (window.start_s, window.end_s)
        for pick in names.picks
        for window in problem.option(pick.task, pick.option).windows
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _rests(problem: Problem) -> Whole:
    most = max((len(car.breaks) for car in problem.vehicles), default=0)
    rows = np.zeros((len(problem.vehicles), most, 3), dtype=np.int64)
    for row, car in zip(rows, problem.vehicles, strict=True):
        for rank, due in enumerate(sorted(car.breaks, key=lambda one: one.window.end_s)):
            row[rank] = due.window.start_s, due.window.end_s, due.duration_s
    return rows


def _part_starts(problem: Problem) -> Whole:
    most = max((len(one.parts) for one in problem.travel if isinstance(one, HourlyMatrix)), default=0)
    rows = np.zeros((len(problem.travel), most), dtype=np.int64)
    for row, travel in zip(rows, problem.travel, strict=True):
        if isinstance(travel, HourlyMatrix):
            row[: len(travel.starts_s)] = travel.starts_s
    return rows


def _hours(problem: Problem, names: Numbering) -> Small:
    """Return the seconds of driving in each part of the day; nothing at all where all hours are alike."""
    most = max((len(one.parts) for one in problem.travel if isinstance(one, HourlyMatrix)), default=0)
    count = len(names.places) if most else 0
    real = np.array([max(place, 0) for place in names.places], dtype=np.int64)
    hours = np.zeros((len(problem.travel), most, count, count), dtype=np.int32)
    for rows, travel in zip(hours, problem.travel, strict=True):
        if isinstance(travel, HourlyMatrix):
            for row, part in zip(rows, travel.parts, strict=False):
                row[:] = np.minimum(part.block(real, real)[0], NO_WAY)
                row[:, np.array(names.places) == c.NONE] = 0
    return hours


def _near(node: Whole, way: Small) -> Small:
    """Return for each node the others by the metres to them; of one task, only other tasks' nodes count."""
    places, tasks = node[:, c.N_PLACE], node[:, c.N_TASK]
    most = min(NEAR_MAX, max(0, len(node) - 1))
    near = np.zeros((len(node), most), dtype=np.int32)
    between = way[0, :, :, c.W_METRES_TO].astype(np.int64) + way[0, :, :, c.W_METRES_FROM]
    for index, row in enumerate(near):
        far = between[places[index]][places]
        far[tasks == tasks[index]] = FARTHEST_M
        far[index] = -1  # itself comes first
        # Metres and node as one number: whole numbers are sorted several times as quickly as places are by them.
        row[:] = np.sort(far * len(node) + np.arange(len(node)))[:most] % len(node)
    return near


def _orders(problem: Problem, node: Whole) -> Real:
    """Return what tasks are sorted by: the heavy, the far, the near, those with few hours come first."""
    rows = np.zeros((4, len(problem.tasks)), dtype=np.float64)
    if not len(node) or not problem.vehicles:
        return rows
    starts = np.array(sorted({car.start for car in problem.vehicles}), dtype=np.int64)
    places = np.array([option.place for task in problem.tasks for option in task.options], dtype=np.int64)
    far = problem.travel[0].block(starts, places)[1].min(axis=0)
    hours = node[:, c.N_DUE_S] - node[:, c.N_READY_S]
    largest = [max(1, *(car.capacity[k] for car in problem.vehicles), 1) for k in range(len(problem.dimensions))]
    rows[0] = [-sum(load / most for load, most in zip(task.deliver, largest, strict=False)) for task in problem.tasks]
    rows[2] = NO_WAY
    np.minimum.at(rows[2], node[:, c.N_TASK], far)
    rows[1] = -rows[2]
    np.add.at(rows[3], node[:, c.N_TASK], hours)
    return rows
