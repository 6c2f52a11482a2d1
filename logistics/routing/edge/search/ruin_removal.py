"""Takes tasks off their routes: strings of neighbours, whole routes, users of one room, tasks at random.

Strings are those of Christiaens and Vanden Berghe (2020), "Slack induction by string removals for vehicle routing
problems", section 5.1: around a seed, each route near it loses some visits in a row, half the time with a few kept in
their midst.
"""

from __future__ import annotations

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.columns import BEFORE, NOW, Flags, Tables, Whole
from logistics.routing.edge.search.compiled import block, part
from logistics.routing.edge.search.ruin_chance import below, chance
from logistics.routing.edge.search.ruin_state import State
from logistics.routing.edge.search.ruin_timing import retime

REMOVED_MEAN = 10.0  # tasks removed on average (the paper's figure; measured as best here too)
STRING_MAX = 10  # visits in one string
SPLIT_SHARE = 0.5  # of strings keep some visits in their midst
SPLIT_GROWS = 0.01  # the chance that this midst grows by one more; the paper's beta
ROOM_SHARE = 0.03  # of ruins take users off one room
ROUTE_SHARE = 0.02  # of ruins empty a whole route
RANDOM_SHARE = 0.03  # of ruins take tasks at random
WISH_SHARE = 0.3  # of routes that lose a stop and have several trips load elsewhere, too
INSTEAD_SHARE = 0.5  # of them nowhere else
ABSENT_SHARE = 0.5  # of ruins start near a task that is on no route, if there is one


@part
def touch(state: State, vehicle: int) -> None:
    """Keep a route as it is, so that it can be put back; to be called before its first change."""
    if state.touch[vehicle]:
        return
    state.touch[vehicle] = 1
    state.touched[state.figure[NOW, c.F_TOUCHED]] = vehicle
    state.figure[NOW, c.F_TOUCHED] += 1
    state.stamps[BEFORE, vehicle] = state.stamps[NOW, vehicle]
    keep_row(state.position, state.segment, (state.peak, state.reload), state.route, (NOW, BEFORE, vehicle))


@part
def stamp(state: State, vehicle: int) -> None:
    """Mark a route as changed."""
    state.stamp[0] += 1
    state.stamps[NOW, vehicle] = state.stamp[0]


@block
def keep_row(
    position: Whole, segment: Whole, loads: tuple[Whole, Flags], route: Whole, way: tuple[int, int, int]
) -> None:
    """Copy a route from one half of the tables to the other; ``way``: from which, to which, which vehicle.

    ``loads``: the state's peak and reload.
    """
    peak, reload = loads
    source, target, vehicle = way
    ends = route[source, vehicle, c.R_LENGTH] + 2
    row, into = route[source, vehicle], route[target, vehicle]
    for column in range(len(row)):
        into[column] = row[column]
    rows, copy = position[source, vehicle], position[target, vehicle]
    for index in range(ends):
        for column in range(c.P_METRES + 1):
            copy[index, column] = rows[index, column]
    rows, copy = segment[source, vehicle], segment[target, vehicle]
    for index in range(min(ends, len(rows))):
        for column in range(c.SEGMENT_COLUMNS):
            copy[index, column] = rows[index, column]
    peaks, peaks_copy = peak[source, vehicle], peak[target, vehicle]
    for index in range(min(ends, len(peaks))):
        for side in range(2):
            for dimension in range(peaks.shape[2]):
                peaks_copy[index, side, dimension] = peaks[index, side, dimension]
    for index in range(min(ends, reload.shape[2])):
        reload[target, vehicle, index] = reload[source, vehicle, index]


@part
def ruin(tables: Tables, state: State) -> None:
    """Take about ten tasks off their routes, and put times to what is left."""
    taken = 0
    if state.figure[NOW, c.F_OPEN] > 0:
        lot = chance(state.lots)
        if lot < ROUTE_SHARE:
            taken = _whole_route(tables, state)
        elif lot < ROUTE_SHARE + RANDOM_SHARE:
            taken = _at_random(tables, state, c.NONE)
        elif lot < ROUTE_SHARE + RANDOM_SHARE + ROOM_SHARE and len(tables.room):
            taken = _at_random(tables, state, below(state.lots, len(tables.room)))
        else:
            taken = _strings(tables, state)
    for index in range(taken):
        _take(tables, state, state.turn[index])
    for index in range(state.figure[NOW, c.F_TOUCHED]):
        _close_gaps(tables, state, state.touched[index])
    _close_empty(state)


@part
def _take(tables: Tables, state: State, task: int) -> None:
    """Take a task off its route; the gap is closed later."""
    where, figure, noun = state.where[task], state.figure[NOW], tables.task[task]
    vehicle = where[c.A_VEHICLE]
    if vehicle < 0 or noun[c.T_PINNED]:
        return
    touch(state, vehicle)
    what = tables.node[where[c.A_NODE]]
    state.position[NOW, vehicle, where[c.A_POSITION], c.P_NODE] = c.NONE
    where[c.A_VEHICLE] = c.NONE
    state.absent[NOW, figure[c.F_ABSENT]] = task
    figure[c.F_ABSENT] += 1
    if what[c.N_ROOM] >= 0:
        state.room[NOW, what[c.N_ROOM]] -= what[c.N_ROOM_USE]
    for level in range(len(tables.level)):
        state.below[NOW, level] -= what[c.N_PREFERENCE] > tables.level[level, 0]
    if noun[c.T_LEAVE_COST] >= 0:
        figure[c.F_COST] += noun[c.T_LEAVE_COST]
        figure[c.F_DUE] -= 1
        if noun[c.T_CARRIER] >= 0:
            state.gone[NOW, noun[c.T_CARRIER]] += 1
    else:
        figure[c.F_MISSING] += noun[c.T_WORTH]


@part
def _close_gaps(tables: Tables, state: State, vehicle: int) -> None:
    position, before = state.position[NOW, vehicle], state.route[NOW, vehicle, c.R_COST]
    if tables.car[vehicle, c.C_TRIPS_MAX] > 1:
        _close_trips(state, vehicle)
    kept = 0
    for index in range(1, state.route[NOW, vehicle, c.R_LENGTH] + 1):
        node = position[index, c.P_NODE]
        if node >= 0:
            kept += 1
            position[kept, c.P_NODE] = node
    state.route[NOW, vehicle, c.R_LENGTH] = kept
    loads = (state.peak, state.board, state.reload)
    retime(tables, state.position, state.segment, loads, state.route, state.where, vehicle)
    stamp(state, vehicle)
    state.figure[NOW, c.F_COST] += state.route[NOW, vehicle, c.R_COST] - before


@part
def _close_trips(state: State, vehicle: int) -> None:
    """Hand the wish to load before a stop that was taken on to the next; now and then have another wish."""
    position, reload = state.position[NOW, vehicle], state.reload[NOW, vehicle]
    kept, wished = 0, False
    for index in range(1, state.route[NOW, vehicle, c.R_LENGTH] + 1):
        wished |= bool(reload[index] & c.WISHED)
        if position[index, c.P_NODE] >= 0:
            kept += 1
            reload[kept] = c.WISHED * (wished and kept > 1)
            wished = False
    if kept > 1 and chance(state.lots) < WISH_SHARE:
        other = 2 + below(state.lots, kept - 1)
        wish = not reload[other] & c.WISHED
        if wish and chance(state.lots) < INSTEAD_SHARE:
            for index in range(1, kept + 1):
                reload[index] = 0
        reload[other] = c.WISHED * wish


@part
def _close_empty(state: State) -> None:
    """Take vehicles that stay at home off the list of those that move."""
    kept = 0
    for rank in range(state.figure[NOW, c.F_OPEN]):
        vehicle = state.open_[NOW, rank]
        if state.route[NOW, vehicle, c.R_LENGTH]:
            state.open_[NOW, kept] = vehicle
            kept += 1
    state.figure[NOW, c.F_OPEN] = kept


@part
def _seed(tables: Tables, state: State) -> int:
    """Return a node to ruin around: any option of a random task, rather of one that is absent."""
    absent = state.figure[NOW, c.F_ABSENT]
    task = below(state.lots, len(tables.task))
    if absent and chance(state.lots) < ABSENT_SHARE:
        one = state.absent[NOW, below(state.lots, absent)]
        if tables.task[one, c.T_LEAVE_COST] < 0 or chance(state.lots) < ABSENT_SHARE / 2:
            task = one
    return int(tables.task[task, c.T_FIRST_NODE]) + below(state.lots, max(1, tables.task[task, c.T_NODES]))


@part
def _strings(tables: Tables, state: State) -> int:
    """Write the tasks of some strings to ``state.turn``; return how many."""
    where, near = state.where, tables.near
    routes = state.figure[NOW, c.F_OPEN]
    on_routes = len(tables.task) - state.figure[NOW, c.F_ABSENT]
    longest = min(float(STRING_MAX), on_routes / routes)
    strings = int(1.0 + chance(state.lots) * (4.0 * REMOVED_MEAN / (1.0 + longest) - 1.0))
    seed = _seed(tables, state)
    taken = c.ZERO
    for rank in range(near.shape[1]):
        if state.figure[NOW, c.F_TOUCHED] >= strings:
            break
        node = near[seed, rank]
        task = tables.node[node, c.N_TASK]
        vehicle = where[task, c.A_VEHICLE]
        if vehicle < 0 or where[task, c.A_NODE] != node or state.touch[vehicle]:
            continue
        length = state.route[NOW, vehicle, c.R_LENGTH]
        size = int(1.0 + chance(state.lots) * min(float(length), longest))
        taken = _string(tables, state, vehicle, where[task, c.A_POSITION], size, taken)
        touch(state, vehicle)
    return taken


@part
def _string(tables: Tables, state: State, vehicle: int, position: int, size: int, taken: int) -> int:
    """Add ``size`` visits in a row, the given one among them; perhaps of a longer row with a midst that stays."""
    length = state.route[NOW, vehicle, c.R_LENGTH]
    size = min(size, length)
    kept = 0
    if size > 1 and size < length and chance(state.lots) < SPLIT_SHARE:
        kept = 1
        while size + kept < length and chance(state.lots) < SPLIT_GROWS:
            kept += 1
    span = size + kept
    first = max(1, position - span + 1)
    last = min(position, length - span + 1)
    start = first + below(state.lots, last - first + 1)
    midst = start + 1 + below(state.lots, size - 1) if kept else start + span
    for index in range(start, start + span):
        if index < midst or index >= midst + kept:
            state.turn[taken] = tables.node[state.position[NOW, vehicle, index, c.P_NODE], c.N_TASK]
            taken += 1
    return taken


@part
def _whole_route(tables: Tables, state: State) -> int:
    """Choose one of two random routes, the shorter."""
    routes = state.figure[NOW, c.F_OPEN]
    vehicle = state.open_[NOW, below(state.lots, routes)]
    other = state.open_[NOW, below(state.lots, routes)]
    if state.route[NOW, other, c.R_LENGTH] < state.route[NOW, vehicle, c.R_LENGTH]:
        vehicle = other
    length = state.route[NOW, vehicle, c.R_LENGTH]
    for index in range(length):
        state.turn[index] = tables.node[state.position[NOW, vehicle, index + 1, c.P_NODE], c.N_TASK]
    return int(length)


@part
def _at_random(tables: Tables, state: State, room: int) -> int:
    """Choose some tasks by lot: any (``room`` NONE), or those in one room."""
    taken = 0
    for _ in range(int(REMOVED_MEAN) * (1 if room < 0 else 4)):
        task = below(state.lots, len(tables.task))
        if state.where[task, c.A_VEHICLE] < 0 or taken == len(state.turn):
            continue
        if room < 0 or tables.node[state.where[task, c.A_NODE], c.N_ROOM] == room:
            state.turn[taken] = task
            taken += 1
    return taken
