"""Putting one more task into a plan: what it would cost there, and what it would break.

The brick under explanations, alternatives and edits by hand. `list_insertions` looks at every position of every route
and is what faster ways are held against; `gaps.py` tells at a glance which positions deserve a look. Decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum

from logistics.routing.cost import balance_cost, route_cost
from logistics.routing.model import Pick, Plan, Problem, Route
from logistics.routing.schedule import reschedule, schedule_route
from logistics.routing.violations import Rule, Violation, check_route, worsened

Trips = tuple[tuple[Pick, ...], ...]


class Load(StrEnum):
    """Where a vehicle comes back to load once more: right before what is put in, or right after it.

    The trip is cut there: with "a b" and x put in before b, "a | x b" or "a x | b".
    """

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Insertion:
    """A pick put into a trip of a vehicle before the visit at ``position``; ``broken`` is what that breaks anew.

    ``more``: who goes with it, put into the same trip afterwards, each with its position there. ``start_s``: when the
    service would start. ``load``: the trip becomes two.
    """

    pick: Pick
    vehicle: int
    trip: int
    position: int
    extra_cost: int
    broken: tuple[Violation, ...]
    more: tuple[tuple[Pick, int], ...] = ()
    start_s: int = 0
    load: Load | None = None

    @property
    def picks(self) -> tuple[Pick, ...]:
        """Everything that is put in."""
        return self.pick, *(pick for pick, _ in self.more)


class Standing:
    """A plan as it stands, read once: what each further insertion is weighed against."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.routes = {route.vehicle: route for route in plan.routes}
        self._cost = {vehicle: route_cost(problem, route).total for vehicle, route in self.routes.items()}
        self._known = {vehicle: check_route(problem, route) for vehicle, route in self.routes.items()}
        self._room = room_used(problem, plan)
        self._ranks = preferences_of(problem, plan)
        self._short = _short_of_levels(problem, self._ranks)

    def of(self, problem: Problem) -> Standing:
        """Return the same plan in a problem where only tasks on no route have changed."""
        other = copy(self)
        other.problem = problem
        return other

    def route(self, vehicle: int) -> Route:
        """Return the route of a vehicle; one that stays at home has an empty one."""
        return self.routes.get(vehicle) or Route(vehicle, ())

    def tried(self, draft: Insertion) -> Insertion:
        """Return the insertion with what it would cost and break."""
        vehicle = draft.vehicle
        timed = schedule_route(self.problem, vehicle, with_insertion(self.route(vehicle).picks, draft))
        anew = worsened(self._known.get(vehicle, ()), check_route(self.problem, timed))
        broken = (*anew, *self.shared(draft.picks))
        extra = route_cost(self.problem, timed).total - self._cost.get(vehicle, 0) + self.unbalanced(timed)
        start_s = next(visit.start_s for visit in timed.visits if visit.pick == draft.pick)
        return replace(draft, extra_cost=extra, broken=broken, start_s=start_s)

    def shared(self, picks: Sequence[Pick]) -> tuple[Violation, ...]:
        """Return what these picks break beyond any one route: rooms too full, service levels missed."""
        wanted: Counter[str] = Counter()
        for pick in picks:
            option = self.problem.option(pick.task, pick.option)
            if option.room:
                wanted[option.room] += option.room_use
        full = [
            Violation(Rule.ROOM, self._room[room] + units - self.problem.room[room], task=picks[0].task, name=room)
            for room, units in sorted(wanted.items())
            if self._room[room] + units > self.problem.room[room]
        ]
        return (*full, *self._levels(picks))

    def _levels(self, picks: Sequence[Pick]) -> Iterator[Violation]:
        if not self.problem.levels:
            return
        added = Counter(self.problem.option(pick.task, pick.option).preference for pick in picks)
        short = _short_of_levels(self.problem, self._ranks + added)
        for level, amount in short.items():
            if amount > max(0, self._short.get(level, 0)):
                yield Violation(Rule.LEVEL, amount, task=picks[0].task, name=str(level))

    def unbalanced(self, timed: Route) -> int:
        """Return how much dearer it is that routes differ more in length; less than nothing if they differ less."""
        if not self.problem.balance_cost_per_s:
            return 0
        after = self._durations_s | {timed.vehicle: timed.duration_s}
        return balance_cost(self.problem, list(after.values())) - self.balance_cost

    @property
    def balance_cost(self) -> int:
        """What it costs now that routes differ in length."""
        return balance_cost(self.problem, list(self._durations_s.values()))

    @property
    def _durations_s(self) -> dict[int, int]:
        return {vehicle: route.duration_s for vehicle, route in self.routes.items()}


def list_insertions(problem: Problem, plan: Plan, task: int) -> list[Insertion]:
    """Return every way to add a task that is on no route, the feasible and the others."""
    standing = Standing(problem, plan)
    return [
        standing.tried(Insertion(Pick(task, option), vehicle, trip, position, 0, (), load=load))
        for vehicle, car in enumerate(problem.vehicles)
        for option in range(len(problem.tasks[task].options))
        for trip, position, load in _slots(standing.route(vehicle).picks, car.trips_max)
    ]


def find_cheapest(insertions: Iterable[Insertion]) -> Insertion | None:
    """Return the cheapest insertion that breaks nothing, if there is one."""
    return min((one for one in insertions if not one.broken), key=lambda one: one.extra_cost, default=None)


def insert(problem: Problem, plan: Plan, insertion: Insertion) -> Plan:
    """Return the plan with the insertion done, the times of its route put right."""
    tasks = {pick.task for pick in insertion.picks}
    route = plan.find_route(insertion.vehicle)
    return reschedule(
        problem,
        plan,
        {insertion.vehicle: with_insertion(route.picks if route else (), insertion)},
        to_carrier=(other for other in plan.to_carrier if other not in tasks),
        left_out=(other for other in plan.left_out if other not in tasks),
    )


def room_used(problem: Problem, plan: Plan) -> dict[str, int]:
    """Return how many units of each shared store the plan takes."""
    used = dict.fromkeys(problem.room, 0)
    for route in plan.routes:
        for visit in route.visits:
            option = problem.option(visit.pick.task, visit.pick.option)
            if option.room:
                used[option.room] += option.room_use
    return used


def preferences_of(problem: Problem, plan: Plan) -> Counter[int]:
    """Count the tasks done by vehicles by how the recipients like what they get (0: their first choice)."""
    visits = (visit for route in plan.routes for visit in route.visits)
    return Counter(problem.option(visit.pick.task, visit.pick.option).preference for visit in visits)


def with_insertion(trips: Trips, insertion: Insertion) -> Trips:
    """Return the picks of a route with an insertion done; one beyond the last trip opens a trip of its own."""
    placed = ((insertion.pick, insertion.position), *insertion.more)
    return with_picks(trips, insertion.trip, placed, insertion.load)


def with_picks(trips: Trips, trip: int, placed: Sequence[tuple[Pick, int]], load: Load | None) -> Trips:
    """Return the trips with picks put in one after the other, each before its position of that trip, and cut to load.

    Beyond the last trip begins another; beyond the end of a trip is its end.
    """
    picks = list(trips[trip]) if trip < len(trips) else []
    for pick, position in placed:
        picks.insert(position, pick)
    cut = 0 if load is None else picks.index(placed[0][0]) if load is Load.BEFORE else picks.index(placed[-1][0]) + 1
    parts = (part for part in (tuple(picks[:cut]), tuple(picks[cut:])) if part)
    return (*trips[:trip], *parts, *trips[trip + 1 :])


def _short_of_levels(problem: Problem, ranks: Mapping[int, int]) -> dict[int, int]:
    """Return for each service level how many tasks short of it a plan is."""
    done = sum(ranks.values())
    return {
        level.preference_max: -(-level.percent * done // 100)
        - sum(count for rank, count in ranks.items() if rank <= level.preference_max)
        for level in problem.levels
    }


def _slots(trips: Trips, trips_max: int) -> Iterator[tuple[int, int, Load | None]]:
    """Yield every (trip, position, load) open to one more visit: in a trip, in one cut in two, in one of its own."""
    for trip, picks in enumerate(trips):
        yield from ((trip, position, None) for position in range(len(picks) + 1))
    if len(trips) >= trips_max:
        return
    for trip, picks in enumerate(trips):
        yield from ((trip, position, Load.AFTER) for position in range(len(picks)))
        yield from ((trip, position, Load.BEFORE) for position in range(1, len(picks)))
    yield len(trips), 0, None
