"""Ruin, recreate, accept or put back: the search itself.

Acceptance by simulated annealing as in Christiaens and Vanden Berghe (2020), section 5.3. A task that must not be left
and is on no route costs a weight that grows while it is absent and fades otherwise, so that the search passes through
plans without it but not for long; the best plan is the one that leaves out least, then the cheapest.
"""

from __future__ import annotations

import numpy as np

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.columns import BEFORE, NOW, Flags, Tables, Whole
from logistics.routing.edge.search.compiled import block, entry, part
from logistics.routing.edge.search.ruin_chance import chance
from logistics.routing.edge.search.ruin_recreate import recreate
from logistics.routing.edge.search.ruin_removal import keep_row, ruin
from logistics.routing.edge.search.ruin_state import POOL_NODES, POOL_ROUTES, POOL_SLOTS, State

FADE_EVERY = 100  # rounds
FADE = 0.98  # of the weights is left every so many rounds
GROWTH = 0.02  # of its least weight a task gains in each round in which it is absent
WEIGHT_MAX = 50.0  # times the least weight; without a limit one impossible task would drown all else
POOL_WITHIN = 0.02  # plans dearer than the best by more than this share leave no routes in the pool


@entry
def anneal(
    tables: Tables,
    state: State,
    rounds: int,
    heat: tuple[float, float],
    weight_min: float,
    limits: tuple[int, int],
) -> int:
    """Search for some rounds while the temperature falls from ``heat[0]`` to ``heat[1]``; return plans accepted.

    ``weight_min``: what an absent task weighs at least, in cost units. ``limits``: vehicles that may move, and what
    of each one's fixed cost is not looked at; below 0, it is what each costs on top.
    """
    fixed_off = limits[1]
    cooling = (heat[1] / heat[0]) ** (1.0 / max(1, rounds))
    temperature = heat[0]
    accepted = 0
    for turn in range(rounds):
        if turn % FADE_EVERY == 0:
            for task in range(len(state.weight)):
                state.weight[task] = max(weight_min, state.weight[task] * FADE)
        removed_from = state.figure[NOW, c.F_ABSENT]
        bar = _energy(tables, state, BEFORE, fixed_off) - temperature * np.log(1.0 - chance(state.lots))
        ruin(tables, state)
        give_up_at = bar if _can_be_hopeless(tables, state) else np.inf
        done = recreate(tables, state, removed_from, limits, give_up_at)
        if done and _is_driveable(state) and _is_welcome(tables, state, bar, fixed_off):
            _accept(tables, state, fixed_off)
            accepted += 1
        else:
            _put_back(tables, state)
        for rank in range(state.figure[NOW, c.F_ABSENT]):
            task = state.absent[NOW, rank]
            state.weight[task] = min(state.weight[task] + GROWTH * weight_min, WEIGHT_MAX * weight_min)
        temperature *= cooling
    return accepted


@part
def _can_be_hopeless(tables: Tables, state: State) -> bool:
    """Tell whether a trial need not be finished to be refused: not if one that leaves out less is welcome at any cost.

    Nor where carriers have quotas: whom they refuse counts otherwise in the end than on the way.
    """
    return len(tables.quota) == 0 and state.figure[BEFORE, c.F_MISSING] == 0


@part
def _is_welcome(tables: Tables, state: State, bar: float, fixed_off: int) -> bool:
    """Tell whether a trial leaves out less than before, or costs less, or not too much more."""
    if _standing(tables, state, NOW)[0] < _standing(tables, state, BEFORE)[0]:
        return True
    return bool(_energy(tables, state, NOW, fixed_off) < bar)


@part
def _energy(tables: Tables, state: State, half: int, fixed_off: int) -> float:
    missing, cost = _standing(tables, state, half)
    energy = float(cost - fixed_off * state.figure[half, c.F_OPEN])
    if missing:
        for rank in range(state.figure[half, c.F_ABSENT]):
            task = state.absent[half, rank]
            if tables.task[task, c.T_LEAVE_COST] < 0 or _is_refused(tables, state, half, task):
                energy += state.weight[task] * tables.task[task, c.T_WORTH]
    return energy


@part
def _standing(tables: Tables, state: State, half: int) -> tuple[int, int]:
    """Return what a plan leaves out and what it costs; whom a carrier refuses, its quota being full, is left out."""
    excess = 0
    for carrier in range(len(tables.quota)):
        excess += max(0, state.gone[half, carrier] - tables.quota[carrier])
    if excess:
        return _without_refused(tables, state, half)
    return state.figure[half, c.F_MISSING], state.figure[half, c.F_COST]


@block
def _without_refused(tables: Tables, state: State, half: int) -> tuple[int, int]:
    missing, cost = state.figure[half, c.F_MISSING], state.figure[half, c.F_COST]
    for rank in range(state.figure[half, c.F_ABSENT]):
        task = state.absent[half, rank]
        if _is_refused(tables, state, half, task):
            missing += tables.task[task, c.T_WORTH]
            cost -= tables.task[task, c.T_LEAVE_COST]
    return missing, cost


@block
def _is_refused(tables: Tables, state: State, half: int, task: int) -> bool:
    """Tell whether a carrier's quota is full before it comes to this task; its order is that of `construct.leave`."""
    nouns, carrier = tables.task, tables.task[task, c.T_CARRIER]
    if nouns[task, c.T_LEAVE_COST] < 0 or carrier < 0 or state.gone[half, carrier] <= tables.quota[carrier]:
        return False
    own = (-nouns[task, c.T_WORTH], -nouns[task, c.T_LEAVE_COST], np.int64(task))
    ahead = 0
    for rank in range(state.figure[half, c.F_ABSENT]):
        other = state.absent[half, rank]
        if nouns[other, c.T_LEAVE_COST] >= 0 and nouns[other, c.T_CARRIER] == carrier:
            ahead += (-nouns[other, c.T_WORTH], -nouns[other, c.T_LEAVE_COST], np.int64(other)) < own
    return bool(ahead >= tables.quota[carrier])


@entry
def standing(tables: Tables, state: State) -> tuple[int, int]:
    """Return what the plan leaves out and what it costs; to be called from Python."""
    return _standing(tables, state, NOW)


@part
def _is_driveable(state: State) -> bool:
    """Tell whether no changed route is broken: without one stop a detour may be longer, where ways do not add up."""
    broken = 0
    for rank in range(state.figure[NOW, c.F_TOUCHED]):
        broken |= state.route[NOW, state.touched[rank], c.R_BROKEN]
    return broken == 0


@part
def _holds_levels(tables: Tables, state: State) -> bool:
    done = len(tables.task) - state.figure[NOW, c.F_ABSENT]
    for level in range(len(tables.level)):
        if state.below[NOW, level] * 100 > (100 - tables.level[level, 1]) * done + tables.level[level, 2]:
            return False
    return True


@block
def _keep_counts(figure: Whole, open_: Whole, absent: Whole, shared: tuple[Whole, Whole, Whole], source: int) -> None:
    """Copy all figures from one half of the tables to the other; ``shared``: rooms, levels, carriers."""
    target = BEFORE - source
    for column in range(c.FIGURES):
        figure[target, column] = figure[source, column]
    for rank in range(figure[source, c.F_OPEN]):
        open_[target, rank] = open_[source, rank]
    for rank in range(figure[source, c.F_ABSENT]):
        absent[target, rank] = absent[source, rank]
    for table in shared:
        for index in range(table.shape[1]):
            table[target, index] = table[source, index]


@part
def _is_as_before(position: Whole, reload: Flags, route: Whole, vehicle: int) -> bool:
    """Tell whether a trial has grown a route back as it was: then what was found out about it still holds."""
    now, before, length = position[NOW, vehicle], position[BEFORE, vehicle], route[NOW, vehicle, c.R_LENGTH]
    if length != route[BEFORE, vehicle, c.R_LENGTH]:
        return False
    index = 1
    while index <= length and now[index, c.P_NODE] == before[index, c.P_NODE]:
        index += 1
    for place in range(1, min(length + 1, reload.shape[2])):
        if reload[NOW, vehicle, place] != reload[BEFORE, vehicle, place]:
            return False
    return bool(index > length)


@part
def _keep(state: State) -> None:
    """Make the plan as it is the one that trials start from."""
    for rank in range(state.figure[NOW, c.F_TOUCHED]):
        vehicle = state.touched[rank]
        state.touch[vehicle] = 0
        if _is_as_before(state.position, state.reload, state.route, vehicle):
            state.stamps[NOW, vehicle] = state.stamps[BEFORE, vehicle]
    state.figure[NOW, c.F_TOUCHED] = 0
    _keep_counts(state.figure, state.open_, state.absent, (state.room, state.below, state.gone), NOW)


@part
def _put_back(tables: Tables, state: State) -> None:
    """Undo a trial."""
    touched = state.figure[NOW, c.F_TOUCHED]
    _keep_counts(state.figure, state.open_, state.absent, (state.room, state.below, state.gone), BEFORE)
    for rank in range(state.figure[NOW, c.F_ABSENT]):
        state.where[state.absent[NOW, rank], c.A_VEHICLE] = c.NONE
    for rank in range(touched):
        vehicle = state.touched[rank]
        state.touch[vehicle] = 0
        state.stamps[NOW, vehicle] = state.stamps[BEFORE, vehicle]
        keep_row(state.position, state.segment, (state.peak, state.reload), state.route, (BEFORE, NOW, vehicle))
        for index in range(1, state.route[NOW, vehicle, c.R_LENGTH] + 1):
            node = state.position[NOW, vehicle, index, c.P_NODE]
            task = tables.node[node, c.N_TASK]
            state.where[task, c.A_VEHICLE], state.where[task, c.A_NODE] = vehicle, node
            state.where[task, c.A_POSITION] = index


@part
def _accept(tables: Tables, state: State, fixed_off: int) -> None:
    missing, cost = _standing(tables, state, NOW)
    best_missing, best_cost = state.best_figure[c.F_MISSING], state.best_figure[c.F_COST]
    off = fixed_off * state.figure[NOW, c.F_OPEN]
    if len(state.pool) and missing == 0 and cost - off <= (best_cost - off) * (1.0 + POOL_WITHIN):
        for rank in range(state.figure[NOW, c.F_TOUCHED]):
            _pool(state, state.touched[rank])
    # What routes cost on top chooses the best plan too; a fixed cost that is not looked at is paid all the same.
    gain = best_cost - cost + min(c.ZERO, fixed_off) * (state.figure[NOW, c.F_OPEN] - state.best_figure[c.F_OPEN])
    better = missing < best_missing or (missing == best_missing and gain > 0)
    if better and _holds_levels(tables, state):
        _record(state)
        state.best_figure[c.F_MISSING], state.best_figure[c.F_COST] = missing, cost
    _keep(state)


@part
def _with_wish(state: State, vehicle: int, index: int) -> int:
    """Return a node of a route, with WISH added where the plan wishes to load before it."""
    node = state.position[NOW, vehicle, index, c.P_NODE]
    if index < state.reload.shape[2] and state.reload[NOW, vehicle, index] & c.WISHED:
        return int(node + c.WISH)
    return int(node)


@part
def _record(state: State) -> None:
    """Write the plan down as the best."""
    for column in range(c.FIGURES):
        state.best_figure[column] = state.figure[NOW, column]
    for vehicle in range(len(state.best)):
        length = state.route[NOW, vehicle, c.R_LENGTH]
        for rank in range(length):
            state.best[vehicle, rank] = _with_wish(state, vehicle, rank + 1)
        state.best[vehicle, length] = c.NONE


@part
def _pool(state: State, vehicle: int) -> None:
    """Keep a route for the master; of routes that do the same by the same options, the cheapest."""
    length = state.route[NOW, vehicle, c.R_LENGTH]
    if length == 0:
        return
    sign = np.uint64(vehicle)
    for index in range(1, length + 1):
        sign += state.sign[state.position[NOW, vehicle, index, c.P_NODE]]
    slot = np.int64(sign & np.uint64(POOL_SLOTS - 1))
    while state.pool_slot[slot] >= 0 and state.pool_sign[state.pool_slot[slot]] != sign:
        slot = (slot + 1) % POOL_SLOTS
    row = np.int64(state.pool_slot[slot])
    cost = state.route[NOW, vehicle, c.R_COST]
    if row < 0:
        if state.pool_size[0] == POOL_ROUTES or state.pool_size[1] + length > POOL_NODES:
            return
        row = state.pool_size[0]
        state.pool_slot[slot] = row
        state.pool_sign[row] = sign
        state.pool[row, 0], state.pool[row, 1] = state.pool_size[1], length
        state.pool_size[0] += 1
        state.pool_size[1] += length
    elif state.pool[row, 3] <= cost:
        return
    state.pool[row, 2], state.pool[row, 3] = vehicle, cost
    first = state.pool[row, 0]
    for index in range(length):
        state.pool_node[first + index] = _with_wish(state, vehicle, index + 1)
