"""A first plan by insertion: quick on any machine, feasible by the judge's own rules, to be improved by a search.

Tasks are put in one after the other, the most demanding first, each where it lengthens a route least. A whole route's
rules are checked only for the few best places of each task, so 300 tasks take about a second. Decides nothing about
how good a plan must be; see `edge/engine.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise

from logistics.routing.cost import route_cost
from logistics.routing.insertion import Insertion, Trips, insert, room_used
from logistics.routing.matrix import UNREACHABLE
from logistics.routing.model import Option, Pick, Plan, Problem, Route, Vehicle, Visit
from logistics.routing.openings import Alone, Openings, openings_of
from logistics.routing.pairs import leader_of
from logistics.routing.schedule import schedule_plan, schedule_route
from logistics.routing.violations import check_levels, check_route, worsened

Drafts = tuple[tuple[int, Trips], ...]  # (vehicle, its picks in order, trip by trip)
CHECKED_MAX = 24  # places of a task whose routes are checked in full: the next ones are hardly ever better
FEASIBLE_MAX = 3  # of these, the cheapest is taken; the estimate ranks the first few well enough
STOPS_OF_A_ROUTE = 12  # over so many stops a vehicle's fixed cost is spread when its first one is judged


def construct(problem: Problem, go_on: Callable[[], bool] = lambda: True) -> Plan:
    """Return a plan of all tasks for which there is room, and of no route that carriers would do for less."""
    return without_dear_routes(problem, fill(problem, complete(problem, fixed_beginnings(problem)), go_on))


def fixed_beginnings(problem: Problem) -> Drafts:
    """Return what vehicles do first whatever is decided: the least that any plan holds."""
    return tuple((number, (car.fixed,)) for number, car in enumerate(problem.vehicles) if car.fixed)


def complete(problem: Problem, drafts: Drafts) -> Plan:
    """Make a plan of routes: who is on none goes to a carrier, or is left out if that must not be."""
    done = {pick.task for _, trips in drafts for trip in trips for pick in trip}
    carried, left_out = leave(problem, [task for task in range(len(problem.tasks)) if task not in done])
    return schedule_plan(problem, drafts, to_carrier=carried, left_out=left_out)


def leave(problem: Problem, tasks: Iterable[int]) -> tuple[list[int], list[int]]:
    """Return which tasks go to a carrier and which are left out, by what may be left and what a carrier still takes.

    Where a quota is too small for all, the more urgent go, then the dearer to leave to another.
    """
    nouns, taken = problem.tasks, Counter[str]()
    carried, left_out = [], []
    for task in sorted(tasks, key=lambda task: (-nouns[task].priority, -(nouns[task].leave_cost or 0), task)):
        carrier = nouns[task].carrier
        if nouns[task].leave_cost is None or taken[carrier] >= problem.quotas.get(carrier, UNREACHABLE):
            left_out.append(task)
        else:
            carried.append(task)
            taken[carrier] += 1
    if left_out and any(noun.brings_from is not None for noun in nouns):
        return _left_together(problem, carried, left_out)
    return carried, left_out


def _left_together(problem: Problem, carried: list[int], left_out: list[int]) -> tuple[list[int], list[int]]:
    """Leave out with a task all that go only together with it."""
    stuck = {leader_of(problem, task) for task in left_out}
    together = [task for task in carried if leader_of(problem, task) not in stuck]
    return together, [*left_out, *(task for task in carried if leader_of(problem, task) in stuck)]


def fill(problem: Problem, plan: Plan, go_on: Callable[[], bool] = lambda: True) -> Plan:
    """Put tasks that are on no route where that costs less than leaving them, until ``go_on`` says no.

    A second choice may have to wait for first choices, so that its service level holds: it is tried again.
    """
    longer = _fill_once(problem, plan, go_on)
    while problem.levels and len(longer.vehicle_of()) > len(plan.vehicle_of()):
        plan, longer = longer, _fill_once(problem, longer, go_on)
    return longer


def _fill_once(problem: Problem, plan: Plan, go_on: Callable[[], bool]) -> Plan:
    forsaken = set(plan.left_out)
    waiting = sorted((*plan.left_out, *plan.to_carrier), key=lambda task: _urgency(problem, task, forsaken))
    openings: Openings | None = None  # of the plan as it stands; most plans never need them
    for group in _together(problem, waiting):
        if not go_on():
            break
        longer = _with_all(problem, plan, group)
        if longer is None and len(group) == 1 and forsaken.issuperset(group) and _may_load_more(problem, plan):
            openings = openings or openings_of(problem, plan)
            longer = _with_cut(openings, plan, group[0])
        if longer:
            plan, openings = _unless_worse(problem, plan, longer), None
    return plan


def _may_load_more(problem: Problem, plan: Plan) -> bool:
    return any(len(route.trips) < problem.vehicles[route.vehicle].trips_max for route in plan.routes)


def _with_cut(openings: Openings, plan: Plan, task: int) -> Plan | None:
    """Put a task in wherever it fits, also where a vehicle comes back to load for it in the middle of a trip."""
    ways = [Pick(task, option) for option in range(len(openings.problem.tasks[task].options))]
    best = Alone(openings, ways).best()
    return insert(openings.problem, plan, best) if best else None


def _together(problem: Problem, tasks: Sequence[int]) -> list[list[int]]:
    """Return the tasks in their order, those that go only together as one, the fetching first."""
    groups: dict[int, list[int]] = {}
    for task in tasks:
        groups.setdefault(leader_of(problem, task), []).append(task)
    return [sorted(group, key=lambda task: (task != leader, task)) for leader, group in groups.items()]


def _with_all(problem: Problem, plan: Plan, group: Sequence[int]) -> Plan | None:
    """Put tasks in that go only together; none of them if one finds no place, or a carrier does them all for less."""
    price = sum(problem.tasks[task].leave_cost or 0 for task in group) if set(group) <= set(plan.to_carrier) else None
    for task in group:
        best = _cheapest(problem, plan, task, price)
        if best is None:
            return None
        plan = insert(problem, plan, best)
        price = None if price is None else price - best.extra_cost
    return plan


def _unless_worse(problem: Problem, plan: Plan, longer: Plan) -> Plan:
    """Return the longer plan, unless it misses a service level that the other keeps."""
    if not problem.levels:
        return longer
    missed, before = (sum(one.amount for one in check_levels(problem, either)) for either in (longer, plan))
    return plan if missed > before else longer


def without_dear_routes(problem: Problem, plan: Plan) -> Plan:
    """Leave whole routes to carriers that would do all of it for less; what must not be left keeps its route."""
    kept, left = [], []
    for route in plan.routes:
        tasks = [visit.pick.task for visit in route.visits]
        prices = [problem.tasks[task].leave_cost for task in tasks]
        is_free = None not in prices and not problem.vehicles[route.vehicle].fixed
        if is_free and sum(price or 0 for price in prices) < route_cost(problem, route).total:
            left += tasks
        else:
            kept.append((route.vehicle, route.picks))
    carried, left_out = leave(problem, (*plan.to_carrier, *left))
    if left_out:
        return plan
    return schedule_plan(problem, kept, to_carrier=carried, left_out=plan.left_out)


def _urgency(problem: Problem, task: int, forsaken: Collection[int]) -> tuple[bool, int, int, int]:
    """Order tasks: what must not be left first, then by priority, then what has the fewest hours.

    Of what must be done the farthest comes first, for it shapes the routes; of what may be left the nearest, for only
    where a vehicle goes already does the next one pay.
    """
    noun = problem.tasks[task]
    hours_s = sum(window.end_s - window.start_s for option in noun.options for window in option.windows)
    free = any(not option.windows for option in noun.options)
    matrix = problem.travel[0]
    starts = {car.start for car in problem.vehicles}
    far_s = min((matrix.travel_s(start, option.place) for start in starts for option in noun.options), default=0)
    may_be_left = noun.leave_cost is not None and task not in forsaken
    return may_be_left, -noun.priority, UNREACHABLE if free else hours_s, far_s if may_be_left else -far_s


@dataclass(frozen=True, slots=True)
class _Slot:
    """One place for a task, with an estimate of what it would cost."""

    estimate: float
    pick: Pick
    route: Route
    trip: int
    position: int


def _cheapest(problem: Problem, plan: Plan, task: int, price: int | None) -> Insertion | None:
    """Return the cheapest feasible place, of those that look best; ``price``: what it may seem to cost at most."""
    found: list[Insertion] = []
    for slot in nsmallest(CHECKED_MAX, _slots(problem, plan, task), key=lambda slot: slot.estimate):
        if price is not None and slot.estimate > price:
            break
        extra = _checked(problem, slot)
        if extra is not None:
            found.append(Insertion(slot.pick, slot.route.vehicle, slot.trip, slot.position, extra, ()))
        if len(found) == FEASIBLE_MAX:
            break
    return min(found, key=lambda one: one.extra_cost, default=None)


def _checked(problem: Problem, slot: _Slot) -> int | None:
    """Return what the insertion really costs, or none if it breaks a rule."""
    trips = [*(list(picks) for picks in slot.route.picks), []]
    trips[slot.trip].insert(slot.position, slot.pick)
    timed = schedule_route(problem, slot.route.vehicle, trips)
    broken = check_route(problem, timed)
    if broken and worsened(check_route(problem, slot.route), broken):
        return None  # a van that is late already may take more along, as long as nothing gets worse
    before = route_cost(problem, slot.route).total if slot.route.trips else 0
    return route_cost(problem, timed).total - before


def _slots(problem: Problem, plan: Plan, task: int) -> Iterator[_Slot]:
    noun = problem.tasks[task]
    used = room_used(problem, plan)
    routes = {route.vehicle: route for route in plan.routes}
    for vehicle, car in enumerate(problem.vehicles):
        if (noun.vehicles is not None and car.id not in noun.vehicles) or not noun.skills <= car.skills:
            continue
        route = routes.get(vehicle, Route(vehicle, ()))
        for number, option in enumerate(noun.options):
            if not option.room or used[option.room] + option.room_use <= problem.room[option.room]:
                slots = _slots_in(problem, route, Pick(task, number), option)
                yield from (slot for slot in slots if noun.brings_from is None or _is_fetched(slot, noun.brings_from))


def _is_fetched(slot: _Slot, origin: int) -> bool:
    """Tell whether the goods are on board by then."""
    trips = slot.route.picks
    return slot.trip < len(trips) and any(pick.task == origin for pick in trips[slot.trip][: slot.position])


def _slots_in(problem: Problem, route: Route, pick: Pick, option: Option) -> Iterator[_Slot]:
    """Yield the places of one route, without those that plainly cannot be: no room on board, or too late."""
    car, matrix = problem.vehicles[route.vehicle], problem.matrix(route.vehicle)
    latest_s = option.windows[-1].end_s if option.windows else UNREACHABLE
    opening = 0.0 if route.trips else car.cost_fixed / STOPS_OF_A_ROUTE
    opening += problem.tasks[pick.task].vehicle_cost.get(car.id, 0)
    spare_s = car.shift.end_s - route.trips[-1].back_s if route.trips else UNREACHABLE
    trips = [list(one_trip) for one_trip in _visits(route)]
    trips += [[]] * (len(trips) < car.trips_max)
    for trip, visits in enumerate(trips):
        if not _may_carry(problem, car, trip, pick.task) or not _fits(problem, visits, pick, car.capacity):
            continue
        base = car.reload_place if trip else car.start
        places = [base, *(problem.option(v.pick.task, v.pick.option).place for v in visits), car.end]
        ready_s = [car.shift.start_s, *(visit.end_s for visit in visits)]
        for position, (before, after) in enumerate(pairwise(places)):
            assert before is not None  # only the end may be open
            if trip == 0 and position < len(car.fixed):
                continue
            there_s = matrix.travel_s(before, option.place)
            if ready_s[position] + there_s > latest_s:
                break  # later places are later still
            extra_s, extra_m = there_s, matrix.travel_m(before, option.place)
            if after is not None:
                extra_s += matrix.travel_s(option.place, after) - matrix.travel_s(before, after)
                extra_m += matrix.travel_m(option.place, after) - matrix.travel_m(before, after)
            work_s = option.service_s + (0 if option.place in {before, after} else problem.places[option.place].setup_s)
            overtime_s = extra_s + work_s - max(0, spare_s)
            estimate = car.cost_per_s * (extra_s + work_s) + car.cost_per_m * extra_m + option.cost + opening
            estimate += car.cost_per_s_overtime * max(0, overtime_s)
            yield _Slot(estimate, pick, route, trip, position)


def _may_carry(problem: Problem, car: Vehicle, trip: int, task: int) -> bool:
    """Tell whether the goods of a task can be on board during that trip."""
    noun = problem.tasks[task]
    if noun.aboard is not None:
        return noun.aboard == car.id and trip == 0
    from_depot = noun.brings_from is None and any(noun.deliver)
    return not (car.underway and trip == 0 and from_depot)


def _visits(route: Route) -> Iterator[Iterator[Visit]]:
    return ((visit for stop in trip.stops for visit in stop.visits) for trip in route.trips)


def _fits(problem: Problem, visits: Sequence[Visit], pick: Pick, capacity: Sequence[int]) -> bool:
    """Tell whether what leaves and what boards on a trip, each by itself, could be on board."""
    picks = [pick, *(visit.pick for visit in visits)]
    for dimension, limit in enumerate(capacity):
        out = sum(problem.delivers(one.task)[dimension] for one in picks)
        into = sum(problem.collects(one)[dimension] for one in picks)
        if max(out, into) > limit:
            return False
    return True
