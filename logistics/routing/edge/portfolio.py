"""Which search takes which problem.

PyVRP searches what it can express, in parts side by side. The rest goes to OR-Tools' RoutingModel, which carries every
rule.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

from logistics.routing.construct import Drafts
from logistics.routing.edge import ortools_process
from logistics.routing.edge.search import classic
from logistics.routing.edge.search.expressible import can_express
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Problem


def search(
    problem: Problem,
    limits: Limits,
    executor: Executor,
    on_found: Callable[[Drafts, float], None],
    wanted: Callable[[], bool],
    start: Drafts,
) -> Drafts:
    """Search with what fits the problem, until the time is up or nothing is wanted any more."""
    if can_express(problem):
        return classic.solve(problem, limits, executor, on_found, wanted, start)
    return ortools_process.solve(problem, limits, executor, on_found, wanted, start)


def wants_a_first_plan(problem: Problem) -> bool:
    """Tell whether the search needs a plan to begin with."""
    return not can_express(problem)
