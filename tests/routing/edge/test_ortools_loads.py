"""What is on board over several trips, by itself and mixed."""

from dataclasses import replace

from logistics.routing.cost import plan_cost
from logistics.routing.model import Option, Pick, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, task, text_of, van
from tests.routing.edge.searched import check_that_it_binds, solved

LINE = [0, 10, 20, 30, -10]
DEAR = van(1, cost_per_m=3)


def test_a_small_van_comes_back_to_load() -> None:
    problem = line_problem(LINE[:4], vehicles=[van(0, capacity=(2,), trips_max=2)])
    plan = solved(problem)
    # 30 m and one on the way there, 60; the other 20 or 40.
    assert (plan.left_out, plan_cost(problem, plan).total, len(plan.routes[0].trips)) == ((), 80, 2)
    assert check_plan(problem, plan) == ()


def test_it_comes_back_to_load_no_more_often_than_it_may() -> None:
    without = line_problem(LINE[:4], vehicles=[van(0, capacity=(1,), trips_max=3), DEAR])
    plan = check_that_it_binds(replace(without, vehicles=(van(0, capacity=(1,), trips_max=2), DEAR)), without)
    assert text_of(plan) in {"1 | 2 / 0", "2 | 1 / 0"}


def test_loading_takes_its_time() -> None:
    # Trips of 20 and 40 s fill the shift; loading takes ten more.
    cars = [van(0, capacity=(1,), trips_max=2, shift=TimeWindow(0, 60)), DEAR]
    without = line_problem(LINE[:3], vehicles=cars)
    check_that_it_binds(replace(without, vehicles=(replace(cars[0], reload_s=10), DEAR)), without)


def test_it_loads_where_its_depot_is() -> None:
    # The van begins and ends at -10; its depot is at 0.
    cars = [van(0, start=4, end=4, depot=0, capacity=(1,), trips_max=2)]
    problem = line_problem(LINE, tasks=[task(0), task(1)], vehicles=cars)
    plan = solved(problem)
    assert plan_cost(problem, plan).total == 10 + 2 * 10 + 2 * 20 + 10
    assert check_plan(problem, plan) == ()


def test_what_was_collected_is_unloaded_between_two_trips() -> None:
    tasks = [task(n, deliver=(2 * (n % 2),), collect=(2 - 2 * (n % 2),)) for n in range(4)]
    problem = line_problem(LINE, tasks=tasks, vehicles=[van(0, capacity=(2,), trips_max=2)])
    plan = solved(problem)
    assert plan.left_out == ()
    assert check_plan(problem, plan) == ()
    assert len(plan.routes[0].trips) == 2


def test_only_collections_fill_it_too() -> None:
    tasks = [task(n, deliver=(0,), collect=(1,)) for n in range(3)]
    without = line_problem(LINE[:4], tasks=tasks)
    check_that_it_binds(replace(without, vehicles=(van(0, capacity=(2,), trips_max=2),)), replace(without))


def test_a_plan_of_more_trips_than_are_searched_is_a_good_start() -> None:
    cars = [van(0, capacity=(1,), trips_max=9)]
    problem = line_problem(list(range(0, 90, 10)), vehicles=cars)
    start = ((0, tuple((Pick(n),) for n in range(8))),)
    assert solved(problem, start=start).left_out == ()


def test_a_vehicle_that_stays_at_home_lays_out_no_reload() -> None:
    cars = [van(0, cost_fixed=50, capacity=(3,), trips_max=3), van(1, capacity=(3,), trips_max=3)]
    problem = line_problem(LINE[:4], tasks=[task(n, Option(n + 1)) for n in range(3)], vehicles=cars)
    assert plan_cost(problem, solved(problem)).total == 60
