"""Puts tasks into routes: one after the other, each by the option and at the place that cost least.

Greedy insertion with blinks (Christiaens and Vanden Berghe 2020, section 5.2): one place in a hundred is overlooked,
so that the same ruin does not always grow back the same way; here it is the best place of a route that is overlooked.
What a place costs, and whether windows, loads, room and service levels allow it, is judged in constant time, and
remembered until the route changes.
"""

from __future__ import annotations

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.columns import NOW, Flags, Small, Tables, Whole
from logistics.routing.edge.search.compiled import part
from logistics.routing.edge.search.ruin_chance import below, chance
from logistics.routing.edge.search.ruin_removal import stamp, touch
from logistics.routing.edge.search.ruin_state import State
from logistics.routing.edge.search.ruin_timing import grow, join, retime, time_cost

BLINKS = 0.01  # share of places overlooked (the paper's beta)
TURNS_MAX = 40  # tasks absent for long that are tried again at once, beside those just removed
OPTIONAL_MAX = 12  # of them, such as a carrier would take
NOTHING = 2**62  # dearer than any place
TRIES_MAX = 4  # places of a task that are played through where a glance does not tell whether they can be driven
TAKES = 2**20  # added to the position behind which a stop comes that begins the trip that the next one began
WORTH_A_TRY = 0.1  # chance that a route is opened as if its fixed cost were shared by several stops already
SHARED_BY = 6
# How often tasks are sorted in which way (rows of ``Tables.order``; NONE: at random): the paper's 4, 4, 2, 1 and hours.
LOTS = (0, 0, 0, 0, 1, 1, 2, 3, 3, c.NONE, c.NONE, c.NONE, c.NONE)


@part
def recreate(tables: Tables, state: State, removed_from: int, limits: tuple[int, int], give_up_at: float) -> bool:
    """Put absent tasks in, the removed ones all and of the others some; ``removed_from``: rank of the first removed.

    ``limits``: how many vehicles may move, and what of the fixed costs is not looked at. Returns false, with tasks
    still to be put in, as soon as the plan must end up costing ``give_up_at``: each task put in makes it dearer, but
    for what it is known to save. (A detour may be shorter, where ways do not add up; that is let go.)
    """
    turns = _choose(tables, state, removed_from)
    _sort(tables, state, turns)
    _find_spare(tables, state)
    share = SHARED_BY if chance(state.lots) < WORTH_A_TRY else 1
    saving = c.ZERO
    for turn in range(turns):
        saving += tables.task[state.turn[turn], c.T_GAIN_MAX]
    for turn in range(turns):
        task = state.turn[turn]
        for _ in range(TRIES_MAX):
            if _put_best(tables, state, task, limits, share):
                break
        saving -= tables.task[task, c.T_GAIN_MAX]
        if state.where[task, c.A_VEHICLE] < 0 and tables.task[task, c.T_LEAVE_COST] < 0:
            give_up_at -= state.weight[task] * tables.task[task, c.T_WORTH]
        if state.figure[NOW, c.F_COST] - limits[1] * state.figure[NOW, c.F_OPEN] - saving >= give_up_at:
            return False
    _forget_present(state)
    return True


@part
def _choose(tables: Tables, state: State, removed_from: int) -> int:
    """Write the tasks to be put in to ``state.turn``; return how many."""
    absent = state.figure[NOW, c.F_ABSENT]
    turns = 0
    for rank in range(removed_from, absent):
        state.turn[turns] = state.absent[NOW, rank]
        turns += 1
    first = below(state.lots, removed_from) if removed_from else 0
    others, optional = 0, 0
    for step in range(removed_from):
        task = state.absent[NOW, (first + step) % removed_from]
        if tables.task[task, c.T_LEAVE_COST] >= 0:
            if optional == OPTIONAL_MAX:
                continue
            optional += 1
        state.turn[turns] = task
        turns += 1
        others += 1
        if others == TURNS_MAX:
            break
    return turns


@part
def _sort(tables: Tables, state: State, turns: int) -> None:
    """Sort ``state.turn`` by a rule drawn by lot: at random, heavy first, far first, near first, few hours first."""
    rule = LOTS[below(state.lots, len(LOTS))]
    for index in range(turns):
        task = state.turn[index]
        rank = chance(state.lots) if rule < 0 else tables.order[rule, task]
        place = index
        while place > 0 and state.rank[place - 1] > rank:
            state.rank[place], state.turn[place] = state.rank[place - 1], state.turn[place - 1]
            place -= 1
        state.rank[place], state.turn[place] = rank, task


@part
def _find_spare(tables: Tables, state: State) -> None:
    """Write for each kind the first vehicle that stays at home."""
    state.spare[:] = c.NONE
    for vehicle in range(len(tables.car) - 1, -1, -1):
        if state.route[NOW, vehicle, c.R_LENGTH] == 0:
            state.spare[tables.car[vehicle, c.C_KIND]] = vehicle


@part
def _put_best(tables: Tables, state: State, task: int, limits: tuple[int, int], share: int) -> bool:
    """Put a task where it costs least; false if that could not be driven, and another place may be tried."""
    left, carrier = tables.task[task, c.T_LEAVE_COST], tables.task[task, c.T_CARRIER]
    best, best_node, best_vehicle = NOTHING // 2, c.NONE, c.NONE
    if left >= 0 and (carrier < 0 or state.gone[NOW, carrier] <= tables.quota[carrier]):
        best = left
    moving, kinds = state.figure[NOW, c.F_OPEN], len(state.spare)
    choice = moving + (kinds if moving < limits[0] else 0)
    first, open_ = tables.task[task, c.T_FIRST_NODE], state.open_[NOW]
    for node in range(first, first + tables.task[task, c.T_NODES]):
        if not _may_take(tables, state, node, int(left >= 0)):
            continue
        cheapest = state.cheapest[node]
        _refresh(tables, state, node, moving, choice)
        for rank in range(moving):
            vehicle = open_[rank]
            cost = cheapest[vehicle]
            if cost < best and chance(state.lots) >= BLINKS:
                best, best_node, best_vehicle = cost, node, vehicle
        for rank in range(choice - moving):
            vehicle = state.spare[rank]
            if vehicle < 0:
                continue
            cost = cheapest[vehicle] + (tables.car[vehicle, c.C_FIXED] - limits[1]) // share
            if cost < best and chance(state.lots) >= BLINKS:
                best, best_node, best_vehicle = cost, node, vehicle
    if best_node < 0:
        return True
    return _put(tables, state, task, best_node, best_vehicle, state.behind[best_node, best_vehicle])


@part
def _may_take(tables: Tables, state: State, node: int, optional: int) -> bool:
    """Tell whether room and service levels allow an option."""
    room = tables.node[node, c.N_ROOM]
    if room >= 0 and state.room[NOW, room] + tables.node[node, c.N_ROOM_USE] > tables.room[room]:
        return False
    for level in range(len(tables.level)):
        if tables.node[node, c.N_PREFERENCE] > tables.level[level, 0]:
            due = state.figure[NOW, c.F_DUE] + optional
            if (state.below[NOW, level] + 1) * 100 > (100 - tables.level[level, 1]) * due + tables.level[level, 2]:
                return False
    return True


@part
def _refresh(tables: Tables, state: State, node: int, moving: int, choice: int) -> None:
    """Look for the cheapest place of a node in each route that has changed since.

    Which ones those are is written down first, without a branch: nobody could guess which way it goes.
    """
    seen, stamps, open_, old = state.seen[node], state.stamps[NOW], state.open_[NOW], 0
    for rank in range(moving):
        vehicle = open_[rank]
        state.stale[old] = vehicle
        old += seen[vehicle] != stamps[vehicle]
    for rank in range(choice - moving):
        vehicle = state.spare[rank]
        if vehicle >= 0 and seen[vehicle] != stamps[vehicle]:
            state.stale[old] = vehicle
            old += 1
    what = tables.node[node]
    task, cost, load = what[c.N_TASK], what[c.N_COST], tables.load[node, 0]
    visit = what[c.N_PLACE], what[c.N_READY_S], what[c.N_DUE_S], what[c.N_SERVICE_S]
    may, extra, cheapest, behind = tables.may[task], tables.extra[task], state.cheapest[node], state.behind[node]
    for rank in range(old):
        vehicle = state.stale[rank]
        above = (-NOTHING, c.ZERO)
        if seen[vehicle] == ~stamps[vehicle]:
            above = (cheapest[vehicle] - cost - extra[vehicle], behind[vehicle] % TAKES)
        seen[vehicle], cheapest[vehicle], behind[vehicle] = stamps[vehicle], NOTHING, c.NONE
        if may[vehicle] and _has_room(tables, state, load, vehicle):
            if tables.car[vehicle, c.C_COMPLEX]:
                place_cost, index = _scan_played(tables, state, (node, vehicle), visit, above)
            elif tables.car[vehicle, c.C_CAREFUL]:
                place_cost, index = _scan_carefully(tables, state, node, vehicle, visit)
            else:
                place_cost, index = _scan(tables, state, vehicle, visit)
            if index >= 0:
                cheapest[vehicle], behind[vehicle] = place_cost + cost + extra[vehicle], index


@part
def _has_room(tables: Tables, state: State, load: Whole, vehicle: int) -> bool:
    """Tell whether a vehicle could load what a node takes from the depot."""
    route, capacity = state.route[NOW, vehicle], tables.capacity[vehicle]
    for dimension in range(len(load)):
        if route[c.ROUTE_COLUMNS + dimension] + load[dimension] > capacity[dimension]:
            return False
    return bool(route[c.R_LENGTH] + 2 < state.position.shape[2])


@part
def _scan(tables: Tables, state: State, vehicle: int, visit: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return what the cheapest place of a node in a route costs, and behind which position it is (NONE: nowhere).

    ``visit``: the node's place, its hours and how long it takes. Tables are cut to the rows that matter before the
    loop: within it, that would cost more than all that is done.
    """
    position, car = state.position[NOW, vehicle], tables.car[vehicle]
    place, ready_s, due_s, service_s = visit
    way = tables.way[car[c.C_PROFILE], place]
    length, per_m = state.route[NOW, vehicle, c.R_LENGTH], car[c.C_PER_M]
    best, best_index = NOTHING, c.NONE
    first = min(car[c.C_LOCKED], length)
    if car[c.C_TIMELESS]:
        best, best_index = _scan_metres(position, way, first, length)
        return per_m * best, best_index
    here = position[first, c.P_PLACE]
    from_m, from_s = way[here, c.W_METRES_FROM], way[here, c.W_SECONDS_FROM]
    for index in range(first, length + 1):
        depart_s, latest_s = position[index, c.P_DEPART_S], position[index + 1, c.P_LATEST_S]
        if depart_s > due_s:
            break
        there = position[index + 1, c.P_PLACE]
        cost = per_m * (from_m + way[there, c.W_METRES_TO] - position[index, c.P_METRES])
        if cost < best:
            start_s = max(depart_s + from_s, ready_s)
            if start_s <= due_s and start_s + service_s + way[there, c.W_SECONDS_TO] <= latest_s:
                best, best_index = cost, index
        from_m, from_s = way[there, c.W_METRES_FROM], way[there, c.W_SECONDS_FROM]
    return best, best_index


@part
def _scan_metres(position: Whole, way: Small, first: int, length: int) -> tuple[int, int]:
    """Return how many metres more that is, where nothing can be late; ``way``: those of the node's place."""
    best, best_index = NOTHING, c.NONE
    from_m = way[position[first, c.P_PLACE], c.W_METRES_FROM]
    for index in range(first, length + 1):
        there = position[index + 1, c.P_PLACE]
        extra_m = from_m + way[there, c.W_METRES_TO] - position[index, c.P_METRES]
        if extra_m < best:
            best, best_index = extra_m, index
        from_m = way[there, c.W_METRES_FROM]
    return best, best_index


@part
def _scan_carefully(
    tables: Tables, state: State, node: int, vehicle: int, visit: tuple[int, int, int, int]
) -> tuple[int, int]:
    """Do the same where more than metres, windows and what leaves the depot matters.

    What the metres alone make dearer than the best is not looked at closely: time saved does not come into it.
    """
    position, car = state.position[NOW, vehicle], tables.car[vehicle]
    place, ready_s, due_s, service_s = visit
    way = tables.way[car[c.C_PROFILE], place]
    length, per_m = state.route[NOW, vehicle, c.R_LENGTH], car[c.C_PER_M]
    best, best_index = NOTHING, c.NONE
    first = min(car[c.C_LOCKED], length)
    here = position[first, c.P_PLACE]
    from_m, from_s = way[here, c.W_METRES_FROM], way[here, c.W_SECONDS_FROM]
    for index in range(first, length + 1):
        depart_s, latest_s = position[index, c.P_DEPART_S], position[index + 1, c.P_LATEST_S]
        if depart_s > due_s:
            break
        there = position[index + 1, c.P_PLACE]
        extra_m = from_m + way[there, c.W_METRES_TO] - position[index, c.P_METRES]
        if per_m * extra_m < best:
            start_s = max(depart_s + from_s, ready_s)
            if start_s <= due_s and start_s + service_s + way[there, c.W_SECONDS_TO] <= latest_s:
                cost = per_m * extra_m + _careful(tables, state, node, vehicle, index, extra_m)
                if cost < best:
                    best, best_index = cost, index
        from_m, from_s = way[there, c.W_METRES_FROM], way[there, c.W_SECONDS_FROM]
    return best, best_index


@part
def _scan_played(
    tables: Tables, state: State, what: tuple[int, int], visit: tuple[int, int, int, int], above: tuple[int, int]
) -> tuple[int, int]:
    """Do the same for a vehicle whose routes are played through; ``what``: node and vehicle.

    ``above``: cost and position of the place that was tried last; those before it in this order could not be driven.
    """
    node, vehicle = what
    position, car, reload = state.position[NOW, vehicle], tables.car[vehicle], state.reload[NOW, vehicle]
    place, ready_s, due_s, service_s = visit
    way = tables.way[car[c.C_PROFILE], place]
    length, per_m = state.route[NOW, vehicle, c.R_LENGTH], car[c.C_PER_M]
    best, best_index = NOTHING, c.NONE
    first, on_first = _first_place(tables, state, node, vehicle)
    here = position[first, c.P_PLACE]
    trips = car[c.C_TRIPS_MAX] > 1
    for index in range(first, length + 1):
        depart_s, latest_s = position[index, c.P_DEPART_S], position[index + 1, c.P_LATEST_S]
        if depart_s > due_s or (trips and on_first and index and reload[index] & c.LOADS):
            break
        there = position[index + 1, c.P_PLACE]
        from_m, takes = way[here, c.W_METRES_FROM], c.ZERO
        extra_m = from_m + way[there, c.W_METRES_TO] - position[index, c.P_METRES]
        if trips and index < length and reload[index + 1] & c.LOADS:
            extra_m, takes = _by_the_depot(tables, way, car, (here, there), from_m, 1 - on_first)
        if per_m * extra_m < best:
            start_s = max(depart_s + way[here, c.W_SECONDS_FROM], ready_s)
            if start_s <= due_s and start_s + service_s + way[there, c.W_SECONDS_TO] <= latest_s:
                cost = per_m * extra_m + _careful(tables, state, node, vehicle, index, extra_m)
                if cost < best and (cost > above[0] or (cost == above[0] and index > above[1])):
                    best, best_index = cost, index + takes
        here = there
    return best, best_index


@part
def _first_place(tables: Tables, state: State, node: int, vehicle: int) -> tuple[int, int]:
    """Return the position behind which a node may come first, and 1 if it must be on the first trip."""
    length = state.route[NOW, vehicle, c.R_LENGTH]
    first, may = min(tables.car[vehicle, c.C_LOCKED], length), tables.may[tables.node[node, c.N_TASK], vehicle]
    if may == c.LATER_TRIP:
        for index in range(length, first, -1):
            other = tables.node[state.position[NOW, vehicle, index, c.P_NODE], c.N_TASK]
            if tables.may[other, vehicle] == c.FIRST_TRIP:
                return index, 0
    return first, int(may == c.FIRST_TRIP)


@part
def _by_the_depot(
    tables: Tables, way: Small, car: Whole, between: tuple[int, int], from_m: int, begins: int
) -> tuple[int, int]:
    """Return how many metres more a place costs between two trips, and TAKES if the later one begins with it.

    ``begins``: 1 if it may.
    """
    here, there = between
    depot = car[c.C_RELOAD_PLACE]
    base = tables.way[car[c.C_PROFILE], depot]
    ends_m = from_m + way[depot, c.W_METRES_TO] - base[here, c.W_METRES_FROM]
    begins_m = way[depot, c.W_METRES_FROM] + way[there, c.W_METRES_TO] - base[there, c.W_METRES_TO]
    if begins and begins_m < ends_m:
        return begins_m, TAKES
    return ends_m, c.ZERO


@part
def _careful(tables: Tables, state: State, node: int, vehicle: int, index: int, extra_m: int) -> int:
    """Return what a place costs in time, or NOTHING if loads, halts, metres or time forbid it."""
    car, what = tables.car[vehicle], tables.node[node]
    route = state.route[NOW, vehicle]
    if route[c.R_METRES] + extra_m > car[c.C_METRES_MAX]:
        return NOTHING
    place = what[c.N_PLACE]
    before, after = state.position[NOW, vehicle, index, c.P_PLACE], state.position[NOW, vehicle, index + 1, c.P_PLACE]
    last = index == route[c.R_LENGTH]
    halts = (place != before) + (not last and place != after) - (not last and before != after)
    if route[c.R_HALTS] + halts > car[c.C_STOPS_MAX]:
        return NOTHING
    if car[c.C_BY_POSITION]:
        for dimension in range(tables.capacity.shape[1]):
            peak = state.peak[NOW, vehicle, index]
            out, into = tables.load[node, 0, dimension], tables.load[node, 1, dimension]
            if max(peak[0, dimension] + out, peak[1, dimension] + into) > tables.capacity[vehicle, dimension]:
                return NOTHING
    if not car[c.C_BY_TIME]:
        return 0
    way = tables.way[car[c.C_PROFILE], place]
    first, then = state.segment[NOW, vehicle, index], state.segment[NOW, vehicle, index + 1]
    head = (first[c.G_DURATION_S], first[c.G_EARLIEST_S], first[c.G_LATEST_S])
    own = (what[c.N_SERVICE_S], what[c.N_READY_S], what[c.N_DUE_S])
    tail = (then[c.G_DURATION_ON_S], then[c.G_EARLIEST_ON_S], then[c.G_LATEST_ON_S])
    duration_s, earliest_s, latest_s, _ = join(head, way[before, c.W_SECONDS_FROM], own)
    duration_s, earliest_s, _, _ = join((duration_s, earliest_s, latest_s), way[after, c.W_SECONDS_TO], tail)
    if duration_s > car[c.C_SECONDS_MAX]:
        return NOTHING
    return int(time_cost(car, duration_s, earliest_s) - route[c.R_TIME_GUESS])


@part
def _take_back(tables: Tables, state: State, node: int, vehicle: int, index: int, was: int) -> None:
    """Take a node out from behind position ``index`` again, and have the places that cost more looked at next.

    ``was``: whether the plan wished to load before the stop that is next then.
    """
    position, length = state.position[NOW, vehicle], state.route[NOW, vehicle, c.R_LENGTH]
    for place in range(index + 1, length):
        position[place, c.P_NODE] = position[place + 1, c.P_NODE]
    if tables.car[vehicle, c.C_TRIPS_MAX] > 1:
        reload = state.reload[NOW, vehicle]
        for place in range(index + 1, length):
            reload[place] = reload[place + 1]
        if index + 1 < length:
            reload[index + 1] = was
    state.route[NOW, vehicle, c.R_LENGTH] = length - 1
    state.where[tables.node[node, c.N_TASK], c.A_VEHICLE] = c.NONE
    state.seen[node, vehicle] = ~state.stamps[NOW, vehicle]


@part
def _insert(tables: Tables, state: State, node: int, vehicle: int, behind: int) -> bool:
    """Put a node into a route; not if playing it through shows what no glance could. ``behind``: as in the state."""
    route, length = state.route[NOW, vehicle], state.route[NOW, vehicle, c.R_LENGTH]
    loads, is_complex = (state.peak, state.board, state.reload), tables.car[vehicle, c.C_COMPLEX]
    if length and not route[c.R_BROKEN] and not is_complex:
        grow(tables, state.position, state.segment, loads, state.route, state.where, (vehicle, node, behind))
        return True
    position, index, was = state.position[NOW, vehicle], behind % TAKES, c.ZERO
    for place in range(length, index, -1):
        position[place + 1, c.P_NODE] = position[place, c.P_NODE]
    position[index + 1, c.P_NODE] = node
    if tables.car[vehicle, c.C_TRIPS_MAX] > 1:
        was = _begin_trip(state.reload[NOW, vehicle], length, index, int(behind >= TAKES))
    route[c.R_LENGTH] = length + 1
    taken_back = False
    while True:  # one call only: handing over all tables takes long to compile
        retime(tables, state.position, state.segment, loads, state.route, state.where, vehicle)
        if taken_back:
            return False
        if not (is_complex and route[c.R_BROKEN]):
            return True
        _take_back(tables, state, node, vehicle, index, was)
        taken_back = True


@part
def _begin_trip(reload: Flags, length: int, index: int, takes: int) -> int:
    """Make room behind a position; the new stop begins the next trip if it takes that over. Return what was wished."""
    was = int(reload[index + 1] & c.WISHED) if index < length else 0
    for place in range(length, index, -1):
        reload[place + 1] = reload[place]
    reload[index + 1] = c.WISHED * takes
    if takes:
        reload[index + 2] = 0
    return was


@part
def _put(tables: Tables, state: State, task: int, node: int, vehicle: int, behind: int) -> bool:
    """Put a node into a route, if it can be driven so, and count what that changes; ``behind``: as in the state."""
    touch(state, vehicle)
    figure, what = state.figure[NOW], tables.node[node]
    length, before = state.route[NOW, vehicle, c.R_LENGTH], state.route[NOW, vehicle, c.R_COST]
    if not _insert(tables, state, node, vehicle, behind):
        return False
    stamp(state, vehicle)
    figure[c.F_COST] += state.route[NOW, vehicle, c.R_COST] - before
    if length == 0:
        state.open_[NOW, figure[c.F_OPEN]] = vehicle
        figure[c.F_OPEN] += 1
        _find_spare(tables, state)
    if what[c.N_ROOM] >= 0:
        state.room[NOW, what[c.N_ROOM]] += what[c.N_ROOM_USE]
    for level in range(len(tables.level)):
        state.below[NOW, level] += what[c.N_PREFERENCE] > tables.level[level, 0]
    noun = tables.task[task]
    if noun[c.T_LEAVE_COST] >= 0:
        figure[c.F_COST] -= noun[c.T_LEAVE_COST]
        figure[c.F_DUE] += 1
        if noun[c.T_CARRIER] >= 0:
            state.gone[NOW, noun[c.T_CARRIER]] -= 1
    else:
        figure[c.F_MISSING] -= noun[c.T_WORTH]
    return True


@part
def _forget_present(state: State) -> None:
    """Take tasks that are on routes again off the list of the absent."""
    kept = 0
    for rank in range(state.figure[NOW, c.F_ABSENT]):
        task = state.absent[NOW, rank]
        if state.where[task, c.A_VEHICLE] < 0:
            state.absent[NOW, kept] = task
            kept += 1
    state.figure[NOW, c.F_ABSENT] = kept
