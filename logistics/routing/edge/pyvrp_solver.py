"""Searches the part of planning that PyVRP can express. The only file that imports PyVRP in the product.

Every window of every option is a client; where a task has several, they form a group of which one is taken. Set-up
lies on the arc into a place, so visits in a row share one halt; who may not go to a task finds no road to it. What
cannot be said is listed in `search/expressible.py` and left out here: the judge must test what comes back then.

The search is PyVRP's iterated local search (Wouda, Lan and Kool 2024) with penalties that begin at the order of
magnitude of the costs: its own defaults are made for runs of many minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from random import Random
from statistics import fmean
from typing import Any

import numpy as np
import pyvrp
from pyvrp.IteratedLocalSearch import IteratedLocalSearch, IteratedLocalSearchParams
from pyvrp.PenaltyManager import PenaltyManager, PenaltyParams
from pyvrp.search import (
    OPERATORS,
    LocalSearch,
    NeighbourhoodParams,
    PerturbationManager,
    PerturbationParams,
    compute_neighbours,
)

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge.search.anneal import anneal
from logistics.routing.edge.search.expressible import Reach, binding_dimensions, closed_to, is_timeless, kinds_of
from logistics.routing.edge.search.pool import is_called_off
from logistics.routing.matrix import UNREACHABLE
from logistics.routing.model import LIMITLESS, Option, Pick, Problem, Vehicle
from logistics.routing.schedule import schedule_route

ENDLESS = int(np.iinfo(np.int64).max)  # PyVRP's word for no limit: what bears it is not even computed
PENALTY_SPAN = 100.0  # how far a penalty may move from where it began, in both directions
LATE_DEARER = 10.0  # times the average arc for the time it takes; searches ended at 4 to 23 times
UNIT_COST_MAX = 10_000  # finer costs are rounded to this, so that costs times penalties fit 64 bits
CLIENT, DEPOT = pyvrp.ActivityType.CLIENT, pyvrp.ActivityType.DEPOT

Penalties = tuple[tuple[float, ...], float, float]  # for a unit of each load, of time, of distance
Matrix = Any  # an array of whole numbers; the stubs of PyVRP ask for a type NumPy does not have


@dataclass(frozen=True, slots=True)
class Answer:
    """The best routes found, all of them feasible for PyVRP.

    ``left``: tasks that must be done and are on no route. ``cost``: comparable between answers to one problem only.
    ``penalties``: where the next search of a similar problem should begin; None where a search knows none.
    """

    drafts: Drafts
    left: int
    cost: int
    penalties: Penalties | None
    iterations: int

    @property
    def rank(self) -> tuple[int, int]:
        """What makes one answer better than another: what it leaves out, then what it costs; less is better."""
        return self.left, self.cost


@dataclass(frozen=True, slots=True)
class Orders:
    """How long a search goes on, and how it goes about it.

    ``seconds`` and ``rounds_max`` (iterations; None: any number): whichever is over first. ``ticket``: see
    `search/pool.py`. ``history``: length of the late-acceptance list; a short one descends faster, a long one gets
    deeper. ``upsets_max``: at most so many clients are thrown about before each local search. ``updates_every``:
    iterations between two changes of the penalties. ``neighbours``: with how many others a client is tried.
    ``penalties``: what an earlier search of a similar problem ended with. ``heat``: what a step may lose at first, in
    mean arcs, falling to nothing; then ``history`` and ``polish`` mean nothing (None: late acceptance).
    """

    seconds: float
    seed: int = 0
    rounds_max: int | None = None
    ticket: int = 0
    history: int = 50
    upsets_max: int = 25
    updates_every: int = 100
    neighbours: int = 40
    polish: bool = True
    heat: float | None = None
    penalties: Penalties | None = None


def search(problem: Problem, start: Drafts, orders: Orders) -> Answer:
    """Search from the routes given or from nothing; a job for any executor."""
    stop = _Stop(orders)
    translation = Translation(problem, start)
    data = translation.data
    manager = PenaltyManager(_carried(orders, data) or first_penalties(data), penalty_params(data, orders))
    random = pyvrp.RandomNumberGenerator(seed=orders.seed % 2**32)
    local = _local_search(data, random, orders)
    first = translation.solution(start) if start else _from_nothing(data, random, local, manager)
    if orders.heat is None:
        params = IteratedLocalSearchParams(history_length=orders.history, exhaustive_on_best=orders.polish)
        result = IteratedLocalSearch(data, manager, local, first, params).run(stop, collect_stats=False)
        best, steps = result.best, result.num_iterations
    else:
        best, steps = _cooled(first, local, manager, stop, orders)
    loads, time, distance = manager.penalties()
    penalties = tuple(map(float, loads)), float(time), float(distance)
    answer = translation.answer(best, penalties, steps)
    # A start that PyVRP does not call feasible may end in less than it was: then it is kept.
    before = translation.answer(first, penalties, steps)
    return replace(before, drafts=start) if start and before.rank < answer.rank else answer


def _cooled(
    first: pyvrp.Solution, local: LocalSearch, manager: PenaltyManager, stop: _Stop, orders: Orders
) -> tuple[pyvrp.Solution, int]:
    """Search with a loop of our own: PyVRP's never allows more than the cost it begins with."""

    def step(current: pyvrp.Solution) -> tuple[pyvrp.Solution, pyvrp.CostEvaluator]:
        measure = manager.cost_evaluator()
        candidate = local(current, measure, exhaustive=False)
        manager.register(candidate)
        return candidate, measure

    arc = (first.distance_cost() + first.duration_cost()) / max(1, first.num_clients())
    return anneal(first, step, stop.progress, (orders.heat or 0.0) * arc, Random(orders.seed))


def first_penalties(data: pyvrp.ProblemData) -> tuple[list[float], float, float]:
    """Return penalties of the order of the costs: of an average arc for the load, time and distance it stands for.

    Being late costs several times as much: searches with windows all ended there, and the way up took a second.
    """
    kinds = data.vehicle_types()
    metres = fmean(_mean_way(data.distance_matrix(kind.profile)) for kind in kinds)
    seconds = fmean(_mean_way(data.duration_matrix(kind.profile)) for kind in kinds)
    per_m, per_s = (fmean(kind.unit_distance_cost for kind in kinds), fmean(kind.unit_duration_cost for kind in kinds))
    arc = max(1.0, metres * per_m + seconds * per_s)
    loads = []
    for dimension in range(data.num_load_dimensions):
        moved = [max(client.delivery[dimension], client.pickup[dimension]) for client in data.clients()]
        loads.append(arc / max(1.0, fmean(moved)))
    return loads, LATE_DEARER * arc / max(1.0, seconds), arc / max(1.0, metres)


def _mean_way(ways: Matrix) -> float:
    return float(ways.mean(where=ways < UNREACHABLE)) if (ways < UNREACHABLE).any() else 0.0


def penalty_params(data: pyvrp.ProblemData, orders: Orders) -> PenaltyParams:
    """Return how penalties move, in bounds that fit the costs of this problem."""
    loads, time, distance = first_penalties(data)
    known = [*loads, time, distance]
    return PenaltyParams(
        solutions_between_updates=orders.updates_every,
        min_penalty=min(0.1, *known) / PENALTY_SPAN,
        max_penalty=max([PENALTY_SPAN * max(known), *(float(client.prize) for client in data.clients())]),
    )


class _Stop:
    """Tells PyVRP after each iteration whether it is enough."""

    def __init__(self, orders: Orders) -> None:
        self._deadline_s = monotonic_s() + orders.seconds
        self._rounds_left = ENDLESS if orders.rounds_max is None else orders.rounds_max
        self._ticket = orders.ticket
        self._orders = orders

    def progress(self) -> float:
        """Return the share of the rounds, or else of the time, that is spent; 1: it is enough."""
        if self(0):
            return 1.0
        if self._orders.rounds_max:
            return 1 - (self._rounds_left + 1) / self._orders.rounds_max
        return 1 - (self._deadline_s - monotonic_s()) / self._orders.seconds

    def __call__(self, best_cost: int) -> bool:  # noqa: ARG002 - PyVRP hands it over by name or place
        """Say yes at the deadline, after the last round, or when the job is called off."""
        self._rounds_left -= 1
        return self._rounds_left < 0 or monotonic_s() >= self._deadline_s or is_called_off(self._ticket)


def _carried(orders: Orders, data: pyvrp.ProblemData) -> tuple[list[float], float, float] | None:
    """Return penalties carried over, unless they are of a problem with other loads."""
    if orders.penalties is None or len(orders.penalties[0]) != data.num_load_dimensions:
        return None
    loads, time, distance = orders.penalties
    return list(loads), time, distance


def _local_search(data: pyvrp.ProblemData, random: pyvrp.RandomNumberGenerator, orders: Orders) -> LocalSearch:
    near = compute_neighbours(data, NeighbourhoodParams(num_neighbours=orders.neighbours))
    local = LocalSearch(data, random, near, PerturbationManager(PerturbationParams(1, orders.upsets_max)))
    for operator in OPERATORS:
        if operator.supports(data):
            local.add_operator(operator(data))
    return local


def _from_nothing(
    data: pyvrp.ProblemData, random: pyvrp.RandomNumberGenerator, local: LocalSearch, manager: PenaltyManager
) -> pyvrp.Solution:
    return local(pyvrp.Solution.make_random(data, random), manager.max_cost_evaluator(), exhaustive=True)


class Translation:
    """One problem as PyVRP's data, and the way back. ``picks``: what each client stands for."""

    def __init__(self, problem: Problem, start: Drafts = ()) -> None:
        """Build the data; if ``start`` leaves out what must be done, PyVRP may leave it out too, at a great price."""
        self.problem = problem
        self.picks: list[Pick] = []
        self._client: dict[tuple[int, int, int], int] = {}  # task, option, window
        done = {pick.task for _, trips in start for trip in trips for pick in trip}
        must = {number for number, task in enumerate(problem.tasks) if task.leave_cost is None}
        self._may_fail = bool(start) and not must <= done
        self._must = must
        self._is_timeless = is_timeless(problem)
        self._origin_s = min(0, *(car.shift.start_s for car in problem.vehicles), *_openings_s(problem))
        self._dimensions = binding_dimensions(problem)
        self._closed = closed_to(problem)
        self.kinds = kinds_of(problem)
        dearest = max((max(car.cost_per_m, car.cost_per_s) for car in problem.vehicles), default=0)
        self._scale = max(1, dearest // UNIT_COST_MAX)
        self._dear = _way_of_its_own(problem) if self._may_fail else 0
        self._place_depots()
        clients, groups = self._clients()
        self._profiles: dict[tuple[int, frozenset[Reach]], int] = {}
        types = [self._vehicle_type(cars) for cars in self.kinds]
        arrays = [self._arrays(*profile) for profile in self._profiles]
        self.data = pyvrp.ProblemData(
            [pyvrp.Location(0, 0)] * len(self._row_place),
            clients,
            self._depots,
            types,
            [metres for metres, _ in arrays],
            [seconds for _, seconds in arrays],
            groups,
        )

    # -- places --------------------------------------------------------------------------------

    def _place_depots(self) -> None:
        """Give the first rows of the matrices to depots: they are left and entered without set-up."""
        keys = [key for car in self.problem.vehicles for key in _depot_keys(car)]
        self._depot_number = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        self._row_place = [place for place, _ in self._depot_number]
        self._row_reach: list[Reach | None] = [None] * len(self._row_place)
        self._depots = [
            pyvrp.Depot(number, service_duration=0 if self._is_timeless else service_s)
            for number, (_, service_s) in enumerate(self._depot_number)
        ]
        self._row: dict[tuple[int, Reach], int] = {}

    def _location(self, place: int, reach: Reach) -> int:
        key = (place, reach)
        if key not in self._row:
            self._row[key] = len(self._row_place)
            self._row_place.append(place)
            self._row_reach.append(reach)
        return self._row[key]

    def _arrays(self, profile: int, closed: frozenset[Reach]) -> tuple[Matrix, Matrix]:
        """Return metres and seconds between all rows; what is closed to a vehicle has no road."""
        place = np.asarray(self._row_place)
        known = np.where(place < 0, 0, place)
        seconds, metres = self.problem.travel[profile].block(known, known)
        is_client = np.asarray([reach is not None for reach in self._row_reach])
        if self._is_timeless:
            seconds = np.zeros_like(seconds)
        else:
            setup_s = np.asarray([self.problem.places[one].setup_s for one in known]) * is_client
            same_halt = (place[:, None] == place[None, :]) & is_client[:, None] & is_client[None, :]
            seconds = seconds + np.where(same_halt, 0, setup_s[None, :])
            np.fill_diagonal(seconds, 0)
        nowhere = place < 0
        if nowhere.any() or closed:
            seconds, metres = seconds.copy(), metres.copy()
            shut = np.asarray([reach in closed for reach in self._row_reach])
            for array in (seconds, metres):
                array[:, nowhere] = array[nowhere, :] = 0
                array[:, shut] = array[shut, :] = UNREACHABLE
                np.fill_diagonal(array, 0)
        return metres, seconds

    # -- tasks ---------------------------------------------------------------------------------

    def _clients(self) -> tuple[list[pyvrp.Client], list[pyvrp.ClientGroup]]:
        clients: list[pyvrp.Client] = []
        groups: list[pyvrp.ClientGroup] = []
        for number, task in enumerate(self.problem.tasks):
            reach = (task.skills, task.vehicles)
            ways = [
                (Pick(number, index), window)
                for index, option in enumerate(task.options)
                if task.leave_cost is None or option.cost <= task.leave_cost
                for window in range(max(1, len(option.windows)))
            ]
            is_required = number in self._must and not self._may_fail
            group = len(groups) if len(ways) > 1 else None
            if group is not None:
                groups.append(
                    pyvrp.ClientGroup(list(range(len(clients), len(clients) + len(ways))), required=is_required)
                )
            for pick, window in ways:
                self._client[pick.task, pick.option, window] = len(clients)
                self.picks.append(pick)
                clients.append(self._make_client(pick, window, group, reach, is_required=is_required))
        return clients, groups

    def _make_client(
        self, pick: Pick, window: int, group: int | None, reach: Reach, *, is_required: bool
    ) -> pyvrp.Client:
        task, option = self.problem.tasks[pick.task], self.problem.option(pick.task, pick.option)
        early_s, late_s = self._bounds(option, window)
        load, back = self.problem.delivers(pick.task), self.problem.collects(pick)
        worth = task.leave_cost
        if worth is None:
            dearest = max(one.cost for one in task.options)
            worth = dearest + (self._dear * (1 + task.priority) if self._may_fail else 0)
        return pyvrp.Client(
            self._location(option.place, reach),
            delivery=[load[index] for index in self._dimensions],
            pickup=[back[index] for index in self._dimensions],
            service_duration=0 if self._is_timeless else option.service_s,
            tw_early=early_s,
            tw_late=late_s,
            prize=self._scaled(worth - option.cost),
            required=is_required and group is None,
            group=group,
        )

    def _bounds(self, option: Option, window: int) -> tuple[int, int]:
        if not option.windows:
            return 0, ENDLESS
        bounds = option.windows[window]
        late_s = bounds.end_s - self._origin_s
        return bounds.start_s - self._origin_s, ENDLESS if late_s >= LIMITLESS else late_s

    def _scaled(self, cost: int) -> int:
        return (cost + self._scale // 2) // self._scale

    # -- vehicles ------------------------------------------------------------------------------

    def _vehicle_type(self, cars: list[int]) -> pyvrp.VehicleType:
        car = self.problem.vehicles[cars[0]]
        profile = (car.profile, self._closed[cars[0]])
        begin, end, *reload = (self._depot_number[key] for key in _depot_keys(car))
        timed = not self._is_timeless
        late_s = car.shift.end_s + car.overtime_s_max - self._origin_s
        return pyvrp.VehicleType(
            num_available=len(cars),
            capacity=[car.capacity[index] for index in self._dimensions],
            start_depot=begin,
            end_depot=end,
            fixed_cost=self._scaled(car.cost_fixed),
            tw_early=car.shift.start_s - self._origin_s if timed else 0,
            tw_late=min(late_s, UNREACHABLE - 1) if timed else ENDLESS,
            shift_duration=ENDLESS if car.duration_s_max is None else car.duration_s_max,
            max_distance=ENDLESS if car.distance_m_max is None else car.distance_m_max,
            unit_distance_cost=self._scaled(car.cost_per_m),
            unit_duration_cost=self._scaled(car.cost_per_s),
            profile=self._profiles.setdefault(profile, len(self._profiles)),
            reload_depots=reload,
            max_reloads=car.trips_max - 1,
        )

    # -- routes there and back -----------------------------------------------------------------

    def solution(self, drafts: Drafts) -> pyvrp.Solution:
        """Return routes as PyVRP has them."""
        kind_of = {car: kind for kind, cars in enumerate(self.kinds) for car in cars}
        routes = []
        for car, trips in drafts:
            steps = self._steps(car, trips)
            if steps:
                routes.append(pyvrp.Route(self.data, steps, kind_of[car]))
        return pyvrp.Solution(self.data, routes)

    def _steps(self, car: int, trips: tuple[tuple[Pick, ...], ...]) -> list[pyvrp.Activity]:
        """Return the activities of one route; between trips stands the depot where it loads."""
        noun = self.problem.vehicles[car]
        window = self._windows_used(car, trips)
        steps: list[pyvrp.Activity] = []
        for trip in trips:
            if steps and trip:
                steps.append(pyvrp.Activity(DEPOT, self._depot_number[_depot_keys(noun)[2]]))
            steps += [
                pyvrp.Activity(CLIENT, self._client[pick.task, pick.option, window.get(pick, 0)])
                for pick in trip
                if (pick.task, pick.option, 0) in self._client
            ]
        return steps

    def _windows_used(self, car: int, trips: tuple[tuple[Pick, ...], ...]) -> dict[Pick, int]:
        """Return in which window each pick lies, where there is more than one."""
        options = [self.problem.option(pick.task, pick.option) for trip in trips for pick in trip]
        if all(len(option.windows) <= 1 for option in options):
            return {}
        found = {}
        for visit in schedule_route(self.problem, car, trips).visits:
            windows = self.problem.option(visit.pick.task, visit.pick.option).windows
            holding = [index for index, window in enumerate(windows) if window.start_s <= visit.start_s <= window.end_s]
            found[visit.pick] = holding[0] if holding else 0
        return found

    def answer(self, best: pyvrp.Solution, penalties: Penalties, iterations: int) -> Answer:
        """Return feasible routes with vehicles of their kind; what is not feasible is dropped."""
        drafts = []
        kept = []
        kinds = self.kinds
        taken = [count() for _ in kinds]
        for route in best.routes():
            if route.is_feasible() and route.num_clients():
                kept.append(route)
                kind = route.vehicle_type()
                drafts.append((kinds[kind][next(taken[kind])], self._trips(route)))
        done = {pick.task for _, trips in drafts for trip in trips for pick in trip}
        cost = sum(
            route.fixed_vehicle_cost() + route.distance_cost() + route.duration_cost() - route.prizes()
            for route in kept
        )
        left = sum(1 + self.problem.tasks[task].priority for task in self._must - done)
        return Answer(tuple(sorted(drafts)), left, cost, penalties, iterations)

    def _trips(self, route: pyvrp.Route) -> tuple[tuple[Pick, ...], ...]:
        trips: dict[int, list[Pick]] = {}
        for step in route:
            if step.is_client():
                trips.setdefault(step.trip, []).append(self.picks[step.idx])
        return tuple(tuple(picks) for _, picks in sorted(trips.items()))


def _depot_keys(car: Vehicle) -> tuple[tuple[int, int], ...]:
    """Return start, end and (if it reloads) loading place, each with the seconds spent there; -1 is anywhere."""
    ends = ((car.start, 0), (-1 if car.end is None else car.end, 0))
    return (*ends, (car.reload_place, car.reload_s)) if car.trips_max > 1 else ends


def _openings_s(problem: Problem) -> list[int]:
    return [option.windows[0].start_s for task in problem.tasks for option in task.options if option.windows]


def _way_of_its_own(problem: Problem) -> int:
    """Return what a vehicle that does one task alone costs at most.

    This is what leaving undone what must be done costs: it pays to do it, and yet penalties can outgrow it.
    """
    cars = problem.vehicles
    far_m = far_s = 0
    places = np.asarray([option.place for task in problem.tasks for option in task.options])
    for travel in problem.travel:
        for home in {car.start for car in cars}:
            for arrays in (travel.block(np.asarray([home]), places), travel.block(places, np.asarray([home]))):
                seconds, metres = (array[array < UNREACHABLE].max(initial=0) for array in arrays)
                far_s, far_m = max(far_s, int(seconds)), max(far_m, int(metres))
    work_s = max(option.service_s for task in problem.tasks for option in task.options)
    return max(1 + car.cost_fixed + car.cost_per_m * 2 * far_m + car.cost_per_s * (2 * far_s + work_s) for car in cars)
