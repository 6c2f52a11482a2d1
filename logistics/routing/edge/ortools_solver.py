"""Solves a planning problem with OR-Tools' RoutingModel. The only file that imports OR-Tools.

Every option of every task is a node; the options of a task form a disjunction of which at most one is taken, and
taking none costs the leave price (or, for a task that must not be left, more than any plan could). Set-up and driving
lie on the arc into a node, so consecutive visits at one place share one halt. The judge, not this file, says whether
the result holds; several trips a vehicle are not searched for.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts, complete
from logistics.routing.cost import weight
from logistics.routing.edge.solving import Broke, Ended, Found, Limits
from logistics.routing.matrix import UNREACHABLE
from logistics.routing.model import LIMITLESS, Pick, Problem, Vehicle

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
REPORT_EVERY_S = 0.1  # the screen cannot show more, and every report costs a walk over all routes
PENALTY_MAX = 2**60  # all penalties of a problem together stay below this, far from the end of 64 bits
OPEN_END = -1
STARTS_AT_ZERO, STARTS_ANYWHERE = True, False  # how a dimension begins; OR-Tools takes it by position
IGNORES_INACTIVE = True  # likewise: a list of routes may leave nodes out

Matrix = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Options and depots as OR-Tools numbers them: options first, then the places where routes start or end."""

    picks: tuple[Pick, ...]
    depots: tuple[int, ...]  # place of each depot node; OPEN_END ends a route wherever it is

    def depot(self, place: int | None) -> int:
        """Return the node of a depot."""
        return len(self.picks) + self.depots.index(OPEN_END if place is None else place)


def list_nodes(problem: Problem) -> Nodes:
    """Give numbers to the options that at least one vehicle can reach and return from, and the depots."""
    picks = tuple(
        Pick(task, option)
        for task in range(len(problem.tasks))
        for option in range(len(problem.tasks[task].options))
        if any(may_visit(problem, vehicle, Pick(task, option)) for vehicle in range(len(problem.vehicles)))
    )
    ends = {OPEN_END if car.end is None else car.end for car in problem.vehicles}
    return Nodes(picks, tuple(sorted(ends | {car.start for car in problem.vehicles})))


def may_visit(problem: Problem, vehicle: int, pick: Pick) -> bool:
    """Tell whether skills, locks and roads let this vehicle do this option at all."""
    task, car, matrix = problem.tasks[pick.task], problem.vehicles[vehicle], problem.matrix(vehicle)
    place = task.options[pick.option].place
    allowed = task.vehicles is None or car.id in task.vehicles
    there = matrix.reaches(car.start, place) and (car.end is None or matrix.reaches(place, car.end))
    return allowed and there and task.skills <= car.skills


class RoutingSearch:
    """One problem as a RoutingModel, ready to be searched."""

    def __init__(self, problem: Problem) -> None:
        """Build the whole model."""
        self.problem = problem
        self.nodes = list_nodes(problem)
        cars = problem.vehicles
        self.manager = pywrapcp.RoutingIndexManager(
            len(self.nodes.picks) + len(self.nodes.depots),
            len(cars),
            [self.nodes.depot(car.start) for car in cars],
            [self.nodes.depot(car.end) for car in cars],
        )
        self.model = pywrapcp.RoutingModel(self.manager)
        self.shift_cost = [min((option.cost for option in task.options), default=0) for task in problem.tasks]
        self._seconds, self._metres = _arcs(problem, self.nodes)
        self._add_costs()
        self._add_time()
        self._add_distance()
        for dimension in range(len(problem.dimensions)):
            self._add_load(dimension)
        self._add_choices()
        self._add_room()

    def index(self, node: int) -> int:
        """Return OR-Tools' own number of an option node."""
        return int(self.manager.NodeToIndex(node))

    # -- costs ---------------------------------------------------------------------------------

    def _add_costs(self) -> None:
        """Charge metres, seconds, options and vehicles; option costs are shifted so that none is negative."""
        taking = np.zeros(len(self._metres[0]), dtype=np.int64)
        for node, pick in enumerate(self.nodes.picks):
            taking[node] = self.problem.option(pick.task, pick.option).cost - self.shift_cost[pick.task]
        known: dict[tuple[int, int], int] = {}
        for number, car in enumerate(self.problem.vehicles):
            key = (car.profile, car.cost_per_m)
            if key not in known:
                arcs = self._metres[car.profile] * car.cost_per_m + taking[None, :]
                known[key] = self.model.RegisterTransitMatrix(arcs.tolist())
            self.model.SetArcCostEvaluatorOfVehicle(known[key], number)
            self.model.SetFixedCostOfVehicle(car.cost_fixed, number)

    # -- dimensions ----------------------------------------------------------------------------

    def _add_time(self) -> None:
        cars = self.problem.vehicles
        self.origin_s = min(car.shift.start_s for car in cars)
        limits = [car.shift.end_s + car.overtime_s_max - self.origin_s for car in cars]
        evaluators = [self.model.RegisterTransitMatrix(arcs.tolist()) for arcs in self._seconds]
        per_car = [evaluators[car.profile] for car in cars]
        self.model.AddDimensionWithVehicleTransitAndCapacity(per_car, max(limits), limits, STARTS_ANYWHERE, "time")
        clock = self.model.GetDimensionOrDie("time")
        for number, car in enumerate(cars):
            self._add_shift(clock, number, car)
        for node, pick in enumerate(self.nodes.picks):
            self._add_windows(clock.CumulVar(self.index(node)), pick, max(limits))

    def _add_shift(self, clock: Any, number: int, car: Vehicle) -> None:
        start, end = self.model.Start(number), self.model.End(number)
        clock.CumulVar(start).SetMin(car.shift.start_s - self.origin_s)
        clock.SetSpanCostCoefficientForVehicle(car.cost_per_s, number)
        if car.overtime_s_max and car.cost_per_s_overtime:
            clock.SetCumulVarSoftUpperBound(end, car.shift.end_s - self.origin_s, car.cost_per_s_overtime)
        if car.duration_s_max is not None:
            clock.SetSpanUpperBoundForVehicle(car.duration_s_max, number)
        self.model.AddVariableMinimizedByFinalizer(clock.CumulVar(end))
        self.model.AddVariableMaximizedByFinalizer(clock.CumulVar(start))

    def _add_windows(self, cumul: Any, pick: Pick, horizon_s: int) -> None:
        windows = self.problem.option(pick.task, pick.option).windows
        free_s = 0
        for window in windows:
            if window.start_s - self.origin_s > free_s:
                cumul.RemoveInterval(free_s, window.start_s - self.origin_s - 1)
            free_s = max(free_s, window.end_s - self.origin_s + 1)
        if windows and free_s <= horizon_s:
            cumul.RemoveInterval(free_s, horizon_s)

    def _add_distance(self) -> None:
        limits = [LIMITLESS if car.distance_m_max is None else car.distance_m_max for car in self.problem.vehicles]
        if min(limits) < LIMITLESS:
            evaluators = [self.model.RegisterTransitMatrix(arcs.tolist()) for arcs in self._metres]
            per_car = [evaluators[car.profile] for car in self.problem.vehicles]
            self.model.AddDimensionWithVehicleTransitAndCapacity(per_car, 0, limits, STARTS_AT_ZERO, "distance")

    def _add_load(self, dimension: int) -> None:
        """Bound what is on board: goods that leave, goods (or cash) that board, or both on one vehicle."""
        name = self.problem.dimensions[dimension]
        limits = [car.capacity[dimension] for car in self.problem.vehicles]
        out = [self.problem.delivers(pick.task)[dimension] for pick in self.nodes.picks]
        into = [self.problem.collects(pick)[dimension] for pick in self.nodes.picks]
        if any(out) and any(into):
            self._add_mixed_load(name, limits, out, into)
        elif any(out) or any(into):
            self._add_unary(name, [a + b for a, b in zip(out, into, strict=True)], limits, starts_empty=True)

    def _add_unary(self, name: str, amounts: list[int], limits: list[int], *, starts_empty: bool) -> None:
        vector = [*amounts, *(0 for _ in self.nodes.depots)]
        evaluator = self.model.RegisterUnaryTransitVector(vector)
        self.model.AddDimensionWithVehicleCapacity(evaluator, 0, limits, starts_empty, name)

    def _add_mixed_load(self, name: str, limits: list[int], out: list[int], into: list[int]) -> None:
        """Keep what is still to be delivered and what was collected, together, below the limit at every node."""
        self._add_unary(f"{name} out", [-amount for amount in out], limits, starts_empty=False)
        self._add_unary(f"{name} in", into, limits, starts_empty=True)
        leaving = self.model.GetDimensionOrDie(f"{name} out")
        boarding = self.model.GetDimensionOrDie(f"{name} in")
        solver = self.model.solver()
        for vehicle, limit in enumerate(limits):
            leaving.CumulVar(self.model.End(vehicle)).SetMax(0)
            solver.Add(boarding.CumulVar(self.model.End(vehicle)) <= limit)
        for node in range(len(self.nodes.picks)):
            index = self.index(node)
            limit_here = solver.Element([LIMITLESS, *limits], self.model.VehicleVar(index) + 1)
            solver.Add(leaving.CumulVar(index) + boarding.CumulVar(index) <= limit_here)

    # -- choices -------------------------------------------------------------------------------

    def _add_choices(self) -> None:
        """Let at most one option of each task be taken, by a vehicle that may, or pay for none."""
        nodes_of: dict[int, list[int]] = {}
        cars = range(len(self.problem.vehicles))
        for node, pick in enumerate(self.nodes.picks):
            nodes_of.setdefault(pick.task, []).append(self.index(node))
            vehicle = self.model.VehicleVar(self.index(node))
            for car in cars:
                if not may_visit(self.problem, car, pick):
                    vehicle.RemoveValue(car)  # SetAllowedVehiclesForIndex takes no list from Python
        dear = self._must_penalty()
        for task, indices in nodes_of.items():
            self.model.AddDisjunction(indices, self._penalty(task, dear), 1)

    def _penalty(self, task: int, dear: int) -> int:
        noun = self.problem.tasks[task]
        if noun.leave_cost is None:
            return dear * (1 + noun.priority)
        return noun.leave_cost - self.shift_cost[task]

    def _must_penalty(self) -> int:
        """Return more than leaving out a task could ever save: the dearest plan imaginable, if it fits 64 bits."""
        cars = self.problem.vehicles
        metres = sum(int(_reachable_max(arcs)) for arcs in self._metres)
        arc = metres * max(car.cost_per_m for car in cars)
        day = max(
            (car.cost_per_s + car.cost_per_s_overtime) * (car.shift.end_s + car.overtime_s_max - car.shift.start_s)
            for car in cars
        )
        option = max((option.cost for task in self.problem.tasks for option in task.options), default=0)
        left = sum(task.leave_cost or 0 for task in self.problem.tasks)
        worst = 2 * arc + day + max(car.cost_fixed for car in cars) + option + left + 1
        weights = sum(1 + task.priority for task in self.problem.tasks)
        return int(min(worst, PENALTY_MAX // max(1, weights)))

    def _add_room(self) -> None:
        """Keep the units taken of every shared store within its room."""
        for room, units in self.problem.room.items():
            options = [
                (node, self.problem.option(pick.task, pick.option)) for node, pick in enumerate(self.nodes.picks)
            ]
            users = [(self.index(node), option.room_use) for node, option in options if option.room == room]
            if sum(use for _, use in users) > units:
                self._add_store(users, units)

    def _add_store(self, users: list[tuple[int, int]], units: int) -> None:
        """Bound one store twice: by heads, which local search sees at once, and by units where heads differ."""
        uses = [use for _, use in users]
        heads = units // max(1, min(uses))
        if heads < len(users):
            self.model.AddDisjunction([index for index, _ in users], 0, max(1, heads))
        if heads == 0 or min(uses) != max(uses):
            solver = self.model.solver()
            active = [self.model.ActiveVar(index) for index, _ in users]
            solver.Add(solver.ScalProd(active, uses) <= units)

    # -- search --------------------------------------------------------------------------------

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

    def improve(self, start: Drafts, limits: Limits, started_s: float, report: Callable[[Found], None]) -> None:
        """Improve a plan until a limit is reached; ``started_s`` is on the monotonic clock."""
        parameters = _parameters(limits.seconds - (monotonic_s() - started_s))
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        for operator in parameters.local_search_operators.DESCRIPTOR.fields:
            use = pywrapcp.BOOL_TRUE if operator.name in OPERATORS else pywrapcp.BOOL_FALSE
            setattr(parameters.local_search_operators, operator.name, use)
        if limits.rounds_max is not None:
            parameters.solution_limit = limits.rounds_max
        self.model.CloseModelWithParameters(parameters)
        watch = _Watch(self, started_s, report)
        self.model.AddAtSolutionCallback(watch.look)
        first = self.model.ReadAssignmentFromRoutes(self._routes(start), IGNORES_INACTIVE)
        self.model.SolveFromAssignmentWithParameters(first, parameters)
        watch.flush()

    def drafts(self, after: Callable[[int], int]) -> Drafts:
        """Read the routes of a solution; ``after`` says which index follows which."""
        found = []
        for vehicle in range(len(self.problem.vehicles)):
            picks = []
            index = after(self.model.Start(vehicle))
            while not self.model.IsEnd(index):
                picks.append(self.nodes.picks[self.manager.IndexToNode(index)])
                index = after(index)
            if picks:
                found.append((vehicle, (tuple(picks),)))
        return tuple(found)

    def _routes(self, drafts: Drafts) -> list[list[int]]:
        node_of = {pick: node for node, pick in enumerate(self.nodes.picks)}
        routes: list[list[int]] = [[] for _ in self.problem.vehicles]
        for vehicle, trips in drafts:
            routes[vehicle] = [self.index(node_of[pick]) for trip in trips for pick in trip]
        return routes


class _Watch:
    """Looks at every solution of the search and reports the better ones, not too often."""

    def __init__(self, search: RoutingSearch, started_s: float, report: Callable[[Found], None]) -> None:
        self._search, self._started_s, self._report = search, started_s, report
        self._best: int | None = None
        self._kept: Found | None = None
        self._reported_s = 0.0
        self._rounds = 0

    def look(self) -> None:
        """Keep the solution if it is the best; called by OR-Tools at every accepted move."""
        self._rounds += 1
        cost = self._search.model.CostVar().Value()
        if self._best is None or cost < self._best:
            self._best = cost
            now_s = monotonic_s()
            drafts = self._search.drafts(lambda index: int(self._search.model.NextVar(index).Value()))
            self._kept = Found(now_s - self._started_s, self._rounds, drafts)
            if now_s - self._reported_s >= REPORT_EVERY_S:
                self.flush()

    def flush(self) -> None:
        """Report the best so far, if that was not done yet."""
        if self._kept:
            self._reported_s = monotonic_s()
            self._report(self._kept)
            self._kept = None


def solve(
    problem: Problem, limits: Limits, started_s: float, report: Callable[[Found], None], start: Drafts = ()
) -> None:
    """Construct, then improve, reporting every better plan; ``started_s`` is on the monotonic clock.

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
    best = min(firsts, key=lambda drafts: weight(problem, complete(problem, drafts)), default=())
    report(Found(monotonic_s() - started_s, 0, best))
    if monotonic_s() - started_s < limits.seconds:
        RoutingSearch(problem).improve(best, limits, started_s, report)


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


def _arcs(problem: Problem, nodes: Nodes) -> tuple[list[Matrix], list[Matrix]]:
    """Return seconds (service here, driving, set-up there) and metres between all nodes, one array per profile."""
    options = [problem.option(pick.task, pick.option) for pick in nodes.picks]
    places = np.array([*(option.place for option in options), *(max(place, 0) for place in nodes.depots)], dtype=int)
    service = np.array([*(option.service_s for option in options), *(0 for _ in nodes.depots)], dtype=np.int64)
    setup = np.array(
        [*(problem.places[option.place].setup_s for option in options), *(0 for _ in nodes.depots)], dtype=np.int64
    )
    first_depot = len(options)
    halts_anew = places[:, None] != places[None, :]
    halts_anew[first_depot:, :] = True
    seconds, metres = [], []
    for matrix in problem.travel:
        drive_s, drive_m = matrix.block(places, places)
        for node, place in enumerate(nodes.depots, first_depot):
            if place == OPEN_END:
                drive_s[:, node] = drive_m[:, node] = 0
        seconds.append(drive_s + service[:, None] + setup[None, :] * halts_anew)
        metres.append(drive_m)
    return seconds, metres


def _reachable_max(metres: Matrix) -> int:
    there = metres[metres < UNREACHABLE]
    return int(there.max()) if there.size else 0


def _parameters(seconds: float) -> Any:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    milliseconds = max(1, int(seconds * 1000))
    parameters.time_limit.seconds, rest_ms = divmod(milliseconds, 1000)
    parameters.time_limit.nanos = rest_ms * 1_000_000
    return parameters
