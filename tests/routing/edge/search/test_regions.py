from dataclasses import replace

import pytest

from logistics.routing.construct import Drafts, complete
from logistics.routing.cost import weight
from logistics.routing.edge.pyvrp_solver import Orders
from logistics.routing.edge.search import regions, ruin_orders
from logistics.routing.edge.search.crew import Crew
from logistics.routing.edge.search.regions import RegionSearch
from logistics.routing.edge.search.warming import warm
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Problem
from logistics.routing.violations import check_plan
from tests.routing.edge.search.inline import Inline
from tests.routing.edge.search.towns import town

LIMITS = Limits(seconds=60, rounds_max=400, cores=2, seed=5)


@pytest.fixture(scope="module", autouse=True)
def _warmed() -> None:
    """Compile before any search has its time: else the first of two has less of it."""
    warm()


@pytest.fixture(autouse=True)
def small_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "REGION_SIZE", 40)
    monkeypatch.setattr(regions, "ROUNDS_OF_JOB", 40)


def searched(problem: Problem, executor: Inline, limits: Limits = LIMITS, start: Drafts = ()) -> list[Drafts]:
    seen: list[Drafts] = []
    search = RegionSearch(problem, limits, Crew(executor, 2, lambda: True), lambda drafts, _s: seen.append(drafts))
    assert search.run(start) == seen[-1]
    return seen


@pytest.mark.parametrize("timed", [False, True])
def test_regions_improve_the_first_plan_and_lose_nothing(*, timed: bool) -> None:
    problem = town(150, timed=timed)
    executor = Inline()
    seen = searched(problem, executor)
    first, last = complete(problem, seen[0]), complete(problem, seen[-1])
    assert not check_plan(problem, last)
    assert weight(problem, last) < weight(problem, first)
    assert max(len(part.tasks) for part, _, _ in executor.asked) <= 40
    ruins = [order for _, _, order in executor.asked if isinstance(order, ruin_orders.Orders)]
    others = [order for _, _, order in executor.asked if isinstance(order, Orders)]
    rounds = sum(order.rounds_max or 0 for order in others)
    assert rounds + sum(order.rounds_max or 0 for order in ruins) / ruin_orders.RUINS_A_ROUND == 400
    turns = [isinstance(order, ruin_orders.Orders) for _, _, order in executor.asked]
    assert turns == [False] * 4 + [True, False] * 3 if timed else all(turns)  # savings know nothing of windows
    heats = [order.heat for order in ruins]
    assert heats == sorted(heats, reverse=True)
    assert regions.HOT[0] >= heats[0][0] > heats[-1][0] >= regions.HOT[1]
    assert {cold for _, cold in heats} == {regions.COLD}
    together = {task.id for part, _, _ in executor.asked for task in part.tasks}
    assert len(together) == 150  # the regions wander


def test_it_is_repeatable() -> None:
    problem = town(100)
    assert searched(problem, Inline())[-1] == searched(problem, Inline())[-1]


def test_it_goes_on_from_a_plan() -> None:
    problem = town(100)
    start = searched(problem, Inline())[-1]
    assert searched(problem, Inline(), replace(LIMITS, rounds_max=1), start)[0] == start
