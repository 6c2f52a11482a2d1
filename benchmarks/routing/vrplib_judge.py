"""Judges answers to VRPLIB files by the file's own figures; shares no code with the engine or its judge.

Times: a vehicle leaves its depot at its opening, then as late as costs nothing; service starts within the window; the
duration runs from leaving to being back. Cost: distance x the vehicle's cost per distance, its fixed cost if it
moves, the prizes of customers left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.routing.instance import FileRoute, Verdict

if TYPE_CHECKING:
    from benchmarks.routing.vrplib import VrplibData, VrplibVehicle


@dataclass(frozen=True, slots=True)
class VrplibJudge:
    """Judges answers to one file."""

    data: VrplibData

    def __call__(self, routes: Sequence[FileRoute], left_out: Sequence[int]) -> Verdict:
        """Return cost and violations; numbers are those of the file, from 1."""
        data, broken = self.data, list(self._coverage(routes, left_out))
        cost = sum(data.prize[node - 1] for node in left_out if self._is_customer(node))
        for route in routes:
            if not all(self._is_customer(node) for node in route.visits):
                broken.append(f"route of vehicle {route.vehicle}: visits what is no customer")
                continue
            vehicle = self._vehicle(route.vehicle)
            if vehicle is None:
                broken.append(f"vehicle {route.vehicle} does not exist")
                continue
            nodes = [node - 1 for node in route.visits]
            driven = self._driven(vehicle, nodes)
            cost += vehicle.fixed_cost + vehicle.unit_cost * driven
            broken += [f"route of vehicle {route.vehicle}: {why}" for why in self._route(vehicle, nodes, driven)]
        return Verdict(cost, tuple(broken))

    def _is_customer(self, node: int) -> bool:
        return self.data.depots < node <= self.data.nodes

    def _vehicle(self, number: int) -> VrplibVehicle | None:
        vehicles = self.data.vehicles
        if 1 <= number <= len(vehicles):
            return vehicles[number - 1]
        return vehicles[0] if number > 0 and not self.data.fleet_is_limited else None

    def _coverage(self, routes: Sequence[FileRoute], left_out: Sequence[int]) -> Iterator[str]:
        times = Counter(node for route in routes for node in route.visits)
        times.update(left_out)
        for node in range(self.data.depots + 1, self.data.nodes + 1):
            if times[node] != 1:
                yield f"customer {node} occurs {times[node]} times"
        for node in left_out:
            if self._is_customer(node) and not self.data.prize[node - 1]:
                yield f"customer {node} must not be left out"
        for number, count in Counter(route.vehicle for route in routes).items():
            if count > 1:
                yield f"vehicle {number} has {count} routes"

    def _driven(self, vehicle: VrplibVehicle, nodes: list[int]) -> int:
        return sum(self.data.distance(a, b) for a, b in pairwise([vehicle.depot, *nodes, vehicle.depot]))

    def _route(self, vehicle: VrplibVehicle, nodes: list[int], driven: int) -> Iterator[str]:
        load = sum(self.data.demand[node] for node in nodes)
        if load > vehicle.capacity:
            yield f"carries {load} of {vehicle.capacity}"
        if vehicle.max_distance is not None and driven > vehicle.max_distance:
            yield f"drives {driven} of {vehicle.max_distance}"
        if vehicle.clients is not None and not vehicle.clients.issuperset(nodes):
            yield "visits customers it must not"
        yield from self._times(vehicle, nodes)

    def _times(self, vehicle: VrplibVehicle, nodes: list[int]) -> Iterator[str]:
        """Go along the route as early as can be.

        Waiting that is met by leaving later does not count as duration: the departure can be put off by the least,
        over all halts, of the waiting up to there plus the time to its end of window (Savelsbergh 1992).
        """
        data = self.data
        opens, closes = data.windows[vehicle.depot] if data.windows else (0, math.inf)
        now, waited, put_off, here = opens, 0, math.inf, vehicle.depot
        for node in nodes:
            now += data.distance(here, node)
            ready, due = data.windows[node] if data.windows else (0, math.inf)
            if now > due:
                yield f"reaches customer {node + 1} at {now}, after {due}"
            waited += max(0, ready - now)
            now = max(now, ready)
            put_off = min(put_off, waited + max(0, due - now))
            now += data.service[node]
            here = node
        now += data.distance(here, vehicle.depot)
        if now > closes:
            yield f"is back at {now}, after {closes}"
        duration = now - opens - min(waited, put_off)
        if vehicle.max_duration is not None and duration > vehicle.max_duration:
            yield f"lasts {duration} of {vehicle.max_duration}"
