"""Constraints of a RoutingModel that bind several tasks or several routes, each built only where a problem has it.

Levels and quotas may be missed at a price above every plan's cost: what is there already need not keep them, and a
search must begin somewhere. The judge counts what is missed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from logistics.routing.edge.ortools_nodes import Canvas, is_at_depot, pairs_of
from logistics.routing.model import Pick, ServiceLevel

HUNDRED = 100  # percent


def add_rules(canvas: Canvas, dear: int, clocks: list[int]) -> None:
    """Add whatever the problem asks for.

    ``dear``: more than leaving out a task could ever save. ``clocks``: the evaluator of each vehicle's time.
    """
    for number, level in enumerate(canvas.problem.levels):
        _add_level(canvas, number, level, dear)
    for number, (carrier, most) in enumerate(canvas.problem.quotas.items()):
        _add_quota(canvas, number, carrier, most, dear)
    _add_pairs(canvas)
    _add_trips(canvas)
    _add_fixed(canvas)
    if canvas.problem.balance_cost_per_s:
        _add_balance(canvas, clocks)


def level_price(level: ServiceLevel, dear: int) -> int:
    """Return what each task short of a level costs: more than leaving out all that would make up for it."""
    return dear * 2 * -(-HUNDRED // max(1, level.percent))


def _add_level(canvas: Canvas, number: int, level: ServiceLevel, dear: int) -> None:
    good, bad = list[int](), list[int]()
    for index, pick in canvas.each_pick():
        preference = canvas.problem.option(pick.task, pick.option).preference
        (good if preference <= level.preference_max else bad).append(index)
    if not bad or level.percent <= 0:
        return
    heads = (HUNDRED - level.percent) * len(canvas.problem.tasks) // HUNDRED
    if 0 < heads < len(bad) and not any(car.fixed for car in canvas.problem.vehicles):
        canvas.model.AddDisjunction(bad, 0, heads)  # follows from the rest, but local search sees it at once
    short = canvas.add_price(f"level {number}", len(canvas.problem.tasks), level_price(level, dear))
    got = canvas.solver.Sum([canvas.model.ActiveVar(index) for index in good])
    done = got + canvas.solver.Sum([canvas.model.ActiveVar(index) for index in bad])
    canvas.solver.Add((short + got) * HUNDRED >= done * level.percent)


def _add_quota(canvas: Canvas, number: int, carrier: str, most: int, dear: int) -> None:
    tasks = [task for task, noun in enumerate(canvas.problem.tasks) if noun.carrier == carrier]
    left = [task for task in tasks if canvas.problem.tasks[task].leave_cost is not None]
    if len(left) <= most:
        return
    over = canvas.add_price(f"quota {number}", len(left), dear)
    active = [canvas.model.ActiveVar(index) for task in left for index in canvas.indices_of(task)]
    canvas.solver.Add(over + canvas.solver.Sum(active) >= len(left) - most)


# -- pairs, trips, what is fixed ---------------------------------------------------------------------------------------


def _add_pairs(canvas: Canvas) -> None:
    """Put both tasks of a pair on one vehicle, the fetched one first, or neither on any."""
    pairs = pairs_of(canvas.problem)
    if not pairs:
        return
    model, solver = canvas.model, canvas.solver
    steps = canvas.add_count("steps", [1] * len(canvas.nodes), len(canvas.nodes))
    siblings = set[int]()
    for origin, target in pairs:
        fetched, brought = canvas.indices_of(origin), canvas.indices_of(target)
        if not fetched or not brought:
            for index in (*fetched, *brought):
                model.ActiveVar(index).SetValue(0)
            continue
        solver.Add(_vehicle(canvas, fetched) == _vehicle(canvas, brought))
        for a in fetched:
            for b in brought:
                solver.Add(steps.CumulVar(a) <= steps.CumulVar(b))
        if origin not in siblings:  # of several brought from one stop, OR-Tools moves only the first along with it
            siblings.add(origin)
            choices = [model.GetDisjunctionIndices(indices[0])[0] for indices in (fetched, brought)]
            model.AddPickupAndDeliverySets(*choices)


def _vehicle(canvas: Canvas, indices: list[int]) -> object:
    """Return the vehicle that does one of these, -1 if none does."""
    return canvas.solver.Max([canvas.model.VehicleVar(index) for index in indices])


def _add_trips(canvas: Canvas) -> None:
    """Count reloads on the way, where it matters on which trip something is done."""
    problem, nodes = canvas.problem, canvas.nodes
    underway = [vehicle for vehicle, car in enumerate(problem.vehicles) if car.underway]
    for vehicle in underway:
        for node in nodes.reloads_of(vehicle):  # a trip without stops is none: it would still be on its first
            canvas.model.NextVar(canvas.model.Start(vehicle)).RemoveValue(canvas.index(node))
    if nodes.reloads and (underway or pairs_of(problem) or any(task.aboard for task in problem.tasks)):
        amounts = [0] * len(nodes.picks) + [1] * len(nodes.reloads) + [0] * len(nodes.depots)
        trips = canvas.add_count("trips", amounts, len(nodes.reloads))
        _bind_to_trips(canvas, trips)


def _bind_to_trips(canvas: Canvas, trips: Any) -> None:
    """Keep pairs on one trip, bring what is aboard on the first, and what is at the depot on none that began before."""
    problem = canvas.problem
    for origin, target in pairs_of(problem):
        for a in canvas.indices_of(origin):
            for b in canvas.indices_of(target):
                canvas.solver.Add(trips.CumulVar(a) == trips.CumulVar(b))
    first_with_goods = [0, *(int(car.underway) for car in problem.vehicles)]
    for index, pick in canvas.each_pick():
        task = problem.tasks[pick.task]
        if task.aboard is not None:
            trips.CumulVar(index).SetMax(0)
        elif is_at_depot(task) and any(first_with_goods):
            first = canvas.solver.Element(first_with_goods, canvas.model.VehicleVar(index) + 1)
            canvas.solver.Add(trips.CumulVar(index) >= first)


def _add_fixed(canvas: Canvas) -> None:
    """Let every vehicle begin with what is fixed; reloads may lie between where it may reload at all."""
    node_of = {pick: index for index, pick in canvas.each_pick()}
    for vehicle, car in enumerate(canvas.problem.vehicles):
        reloads = [canvas.index(node) for node in canvas.nodes.reloads_of(vehicle)]
        way = [canvas.model.Start(vehicle), *(node_of[pick] for pick in car.fixed)]
        for here, there in pairwise(way):
            canvas.model.NextVar(here).SetValues([there, *reloads])
            canvas.model.ActiveVar(there).SetValue(1)
            canvas.model.VehicleVar(there).SetValue(vehicle)
    if canvas.nodes.reloads and any(car.fixed for car in canvas.problem.vehicles):
        _count_what_is_fixed(canvas, node_of)


def _count_what_is_fixed(canvas: Canvas, node_of: dict[Pick, int]) -> None:
    amounts = [1] * len(canvas.nodes.picks) + [0] * (len(canvas.nodes) - len(canvas.nodes.picks))
    done = canvas.add_count("done", amounts, len(canvas.nodes.picks))
    for car in canvas.problem.vehicles:
        for number, pick in enumerate(car.fixed):
            done.CumulVar(node_of[pick]).SetValue(number)


# -- balance -----------------------------------------------------------------------------------------------------------


def _add_balance(canvas: Canvas, clocks: list[int]) -> None:
    """Price the seconds by which the longest route is longer than the mean of all that move.

    Waiting is not counted: a search that may wait about evens out routes by that.
    """
    model, solver = canvas.model, canvas.solver
    cars = range(len(canvas.problem.vehicles))
    most_s = sum(canvas.dimension("time").CumulVar(model.End(car)).Max() for car in cars)
    model.AddDimensionWithVehicleTransits(clocks, 0, most_s, True, "work")  # noqa: FBT003 - it starts at zero
    work = canvas.dimension("work")
    lengths = [(model.ActiveVehicleVar(car) * work.CumulVar(model.End(car))).Var() for car in cars]
    uneven = canvas.add_price("uneven", most_s, canvas.problem.balance_cost_per_s)
    moving = solver.Sum([model.ActiveVehicleVar(car) for car in cars])
    solver.Add(moving * (solver.Max(lengths) - uneven) <= solver.Sum(lengths))
