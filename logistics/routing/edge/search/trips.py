"""Cuts a route into its trips as the compiled search drives them.

A vehicle goes to load where the plan says so, and when the next stop does not fit or has its goods at the depot: the
same rule by which `ruin_replay.py` plays the route.
"""

from __future__ import annotations

from collections.abc import Sequence

from logistics.routing.construct import Drafts
from logistics.routing.edge.search.arrays import may_on
from logistics.routing.edge.search.columns import FIRST_TRIP, LATER_TRIP
from logistics.routing.insertion import Trips
from logistics.routing.model import Pick, Problem


def with_trips(problem: Problem, drafts: Drafts) -> Drafts:
    """Cut each route of a plan where it is cut already and where its vehicle has to load."""
    return tuple((vehicle, split_trips(problem, vehicle, trips)) for vehicle, trips in drafts)


def split_trips(problem: Problem, vehicle: int, wished: Sequence[Sequence[Pick]]) -> Trips:
    """Cut the trips a plan wishes for into such as can be loaded, no more of them than the vehicle may drive."""
    car = problem.vehicles[vehicle]
    if car.trips_max == 1:
        return (tuple(pick for trip in wished for pick in trip),)
    trips: list[list[Pick]] = [[]]
    for pick, begins in ((pick, not rank) for trip in wished for rank, pick in enumerate(trip)):
        bit = FIRST_TRIP if len(trips) == 1 else LATER_TRIP
        allowed = may_on(problem.tasks[pick.task], car) & bit
        loads = (begins and trips[-1]) or not (allowed and _fits(problem, vehicle, [*trips[-1], pick]))
        if loads and len(trips) < car.trips_max:
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
