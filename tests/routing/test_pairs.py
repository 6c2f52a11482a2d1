"""Who goes only together is put in together, the fetching before the bringing, on one trip."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from logistics.routing.cost import plan_cost
from logistics.routing.insertion import insert
from logistics.routing.model import Option, Pick, TimeWindow
from logistics.routing.openings import openings_of
from logistics.routing.pairs import Together, group_of
from logistics.routing.reasons import Reason
from logistics.routing.schedule import schedule_plan
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, plan_of, task, text_of, van

PAIR = [task(0, deliver=(0,)), task(1, brings_from=0)]


def test_a_group_is_found_from_any_of_its_tasks() -> None:
    problem = line_problem([0, 10, 20, 30], tasks=[*PAIR, task(2)])
    assert [group_of(problem, number) for number in range(3)] == [(0, 1), (0, 1), (2,)]


def test_both_go_where_they_lie_on_the_way() -> None:
    problem = line_problem([0, 10, 25, 20, 30], tasks=[*PAIR, task(2), task(3)])
    plan = plan_of(problem, "2 3", left_out=[0, 1])
    best = Together(openings_of(problem, plan), [[Pick(0)], [Pick(1)]]).best()
    assert best is not None
    assert (best.extra_cost, best.broken) == (0, ())
    assert text_of(insert(problem, plan, best)) == "0 2 1 3"


def test_both_may_have_a_trip_of_their_own_before_another() -> None:
    early = TimeWindow(0, 60)
    tasks = [task(0, Option(1, windows=(early,)), deliver=(0,)), task(1, Option(2, windows=(early,)), brings_from=0),
             task(2, Option(3, windows=(TimeWindow(500, 600),)))]  # fmt: skip
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, capacity=(1,), trips_max=2)])
    plan = plan_of(problem, "2", left_out=[0, 1])
    best = Together(openings_of(problem, plan), [[Pick(0)], [Pick(1)]]).best()
    assert best is not None
    assert text_of(insert(problem, plan, best)) == "0 1 | 2"


def test_what_is_too_much_on_board_in_between_is_seen() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0, deliver=(0,)), task(1, brings_from=0, deliver=(5,))],
                           vehicles=[van(0, capacity=(4,))])  # fmt: skip
    together = Together(openings_of(problem, plan_of(problem, "", left_out=[0, 1])), [[Pick(0)], [Pick(1)]])
    assert together.best() is None
    freed = together.best(Reason.CAPACITY)
    assert freed is not None
    assert freed.broken[0].amount == 1
    assert together.nearest_miss() == freed


@given(st.lists(st.integers(1, 60), min_size=5, max_size=5), st.permutations((2, 3, 4)))
@settings(max_examples=60, deadline=None)
def test_it_is_hardly_dearer_than_the_best_of_all_positions(at: list[int], order: list[int]) -> None:
    problem = line_problem([0, *at], tasks=[*PAIR, task(2), task(3), task(4)])
    words = [Pick(one) for one in order]
    plan = schedule_plan(problem, [(0, [words])], left_out=[0, 1])
    best = Together(openings_of(problem, plan), [[Pick(0)], [Pick(1)]]).best()
    assert best is not None
    after = insert(problem, plan, best)
    assert not check_plan(problem, after)
    everywhere = [
        plan_cost(problem, schedule_plan(problem, [(0, [_with(words, i, j)])])).total
        for i in range(len(words) + 1)
        for j in range(i, len(words) + 1)
    ]
    assert plan_cost(problem, after).total <= min(everywhere) + 2 * max(abs(a - b) for a, b in pairwise([0, *at]))


def _with(words: list[Pick], i: int, j: int) -> list[Pick]:
    return [*words[:i], Pick(0), *words[i:j], Pick(1), *words[j:]]
