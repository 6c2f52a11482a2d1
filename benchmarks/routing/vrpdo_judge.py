"""Judges answers to VRPDO files by the file's own figures; shares no code with the engine or its judge.

Consecutive options at one location are one halt: its service starts within the window, takes the location's time once
and each option's on top. Room counts parcels; at least 80 % of all customers get rank 0, at least 90 % rank 0 or 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from benchmarks.routing.instance import FileRoute, Verdict

if TYPE_CHECKING:
    from benchmarks.routing.vrpdo import VrpdoData

HAIR = 1e-6  # of a time unit: what sums of square roots may be off
SHARES = ((0, 80), (1, 90))  # at most this rank, at least so many per cent


@dataclass(frozen=True, slots=True)
class VrpdoJudge:
    """Judges answers to one file."""

    data: VrpdoData

    def __call__(self, routes: Sequence[FileRoute], left_out: Sequence[int]) -> Verdict:
        """Return the distance driven (with the options' own costs) and the violations; ids are those of the file."""
        if any(not 0 <= option < len(self.data.options) for route in routes for option in route.visits):
            return Verdict(0.0, ("a route visits what is no option",))
        broken = [*self._fleet(routes), *self._coverage(routes, left_out), *self._room(routes), *self._ranks(routes)]
        cost = 0.0
        for route in routes:
            halts = [self.data.depot, *self._halts(route), self.data.depot]
            cost += sum(self._distance(a, b) for a, b in pairwise(halts))
            cost += sum(self.data.options[option].cost * self._times_scale for option in route.visits)
            broken += [f"route of vehicle {route.vehicle}: {why}" for why in self._route(route)]
        return Verdict(cost if not self.data.ceiled else round(cost), tuple(broken))

    @property
    def _times_scale(self) -> int:
        return 10 if self.data.ceiled else 1

    def _distance(self, origin: int, target: int) -> float:
        a, b = self.data.locations[origin], self.data.locations[target]
        way = math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)
        return math.ceil(10 * way) if self.data.ceiled else way

    def _halts(self, route: FileRoute) -> list[int]:
        return [location for location, _ in groupby(self.data.options[option].location for option in route.visits)]

    def _fleet(self, routes: Sequence[FileRoute]) -> Iterator[str]:
        if len(routes) > self.data.vehicles:
            yield f"{len(routes)} routes, but {self.data.vehicles} vehicles"
        for vehicle, count in Counter(route.vehicle for route in routes).items():
            if count > 1:
                yield f"vehicle {vehicle} has {count} routes"

    def _coverage(self, routes: Sequence[FileRoute], left_out: Sequence[int]) -> Iterator[str]:
        times = Counter(self.data.options[option].customer for route in routes for option in route.visits)
        for customer in range(len(self.data.demand)):
            if times[customer] != 1:
                yield f"customer {customer} is served {times[customer]} times"
        if left_out:
            yield f"customers are left out: {sorted(left_out)}"

    def _room(self, routes: Sequence[FileRoute]) -> Iterator[str]:
        parcels = Counter(self.data.options[option].location for route in routes for option in route.visits)
        for location, count in sorted(parcels.items()):
            room = self.data.locations[location].room
            if room is not None and count > room:
                yield f"location {location} gets {count} parcels, but has room for {room}"

    def _ranks(self, routes: Sequence[FileRoute]) -> Iterator[str]:
        ranks = [self.data.options[option].rank for route in routes for option in route.visits]
        for rank, percent in SHARES:
            happy = sum(one <= rank for one in ranks)
            if 100 * happy < percent * len(self.data.demand):
                yield f"{happy} of {len(self.data.demand)} customers get rank {rank} or better, {percent} % are due"

    def _route(self, route: FileRoute) -> Iterator[str]:
        data, scale = self.data, self._times_scale
        load = sum(data.demand[data.options[option].customer] for option in route.visits)
        if load > data.capacity:
            yield f"carries {load:g} of {data.capacity:g}"
        depot = data.locations[data.depot]
        now, here = depot.ready * scale, data.depot
        for location, options in groupby(route.visits, key=lambda option: data.options[option].location):
            halt = data.locations[location]
            now = max(now + self._distance(here, location), halt.ready * scale)
            if now > halt.due * scale + HAIR:
                yield f"reaches location {location} at {now:.3f}, after {halt.due * scale}"
            now += (halt.service + sum(data.options[option].service for option in options)) * scale
            here = location
        now += self._distance(here, data.depot)
        if now > depot.due * scale + HAIR:
            yield f"is back at {now:.3f}, after {depot.due * scale}"
