from __future__ import annotations

from typing import Any

from logistics.routing.construct import Drafts
from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.arrays import flatten, number
from logistics.routing.edge.search.columns import BEFORE, NOW
from logistics.routing.edge.search.ruin_state import State, as_trips, fresh_state, pooled, put
from logistics.routing.model import Option, Pick, Problem, ServiceLevel
from tests.routing.builders import line_problem, task, van


def stated(problem: Problem, drafts: Drafts) -> State:
    tables = flatten(problem)
    state = fresh_state(tables, seed=1)
    put(tables, state, number(problem), drafts)
    return state


def day(**changes: Any) -> Problem:
    """Two tasks that may go to the shop, one that a carrier takes for 7, one of priority 2."""
    shop = Option(5, preference=1, room="shop", room_use=2)
    tasks = [
        task(0, Option(1), shop), task(1, Option(2), shop), task(2, leave_cost=7, carrier="post"), task(3, priority=2),
    ]  # fmt: skip
    fields = {"room": {"shop": 4}, "levels": (ServiceLevel(0, 50),), "quotas": {"post": 1}}
    return line_problem([0, 10, 20, 30, 40, 50], tasks=tasks, vehicles=[van(0), van(1)], **(fields | changes))


def test_a_plan_is_counted() -> None:
    """The route drives to 50 and back, 100; the carrier takes 7; the absent task counts 1 + 2."""
    state = stated(day(), ((1, ((Pick(0), Pick(1, 1)),)),))
    figure = state.figure[NOW]
    assert (figure[c.F_COST], figure[c.F_MISSING], figure[c.F_OPEN], figure[c.F_ABSENT]) == (107, 3, 1, 2)
    assert figure[c.F_DUE] == 3  # two done and one that must not be left
    assert (state.room[NOW, 0], state.below[NOW, 0], state.gone[NOW, 0]) == (2, 1, 1)
    assert state.open_[NOW, 0] == 1
    assert state.where[0].tolist() == [1, 0, 1]


def test_a_plan_put_in_is_the_one_that_trials_start_from() -> None:
    state = stated(day(), ((0, ((Pick(0),),)),))
    assert state.figure[BEFORE].tolist() == state.figure[NOW].tolist()


def test_a_second_plan_forgets_the_first() -> None:
    problem = day()
    tables, names = flatten(problem), number(problem)
    state = fresh_state(tables, seed=1)
    put(tables, state, names, ((0, ((Pick(0), Pick(3)),)),))
    put(tables, state, names, ((1, ((Pick(2),),)),))
    assert state.route[NOW, :, c.R_LENGTH].tolist() == [0, 1]
    assert state.where[:, c.A_VEHICLE].tolist() == [-1, -1, 1, -1]


def test_the_pool_is_emptied_when_it_is_read() -> None:
    state = stated(day(), ())
    state.pool[0], state.pool_node[:2], state.pool_size[:] = (0, 2, 1, 90), (3, 4), (1, 2)
    assert pooled(state) == [(1, ((3, 4),), 90)]
    assert pooled(state) == []


def test_where_a_plan_wishes_to_load_its_routes_are_cut() -> None:
    assert as_trips([3, 4 + c.WISH, 5]) == ((3,), (4, 5))


def test_trips_are_wishes_to_load() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, trips_max=3)])
    state = stated(problem, ((0, ((Pick(0),), (), (Pick(1), Pick(2)))),))
    assert state.reload[NOW, 0, 1:4].tolist() == [0, c.WISHED | c.LOADS, 0]
