"""Which search takes which problem."""

from dataclasses import replace

import pytest

from logistics.routing.construct import complete
from logistics.routing.edge import portfolio
from logistics.routing.edge.crew import borrowed
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Break, Option, Pick, Problem, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, task, van

PLAIN = line_problem([0, 10, 20, 30], vehicles=[van(0), van(1)])
WITH_ROOM = replace(PLAIN, tasks=(task(0, Option(1, room="shop")), task(1), task(2)), room={"shop": 1})
WITH_BREAK = replace(PLAIN, vehicles=(van(0, breaks=(Break(TimeWindow(10, 20), 5),)), van(1)))
UNDER_WAY = replace(PLAIN, vehicles=(van(0, fixed=(Pick(2),)), van(1)))


FETCHED = replace(PLAIN, tasks=(task(0, deliver=(0,)), task(1, brings_from=0), task(2)))


@pytest.mark.parametrize("problem", [PLAIN, WITH_ROOM, WITH_BREAK, UNDER_WAY, FETCHED])
def test_every_problem_finds_a_search_that_keeps_its_rules(problem: Problem) -> None:
    with borrowed(2) as workers:
        drafts = portfolio.search(problem, Limits(60, rounds_max=100), workers, lambda *_: None, lambda: True, ())
    plan = complete(problem, drafts)
    assert (check_plan(problem, plan), plan.left_out) == ((), ())


def test_a_first_plan_is_made_where_the_search_needs_one() -> None:
    assert portfolio.wants_a_first_plan(FETCHED)
    assert portfolio.wants_a_first_plan(replace(PLAIN, balance_cost_per_s=1))
    assert not portfolio.wants_a_first_plan(PLAIN)
    assert not portfolio.wants_a_first_plan(WITH_BREAK)


def test_what_is_fixed_is_where_a_search_begins() -> None:
    assert portfolio.fixed_beginnings(UNDER_WAY) == ((0, ((Pick(2),),)),)
