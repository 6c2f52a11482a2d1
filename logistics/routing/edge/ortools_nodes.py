"""What of a problem becomes a node of OR-Tools' RoutingModel, who may go there, and what everything is built on.

Options come first, then reloads (places between two trips, each of one vehicle), then the places where routes start
or end. Decides who may do what; decides nothing about when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.constraint_solver import pywrapcp

from logistics.routing.construct import Drafts
from logistics.routing.model import Pick, Problem, Task, Vehicle

OPEN_END = -1
RELOADS_MAX = 5  # of a vehicle, unless a plan that is there already has more: each is one more node to search


@dataclass(frozen=True, slots=True)
class Nodes:
    """Options, reloads and depots as OR-Tools numbers them.

    ``cars``: which vehicles may do each option. ``reloads``: the vehicle of each reload.
    ``depots``: the place of each depot node; ``OPEN_END`` ends a route wherever it is.
    """

    picks: tuple[Pick, ...]
    cars: tuple[frozenset[int], ...]
    reloads: tuple[int, ...]
    depots: tuple[int, ...]

    def __len__(self) -> int:
        """Count all nodes."""
        return len(self.picks) + len(self.reloads) + len(self.depots)

    def depot(self, place: int | None) -> int:
        """Return the node of a depot."""
        return len(self.picks) + len(self.reloads) + self.depots.index(OPEN_END if place is None else place)

    def reloads_of(self, vehicle: int) -> tuple[int, ...]:
        """Return the reload nodes of a vehicle."""
        return tuple(len(self.picks) + number for number, one in enumerate(self.reloads) if one == vehicle)


def list_nodes(problem: Problem, start: Drafts = ()) -> Nodes:
    """Give numbers to the options that at least one vehicle may do, to reloads (at least those of a plan), depots."""
    cars_of = {}
    for task, noun in enumerate(problem.tasks):
        for option in range(len(noun.options)):
            pick = Pick(task, option)
            cars = frozenset(number for number in range(len(problem.vehicles)) if may_visit(problem, number, pick))
            if cars:
                cars_of[pick] = cars
    trips = {vehicle: len(own) for vehicle, own in start}
    reloads = [
        vehicle
        for vehicle, car in enumerate(problem.vehicles)
        for _ in range(_reloads(problem, car, trips.get(vehicle, 0)))
    ]
    ends = {OPEN_END if car.end is None else car.end for car in problem.vehicles}
    depots = tuple(sorted(ends | {car.start for car in problem.vehicles}))
    return Nodes(tuple(cars_of), tuple(cars_of.values()), tuple(reloads), depots)


def _reloads(problem: Problem, car: Vehicle, trips: int) -> int:
    useful = min(car.trips_max, len(problem.tasks)) - 1
    return max(0, min(useful, max(RELOADS_MAX, trips - 1)))


def may_visit(problem: Problem, vehicle: int, pick: Pick) -> bool:
    """Tell whether skills, locks, goods and roads let this vehicle do this option; what is fixed, it does anyway."""
    task, car, matrix = problem.tasks[pick.task], problem.vehicles[vehicle], problem.matrix(vehicle)
    if pick in car.fixed:
        return True
    if not (task.vehicles is None or car.id in task.vehicles) or not task.skills <= car.skills:
        return False
    if task.aboard not in {None, car.id} or (is_at_depot(task) and car.underway and car.trips_max == 1):
        return False
    place = task.options[pick.option].place
    return matrix.reaches(car.start, place) and (car.end is None or matrix.reaches(place, car.end))


def is_at_depot(task: Task) -> bool:
    """Tell whether a vehicle has to load the goods of a task at the depot."""
    return task.aboard is None and task.brings_from is None and any(task.deliver)


def loads_first(car: Vehicle) -> bool:
    """Tell whether a vehicle starts where it reloads: reloads that it does not need then lie before its first stop.

    They lie after its last one otherwise. Either way they cost nothing, and the search finds a second trip by moving
    stops across a reload that is there already.
    """
    return car.start == car.reload_place


def pairs_of(problem: Problem) -> tuple[tuple[int, int], ...]:
    """Return (task that is fetched, task that is brought) of every pair."""
    return tuple(
        (task.brings_from, number) for number, task in enumerate(problem.tasks) if task.brings_from is not None
    )


def purse_of(problem: Problem) -> int | None:
    """Return the vehicle at which rules that have a price are paid for, if there are any; see `Canvas.add_price`.

    It is best one that would have no way to go if it had no stop.
    """
    if not (problem.levels or problem.quotas or problem.balance_cost_per_s):
        return None
    cars = problem.vehicles
    return next((number for number, car in enumerate(cars) if car.end in {None, car.start}), 0)


class Canvas:
    """An empty RoutingModel with its nodes; the parts of the model are put onto it."""

    def __init__(self, problem: Problem, nodes: Nodes) -> None:
        """Make the model; nothing is asked of it yet."""
        self.problem, self.nodes = problem, nodes
        cars = problem.vehicles
        self.manager: Any = pywrapcp.RoutingIndexManager(
            len(nodes), len(cars), [nodes.depot(car.start) for car in cars], [nodes.depot(car.end) for car in cars]
        )
        self.model: Any = pywrapcp.RoutingModel(self.manager)
        self.solver: Any = self.model.solver()
        self.purse = purse_of(problem)
        if self.purse is not None:
            self.model.SetVehicleUsedWhenEmpty(True, self.purse)  # noqa: FBT003 - else it would not pay while at home
        self._indices: dict[int, list[int]] = {}
        for node, pick in enumerate(nodes.picks):
            self._indices.setdefault(pick.task, []).append(self.index(node))

    def index(self, node: int) -> int:
        """Return OR-Tools' own number of an option or a reload."""
        return int(self.manager.NodeToIndex(node))

    def indices_of(self, task: int) -> list[int]:
        """Return the numbers of all options of a task; none if nobody may do it."""
        return self._indices.get(task, [])

    def each_pick(self) -> Iterator[tuple[int, Pick]]:
        """Yield every option with its number."""
        return ((self.index(node), pick) for node, pick in enumerate(self.nodes.picks))

    def dimension(self, name: str) -> Any:
        """Return a dimension that was added."""
        return self.model.GetDimensionOrDie(name)

    def add_count(self, name: str, amounts: Sequence[int], most: int) -> Any:
        """Add a dimension that grows from zero by a fixed amount at every node passed."""
        evaluator = self.model.RegisterUnaryTransitVector(list(amounts))
        self.model.AddDimension(evaluator, 0, most, True, name)  # noqa: FBT003 - it starts at zero; OR-Tools knows no names
        return self.dimension(name)

    def add_price(self, name: str, most: int, cost: int) -> Any:
        """Return a variable of 0..most that costs so much for each unit: a dimension in which nothing moves.

        OR-Tools asks for costs at nodes of routes only: one vehicle, the purse, pays for all.
        """
        assert self.purse is not None  # whoever adds prices is counted in `purse_of`
        evaluator = self.model.RegisterUnaryTransitVector([0] * len(self.nodes))
        self.model.AddDimension(evaluator, 0, most, False, name)  # noqa: FBT003 - it starts anywhere
        start = self.model.Start(self.purse)
        self.dimension(name).SetCumulVarSoftUpperBound(start, 0, cost)
        priced = self.dimension(name).CumulVar(start)
        self.model.AddVariableMinimizedByFinalizer(priced)
        return priced
