"""What OR-Tools makes of a small problem, and what it would make of it without one of its rules."""

from __future__ import annotations

import time

from logistics.routing.construct import Drafts, complete
from logistics.routing.cost import plan_cost
from logistics.routing.edge.ortools_solver import solve
from logistics.routing.edge.solving import Found, Limits
from logistics.routing.model import Plan, Problem
from logistics.routing.violations import check_plan

SHORT = Limits(seconds=2, rounds_max=60)


def solved(problem: Problem, limits: Limits = SHORT, start: Drafts = ()) -> Plan:
    """Return the last plan reported: the best, as OR-Tools sees it; the judge may find that it cheated."""
    found: list[Found] = []
    solve(problem, limits, time.monotonic(), found.append, start)
    return complete(problem, found[-1].drafts)


def check_that_it_binds(problem: Problem, without: Problem) -> Plan:
    """See that the plan keeps all rules at a price: without one of them there is a cheaper plan that breaks it."""
    free, plan = solved(without), solved(problem)
    assert check_plan(problem, plan) == ()
    assert plan.left_out == ()
    assert check_plan(problem, free) != ()
    assert plan_cost(problem, free).total < plan_cost(problem, plan).total
    return plan
