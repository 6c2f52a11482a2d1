"""A first plan for very many tasks by savings (Clarke and Wright 1964), without a matrix of all distances.

Two routes are joined end to end where that saves most, as long as one vehicle carries both. Only places near each
other are looked at, so 10,000 tasks take a second. Minds loads alone: `fits` says for which problems that is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from logistics.routing.construct import Drafts
from logistics.routing.edge.search.expressible import closed_to, is_timeless
from logistics.routing.matrix import Indices, PlaneTravel
from logistics.routing.model import Pick, Problem

NEIGHBOURS = 40  # more join nothing that matters
BLOCK_ROWS = 256  # rows of distances held at one time


def fits(problem: Problem, kinds: Sequence[Sequence[int]]) -> bool:
    """Tell whether loads are all that binds the vehicles of the commonest kind, and they go out and back alone."""
    car = problem.vehicles[_commonest(kinds)[0]]
    return (
        is_timeless(problem)
        and car.end == car.start
        and car.distance_m_max is None
        and not any(closed_to(problem))
        and all(len(task.options) == 1 and task.leave_cost is None for task in problem.tasks)
    )


def construct(problem: Problem, kinds: Sequence[Sequence[int]]) -> Drafts:
    """Return routes for the vehicles of the commonest kind; the longest ones if there are too few for all."""
    cars = _commonest(kinds)
    routes = join(problem, problem.vehicles[cars[0]].start, problem.vehicles[cars[0]].capacity)
    routes.sort(key=len, reverse=True)
    return tuple((car, (tuple(Pick(task) for task in route),)) for car, route in zip(cars, routes, strict=False))


def join(problem: Problem, depot: int, capacity: Sequence[int]) -> list[list[int]]:
    """Join routes of one task each, the greatest saving first."""
    place = np.asarray([task.options[0].place for task in problem.tasks])
    loads = [_load(problem, task) for task in range(len(problem.tasks))]
    routes = [[task] for task in range(len(problem.tasks))]
    route_of = list(range(len(routes)))
    for one, other in _savings(problem, place, depot):
        first, second = route_of[one], route_of[other]
        if first == second:
            continue
        total = tuple(a + b for a, b in zip(loads[first], loads[second], strict=True))
        if any(load > limit for load, limit in zip(total, capacity, strict=True)):
            continue
        if _is_turned(routes[first], routes[second], one, other):
            _turn(routes[first], routes[second], one, other)
            for task in routes[second]:
                route_of[task] = first
            routes[first] += routes[second]
            routes[second], loads[first] = [], total
    return [route for route in routes if route]


def _is_turned(first: list[int], second: list[int], one: int, other: int) -> bool:
    """Tell whether both stand at an end of their routes, so that turning one or both joins them."""
    return one in {first[0], first[-1]} and other in {second[0], second[-1]}


def _turn(first: list[int], second: list[int], one: int, other: int) -> None:
    if first[-1] != one:
        first.reverse()
    if second[0] != other:
        second.reverse()


def _savings(problem: Problem, place: Indices, depot: int) -> Iterator[tuple[int, int]]:
    """Yield pairs of tasks, by what one route for both saves over two."""
    travel = problem.travel[0]
    home = np.asarray([depot])
    out_m, back_m = travel.block(home, place)[1][0], travel.block(place, home)[1][:, 0]
    near, far_m = neighbours(problem, place)
    saved = back_m[:, None] + out_m[near] - far_m
    rows, columns = np.nonzero(saved > 0)
    order = np.argsort(-saved[rows, columns], kind="stable")
    yield from zip(rows[order].tolist(), near[rows[order], columns[order]].tolist(), strict=True)


def neighbours(problem: Problem, place: Indices) -> tuple[Indices, NDArray[np.int64]]:
    """Return for each task the tasks nearest to it and how far they are, in metres."""
    travel, count = problem.travel[0], min(NEIGHBOURS, len(place) - 1)
    if isinstance(travel, PlaneTravel):
        points = travel.xy[place]
        near = np.asarray(cKDTree(points).query(points, k=count + 1)[1])[:, 1:]
        steps = points[:, None, :] - points[near]
        return near, np.floor(travel.scale * np.hypot(steps[..., 0], steps[..., 1]) + 0.5).astype(np.int64)
    rows = []
    for begin in range(0, len(place), BLOCK_ROWS):
        metres = travel.block(place[begin : begin + BLOCK_ROWS], place)[1]
        ranked = metres.astype(np.float64)
        ranked[np.arange(len(ranked)), begin + np.arange(len(ranked))] = np.inf
        near = np.argpartition(ranked, count - 1, axis=1)[:, :count]
        rows.append((near, np.take_along_axis(metres, near, axis=1)))
    return np.vstack([near for near, _ in rows]), np.vstack([metres for _, metres in rows])


def _commonest(kinds: Sequence[Sequence[int]]) -> Sequence[int]:
    return max(kinds, key=len)


def _load(problem: Problem, task: int) -> tuple[int, ...]:
    """Return what a task takes of a vehicle at most, whether it is brought or collected."""
    return tuple(a + b for a, b in zip(problem.delivers(task), problem.collects(Pick(task)), strict=True))
