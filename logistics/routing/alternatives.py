"""What each other way of doing a task would have cost in this plan.

The task is taken out (with those that go only together with it), and put back in each of its ways where that is
cheapest: the difference is the price of the way. So the price of the way taken is what the plan would save without the
task, and prices can be compared. A way that is not possible keeps the reason, and its price where one thing alone
stands against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from logistics.routing.cost import plan_cost
from logistics.routing.explain import Closed, Search, list_names, over_quotas, repair_of, search_for
from logistics.routing.insertion import Insertion
from logistics.routing.model import Pick, Plan, Problem
from logistics.routing.openings import Openings, openings_of
from logistics.routing.pairs import group_of
from logistics.routing.reasons import RELAXED_IN_ORDER, Reason
from logistics.routing.schedule import reschedule


@dataclass(frozen=True, slots=True)
class Way:
    """One way: by an ``option``, or left to a carrier (None).

    ``price``: what the plan costs more with it; None if that cannot be said. ``reason``: what stands against it, by
    ``amount`` (see `violations.Rule`); none if it is possible. ``insertion``: where it would go. ``needs``: what a way
    that is not open yet asks for.
    """

    option: int | None
    price: int | None
    is_chosen: bool = False
    reason: Reason | None = None
    amount: int = 0
    name: str = ""
    insertion: Insertion | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The ways of a task: the one taken first, then the possible ones, the cheapest first, then the others.

    ``group``: who goes together with it; prices are for all of them.
    """

    task: int
    group: tuple[int, ...]
    ways: tuple[Way, ...]


def find_alternatives(problem: Problem, plan: Plan, task: int, closed: Closed | None = None) -> Alternatives:
    """Price every way of a task in this plan."""
    group = group_of(problem, task)
    chosen = {visit.pick.task: visit.pick for route in plan.routes for visit in route.visits}
    without = plan_without(problem, plan, group)
    openings = openings_of(problem, without)
    ways: list[Way] = []
    for option in range(len(problem.tasks[task].options)):
        pick = Pick(task, option)
        if chosen.get(task) == pick:
            saved = plan_cost(problem, plan).total - plan_cost(problem, without).total
            ways.append(Way(option, saved, is_chosen=True))
            continue
        picks = [pick if one == task else chosen.get(one, Pick(one)) for one in group]
        search = search_for(openings, group, [[one] for one in picks])
        ways.append(_way(openings, search, pick, (closed or Closed()).options.get(pick, ())))
    ways += _carrier(problem, plan, group, closed or Closed())
    return Alternatives(task, group, tuple(sorted(ways, key=_rank)))


def plan_without(problem: Problem, plan: Plan, tasks: tuple[int, ...]) -> Plan:
    """Return the plan without some tasks, the times of their routes put right; they are left out."""
    gone = frozenset(tasks)
    shorter = {
        route.vehicle: [[pick for pick in trip if pick.task not in gone] for trip in route.picks]
        for route in plan.routes
        if not gone.isdisjoint(visit.pick.task for visit in route.visits)
    }
    to_carrier = [task for task in plan.to_carrier if task not in gone]
    return reschedule(problem, plan, shorter, to_carrier=to_carrier, left_out={*plan.left_out, *gone})


def _way(openings: Openings, search: Search, pick: Pick, needs: tuple[str, ...]) -> Way:
    fits = search.best()
    if fits:
        reason = Reason.CLOSED if needs else None
        return Way(pick.option, fits.extra_cost, reason=reason, insertion=fits, needs=needs)
    for reason in RELAXED_IN_ORDER:
        freed = search.best(reason)
        if freed:
            repair = repair_of(reason, freed)
            where = None if needs else freed
            return replace(
                _impossible(pick, reason, needs),
                price=freed.extra_cost,
                amount=repair.amount,
                name=repair.name,
                insertion=where,
            )
    miss = search.nearest_miss()
    if miss is None:
        return _impossible(pick, Reason.UNREACHABLE, needs)
    reasons = openings.reasons(miss)
    return _impossible(pick, Reason.SEVERAL if len(reasons) > 1 else next(iter(reasons)), needs)


def _impossible(pick: Pick, reason: Reason, needs: tuple[str, ...]) -> Way:
    return Way(pick.option, None, reason=reason, needs=needs)


def _carrier(problem: Problem, plan: Plan, group: tuple[int, ...], closed: Closed) -> Iterator[Way]:
    nouns = [problem.tasks[task] for task in group]
    prices = [noun.leave_cost for noun in nouns if noun.leave_cost is not None]
    if len(prices) == len(group):
        is_chosen = group[0] in plan.to_carrier
        wanted = Counter(noun.carrier for noun in nouns)
        left = Counter(problem.tasks[task].carrier for task in plan.to_carrier if task not in group)
        over = 0 if is_chosen else sum(over_quotas(problem, left, wanted).values())
        reason = Reason.QUOTA if over else None
        yield Way(None, sum(prices), is_chosen, reason, amount=over, name=list_names(wanted))
    elif all(task in closed.carriers for task in group):
        carriers = [closed.carriers[task] for task in group]
        needs = tuple(dict.fromkeys(need for one in carriers for need in one.needs))
        cost = sum(one.cost for one in carriers)
        yield Way(None, cost, reason=Reason.CLOSED, name=list_names(one.carrier for one in carriers), needs=needs)


def _rank(way: Way) -> tuple[bool, bool, bool, int]:
    return not way.is_chosen, way.reason is not None, way.price is None, way.price or 0
