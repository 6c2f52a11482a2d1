"""Plays one route through from leaving to being back: rests, traffic by the hour, several windows, several trips.

Does what `logistics/routing/replay.py` does, in compiled code, for vehicles whose day cannot be judged in constant
time. A vehicle goes to load when the next stop does not fit, has its goods at the depot, or the plan wishes it
(`trips.py` cuts a row of stops in the same way).
"""

from __future__ import annotations

import math

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.columns import Flags, Small, Tables, Whole
from logistics.routing.edge.search.compiled import block, part

AT_ANY_TIME = 2**60
NOWHERE = c.ZERO + c.NONE


@block
def play(
    tables: Tables, position: Whole, loads: tuple[Whole, Flags], length: int, vehicle: int, depart_s: int
) -> tuple[int, int, int, int, int]:
    """Return when it is back, by how much it could leave later, metres, halts, and whether it may not be driven so.

    ``loads``: a table for counting (what left the depot, what changed since, the most it ever changed by), and where
    the vehicle wishes to load; where it has to is written there.
    """
    car = tables.car[vehicle]
    here, now_s, driven_s, due = car[c.C_START], depart_s, c.ZERO, c.ZERO
    while due < car[c.C_BREAKS] and tables.rest[vehicle, due, 1] < depart_s:
        due += 1
    waited_s, spare_s, metres, halts, trip, wrong = 0, AT_ANY_TIME, 0, 0, 1, 0
    several = car[c.C_TRIPS_MAX] > 1  # else loads are judged elsewhere, and there is no table of wishes
    board, reload = loads
    board[:] = 0
    for index in range(1, length + 1):
        node = position[index, c.P_NODE]
        what = tables.node[node]
        if several:
            reload[index] = _with_loading(tables, board, (node, vehicle), trip, reload[index] & c.WISHED)
            if reload[index] & c.LOADS:
                wrong |= index == 1  # a trip without a stop is no trip
                depot = car[c.C_RELOAD_PLACE]
                metres += tables.way[car[c.C_PROFILE], here, depot, c.W_METRES_TO]
                now_s, driven_s, due, late = _go(
                    tables, vehicle, (here, depot), (now_s, driven_s, due), (NOWHERE, c.ZERO)
                )
                wrong |= late
                now_s += car[c.C_RELOAD_S]
                here, trip = depot, trip + 1
                board[:] = 0
            wrong |= not _fits(tables, board, node, vehicle)
            _load(tables, board, node)
        wrong |= not _may_now(tables, node, vehicle, trip)
        place = what[c.N_PLACE]
        setup_s = tables.setup[place] if place != here else 0
        metres += tables.way[car[c.C_PROFILE], here, place, c.W_METRES_TO]
        halts += place != here
        drive_s = _drive_now_s(tables, car[c.C_PROFILE], here, place, now_s)
        start_s, end_s = _start(tables, node, now_s + drive_s + setup_s)
        if _is_restless(tables, vehicle, due, driven_s + drive_s, (start_s, start_s + what[c.N_SERVICE_S])):
            now_s, driven_s = now_s + drive_s, driven_s + drive_s
        else:
            now_s, driven_s, due, late = _go(tables, vehicle, (here, place), (now_s, driven_s, due), (node, setup_s))
            wrong |= late
            start_s, end_s = _start(tables, node, now_s + setup_s)
        wrong |= start_s > end_s
        waited_s += start_s - now_s - setup_s
        spare_s = min(spare_s, max(0, end_s - start_s) + waited_s)
        now_s = start_s + what[c.N_SERVICE_S]
        if depart_s == car[c.C_OPEN_S]:  # who leaves as early as can be tells what is possible behind this stop
            position[index, c.P_DEPART_S] = now_s
        here = place
    metres += tables.way[car[c.C_PROFILE], here, car[c.C_END], c.W_METRES_TO]
    back_s, late = _go_home(tables, vehicle, here, (now_s, driven_s, due))
    return back_s, min(spare_s, waited_s), metres, halts, int((wrong | late) != 0)


@part
def _is_restless(tables: Tables, vehicle: int, due: int, driven_s: int, service: tuple[int, int]) -> bool:
    """Tell whether nobody thinks of a rest until a service is over; ``driven_s``: on arrival, since the last rest."""
    car = tables.car[vehicle]
    if driven_s > car[c.C_DRIVE_MAX_S] > 0:
        return False
    if due == car[c.C_BREAKS]:
        return True
    return bool(service[0] <= tables.rest[vehicle, due, 0] and service[1] <= tables.rest[vehicle, due, 1])


@part
def _go_home(tables: Tables, vehicle: int, here: int, state: tuple[int, int, int]) -> tuple[int, int]:
    """Return when a vehicle is back, and 1 if a rest began too late; ``state``: now, driven, next break."""
    now_s, driven_s, due = state
    car, late = tables.car[vehicle], 0
    home = car[c.C_END]
    drive_s = _drive_now_s(tables, car[c.C_PROFILE], here, home, now_s)
    if _is_restless(tables, vehicle, due, driven_s + drive_s, (now_s, now_s + drive_s)):
        return now_s + drive_s, 0
    while due < car[c.C_BREAKS] and now_s + _drive_s(tables, vehicle, here, home, now_s, driven_s) > _due_s(
        tables, vehicle, due
    ):
        now_s, driven_s, missed = _rest(tables, vehicle, due, now_s, driven_s)
        late |= missed
        due += 1
    now_s, driven_s = _drive(tables, vehicle, here, home, now_s, driven_s)
    return now_s, late | int(driven_s > car[c.C_DRIVE_MAX_S] > 0)  # where hours differ no drive is cut by rests


@part
def _may_now(tables: Tables, node: int, vehicle: int, trip: int) -> bool:
    """Tell whether a vehicle may do this on that trip."""
    return bool(tables.may[tables.node[node, c.N_TASK], vehicle] & (c.FIRST_TRIP if trip == 1 else c.LATER_TRIP))


@part
def _with_loading(tables: Tables, board: Whole, what: tuple[int, int], trip: int, wish: int) -> int:
    """Return a wish (0 or WISHED), with LOADS added if the vehicle loads before the stop. ``what``: node, vehicle."""
    node, vehicle = what
    if trip >= tables.car[vehicle, c.C_TRIPS_MAX]:
        return wish
    if wish or not (_may_now(tables, node, vehicle, trip) and _fits(tables, board, node, vehicle)):
        return wish | c.LOADS
    return 0


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
    late |= int(driven_s > car[c.C_DRIVE_MAX_S] > 0)
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
    if tables.parts[tables.car[vehicle, c.C_PROFILE]] == 0:
        return int(drive_s + ((drive_s - 1) // most_s + (driven_s > 0)) * tables.car[vehicle, c.C_DRIVE_REST_S])
    rest_s = tables.car[vehicle, c.C_DRIVE_REST_S] if driven_s > 0 else c.ZERO
    return int(rest_s + travel_s(tables, tables.car[vehicle, c.C_PROFILE], here, there, now_s + rest_s))


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
    """Return the seconds of driving for who leaves now, as `HourlyMatrix.travel_s` does; a call, not a part."""
    return _drive_now_s(tables, profile, here, there, now_s)


@part
def _drive_now_s(tables: Tables, profile: int, here: int, there: int, now_s: int) -> int:
    """Do so, at once for who is there before the next part of the day begins."""
    if here == there:
        return 0
    parts = tables.parts[profile]
    if parts == 0:
        return int(tables.way[profile, here, there, c.W_SECONDS_TO] - tables.setup[there])
    index = 0
    while index + 1 < parts and tables.part_start[profile, index + 1] <= now_s:
        index += 1
    whole_s = int(tables.hour[profile, index, here, there])
    if index + 1 == parts or now_s + max(1, whole_s) <= tables.part_start[profile, index + 1]:
        return whole_s
    return _across_s(tables.hour[profile], tables.part_start[profile], (index, int(parts)), (here, there), now_s)


@block
def _across_s(hour: Small, part_start: Whole, among: tuple[int, int], way: tuple[int, int], now_s: int) -> int:
    """Return the seconds of a drive that ends in a later part of the day; ``among``: the first, of how many."""
    (index, parts), (here, there) = among, way
    left, moment_s = 1.0, float(now_s)
    while index + 1 < parts:
        whole_s = max(1, hour[index, here, there])
        until_s = part_start[index + 1]
        if moment_s + left * whole_s <= until_s:
            break
        left -= (until_s - moment_s) / whole_s
        moment_s, index = float(until_s), index + 1
    exact_s = moment_s + left * hour[index, here, there] - now_s
    return int(math.ceil(round(exact_s * 1e6) / 1e6))  # noqa: RUF046 - for mypy, which knows no type of it
