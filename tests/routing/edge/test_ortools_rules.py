"""Rules over several tasks or routes, each with a day on which breaking it would be cheaper."""

from dataclasses import replace

import pytest

from logistics.routing.cost import plan_cost
from logistics.routing.edge.ortools_rules import level_price
from logistics.routing.model import Option, Pick, Problem, ServiceLevel, TimeWindow, Vehicle
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, plan_of, task, text_of, van
from tests.routing.edge.searched import check_that_it_binds, solved

LINE = [0, 10, 20, 30, -10]
DEAR = van(1, cost_per_m=3)
SHOP = Option(4, preference=1, cost=-50)


@pytest.mark.parametrize(("percent", "first_choices"), [(1, 1), (34, 2), (60, 2), (67, 3), (100, 3)])
def test_a_share_gets_its_first_choice_though_the_shop_pays(percent: int, first_choices: int) -> None:
    without = line_problem(LINE, tasks=[task(n, Option(n + 1), SHOP) for n in range(3)])
    plan = check_that_it_binds(replace(without, levels=(ServiceLevel(0, percent),)), without)
    assert [visit.pick.option for visit in plan.routes[0].visits].count(0) == first_choices


def test_leaving_tasks_out_is_no_way_to_keep_a_level() -> None:
    # One bad choice only: of 1..4 tasks done with one bad, 75 % at most. Missing it costs more than leaving task 3.
    problem = line_problem([0, 10, 20, 30, 40], tasks=[*(task(n) for n in range(3)), task(3, Option(4, preference=1))])
    assert solved(replace(problem, levels=(ServiceLevel(0, 75),))).left_out == ()
    assert solved(replace(problem, levels=(ServiceLevel(0, 76),))).left_out == (3,)
    assert level_price(ServiceLevel(0, 50), 10) == 40


def test_a_carrier_takes_no_more_than_its_quota() -> None:
    without = line_problem(LINE[:4], tasks=[task(n, leave_cost=1, carrier="post") for n in range(3)])
    plan = check_that_it_binds(replace(without, quotas={"post": 1, "other": 0}), without)
    assert (text_of(plan), plan.to_carrier) in {("0 1", (2,)), ("1 0", (2,))}


def test_a_quota_that_is_too_small_leaves_out_no_more_than_it_must() -> None:
    cars = [van(0, capacity=(1,))]
    problem = line_problem(
        LINE[:4], tasks=[task(n, leave_cost=1, carrier="post") for n in range(3)], vehicles=cars, quotas={"post": 0}
    )
    plan = solved(problem)
    assert (len(plan.left_out), plan.to_carrier, check_plan(problem, plan)) == (2, (), ())


def pair(line: list[int], cars: list[Vehicle], leave_cost: int | None = None) -> tuple[Problem, Problem]:
    """Task 1 brings what task 0 fetches; and the same day without that."""
    tasks = [task(0, deliver=(0,), leave_cost=leave_cost), task(1, brings_from=0)]
    problem = line_problem(line, tasks=tasks, vehicles=cars)
    return problem, replace(problem, tasks=(tasks[0], replace(tasks[1], brings_from=None)))


def test_what_is_brought_is_fetched_first() -> None:
    # 10 back and 40 on are 50; 30 first and 40 back are 70.
    assert text_of(check_that_it_binds(*pair([0, 30, -10], [van(0, end=None)]))) == "0 1"


def test_a_pair_is_on_one_vehicle() -> None:
    # The second van stands where task 1 is; but the goods are 40 m away.
    assert text_of(check_that_it_binds(*pair([0, 30, -10], [van(0, end=None), van(1, start=2, end=None)]))) == "0 1"


def test_what_is_brought_is_fetched_though_leaving_that_were_cheaper() -> None:
    problem, without = pair([0, 30, 10], [van(0)], leave_cost=1)
    assert check_that_it_binds(problem, without).to_carrier == ()


def test_neither_of_a_pair_is_done_without_the_other() -> None:
    tasks = [task(0, deliver=(0,)), task(1, brings_from=0, skills=frozenset({"crane"}))]
    problem = line_problem([0, 30, 10], tasks=tasks)
    assert solved(problem).left_out == (0, 1)


def test_several_are_brought_from_one_place_on_one_vehicle() -> None:
    # -10 first and 30, 40 then are 60 for one van, 40 if the other does the one at its own door: it must be 90.
    tasks = [task(0, deliver=(0,)), task(1, brings_from=0), task(2, brings_from=0)]
    start = ((0, ((Pick(0), Pick(1), Pick(2)),)),)
    for cars in ([van(0, end=None)], [van(0, end=None), van(1, start=3, end=None, cost_per_m=3)]):
        problem = line_problem([0, 30, 40, -10], tasks=tasks, vehicles=cars)
        plan = solved(problem, start=start)
        assert (text_of(plan), check_plan(problem, plan)) == ("0 1 2", ())


def test_a_pair_takes_room_only_between_its_stops() -> None:
    # Two pieces fit; two go to 40 m, one from 30 to 45: the two must leave before the one boards.
    tasks = [task(0, deliver=(0,)), task(1, brings_from=0), task(2, deliver=(2,))]
    problem = line_problem([0, 30, 45, 40], tasks=tasks, vehicles=[van(0, capacity=(2,), end=None)])
    wide = replace(problem, vehicles=(van(0, end=None),))
    assert text_of(check_that_it_binds(problem, wide)) == "2 0 1"


def test_a_pair_is_done_within_one_trip() -> None:
    # Room for one piece: 120 for the pair, 80 for the other, on one trip or two; 140 if goods might wait at the depot.
    tasks = [task(0, deliver=(0,)), task(1, brings_from=0), task(2)]
    problem = line_problem([0, 30, -30, -40], tasks=tasks, vehicles=[van(0, capacity=(1,), trips_max=2)])
    plan = solved(problem)
    assert text_of(plan) in {"0 1 | 2", "2 | 0 1", "2 0 1"}
    assert check_plan(problem, plan) == ()


def test_what_is_fixed_comes_first() -> None:
    without = line_problem(LINE[:4], vehicles=[van(0, end=None), DEAR])
    fixed = replace(without, vehicles=(van(0, end=None, fixed=(Pick(2), Pick(0))), DEAR))
    assert text_of(check_that_it_binds(fixed, without)) == "2 0 1"


def test_what_is_fixed_is_done_though_it_breaks_what_it_must() -> None:
    # 30 m out by 10 s: too late, on the road too long; the others are planned all the same, by the other van.
    tasks = [task(0), task(1), task(2, Option(3, windows=(TimeWindow(0, 10),)))]
    cars = [van(0, shift=TimeWindow(0, 20), duration_s_max=5, distance_m_max=5, stops_max=0, fixed=(Pick(2),))]
    problem = line_problem(LINE[:4], tasks=tasks, vehicles=[*cars, DEAR])
    assert text_of(solved(problem)) in {"2 / 0 1", "2 / 1 0"}


def test_reloading_may_come_between_what_is_fixed() -> None:
    cars = [van(0, capacity=(2,), trips_max=2, fixed=(Pick(2), Pick(0), Pick(1)))]
    plan = solved(line_problem(LINE[:4], vehicles=cars))
    assert [visit.pick.task for visit in plan.routes[0].visits] == [2, 0, 1]
    assert check_plan(line_problem(LINE[:4], vehicles=cars), plan) == ()


def test_nothing_comes_between_what_is_fixed_but_reloading() -> None:
    # One piece a trip, the last trip is open: 30 m last costs least, then 20; 30 and 20 are fixed before 10.
    cars = [van(0, capacity=(1,), trips_max=3, end=None, fixed=(Pick(2), Pick(1)))]
    plan = solved(line_problem(LINE[:4], vehicles=cars))
    assert text_of(plan) == "2 | 1 | 0"


def test_who_is_under_way_brings_only_what_is_aboard() -> None:
    aboard = [task(0), task(1), task(2, aboard="van0")]
    without = line_problem(LINE[:4], tasks=aboard, vehicles=[van(0), DEAR])
    plan = check_that_it_binds(replace(without, vehicles=(van(0, underway=True), DEAR)), without)
    assert text_of(plan) in {"2 / 0 1", "2 / 1 0"}


def test_what_is_aboard_one_vehicle_is_brought_by_no_other() -> None:
    without = line_problem(LINE[:4], vehicles=[van(0), DEAR])
    problem = replace(without, tasks=(task(0), task(1), task(2, aboard="van1")))
    plan = check_that_it_binds(problem, without)
    assert plan.vehicle_of()[2] == 1


def test_who_comes_back_to_load_brings_the_rest() -> None:
    # It stands at 30 m with one parcel for 40; the depot is at 0, its goods go to 10 and 20.
    tasks = [task(0), task(1), task(2, aboard="van0")]
    car = van(0, start=4, depot=0, trips_max=2, underway=True)
    plan = solved(line_problem([0, 10, 20, 40, 30], tasks=tasks, vehicles=[car]))
    assert text_of(plan) in {"2 | 0 1", "2 | 1 0"}


def test_what_is_aboard_is_brought_before_loading_again() -> None:
    # It ends at -10, where one of the two parcels aboard goes: last would be best, but they leave before it loads.
    tasks = [task(0), task(1, Option(3), aboard="van0"), task(2, Option(2), aboard="van0")]
    car = van(0, start=4, end=2, depot=0, trips_max=2, underway=True)
    plan = solved(line_problem([0, 20, -10, 40, 30], tasks=tasks, vehicles=[car]))
    assert text_of(plan) == "1 2 | 0"


def test_even_routes_are_worth_their_price() -> None:
    # Task 0 (10 m) is the second van's at 3 a metre; tasks at 20 and 30 m are the first's: 60 + 60, 20 s over the mean.
    # At 10 a second that is 320; the second van alone does all for 180 and nobody works longer than the mean.
    tasks = [task(0, vehicles=frozenset({"van1"})), task(1), task(2)]
    problem = line_problem(LINE[:4], tasks=tasks, vehicles=[van(0), DEAR])
    assert plan_cost(problem, solved(problem)).total == 120
    even = replace(problem, balance_cost_per_s=10)
    assert plan_cost(even, solved(even)).total == 180
    assert plan_cost(even, plan_of(even, "1 2 / 0")).total == 320
