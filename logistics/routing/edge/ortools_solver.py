"""Searches a planning problem with OR-Tools' RoutingModel: quick first plans, then guided local search.

`ortools_model.py` says what a plan must keep; here is only how it is searched for. Every plan handed on was read from
the routes of a solution; where the model only estimates (rests, traffic by the hour) or may miss something at a price,
the judge looks at each before it is called better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts, complete
from logistics.routing.cost import weight
from logistics.routing.edge.ortools_arcs import is_hourly
from logistics.routing.edge.ortools_model import Model
from logistics.routing.edge.ortools_nodes import pairs_of
from logistics.routing.edge.solving import Broke, Ended, Found, Limits
from logistics.routing.model import Problem
from logistics.routing.violations import check_plan

# Insertion is good where much binds, savings where little does; each takes 0.1-0.5 s for 300 tasks.
FIRST_STRATEGIES = ("PARALLEL_CHEAPEST_INSERTION", "SAVINGS")
FIRST_SHARE = 0.25  # of the time may go into each first plan
# With all of OR-Tools' moves a local optimum of 300 tasks takes two seconds to prove; these find the same ones sooner.
OPERATORS = frozenset(
    {
        "use_relocate", "use_exchange", "use_cross", "use_two_opt", "use_or_opt", "use_lin_kernighan",
        "use_make_active", "use_make_inactive", "use_swap_active",
    }
)  # fmt: skip
PAIR_OPERATORS = frozenset({"use_relocate_pair", "use_exchange_pair", "use_node_pair_swap_active"})
REPORT_EVERY_S = 0.1  # the screen cannot show more, and every report costs a walk over all routes
LAMBDAS = (0.1, 0.2, 0.05, 0.4)  # how hard guided local search punishes an arc; the first is OR-Tools' own, by seed
IGNORES_INACTIVE = True  # a list of routes may leave nodes out; OR-Tools takes it by position

Rank = tuple[int, int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The best routes a job found, and how many moves it accepted."""

    drafts: Drafts
    rounds: int


class RoutingSearch:
    """One problem as a RoutingModel, ready to be searched once."""

    def __init__(self, problem: Problem, start: Drafts = ()) -> None:
        """Build the whole model; ``start``: the plan from which it will be improved."""
        self.problem = problem
        self.built = Model(problem, start)
        self.model: Any = self.built.routing

    def construct(self, strategy: str, seconds: float) -> Drafts | None:
        """Build one first plan and return its routes; none if the strategy finds no plan at all."""
        parameters = _parameters(seconds)
        parameters.first_solution_strategy = getattr(routing_enums_pb2.FirstSolutionStrategy, strategy)
        parameters.solution_limit = 1
        self.model.CloseModelWithParameters(parameters)
        solution = self.model.SolveWithParameters(parameters)
        if solution is None:
            return None
        return self.drafts(lambda index: solution.Value(self.model.NextVar(index)))

    def improve(self, start: Drafts, limits: Limits, started_s: float, report: Callable[[Found], None]) -> int:
        """Improve a plan until a limit is reached, return the moves accepted; ``started_s``: the monotonic clock.

        What of the plan the model calls infeasible is not kept: then the search begins with the routes that hold, or
        with what is fixed and nothing else.
        """
        parameters = _parameters(limits.seconds - (monotonic_s() - started_s))
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.guided_local_search_lambda_coefficient = LAMBDAS[limits.seed % len(LAMBDAS)]
        moves = OPERATORS | PAIR_OPERATORS if pairs_of(self.problem) else OPERATORS
        for operator in parameters.local_search_operators.DESCRIPTOR.fields:
            use = pywrapcp.BOOL_TRUE if operator.name in moves else pywrapcp.BOOL_FALSE
            setattr(parameters.local_search_operators, operator.name, use)
        if limits.rounds_max is not None:
            parameters.solution_limit = limits.rounds_max
        self.model.CloseModelWithParameters(parameters)
        watch = _Watch(self, started_s, report)
        self.model.AddAtSolutionCallback(watch.look)
        first = self._first(start)
        if first is None:
            self.model.SolveWithParameters(parameters)
        else:
            self.model.SolveFromAssignmentWithParameters(first, parameters)
        watch.flush()
        return watch.rounds

    def _first(self, start: Drafts) -> Any:
        for drafts in _weaker(self.problem, start):
            first = self.model.ReadAssignmentFromRoutes(self._routes(drafts), IGNORES_INACTIVE)
            if first is not None:
                return first
        return None

    def drafts(self, after: Callable[[int], int]) -> Drafts:
        """Read the routes of a solution, trip by trip; ``after`` says which index follows which."""
        found = []
        picks = self.built.nodes.picks
        for vehicle in range(len(self.problem.vehicles)):
            trips: list[list[Any]] = [[]]
            index = after(self.model.Start(vehicle))
            while not self.model.IsEnd(index):
                node = self.built.manager.IndexToNode(index)
                if node < len(picks):
                    trips[-1].append(picks[node])
                else:
                    trips.append([])
                index = after(index)
            filled = tuple(tuple(trip) for trip in trips if trip)
            if filled:
                found.append((vehicle, filled))
        return tuple(found)

    def _routes(self, drafts: Drafts) -> list[list[int]]:
        """Write routes as OR-Tools reads them, a reload between two trips; what is no node is left out."""
        index_of = {pick: index for index, pick in self.built.canvas.each_pick()}
        routes: list[list[int]] = [[] for _ in self.problem.vehicles]
        for vehicle, trips in drafts:
            reloads = iter(self.built.nodes.reloads_of(vehicle))
            for number, trip in enumerate(trips):
                if number:
                    routes[vehicle] += [
                        self.built.canvas.index(node) for node in (next(reloads, None),) if node is not None
                    ]
                routes[vehicle] += [index_of[pick] for pick in trip if pick in index_of]
        return routes


def _weaker(problem: Problem, start: Drafts) -> Iterator[Drafts]:
    """Yield a plan, then what of it holds by itself, then what is fixed."""
    yield start
    yield holding(problem, start)
    yield tuple((vehicle, (car.fixed,)) for vehicle, car in enumerate(problem.vehicles) if car.fixed)


def holding(problem: Problem, drafts: Drafts) -> Drafts:
    """Return the routes that break no rule, and what is fixed of the others."""
    broken = {violation.vehicle for violation in check_plan(problem, complete(problem, drafts))}
    fixed = {vehicle: (car.fixed,) for vehicle, car in enumerate(problem.vehicles) if car.fixed}
    held = fixed | {vehicle: trips for vehicle, trips in drafts if vehicle not in broken}
    return tuple(sorted(held.items()))


def rank(problem: Problem, drafts: Drafts) -> Rank:
    """Return what plans are compared by, smaller is better: rules broken, by how much, then `cost.weight`."""
    plan = complete(problem, drafts)
    broken = check_plan(problem, plan)
    return len(broken), sum(violation.amount for violation in broken), weight(problem, plan)


def needs_judging(problem: Problem) -> bool:
    """Tell whether the model may be cheaper than the truth: it estimates, or some rules have a price."""
    cars = problem.vehicles
    return bool(
        problem.levels
        or problem.quotas
        or problem.balance_cost_per_s
        or any(car.breaks or car.drive_rest or car.fixed for car in cars)
        or any(is_hourly(travel) for travel in problem.travel)
    )


class _Watch:
    """Looks at every solution of the search and reports the better ones, not too often."""

    def __init__(self, search: RoutingSearch, started_s: float, report: Callable[[Found], None]) -> None:
        self.rounds = 0
        self._search, self._started_s, self._report = search, started_s, report
        self._judged = needs_judging(search.problem)
        self._best: int | None = None
        self._best_rank: Rank | None = None
        self._kept: Found | None = None
        self._reported_s = 0.0

    def look(self) -> None:
        """Keep the solution if it is the best; called by OR-Tools at every accepted move."""
        self.rounds += 1
        cost = self._search.model.CostVar().Value()
        if self._best is not None and cost >= self._best:
            return
        self._best = cost
        drafts = self._search.drafts(lambda index: int(self._search.model.NextVar(index).Value()))
        if self._judged:
            drafts = min(drafts, holding(self._search.problem, drafts), key=lambda one: rank(self._search.problem, one))
            if not self._is_better(drafts):
                return
        now_s = monotonic_s()
        self._kept = Found(now_s - self._started_s, self.rounds, drafts)
        if now_s - self._reported_s >= REPORT_EVERY_S:
            self.flush()

    def _is_better(self, drafts: Drafts) -> bool:
        standing = rank(self._search.problem, drafts)
        if self._best_rank is not None and standing >= self._best_rank:
            return False
        self._best_rank = standing
        return True

    def flush(self) -> None:
        """Report the best so far, if that was not done yet."""
        if self._kept:
            self._reported_s = monotonic_s()
            self._report(self._kept)
            self._kept = None


def solve(
    problem: Problem, limits: Limits, started_s: float, report: Callable[[Found], None], start: Drafts = ()
) -> int:
    """Construct, then improve, reporting better plans; return the moves; ``started_s`` is on the monotonic clock.

    ``start`` is a plan there is already: the search goes on from the best of it and the constructions, and these
    are left out where their share of the time is over. Each has a model of its own: OR-Tools fixes the way it
    searches when a model is closed.
    """
    firsts = [start] if start else []
    for strategy in FIRST_STRATEGIES:
        if start and monotonic_s() - started_s > limits.seconds * FIRST_SHARE:
            break
        first = RoutingSearch(problem).construct(strategy, limits.seconds * FIRST_SHARE)
        if first is not None:
            firsts.append(first)
    firsts += [holding(problem, drafts) for drafts in firsts] or [holding(problem, ())]
    best = min(firsts, key=lambda drafts: rank(problem, drafts))
    report(Found(monotonic_s() - started_s, 0, best))
    if monotonic_s() - started_s >= limits.seconds:
        return 0
    return RoutingSearch(problem, best).improve(best, limits, started_s, report)


def job(problem: Problem, start: Drafts, seconds: float, seed: int) -> Answer:
    """Search for so long from a plan (nothing: from a construction of its own); a job for any executor."""
    if not problem.tasks or not problem.vehicles:
        return Answer(start, 0)
    found: list[Drafts] = [start]
    limits, started_s = Limits(seconds, seed=seed), monotonic_s()

    def keep(one: Found) -> None:
        found.append(one.drafts)

    if start:
        rounds = RoutingSearch(problem, start).improve(start, limits, started_s, keep)
    else:
        rounds = solve(problem, limits, started_s, keep)
    return Answer(min(found, key=lambda drafts: rank(problem, drafts)), rounds)


def solve_in_process(problem: Problem, limits: Limits, started_s: float, start: Drafts, line: Connection) -> None:
    """Solve in a process of its own: send `Found` while it improves, then `Ended`, then close the line."""
    with line, suppress(BrokenPipeError):  # nobody may be listening any more
        try:
            solve(problem, limits, started_s, line.send, start)
        except BrokenPipeError:
            raise
        except Exception as fault:
            line.send(Broke(f"{type(fault).__name__}: {fault}"))
            raise
        line.send(Ended())


def _parameters(seconds: float) -> Any:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    milliseconds = max(1, int(seconds * 1000))
    parameters.time_limit.seconds, rest_ms = divmod(milliseconds, 1000)
    parameters.time_limit.nanos = rest_ms * 1_000_000
    return parameters
