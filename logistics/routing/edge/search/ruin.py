"""Ruin and recreate as a job for any executor: a problem as arrays and a plan go in, a better plan comes out.

The search itself is compiled (`ruin_loop.py`); this file measures the time, cools, and counts vehicles. A job that
shall find a plan with fewer vehicles goes on with one less whenever it has found a complete one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.arrays import Numbering, flatten, number
from logistics.routing.edge.search.columns import NOW, Tables
from logistics.routing.edge.search.pool import is_called_off
from logistics.routing.edge.search.ruin_loop import anneal, standing
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.edge.search.ruin_state import POOL_ROUTES, State, best_drafts, fresh_state, pooled, put
from logistics.routing.model import Problem

CHUNK = 500  # rounds between two looks at the clock, at first
ROUNDS_MIN = 10
CHUNK_S = 0.05  # what they should take: soon enough to hear that nothing is wanted any more
NEAREST = 5  # places to which the natural temperature looks
ARC_SHARE = 0.4  # of the mean arc of a plan is the least that its natural temperature is
WEIGHT = 10.0  # times the natural temperature: what an absent task weighs at least
FEWER_HEAT = 0.3  # times the natural temperature while a vehicle shall be saved


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """A problem as the compiled search takes it; made once, sent with every job."""

    tables: Tables
    names: Numbering
    temperature: float


Column = tuple[int, tuple[tuple[int, ...], ...], int]  # a route for the master: vehicle, nodes of each trip, cost


@dataclass(frozen=True, slots=True)
class Answer:
    """The plan found: what it leaves out (priorities and all), what it costs; and the good routes seen."""

    drafts: Drafts
    missing: int
    cost: int
    rounds: int
    columns: tuple[Column, ...]


def day_of(problem: Problem) -> Day:
    """Write a problem as arrays."""
    tables = flatten(problem)
    return Day(tables, number(problem), natural_temperature(tables))


def natural_temperature(tables: Tables) -> float:
    """Return what it costs, in the median, to drive to one of the five nearest other places; at least 1."""
    places = np.unique(tables.node[:, c.N_PLACE])
    if len(places) < 2 or not len(tables.car):  # noqa: PLR2004 - from one place there is no way to another
        return 1.0
    car = np.median(tables.car, axis=0)
    way = tables.way[int(tables.car[0, c.C_PROFILE])][np.ix_(places, places)].astype(np.float64)
    cost = car[c.C_PER_M] * way[:, :, c.W_METRES_TO] + car[c.C_PER_S] * way[:, :, c.W_SECONDS_TO]
    np.fill_diagonal(cost, np.inf)
    nearest = min(NEAREST, len(places) - 1)
    return max(1.0, float(np.median(np.partition(cost, nearest - 1, axis=1)[:, :nearest])))


def temperature_of(day: Day, drafts: Drafts) -> float:
    """Return the natural temperature where routes are known: no less than a part of what they pay for an arc.

    How near neighbours are says little where windows or loads keep them on different routes.
    """
    tables, names = day.tables, day.names
    total, arcs = 0.0, 0
    for vehicle, trips in drafts:
        car = tables.car[vehicle]
        on_way = tables.node[[names.node_of[pick] for trip in trips for pick in trip], c.N_PLACE]
        places = np.array([car[c.C_START], *on_way, car[c.C_END]])
        ways = tables.way[int(car[c.C_PROFILE]), places[:-1], places[1:]].astype(np.float64)
        total += float(car[c.C_PER_M] * ways[:, c.W_METRES_TO].sum() + car[c.C_PER_S] * ways[:, c.W_SECONDS_TO].sum())
        arcs += len(ways)
    return max(day.temperature, ARC_SHARE * total / max(1, arcs))


def search(day: Day, start: Drafts, orders: Orders) -> Answer:
    """Search from the routes given, or from nothing."""
    return _Search(day, orders).run(start)


class _Search:
    def __init__(self, day: Day, orders: Orders) -> None:
        self._began_s = monotonic_s()
        self._day, self._orders = day, orders
        self._state: State = fresh_state(day.tables, orders.seed, POOL_ROUTES if orders.pools else 0)
        self._routes_max = len(day.tables.car) if orders.routes_max is None else orders.routes_max
        self._rounds, self._chunk = 0, CHUNK

    def run(self, start: Drafts) -> Answer:
        best, state = self._begin(start), self._state
        forgets_at = self._orders.best_from or np.inf
        while (share := self._share_done()) < 1.0 and not is_called_off(self._orders.ticket):
            if share >= forgets_at and not _is_overfull(self._day.tables, state):
                self._record()
                forgets_at = np.inf
            self._anneal(share)
            if self._orders.fewer and state.best_figure[c.F_MISSING] == 0:
                best = self._answer()
                if state.best_figure[c.F_OPEN] <= self._orders.routes_min:
                    break
                self._spare_one(best.drafts)
        if forgets_at < np.inf and not _is_overfull(self._day.tables, state):
            self._record()
        found = self._answer()
        if not self._orders.fewer:
            return found
        return best if (best.missing, best.cost) < (found.missing, found.cost) else found

    def _begin(self, start: Drafts) -> Answer:
        """Put the start into the state; of routes that may not be driven or are too many only what is fixed."""
        state, names = self._state, self._day.names
        put(self._day.tables, state, names, start)
        broken = {vehicle for vehicle, _ in start if state.route[NOW, vehicle, c.R_BROKEN]}
        if _is_overfull(self._day.tables, state):
            broken = {vehicle for vehicle, _ in start}
        sound = self._without(broken, start)[: self._routes_max]
        put(self._day.tables, state, names, sound)
        self._record()
        return self._answer()

    def _without(self, broken: set[int], start: Drafts) -> Drafts:
        """Return the routes; of broken ones what is fixed, and those with anything fixed first."""
        fixed = self._day.tables.car[:, c.C_LOCKED]
        kept = []
        for vehicle, trips in start:
            if vehicle in broken:
                kept_picks = [pick for trip in trips for pick in trip][: fixed[vehicle]]
                trips = tuple(tuple(pick for pick in trip if pick in kept_picks) for trip in trips)  # noqa: PLW2901 - what is left of it
            if any(trips):
                kept.append((vehicle, trips))
        return tuple(sorted(kept, key=lambda one: not fixed[one[0]]))

    def _record(self) -> None:
        """Write the plan as it stands down as the best."""
        state = self._state
        state.best[:] = c.NONE
        lengths = state.route[NOW, :, c.R_LENGTH]
        for vehicle in np.flatnonzero(lengths):
            nodes = state.position[NOW, vehicle, 1 : lengths[vehicle] + 1, c.P_NODE]
            state.best[vehicle, : lengths[vehicle]] = nodes
            if self._day.tables.car[vehicle, c.C_TRIPS_MAX] > 1:
                wished = state.reload[NOW, vehicle, 1 : lengths[vehicle] + 1] & c.WISHED
                state.best[vehicle, : lengths[vehicle]] += c.WISH * wished.astype(np.int32)
        state.best_figure[:] = state.figure[NOW]
        state.best_figure[[c.F_MISSING, c.F_COST]] = standing(self._day.tables, state)

    def _answer(self) -> Answer:
        state, names = self._state, self._day.names
        missing, cost = int(state.best_figure[c.F_MISSING]), int(state.best_figure[c.F_COST])
        return Answer(best_drafts(state, names), missing, cost, self._rounds, tuple(pooled(state)))

    def _share_done(self) -> float:
        """Return the share of the rounds, or else of the time, that is over; 1 or more: it is enough.

        Where rounds are counted the clock may end the search, but not cool it: two runs are the same.
        """
        spent = (monotonic_s() - self._began_s) / max(1e-9, self._orders.seconds)
        if self._orders.rounds_max is None or spent >= 1.0:
            return spent
        return self._rounds / max(1, self._orders.rounds_max)

    def _anneal(self, share: float) -> None:
        orders = self._orders
        rounds = self._rounds_now() if orders.rounds_max is None else min(CHUNK, orders.rounds_max - self._rounds)
        hot, cold = orders.heat
        now = FEWER_HEAT if orders.fewer else hot * (cold / hot) ** share
        natural = self._day.temperature
        began_s = monotonic_s()
        anneal(
            self._day.tables,
            self._state,
            rounds,
            (now * natural, now * natural),
            WEIGHT * natural,
            (self._routes_max, orders.fixed_off - orders.route_price),
        )
        self._rounds += rounds
        spent_s = max(1e-6, monotonic_s() - began_s)
        self._chunk = max(ROUNDS_MIN, min(2 * self._chunk, int(rounds * CHUNK_S / spent_s)))

    def _rounds_now(self) -> int:
        """Return how many rounds until the next look at the clock: no more than fit into the time there is."""
        left_s = self._began_s + self._orders.seconds - monotonic_s()
        return max(ROUNDS_MIN, int(self._chunk * min(1.0, left_s / CHUNK_S)))

    def _spare_one(self, drafts: Drafts) -> None:
        """Go on without the shortest route."""
        self._routes_max = len(drafts) - 1
        free = [one for one in drafts if not self._day.tables.car[one[0], c.C_LOCKED]]
        shortest = min(free or drafts, key=lambda one: sum(len(trip) for trip in one[1]))
        kept = tuple(one for one in drafts if one is not shortest)
        put(self._day.tables, self._state, self._day.names, kept)
        self._record()


def _is_overfull(tables: Tables, state: State) -> bool:
    """Tell whether rooms or service levels are broken."""
    done = len(tables.task) - int(state.figure[NOW, c.F_ABSENT])
    full = bool((state.room[NOW] > tables.room).any())
    allowed = (100 - tables.level[:, 1]) * done + tables.level[:, 2]
    return full or bool((state.below[NOW] * 100 > allowed).any())
