"""The engine around the solver: progress, stop, cancel, death, and nothing infeasible passed on in silence."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection

import pytest

from logistics.routing.construct import Drafts
from logistics.routing.edge import engine, ortools_solver
from logistics.routing.edge.engine import Control, Ending, Progress
from logistics.routing.edge.solving import Broke, Ended, Found, Limits
from logistics.routing.model import Pick, Problem
from tests.routing.builders import line_problem, task, text_of, van

DAY = line_problem([0, *((n * 37) % 101 for n in range(1, 30))], vehicles=[van(0, capacity=(15,)), van(1)])


def dies(problem: Problem, limits: Limits, started_s: float, start: Drafts, line: Connection) -> None:
    line.close()


def dies_later(problem: Problem, limits: Limits, started_s: float, start: Drafts, line: Connection) -> None:
    line.send(Found(0.1, 1, ((0, ((Pick(0),),)),)))
    line.close()


def breaks(problem: Problem, limits: Limits, started_s: float, start: Drafts, line: Connection) -> None:
    line.send(Broke("ValueError: 42"))


def lies(problem: Problem, limits: Limits, started_s: float, start: Drafts, line: Connection) -> None:
    line.send(Found(0.1, 1, ((0, (tuple(Pick(task) for task in range(len(problem.tasks))),)),)))
    line.send(Ended())


def dawdles(problem: Problem, limits: Limits, started_s: float, start: Drafts, line: Connection) -> None:
    line.send(Found(0.1, 1, ((0, ((Pick(0),),)),)))
    time.sleep(60)


def test_a_day_is_planned_and_judged() -> None:
    seen: list[Progress] = []
    outcome = engine.solve(DAY, Limits(seconds=4, rounds_max=30), on_progress=seen.append)
    assert (outcome.ending, outcome.violations, outcome.findings) == (Ending.DONE, (), ())
    assert (outcome.plan.left_out, outcome.plan.to_carrier) == ((), ())
    assert [cost for _, cost in outcome.curve] == sorted((cost for _, cost in outcome.curve), reverse=True)
    assert (seen[-1].cost, seen[-1].vehicles) == (outcome.costs.total, len(outcome.plan.routes))


@pytest.mark.parametrize(("ask", "ending"), [(Control.stop, Ending.STOPPED), (Control.cancel, Ending.CANCELLED)])
def test_a_running_solve_ends_within_a_second(ask: object, ending: Ending) -> None:
    control = Control()
    first = threading.Event()
    asked_s: list[float] = []

    def interrupt() -> None:
        assert first.wait(30)
        asked_s.append(time.monotonic())
        (control.stop if ending is Ending.STOPPED else control.cancel)()

    thread = threading.Thread(target=interrupt)
    thread.start()
    outcome = engine.solve(DAY, Limits(seconds=60), on_progress=lambda _: first.set(), control=control)
    thread.join()
    assert time.monotonic() - asked_s[0] < 1
    assert outcome.ending is ending
    assert outcome.plan.routes


@pytest.mark.parametrize(("fault", "why"), [(dies, "ended early"), (breaks, "ValueError: 42")])
def test_a_solver_that_dies_says_why_and_leaves_the_first_plan(
    monkeypatch: pytest.MonkeyPatch, fault: Callable[..., None], why: str
) -> None:
    monkeypatch.setattr(ortools_solver, "solve_in_process", fault)
    outcome = engine.solve(DAY, Limits(seconds=1))
    assert [(finding.code, why in finding.message) for finding in outcome.findings] == [("died", True)]
    assert (outcome.plan.left_out, outcome.violations) == ((), ())


def test_a_solver_that_dies_later_leaves_its_best_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ortools_solver, "solve_in_process", dies_later)
    outcome = engine.solve(DAY, Limits(seconds=1))
    assert [finding.code for finding in outcome.findings] == ["died"]
    assert outcome.plan.left_out == ()  # what it left was inserted afterwards


def test_a_solver_that_forgets_the_time_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ortools_solver, "solve_in_process", dawdles)
    monkeypatch.setattr(engine, "GRACE_S", 0.5)
    outcome = engine.solve(DAY, Limits(seconds=2))
    assert [finding.code for finding in outcome.findings] == ["overdue"]


def test_what_cannot_be_driven_is_taken_off_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ortools_solver, "solve_in_process", lies)
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,))])
    outcome = engine.solve(problem, Limits(seconds=1))
    assert outcome.violations == ()
    assert (text_of(outcome.plan), outcome.plan.left_out) == ("0 1", (2,))
    assert [(finding.where, finding.code) for finding in outcome.findings] == [("task t2", "capacity")]


def test_without_vehicles_everything_is_left() -> None:
    problem = replace(line_problem([0, 10, 20], tasks=[task(0), task(1, leave_cost=4)]), vehicles=())
    outcome = engine.solve(problem)
    assert (outcome.plan.left_out, outcome.plan.to_carrier, outcome.costs.carrier) == ((0,), (1,), 4)


def test_nothing_is_carried_at_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ortools_solver, "solve_in_process", lies)  # it puts everything on the first vehicle
    tasks = [task(0), task(1, leave_cost=30), task(2, leave_cost=10)]
    outcome = engine.solve(line_problem([0, 10, 20, 40], tasks=tasks), Limits(seconds=1))
    # The last 20 m, there and back, cost 40: more than 10. Then the 10 m before them cost 20: less than 30.
    on_routes = sorted(outcome.plan.vehicle_of())
    assert (on_routes, outcome.plan.to_carrier, outcome.violations) == ([0, 1], (2,), ())
