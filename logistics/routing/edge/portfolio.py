"""Which search takes which problem.

PyVRP and ruin and recreate take turns at what both can express, in parts side by side; at what only ruin and recreate
can (rests, traffic by the hour, shared room, service levels, quotas) it has all turns. With a master problem over all
routes seen, it searches what goes on from a plan, and days whose fixed costs dwarf the rest. Days of equal length are
searched as a row of days with a longest route, and goods fetched on the way while their fetching stands still, in turns
with OR-Tools' RoutingModel.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from importlib import import_module
from types import ModuleType

from logistics.routing.construct import Drafts, fixed_beginnings
from logistics.routing.doable import Doable, doable
from logistics.routing.edge import ortools_process
from logistics.routing.edge.search import classic, levelling, pairing
from logistics.routing.edge.search.expressible import can_express
from logistics.routing.edge.search.pairing import Searches
from logistics.routing.edge.search.ruin_orders import is_plan
from logistics.routing.edge.search.turns import OnFound, Search
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Problem


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
    if any(task.brings_from is not None for task in problem.tasks):
        return pairing.solve(
            problem, limits, on_found, wanted, start, Searches(_again(executor, wanted), _together(executor, wanted))
        )
    if problem.balance_cost_per_s:
        return levelling.solve(problem, limits, on_found, wanted, start, _again(executor, wanted))
    if can_express(problem):
        return classic.solve(problem, limits, executor, on_found, wanted, start)
    options = load_options()
    whole = is_plan(problem, start) or options.is_dwarfed(problem)  # a plan may change dearly
    solve = options.solve if whole else classic.solve
    found: Drafts = solve(problem, limits, executor, on_found, wanted, start)
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


def _again(executor: Executor, wanted: Callable[[], bool]) -> Search:
    """Return the search of a day that asks for less."""

    def again(less: Problem, limits: Limits, start: Drafts, on_found: OnFound) -> Drafts:
        return search(less, limits, executor, on_found, wanted, start)

    return again


def _together(executor: Executor, wanted: Callable[[], bool]) -> Search:
    """Return OR-Tools' search, which knows of everything."""

    def together(problem: Problem, limits: Limits, start: Drafts, on_found: OnFound) -> Drafts:
        return ortools_process.solve(problem, limits, executor, on_found, wanted, start)

    return together


def load_options() -> ModuleType:
    """Import the search that needs Numba and CP-SAT: two seconds, which nobody pays who only starts or asks."""
    return import_module("logistics.routing.edge.search.options")
