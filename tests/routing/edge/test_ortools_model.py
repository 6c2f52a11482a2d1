"""Costs and limits of single vehicles in the RoutingModel; what binds several is in the tests beside."""

from dataclasses import replace

import pytest

from logistics.routing.cost import plan_cost
from logistics.routing.edge.ortools_model import Model
from logistics.routing.edge.ortools_solver import needs_judging
from logistics.routing.model import Option, Pick, Place, Problem, ServiceLevel, TimeWindow
from tests.routing.builders import line_problem, task, van
from tests.routing.edge.searched import check_that_it_binds, solved

LINE = [0, 10, 20, 30]
DEAR = van(1, cost_per_m=3)


def test_a_van_halts_no_more_often_than_it_may() -> None:
    without = line_problem([*LINE[:3], -10], vehicles=[van(0), DEAR])
    plan = check_that_it_binds(replace(without, vehicles=(van(0, stops_max=2), DEAR)), without)
    assert plan.vehicle_of()[2] == 1


def test_two_parcels_at_one_door_are_one_halt() -> None:
    tasks = [task(0, Option(1)), task(1, Option(2)), task(2, Option(1))]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0, stops_max=2)])
    assert solved(problem).left_out == ()


@pytest.mark.parametrize(("price", "vehicle"), [(19, 0), (21, 1), (-1, 0)])
def test_a_driver_off_her_streets_costs_more(price: int, vehicle: int) -> None:
    # 20 m at 1 and the price, or 20 m at 2.
    problem = line_problem(
        LINE[:2], tasks=[task(0, vehicle_cost={"van0": price})], vehicles=[van(0), van(1, cost_per_m=2)]
    )
    assert solved(problem).vehicle_of() == {0: vehicle}


def test_a_bonus_for_a_driver_is_worth_a_detour() -> None:
    tasks = [task(0, vehicle_cost={"van1": -50}), task(1)]
    plan = solved(line_problem(LINE[:3], tasks=tasks, vehicles=[van(0), van(1, cost_per_m=2)]))
    assert plan.vehicle_of() == {0: 1, 1: 0}


def test_a_carrier_cheaper_than_the_cheapest_option_takes_it() -> None:
    problem = line_problem(LINE[:2], tasks=[task(0, Option(1, cost=10), leave_cost=5)])
    assert solved(problem).to_carrier == (0,)


def test_who_is_under_way_waits_where_others_leave_later() -> None:
    # Open at 100, 10 s away: who leaves at 90 pays 20 s, who is out since 0 pays 110.
    windows = (TimeWindow(100, 200),)
    tasks = [task(0, Option(1, windows=windows), deliver=(0,))]
    cars = [van(0, underway=True, cost_per_s=1), van(1, cost_per_s=2)]
    assert solved(line_problem(LINE[:2], tasks=tasks, vehicles=cars)).vehicle_of() == {0: 1}


def test_the_vehicle_that_pays_for_rules_pays_for_itself_only_when_it_moves() -> None:
    # The level binds nobody here, but its price is paid at a vehicle: that one still costs 100 to leave.
    cars = [van(0, cost_fixed=100), van(1, cost_per_m=2)]
    problem = line_problem(LINE[:3], tasks=[task(0), task(1, Option(2, preference=1))], vehicles=cars)
    levels = replace(problem, levels=(ServiceLevel(0, 10),))
    assert plan_cost(levels, solved(levels)).total == 80


def test_only_what_a_problem_uses_is_built() -> None:
    plain = Model(line_problem(LINE))
    assert set(plain.routing.GetAllDimensionNames()) == {"time", "pieces"}
    assert plain.routing.Size() == 4
    full = line_problem(LINE, vehicles=[van(0, stops_max=1, distance_m_max=9, trips_max=2)])
    assert set(Model(full).routing.GetAllDimensionNames()) == {"time", "pieces", "distance", "stops"}


@pytest.mark.parametrize(
    ("problem", "judged"),
    [
        (line_problem(LINE), False),
        (line_problem(LINE, quotas={"post": 1}), True),
        (line_problem(LINE, balance_cost_per_s=1), True),
        (line_problem(LINE, vehicles=[van(0, fixed=(Pick(0),))]), True),
    ],
)
def test_the_judge_looks_where_the_model_estimates(problem: Problem, judged: bool) -> None:  # noqa: FBT001 - a row of a table
    assert needs_judging(problem) is judged


def test_an_order_at_the_depot_needs_no_way() -> None:
    problem = replace(line_problem([0, 0]), places=(Place(setup_s=5), Place()))
    assert solved(problem).left_out == ()


@pytest.mark.parametrize("window", [TimeWindow(0, 40), TimeWindow(500, 900)])
def test_a_window_while_nobody_works_does_not_spoil_the_day(window: TimeWindow) -> None:
    tasks = [task(0, Option(1, windows=(window,))), task(1), task(2)]
    plan = solved(line_problem(LINE, tasks=tasks, vehicles=[van(0, shift=TimeWindow(50, 400))]))
    assert (plan.left_out, len(plan.routes)) == ((0,), 1)
