"""The first plan: feasible by the judge, complete where it can be, and never dearer than the carriers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.routing.construct import complete, construct, fill, leave
from logistics.routing.cost import plan_cost
from logistics.routing.model import Option, Pick, Problem, ServiceLevel, Task, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, plan_of, task, text_of, van
from tests.routing.tiny import tiny

W = TimeWindow


def test_tasks_join_the_route_on_whose_way_they_lie() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0), van(1)])
    plan = construct(problem)
    # There and back once is 60; a second van would add at least 20.
    assert (plan_cost(problem, plan).total, len(plan.routes)) == (60, 1)


def test_a_second_van_is_opened_when_the_first_is_full_though_its_fixed_cost_is_high() -> None:
    vans = [van(number, capacity=(2,), cost_fixed=1000) for number in range(2)]
    plan = construct(line_problem([0, 10, 20, 30, 40], vehicles=vans))
    assert (plan.left_out, len(plan.routes)) == ((), 2)


def test_a_van_is_opened_for_what_carriers_would_do_dearer_together() -> None:
    # Each alone would not pay for the van (100 + 20), all five together do: 5 x 60 against 100 + 2 x 50.
    tasks = [task(number, leave_cost=60) for number in range(5)]
    plan = construct(line_problem([0, 10, 20, 30, 40, 50], tasks=tasks, vehicles=[van(cost_fixed=100)]))
    assert plan.to_carrier == ()


def test_a_route_that_carriers_would_do_for_less_is_left_to_them() -> None:
    tasks = [task(number, leave_cost=21) for number in range(2)]
    plan = construct(line_problem([0, 10, 12], tasks=tasks, vehicles=[van(cost_fixed=100)]))
    assert (plan.routes, sorted(plan.to_carrier)) == ((), [0, 1])


def test_a_store_takes_no_more_than_its_room() -> None:
    shop = Option(1, room="shop")
    problem = line_problem([0, 10], tasks=[task(0, shop), task(1, shop)], room={"shop": 1})
    assert len(construct(problem).left_out) == 1


def test_windows_decide_the_order() -> None:
    late, early = Option(1, windows=(W(500, 600),)), Option(2, windows=(W(0, 100),))
    plan = construct(line_problem([0, 10, 50], tasks=[task(0, late), task(1, early)]))
    assert text_of(plan) == "1 0"


def test_what_a_search_left_is_put_where_it_pays_and_stays_where_it_does_not() -> None:
    tasks = [task(0), task(1, leave_cost=30), task(2, leave_cost=10)]
    problem = line_problem([0, 10, 20, 30], tasks=tasks)
    plan = fill(problem, plan_of(problem, "0", to_carrier=[1, 2]))
    # 10 m farther cost 20: less than 30, more than 10.
    assert (sorted(plan.vehicle_of()), plan.to_carrier) == ([0, 1], (2,))


def test_a_van_on_the_road_comes_back_for_goods_at_the_depot_and_brings_what_is_aboard() -> None:
    # On the way out at 20, with task 1 aboard: task 0 lies on her way, but its goods are at the depot.
    on_the_road = van(0, start=2, depot=0, underway=True, trips_max=2, fixed=(Pick(1),))
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, aboard="van0")], vehicles=[on_the_road])
    before = complete(problem, ((0, ((Pick(1),),)),))
    assert text_of(fill(problem, before)) == "1 | 0"
    once = replace(problem, vehicles=(replace(on_the_road, trips_max=1),))
    assert fill(once, before).left_out == (0,)


def test_a_full_van_comes_back_in_the_middle_of_a_trip_for_who_must_be_served_early() -> None:
    tasks = [task(0), task(1, Option(2, windows=(W(500, 600),))), task(2, Option(3, windows=(W(0, 100),)))]
    problem = line_problem([0, 10, 20, 12], tasks=tasks, vehicles=[van(0, capacity=(2,), trips_max=2)])
    assert text_of(fill(problem, plan_of(problem, "0 1", left_out=[2]))) == "0 | 2 1"
    on_the_road = replace(problem, tasks=(tasks[0], replace(tasks[1], aboard="van0"), tasks[2]))
    assert fill(on_the_road, plan_of(on_the_road, "0 1", left_out=[2])).left_out == (2,)  # she would unload it


def test_vans_that_cannot_have_the_goods_do_not_hide_the_one_that_can() -> None:
    # Thirty vans on the road pass nearer by than the one at the depot; none of them has the goods.
    away = [van(n, start=1, depot=0, underway=True) for n in range(30)]
    problem = line_problem([0, 100], vehicles=[*away, van(30)])
    assert construct(problem).vehicle_of() == {0: 30}


def test_it_stops_when_told_to_and_says_who_is_left() -> None:
    problem = line_problem([0, 10, 20, 30])
    asked = iter([True, False])
    plan = construct(problem, lambda: next(asked))
    assert len(plan.left_out) == 2


def test_a_day_in_which_everything_binds_is_feasible() -> None:
    plan = construct(tiny())
    assert check_plan(tiny(), plan) == ()


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count = draw(st.integers(1, 7))
    positions = draw(st.lists(st.integers(-60, 60), min_size=count + 2, max_size=count + 2))
    tasks = []
    for number in range(count):
        start = draw(st.integers(0, 200))
        windows = draw(st.sampled_from([(), (W(start, start + 60),)]))
        home = Option(number + 1, windows=windows, service_s=draw(st.integers(0, 9)))
        ways = [home, Option(count + 1, room="shop")] if draw(st.booleans()) else [home]
        leave = draw(st.sampled_from([None, 15, 80]))
        cash = (0, draw(st.integers(0, 30)))
        tasks.append(task(number, *ways, deliver=(1, 0), collect=cash, leave_cost=leave))
    cars = [
        van(0, capacity=(draw(st.integers(1, 4)), 60), cost_fixed=draw(st.integers(0, 40)), cost_per_s=1),
        van(1, capacity=(3, 40), shift=W(50, 400), cost_per_m=2, end=None),
    ]
    named = ("pieces", "cash_minor")
    return line_problem(positions, tasks=tasks, vehicles=cars, setup_s=3, room={"shop": 1}, dimensions=named)


@given(problems())
def test_the_judge_finds_nothing_and_every_task_is_somewhere(problem: Problem) -> None:
    plan = construct(problem)
    assert check_plan(problem, plan) == ()
    everywhere = [*plan.vehicle_of(), *plan.to_carrier, *plan.left_out]
    assert sorted(everywhere) == list(range(len(problem.tasks)))


def test_a_carrier_takes_the_most_urgent_up_to_its_quota_and_the_rest_is_left_out() -> None:
    tasks = [task(n, leave_cost=5 + n, priority=n == 0, carrier="sf") for n in range(3)]
    problem = line_problem([0, 10, 20, 30], tasks=[*tasks, Task("t3", (Option(1),), (1,))], quotas={"sf": 2})
    assert leave(problem, range(4)) == ([0, 2], [1, 3])
    assert check_plan(problem, complete(problem, ())) == ()


def test_what_a_carrier_does_not_take_is_driven_whatever_it_costs() -> None:
    tasks = [task(n, leave_cost=1, carrier="sf") for n in range(3)]
    problem = line_problem([0, 10, -20, 30], tasks=tasks, quotas={"sf": 2})
    plan = construct(problem)  # 60 for the third; the first lies on its way
    assert (text_of(plan), plan.to_carrier, check_plan(problem, plan)) == ("0 2", (1,), ())


def test_nobody_is_put_where_a_service_level_would_be_missed() -> None:
    tasks = [task(n, Option(n + 1, preference=n % 2)) for n in range(4)]
    problem = line_problem([0, 10, 20, 30, 40], tasks=tasks, levels=(ServiceLevel(0, 60),))
    plan = construct(problem)
    assert check_plan(problem, plan) == ()
    assert len(plan.left_out) == 1


def test_three_places_on_streets_strange_to_a_driver_do_not_hide_who_knows_them() -> None:
    # Between 20 and 30 it is no detour for the first van, but 1000 for her; for the second it is 50.
    tasks = [*(task(number) for number in range(6)), task(6, vehicle_cost={"van0": 1000})]
    problem = line_problem([0, 10, 20, 30, 40, 50, -10, 25], tasks=tasks, vehicles=[van(0), van(1)])
    plan = fill(problem, plan_of(problem, "0 1 2 3 4 / 5", left_out=[6]))
    assert plan.vehicle_of()[6] == 1


def test_three_places_in_overtime_do_not_hide_a_van_with_time() -> None:
    # The first van is back at 100, when its shift ends: five seconds at the door are five of overtime.
    vans = [van(0, shift=W(0, 100), overtime_s_max=100, cost_per_s_overtime=1000), van(1)]
    tasks = [*(task(number) for number in range(6)), task(6, Option(7, service_s=5))]
    problem = line_problem([0, 10, 20, 30, 40, 50, -10, 25], tasks=tasks, vehicles=vans)
    plan = fill(problem, plan_of(problem, "0 1 2 3 4 / 5", left_out=[6]))
    assert plan.vehicle_of()[6] == 1


def test_a_van_late_for_what_is_fixed_takes_more_along_if_nothing_gets_worse() -> None:
    tasks = [task(0, Option(1, windows=(W(0, 5),))), task(1), task(2, Option(3, windows=(W(0, 31),)))]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, fixed=(Pick(0),))])
    plan = fill(problem, plan_of(problem, "0", left_out=[1, 2]))
    assert (text_of(plan), plan.left_out) == ("0 1 2", ())
    assert [one.task for one in check_plan(problem, plan)] == [0]


def test_what_is_fixed_is_where_a_first_plan_begins_whatever_carriers_ask() -> None:
    tasks = [task(0, leave_cost=1), task(1)]
    problem = line_problem([0, 50, 20], tasks=tasks, vehicles=[van(0, fixed=(Pick(0),), cost_per_m=5), van(1)])
    plan = construct(problem)
    assert check_plan(problem, plan) == ()
    assert text_of(plan).startswith("0")


def pair(number: int, origin: int, *windows: TimeWindow, **changes: Any) -> list[Task]:
    """Make a fetching and what is brought from there."""
    fetching = task(origin, deliver=(0,), **changes)
    return [fetching, task(number, Option(number + 1, windows=windows), brings_from=origin, **changes)]


def test_a_pair_is_put_in_together() -> None:
    problem = line_problem([0, 10, 20, 15], tasks=[*pair(1, 0), task(2)], vehicles=[van(0), van(1)])
    plan = construct(problem)
    assert (text_of(plan), plan.left_out, check_plan(problem, plan)) == ("0 2 1", (), ())


def test_nothing_is_fetched_that_cannot_be_brought() -> None:
    problem = line_problem([0, 10, 20, 30], tasks=[*pair(1, 0, W(0, 5)), task(2)])
    plan = construct(problem)
    assert (text_of(plan), sorted(plan.left_out), check_plan(problem, plan)) == ("2", [0, 1], ())


@pytest.mark.parametrize(("price", "text"), [(9, ""), (21, "0 1")])
def test_a_pair_is_weighed_against_what_its_carriers_ask_together(price: int, text: str) -> None:
    """There and back costs 40: the fetching alone half of it."""
    problem = line_problem([0, 10, 20], tasks=pair(1, 0, leave_cost=price))
    plan = fill(problem, complete(problem, ()))
    assert text_of(plan) == text


def test_no_quota_parts_a_pair() -> None:
    tasks = [*pair(1, 0, leave_cost=5, carrier="x"), task(2, leave_cost=1, carrier="x")]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, quotas={"x": 1})
    carried, left_out = leave(problem, [0, 1, 2])
    assert (carried, sorted(left_out)) == ([], [0, 1, 2])
    assert leave(replace(problem, quotas={"x": 2}), [0, 1, 2]) == ([0, 1], [2])
