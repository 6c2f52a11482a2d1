"""PyVRP alone, with its default parameters, on the same problem: the peer to be beaten.

Decides only the translation. Options become clients of one required group; clients at one place share a halt, because
nothing is driven between them and the set-up lies on the way in. What PyVRP cannot say (room, service levels) is left
unsaid: the judge then says what is broken. `solve_twice` runs two seeds side by side, each on its own core.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import pyvrp
from pyvrp.stop import MaxRuntime

from logistics.routing.construct import Drafts
from logistics.routing.model import LIMITLESS, Option, Pick, Problem, Task, Vehicle

BOUNDLESS = 2**40  # from here on, a bound on time binds nobody and is not passed on
SECOND_SEED = 7_919  # added to the seed of the run beside
Matrix = Any  # PyVRP's own stubs give arrays a type nothing fits


class UnsaidError(ValueError):
    """A problem holds something this peer is not asked for; no file of the benchmarks does."""


def solve(problem: Problem, seconds: float, seed: int, load_scale: int = 1) -> Drafts:
    """Return what PyVRP finds in that time (its data are built before its clock starts)."""
    return _solve(problem, seconds, seed, load_scale)[2]


def solve_twice(problem: Problem, seconds: float, seed: int, load_scale: int = 1) -> Drafts:
    """Return the better of two runs with different seeds, side by side in two processes."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        runs = [pool.submit(_solve, problem, seconds, one, load_scale) for one in (seed, seed + SECOND_SEED)]
        return min((run.result() for run in runs), key=lambda run: run[:2])[2]


def _solve(problem: Problem, seconds: float, seed: int, load_scale: int) -> tuple[bool, float, Drafts]:
    """Return whether it is infeasible, its cost, and the routes."""
    data, picks, fleets = translate(problem, load_scale)
    result = pyvrp.solve(data, MaxRuntime(seconds), seed=seed, collect_stats=False, display=False)
    free = [iter(fleet) for fleet in fleets]
    drafts = tuple(
        (next(free[route.vehicle_type()]), (tuple(picks[one.idx] for one in route if one.is_client()),))
        for route in result.best.routes()
    )
    return not result.best.is_feasible(), float(result.cost()), drafts


def translate(problem: Problem, load_scale: int = 1) -> tuple[pyvrp.ProblemData, list[Pick], list[list[int]]]:
    """Return PyVRP's data, the pick of every client, and the vehicles of every vehicle type.

    ``load_scale`` multiplies loads and capacities alike: PyVRP's penalties per unit of load are bounded, so where costs
    are large, units must be small (its own reader does the same).
    """
    homes = sorted({car.start for car in problem.vehicles})
    clients, picks, groups = _clients(problem, load_scale)
    kinds: dict[Vehicle, list[int]] = {}
    for number, car in enumerate(problem.vehicles):
        kinds.setdefault(_kind(car), []).append(number)
    seconds, metres = _matrices(problem)
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(x=0, y=0) for _ in problem.places],
        clients=clients,
        depots=[pyvrp.Depot(location=home) for home in homes],
        vehicle_types=[_vehicle_type(car, len(fleet), homes, load_scale) for car, fleet in kinds.items()],
        distance_matrices=metres,
        duration_matrices=seconds,
        groups=groups,
    )
    return data, picks, list(kinds.values())


def _matrices(problem: Problem) -> tuple[list[Matrix], list[Matrix]]:
    """Return seconds (with the set-up of the place arrived at) and metres of every profile."""
    everywhere = np.arange(len(problem.places))
    setup_s = np.array([place.setup_s for place in problem.places], dtype=np.int64)
    pairs = [travel.block(everywhere, everywhere) for travel in problem.travel]
    if not setup_s.any():
        return [seconds for seconds, _ in pairs], [metres for _, metres in pairs]
    arriving = setup_s[None, :] * (1 - np.eye(len(everywhere), dtype=np.int64))
    return [seconds + arriving for seconds, _ in pairs], [metres for _, metres in pairs]


def _clients(problem: Problem, load_scale: int) -> tuple[list[pyvrp.Client], list[Pick], list[pyvrp.ClientGroup]]:
    clients: list[pyvrp.Client] = []
    picks: list[Pick] = []
    groups: list[pyvrp.ClientGroup] = []
    for number, task in enumerate(problem.tasks):
        choice = len(task.options) > 1
        if choice:
            first = len(clients)
            groups.append(pyvrp.ClientGroup(list(range(first, first + len(task.options))), required=True))
        for index, option in enumerate(task.options):
            clients.append(_client(task, option, len(groups) - 1 if choice else None, load_scale))
            picks.append(Pick(number, index))
    return clients, picks, groups


def _client(task: Task, option: Option, group: int | None, load_scale: int) -> pyvrp.Client:
    """Make a client; prices of options become prizes, so that the cheapest has the highest."""
    if len(option.windows) > 1 or task.vehicles is not None or (group is not None and task.leave_cost is not None):
        raise UnsaidError(
            f"task {task.id}: PyVRP is not asked for several windows, locked vehicles or leaving an option"
        )
    dearest = max(one.cost for one in task.options)
    window: dict[str, Any] = (
        {"tw_early": option.windows[0].start_s, "tw_late": option.windows[0].end_s} if option.windows else {}
    )
    return pyvrp.Client(
        location=option.place,
        delivery=[load * load_scale for load in task.deliver],
        service_duration=option.service_s,
        prize=dearest - option.cost if group is not None else task.leave_cost or 0,
        required=group is None and task.leave_cost is None,
        group=group,
        **window,
    )


def _kind(car: Vehicle) -> Vehicle:
    """Return a vehicle without what makes it this one, so that its likes compare equal."""
    fields = {name: getattr(car, name) for name in Vehicle.__dataclass_fields__}
    return Vehicle(**{**fields, "id": ""})


def _vehicle_type(car: Vehicle, count: int, homes: list[int], load_scale: int) -> pyvrp.VehicleType:
    assert car.end is not None, "open routes are not translated for PyVRP"
    return pyvrp.VehicleType(
        num_available=count,
        capacity=[min(limit * load_scale, LIMITLESS) for limit in car.capacity],
        start_depot=homes.index(car.start),
        end_depot=homes.index(car.end),
        fixed_cost=car.cost_fixed,
        unit_distance_cost=car.cost_per_m,
        unit_duration_cost=car.cost_per_s,
        profile=car.profile,
        **_limits(car),
    )


def _limits(car: Vehicle) -> dict[str, Any]:
    """Name the limits that bind: one that does not would only cost PyVRP time."""
    limits = {"shift_duration": car.duration_s_max, "max_distance": car.distance_m_max}
    if car.shift.end_s < BOUNDLESS:
        limits |= {"tw_early": car.shift.start_s, "tw_late": car.shift.end_s}
    return {name: limit for name, limit in limits.items() if limit is not None}
