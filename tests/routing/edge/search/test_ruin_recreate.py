from __future__ import annotations

from typing import Any

import pytest

from logistics.routing.edge.search.ruin import day_of, search
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.model import Option, Pick, ServiceLevel, TimeWindow
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


def test_a_van_comes_back_to_load_before_it_is_empty_of_work_that_fits() -> None:
    """The first stop, westward, is due at once; the other two fill a trip of their own, eastward."""
    tasks = [task(0, Option(1, (TimeWindow(0, 10),))), task(1), task(2, deliver=(2,))]
    problem = line_problem([0, -10, 20, 21], tasks=tasks, vehicles=[van(0, capacity=(3,), trips_max=2)])
    answer = searched(problem)
    assert (answer.missing, answer.cost) == (0, 20 + 42)
    assert answer.drafts[0][1][0] == (Pick(0),)


def test_an_order_at_the_depot_waits_for_what_is_on_board() -> None:
    """Ten stops are on board; between any two of them the order would cost nothing, but it is not there."""
    tasks = [*(task(n, aboard="van0") for n in range(10)), task(10, Option(11), leave_cost=10_000)]
    places = [0, *(10 + n for n in range(10)), 15]
    car = van(0, start=1, depot=0, end=0, underway=True, trips_max=2)
    problem = line_problem(places, tasks=tasks, vehicles=[car])
    start = ((0, (tuple(Pick(n) for n in range(10)),)),)
    answer = search(day_of(problem), start, Orders(seconds=60.0, rounds_max=10))
    assert (answer.missing, answer.cost) == (0, 9 + 19 + 30)


def test_after_a_place_that_cannot_be_driven_the_next_is_looked_at() -> None:
    """The door is open early and late; on the way out, where it costs nothing, the van comes between.

    To wait for it would make the others late. Only behind the last of them is it late enough.
    """
    tasks = [task(n, Option(n + 1, (TimeWindow(0, 200),))) for n in range(10)]
    tasks.append(task(10, Option(11, (TimeWindow(0, 2), TimeWindow(300, 900))), leave_cost=10_000))
    places = [0, *(10 * (n + 1) for n in range(10)), 55]
    problem = line_problem(places, tasks=tasks)
    start = ((0, (tuple(Pick(n) for n in range(10)),)),)
    answer = search(day_of(problem), start, Orders(seconds=60.0, rounds_max=10, heat=(0.001, 0.001)))
    assert (answer.missing, answer.cost) == (0, 200)


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
