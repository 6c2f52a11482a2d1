"""Times, loads and cost of one route, so that each place for one more stop can be judged in constant time.

Forward: when each service can end at the earliest. Backward: when it may start at the latest. Where time costs or is
limited, each part of the route is also kept as a segment (duration, earliest and latest beginning), and two segments
become one by the formulas of Vidal, Crainic, Gendreau and Prins (2013), "A hybrid genetic algorithm with adaptive
diversity management for a large class of vehicle routing problems with time windows", section 4.3.1, without time
warp: whatever is late is refused. All windows are hulls here; who has several is played through (`ruin_replay.py`).
"""

from __future__ import annotations

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.columns import NOW, Flags, Small, Tables, Whole
from logistics.routing.edge.search.compiled import block, entry, part
from logistics.routing.edge.search.ruin_replay import play

DEPARTURES = 4  # tries to leave later; where nobody rests and all hours are alike the first is the last


@part
def join(first: tuple[int, int, int], way_s: int, then: tuple[int, int, int]) -> tuple[int, int, int, bool]:
    """Return two segments as one, and whether that can be driven in time."""
    duration_s, earliest_s, latest_s = first
    gap_s = duration_s + way_s
    wait_s = max(then[1] - gap_s - latest_s, 0)
    in_time = earliest_s + gap_s <= then[2]
    earliest_s = max(then[1] - gap_s, earliest_s) - wait_s
    return gap_s + then[0] + wait_s, earliest_s, min(then[2] - gap_s, latest_s), in_time


@part
def time_cost(car: Whole, duration_s: int, earliest_s: int) -> int:
    """Return what the time of a route costs: leaving at its earliest beginning it is back soonest."""
    over_s = max(0, earliest_s + duration_s - car[c.C_SHIFT_END_S])
    return int(car[c.C_PER_S] * duration_s + car[c.C_PER_S_OVER] * over_s)


@entry
def retime_all(
    tables: Tables, position: Whole, segment: Whole, loads: tuple[Whole, Whole, Flags], route: Whole, where: Whole
) -> None:
    """Do so for all vehicles; to be called from Python."""
    for vehicle in range(len(tables.car)):
        retime(tables, position, segment, loads, route, where, vehicle)


@block
def retime(
    tables: Tables,
    position: Whole,
    segment: Whole,
    loads: tuple[Whole, Whole, Flags],
    route: Whole,
    where: Whole,
    vehicle: int,
) -> None:
    """Write times, loads and cost of a route whose nodes have changed; ``loads``: peak, board and reload."""
    own, row = position[NOW, vehicle], route[NOW, vehicle]
    _forward(tables, own, row, where, vehicle)
    _backward(tables, own, row, vehicle)
    _loads(tables, own, row, vehicle)
    car = tables.car[vehicle]
    peak, board, reload = loads
    if car[c.C_BY_TIME]:
        _segments(car, tables.node, tables.way[car[c.C_PROFILE]], own, segment[NOW, vehicle], row)
    if car[c.C_BY_POSITION]:
        _peaks(tables.load, tables.capacity[vehicle], own, peak[NOW, vehicle], row)
    if car[c.C_COMPLEX] and row[c.R_LENGTH]:
        _played(tables, own, (board, reload[NOW, vehicle]), row, vehicle)


@part
def grow(
    tables: Tables,
    position: Whole,
    segment: Whole,
    loads: tuple[Whole, Whole, Flags],
    route: Whole,
    where: Whole,
    change: tuple[int, int, int],
) -> None:
    """Put a node into a route that is not empty, not broken and need not be played through.

    ``change``: the vehicle, the node, the position behind which it comes.

    Leaves what `retime` would, but reckons only what changes: ends of services behind it until one stays as it was,
    and latest starts before it.
    """
    vehicle, node, index = change
    own, row, car, nodes = position[NOW, vehicle], route[NOW, vehicle], tables.car[vehicle], tables.node
    what, way = nodes[node], tables.way[car[c.C_PROFILE]]
    _move_on(nodes, own, row, where, index)
    own[index + 1, c.P_NODE], own[index + 1, c.P_PLACE] = node, what[c.N_PLACE]
    where[what[c.N_TASK], c.A_VEHICLE], where[what[c.N_TASK], c.A_NODE] = vehicle, node
    where[what[c.N_TASK], c.A_POSITION] = index + 1
    _link(car, way[what[c.N_PLACE]], own, row, index)
    row[c.R_COST] += what[c.N_COST] + tables.extra[what[c.N_TASK], vehicle]
    if car[c.C_TIMELESS]:
        own[index + 1, c.P_DEPART_S], own[index + 1, c.P_LATEST_S] = (
            own[index, c.P_DEPART_S],
            own[index + 2, c.P_LATEST_S],
        )
    else:
        row[c.R_BROKEN] |= _delay(car, nodes, way, own, row[c.R_LENGTH], index)
        _hasten(nodes, way, own, index)
    for dimension in range(tables.capacity.shape[1]):
        row[c.ROUTE_COLUMNS + dimension] += tables.load[node, 0, dimension]
        row[c.R_BROKEN] |= row[c.ROUTE_COLUMNS + dimension] > tables.capacity[vehicle, dimension]
    if car[c.C_BY_TIME]:
        _segments(car, nodes, way, own, segment[NOW, vehicle], row)
    if car[c.C_BY_POSITION]:
        _peaks(tables.load, tables.capacity[vehicle], own, loads[0][NOW, vehicle], row)


# What follows is handed single rows and tables: whatever takes all tables at once is slow to compile.


@part
def _move_on(nodes: Whole, position: Whole, route: Whole, where: Whole, index: int) -> None:
    """Make room behind a position."""
    for place in range(route[c.R_LENGTH] + 1, index, -1):
        node = position[place, c.P_NODE]
        for column in range(c.P_METRES + 1):
            position[place + 1, column] = position[place, column]
        if node >= 0:
            where[nodes[node, c.N_TASK], c.A_POSITION] = place + 1
    route[c.R_LENGTH] += 1


@part
def _link(car: Whole, way: Small, position: Whole, route: Whole, index: int) -> None:
    """Write the ways to a new node and on, and what they add to the route; ``way``: those of its place."""
    before, place, after = position[index, c.P_PLACE], position[index + 1, c.P_PLACE], position[index + 2, c.P_PLACE]
    to_m, on_m = way[before, c.W_METRES_FROM], way[after, c.W_METRES_TO]
    extra_m = to_m + on_m - position[index, c.P_METRES]
    position[index, c.P_METRES], position[index + 1, c.P_METRES] = to_m, on_m
    last = index + 1 == route[c.R_LENGTH]
    route[c.R_HALTS] += (place != before) + (not last and place != after) - (not last and before != after)
    route[c.R_METRES] += extra_m
    route[c.R_COST] += car[c.C_PER_M] * extra_m - route[c.R_TIME_COST]
    route[c.R_TIME_COST] = 0
    route[c.R_BROKEN] |= route[c.R_METRES] > car[c.C_METRES_MAX] or route[c.R_HALTS] > car[c.C_STOPS_MAX]


@part
def _delay(car: Whole, nodes: Whole, way: Small, position: Whole, length: int, index: int) -> bool:
    """Write the ends of services behind a position until one is as before; tell whether anything is late."""
    here, free_s, late = position[index, c.P_PLACE], position[index, c.P_DEPART_S], False
    for later in range(index + 1, length + 1):
        node = position[later, c.P_NODE]
        place = nodes[node, c.N_PLACE]
        start_s = max(free_s + way[here, place, c.W_SECONDS_TO], nodes[node, c.N_READY_S])
        late |= start_s > nodes[node, c.N_DUE_S]
        free_s = start_s + nodes[node, c.N_SERVICE_S]
        if later > index + 1 and free_s == position[later, c.P_DEPART_S]:
            return bool(late)
        position[later, c.P_DEPART_S] = free_s
        here = place
    free_s += way[here, car[c.C_END], c.W_SECONDS_TO]
    position[length + 1, c.P_DEPART_S] = free_s
    return bool(late or free_s > car[c.C_CLOSE_S])


@part
def _hasten(nodes: Whole, way: Small, position: Whole, index: int) -> None:
    """Write the latest starts up to a new position, until one is as before."""
    there, latest_s = position[index + 2, c.P_PLACE], position[index + 2, c.P_LATEST_S]
    for earlier in range(index + 1, 0, -1):
        node = position[earlier, c.P_NODE]
        place = nodes[node, c.N_PLACE]
        latest_s -= way[place, there, c.W_SECONDS_TO] + nodes[node, c.N_SERVICE_S]
        latest_s = min(latest_s, nodes[node, c.N_DUE_S])
        if earlier <= index and latest_s == position[earlier, c.P_LATEST_S]:
            return
        position[earlier, c.P_LATEST_S] = latest_s
        there = place


@part
def _forward(tables: Tables, position: Whole, route: Whole, where: Whole, vehicle: int) -> None:
    car, nodes, extra = tables.car[vehicle], tables.node, tables.extra
    way, length = tables.way[car[c.C_PROFILE]], route[c.R_LENGTH]
    here, free_s = car[c.C_START], car[c.C_OPEN_S]
    position[0, c.P_NODE], position[0, c.P_PLACE], position[0, c.P_DEPART_S] = c.NONE, here, free_s
    metres, halts, picked, late = 0, 0, 0, 0
    for index in range(1, length + 1):
        node = position[index, c.P_NODE]
        place, task = nodes[node, c.N_PLACE], nodes[node, c.N_TASK]
        step_m = way[here, place, c.W_METRES_TO]
        start_s = max(free_s + way[here, place, c.W_SECONDS_TO], nodes[node, c.N_READY_S])
        late |= start_s > nodes[node, c.N_DUE_S]
        free_s = start_s + nodes[node, c.N_SERVICE_S]
        position[index - 1, c.P_METRES] = step_m
        position[index, c.P_PLACE] = place
        position[index, c.P_DEPART_S] = free_s
        metres += step_m
        halts += place != here
        picked += nodes[node, c.N_COST] + extra[task, vehicle]
        where[task, c.A_VEHICLE], where[task, c.A_NODE], where[task, c.A_POSITION] = vehicle, node, index
        here = place
    home = car[c.C_END]
    step_m = way[here, home, c.W_METRES_TO]
    free_s += way[here, home, c.W_SECONDS_TO]
    metres += step_m
    position[length, c.P_METRES] = step_m
    position[length + 1, c.P_NODE], position[length + 1, c.P_PLACE] = c.NONE, home
    position[length + 1, c.P_DEPART_S] = free_s
    long = metres > car[c.C_METRES_MAX] or halts > car[c.C_STOPS_MAX]
    route[c.R_METRES], route[c.R_HALTS], route[c.R_TIME_COST], route[c.R_TIME_GUESS] = metres, halts, 0, 0
    route[c.R_COST] = car[c.C_FIXED] + car[c.C_PER_M] * metres + picked
    route[c.R_BROKEN] = late | long | (free_s > car[c.C_CLOSE_S])
    if length == 0:  # it stays at home: that costs nothing, and no way is saved by going
        position[0, c.P_METRES] = route[c.R_COST] = route[c.R_METRES] = route[c.R_BROKEN] = 0


@part
def _backward(tables: Tables, position: Whole, route: Whole, vehicle: int) -> None:
    car, nodes = tables.car[vehicle], tables.node
    way, length = tables.way[car[c.C_PROFILE]], route[c.R_LENGTH]
    latest_s, there = car[c.C_CLOSE_S], car[c.C_END]
    position[length + 1, c.P_LATEST_S] = latest_s
    for index in range(length, 0, -1):
        node = position[index, c.P_NODE]
        place = nodes[node, c.N_PLACE]
        latest_s -= way[place, there, c.W_SECONDS_TO] + nodes[node, c.N_SERVICE_S]
        latest_s = min(latest_s, nodes[node, c.N_DUE_S])
        position[index, c.P_LATEST_S] = latest_s
        there = place


@part
def _loads(tables: Tables, position: Whole, route: Whole, vehicle: int) -> None:
    """Add up what leaves the depot."""
    loads, length = tables.load, route[c.R_LENGTH]
    for dimension in range(tables.capacity.shape[1]):
        load = 0
        for index in range(1, length + 1):
            load += loads[position[index, c.P_NODE], 0, dimension]
        route[c.ROUTE_COLUMNS + dimension] = load
        if load > tables.capacity[vehicle, dimension]:
            route[c.R_BROKEN] = 1


# These are calls, so that what few vehicles need does not make the rest longer; they are handed as little as can be.


@block
def _segments(car: Whole, nodes: Whole, way: Small, position: Whole, segment: Whole, route: Whole) -> None:
    length = route[c.R_LENGTH]
    here = (0, car[c.C_OPEN_S], car[c.C_CLOSE_S])
    segment[0, :3] = here
    for index in range(1, length + 1):
        what = nodes[position[index, c.P_NODE]]
        step_s = way[position[index - 1, c.P_PLACE], what[c.N_PLACE], c.W_SECONDS_TO]
        own = (what[c.N_SERVICE_S], what[c.N_READY_S], what[c.N_DUE_S])
        duration_s, earliest_s, latest_s, _ = join(here, step_s, own)
        here = (duration_s, earliest_s, latest_s)
        segment[index, c.G_DURATION_S], segment[index, c.G_EARLIEST_S], segment[index, c.G_LATEST_S] = here
    there = (0, car[c.C_OPEN_S], car[c.C_CLOSE_S])
    for index in range(length + 1, -1, -1):
        if index <= length:
            step_s = way[position[index, c.P_PLACE], position[index + 1, c.P_PLACE], c.W_SECONDS_TO]
            own = (0, car[c.C_OPEN_S], car[c.C_CLOSE_S])
            if index > 0:
                what = nodes[position[index, c.P_NODE]]
                own = (what[c.N_SERVICE_S], what[c.N_READY_S], what[c.N_DUE_S])
            duration_s, earliest_s, latest_s, _ = join(own, step_s, there)
            there = (duration_s, earliest_s, latest_s)
        segment[index, c.G_DURATION_ON_S], segment[index, c.G_EARLIEST_ON_S] = there[0], there[1]
        segment[index, c.G_LATEST_ON_S] = there[2]
    if length:
        route[c.R_TIME_COST] = route[c.R_TIME_GUESS] = time_cost(car, there[0], there[1])
        route[c.R_COST] += route[c.R_TIME_COST]
        route[c.R_BROKEN] |= there[0] > car[c.C_SECONDS_MAX]


@block
def _peaks(loads: Whole, capacity: Whole, position: Whole, peak: Whole, route: Whole) -> None:
    """Write the most on board up to each position, and from it on; ``capacity``: the vehicle's."""
    length = route[c.R_LENGTH]
    for dimension in range(len(capacity)):
        load = most = route[c.ROUTE_COLUMNS + dimension]
        peak[0, 0, dimension] = most
        for index in range(1, length + 1):
            what = loads[position[index, c.P_NODE]]
            load += what[1, dimension] - what[0, dimension]
            most = max(most, load)
            peak[index, 0, dimension] = most
        route[c.R_BROKEN] |= most > capacity[dimension]
        most = load
        for index in range(length, -1, -1):
            most = max(most, load)
            peak[index, 1, dimension] = most
            if index:
                what = loads[position[index, c.P_NODE]]
                load -= what[1, dimension] - what[0, dimension]


@block
def _played(tables: Tables, position: Whole, loads: tuple[Whole, Flags], route: Whole, vehicle: int) -> None:
    """Write what only playing the route through can tell; it leaves as late as nobody is made later by."""
    car, length = tables.car[vehicle], route[c.R_LENGTH]
    depart_s = car[c.C_OPEN_S]
    back_s, spare_s, metres, halts, wrong = play(tables, position, loads, length, vehicle, depart_s)
    for _ in range(DEPARTURES * (car[c.C_BY_TIME] and not car[c.C_AT_ONCE])):
        if spare_s == 0:
            break
        later = play(tables, position, loads, length, vehicle, depart_s + spare_s)
        if later[0] > back_s or later[4] > wrong:
            break
        depart_s, back_s, metres, halts, wrong = depart_s + spare_s, later[0], later[2], later[3], later[4]
        spare_s = later[1]
    duration_s = back_s - depart_s
    over_s = max(0, back_s - car[c.C_SHIFT_END_S])
    time = car[c.C_PER_S] * duration_s + car[c.C_PER_S_OVER] * over_s
    route[c.R_COST] += car[c.C_PER_M] * (metres - route[c.R_METRES]) + time - route[c.R_TIME_COST]
    route[c.R_METRES], route[c.R_HALTS], route[c.R_TIME_COST] = metres, halts, time
    long = metres > car[c.C_METRES_MAX] or halts > car[c.C_STOPS_MAX] or duration_s > car[c.C_SECONDS_MAX]
    route[c.R_BROKEN] |= wrong | long | (back_s > car[c.C_CLOSE_S])
