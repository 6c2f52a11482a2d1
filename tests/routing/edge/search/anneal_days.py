"""A small day that was searched for a while, for the tests of the search's parts."""

from __future__ import annotations

from logistics.routing.edge.search.arrays import flatten, number
from logistics.routing.edge.search.columns import Tables
from logistics.routing.edge.search.ruin_loop import anneal
from logistics.routing.edge.search.ruin_state import State, fresh_state, put
from logistics.routing.model import Option, Problem
from tests.routing.builders import line_problem, task, van

PLACES = [0, 12, -7, 30, 44, -21, 18, 9, -33]
ROOMY = tuple(task(n, Option(n + 1), Option(1, room="shop"), leave_cost=80 if n % 3 else None) for n in range(8))


def searched(rounds: int, seed: int = 0) -> tuple[Problem, Tables, State]:
    vans = [van(0, capacity=(4,)), van(1, capacity=(3,), cost_fixed=7)]
    problem = line_problem(PLACES, tasks=ROOMY, vehicles=vans, room={"shop": 2})
    tables, names = flatten(problem), number(problem)
    state = fresh_state(tables, seed)
    put(tables, state, names, ())
    anneal(tables, state, rounds, (20.0, 2.0), 200.0, (len(vans), 0))
    return problem, tables, state
