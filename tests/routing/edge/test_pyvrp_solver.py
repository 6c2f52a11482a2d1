"""One row for each constraint PyVRP carries: a day on which breaking it would be cheaper."""

from dataclasses import replace

import pytest

from logistics.routing.construct import complete
from logistics.routing.cost import plan_cost
from logistics.routing.edge.pyvrp_solver import Orders, Translation, search
from logistics.routing.edge.search.expressible import can_express
from logistics.routing.matrix import UNREACHABLE, matrix_of
from logistics.routing.model import LIMITLESS, Option, Pick, Plan, Problem, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, task, text_of, van

W = TimeWindow
SHORT = Orders(seconds=10, rounds_max=150, seed=3)
ROOF = {"shift": W(0, 2**40)}  # a day so long that time is not reckoned


def solved(problem: Problem, orders: Orders = SHORT) -> Plan:
    assert can_express(problem)
    plan = complete(problem, search(problem, (), orders).drafts)
    assert not check_plan(problem, plan)
    return plan


# Places on a line, the depot at 0; a metre costs 1. What a row asks for stands in its name, how its cost comes about
# in its comment.
ROWS = {
    # 10 out and back twice: two vans, for one carries only one
    "capacity": (line_problem([0, 10, 10], vehicles=[van(0, capacity=(1,)), van(1, capacity=(1,))]), 40),
    # one van goes twice instead: the same metres
    "two trips": (line_problem([0, 10, 10], vehicles=[van(0, capacity=(1,), trips_max=2, reload_s=5)]), 40),
    # a second van of 100 would be nearer to the far end, but dear
    "fixed cost": (line_problem([0, 10, 30], vehicles=[van(0, cost_fixed=7), van(1, start=2, cost_fixed=100)]), 67),
    # the cheap van may carry nothing heavy
    "mixed fleet": (
        line_problem([0, 10, 20], vehicles=[van(0, capacity=(1,)), van(1, capacity=(2,), cost_per_m=3)]),
        40 + 3 * 20,
    ),
    # 30 there, no way back
    "open route": (line_problem([0, 10, 30], vehicles=[van(0, end=None)]), 30),
    # each end of the line has a van: 2 x 5 and 2 x 5
    "two depots": (
        line_problem([0, 5, 95, 100], tasks=[task(0), task(1)], vehicles=[van(0), van(1, start=3, end=3)]), 20,
    ),
    # the near one opens late, the far one closes early: far, near, home
    "windows": (
        line_problem(
            [0, 10, 20],
            tasks=[task(0, Option(1, windows=(W(60, 90),))), task(1, Option(2, windows=(W(0, 25),)))],
        ),
        40,
    ),
    # in the first window of the near one both cannot be: 5 s of work come between
    "second window": (
        line_problem(
            [0, 10, 20],
            tasks=[
                task(0, Option(1, windows=(W(0, 5), W(60, 61)), service_s=5)),
                task(1, Option(2, windows=(W(10, 30),), service_s=5)),
            ],
        ),
        40,
    ),
    # the van that is able to is dearer
    "skill": (
        line_problem(
            [0, 10], tasks=[task(0, skills=frozenset({"ice"}))],
            vehicles=[van(0), van(1, cost_per_m=2, skills=frozenset({"ice"}))],
        ),
        40,
    ),
    "exclusion": (
        line_problem([0, 10], tasks=[task(0, vehicles=frozenset({"van1"}))], vehicles=[van(0), van(1, cost_per_m=2)]),
        40,
    ),
    # 200 there and back for what a carrier does for 50
    "carrier": (line_problem([0, 10, 100], tasks=[task(0), task(1, leave_cost=50)]), 20 + 50),
    # the near option costs 30 more, the far one 2 x 25 of driving
    "options": (line_problem([0, 10, 35], tasks=[task(0, Option(1, cost=30), Option(2))]), 20 + 30),
    "rebate": (line_problem([0, 10, 35], tasks=[task(0, Option(1, cost=30), Option(2, cost=-25))]), 70 - 25),
    # both would be 40 m for one van: two of them
    "distance": (
        line_problem([0, -10, 10], vehicles=[van(0, distance_m_max=25), van(1, distance_m_max=25, cost_fixed=9)]), 49,
    ),
    # one halt for two parcels: 20 of driving + 30 of set-up + 2 x 5 = 60 s fits, a second set-up would not
    "set-up once": (
        line_problem(
            [0, 10], tasks=[task(0, Option(1, service_s=5)), task(1, Option(1, service_s=5))], setup_s=30,
            vehicles=[van(0, duration_s_max=60), van(1, cost_fixed=1000)],
        ),
        20,
    ),
    # seconds cost, and waiting for the window is time too, unless one leaves later: 20 s + 0
    "time": (
        line_problem(
            [0, 10], tasks=[task(0, Option(1, windows=(W(500, 600),)))], vehicles=[van(0, cost_per_m=0, cost_per_s=3)],
        ),
        60,
    ),
    # the shift of the cheap one is over before it would be back
    "shift": (line_problem([0, 50], vehicles=[van(0, shift=W(0, 99)), van(1, cost_per_m=2)]), 200),
    "before midnight": (
        line_problem([0, 10], tasks=[task(0, Option(1, windows=(W(-90, -80),)))], vehicles=[van(0, shift=W(-100, 0))]),
        20,
    ),
    # what is collected stays on board: no two at a time
    "collections": (
        line_problem(
            [0, 10, 20], tasks=[task(0, deliver=(), collect=(2,)), task(1, deliver=(), collect=(2,))],
            vehicles=[van(0, capacity=(3,)), van(1, capacity=(3,))],
        ),
        60,
    ),
    "timeless": (
        line_problem([0, 10, 20], vehicles=[van(0, capacity=(1,), **ROOF), van(1, capacity=(1,), **ROOF)]), 60,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("problem", "cost"), ROWS.values(), ids=ROWS)
def test_a_constraint_holds_where_breaking_it_is_cheaper(problem: Problem, cost: int) -> None:
    plan = solved(problem)
    assert (plan.left_out, plan_cost(problem, plan).total) == ((), cost)


def test_no_road_is_no_road() -> None:
    travel = matrix_of([[0, 10, 10], [10, 0, UNREACHABLE], [10, UNREACHABLE, 0]])
    problem = line_problem([0, 10, 11], travel=(travel,), vehicles=[van(0, trips_max=2), van(1, cost_fixed=500)])
    assert plan_cost(problem, solved(problem)).total == 40  # home in between


def test_of_what_cannot_all_be_done_the_higher_priority_is() -> None:
    tasks = [task(0), task(1, priority=2), task(2)]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, capacity=(1,))])
    start = ((0, ((Pick(0),),)),)
    found = search(problem, start, replace(SHORT, updates_every=5))
    assert (found.drafts, found.left) == (((0, ((Pick(1),),)),), 2)


def test_it_goes_on_from_where_it_stands() -> None:
    problem = line_problem([0, 10, 20, 30, 40])
    crooked = ((0, ((Pick(2), Pick(0), Pick(3), Pick(1)),)),)
    assert search(problem, crooked, replace(SHORT, rounds_max=0)).drafts == crooked
    assert text_of(complete(problem, search(problem, crooked, SHORT).drafts)) in {"0 1 2 3", "3 2 1 0"}


def test_a_start_in_the_second_window_and_the_second_trip_is_understood() -> None:
    option = Option(1, windows=(W(0, 5), W(60, 70)))
    cars = [van(0, capacity=(1,), trips_max=2, reload_s=5)]
    problem = line_problem([0, 10, 20], tasks=[task(0, option), task(1, Option(2))], vehicles=cars)
    start = ((0, ((Pick(1),), (Pick(0),))),)
    found = search(problem, start, replace(SHORT, rounds_max=0))
    assert (found.drafts, found.left) == (start, 0)


def test_vehicles_alike_are_one_type_and_come_back_as_different_ones() -> None:
    cars = [van(0, capacity=(1,)), van(1, capacity=(2,), cost_fixed=900), van(2, capacity=(1,))]
    problem = line_problem([0, 10, 20], vehicles=cars)
    assert [kind.num_available for kind in Translation(problem).data.vehicle_types()] == [2, 1]
    assert [vehicle for vehicle, _ in search(problem, (), SHORT).drafts] == [0, 2]


def test_what_binds_nobody_is_not_reckoned() -> None:
    free = line_problem([0, 10], vehicles=[van(0, capacity=(LIMITLESS,), **ROOF)])
    data = Translation(free).data
    assert (data.num_load_dimensions, data.has_time_windows()) == (0, False)
    bound = line_problem([0, 10], vehicles=[van(0, capacity=(0,))])
    assert Translation(bound).data.num_load_dimensions == 1


def test_costs_in_tiny_units_do_not_run_over() -> None:
    minor = 3_600_000  # cost units of a minor unit of money, as the day planner counts
    cars = [van(number, cost_per_m=minor, cost_per_s=minor, cost_fixed=5 * minor) for number in range(2)]
    closed = task(2, vehicles=frozenset({"van1"}))  # a road of UNREACHABLE for the other
    problem = line_problem([0, 1_000, 9_000, 9_000], tasks=[task(0), task(1), closed], vehicles=cars)
    assert plan_cost(problem, solved(problem)).total == minor * (2 * 18_000 + 5)


def test_penalties_carry_over_and_iterations_are_counted() -> None:
    problem = line_problem([0, 10, 20], vehicles=[van(0, capacity=(1,)), van(1, capacity=(1,))])
    penalties = (7.0,), 3.0, 2.0
    found = search(problem, (), replace(SHORT, rounds_max=20, penalties=penalties))
    assert (found.penalties, found.iterations) == (penalties, 20)  # too short to change them
    assert search(problem, (), SHORT) == search(problem, (), SHORT)
