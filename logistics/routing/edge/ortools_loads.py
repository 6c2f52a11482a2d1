"""What is on board of every vehicle, at every node of a RoutingModel.

Goods for deliveries are loaded at the start of each trip and leave on the way; what is collected boards on the way and
leaves at the end of each trip; goods of a pair do both in between. A reload empties and fills the vehicle: it is the
one node at which the counts may jump.
"""

from __future__ import annotations

from logistics.routing.edge.ortools_nodes import Canvas

STARTS_EMPTY, STARTS_ANYHOW = True, False  # how a dimension begins; OR-Tools takes it by position


def add_loads(canvas: Canvas, capacities: list[tuple[int, ...]]) -> None:
    """Bound what is on board in every dimension; ``capacities``: one limit for each vehicle and dimension."""
    for dimension, name in enumerate(canvas.problem.dimensions):
        limits = [capacity[dimension] for capacity in capacities]
        out, into = _leaving(canvas, dimension), _boarding(canvas, dimension)
        if any(out) and any(into):
            _add_both(canvas, name, limits, out, into)
        elif any(out) or any(into):
            _add_growing(canvas, name, limits, [a + b for a, b in zip(out, into, strict=True)])


def _leaving(canvas: Canvas, dimension: int) -> list[int]:
    """Return what each option takes off the vehicle that was on board since the start of the trip."""
    problem = canvas.problem
    return [
        0 if problem.tasks[pick.task].brings_from is not None else problem.delivers(pick.task)[dimension]
        for pick in canvas.nodes.picks
    ]


def _boarding(canvas: Canvas, dimension: int) -> list[int]:
    """Return what boards at each option, less what of it leaves again before the end of the trip."""
    problem = canvas.problem
    fetched = [0] * len(problem.tasks)
    for number, task in enumerate(problem.tasks):
        if task.brings_from is not None:
            amount = problem.delivers(number)[dimension]
            fetched[task.brings_from] += amount
            fetched[number] -= amount
    return [problem.collects(pick)[dimension] + fetched[pick.task] for pick in canvas.nodes.picks]


def _add_growing(canvas: Canvas, name: str, limits: list[int], amounts: list[int]) -> None:
    """Count up from zero; a reload takes off as much as there can be, and gives back what that was too much."""
    most = sum(max(0, amount) for amount in amounts)
    puts_off = [min(limits[vehicle], most) for vehicle in canvas.nodes.reloads]
    vector = [*amounts, *(-put_off for put_off in puts_off), *(0 for _ in canvas.nodes.depots)]
    _add(canvas, name, limits, vector, max(puts_off, default=0), STARTS_EMPTY)


def _add_both(canvas: Canvas, name: str, limits: list[int], out: list[int], into: list[int]) -> None:
    """Keep what is still to be delivered and what was collected, together, below the limit at every node."""
    most = min(sum(out), max(limits)) if canvas.nodes.reloads else 0
    vector = [*(-amount for amount in out), *(0 for _ in canvas.nodes.reloads), *(0 for _ in canvas.nodes.depots)]
    _add(canvas, f"{name} out", limits, vector, most, STARTS_ANYHOW)
    _add_growing(canvas, f"{name} in", limits, into)
    leaving, boarding = canvas.dimension(f"{name} out"), canvas.dimension(f"{name} in")
    for vehicle in range(len(limits)):
        leaving.CumulVar(canvas.model.End(vehicle)).SetMax(0)
    everything = sum(out) + sum(max(0, amount) for amount in into)  # OR-Tools cannot compare with what is larger still
    rooms = [everything, *(min(limit, everything) for limit in limits)]  # the first is for who is on no vehicle
    for index in range(canvas.model.Size()):
        if not canvas.model.IsStart(index):
            here = canvas.solver.Element(rooms, canvas.model.VehicleVar(index) + 1)
            canvas.solver.Add(leaving.CumulVar(index) + boarding.CumulVar(index) <= here)


def _add(canvas: Canvas, name: str, limits: list[int], vector: list[int], jump: int, begins: bool) -> None:  # noqa: FBT001 - named constants
    evaluator = canvas.model.RegisterUnaryTransitVector(vector)
    canvas.model.AddDimensionWithVehicleCapacity(evaluator, jump, limits, begins, name)
    if jump:
        dimension = canvas.dimension(name)
        reloads = {
            canvas.index(node) for vehicle in set(canvas.nodes.reloads) for node in canvas.nodes.reloads_of(vehicle)
        }
        for index in range(canvas.model.Size()):
            if index not in reloads:
                dimension.SlackVar(index).SetValue(0)
