"""The running day: new orders, lost vehicles, changed windows; few changes, kept promises, fixed next stops."""

from dataclasses import replace

import pytest

from logistics.routing.construct import Drafts
from logistics.routing.edge.replan import Asked, replan
from logistics.routing.model import Option, Pick, Plan, Problem, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, plan_of, task, text_of, van

W = TimeWindow
AT_ONCE = Asked(seconds=0)
SEARCHED = Asked(seconds=5, rounds_max=200)


def drafts(plan: Plan) -> Drafts:
    return tuple((route.vehicle, route.picks) for route in plan.routes)


def day(*extra: int, vehicles: int = 2) -> Problem:
    """Four doors on each side of the depot, one van for each side; ``extra`` doors come on top."""
    return line_problem([0, 10, 20, 30, 40, -10, -20, -30, -40, *extra], vehicles=[van(n) for n in range(vehicles)])


RUNNING = drafts(plan_of(day(), "0 1 2 3 / 4 5 6 7"))


@pytest.mark.parametrize("asked", [AT_ONCE, SEARCHED])
def test_a_new_order_finds_its_place_and_nobody_else_moves(asked: Asked) -> None:
    done = replan(day(25), RUNNING, replace(asked, change_price=1000))
    assert [change.task for change in done.changes if change.moved] == [8]
    assert done.changes[0].after is not None
    assert (done.changes[0].before, done.changes[0].after.vehicle) == (None, 0)
    assert (done.outcome.violations, done.outcome.costs.total) == ((), 160)


@pytest.mark.parametrize("asked", [AT_ONCE, SEARCHED])
def test_the_stops_of_a_lost_vehicle_go_to_the_others(asked: Asked) -> None:
    problem = replace(day(), vehicles=(van(0), van(1, shift=W(0, 0))))
    done = replan(problem, RUNNING, asked)
    assert {change.task for change in done.changes if change.moved} == {4, 5, 6, 7}
    assert (done.outcome.plan.left_out, done.outcome.violations) == ((), ())


def test_who_loses_a_vehicle_keeps_the_way_agreed_on_unless_another_saves_its_price() -> None:
    """The shop at 10 is nearer than the door at 20, where the goods were to go; a change costs 5, or 50."""
    tasks = (task(0, Option(1), Option(2)),)
    problem = line_problem([0, 20, 10], tasks=tasks, vehicles=[van(0, shift=W(0, 0)), van(1)])
    running: Drafts = ((0, ((Pick(0, 0),),)),)
    taken = [
        replan(problem, running, replace(AT_ONCE, change_price=price)).outcome.plan.routes[0].picks for price in (5, 50)
    ]
    assert taken == [((Pick(0, 1),),), ((Pick(0, 0),),)]


def test_without_a_price_on_changes_a_cheaper_plan_may_turn_everything_round() -> None:
    # Van 1 costs nothing by the metre from today on: all goes to it, unless every move has its price.
    problem = replace(day(), vehicles=(van(0), van(1, cost_per_m=0)))
    free = replan(problem, RUNNING, replace(SEARCHED, seed=1))
    held = replan(problem, RUNNING, replace(SEARCHED, change_price=1000))
    assert {change.task for change in free.changes if change.moved} == {0, 1, 2, 3}
    assert held.changes == ()
    assert held.outcome.costs.total == 80  # the price of changes is no cost of the plan


def test_the_next_stop_of_a_driver_never_changes() -> None:
    cars = (van(0, fixed=(Pick(3),)), van(1))
    done = replan(replace(day(50), vehicles=cars), drafts(plan_of(day(), "3 0 1 2 / 4 5 6 7")), SEARCHED)
    assert next(done.outcome.plan.routes[0].visits).pick == Pick(3)
    assert check_plan(replace(day(50), vehicles=cars), done.outcome.plan) == ()


def test_a_promised_time_is_kept_where_it_can_be_and_named_where_not() -> None:
    # The new door lies far out; on the way there and back the others are late for what they were promised.
    promises = {0: W(0, 15), 1: W(0, 25)}
    kept = replan(day(300), RUNNING, replace(AT_ONCE, promises=promises))
    assert (kept.broken_promises, kept.outcome.plan.left_out) == ((), ())
    # From today on task 0 can only be done after its promise.
    tasks = list(day().tasks)
    tasks[0] = task(0, Option(1, windows=(W(500, 600),)))
    broken = replan(replace(day(), tasks=tuple(tasks)), RUNNING, replace(AT_ONCE, promises=promises))
    assert (broken.broken_promises, broken.outcome.plan.left_out) == ((0,), ())


def test_what_was_cancelled_is_gone_and_the_rest_stays() -> None:
    tasks = list(day().tasks)
    tasks[1] = replace(tasks[1], options=(), leave_cost=0)
    done = replan(replace(day(), tasks=tuple(tasks)), RUNNING, AT_ONCE)
    assert text_of(done.outcome.plan) == "0 2 3 / 4 5 6 7"
    assert done.changes == ()
