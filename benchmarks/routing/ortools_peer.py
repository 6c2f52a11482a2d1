"""OR-Tools' RoutingModel alone, with guided local search: the other peer.

Decides only the translation, kept as plain as its guide has it: a node per option, one transit matrix for distance and
one for time, a disjunction per task. Room and service levels are left unsaid: the judge then says what is broken.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from logistics.routing.construct import Drafts
from logistics.routing.model import Pick, Problem

MATRIX_MAX = 3_000  # nodes; above, a registered matrix of Python integers would take gigabytes
BOUNDLESS = 2**40
NEVER = 10**12  # the penalty of a task that must be done; above any cost, sums of thousands still fit


def solve(problem: Problem, seconds: float, _seed: int = 0, _load_scale: int = 1) -> Drafts:
    """Return what guided local search finds in that time (it draws no chance: the seed changes nothing)."""
    picks = [Pick(task, option) for task, one in enumerate(problem.tasks) for option in range(len(one.options))]
    homes = sorted({car.start for car in problem.vehicles})
    places = np.array([*homes, *(problem.option(pick.task, pick.option).place for pick in picks)])
    starts = [homes.index(car.start) for car in problem.vehicles]
    manager = pywrapcp.RoutingIndexManager(len(places), len(problem.vehicles), starts, starts)
    model = pywrapcp.RoutingModel(manager)
    transits = _Transits(model, manager, problem, places)
    _costs(model, problem, transits)
    _loads(model, manager, problem, picks, len(homes))
    _times(model, manager, problem, picks, transits)
    node = len(homes)
    for task in problem.tasks:
        nodes = [manager.NodeToIndex(node + index) for index in range(len(task.options))]
        model.AddDisjunction(nodes, NEVER if task.leave_cost is None else task.leave_cost)
        node += len(nodes)
    found = model.SolveWithParameters(_parameters(seconds))
    return () if found is None else _drafts(model, manager, found, picks, len(homes))


class _Transits:
    """Registers distances and times once each, as matrices, or as callbacks for many nodes."""

    def __init__(
        self, model: pywrapcp.RoutingModel, manager: object, problem: Problem, places: NDArray[np.int64]
    ) -> None:
        self._model, self._manager, self._problem, self._places = model, manager, problem, places
        homes = len(places) - sum(len(task.options) for task in problem.tasks)
        options = [option for task in problem.tasks for option in task.options]
        self._service_s = np.array([0] * homes + [option.service_s for option in options])
        self._setup_s = np.array([problem.places[place].setup_s for place in places])

    def metres(self, times: int) -> int:
        """Register metres x a cost per metre."""
        return self._register(lambda rows, columns: self._block(rows, columns)[1] * times)

    def seconds(self) -> int:
        """Register service at the one, driving, and set-up at the other if it is another place."""

        def span(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
            apart = self._places[rows][:, None] != self._places[columns][None, :]
            setup_s = apart * self._setup_s[columns][None, :]
            driving_s = self._block(rows, columns)[0]
            return np.asarray(driving_s + self._service_s[rows][:, None] + setup_s, dtype=np.int64)

        return self._register(span)

    def _block(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return self._problem.travel[0].block(self._places[rows], self._places[columns])

    def _register(self, block: Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.int64]]) -> int:
        everywhere = np.arange(len(self._places))
        if len(everywhere) <= MATRIX_MAX:
            return int(self._model.RegisterTransitMatrix(block(everywhere, everywhere).tolist()))
        rows: dict[int, NDArray[np.int64]] = {}  # in 32 bits, made when first asked for
        manager = self._manager

        def transit(origin: int, target: int) -> int:
            here, there = manager.IndexToNode(origin), manager.IndexToNode(target)  # type: ignore[attr-defined]  # untyped library
            if here not in rows:
                rows[here] = block(np.array([here]), everywhere)[0].astype(np.int32)
            return int(rows[here][there])

        return int(self._model.RegisterTransitCallback(transit))


def _costs(model: pywrapcp.RoutingModel, problem: Problem, transits: _Transits) -> None:
    by_price: dict[int, int] = {}
    for number, car in enumerate(problem.vehicles):
        if car.cost_per_m not in by_price:
            by_price[car.cost_per_m] = transits.metres(car.cost_per_m)
        model.SetArcCostEvaluatorOfVehicle(by_price[car.cost_per_m], number)
        model.SetFixedCostOfVehicle(car.cost_fixed, number)


def _loads(model: pywrapcp.RoutingModel, _manager: object, problem: Problem, picks: list[Pick], homes: int) -> None:
    for index, name in enumerate(problem.dimensions):
        units = [0] * homes + [problem.delivers(pick.task)[index] for pick in picks]
        evaluator = model.RegisterUnaryTransitVector(units)
        limits = [car.capacity[index] for car in problem.vehicles]
        model.AddDimensionWithVehicleCapacity(evaluator, 0, limits, True, name)  # noqa: FBT003 - positional by design


def _times(
    model: pywrapcp.RoutingModel, manager: object, problem: Problem, picks: list[Pick], transits: _Transits
) -> None:
    """Add the time dimension, where anything is bound by time."""
    limits = [car.shift.end_s for car in problem.vehicles]
    if min(limits) >= BOUNDLESS and all(car.duration_s_max is None for car in problem.vehicles):
        return
    horizon = max(limits)
    model.AddDimension(transits.seconds(), horizon, horizon, False, "time")  # noqa: FBT003 - positional by design
    time = model.GetDimensionOrDie("time")
    for number, car in enumerate(problem.vehicles):
        for index in (model.Start(number), model.End(number)):
            time.CumulVar(index).SetRange(car.shift.start_s, car.shift.end_s)
        if car.duration_s_max is not None:
            time.SetSpanUpperBoundForVehicle(car.duration_s_max, number)
            model.AddVariableMinimizedByFinalizer(time.CumulVar(model.End(number)))
            model.AddVariableMaximizedByFinalizer(time.CumulVar(model.Start(number)))
    first = len({car.start for car in problem.vehicles})
    for node, pick in enumerate(picks, start=first):
        windows = problem.option(pick.task, pick.option).windows
        if windows:
            at = time.CumulVar(manager.NodeToIndex(node))  # type: ignore[attr-defined]  # untyped library
            at.SetRange(windows[0].start_s, windows[-1].end_s)


def _parameters(seconds: float) -> object:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(1000 * seconds))
    return parameters


def _drafts(
    model: pywrapcp.RoutingModel, manager: pywrapcp.RoutingIndexManager, found: object, picks: list[Pick], homes: int
) -> Drafts:
    drafts = []
    for vehicle in range(model.vehicles()):
        index, trip = model.Start(vehicle), []
        while not model.IsEnd(index):
            node = manager.IndexToNode(index)
            if node >= homes:
                trip.append(picks[node - homes])
            index = found.Value(model.NextVar(index))  # type: ignore[attr-defined]  # untyped library
        if trip:
            drafts.append((vehicle, (tuple(trip),)))
    return tuple(drafts)
