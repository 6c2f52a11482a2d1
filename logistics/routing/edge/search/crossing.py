"""Crosses two plans: some neighbouring routes of one give way to the routes of the other that do most of the same.

What two good plans have in common stays, and where they differ the child has whole routes of one or of the other, which
no search that moves stops one by one would put together (selective route exchange, Nagata and Kobayashi 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from statistics import fmean

from logistics.routing.construct import Drafts
from logistics.routing.edge.search.divide import distances_to
from logistics.routing.model import Pick, Problem

Route = tuple[int, tuple[tuple[Pick, ...], ...]]


def cross(problem: Problem, one: Drafts, other: Drafts, kinds: Sequence[Sequence[int]], random: Random) -> Drafts:
    """Return routes of both; every task is on one of them at most, every vehicle drives one at most.

    ``one`` and ``other`` have a route each, and none without a stop. ``kinds``: vehicles that stand in for one another,
    where both plans use the same. Tasks of the routes that gave way may be on no route: a search puts them in.
    """
    count = random.randint(1, max(1, len(one) // 2))
    order = _from_somewhere(problem, one, random)
    given_up = {task for route in order[:count] for task in _tasks(route)}
    kept = order[count:]
    taken = sorted(other, key=lambda route: -_share_in(route, given_up))[:count]
    if random.choice([True, False]):
        taken = _without(taken, {task for route in kept for task in _tasks(route)})
    else:
        kept = _without(kept, {task for route in taken for task in _tasks(route)})
    return tuple(kept) + tuple(_with_other_vehicles(taken, {vehicle for vehicle, _ in kept}, kinds))


def _from_somewhere(problem: Problem, drafts: Drafts, random: Random) -> list[Route]:
    """Return the routes in the order of how near they come to a random stop, in the mean or at the nearest."""
    stops = {pick: problem.option(pick.task, pick.option).place for route in drafts for pick in _picks(route)}
    known = sorted(set(stops.values()))
    far = dict(zip(known, distances_to(problem, known, random.choice(known)).tolist(), strict=True))
    in_the_mean = random.choice([True, False])

    def away(route: Route) -> float:
        ways = [far[stops[pick]] for pick in _picks(route)]
        return fmean(ways) if in_the_mean else min(ways)

    return sorted(drafts, key=away)


def _share_in(route: Route, tasks: set[int]) -> float:
    return fmean(task in tasks for task in _tasks(route))


def _without(routes: Sequence[Route], tasks: set[int]) -> list[Route]:
    """Return the routes without some tasks; what is empty then is gone."""
    left = []
    for vehicle, trips in routes:
        shorter = tuple(tuple(pick for pick in trip if pick.task not in tasks) for trip in trips)
        if any(shorter):
            left.append((vehicle, tuple(trip for trip in shorter if trip)))
    return left


def _with_other_vehicles(routes: Sequence[Route], used: set[int], kinds: Sequence[Sequence[int]]) -> list[Route]:
    """Return the routes, driven by others of the same kind where their own vehicles are used, if there are any."""
    like = {vehicle: kind for kind in kinds for vehicle in kind}
    used = set(used)
    driven = []
    for vehicle, trips in routes:
        free = next((car for car in (vehicle, *like[vehicle]) if car not in used), None)
        if free is not None:
            used.add(free)
            driven.append((free, trips))
    return driven


def _picks(route: Route) -> list[Pick]:
    return [pick for trip in route[1] for pick in trip]


def _tasks(route: Route) -> list[int]:
    return [pick.task for pick in _picks(route)]
