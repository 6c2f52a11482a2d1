from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import pytest

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.arrays import flatten, number
from logistics.routing.edge.search.columns import NOW
from logistics.routing.edge.search.ruin_loop import anneal, standing
from logistics.routing.edge.search.ruin_recreate import NOTHING
from logistics.routing.edge.search.ruin_state import best_drafts, count, fresh_state, pooled, put
from logistics.routing.model import Pick
from tests.routing.builders import line_problem, task
from tests.routing.edge.search.ruin_days import plain_day, random_day

HOT, LIMITS = (20.0, 20.0), (3, 0)


@pytest.mark.parametrize("quotas", [{"post": 1}, {}])
def test_what_is_put_back_is_as_it_was(quotas: dict[str, int]) -> None:
    """After many trials, most of them refused, all figures are those that counting anew gives.

    Without quotas most of the refused are given up before all is put in again.
    """
    problem = replace(random_day(4), quotas=quotas)
    tables, names = flatten(problem), number(problem)
    state = fresh_state(tables, seed=1)
    put(tables, state, names, ())
    state.best_figure[:] = state.figure[NOW]
    for _ in range(20):
        anneal(tables, state, 17, HOT, 100.0, LIMITS)
        tried = [table[NOW].copy() for table in (state.figure, state.room, state.below, state.gone)]
        routes, where = state.route[NOW, :, : c.ROUTE_COLUMNS].copy(), state.where.copy()
        count(tables, state)
        for before, table in zip(tried, (state.figure, state.room, state.below, state.gone), strict=True):
            assert before.tolist() == table[NOW].tolist()
        assert routes.tolist() == state.route[NOW, :, : c.ROUTE_COLUMNS].tolist()
        assert where[:, c.A_VEHICLE].tolist() == state.where[:, c.A_VEHICLE].tolist()


def test_what_is_remembered_of_a_route_still_holds() -> None:
    """Routes change, grow back as they were and are put back: what a place costs is forgotten whenever it changes."""
    remembered = 0
    for seed in range(4):
        problem = plain_day(seed, timeless=True)
        tables, names = flatten(problem), number(problem)
        state = fresh_state(tables, seed=seed)
        put(tables, state, names, ())
        state.best_figure[:] = state.figure[NOW]
        for _ in range(10):
            anneal(tables, state, 23, HOT, 100.0, (len(problem.vehicles), 0))
            for node, vehicle in product(range(len(tables.node)), range(len(tables.car))):
                length = int(state.route[NOW, vehicle, c.R_LENGTH])
                if not length or state.seen[node, vehicle] != state.stamps[NOW, vehicle]:
                    continue
                way = tables.way[0, :, :, c.W_METRES_TO].tolist()
                places, own = state.position[NOW, vehicle, : length + 2, c.P_PLACE], tables.node[node, c.N_PLACE]
                extra = [way[a][own] + way[own][b] - way[a][b] for a, b in pairwise(places)]
                load = int(state.route[NOW, vehicle, c.ROUTE_COLUMNS] + tables.load[node, 0, 0])
                fits = load <= tables.capacity[vehicle, 0]
                assert state.cheapest[node, vehicle] == (min(extra) if fits else NOTHING)
                remembered += 1
    assert remembered > 100


def test_good_routes_are_pooled_at_what_they_cost() -> None:
    """One stop at 10: the only route there is costs 20; one ruin in twenty takes a lone stop off it."""
    problem = line_problem([0, 10])
    tables, names = flatten(problem), number(problem)
    state = fresh_state(tables, seed=1)
    put(tables, state, names, ())
    state.best_figure[:] = state.figure[NOW]
    anneal(tables, state, 300, HOT, 100.0, (1, 0))
    assert best_drafts(state, names) == ((0, ((Pick(0),),)),)
    assert pooled(state) == [(0, ((0,),), 20)]


def test_whom_a_full_carrier_refuses_is_left_out() -> None:
    """The post takes one of three: the most urgent, for 5; the others count 1 + 0 and 1 + 1."""
    tasks = [task(n, leave_cost=5, carrier="post", priority=n) for n in range(3)]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, quotas={"post": 1})
    tables = flatten(problem)
    state = fresh_state(tables, seed=1)
    put(tables, state, number(problem), ())
    assert standing(tables, state) == (3, 5)
