"""Each reason has a row: the day, the plan, what is left out, why, and the cheapest repair with amount and price."""

from dataclasses import replace
from typing import Any

import pytest

from logistics.routing.cost import plan_cost
from logistics.routing.explain import Closed, ClosedCarrier, explain_plan, explain_task
from logistics.routing.insertion import insert
from logistics.routing.matrix import UNREACHABLE, matrix_of
from logistics.routing.model import CASH, Break, Option, Pick, Problem, ServiceLevel, TimeWindow
from logistics.routing.reasons import Reason, reasons_of
from logistics.routing.violations import EARLY, check_plan
from tests.routing.builders import line_problem, plan_of, task, text_of, van

W = TimeWindow
SHOP = Option(2, room="shop")

# One van drives to task 0 at 10 m; task 1 at 20 m is left out. Taking it along would cost 20 m more.
CASES: list[tuple[str, dict[str, Any], Reason, int, int]] = [
    ("no room on board", {"vehicles": [van(0, capacity=(1,), cost_fixed=90)]}, Reason.CAPACITY, 1, 20),
    ("only before 15", {"tasks": [task(0), task(1, Option(2, windows=(W(0, 15),)))]}, Reason.WINDOW, 5, 20),
    ("shift too short", {"vehicles": [van(0, shift=W(0, 30))]}, Reason.SHIFT, 10, 20),
    ("needs a crane", {"tasks": [task(0), task(1, skills=frozenset({"crane"}))]}, Reason.SKILL, 1, 20),
    (
        "too much cash",
        {
            "dimensions": (CASH,),
            "tasks": [task(n, deliver=(0,), collect=(60,)) for n in range(2)],
            "vehicles": [van(0, capacity=(100,), cost_fixed=90)],
        },
        Reason.CASH,
        20,
        20,
    ),
    ("the store is full", {"tasks": [task(0), task(1, SHOP)], "room": {"shop": 0}}, Reason.ROOM, 1, 20),
    ("too far", {"vehicles": [van(0, distance_m_max=33)]}, Reason.DISTANCE, 7, 20),
    ("too many halts", {"vehicles": [van(0, stops_max=1)]}, Reason.STOPS, 1, 20),
    (
        "at rest from 25 to 34, so home at 54",
        {"vehicles": [van(0, breaks=(Break(W(25, 27), 9),), shift=W(0, 45))]},
        Reason.SHIFT,
        9,
        20,
    ),
    ("the goods are elsewhere", {"tasks": [task(0), task(1, aboard="van9")]}, Reason.ABOARD, 1, 20),
    ("bound to another van", {"tasks": [task(0), task(1, vehicles=frozenset({"van9"}))]}, Reason.BOUND, 1, 20),
    (
        "too few first choices",
        {"tasks": [task(0), task(1, Option(2, preference=1))], "levels": (ServiceLevel(0, 60),)},
        Reason.LEVEL,
        1,
        20,
    ),
    (
        "somebody else would wait",
        # 20 m on the way, but serving there takes longer than the window behind it allows.
        {"tasks": [task(0, Option(1, windows=(W(10, 22),), service_s=5)), task(1, Option(2, windows=(W(0, 20),)))]},
        Reason.WINDOW,
        5,
        20,
    ),
]


@pytest.mark.parametrize(("why", "changes", "reason", "amount", "price"), CASES, ids=[case[0] for case in CASES])
def test_the_reason_is_what_frees_the_task(
    why: str, changes: dict[str, Any], reason: Reason, amount: int, price: int
) -> None:
    problem = line_problem([0, 10, 20], **changes)
    (explanation,) = explain_plan(problem, plan_of(problem, "0", left_out=[1]))
    assert explanation.reason is reason
    cheapest = explanation.repairs[0]
    assert (cheapest.relaxes, cheapest.amount, cheapest.extra_cost) == (reason, amount, price)


def test_what_the_carrier_does_cheaper_is_a_matter_of_price() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, leave_cost=15)])
    (explanation,) = explain_plan(problem, plan_of(problem, "0", to_carrier=[1]))
    assert (explanation.reason, explanation.repairs[0].extra_cost) == (Reason.PRICE, 20)


def test_what_fits_and_must_not_be_left_was_not_come_round_to() -> None:
    problem = line_problem([0, 10, 20])
    (explanation,) = explain_plan(problem, plan_of(problem, "0", left_out=[1]))
    assert (explanation.reason, [one.extra_cost for one in explanation.repairs]) == (Reason.FITS, [20])


def test_only_one_more_vehicle_would_do() -> None:
    # Both must be served at exactly 10 s and lie 20 m apart: one van cannot, whatever single thing gives way.
    tasks = [task(0, Option(1, windows=(W(10, 10),))), task(1, Option(2, windows=(W(10, 10),)), deliver=(1,))]
    problem = line_problem([0, 10, -10], tasks=tasks, vehicles=[van(0, capacity=(1,), cost_fixed=50)])
    explanation = explain_task(problem, plan_of(problem, "0", left_out=[1]), 1)
    assert explanation.reason is Reason.VEHICLES
    assert explanation.repairs[0].extra_cost == 70  # 50 for the van, 20 m


def test_several_constraints_at_once_are_said_together() -> None:
    tasks = [task(0), task(1, skills=frozenset({"crane"}))]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0, distance_m_max=30)])
    explanation = explain_task(problem, plan_of(problem, "0", left_out=[1]), 1)
    assert (explanation.reason, explanation.together) == (Reason.SEVERAL, (Reason.DISTANCE, Reason.SKILL))


def test_where_no_road_leads_is_said() -> None:
    far = UNREACHABLE
    problem = line_problem([0, 10, 20])
    problem = replace(problem, travel=(matrix_of([[0, 10, far], [10, 0, far], [far, far, 0]]),))
    assert explain_task(problem, plan_of(problem, "0", left_out=[1]), 1).reason is Reason.UNREACHABLE


def test_a_task_without_options_is_unreachable() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0), replace(task(1), options=())])
    assert explain_task(problem, plan_of(problem, "0", left_out=[1]), 1).reason is Reason.UNREACHABLE


def test_somebody_else_would_be_late() -> None:
    # Task 0 must be served by 10; serving task 1 on the way there takes 5.
    tasks = [task(0, Option(2, windows=(W(0, 22),))), task(1, Option(1, windows=(W(0, 12),), service_s=5))]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0, cost_fixed=9)])
    explanation = explain_task(problem, plan_of(problem, "0", left_out=[1]), 1)
    others = next(one for one in explanation.repairs if one.relaxes is Reason.OTHERS)
    assert (others.amount, others.extra_cost) == (3, 0)


def test_one_more_trip_makes_room() -> None:
    problem = line_problem([0, 10, 20], vehicles=[van(0, capacity=(1,), cost_fixed=50)])
    explanation = explain_task(problem, plan_of(problem, "0", left_out=[1]), 1)
    assert [(one.relaxes, one.extra_cost) for one in explanation.repairs] == [
        (Reason.CAPACITY, 20),
        (Reason.TRIPS, 40),
        (Reason.VEHICLES, 90),
    ]


def test_what_fits_if_the_van_loads_in_between_is_not_said_to_want_room() -> None:
    # After task 1 it is too late for task 2, and the van is full: it fits if she comes back to load before task 1.
    tasks = [task(0), task(1, Option(2, windows=(W(500, 600),))), task(2, Option(3, windows=(W(0, 100),)))]
    problem = line_problem([0, 10, 20, 12], tasks=tasks, vehicles=[van(0, capacity=(2,), trips_max=2)])
    plan = plan_of(problem, "0 1", left_out=[2])
    explanation = explain_task(problem, plan, 2)
    repair = explanation.repairs[0]
    assert (explanation.reason, repair.extra_cost) == (Reason.FITS, 20)
    assert repair.insertion is not None
    after = insert(problem, plan, repair.insertion)
    assert (text_of(after), check_plan(problem, after)) == ("0 | 2 1", ())


def test_a_carrier_that_takes_no_more_is_the_reason_where_nothing_else_helps() -> None:
    tasks = [task(0, leave_cost=3, carrier="x"), task(1, leave_cost=4, carrier="x", skills=frozenset({"a", "b"}))]
    problem = line_problem([0, 10, 20], tasks=tasks, quotas={"x": 1}, vehicles=[van(0, distance_m_max=5)])
    explanation = explain_task(problem, plan_of(problem, "", to_carrier=[0], left_out=[1]), 1)
    (repair,) = explanation.repairs
    assert (explanation.reason, repair.vehicle, repair.amount, repair.extra_cost) == (Reason.QUOTA, None, 1, 4)


def test_what_may_be_left_says_at_what_price() -> None:
    tasks = [task(0), task(1, leave_cost=7)]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0, capacity=(1,), trips_max=1)])
    explanation = explain_task(problem, plan_of(problem, "0", left_out=[1]), 1)
    assert (explanation.reason, explanation.repairs[0].relaxes) == (Reason.CAPACITY, Reason.CARRIER)
    assert explanation.repairs[0].extra_cost == 7


def test_ways_that_are_not_open_are_repairs_and_never_the_plan() -> None:
    shop = Option(1, kind="service_point", cost=-3)
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, Option(2), shop)], vehicles=[van(0, shift=W(0, 30))])
    closed = Closed({Pick(1, 1): ("no_consent",)}, {1: ClosedCarrier(7, ("not_wished",), "express")})
    (explanation,) = explain_plan(problem, plan_of(problem, "0", left_out=[1]), closed)
    assert explanation.reason is Reason.SHIFT
    assert [(one.relaxes, one.extra_cost, one.needs) for one in explanation.repairs] == [
        (Reason.CLOSED, -3, ("no_consent",)),
        (Reason.CLOSED, 7, ("not_wished",)),
        (Reason.SHIFT, 20, ()),
    ]


def test_where_only_closed_ways_are_left_that_is_the_reason() -> None:
    problem = line_problem([0, 10, 20])
    closed = Closed({Pick(1, 0): ("no_consent",)})
    (explanation,) = explain_plan(problem, plan_of(problem, "0", left_out=[1]), closed)
    assert explanation.reason is Reason.CLOSED


def pair_of_two_carriers(**more: Any) -> Problem:
    """Task 1 is fetched and task 2 brought; each half would be left to a carrier of its own. The van has no room."""
    tasks = [
        task(0, leave_cost=1, carrier="post"),
        task(1, deliver=(0,), leave_cost=3, carrier="express"),
        task(2, brings_from=1, deliver=(4,), leave_cost=4, carrier="post"),
    ]
    return line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, capacity=(3,))], **more)


def test_a_pair_left_to_two_carriers_names_both() -> None:
    problem = pair_of_two_carriers()
    explanation = explain_task(problem, plan_of(problem, "0", left_out=[1, 2]), 2)
    (left,) = [one for one in explanation.repairs if one.relaxes is Reason.CARRIER]
    assert (left.name, left.extra_cost) == ("express, post", 7)


def test_of_two_carriers_the_full_one_is_named() -> None:
    problem = pair_of_two_carriers(quotas={"express": 5, "post": 1})
    explanation = explain_task(problem, plan_of(problem, "", to_carrier=[0], left_out=[1, 2]), 1)
    (full,) = [one for one in explanation.repairs if one.relaxes is Reason.QUOTA]
    assert (full.name, full.amount) == ("post", 1)


def test_a_pair_whose_carriers_are_not_open_names_both() -> None:
    tasks = [task(0), task(1, deliver=(0,)), task(2, brings_from=1, deliver=(4,))]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, capacity=(3,))])
    carriers = {1: ClosedCarrier(3, ("not_wished",), "express"), 2: ClosedCarrier(4, ("not_wished",), "post")}
    explanation = explain_plan(problem, plan_of(problem, "0", left_out=[1, 2]), Closed({}, carriers))[0]
    (closed,) = [one for one in explanation.repairs if one.relaxes is Reason.CLOSED]
    assert (closed.name, closed.extra_cost, closed.needs) == ("express, post", 7, ("not_wished",))


def test_a_pair_is_explained_together() -> None:
    tasks = [task(0), task(1, deliver=(0,)), task(2, brings_from=1, deliver=(4,))]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, capacity=(3,))])
    fetched, brought = explain_plan(problem, plan_of(problem, "0", left_out=[1, 2]))
    assert (fetched.group, brought.group) == ((1, 2), (1, 2))
    assert (fetched.reason, brought.reason) == (Reason.CAPACITY, Reason.CAPACITY)
    assert (fetched.repairs[0].extra_cost, fetched.repairs[0].amount) == (40, 1)


@pytest.mark.parametrize("changes", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_a_repair_that_is_done_breaks_what_it_says_and_nothing_else(changes: dict[str, Any]) -> None:
    problem = line_problem([0, 10, 20], **changes)
    plan = plan_of(problem, "0", left_out=[1])
    (explanation,) = explain_plan(problem, plan)
    for repair in explanation.repairs:
        if repair.insertion:
            broken = check_plan(problem, insert(problem, plan, repair.insertion))
            assert reasons_of(broken, {1}) == {repair.relaxes}
            assert sum(one.amount for one in broken) == repair.amount


def test_who_would_come_too_early_needs_another_window() -> None:
    # Behind task 0 the van is there at 20; it may be served from 90 on only, but the shift ends at 45.
    tasks = [task(0), task(1, Option(2, windows=(W(90, 95),)))]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0, shift=W(0, 45))])
    explanation = explain_task(problem, plan_of(problem, "0", left_out=[1]), 1)
    window = explanation.repairs[0]
    assert (explanation.reason, window.amount, window.start_s, window.insertion) == (Reason.WINDOW, 70, 20, None)
    assert window.name == EARLY


@pytest.mark.parametrize(("price", "reason"), [(1000, Reason.FITS), (19, Reason.PRICE)])
def test_a_carrier_is_called_cheaper_only_where_it_is(price: int, reason: Reason) -> None:
    """Taken off by hand; taking it along would cost 20."""
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, leave_cost=price)])
    explanation = explain_task(problem, plan_of(problem, "0", to_carrier=[1]), 1)
    assert (explanation.reason, explanation.repairs[0].extra_cost) == (reason, 20)


def test_one_more_vehicle_keeps_service_levels_and_costs_what_it_unbalances() -> None:
    ours = van(0, capacity=(1,))
    second_best = line_problem(
        [0, 10, 20], tasks=[task(0), task(1, Option(2, preference=1))], vehicles=[ours], levels=(ServiceLevel(0, 80),)
    )
    explanation = explain_task(second_best, plan_of(second_best, "0", left_out=[1]), 1)
    assert Reason.VEHICLES not in {repair.relaxes for repair in explanation.repairs}
    balanced = line_problem([0, 10, 200], vehicles=[ours], balance_cost_per_s=1)
    plan = plan_of(balanced, "0", left_out=[1])
    repairs = {repair.relaxes: repair.extra_cost for repair in explain_task(balanced, plan, 1).repairs}
    longer = replace(balanced, vehicles=(ours, replace(ours, id="more")))
    truly = (
        plan_cost(longer, plan_of(longer, "0 / 1")).total - plan_cost(longer, plan_of(longer, "0", left_out=[1])).total
    )
    assert repairs[Reason.VEHICLES] == truly


def test_without_vehicles_there_is_still_an_explanation() -> None:
    problem = replace(line_problem([0, 10, 20], tasks=[task(0), task(1, leave_cost=4)]), vehicles=())
    plan = plan_of(problem, "", left_out=[0], to_carrier=[1])
    assert [one.reason for one in explain_plan(problem, plan)] == [Reason.VEHICLES, Reason.VEHICLES]
