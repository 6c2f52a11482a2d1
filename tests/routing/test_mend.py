"""A plan that breaks rules loses as little as it must, and says what; what costs more than leaving it is left."""

import pytest

from logistics.routing import mend
from logistics.routing.mend import without_losses, without_violations
from logistics.routing.model import Option, Pick, Problem, Route, ServiceLevel, TimeWindow
from logistics.routing.violations import Rule, Violation, check_plan, check_route
from tests.routing.builders import line_problem, plan_of, task, text_of, van


def test_what_does_not_fit_is_taken_off_and_said() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,))])
    plan, findings = without_violations(problem, plan_of(problem, "0 1 2"))
    assert (text_of(plan), plan.left_out) == ("0 1", (2,))
    assert [(one.where, one.code) for one in findings] == [("task t2", Rule.CAPACITY)]
    # Three pieces on board of a van that takes two: one too many.
    assert [(one.amount, one.unit) for one in findings] == [(1, problem.dimensions[0])]


def test_what_is_fixed_stays_while_anything_else_can_give_way() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,), fixed=(Pick(2), Pick(1)))])
    plan, _ = without_violations(problem, plan_of(problem, "2 1 0"))
    assert text_of(plan) == "2 1"
    assert check_plan(problem, plan) == ()


def test_a_route_that_stays_as_it_was_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = line_problem([0, 10, 20, 30, 40], vehicles=[van(0, capacity=(1,)), van(1)])
    judged: list[int] = []

    def check(problem: Problem, route: Route) -> tuple[Violation, ...]:
        judged.append(route.vehicle)
        return check_route(problem, route)

    monkeypatch.setattr(mend, "check_route", check)
    plan, findings = without_violations(problem, plan_of(problem, "0 1 2 / 3"))
    assert (text_of(plan), len(findings)) == ("0 / 3", 2)
    assert judged == [0, 1, 0, 0]


def test_for_a_service_level_a_second_choice_gives_way() -> None:
    tasks = [task(0), task(1, Option(2, preference=1)), task(2, Option(3, preference=1), leave_cost=3)]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, levels=(ServiceLevel(0, 50),))
    plan, findings = without_violations(problem, plan_of(problem, "0 1 2"))
    assert (text_of(plan), plan.to_carrier) == ("0 1", (2,))
    assert [one.code for one in findings] == [Rule.LEVEL]


def test_a_plan_that_holds_is_left_alone() -> None:
    problem = line_problem([0, 10, 20])
    plan = plan_of(problem, "0 1")
    assert without_violations(problem, plan) == (plan, [])


def test_nothing_is_carried_at_a_loss() -> None:
    tasks = [task(0), task(1, leave_cost=30), task(2, leave_cost=10)]
    problem = line_problem([0, 10, 20, 40], tasks=tasks)
    # The last 20 m, there and back, cost 40: more than 10. Then the 10 m before them cost 20: less than 30.
    plan = without_losses(problem, plan_of(problem, "0 1 2"))
    assert (text_of(plan), plan.to_carrier) == ("0 1", (2,))


def test_a_loss_is_borne_where_leaving_would_break_a_rule() -> None:
    tasks = [task(0), task(1, leave_cost=1, carrier="sf")]
    problem = line_problem([0, 10, 40], tasks=tasks, quotas={"sf": 0})
    assert text_of(without_losses(problem, plan_of(problem, "0 1"))) == "0 1"


def test_a_van_late_for_what_is_fixed_keeps_all_else_on_board() -> None:
    tasks = [task(0, Option(1, windows=(TimeWindow(0, 5),))), task(1), task(2)]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, fixed=(Pick(0),))])
    plan, findings = without_violations(problem, plan_of(problem, "0 1 2"))
    assert (text_of(plan), plan.left_out, findings) == ("0 1 2", (), [])
