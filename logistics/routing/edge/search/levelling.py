"""Searches a day on which the longest route costs for being longer than the mean.

If the longest may take D seconds and K routes go out, that price is p * D less p / K for each second of any route. So
under a cap of D what is left is a day whose routes do not depend on one another, on which a second costs p / K less;
what searches such days searches this one. D is felt for: a part of the way down from the longest route to the mean,
from the best plan so far, and half that part after every step that made nothing better.

A vehicle that is out already, or whose day begins as fixed, is not capped: its day may be longer than D, come what may.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from logistics.routing.construct import Drafts, complete, fill
from logistics.routing.cost import weight
from logistics.routing.edge.search.turns import OnFound, Search, Turns, drafts_of
from logistics.routing.edge.solving import Limits
from logistics.routing.mend import without_violations
from logistics.routing.model import Plan, Problem, Vehicle

FIRST_SHARE = 0.4  # of the time goes into a plan whose routes may be as long as they like, or as they are
STEP_S = 1.0  # at least, for a search that only begins is soon over
STEPS_MAX = 6
FIRST_STEP = 0.3  # of the way from the longest route to the mean


@dataclass(frozen=True, slots=True)
class Standing:
    """The best plan so far, and by what it is compared; ``longest_s`` and ``mean_s`` of its routes."""

    drafts: Drafts
    weight: tuple[int, int]
    longest_s: int
    mean_s: int
    vehicles: int


def solve(
    problem: Problem, limits: Limits, on_found: OnFound, wanted: Callable[[], bool], start: Drafts, search: Search
) -> Drafts:
    """Search step by step, each with ``search``, until the time is up or nothing is wanted any more."""
    turns = Turns(limits, wanted)

    def told(drafts: Drafts, _: float) -> None:
        on_found(drafts, turns.passed_s)

    best, reach = standing_of(problem, complete(problem, start)), 0.0
    for share in shares(limits.seconds):
        turn = turns.next(share)
        if turn is None:
            break
        capped = without_price(problem, best, best.longest_s - int(reach * (best.longest_s - best.mean_s)))
        found = search(capped, turn, fitting(capped, best.drafts, turns.has_time(1.0)), told)
        now = standing_of(problem, without_violations(problem, complete(problem, found))[0])
        better = not best.vehicles or now.weight < best.weight
        reach = (reach if better else reach / 2) or FIRST_STEP
        best = now if better else best
    return best.drafts


def shares(seconds: float) -> Sequence[float]:
    """Return the shares of the time: one for the beginning, the rest for steps that are long enough."""
    steps = min(STEPS_MAX, int(seconds * (1.0 - FIRST_SHARE) / STEP_S))
    return (FIRST_SHARE, *[(1.0 - FIRST_SHARE) / steps] * steps) if steps else (1.0,)


def standing_of(problem: Problem, plan: Plan) -> Standing:
    """Measure a plan."""
    durations_s = [route.duration_s for route in plan.routes]
    longest_s, count = max(durations_s, default=0), len(durations_s)
    return Standing(drafts_of(plan), weight(problem, plan), longest_s, sum(durations_s) // max(1, count), count)


def without_price(problem: Problem, best: Standing, cap_s: int) -> Problem:
    """Return the day without a price on being uneven: with a cap instead, and with time that is so much cheaper.

    Where there is no plan yet, there is neither.
    """
    less = problem.balance_cost_per_s // best.vehicles if best.vehicles else 0
    cars = tuple(_eased(car, cap_s if best.vehicles else None, less) for car in problem.vehicles)
    return replace(problem, vehicles=cars, balance_cost_per_s=0)


def _eased(car: Vehicle, cap_s: int | None, less: int) -> Vehicle:
    car = replace(car, cost_per_s=max(0, car.cost_per_s - less))
    if cap_s is None or car.underway or car.fixed:
        return car
    return replace(car, duration_s_max=cap_s if car.duration_s_max is None else min(cap_s, car.duration_s_max))


def fitting(problem: Problem, drafts: Drafts, go_on: Callable[[], bool]) -> Drafts:
    """Make a plan fit under the cap: what is too much is taken off, and put where there is room."""
    return drafts_of(fill(problem, without_violations(problem, complete(problem, drafts))[0], go_on))
