"""Puts the best plan together from routes that were found: set partitioning, with the constraints that span routes.

Every task is done by one chosen route, left to its carrier, or left out; shared rooms, service levels, carriers' quotas
and the number of vehicles hold over the choice. The duals of its linear relaxation say which routes are worth looking
at; CP-SAT chooses. Of the two files that import OR-Tools, this is the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from logistics.routing.construct import Drafts
from logistics.routing.insertion import Trips
from logistics.routing.model import Pick, Problem

SECONDS_MAX = 60.0  # for who sets no limit
COLUMNS_MAX = 2_000  # looked at by CP-SAT: more of them cost more time than they bring


@dataclass(frozen=True, slots=True)
class Column:
    """A route to choose: any vehicle of this one's kind may drive it. ``cost``: all it costs, in cost units."""

    vehicle: int
    trips: Trips
    cost: int

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What it does."""
        return tuple(pick for trip in self.trips for pick in trip)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a choice has to keep: ``kind_of[vehicle]``, the vehicles of a kind being alike; at most ``routes_max``.

    ``fixed_off`` is taken off each route's cost: a fixed cost that dwarfs the rest would drown it.
    """

    kind_of: tuple[int, ...]
    routes_max: int
    fixed_off: int = 0


def cut(
    problem: Problem,
    frame: Frame,
    columns: Sequence[Column],
    incumbent: Sequence[Column],
    most: int,
    seconds: float = SECONDS_MAX,
) -> list[Column]:
    """Return the columns of least reduced cost, the incumbent's always among them; the last ones if time is short."""
    if len(columns) <= most:
        return [*incumbent, *columns]
    reduced = reduced_costs(problem, frame, [*incumbent, *columns], seconds)
    rest = [0.0] * len(columns) if reduced is None else reduced[len(incumbent) :]
    ranked = sorted(range(len(columns)), key=lambda index: (rest[index], -index))
    return [*incumbent, *(columns[index] for index in ranked[: max(0, most - len(incumbent))])]


def reduced_costs(
    problem: Problem, frame: Frame, columns: Sequence[Column], seconds: float = SECONDS_MAX
) -> list[float] | None:
    """Return what each column costs beyond what the linear relaxation pays for what it does; None if time is up."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SetTimeLimit(max(1, int(seconds * 1000)))
    # Without a limit of their own: a route of the best choice then costs nothing beyond, as the tasks' rows limit it.
    chosen = [solver.NumVar(0.0, solver.infinity(), "") for _ in columns]
    objective: list[tuple[Any, float]] = [
        (variable, column.cost - frame.fixed_off) for variable, column in zip(chosen, columns, strict=True)
    ]
    dear = 10.0 * max((abs(cost) for _, cost in objective), default=1.0)
    for task, users in enumerate(_users(problem, columns)):
        leave = problem.tasks[task].leave_cost
        left = solver.NumVar(0.0, 1.0, "")
        objective.append((left, dear if leave is None else leave))
        solver.Add(sum((chosen[index] for index in users), left) == 1)
    for row, most in _shared(problem, frame, columns):
        solver.Add(sum(weight * chosen[index] for index, weight in row) <= most)
    solver.Minimize(sum(cost * variable for variable, cost in objective))
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    return [variable.reduced_cost() for variable in chosen]


def combine(
    problem: Problem,
    frame: Frame,
    columns: Sequence[Column],
    incumbent: Sequence[Column],
    seconds: float,
    work_max: float | None = None,
) -> list[Column] | None:
    """Return the best choice found in the time; None if none was found.

    ``work_max`` limits the deterministic time of CP-SAT, so that two runs are alike.
    """
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in columns]
    terms = [(column.cost - frame.fixed_off) * variable for variable, column in zip(chosen, columns, strict=True)]
    done = {pick.task for column in incumbent for pick in column.picks}
    pinned = {pick.task for car in problem.vehicles for pick in car.fixed}
    dear = 10 * max((abs(column.cost - frame.fixed_off) for column in columns), default=1)
    own = {id(column) for column in incumbent}
    for variable, column in zip(chosen, columns, strict=True):
        model.add_hint(variable, id(column) in own)
    left: dict[str, list[cp_model.IntVar]] = {}
    for task, users in enumerate(_users(problem, columns)):
        noun = problem.tasks[task]
        ways = [chosen[index] for index in users]
        if task not in pinned and (noun.leave_cost is not None or task not in done):
            away = model.new_bool_var("")
            model.add_hint(away, task not in done)
            terms.append((dear * (1 + noun.priority) if noun.leave_cost is None else noun.leave_cost) * away)
            ways.append(away)
            if noun.leave_cost is not None:
                left.setdefault(noun.carrier, []).append(away)
        model.add_exactly_one(ways)
    for carrier, most in problem.quotas.items():
        model.add(sum(left.get(carrier, ())) <= most)
    for row, most in _shared(problem, frame, columns):
        model.add(sum(weight * chosen[index] for index, weight in row) <= most)
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    if work_max is not None:
        solver.parameters.max_deterministic_time = work_max
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    return [column for variable, column in zip(chosen, columns, strict=True) if solver.boolean_value(variable)]


def drafts_of(frame: Frame, columns: Iterable[Column]) -> Drafts:
    """Give chosen routes to vehicles of their kinds."""
    free: dict[int, list[int]] = {}
    for vehicle in range(len(frame.kind_of) - 1, -1, -1):
        free.setdefault(frame.kind_of[vehicle], []).append(vehicle)
    return tuple(sorted((free[frame.kind_of[column.vehicle]].pop(), column.trips) for column in columns))


def _users(problem: Problem, columns: Sequence[Column]) -> list[list[int]]:
    """Return for each task the columns that do it."""
    users: list[list[int]] = [[] for _ in problem.tasks]
    for index, column in enumerate(columns):
        for pick in column.picks:
            users[pick.task].append(index)
    return users


def _shared(problem: Problem, frame: Frame, columns: Sequence[Column]) -> list[tuple[list[tuple[int, int]], int]]:
    """Return the rows that span routes: (column, weight) and the most they may add up to."""
    kinds: dict[int, list[tuple[int, int]]] = {}
    rooms: dict[str, list[tuple[int, int]]] = {}
    levels: list[list[tuple[int, int]]] = [[] for _ in problem.levels]
    for index, column in enumerate(columns):
        kinds.setdefault(frame.kind_of[column.vehicle], []).append((index, 1))
        options = [problem.option(pick.task, pick.option) for pick in column.picks]
        for option in options:
            if option.room:
                rooms.setdefault(option.room, []).append((index, option.room_use))
        for row, level in zip(levels, problem.levels, strict=True):
            good = sum(option.preference <= level.preference_max for option in options)
            row.append((index, level.percent * len(options) - 100 * good))
    rows = [(row, frame.kind_of.count(kind)) for kind, row in kinds.items()]
    rows += [(row, problem.room[room]) for room, row in rooms.items()]
    rows += [(row, 0) for row in levels]
    return [*rows, ([(index, 1) for index in range(len(columns))], frame.routes_max)]
