"""Rounds are counted instead of seconds: the same on every machine."""

from dataclasses import replace

import pytest

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts, complete
from logistics.routing.cost import weight
from logistics.routing.edge.pyvrp_solver import Orders
from logistics.routing.edge.search import classic
from logistics.routing.edge.search.classic import solve
from logistics.routing.edge.search.pool import Pool
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Problem
from logistics.routing.violations import check_plan
from tests.routing.edge.search.inline import Inline
from tests.routing.edge.search.towns import town

LIMITS = Limits(seconds=60, rounds_max=700, cores=2, seed=5)


@pytest.mark.parametrize("timed", [False, True])
def test_the_plan_gets_better_epoch_by_epoch_and_breaks_nothing(*, timed: bool) -> None:
    problem = town(90, timed=timed)
    seen: list[Drafts] = []
    executor = Inline()
    found = solve(problem, LIMITS, executor, lambda drafts, _seconds: seen.append(drafts))
    assert not check_plan(problem, complete(problem, found))
    weights = [weight(problem, complete(problem, drafts)) for drafts in seen]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] < weights[0]
    assert (len(seen), seen[-1]) == (len(classic.EPOCHS), found)
    sizes = [len(part.tasks) for part, _, _ in executor.asked]
    assert sizes[:2] == [90, 90]  # nothing to cut yet
    assert all(30 <= size <= 60 for size in sizes[2:])
    orders = [order for _, _, order in executor.asked]
    assert sum(order.rounds_max for order in orders) <= 700
    assert all(order.penalties for order in orders[2:])


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    problem = town(70)
    assert solve(problem, LIMITS, Inline()) == solve(problem, LIMITS, Inline())
    assert solve(problem, LIMITS, Inline()) != solve(problem, replace(LIMITS, seed=6), Inline())


def test_a_small_problem_is_searched_whole_from_what_there_is() -> None:
    problem = town(20)
    start = solve(problem, replace(LIMITS, rounds_max=10), Inline())
    executor = Inline()
    found = solve(problem, LIMITS, executor, start=start)
    assert weight(problem, complete(problem, found)) <= weight(problem, complete(problem, start))
    assert {len(part.tasks) for part, _, _ in executor.asked} == {20}
    first: Orders = executor.asked[0][2]
    assert executor.asked[0][1] != ()
    assert first.seed != executor.asked[1][2].seed


def test_very_many_tasks_are_searched_by_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classic, "REGIONS_FROM", 50)
    problem = town(60)
    found = solve(problem, LIMITS, Inline())
    assert not check_plan(problem, complete(problem, found))


def test_nothing_is_waited_for_that_nobody_wants() -> None:
    problem: Problem = town(60)
    seen: list[Drafts] = []
    with Pool(2) as pool:
        found = solve(problem, Limits(seconds=60), pool, lambda drafts, _s: seen.append(drafts), lambda: not seen)
        asked_s = monotonic_s()
        assert found == seen[-1]
    assert monotonic_s() - asked_s < 20  # the workers heard of it, else they would go on for their share of a minute
