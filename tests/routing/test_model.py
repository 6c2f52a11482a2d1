from typing import Any

import pytest

from logistics.kit.errors import Invalid
from logistics.routing.model import Option, Pick, Task, TimeWindow
from tests.routing.builders import line_problem, plan_of, task, van


def test_a_stop_gathers_the_visits_of_one_place() -> None:
    # Set-up 10 once, then services of 5 and 7: 22 seconds of work in one halt.
    problem = line_problem(
        [0, 100],
        tasks=[task(0, Option(1, service_s=5)), task(1, Option(1, service_s=7))],
        setup_s=10,
    )
    (stop,) = plan_of(problem, "0 1").routes[0].stops
    assert (stop.service_s, stop.wait_s, len(stop.visits)) == (22, 0, 2)
    assert stop.depart_s - stop.arrive_s == 22


def test_a_plan_knows_who_does_what() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0), van(1)])
    plan = plan_of(problem, "0 / 2 1")
    assert plan.vehicle_of() == {0: 0, 1: 1, 2: 1}
    assert plan.find_route(1) is plan.routes[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"tasks": [task(0, Option(9))]},
        {"tasks": [task(0, deliver=(1, 2))]},
        {"tasks": [task(0, deliver=(-1,))]},
        {"tasks": [task(0), task(0)]},
        {"tasks": [task(0, Option(1, room="shop"))]},
        {"tasks": [task(0, Option(1, windows=(TimeWindow(5, 1),)))]},
        {"tasks": [task(0, Option(1, windows=(TimeWindow(5, 9), TimeWindow(9, 12))))]},
        {"vehicles": [van(0, start=7)]},
        {"vehicles": [van(0, end=7)]},
        {"vehicles": [van(0, capacity=())]},
        {"vehicles": [van(0, profile=1)]},
        {"vehicles": [van(0), van(0)]},
    ],
)
def test_what_names_nothing_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        line_problem([0, 10], **changes)


def test_a_load_that_is_not_said_is_nothing() -> None:
    problem = line_problem([0, 10], tasks=[Task("t", (Option(1),))])
    assert problem.delivers(0) == problem.collects(Pick(0)) == (0,)
