"""Plays one route through from leaving to being back: rests, traffic by the hour, several windows, several trips.

Does what `logistics/routing/replay.py` does, in compiled code, for vehicles whose day cannot be judged in constant
time. Trips are not written into a route: a vehicle goes to load when the next stop does not fit, or has its goods at
the depot (`trips.py` reads them out in the same way).
"""

from __future__ import annotations

import math

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.columns import Tables, Whole
from logistics.routing.edge.search.compiled import block, part

AT_ANY_TIME = 2**60
FIRST_TRIP, LATER_TRIP = 1, 2
NOWHERE = c.ZERO + c.NONE


@block
def play(
    tables: Tables, position: Whole, board: Whole, length: int, vehicle: int, depart_s: int
) -> tuple[int, int, int, int, int]:
    """Return when it is back, by how much it could leave later, metres, halts, and whether it may not be driven so.

    ``board`` is for counting loads: what left the depot, what changed since, the most it ever changed by.
    """
    car = tables.car[vehicle]
    here, now_s, driven_s, due = car[c.C_START], depart_s, c.ZERO, c.ZERO
    while due < car[c.C_BREAKS] and tables.rest[vehicle, due, 1] < depart_s:
        due += 1
    waited_s, spare_s, metres, halts, trip, wrong = 0, AT_ANY_TIME, 0, 0, 1, 0
    board[:] = 0
    for index in range(1, length + 1):
        node = position[index, c.P_NODE]
        what = tables.node[node]
        may = tables.may[what[c.N_TASK], vehicle]
        allowed = may & (FIRST_TRIP if trip == 1 else LATER_TRIP)
        if not (allowed and _fits(tables, board, node, vehicle)) and trip < car[c.C_TRIPS_MAX]:
            wrong |= index == 1  # a trip without a stop is no trip
            target = car[c.C_RELOAD_PLACE]
            metres += tables.way[car[c.C_PROFILE], here, target, c.W_METRES_TO]
            now_s, driven_s, due, late = _go(tables, vehicle, (here, target), (now_s, driven_s, due), (NOWHERE, c.ZERO))
            wrong |= late
            now_s += car[c.C_RELOAD_S]
            here, trip = target, trip + 1
            board[:] = 0
            allowed = may & LATER_TRIP
        wrong |= allowed == 0
        wrong |= not _fits(tables, board, node, vehicle)
        _load(tables, board, node)
        place = what[c.N_PLACE]
        setup_s = tables.setup[place] if place != here else 0
        metres += tables.way[car[c.C_PROFILE], here, place, c.W_METRES_TO]
        halts += place != here
        now_s, driven_s, due, late = _go(tables, vehicle, (here, place), (now_s, driven_s, due), (node, setup_s))
        wrong |= late
        ready_s = now_s + setup_s
        start_s, end_s = _start(tables, node, ready_s)
        wrong |= start_s > end_s
        waited_s += start_s - ready_s
        spare_s = min(spare_s, max(0, end_s - start_s) + waited_s)
        now_s = start_s + what[c.N_SERVICE_S]
        here = place
    home = car[c.C_END]
    metres += tables.way[car[c.C_PROFILE], here, home, c.W_METRES_TO]
    while due < car[c.C_BREAKS] and now_s + _drive_s(tables, vehicle, here, home, now_s, driven_s) > _due_s(
        tables, vehicle, due
    ):
        now_s, driven_s, late = _rest(tables, vehicle, due, now_s, driven_s)
        wrong |= late
        due += 1
    now_s, driven_s = _drive(tables, vehicle, here, home, now_s, driven_s)
    return now_s, min(spare_s, waited_s), metres, halts, int(wrong != 0)


@part
def _due_s(tables: Tables, vehicle: int, due: int) -> int:
    return int(tables.rest[vehicle, due, 1])


@part
def _fits(tables: Tables, board: Whole, node: int, vehicle: int) -> bool:
    """Tell whether one more stop fits on this trip; ``capacity`` holds all trips together."""
    trips = tables.car[vehicle, c.C_TRIPS_MAX]
    for dimension in range(tables.capacity.shape[1]):
        out, into = tables.load[node, 0, dimension], tables.load[node, 1, dimension]
        change = board[1, dimension] + into - out
        most = board[0, dimension] + out + max(board[2, dimension], change)
        if most > tables.capacity[vehicle, dimension] // trips:
            return False
    return True


@part
def _load(tables: Tables, board: Whole, node: int) -> None:
    for dimension in range(tables.capacity.shape[1]):
        out, into = tables.load[node, 0, dimension], tables.load[node, 1, dimension]
        board[0, dimension] += out
        board[1, dimension] += into - out
        board[2, dimension] = max(board[2, dimension], board[1, dimension])


@part
def _start(tables: Tables, node: int, ready_s: int) -> tuple[int, int]:
    """Return when service starts, and the end of the window it starts in."""
    what = tables.node[node]
    first, count = what[c.N_WINDOW], what[c.N_WINDOWS]
    for index in range(first, first + count):
        if ready_s <= tables.window[index, 1]:
            return max(ready_s, tables.window[index, 0]), tables.window[index, 1]
    return ready_s, (tables.window[first + count - 1, 1] if count else AT_ANY_TIME)


@block
def _go(
    tables: Tables, vehicle: int, way: tuple[int, int], state: tuple[int, int, int], halt: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Drive to a halt, resting where it is time; ``state``: now, driven, next break; ``halt``: node, set-up."""
    now_s, driven_s, due = state
    node, setup_s = halt
    car, late = tables.car[vehicle], 0
    if node < 0:
        setup_s = car[c.C_RELOAD_S]
    if due < car[c.C_BREAKS]:
        arrive_s = now_s + _drive_s(tables, vehicle, way[0], way[1], now_s, driven_s)
        while due < car[c.C_BREAKS] and arrive_s > tables.rest[vehicle, due, 1]:
            if _end_s(tables, node, arrive_s + setup_s) <= tables.rest[vehicle, due, 1]:
                break
            now_s, driven_s, missed = _rest(tables, vehicle, due, now_s, driven_s)
            late |= missed
            due += 1
            arrive_s = now_s + _drive_s(tables, vehicle, way[0], way[1], now_s, driven_s)
    now_s, driven_s = _drive(tables, vehicle, way[0], way[1], now_s, driven_s)
    while due < car[c.C_BREAKS]:
        open_s, close_s = tables.rest[vehicle, due, 0], tables.rest[vehicle, due, 1]
        start_s = now_s + setup_s if node < 0 else _start(tables, node, now_s + setup_s)[0]
        rest_s = max(now_s, open_s)
        idle = rest_s <= close_s and rest_s + tables.rest[vehicle, due, 2] + setup_s <= start_s
        if not idle and _end_s(tables, node, now_s + setup_s) <= close_s:
            break
        now_s, driven_s, missed = _rest(tables, vehicle, due, now_s, driven_s)
        late |= missed
        due += 1
    return now_s, driven_s, due, late


@part
def _end_s(tables: Tables, node: int, ready_s: int) -> int:
    """Return when the service of a node would end (NONE: loading, which is all set-up)."""
    if node < 0:
        return ready_s
    return int(_start(tables, node, ready_s)[0] + tables.node[node, c.N_SERVICE_S])


@part
def _rest(tables: Tables, vehicle: int, due: int, now_s: int, driven_s: int) -> tuple[int, int, int]:
    """Take a break; return when it ends, what was driven since the last rest, and whether it began too late."""
    start_s, duration_s = max(now_s, tables.rest[vehicle, due, 0]), tables.rest[vehicle, due, 2]
    enough = tables.car[vehicle, c.C_DRIVE_MAX_S] and duration_s >= tables.car[vehicle, c.C_DRIVE_REST_S]
    late = int(start_s > tables.rest[vehicle, due, 1])
    return start_s + duration_s, (c.ZERO if enough else driven_s), late


@block
def _drive_s(tables: Tables, vehicle: int, here: int, there: int, now_s: int, driven_s: int) -> int:
    """Return how long a drive takes, with the rests it needs."""
    drive_s = travel_s(tables, tables.car[vehicle, c.C_PROFILE], here, there, now_s)
    most_s = tables.car[vehicle, c.C_DRIVE_MAX_S]
    if most_s == 0 or driven_s + drive_s <= most_s:
        return drive_s
    return int(drive_s + ((drive_s - 1) // most_s + (driven_s > 0)) * tables.car[vehicle, c.C_DRIVE_REST_S])


@block
def _drive(tables: Tables, vehicle: int, here: int, there: int, now_s: int, driven_s: int) -> tuple[int, int]:
    profile = tables.car[vehicle, c.C_PROFILE]
    most_s, rest_s = tables.car[vehicle, c.C_DRIVE_MAX_S], tables.car[vehicle, c.C_DRIVE_REST_S]
    drive_s = travel_s(tables, profile, here, there, now_s)
    if most_s and driven_s and driven_s + drive_s > most_s:
        now_s, driven_s = now_s + rest_s, c.ZERO
        drive_s = travel_s(tables, profile, here, there, now_s)
    while most_s and drive_s > most_s and tables.parts[profile] == 0:
        now_s, drive_s, driven_s = now_s + most_s + rest_s, drive_s - most_s, c.ZERO
    return now_s + drive_s, driven_s + drive_s


@block
def travel_s(tables: Tables, profile: int, here: int, there: int, now_s: int) -> int:
    """Return the seconds of driving for who leaves now, as `HourlyMatrix.travel_s` does."""
    if here == there:
        return 0
    parts = tables.parts[profile]
    if parts == 0:
        return int(tables.way[profile, here, there, c.W_SECONDS_TO] - tables.setup[there])
    index = 0
    while index + 1 < parts and tables.part_start[profile, index + 1] <= now_s:
        index += 1
    left, moment_s = 1.0, float(now_s)
    while index + 1 < parts:
        whole_s = max(1, tables.hour[profile, index, here, there])
        until_s = tables.part_start[profile, index + 1]
        if moment_s + left * whole_s <= until_s:
            break
        left -= (until_s - moment_s) / whole_s
        moment_s, index = float(until_s), index + 1
    exact_s = moment_s + left * tables.hour[profile, index, here, there] - now_s
    return int(math.ceil(round(exact_s * 1e6) / 1e6))  # noqa: RUF046 - for mypy, which knows no type of it
