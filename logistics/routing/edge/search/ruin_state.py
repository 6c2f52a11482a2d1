"""The plan a ruin-and-recreate search works on: arrays that are made once and written ever after.

Every table that a trial changes has a second half, ``BEFORE``, which holds the rows of changed routes as they were;
a trial that is refused is undone by copying them back. Which rows those are stands in ``touched``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from logistics.routing.construct import Drafts
from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.arrays import Numbering
from logistics.routing.edge.search.columns import BEFORE, NOW, Flags, Real, Small, Tables, Whole
from logistics.routing.edge.search.ruin_chance import Lots, new_lots
from logistics.routing.edge.search.ruin_timing import retime_all

POSITIONS_MAX = 6_000_000  # of all routes together, so that a state stays below some 800 MB
POOL_ROUTES = 20_000  # good routes kept between two collections
POOL_SLOTS = 65_536  # of the table that finds a route by its tasks; a power of two, well above POOL_ROUTES
POOL_NODES = 400_000


class State(NamedTuple):
    """A plan being changed; see `columns` for what stands in a row."""

    position: Whole  # [now or before, vehicle, position, column]; position 0 is the start
    segment: Whole  # [now or before, vehicle, position, column]
    peak: Whole  # [now or before, vehicle, position, up to or from it, dimension]: the most ever on board
    reload: Flags  # [now or before, vehicle, position]: before that stop, WISHED, LOADS, both or 0
    route: Whole  # [now or before, vehicle, column]
    board: Whole  # [figure, dimension]: for counting loads while a route is played through
    where: Whole  # [task, column]
    figure: Whole  # [now or before, figure]
    room: Whole  # [now or before, room]: units taken
    below: Whole  # [now or before, level]: tasks whose option does not count for it
    gone: Whole  # [now or before, carrier]: tasks left to it
    open_: Whole  # [now or before, rank]: vehicles that move
    absent: Whole  # [now or before, rank]: tasks on no route
    touched: Whole  # [rank]: vehicles changed since the last verdict
    touch: Whole  # [vehicle]: 1 if in touched
    spare: Whole  # [kind]: the first vehicle of a kind that stays at home
    turn: Whole  # [rank]: tasks to be put in, in order
    rank: Real  # [rank]: what they are sorted by
    lots: Lots  # the state of chance
    stamp: Whole  # the last stamp given to a route
    # [now or before, vehicle]: of each route; changes with it, so that what is known of it is known to hold. After four
    # thousand million changes stamps come again; who takes an old one for new puts a stop at a bad place, and it is
    # timed there as any other.
    stamps: Small
    seen: Small  # [node, vehicle]: the stamp of the route when it was last looked at for the node
    cheapest: Whole  # [node, vehicle]: what the cheapest place in it cost then
    behind: Small  # [node, vehicle]: the position before that place; see `ruin_recreate.TAKES`
    stale: Whole  # [rank]: vehicles whose routes have changed since
    weight: Real  # [task]: what its being absent costs the search
    best: Small  # [vehicle, rank]: nodes of the best plan, NONE after the last
    best_figure: Whole  # [figure]
    sign: NDArray[np.uint64]  # [node]: a random number; a set of nodes is known by their sum
    pool_slot: Small  # [slot]: row of a pooled route, or NONE
    pool_sign: NDArray[np.uint64]  # [row]
    pool: Whole  # [row, (first node, nodes, vehicle, cost)]
    pool_node: Small  # nodes of pooled routes, one after the other
    pool_size: Whole  # rows and nodes in use


def fresh_state(tables: Tables, seed: int, pool_routes: int = POOL_ROUTES) -> State:
    """Make a plan that does nothing; ``pool_routes``: how many good routes it can keep, 0 or all."""
    tasks, vehicles, dimensions = len(tables.task), len(tables.car), tables.capacity.shape[1]
    length = min(tasks, max(2, POSITIONS_MAX // (2 * max(1, vehicles)))) + 2
    timed = length if tables.car[:, c.C_BY_TIME].any() else 1
    peaked = length if tables.car[:, c.C_BY_POSITION].any() else 1
    cut = length if (tables.car[:, c.C_TRIPS_MAX] > 1).any() else 1
    kinds = int(tables.car[:, c.C_KIND].max(initial=0)) + 1

    def whole(*shape: int) -> Whole:
        return np.zeros(shape, dtype=np.int64)

    def small(*shape: int) -> Small:
        return np.zeros(shape, dtype=np.int32)

    state = State(
        position=whole(2, vehicles, length, c.POSITION_COLUMNS),
        segment=whole(2, vehicles, timed, c.SEGMENT_COLUMNS),
        peak=whole(2, vehicles, peaked, 2, dimensions),
        reload=np.zeros((2, vehicles, cut), dtype=np.uint8),
        route=whole(2, vehicles, c.ROUTE_COLUMNS + dimensions),
        board=whole(3, dimensions),
        where=np.full((tasks, c.WHERE_COLUMNS), c.NONE, dtype=np.int64),
        figure=whole(2, c.FIGURES),
        room=whole(2, len(tables.room)),
        below=whole(2, len(tables.level)),
        gone=whole(2, len(tables.quota)),
        open_=whole(2, vehicles),
        absent=whole(2, tasks),
        touched=whole(vehicles),
        touch=whole(vehicles),
        spare=whole(kinds),
        turn=whole(tasks),
        rank=np.zeros(tasks),
        lots=new_lots(seed),
        stamp=whole(1),
        stamps=small(2, vehicles),
        seen=small(len(tables.node), vehicles),
        cheapest=whole(len(tables.node), vehicles),
        behind=small(len(tables.node), vehicles),
        stale=whole(vehicles + 1),
        weight=np.zeros(tasks),
        best=np.full((vehicles, length), c.NONE, dtype=np.int32),
        best_figure=whole(c.FIGURES),
        sign=np.random.default_rng(seed).integers(1, 2**63, len(tables.node), dtype=np.uint64),
        pool_slot=np.full(POOL_SLOTS, c.NONE, dtype=np.int32),
        pool_sign=np.zeros(pool_routes, dtype=np.uint64),
        pool=whole(pool_routes, 4),
        pool_node=np.zeros(POOL_NODES if pool_routes else 0, dtype=np.int32),
        pool_size=whole(2),
    )
    for vehicle in range(vehicles):
        state.position[:, vehicle, :, c.P_NODE] = c.NONE
    return state


def put(tables: Tables, state: State, names: Numbering, drafts: Drafts) -> None:
    """Write a plan into the state; what it did before is forgotten."""
    state.where[:] = c.NONE
    state.route[:] = state.reload[:] = 0
    state.touched[:] = state.touch[:] = 0
    for vehicle, trips in drafts:
        nodes = [names.node_of[pick] for trip in trips for pick in trip]
        state.position[NOW, vehicle, 1 : len(nodes) + 1, c.P_NODE] = nodes
        state.route[NOW, vehicle, c.R_LENGTH] = len(nodes)
        if tables.car[vehicle, c.C_TRIPS_MAX] > 1:
            ends = np.cumsum([len(trip) for trip in trips if trip])[:-1]
            state.reload[NOW, vehicle, ends + 1] = c.WISHED
        for node in nodes:
            state.where[tables.node[node, c.N_TASK], :2] = vehicle, node
    count(tables, state)


def count(tables: Tables, state: State) -> None:
    """Put times to all routes and count what the plan takes, from the routes and ``where`` alone."""
    loads = (state.peak, state.board, state.reload)
    retime_all(tables, state.position, state.segment, loads, state.route, state.where)
    state.stamps[NOW] = state.stamp[0] + 1 + np.arange(len(tables.car))
    state.stamp[0] += len(tables.car)
    done = state.where[:, c.A_VEHICLE] >= 0
    absent = np.flatnonzero(~done)
    nodes = tables.node[state.where[done, c.A_NODE]]
    state.room[NOW] = [int(nodes[nodes[:, c.N_ROOM] == room, c.N_ROOM_USE].sum()) for room in range(len(tables.room))]
    state.below[NOW] = [int((nodes[:, c.N_PREFERENCE] > worst).sum()) for worst in tables.level[:, 0]]
    optional = tables.task[absent, c.T_LEAVE_COST] >= 0
    state.gone[NOW] = [
        int((tables.task[absent[optional], c.T_CARRIER] == carrier).sum()) for carrier in range(len(tables.quota))
    ]
    moving = np.flatnonzero(state.route[NOW, :, c.R_LENGTH] > 0)
    state.open_[NOW, : len(moving)] = moving
    state.absent[NOW, : len(absent)] = absent
    leaves = int(tables.task[absent[optional], c.T_LEAVE_COST].sum())
    figure = state.figure[NOW]
    figure[c.F_COST] = int(state.route[NOW, moving, c.R_COST].sum()) + leaves
    figure[c.F_MISSING] = int(tables.task[absent[~optional], c.T_WORTH].sum())
    figure[c.F_OPEN], figure[c.F_ABSENT] = len(moving), len(absent)
    figure[c.F_DUE] = len(tables.task) - int(optional.sum())
    figure[c.F_TOUCHED] = 0
    for table in (state.figure, state.room, state.below, state.gone, state.open_, state.absent):
        table[BEFORE] = table[NOW]


def best_drafts(state: State, names: Numbering) -> Drafts:
    """Read the best plan; trips are cut where the plan wishes, not where a vehicle has to load (see `trips.py`)."""
    found = []
    for vehicle, row in enumerate(state.best):
        nodes = row[: int(np.argmax(row < 0))]
        if len(nodes):
            found.append(
                (vehicle, tuple(tuple(names.picks[node] for node in trip) for trip in as_trips(nodes.tolist())))
            )
    return tuple(found)


def as_trips(nodes: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Cut a row of nodes where a wish to load is added to one."""
    trips: list[list[int]] = [[]]
    for node in nodes:
        if node >= c.WISH:
            trips.append([])
        trips[-1].append(node % c.WISH)
    return tuple(tuple(trip) for trip in trips if trip)


def pooled(state: State) -> list[tuple[int, tuple[tuple[int, ...], ...], int]]:
    """Take out the pooled routes: vehicle, nodes of each trip, cost. The pool is empty afterwards."""
    nodes = state.pool_node.tolist()
    rows = state.pool[: int(state.pool_size[0])].tolist()
    state.pool_size[:] = 0
    state.pool_slot[:] = c.NONE
    return [(vehicle, as_trips(nodes[first : first + length]), cost) for first, length, vehicle, cost in rows]
