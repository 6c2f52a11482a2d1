from __future__ import annotations

from typing import Any

import pytest

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.arrays import flatten, number
from logistics.routing.edge.search.columns import NOW
from logistics.routing.edge.search.ruin_loop import anneal
from logistics.routing.edge.search.ruin_state import State, count, fresh_state, put
from logistics.routing.model import Option, Pick, TimeWindow
from tests.routing.builders import line_problem, task, van
from tests.routing.edge.search.ruin_days import plain_day, random_day
from tests.routing.edge.search.test_ruin_state import stated

ROUTE = ((0, ((Pick(0), Pick(1)),)),)


def test_times_run_forward_and_backward() -> None:
    """To 10, served from 10 to 15; to 30 at 35, but it opens at 50: ends 55, back at 85.

    Backward: back by 100 means leaving 30 by 70, starting there by 65, starting at 10 by 65 - 20 - 5 = 40.
    """
    tasks = [task(0, Option(1, service_s=5)), task(1, Option(2, (TimeWindow(50, 80),), service_s=5))]
    car = van(0, shift=TimeWindow(0, 100))
    position = stated(line_problem([0, 10, 30], tasks=tasks, vehicles=[car]), ROUTE).position[NOW, 0]
    assert position[:4, c.P_DEPART_S].tolist() == [0, 15, 55, 85]
    assert position[1:4, c.P_LATEST_S].tolist() == [40, 65, 100]


def test_time_costs_from_the_latest_departure_that_makes_nobody_later() -> None:
    """The same day leaves at 15, is back at 85: 70 s at 2, and 60 m at 1; with the shift's end at 80, 5 s more at 3."""
    tasks = [task(0, Option(1, service_s=5)), task(1, Option(2, (TimeWindow(50, 80),), service_s=5))]
    car = van(0, shift=TimeWindow(0, 80), overtime_s_max=20, cost_per_s=2, cost_per_s_overtime=3)
    route = stated(line_problem([0, 10, 30], tasks=tasks, vehicles=[car]), ROUTE).route[NOW, 0]
    assert (route[c.R_COST], route[c.R_TIME_COST], route[c.R_BROKEN]) == (60 + 140 + 15, 155, 0)


def test_loads_rise_and_fall_along_the_way() -> None:
    """Two leave the depot; after the first visit 2 - 1 + 2 = 3 are on board: more than fit."""
    tasks = [task(0, collect=(2,)), task(1)]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0, capacity=(2,))])
    assert stated(problem, ROUTE).route[NOW, 0, c.R_BROKEN] == 1
    assert stated(problem, ((0, ((Pick(1), Pick(0)),)),)).route[NOW, 0, c.R_BROKEN] == 0


def test_what_is_too_long_or_late_is_broken() -> None:
    late = [task(0, Option(1, (TimeWindow(0, 9),))), task(1)]
    for problem in (
        line_problem([0, 10, 20], tasks=late),
        line_problem([0, 10, 20], vehicles=[van(0, distance_m_max=39)]),
        line_problem([0, 10, 20], vehicles=[van(0, duration_s_max=39)]),
        line_problem([0, 10, 20], vehicles=[van(0, stops_max=1)]),
        line_problem([0, 10, 20], vehicles=[van(0, shift=TimeWindow(0, 39))]),
    ):
        assert stated(problem, ROUTE).route[NOW, 0, c.R_BROKEN] == 1
    assert stated(line_problem([0, 10, 20]), ROUTE).route[NOW, 0, c.R_BROKEN] == 0


def tables_of(state: State, *, timeless: bool) -> list[Any]:
    """Return all that is kept of each route's positions, loads and times, without what nobody reads of them."""
    found: list[Any] = [state.where[state.where[:, c.A_VEHICLE] >= 0].tolist()]
    columns = [c.P_NODE, c.P_PLACE, c.P_METRES] if timeless else list(range(c.P_METRES + 1))
    for vehicle, route in enumerate(state.route[NOW]):
        ends = int(route[c.R_LENGTH]) + 2
        found.append([*route])
        if route[c.R_LENGTH]:
            found.append(state.position[NOW, vehicle, :ends, columns].tolist())
            found += [table[NOW, vehicle, : ends - 1].tolist() for table in (state.segment, state.peak)]
    return found


@pytest.mark.parametrize("kind", ["windows", "timeless", "all rules"])
def test_a_route_that_grew_stop_by_stop_is_timed_as_if_it_were_reckoned_anew(kind: str) -> None:
    grown = 0
    for seed in range(12):
        problem = random_day(seed) if kind == "all rules" else plain_day(seed, timeless=kind == "timeless")
        tables, timeless = flatten(problem), kind == "timeless"
        assert bool(tables.car[:, c.C_TIMELESS].all()) is timeless
        state = fresh_state(tables, seed=seed)
        put(tables, state, number(problem), ())
        state.best_figure[:] = state.figure[NOW]
        for _ in range(10):
            anneal(tables, state, 7, (20.0, 20.0), 100.0, (len(problem.vehicles), 0))
            before = tables_of(state, timeless=timeless)
            count(tables, state)
            assert before == tables_of(state, timeless=timeless)
            grown += int(state.route[NOW, :, c.R_LENGTH].max()) > 1
    assert grown > 50
