from __future__ import annotations

import pytest

from logistics.routing.cost import plan_cost
from logistics.routing.marginal import marginal_cost, with_partners
from tests.routing.builders import line_problem, plan_of, task, van


@pytest.mark.parametrize(
    ("tasks", "saved"),
    [
        ([0], 0),  # on the way to the others
        ([2], 200),  # 2 x (400 - 300): the farthest
        ([1, 2], 600),  # 2 x (400 - 100)
        ([0, 1, 2], 850),  # 2 x 400, and the van need not move: 50
        ([3], 0),  # on no route
    ],
)
def test_a_task_costs_what_the_plan_saves_without_it(tasks: list[int], saved: int) -> None:
    # places at 100, 300 and 400 m, driven 0 -> 100 -> 300 -> 400 -> 0
    problem = line_problem([0, 100, 300, 400, 500], vehicles=[van(cost_fixed=50)])
    plan = plan_of(problem, "0 1 2", left_out=[3])
    assert marginal_cost(problem, plan, tasks) == saved


def test_times_are_put_right_and_every_route_of_the_tasks_counts() -> None:
    cars = [van(0, cost_per_s=2), van(1, cost_per_s=2)]
    problem = line_problem([0, 100, 300, 200], vehicles=cars, setup_s=10)
    plan = plan_of(problem, "0 1 / 2")
    # task 1: 2 x 200 m less at 1 a metre, as many seconds at 2, and 10 s of set-up at 2: 400 + 800 + 20
    assert marginal_cost(problem, plan, [1]) == 1220
    # task 2 is a route of its own: 400 m + 2 x 410 s
    assert marginal_cost(problem, plan, [1, 2]) == 1220 + 1220


def test_it_is_the_difference_of_two_plans() -> None:
    problem = line_problem([0, 100, 300, 200], vehicles=[van(0), van(1)], balance_cost_per_s=3)
    whole, without = plan_of(problem, "0 1 / 2"), plan_of(problem, "0 / 2")
    assert marginal_cost(problem, whole, [1]) == plan_cost(problem, whole).total - plan_cost(problem, without).total


def test_what_brings_goods_to_another_goes_with_it() -> None:
    tasks = [task(0, deliver=()), task(1, brings_from=0), task(2)]
    problem = line_problem([0, 100, 300, 50], tasks=tasks)
    assert with_partners(problem, [0]) == with_partners(problem, [1]) == {0, 1}
    assert with_partners(problem, [2]) == {2}
    assert marginal_cost(problem, plan_of(problem, "2 0 1"), [0]) == 500  # 2 x (300 - 50)
