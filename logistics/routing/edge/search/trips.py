"""Reads the trips out of a route that is written as one row of stops.

A vehicle goes to load when the next stop does not fit, or has its goods at the depot: the same rule by which
`ruin_replay.py` plays the route.
"""

from __future__ import annotations

from collections.abc import Sequence

from logistics.routing.construct import Drafts
from logistics.routing.edge.search.arrays import FIRST_TRIP, LATER_TRIP, may_on
from logistics.routing.insertion import Trips
from logistics.routing.model import Pick, Problem


def with_trips(problem: Problem, drafts: Drafts) -> Drafts:
    """Cut each route of a plan into its trips, however it was cut before."""
    return tuple(
        (vehicle, split_trips(problem, vehicle, [pick for trip in trips for pick in trip])) for vehicle, trips in drafts
    )


def split_trips(problem: Problem, vehicle: int, picks: Sequence[Pick]) -> Trips:
    """Cut a row of stops into trips."""
    car = problem.vehicles[vehicle]
    if car.trips_max == 1:
        return (tuple(picks),)
    trips: list[list[Pick]] = [[]]
    for pick in picks:
        bit = FIRST_TRIP if len(trips) == 1 else LATER_TRIP
        allowed = may_on(problem.tasks[pick.task], car) & bit
        if not (allowed and _fits(problem, vehicle, [*trips[-1], pick])) and len(trips) < car.trips_max:
            trips.append([])
        trips[-1].append(pick)
    return tuple(tuple(trip) for trip in trips if trip)


def _fits(problem: Problem, vehicle: int, trip: Sequence[Pick]) -> bool:
    for dimension, limit in enumerate(problem.vehicles[vehicle].capacity):
        load = most = sum(problem.delivers(pick.task)[dimension] for pick in trip)
        for pick in trip:
            load += problem.collects(pick)[dimension] - problem.delivers(pick.task)[dimension]
            most = max(most, load)
        if most > limit:
            return False
    return True
