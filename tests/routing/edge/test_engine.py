"""The engine around the searches: progress, stop, cancel, death, and nothing infeasible passed on in silence."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import pytest

from logistics.routing.construct import Drafts
from logistics.routing.edge import engine, portfolio
from logistics.routing.edge.engine import Control, Ending, Progress
from logistics.routing.edge.solving import Died, Limits
from logistics.routing.model import Option, Pick, Problem
from tests.routing.builders import line_problem, task, text_of, van

POSITIONS = [0, *((n * 37) % 101 for n in range(1, 30))]
DAY = line_problem(POSITIONS, vehicles=[van(0, capacity=(15,)), van(1)])
WITH_ROOM = replace(
    DAY, room={"shop": 3}, tasks=tuple(task(n, Option(n + 1), Option(9, room="shop")) for n in range(29))
)
OnFound = Callable[[Drafts, float], None]
Search = Callable[[Problem, Limits, Executor, OnFound, Callable[[], bool], Drafts], Drafts]
ONE = ((0, ((Pick(0),),)),)


def everything(problem: Problem) -> Drafts:
    return ((0, (tuple(Pick(task) for task in range(len(problem.tasks))),)),)


def finds(drafts: Callable[[Problem], Drafts], then: Callable[[], None] = lambda: None) -> Search:
    def search(
        problem: Problem,
        limits: Limits,
        executor: Executor,
        on_found: OnFound,
        wanted: Callable[[], bool],
        start: Drafts,
    ) -> Drafts:
        on_found(drafts(problem), 0.1)
        then()
        while then is dawdle and wanted():
            time.sleep(0.01)
        return drafts(problem)

    return search


def die() -> None:
    raise Died("ValueError: 42")


def lose_the_pool() -> None:
    raise BrokenProcessPool("a worker was killed")


def dawdle() -> None:
    """Never come back while it is wanted."""


@pytest.mark.parametrize("problem", [DAY, WITH_ROOM], ids=["plain", "with room"])
def test_a_day_is_planned_and_judged(problem: Problem) -> None:
    seen: list[Progress] = []
    outcome = engine.solve(problem, Limits(seconds=60, rounds_max=200), on_progress=seen.append)
    assert (outcome.ending, outcome.violations, outcome.findings) == (Ending.DONE, (), ())
    assert (outcome.plan.left_out, outcome.plan.to_carrier) == ((), ())
    told = [(one.left_out, one.cost) for one in seen]
    assert told == sorted(told, reverse=True)
    assert [cost for _, cost in outcome.curve] == [cost for _, cost in told]
    assert (seen[-1].cost, seen[-1].vehicles) == (outcome.costs.total, len(outcome.plan.routes))


@pytest.mark.parametrize("problem", [DAY, WITH_ROOM], ids=["plain", "with room"])
@pytest.mark.parametrize("ending", [Ending.STOPPED, Ending.CANCELLED])
def test_a_running_solve_ends_within_a_second(problem: Problem, ending: Ending) -> None:
    control = Control()
    first = threading.Event()
    asked_s: list[float] = []

    def interrupt() -> None:
        assert first.wait(30)
        asked_s.append(time.monotonic())
        (control.stop if ending is Ending.STOPPED else control.cancel)()

    thread = threading.Thread(target=interrupt)
    thread.start()
    outcome = engine.solve(problem, Limits(seconds=60), on_progress=lambda _: first.set(), control=control)
    thread.join()
    assert time.monotonic() - asked_s[0] < 1
    assert outcome.ending is ending
    assert outcome.plan.routes


@pytest.mark.parametrize(("fault", "why"), [(die, "ValueError: 42"), (lose_the_pool, "a worker was killed")])
def test_a_search_that_dies_says_why_and_leaves_its_best_plan(
    monkeypatch: pytest.MonkeyPatch, fault: Callable[[], None], why: str
) -> None:
    monkeypatch.setattr(portfolio, "search", finds(lambda _: ONE, fault))
    outcome = engine.solve(DAY, Limits(seconds=1))
    assert [(finding.code, why in finding.message) for finding in outcome.findings] == [("died", True)]
    assert (outcome.plan.left_out, outcome.violations) == ((), ())  # what it left was inserted afterwards


def test_a_search_that_forgets_the_time_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "search", finds(lambda _: ONE, dawdle))
    monkeypatch.setattr(engine, "GRACE_S", 0.5)
    outcome = engine.solve(DAY, Limits(seconds=1))
    assert [finding.code for finding in outcome.findings] == ["overdue"]


def test_what_cannot_be_driven_is_taken_off_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "search", finds(everything))
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,))])
    outcome = engine.solve(problem, Limits(seconds=1))
    assert outcome.violations == ()
    assert (text_of(outcome.plan), outcome.plan.left_out) == ("0 1", (2,))
    assert [(finding.where, finding.code) for finding in outcome.findings] == [("task t2", "capacity")]


def test_a_plan_is_worth_what_is_left_of_it_when_it_keeps_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,)), van(1, capacity=(2,), cost_fixed=90)])
    sound: Drafts = ((0, ((Pick(0), Pick(1)),)), (1, ((Pick(2),),)))

    def search(problem: Problem, limits: object, executor: object, on_found: OnFound, *_: object) -> Drafts:
        on_found(sound, 0.1)
        return everything(problem)  # cheaper, but there is no room for it

    monkeypatch.setattr(portfolio, "search", search)
    told: list[Progress] = []
    outcome = engine.solve(problem, Limits(seconds=1), on_progress=told.append)
    assert (text_of(outcome.plan), outcome.findings) == ("0 1 / 2", ())
    assert [text_of(one.plan) for one in told] == ["0 1 / 2"]


def test_no_plan_is_better_that_moves_what_is_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    cars = [van(0, cost_per_m=9, fixed=(Pick(1),)), van(1)]
    problem = line_problem([0, 10, 20], vehicles=cars)
    sound: Drafts = ((0, ((Pick(1),),)), (1, ((Pick(0),),)))

    def search(problem: Problem, limits: object, executor: object, on_found: OnFound, *_: object) -> Drafts:
        on_found(sound, 0.1)
        return ((1, ((Pick(0), Pick(1)),)),)  # a tenth of the price

    monkeypatch.setattr(portfolio, "search", search)
    outcome = engine.solve(problem, Limits(seconds=1))
    assert (text_of(outcome.plan), outcome.violations) == ("1 / 0", ())


def test_without_vehicles_everything_is_left() -> None:
    problem = replace(line_problem([0, 10, 20], tasks=[task(0), task(1, leave_cost=4)]), vehicles=())
    outcome = engine.solve(problem)
    assert (outcome.plan.left_out, outcome.plan.to_carrier, outcome.costs.carrier) == ((0,), (1,), 4)


def test_a_plan_that_is_there_is_never_made_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    first = engine.solve(DAY, Limits(seconds=2, rounds_max=200)).plan
    monkeypatch.setattr(portfolio, "search", finds(lambda _: ONE))
    assert engine.improve(DAY, first, Limits(seconds=1)).plan == first


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    one, other = (engine.solve(DAY, Limits(seconds=30, rounds_max=300, seed=7)).plan for _ in range(2))
    assert one == other
