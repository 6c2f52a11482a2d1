"""A planning problem as OR-Tools' RoutingModel: costs, time, distance, choices; loads, rests and rules from beside.

Every option of every task is a node; the options of a task form a disjunction of which at most one is taken, and
taking none costs the leave price (or, for a task that must not be left, more than any plan could). Only what a problem
uses is built. The judge, not this file, says whether the result holds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from logistics.routing.construct import Drafts
from logistics.routing.edge.ortools_arcs import Arcs, Bounds, bounds_of, list_arcs
from logistics.routing.edge.ortools_loads import add_loads
from logistics.routing.edge.ortools_nodes import Canvas, list_nodes
from logistics.routing.edge.ortools_rests import add_rests, rests_on_the_way_s
from logistics.routing.edge.ortools_rules import HUNDRED, add_rules
from logistics.routing.matrix import UNREACHABLE
from logistics.routing.model import LIMITLESS, Pick, Problem, Vehicle

PENALTY_MAX = 2**60  # all penalties of a problem together stay below this, far from the end of 64 bits
SPARE_RELOAD = 1  # the price of a reload that is not laid out; laying it out before the first stop costs nothing
STARTS_AT_ZERO, STARTS_ANYWHERE = True, False  # how a dimension begins; OR-Tools takes it by position

Matrix = NDArray[np.int64]


class Model:
    """One problem as a RoutingModel, not yet closed."""

    def __init__(self, problem: Problem, start: Drafts = ()) -> None:
        """Build everything; ``start``: a plan that must be expressible (its trips, at least)."""
        self.problem = problem
        self.canvas = Canvas(problem, list_nodes(problem, start))
        self.nodes, self.routing, self.manager = self.canvas.nodes, self.canvas.model, self.canvas.manager
        self.arcs: Arcs = list_arcs(problem, self.nodes)
        self.bounds: list[Bounds] = [
            bounds_of(problem, self.nodes, self.arcs, vehicle) for vehicle in range(len(problem.vehicles))
        ]
        self.shift_cost = [self._cheapest(task) for task in range(len(problem.tasks))]
        self.origin_s = min(car.shift.start_s for car in problem.vehicles)
        dear = self._dear()
        self._add_costs()
        clocks = self._add_time()
        self._add_distance()
        self._add_stops()
        add_loads(self.canvas, [bounds.capacity for bounds in self.bounds])
        self._add_choices(dear)
        self._add_room()
        add_rests(self.canvas, self.arcs, self.origin_s)
        add_rules(self.canvas, dear, clocks)

    # -- costs ---------------------------------------------------------------------------------

    def _cheapest(self, task: int) -> int:
        """Return what doing or leaving a task costs at least; OR-Tools knows no costs below zero."""
        noun = self.problem.tasks[task]
        options = min((option.cost for option in noun.options), default=0)
        if noun.vehicle_cost:
            options += min(noun.vehicle_cost.get(car.id, 0) for car in self.problem.vehicles)
        return options if noun.leave_cost is None else min(options, noun.leave_cost)

    def _taking(self, car: Vehicle) -> tuple[int, ...]:
        """Return what taking each option costs this vehicle beyond driving, above the cheapest of its task."""
        tasks = self.problem.tasks
        return tuple(
            tasks[pick.task].options[pick.option].cost
            + tasks[pick.task].vehicle_cost.get(car.id, 0)
            - self.shift_cost[pick.task]
            for pick in self.nodes.picks
        )

    def _add_costs(self) -> None:
        """Charge metres, options, familiar streets and vehicles (seconds: see the dimension of time)."""
        known: dict[tuple[int, int, tuple[int, ...]], int] = {}
        for number, car in enumerate(self.problem.vehicles):
            if number == self.canvas.purse:
                evaluator = self.routing.RegisterTransitMatrix(self._purse_costs(car).tolist())
                self.routing.SetArcCostEvaluatorOfVehicle(evaluator, number)
                continue
            key = (car.profile, car.cost_per_m, self._taking(car))
            if key not in known:
                known[key] = self.routing.RegisterTransitMatrix(self._arc_costs(car, key[2]).tolist())
            self.routing.SetArcCostEvaluatorOfVehicle(known[key], number)
            self.routing.SetFixedCostOfVehicle(car.cost_fixed, number)

    def _arc_costs(self, car: Vehicle, taking: tuple[int, ...]) -> Matrix:
        costs: Matrix = self.arcs.metres[car.profile] * car.cost_per_m
        costs[:, : len(taking)] += np.array(taking, dtype=np.int64)[None, :]
        return costs

    def _purse_costs(self, car: Vehicle) -> Matrix:
        """Charge the vehicle that always counts as used its fixed cost when it leaves, and no way without stops."""
        costs = self._arc_costs(car, self._taking(car))
        start = self.nodes.depot(car.start)
        costs[start, :] += car.cost_fixed
        costs[start, self.nodes.depot(car.end)] = 0
        return costs

    # -- dimensions ----------------------------------------------------------------------------

    def _add_time(self) -> list[int]:
        """Add the dimension of time; return the evaluator of each vehicle."""
        limits = [bounds.end_s - self.origin_s for bounds in self.bounds]
        known: dict[Any, int] = {}
        per_car = [self._clock_of(car, known) for car in self.problem.vehicles]
        self.routing.AddDimensionWithVehicleTransitAndCapacity(per_car, max(limits), limits, STARTS_ANYWHERE, "time")
        clock = self.canvas.dimension("time")
        for number, car in enumerate(self.problem.vehicles):
            self._add_shift(clock, number, car)
        late = {pick: start_s for bounds in self.bounds for pick, start_s in bounds.late.items()}
        for index, pick in self.canvas.each_pick():
            self._add_windows(index, pick, max(limits), late.get(pick))
        return per_car

    def _clock_of(self, car: Vehicle, known: dict[Any, int]) -> int:
        """Return the evaluator of a vehicle's time; vehicles that drive and rest alike share one."""
        seconds, drives = self.arcs.seconds[car.profile], self.arcs.drives[car.profile]
        rule = car.drive_rest
        if rule is None or drives[drives < UNREACHABLE].max(initial=0) <= rule.drive_s_max:
            key: Any = car.profile
        else:
            starts = sorted({self.nodes.depot(other.start) for other in self.problem.vehicles})
            key, seconds = (car.profile, rule), seconds + rests_on_the_way_s(drives, rule, starts)
        if key not in known:
            known[key] = self.routing.RegisterTransitMatrix(seconds.tolist())
        return known[key]

    def _add_shift(self, clock: Any, number: int, car: Vehicle) -> None:
        start, end = self.routing.Start(number), self.routing.End(number)
        clock.CumulVar(start).SetMin(car.shift.start_s - self.origin_s)
        if car.underway:
            clock.CumulVar(start).SetMax(car.shift.start_s - self.origin_s)
        clock.SetSpanCostCoefficientForVehicle(car.cost_per_s, number)
        if self.bounds[number].end_s > car.shift.end_s and car.cost_per_s_overtime:
            home_s = max(0, car.shift.end_s - self.origin_s)
            clock.SetCumulVarSoftUpperBound(end, home_s, car.cost_per_s_overtime)
        duration_s = self.bounds[number].duration_s
        if duration_s is not None:
            clock.SetSpanUpperBoundForVehicle(duration_s, number)
        self.routing.AddVariableMinimizedByFinalizer(clock.CumulVar(end))
        self.routing.AddVariableMaximizedByFinalizer(clock.CumulVar(start))

    def _add_windows(self, index: int, pick: Pick, horizon_s: int, late_s: int | None) -> None:
        """Let service start in one of the windows; who has none while anybody works is not served."""
        cumul = self.canvas.dimension("time").CumulVar(index)
        windows = self.problem.option(pick.task, pick.option).windows
        last_s = late_s - self.origin_s if late_s is not None else horizon_s
        opened = [(window.start_s - self.origin_s, window.end_s - self.origin_s) for window in windows]
        if late_s is not None:
            opened.append((opened[-1][1], last_s))
        inside = [
            (max(0, start_s), min(end_s, last_s)) for start_s, end_s in opened if start_s <= last_s and end_s >= 0
        ]
        if windows and not inside:
            self.routing.ActiveVar(index).SetValue(0)
            return
        free_s = 0
        for start_s, end_s in inside:
            if start_s > free_s:
                cumul.RemoveInterval(free_s, start_s - 1)
            free_s = max(free_s, end_s + 1)
        if windows and free_s <= horizon_s:
            cumul.RemoveInterval(free_s, horizon_s)

    def _add_distance(self) -> None:
        limits = [LIMITLESS if bounds.distance_m is None else bounds.distance_m for bounds in self.bounds]
        if min(limits) < LIMITLESS:
            evaluators = [self.routing.RegisterTransitMatrix(arcs.tolist()) for arcs in self.arcs.metres]
            per_car = [evaluators[car.profile] for car in self.problem.vehicles]
            self.routing.AddDimensionWithVehicleTransitAndCapacity(per_car, 0, limits, STARTS_AT_ZERO, "distance")

    def _add_stops(self) -> None:
        most = len(self.nodes.picks)
        limits = [most if bounds.stops is None else bounds.stops for bounds in self.bounds]
        if min(limits) < most:
            evaluator = self.routing.RegisterTransitMatrix(self.arcs.halts.tolist())
            self.routing.AddDimensionWithVehicleCapacity(evaluator, 0, limits, STARTS_AT_ZERO, "stops")

    # -- choices -------------------------------------------------------------------------------

    def _add_choices(self, dear: int) -> None:
        """Let at most one option of each task be taken, by a vehicle that may, or pay for none."""
        cars = range(len(self.problem.vehicles))
        for (index, _), allowed in zip(self.canvas.each_pick(), self.nodes.cars, strict=True):
            vehicle = self.routing.VehicleVar(index)
            for car in cars:
                if car not in allowed:
                    vehicle.RemoveValue(car)  # SetAllowedVehiclesForIndex takes no list from Python
        for task in range(len(self.problem.tasks)):
            if indices := self.canvas.indices_of(task):
                self.routing.AddDisjunction(indices, self._penalty(task, dear), 1)
        for vehicle in sorted(set(self.nodes.reloads)):
            for node in self.nodes.reloads_of(vehicle):
                self.routing.VehicleVar(self.canvas.index(node)).SetValues([-1, vehicle])
                self.routing.AddDisjunction([self.canvas.index(node)], SPARE_RELOAD, 1)

    def _penalty(self, task: int, dear: int) -> int:
        noun = self.problem.tasks[task]
        if noun.leave_cost is None:
            return dear * (1 + noun.priority)
        return noun.leave_cost - self.shift_cost[task]

    def _dear(self) -> int:
        """Return more than leaving out a task could ever save: the dearest plan imaginable, if it fits 64 bits."""
        problem, cars = self.problem, self.problem.vehicles
        metres = sum(_reachable_max(arcs) for arcs in self.arcs.metres)
        arc = metres * max(car.cost_per_m for car in cars)
        per_s = max(car.cost_per_s + car.cost_per_s_overtime for car in cars) + problem.balance_cost_per_s
        day = per_s * (max(bounds.end_s for bounds in self.bounds) - self.origin_s)
        option = max((max(self._taking(car), default=0) for car in cars), default=0)
        left = sum(task.leave_cost or 0 for task in problem.tasks)
        worst = 2 * arc * (1 + bool(self.nodes.reloads)) + day + max(car.cost_fixed for car in cars) + option + left + 1
        weights = sum(2 + task.priority for task in problem.tasks)
        weights += 2 * HUNDRED * len(problem.levels) * len(problem.tasks)
        return int(min(worst, PENALTY_MAX // max(1, weights)))

    def _add_room(self) -> None:
        """Keep the units taken of every shared store within its room."""
        users: dict[str, list[tuple[int, int]]] = {}
        for index, pick in self.canvas.each_pick():
            option = self.problem.option(pick.task, pick.option)
            if option.room:
                users.setdefault(option.room, []).append((index, option.room_use))
        for room, units in self.problem.room.items():
            if sum(use for _, use in users.get(room, ())) > units:
                self._add_store(users[room], units)

    def _add_store(self, users: list[tuple[int, int]], units: int) -> None:
        """Bound one store twice: by heads, which local search sees at once, and by units where heads differ."""
        uses = [use for _, use in users]
        heads = units // max(1, min(uses))
        if heads < len(users):
            self.routing.AddDisjunction([index for index, _ in users], 0, max(1, heads))
        if heads == 0 or min(uses) != max(uses):
            active = [self.routing.ActiveVar(index) for index, _ in users]
            self.canvas.solver.Add(self.canvas.solver.ScalProd(active, uses) <= units)


def _reachable_max(metres: Matrix) -> int:
    return int(metres[metres < UNREACHABLE].max(initial=0))
