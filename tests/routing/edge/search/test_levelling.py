"""Days of equal length, searched as days with a longest route."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.routing.construct import Drafts, complete
from logistics.routing.cost import plan_cost, weight
from logistics.routing.edge.search import levelling
from logistics.routing.edge.search.levelling import fitting, shares, standing_of, without_price
from logistics.routing.edge.search.turns import OnFound, drafts_of
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Pick, Problem
from logistics.routing.violations import Rule, check_plan
from tests.routing.builders import line_problem, plan_of, van

PRICE = 6
SIX = line_problem(
    [0, 10, 12, 14, 40, -10, -12],
    vehicles=[van(n, cost_per_s=4) for n in range(3)],
    balance_cost_per_s=PRICE,
)
UNEVEN, EVEN = "0 1 2 3 5 / 4", "0 1 2 3 / 4 5"  # 104 and 20 long, 80 and 24
LIMITS = Limits(60.0, rounds_max=100)
SWAPS = st.lists(st.lists(st.integers(0, 5), unique=True, max_size=6), min_size=3, max_size=3)


def drafts(text: str) -> Drafts:
    return drafts_of(plan_of(SIX, text))


@given(st.permutations(range(6)), st.integers(1, 5), st.integers(0, 200))
def test_under_a_cap_only_the_price_of_the_longest_route_is_missing(order: list[int], cut: int, cap_s: int) -> None:
    picks = [Pick(task) for task in order]
    plan = complete(SIX, ((0, (tuple(picks[:cut]),)), (2, (tuple(picks[cut:]),))))
    best = standing_of(SIX, plan)
    capped = without_price(SIX, best, cap_s)
    driven_s = sum(route.duration_s for route in plan.routes)
    missing = PRICE * (best.longest_s - best.mean_s) + PRICE // 2 * driven_s
    assert plan_cost(SIX, plan).total - plan_cost(capped, plan).total == missing
    too_long = {one.vehicle for one in check_plan(capped, plan) if one.rule is Rule.DURATION}
    assert too_long == {route.vehicle for route in plan.routes if route.duration_s > cap_s}


def test_time_never_pays_and_who_is_out_has_no_cap() -> None:
    cars = (van(0, cost_per_s=1), van(1, underway=True), van(2, fixed=(Pick(0),)), van(3, duration_s_max=50))
    problem = replace(SIX, vehicles=cars)
    best = standing_of(problem, plan_of(problem, "1 2 / 3"))
    capped = without_price(problem, best, 80)
    assert [car.cost_per_s for car in capped.vehicles] == [0, 0, 0, 0]
    assert [car.duration_s_max for car in capped.vehicles] == [80, None, None, 50]


def test_without_a_plan_there_is_no_cap() -> None:
    capped = without_price(SIX, standing_of(SIX, complete(SIX, ())), 0)
    assert (capped.vehicles, capped.balance_cost_per_s) == (SIX.vehicles, 0)


def test_a_plan_is_made_to_fit_under_the_cap() -> None:
    plan = plan_of(SIX, UNEVEN)
    capped = without_price(SIX, standing_of(SIX, plan), 79)
    assert check_plan(capped, plan)
    fits = complete(capped, fitting(capped, drafts_of(plan), lambda: True))
    assert [one.rule for one in check_plan(capped, fits)] == []
    assert fits.left_out == (3,)  # nobody is there and back within 79


def asking(answers: list[Drafts], asked: list[int | None]) -> Callable[..., Drafts]:
    def search(problem: Problem, limits: Limits, start: Drafts, told: OnFound) -> Drafts:
        asked.append(problem.vehicles[0].duration_s_max)
        answer = answers[min(len(asked), len(answers)) - 1]
        told(answer, 0.0)
        return answer

    return search


def test_the_cap_comes_down_while_that_pays_and_then_by_less() -> None:
    asked: list[int | None] = []
    told: list[Drafts] = []
    answers = [drafts(UNEVEN), drafts(EVEN), drafts(UNEVEN)]
    best = levelling.solve(SIX, LIMITS, lambda one, _: told.append(one), lambda: True, (), asking(answers, asked))
    assert best == drafts(EVEN)
    assert told[:3] == answers
    even = standing_of(SIX, plan_of(SIX, EVEN))
    assert (even.longest_s, even.mean_s) == (80, 52)
    assert asked[:2] == [None, 104 - int(0.3 * (104 - 62))]
    assert asked[2:5] == [even.longest_s - int(part * (even.longest_s - even.mean_s)) for part in (0.3, 0.15, 0.075)]


@given(st.lists(SWAPS, min_size=1, max_size=4))
def test_what_comes_back_is_never_worse_than_what_was_given(answers: list[list[list[int]]]) -> None:
    given_plan = plan_of(SIX, UNEVEN)
    found: list[Drafts] = []
    for one in answers:
        used = set[int]()
        rows = []
        for vehicle, tasks in enumerate(one):
            rows.append((vehicle, (tuple(Pick(task) for task in tasks if task not in used),)))
            used |= set(tasks)
        found.append(tuple(rows))
    best = levelling.solve(SIX, LIMITS, lambda *_: None, lambda: True, drafts_of(given_plan), asking(found, []))
    weights = [weight(SIX, complete(SIX, one)) for one in (drafts_of(given_plan), *found)]
    assert weight(SIX, complete(SIX, best)) == min(weights)


def test_it_ends_when_nothing_is_wanted() -> None:
    asked: list[int | None] = []
    levelling.solve(SIX, LIMITS, lambda *_: None, lambda: not asked, (), asking([drafts(EVEN)], asked))
    assert len(asked) == 1


@pytest.mark.parametrize(("seconds", "steps"), [(1.0, 0), (2.0, 1), (10.0, 6), (3600.0, 6)])
def test_a_step_is_long_enough(seconds: float, steps: int) -> None:
    assert len(shares(seconds)) == 1 + steps
    assert sum(shares(seconds)) == pytest.approx(1.0)
