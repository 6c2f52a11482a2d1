"""Which search takes which problem.

PyVRP searches what it can express, in parts side by side. Ruin and recreate, with a master problem over all routes
seen, searches what spans routes (shared room, service levels, quotas) and whatever a vehicle's day may hold. Goods
fetched on the way, and days of equal length, are left to OR-Tools' RoutingModel.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from importlib import import_module
from types import ModuleType

from logistics.routing.construct import Drafts, fixed_beginnings
from logistics.routing.doable import Doable, doable
from logistics.routing.edge import ortools_process
from logistics.routing.edge.search import classic
from logistics.routing.edge.search.expressible import can_express
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Problem

OnFound = Callable[[Drafts, float], None]


def search(
    problem: Problem,
    limits: Limits,
    executor: Executor,
    on_found: OnFound,
    wanted: Callable[[], bool],
    start: Drafts,
) -> Drafts:
    """Search with what fits the problem, until the time is up or nothing is wanted any more."""
    start = start or fixed_beginnings(problem)
    part = doable(problem)
    if part is not None:
        return _search_part(part, limits, executor, on_found, wanted, start)
    if wants_a_first_plan(problem):
        return ortools_process.solve(problem, limits, executor, on_found, wanted, start)
    if can_express(problem):
        return classic.solve(problem, limits, executor, on_found, wanted, start)
    found: Drafts = load_options().solve(problem, limits, executor, on_found, wanted, start)
    return found


def _search_part(
    part: Doable, limits: Limits, executor: Executor, on_found: OnFound, wanted: Callable[[], bool], start: Drafts
) -> Drafts:
    """Search what can be done, and tell of it in the numbers of the whole."""
    if not part.tasks:
        return start

    def told(drafts: Drafts, seconds: float) -> None:
        on_found(part.back(drafts), seconds)

    return part.back(search(part.problem, limits, executor, told, wanted, part.of_whole(start)))


def load_options() -> ModuleType:
    """Import the search that needs Numba and CP-SAT: two seconds, which nobody pays who only starts or asks."""
    return import_module("logistics.routing.edge.search.options")


def wants_a_first_plan(problem: Problem) -> bool:
    """Tell whether the search is slow to find any plan by itself."""
    pairs = any(task.brings_from is not None for task in problem.tasks)
    return pairs or problem.balance_cost_per_s != 0
