"""What is kept of a running plan, what changing it costs, and what was changed."""

from dataclasses import replace

from logistics.routing.cost import plan_cost
from logistics.routing.model import Option, Pick, Plan, TimeWindow
from logistics.routing.repair import (
    SHIFT_S,
    Spot,
    broken_promises,
    carry_over,
    hold,
    keep_promises,
    list_changes,
)
from tests.routing.builders import line_problem, plan_of, task, text_of, van

W = TimeWindow


def drafts(plan: Plan) -> tuple[tuple[int, tuple[tuple[Pick, ...], ...]], ...]:
    return tuple((route.vehicle, route.picks) for route in plan.routes)


def test_what_still_holds_is_kept_and_a_new_task_waits_for_its_place() -> None:
    before = line_problem([0, 10, 20, 30], tasks=[task(0), task(1)])
    after = line_problem([0, 10, 20, 30], tasks=[task(0), task(1), task(2)])
    kept = carry_over(after, drafts(plan_of(before, "0 1")))
    assert (text_of(kept), kept.left_out) == ("0 1", (2,))


def test_what_breaks_a_rule_now_is_on_no_route() -> None:
    before = line_problem([0, 10, 20, 30])
    tighter = [task(0), task(1, Option(2, windows=(W(0, 5),))), task(2)]
    kept = carry_over(line_problem([0, 10, 20, 30], tasks=tighter), drafts(plan_of(before, "0 1 2")))
    assert (text_of(kept), kept.left_out) == ("0 2", (1,))


def test_of_a_lost_vehicle_nothing_is_kept() -> None:
    two = line_problem([0, 10, 20], vehicles=[van(0), van(1)])
    one = line_problem([0, 10, 20], vehicles=[van(0)])
    kept = carry_over(one, drafts(plan_of(two, "0 / 1")))
    assert (text_of(kept), kept.left_out) == ("0", (1,))


def test_leaving_its_vehicle_or_its_option_costs_the_price_once_each() -> None:
    tasks = [task(0, Option(1), Option(1, cost=3), leave_cost=9), task(1)]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0), van(1)])
    held = hold(problem, drafts(plan_of(problem, "0 1")), 100)
    for text, extra in (("0 1", 0), ("0:1 1", 100), ("1 / 0", 100), ("1 / 0:1", 200), ("/ 0 1", 200)):
        assert plan_cost(held, plan_of(held, text)).total - plan_cost(problem, plan_of(problem, text)).total == extra
    assert held.tasks[0].leave_cost == 109


def test_a_promise_narrows_the_windows_but_never_to_nothing() -> None:
    windows = (W(0, 50), W(100, 200))
    problem = line_problem([0, 10, 20], tasks=[task(0, Option(1, windows=windows)), task(1)])
    held = keep_promises(problem, {0: W(40, 120), 1: W(5, 6)})
    assert held.option(0, 0).windows == (W(40, 50), W(100, 120))
    assert held.option(1, 0).windows == (W(5, 6),)
    assert keep_promises(problem, {0: W(60, 70)}).option(0, 0).windows == windows


def test_a_broken_promise_is_named() -> None:
    problem = line_problem([0, 10, 20])
    promises = {0: W(0, 10), 1: W(0, 19)}
    assert broken_promises(plan_of(problem, "0 1"), promises) == (1,)
    assert broken_promises(plan_of(problem, "0", left_out=[1]), promises) == (1,)


def test_every_change_is_listed_with_what_it_was_and_is() -> None:
    problem = line_problem([0, 10, 20, 30], tasks=[task(0), task(1), task(2)], vehicles=[van(0), van(1)])
    before, after = plan_of(problem, "0 1", left_out=[2]), plan_of(problem, "0 / 1 2")
    moved, added = list_changes(before, after)
    assert (moved.task, moved.before, moved.after, moved.moved) == (1, Spot(0, 0, 20), Spot(1, 0, 20), True)
    assert (added.task, added.before, added.after, added.moved) == (2, None, Spot(1, 0, 30), True)


def test_a_start_that_moves_a_little_is_no_change_and_a_lot_is() -> None:
    problem = line_problem([0, 10, 2 * SHIFT_S])
    later = replace(problem, vehicles=(replace(problem.vehicles[0], shift=W(SHIFT_S + 1, 86_400)),))
    a_little = replace(problem, vehicles=(replace(problem.vehicles[0], shift=W(SHIFT_S, 86_400)),))
    before = plan_of(problem, "0 1")
    assert list_changes(before, plan_of(a_little, "0 1")) == ()
    assert [(one.task, one.shift_s, one.moved) for one in list_changes(before, plan_of(later, "0 1"))] == [
        (0, SHIFT_S + 1, False),
        (1, SHIFT_S + 1, False),
    ]
