"""Each bit of a judgement has a row: the day, and what a visit after the first would break."""

from __future__ import annotations

from typing import Any

import pytest

from logistics.routing.gaps import read_gaps
from logistics.routing.glance import Glance
from logistics.routing.insertion import Standing
from logistics.routing.matrix import UNREACHABLE, matrix_of
from logistics.routing.model import CASH, Option, Pick, ServiceLevel, TimeWindow
from logistics.routing.reasons import BIT, Reason
from tests.routing.builders import line_problem, plan_of, task, van

W = TimeWindow
FAR = UNREACHABLE
CUT_OFF = matrix_of([[0, 10, FAR], [10, 0, FAR], [FAR, FAR, 0]])
CASES: list[tuple[dict[str, Any], set[Reason]]] = [
    ({}, set()),
    ({"vehicles": [van(0, capacity=(1,))]}, {Reason.CAPACITY}),
    ({"tasks": [task(0), task(1, Option(2, windows=(W(0, 19),)))]}, {Reason.WINDOW}),
    ({"vehicles": [van(0, shift=W(0, 39))]}, {Reason.SHIFT}),
    ({"vehicles": [van(0, duration_s_max=39)]}, {Reason.SHIFT}),
    ({"tasks": [task(0), task(1, skills=frozenset("a"))]}, {Reason.SKILL}),
    ({"tasks": [task(0), task(1, vehicles=frozenset("a"))]}, {Reason.BOUND}),
    ({"vehicles": [van(0, distance_m_max=39)]}, {Reason.DISTANCE}),
    ({"vehicles": [van(0, stops_max=1)]}, {Reason.STOPS}),
    ({"vehicles": [van(0, underway=True)], "tasks": [task(0), task(1)]}, {Reason.ABOARD}),
    ({"tasks": [task(0), task(1, aboard="van9")]}, {Reason.ABOARD}),
    ({"travel": (CUT_OFF,)}, {Reason.UNREACHABLE, Reason.SHIFT}),  # nobody is back from there in time
    ({"tasks": [task(0), task(1, Option(2, room="shop"))], "room": {"shop": 0}}, {Reason.ROOM}),
    ({"tasks": [task(0), task(1, Option(2, preference=1))], "levels": (ServiceLevel(0, 60),)}, {Reason.LEVEL}),
    (
        {
            "dimensions": (CASH,),
            "tasks": [task(n, deliver=(0,), collect=(60,)) for n in range(2)],
            "vehicles": [van(0, capacity=(100,))],
        },
        {Reason.CASH},
    ),
]


@pytest.mark.parametrize(("changes", "reasons"), CASES)
def test_what_a_visit_breaks_is_seen(changes: dict[str, Any], reasons: set[Reason]) -> None:
    problem = line_problem([0, 10, 20], **changes)
    standing = Standing(problem, plan_of(problem, "0", left_out=[1]))
    judged = Glance(standing, read_gaps(standing)).judged(Pick(1))
    assert {reason for reason in Reason if judged.broken[1] & BIT[reason]} == reasons


def test_somebody_else_comes_too_late() -> None:
    problem = line_problem(
        [0, 10, 20, 30], tasks=[task(0), task(1, Option(3, windows=(W(0, 32),))), task(2, Option(2))]
    )
    standing = Standing(problem, plan_of(problem, "1", left_out=[0, 2]))
    glance = Glance(standing, read_gaps(standing))
    assert glance.judged(Pick(0)).broken[0] == 0  # on the way
    slow = line_problem([0, 10, 20, 30], tasks=[task(0), problem.tasks[1], task(2, Option(2, service_s=5))])
    standing = Standing(slow, plan_of(slow, "1", left_out=[0, 2]))
    assert Glance(standing, read_gaps(standing)).judged(Pick(2)).broken[0] == BIT[Reason.OTHERS]


def test_what_it_costs_at_least() -> None:
    cars = [van(0, cost_per_s=2), van(1, cost_fixed=7)]
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, vehicle_cost={"van1": 100})], vehicles=cars)
    standing = Standing(problem, plan_of(problem, "0", left_out=[1]))
    judged = Glance(standing, read_gaps(standing)).judged(Pick(1))
    # Behind task 0: 20 m and 20 s; a trip of its own: 40 m and 40 s; the other van: 7 + 40 m + 100.
    assert judged.cost_min.tolist()[1:] == [20 + 40, 40 + 80, 147]


def test_the_first_places_of_a_driver_are_fixed() -> None:
    problem = line_problem([0, 10, 20], vehicles=[van(0, fixed=(Pick(0),))])
    standing = Standing(problem, plan_of(problem, "0", left_out=[1]))
    judged = Glance(standing, read_gaps(standing)).judged(Pick(1))
    assert [bool(one & BIT[Reason.FIXED]) for one in judged.broken[:2]] == [True, False]
