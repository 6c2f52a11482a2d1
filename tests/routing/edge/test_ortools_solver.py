"""The solver against brute force, and one row for each constraint: a day on which breaking it would be cheaper."""

import time
from dataclasses import replace
from typing import Any

import pytest

from logistics.routing.construct import complete
from logistics.routing.cost import plan_cost, weight
from logistics.routing.edge.ortools_nodes import list_nodes, may_visit
from logistics.routing.edge.ortools_solver import solve
from logistics.routing.edge.solving import Found, Limits
from logistics.routing.matrix import UNREACHABLE, matrix_of
from logistics.routing.model import CASH, Option, Pick, Plan, Problem, TimeWindow, Vehicle
from logistics.routing.schedule import schedule_plan
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, plan_of, task, text_of, van
from tests.routing.tiny import every_plan, tiny

W = TimeWindow
SHORT = Limits(seconds=2, rounds_max=60)
SHOP = Option(2, room="shop")


def solved(problem: Problem, limits: Limits = SHORT) -> Plan:
    found: list[Found] = []
    solve(problem, limits, time.monotonic(), found.append)
    plans = [complete(problem, one.drafts) for one in found]
    return min(plans, key=lambda plan: weight(problem, plan))


def test_the_best_plan_of_a_tiny_day_is_found() -> None:
    problem = tiny()
    feasible = []
    for routes, carrier in every_plan(problem):
        timed = [(vehicle, [picks]) for vehicle, picks in enumerate(routes)]
        plan = schedule_plan(problem, timed, to_carrier=[2] if carrier else [])
        if not check_plan(problem, plan):
            feasible.append(plan_cost(problem, plan).total)
    plan = solved(problem)
    assert check_plan(problem, plan) == ()
    assert plan_cost(problem, plan).total == min(feasible)


# Three tasks at 10, 20 and 30 m, and another place at -10; what binds; the cheap plan that breaks just that.
LINE = [0, 10, 20, 30, -10]
THREE = [task(0), task(1), task(2)]
DEAR = van(1, cost_per_m=3)
CRANE = frozenset({"crane"})
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("capacity", {"vehicles": [van(0, capacity=(2,)), DEAR]}, "0 1 2"),
    (
        "cash",
        {
            "dimensions": (CASH,),
            "tasks": [task(n, deliver=(0,), collect=(50,)) for n in range(3)],
            "vehicles": [van(0, capacity=(100,)), van(1, capacity=(100,))],
        },
        "0 1 2",
    ),
    (
        "window",
        {
            "tasks": [task(0, Option(1, windows=(W(0, 10),))), task(1, Option(4, windows=(W(0, 10),))), task(2)],
            "vehicles": [van(0), DEAR],
        },
        "0 2 1",
    ),
    ("shift", {"vehicles": [van(0, shift=W(0, 55)), DEAR]}, "0 1 2"),
    ("distance", {"vehicles": [van(0, distance_m_max=55), DEAR]}, "0 1 2"),
    ("duration", {"vehicles": [van(0, duration_s_max=55), DEAR]}, "0 1 2"),
    (
        "skill",
        {"tasks": [task(0, skills=CRANE), *THREE[1:]], "vehicles": [van(0), replace(DEAR, skills=CRANE)]},
        "0 1 2",
    ),
    (
        "lock",
        {"tasks": [task(0, vehicles=frozenset({"van1"})), *THREE[1:]], "vehicles": [van(0), DEAR]},
        "0 1 2",
    ),
    (
        "room",
        {"tasks": [task(n, Option(n + 1, cost=99), SHOP) for n in range(3)], "room": {"shop": 2}},
        "0:1 1:1 2:1",
    ),
    (
        "room counted in parcels",
        {
            "tasks": [task(n, Option(n + 1, cost=99), replace(SHOP, room_use=n + 1)) for n in range(3)],
            "room": {"shop": 5},
        },
        "0:1 1:1 2:1",
    ),
]


@pytest.mark.parametrize(("why", "changes", "cheap"), CASES, ids=[case[0] for case in CASES])
def test_a_constraint_is_kept_though_breaking_it_would_be_cheaper(
    why: str, changes: dict[str, Any], cheap: str
) -> None:
    problem = line_problem(LINE, **({"tasks": THREE} | changes))
    broken = plan_of(problem, cheap)
    plan = solved(problem)
    assert check_plan(problem, broken) != ()
    assert check_plan(problem, plan) == ()
    assert plan.left_out == ()
    assert plan_cost(problem, broken).total < plan_cost(problem, plan).total


def test_the_leave_price_decides_between_van_and_carrier() -> None:
    # Task 1 lies 20 m further out: 40 m of driving. The carrier takes 39, then 41.
    for price, carried in ((39, (1,)), (41, ())):
        problem = line_problem([0, 10, 30], tasks=[task(0), task(1, leave_cost=price)])
        assert solved(problem).to_carrier == carried


def test_what_must_be_done_displaces_what_may_be_left() -> None:
    tasks = [task(0, leave_cost=500), task(1)]
    plan = solved(line_problem([0, 10, 2000], tasks=tasks, vehicles=[van(0, capacity=(1,))]))
    assert (text_of(plan), plan.to_carrier, plan.left_out) == ("1", (0,), ())


def test_of_two_that_must_be_done_the_priority_wins() -> None:
    tasks = [task(0), task(1, priority=1)]
    plan = solved(line_problem([0, 10, 2000], tasks=tasks, vehicles=[van(0, capacity=(1,))]))
    assert (text_of(plan), plan.left_out) == ("1", (0,))


def test_one_place_is_one_halt() -> None:
    # Two parcels at 50 m, another at 60: visiting 50 once saves a set-up of 40 s at a cost of 1 a second.
    tasks = [task(0, Option(1)), task(1, Option(2)), task(2, Option(1))]
    plan = solved(line_problem([0, 50, 60], tasks=tasks, vehicles=[van(0, cost_per_s=1)], setup_s=40))
    assert [len(stop.visits) for stop in plan.routes[0].stops] in ([2, 1], [1, 2])


def test_a_fixed_cost_keeps_a_vehicle_at_home() -> None:
    vans = [van(0, cost_fixed=1000), van(1, cost_fixed=10)]
    assert text_of(solved(line_problem(LINE[:4], vehicles=vans))).startswith(" / ")


def test_each_depot_serves_its_own_neighbours() -> None:
    problem = line_problem([0, 10, 990, 20, 980, 1000], tasks=[task(n) for n in range(4)],
                           vehicles=[van(0), van(1, start=5, end=5)])  # fmt: skip
    assert {frozenset(pick.task for trip in route.picks for pick in trip) for route in solved(problem).routes} == {
        frozenset({0, 2}),
        frozenset({1, 3}),
    }


def test_an_open_route_need_not_come_home() -> None:
    problem = line_problem(LINE[:4], vehicles=[van(0, end=None)])
    plan = solved(problem)
    assert plan_cost(problem, plan).total == 30
    assert check_plan(problem, plan) == ()


def test_overtime_is_bought_only_where_it_pays() -> None:
    # 60 m need 60 s, the shift has 50: ten seconds of overtime at 2, or the carrier.
    cars: list[Vehicle] = [van(0, shift=W(0, 50), overtime_s_max=20, cost_per_s_overtime=2)]
    for price, carried in ((39, (2,)), (41, ())):
        tasks = [task(0), task(1), task(2, leave_cost=price)]
        assert solved(line_problem(LINE[:4], tasks=tasks, vehicles=cars)).to_carrier == carried


def test_several_windows_of_one_option_are_all_open() -> None:
    tasks = [task(0, Option(1, windows=(W(0, 5), W(100, 110))))]
    problem = line_problem([0, 10], tasks=tasks)
    plan = solved(problem)
    assert next(plan.routes[0].visits).start_s == 100
    assert check_plan(problem, plan) == ()


def test_a_rebate_makes_an_option_worth_a_detour() -> None:
    for rebate, option in ((-30, 1), (-10, 0)):
        tasks = [task(0, Option(1), Option(2, kind="service_point", cost=rebate))]
        plan = solved(line_problem([0, 10, 20], tasks=tasks))
        assert next(plan.routes[0].visits).pick == Pick(0, option)


def test_goods_collected_take_room_only_after_what_was_delivered_is_gone() -> None:
    tasks = [task(0, deliver=(3,)), task(1, deliver=(0,), collect=(3,))]
    problem = line_problem([0, 20, 10], tasks=tasks, vehicles=[van(0, capacity=(3,))])
    plan = solved(problem)
    assert text_of(plan) == "0 1"
    assert check_plan(problem, plan) == ()


def test_each_vehicle_drives_by_its_own_profile() -> None:
    slow = matrix_of([[0, 100], [100, 0]])
    travel = (matrix_of([[0, 10], [10, 0]]), slow)
    problem = line_problem([0, 10], vehicles=[van(0, profile=1), van(1)], travel=travel)
    assert text_of(solved(problem)) == " / 0"


def test_what_nobody_can_reach_or_may_do_is_no_node() -> None:
    far = UNREACHABLE
    problem = replace(line_problem([0, 10, 20]), travel=(matrix_of([[0, 10, far], [10, 0, far], [far, far, 0]]),))
    assert list_nodes(problem).picks == (Pick(0),)
    assert not may_visit(problem, 0, Pick(1))
    assert solved(problem).left_out == (1,)


def test_the_same_rounds_give_the_same_plan() -> None:
    positions = [0, *((n * 37) % 101 for n in range(1, 25))]
    problem = line_problem(positions, vehicles=[van(0, capacity=(9,)), van(1, capacity=(9,)), van(2, capacity=(9,))])
    limits = Limits(seconds=30, rounds_max=40)
    assert solved(problem, limits) == solved(problem, limits)


def test_cash_is_on_board_only_where_it_is_taken() -> None:
    # At the door 80 of 100 are taken; in the shop nothing. Two doors are too much cash: one goes to the shop.
    tasks = [task(n, Option(n + 1, collect=(80,)), replace(SHOP, place=3, cost=99), deliver=(0,)) for n in range(2)]
    problem = line_problem(
        LINE[:4], tasks=tasks, vehicles=[van(0, capacity=(100,))], dimensions=(CASH,), room={"shop": 2}
    )
    plan = solved(problem)
    assert check_plan(problem, plan) == ()
    assert sorted(visit.pick.option for route in plan.routes for visit in route.visits) == [0, 1]
