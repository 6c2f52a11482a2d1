"""Which search takes which problem."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from logistics.routing.construct import Drafts, complete, fixed_beginnings
from logistics.routing.edge import ortools_process, portfolio
from logistics.routing.edge.crew import borrowed
from logistics.routing.edge.search import classic
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Break, Option, Pick, Problem, ServiceLevel, Task, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, task, van
from tests.routing.test_replay import rush

PLAIN = line_problem([0, 10, 20, 30], vehicles=[van(0), van(1)])
WITH_ROOM = replace(PLAIN, tasks=(task(0, Option(1, room="shop")), task(1), task(2)), room={"shop": 1})
WITH_BREAK = replace(PLAIN, vehicles=(van(0, breaks=(Break(TimeWindow(10, 20), 5),)), van(1)))
UNDER_WAY = replace(PLAIN, vehicles=(van(0, fixed=(Pick(2),)), van(1)))


FETCHED = replace(PLAIN, tasks=(task(0, deliver=(0,)), task(1, brings_from=0), task(2)))


EVEN = replace(PLAIN, balance_cost_per_s=9)


@pytest.mark.parametrize("problem", [PLAIN, WITH_ROOM, WITH_BREAK, UNDER_WAY, FETCHED, EVEN])
def test_every_problem_finds_a_search_that_keeps_its_rules(problem: Problem) -> None:
    with borrowed(2) as workers:
        drafts = portfolio.search(problem, Limits(60, rounds_max=100), workers, lambda *_: None, lambda: True, ())
    plan = complete(problem, drafts)
    assert (check_plan(problem, plan), plan.left_out) == ((), ())


BY_THE_HOUR = replace(PLAIN, travel=(rush([0, 10, 20, 30], begins_s=15, factor=2),))
DEAR = replace(BY_THE_HOUR, vehicles=(van(0, cost_fixed=10**6), van(1, cost_fixed=10**6)))


@pytest.mark.parametrize(
    ("problem", "start", "divided"),
    [
        (PLAIN, (), True),
        (WITH_BREAK, (), True),
        (UNDER_WAY, (), True),
        (BY_THE_HOUR, (), True),
        (BY_THE_HOUR, ((0, ((Pick(0), Pick(1)),)),), False),  # a plan to go on from
        (DEAR, (), False),  # few vans are looked for first
        (WITH_ROOM, (), True),
        (replace(WITH_ROOM, levels=(ServiceLevel(0, 50),)), (), True),
    ],
)
def test_what_is_searched_in_parts(
    monkeypatch: pytest.MonkeyPatch, problem: Problem, start: Drafts, *, divided: bool
) -> None:
    asked: list[str] = []

    def answering(name: str) -> Callable[..., Drafts]:
        def solve(*_: object) -> Drafts:
            asked.append(name)
            return ()

        return solve

    monkeypatch.setattr(classic, "solve", answering("parts"))
    monkeypatch.setattr(portfolio.load_options(), "solve", answering("whole"))
    with borrowed(1) as workers:
        portfolio.search(problem, Limits(60), workers, lambda *_: None, lambda: True, start)
    assert asked == ["parts" if divided else "whole"]


def test_goods_fetched_on_the_way_are_searched_around_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answering(name: str) -> Callable[..., Drafts]:
        def solve(problem: Problem, *_: object) -> Drafts:
            asked.append(f"{name}, pairs" if any(one.brings_from is not None for one in problem.tasks) else name)
            return ()

        return solve

    monkeypatch.setattr(classic, "solve", answering("parts"))
    monkeypatch.setattr(portfolio.load_options(), "solve", answering("whole"))
    monkeypatch.setattr(ortools_process, "solve", answering("OR-Tools"))
    with borrowed(1) as workers:
        drafts = portfolio.search(FETCHED, Limits(60), workers, lambda *_: None, lambda: True, ())
    assert asked[:3] == ["parts", "OR-Tools, pairs", "parts"]
    assert set(asked[3:]) == {"parts"}
    assert complete(FETCHED, drafts).left_out == ()


def test_days_of_equal_length_are_searched_as_days_with_a_longest_route(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int | None]] = []

    def solve(problem: Problem, *_: object) -> Drafts:
        asked.append((problem.balance_cost_per_s, problem.vehicles[0].duration_s_max))
        return ((0, ((Pick(0), Pick(1)),)), (1, ((Pick(2),),)))

    monkeypatch.setattr(classic, "solve", solve)
    with borrowed(1) as workers:
        portfolio.search(EVEN, Limits(60), workers, lambda *_: None, lambda: True, ())
    assert asked[0] == (0, None)
    assert asked[1] == (0, 60 - int(0.3 * 10))


def test_what_is_fixed_is_where_a_search_begins() -> None:
    assert fixed_beginnings(UNDER_WAY) == ((0, ((Pick(2),),)),)


@pytest.mark.parametrize("problem", [PLAIN, WITH_ROOM, WITH_BREAK, UNDER_WAY, FETCHED])
@pytest.mark.parametrize("last", [False, True])
def test_tasks_that_are_nowhere_are_kept_from_every_search(problem: Problem, *, last: bool) -> None:
    """A shipment without an address, or refused on the way, has no option."""
    nowhere = Task("nowhere", (), deliver=(1,), leave_cost=9)
    tasks = (*problem.tasks, nowhere) if last else (nowhere, *problem.tasks)
    if not last:
        tasks = tuple(replace(one, brings_from=1) if one.brings_from == 0 else one for one in tasks)
        cars = (replace(problem.vehicles[0], fixed=tuple(Pick(3) for _ in problem.vehicles[0].fixed)), van(1))
        problem = replace(problem, tasks=tasks, vehicles=cars if problem is UNDER_WAY else problem.vehicles)
    else:
        problem = replace(problem, tasks=tasks)
    told: list[Drafts] = []
    with borrowed(2) as workers:
        drafts = portfolio.search(
            problem, Limits(60, rounds_max=100), workers, lambda one, _: told.append(one), lambda: True, ()
        )
    plan = complete(problem, drafts)
    assert (check_plan(problem, plan), plan.left_out, plan.to_carrier) == ((), (), (3 if last else 0,))
    assert told
    assert all({pick.task for _, trips in one for trip in trips for pick in trip} <= set(range(4)) for one in told)


def test_where_nothing_can_be_done_nothing_is_searched() -> None:
    problem = replace(PLAIN, tasks=(Task("nowhere", (), deliver=(5,)),))
    with borrowed(2) as workers:
        assert portfolio.search(problem, Limits(60), workers, lambda *_: None, lambda: True, ()) == ()
