"""Cuts a problem with its routes into parts that can be searched side by side, and puts the answers together again.

A part takes whole routes: those on one side of a line. The line is drawn by travel alone, without coordinates: places
are ordered by how much nearer they are to one random place than to another, and cut where half of the work lies on
each side (after the splitting of POPMUSIC, Taillard and Voss 2002, and the barycentre clustering of Santini et al.
2023). So every cut lies elsewhere, and what could not move across one moves across the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray

from logistics.routing.construct import Drafts
from logistics.routing.matrix import HourlyMatrix, PlaneTravel, Travel, TravelMatrix
from logistics.routing.model import Option, Pick, Problem, Vehicle

SPARE_MIN, SPARE_PER_USED = 2, 0.25  # unused vehicles of each kind a part gets at most: some, but no needless hundreds


@dataclass(frozen=True, slots=True)
class Part:
    """Some routes and tasks as a problem of their own; ``tasks`` and ``vehicles``: what they are in the whole."""

    problem: Problem
    drafts: Drafts
    tasks: tuple[int, ...]
    vehicles: tuple[int, ...]

    def back(self, drafts: Drafts) -> Drafts:
        """Return routes of the part in the numbers of the whole."""
        return tuple(
            (
                self.vehicles[vehicle],
                tuple(tuple(Pick(self.tasks[pick.task], pick.option) for pick in trip) for trip in trips),
            )
            for vehicle, trips in drafts
        )


@dataclass(frozen=True, slots=True)
class Share:
    """What a part is made of, in the numbers of the whole: routes, tasks on no route, vehicles that stand by."""

    routes: Drafts
    loose: tuple[int, ...]

    @property
    def tasks(self) -> list[int]:
        """Its tasks, those on routes first."""
        return [pick.task for _, trips in self.routes for trip in trips for pick in trip] + list(self.loose)

    @property
    def size(self) -> int:
        """How many tasks it has."""
        return len(self.loose) + sum(len(trip) for _, trips in self.routes for trip in trips)


def cut_out(problem: Problem, share: Share, spare: Iterable[int]) -> Part:
    """Make a problem of a share, with so many vehicles to spare."""
    tasks = share.tasks
    vehicles = [vehicle for vehicle, _ in share.routes] + list(spare)
    number = {task: index for index, task in enumerate(tasks)}
    places = _places_of(problem, tasks, vehicles)
    at = {place: index for index, place in enumerate(places)}
    drafts = tuple(
        (index, tuple(tuple(Pick(number[pick.task], pick.option) for pick in trip) for trip in trips))
        for index, (_, trips) in enumerate(share.routes)
    )
    smaller = replace(
        problem,
        places=tuple(problem.places[place] for place in places),
        tasks=tuple(
            replace(problem.tasks[task], options=tuple(_moved(option, at) for option in problem.tasks[task].options))
            for task in tasks
        ),
        vehicles=tuple(_standing_at(problem.vehicles[vehicle], at, number) for vehicle in vehicles),
        travel=tuple(_between(travel, np.asarray(places)) for travel in problem.travel),
    )
    return Part(smaller, drafts, tuple(tasks), tuple(vehicles))


def split(problem: Problem, share: Share, random: Random, count: int) -> list[Share]:
    """Cut a share into so many parts of about the same work, or fewer where it has fewer routes."""
    count = min(count, len(share.routes))
    if count <= 1:
        return [share]
    first, second = count // 2, count - count // 2
    one, other = halve(problem, share, random, first / count)
    return split(problem, one, random, first) + split(problem, other, random, second)


def most_different(cuts: Sequence[list[Share]], last: Sequence[Share]) -> list[Share]:
    """Return the cut whose parts have least in common with those of the last one, counted in tasks."""
    before = [set(share.tasks) for share in last]
    return min(
        cuts, key=lambda cut: sum(max((len(one & set(share.tasks)) for one in before), default=0) for share in cut)
    )


def halve(problem: Problem, share: Share, random: Random, first_part: float = 0.5) -> tuple[Share, Share]:
    """Cut a share in two along a random direction; the first gets about ``first_part`` of the work."""
    everywhere = [*_route_places(problem, share), *([_place(problem, task)] for task in share.loose)]
    side = leaning(problem, everywhere, random)
    order = sorted(range(len(everywhere)), key=lambda item: side[item])
    aim, done, first = share.size * first_part, 0, set()
    for item in order:
        weight = len(everywhere[item])
        if done and done + weight / 2 > aim:
            break
        first.add(item)
        done += weight
    return _side(share, first), _side(share, set(order) - first)


def leaning(problem: Problem, items: Sequence[Sequence[int]], random: Random) -> list[float]:
    """Return for each set of places how much nearer it lies, in the mean, to one random place than to another."""
    known = sorted({place for item in items for place in item})
    one, other = random.sample(known, 2) if len(known) > 1 else (known[0], known[0])
    lean = distances_to(problem, known, one) - distances_to(problem, known, other)
    of_place = dict(zip(known, lean.tolist(), strict=True))
    return [sum(of_place[place] for place in item) / len(item) for item in items]


def distances_to(problem: Problem, places: Sequence[int], target: int) -> NDArray[np.float64]:
    """Return how far a place is from others, in metres, or in seconds where no metres are known."""
    seconds, metres = problem.travel[0].block(np.asarray(places), np.asarray([target]))
    return (metres if metres.any() else seconds)[:, 0].astype(np.float64)


def deal_spares(kinds: Sequence[Sequence[int]], shares: Sequence[Share], random: Random) -> list[list[int]]:
    """Deal the vehicles that stand by to the shares, kind by kind, more to those that use more."""
    used = {vehicle for share in shares for vehicle, _ in share.routes}
    hands: list[list[int]] = [[] for _ in shares]
    for kind in kinds:
        idle = [vehicle for vehicle in kind if vehicle not in used]
        members = set(kind)
        wants = [
            SPARE_MIN + int(SPARE_PER_USED * sum(vehicle in members for vehicle, _ in share.routes)) for share in shares
        ]
        while idle and any(wants):
            index = random.choices(range(len(shares)), wants)[0]
            hands[index].append(idle.pop(0))
            wants[index] -= 1
    return hands


def _side(share: Share, items: set[int]) -> Share:
    count = len(share.routes)
    return Share(
        tuple(route for index, route in enumerate(share.routes) if index in items),
        tuple(task for index, task in enumerate(share.loose, start=count) if index in items),
    )


def _route_places(problem: Problem, share: Share) -> list[list[int]]:
    return [
        [problem.option(pick.task, pick.option).place for trip in trips for pick in trip] for _, trips in share.routes
    ]


def _place(problem: Problem, task: int) -> int:
    return problem.tasks[task].options[0].place


def _places_of(problem: Problem, tasks: list[int], vehicles: list[int]) -> list[int]:
    wanted: dict[int, None] = {}
    for vehicle in vehicles:
        car = problem.vehicles[vehicle]
        wanted.update(dict.fromkeys(place for place in (car.start, car.end, car.depot) if place is not None))
    for task in tasks:
        wanted.update(dict.fromkeys(option.place for option in problem.tasks[task].options))
    return list(wanted)


def _moved(option: Option, at: dict[int, int]) -> Option:
    return replace(option, place=at[option.place])


def _standing_at(car: Vehicle, at: dict[int, int], number: dict[int, int]) -> Vehicle:
    return replace(
        car,
        start=at[car.start],
        end=None if car.end is None else at[car.end],
        depot=None if car.depot is None else at[car.depot],
        fixed=tuple(Pick(number[pick.task], pick.option) for pick in car.fixed),
    )


def _between(travel: Travel, places: NDArray[np.int64]) -> Travel:
    if isinstance(travel, PlaneTravel):
        return PlaneTravel(travel.xy[places], travel.scale)
    if isinstance(travel, HourlyMatrix):
        parts = tuple(_matrix(part, places) for part in travel.parts)
        return HourlyMatrix(travel.starts_s, parts, _matrix(travel.ordinary, places))
    return _matrix(travel, places)


def _matrix(travel: Travel, places: NDArray[np.int64]) -> TravelMatrix:
    seconds, metres = travel.block(places, places)
    # One array where both are the same: half as much to send to another process.
    return TravelMatrix(seconds, seconds if np.array_equal(seconds, metres) else metres)
