"""Each reason has a row: the day, the plan, what is left out, why, and the cheapest repair with amount and price."""

from dataclasses import replace
from typing import Any

import pytest

from logistics.routing.explain import Reason, explain_plan, explain_task
from logistics.routing.matrix import UNREACHABLE, matrix_of
from logistics.routing.model import CASH, Option, TimeWindow
from tests.routing.builders import line_problem, plan_of, task, van

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
