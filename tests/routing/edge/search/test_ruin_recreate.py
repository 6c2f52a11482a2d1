from __future__ import annotations

from typing import Any

import pytest

from logistics.routing.edge.search.ruin import day_of, search
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.model import Option, Pick, ServiceLevel
from tests.routing.builders import line_problem, task, van
from tests.routing.edge.search.ruin_days import searched


def test_the_cheapest_option_is_taken() -> None:
    """The door is 2 x 30 away, the shop 2 x 10 and a rebate of 4."""
    answer = searched(line_problem([0, 30, 10], tasks=[task(0, Option(1), Option(2, cost=-4))]))
    assert (answer.drafts, answer.cost) == (((0, ((Pick(0, 1),),)),), 16)


def test_room_lets_in_no_more_than_fit() -> None:
    """One of the two goes to the door, at 2 x 30, past the shop."""
    tasks = [task(n, Option(1), Option(2, room="shop")) for n in range(2)]
    assert searched(line_problem([0, 30, 10], tasks=tasks, room={"shop": 1})).cost == 60


def test_a_level_keeps_second_choices_few() -> None:
    tasks = [task(n, Option(1), Option(2, preference=1)) for n in range(2)]
    assert searched(line_problem([0, 30, 10], tasks=tasks, levels=(ServiceLevel(0, 50),))).cost == 60


def test_what_a_carrier_does_for_less_is_left() -> None:
    """A detour of 60 is more than 59, less than 61."""
    for price, cost in ((59, 59), (61, 60)):
        assert searched(line_problem([0, 30], tasks=[task(0, leave_cost=price)])).cost == cost


def test_no_more_vehicles_move_than_allowed() -> None:
    cars = [van(n, capacity=(1,)) for n in range(3)]
    problem = line_problem([0, 10, 20, 30], vehicles=cars)
    answer = search(day_of(problem), (), Orders(seconds=60.0, rounds_max=100, routes_max=2))
    assert (len(answer.drafts), answer.missing) == (2, 1)


def test_a_vehicle_that_is_dear_for_a_task_leaves_it_to_another() -> None:
    tasks = [task(0, vehicle_cost={"van0": 5})]
    assert searched(line_problem([0, 10], tasks=tasks, vehicles=[van(0), van(1)])).drafts[0][0] == 1


@pytest.mark.parametrize(
    ("rebate", "wishes"),
    [(0, {}), (0, {"leave_cost": 200}), (-200, {}), (0, {"vehicle_cost": {"van0": -200, "van1": -200}})],
)
def test_a_trial_is_not_given_up_for_what_the_rest_may_save(rebate: int, wishes: dict[str, Any]) -> None:
    """Only two stops at once can change vans, and until the second has, what doing it saves is missing."""
    tasks = [task(n, Option(n + 1, cost=rebate), deliver=(1,), **wishes) for n in range(4)]
    problem = line_problem([0, 30, 31, -30, -31], tasks=tasks, vehicles=[van(n, capacity=(2,)) for n in range(2)])
    start = tuple((one, ((Pick(one), Pick(one + 2)),)) for one in range(2))
    answer = search(day_of(problem), start, Orders(seconds=60.0, rounds_max=300, heat=(0.001, 0.001)))
    assert sorted({pick.task for pick in trips[0]} for _, trips in answer.drafts) == [{0, 1}, {2, 3}]


def test_what_is_left_out_is_put_in_at_any_cost() -> None:
    """A detour of 40,000 is far more than an absent task ever weighs where neighbours are 1 apart."""
    answer = searched(line_problem([0, 1, 2, 3, 4, 20_000]))
    assert (answer.missing, answer.cost) == (0, 40_000)
