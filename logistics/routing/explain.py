"""Why a task is on no route, and what would put it there at what price.

One constraint at a time is relaxed, in the order of `reasons.RELAXED_IN_ORDER`, and the task is inserted where it is
cheapest into the finished plan: the first constraint that frees it is the reason. Every single relaxation that frees it
is a repair with its price, and so are ways that are not open yet (`Closed`), a carrier, one more vehicle. What is said
can therefore be checked: do the repair, and `violations` finds that rule only. Who goes only together is explained
together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from logistics.routing.cost import route_cost
from logistics.routing.insertion import Insertion
from logistics.routing.model import Pick, Plan, Problem, Vehicle
from logistics.routing.openings import Alone, Openings, openings_of
from logistics.routing.pairs import Together, group_of
from logistics.routing.reasons import RELAXED_IN_ORDER, Reason
from logistics.routing.schedule import schedule_route
from logistics.routing.violations import check_route, off_window


@dataclass(frozen=True, slots=True)
class Repair:
    """A way to get the task done: allow ``amount`` more of what ``relaxes`` names, at ``extra_cost`` to the plan.

    The amount counts what the rule counts (seconds, metres, units; see `violations.Rule`); of a window it is the
    seconds between the window and the service. ``vehicle`` does it (for ``VEHICLES`` one more like that one; none: a
    carrier, which ``name`` names; two of them for halves of a pair). ``insertion`` is the edit that does it and breaks
    that rule only; None where no edit is enough. ``start_s``: when the service would start. ``needs``: what a way that
    is not open yet asks for.
    """

    relaxes: Reason
    pick: Pick
    vehicle: int | None
    amount: int
    extra_cost: int
    name: str = ""
    insertion: Insertion | None = None
    needs: tuple[str, ...] = ()
    start_s: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a task is on no route; ``together``: the reasons behind ``SEVERAL``; repairs, cheapest first.

    ``group``: whose explanation it is too, for they go together.
    """

    task: int
    reason: Reason
    repairs: tuple[Repair, ...] = ()
    together: tuple[Reason, ...] = ()
    group: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedCarrier:
    """A carrier that would do it at a price, if what it ``needs`` were given."""

    cost: int
    needs: tuple[str, ...]
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """Ways of a problem that are not open yet: options by pick, carriers by task, with what each needs (codes).

    A plan takes none of them; explanations say what they would be worth.
    """

    options: Mapping[Pick, tuple[str, ...]] = field(default_factory=dict)
    carriers: Mapping[int, ClosedCarrier] = field(default_factory=dict)


class Search(Protocol):
    """Where somebody would go: `openings.Alone` or `pairs.Together`."""

    def best(self, relaxing: Reason | None = None) -> Insertion | None:
        """Return the cheapest insertion that breaks nothing, or nothing but what ``relaxing`` names."""
        ...

    def nearest_miss(self) -> Insertion | None:
        """Return the insertion that breaks the fewest kinds of things."""
        ...


class Explainer:
    """Explains the tasks of one plan; what they share is read once."""

    def __init__(self, problem: Problem, plan: Plan, closed: Closed | None = None) -> None:
        self._problem, self._plan = problem, plan
        self._closed = closed or Closed()
        self._openings = openings_of(problem, plan)
        self._left = Counter(problem.tasks[task].carrier for task in plan.to_carrier)
        self._to_carrier = frozenset(plan.to_carrier)
        self._kinds: dict[Vehicle, int] = {}
        for number, car in enumerate(problem.vehicles):
            if not (car.fixed or car.underway):
                self._kinds.setdefault(replace(car, id=""), number)
        self._known: dict[int, Explanation] = {}

    def explain(self, task: int) -> Explanation:
        """Explain one task that is on no route, and with it those that go only together with it."""
        if task not in self._known:
            group = group_of(self._problem, task)
            explanation = self._explained(group)
            self._known |= {one: replace(explanation, task=one, group=group) for one in group}
        return self._known[task]

    def _explained(self, group: tuple[int, ...]) -> Explanation:
        search = search_for(self._openings, group, self._open_ways(group))
        closed = list(self._closed_ways(group))
        fits = search.best()
        if fits:
            is_dearer = self._to_carrier.issuperset(group) and fits.extra_cost >= self._price_of_carrier(group)
            why = Reason.PRICE if is_dearer else Reason.FITS
            return _of(group, why, [repair_of(why, fits), *self._left_to_carrier(group), *closed])
        freeing = [repair for reason in RELAXED_IN_ORDER for repair in self._freed_by(reason, search, group)]
        freeing += self._left_to_carrier(group)
        more = list(self._one_more_vehicle(group))
        repairs = [*freeing, *more, *closed]
        if freeing:
            return _of(group, freeing[0].relaxes, repairs)
        if more or not self._problem.vehicles:
            return _of(group, Reason.VEHICLES, repairs)
        if closed and not all(self._open_ways(group)):
            return _of(group, Reason.CLOSED, repairs)
        return self._several(group, search, repairs)

    def _open_ways(self, group: Iterable[int]) -> list[list[Pick]]:
        return [[pick for pick in _picks(self._problem, task) if pick not in self._closed.options] for task in group]

    def _freed_by(self, reason: Reason, search: Search, group: tuple[int, ...]) -> Iterator[Repair]:
        """Yield the cheapest repair that relaxes this one thing, if it is enough."""
        if reason is Reason.WINDOW:
            yield from self._freed_of_hours(group, search)
            return
        best = search.best(reason)
        if best:
            yield repair_of(reason, best)

    def _freed_of_hours(self, group: tuple[int, ...], search: Search) -> Iterator[Repair]:
        """Let them be served at any time of day; other people's windows stay as they are.

        Who would come too early waits for the window as long as that is not changed: then no edit is enough.
        """
        options = (self._problem.option(pick.task, pick.option) for ways in self._open_ways(group) for pick in ways)
        if not any(option.windows for option in options):
            return
        late = search.best(Reason.WINDOW)
        best = search_for(self._openings.at_any_hour(group), group, self._open_ways(group)).best()
        if best and (late is None or best.extra_cost < late.extra_cost):
            windows = self._problem.option(best.pick.task, best.pick.option).windows
            off_s, side = off_window(windows, best.start_s)
            yield replace(repair_of(Reason.WINDOW, best, off_s), insertion=None, name=side)
        if late:
            yield repair_of(Reason.WINDOW, late)

    def _closed_ways(self, group: tuple[int, ...]) -> Iterator[Repair]:
        """Yield what the ways that are not open yet would come to, one repair for each place and need."""
        for task in group if len(group) == 1 else ():
            for pick in _picks(self._problem, task):
                needs = self._closed.options.get(pick)
                best = Alone(self._openings, [pick]).best() if needs else None
                if best:
                    yield replace(repair_of(Reason.CLOSED, best), needs=needs or ())
        carriers = [self._closed.carriers[task] for task in group if task in self._closed.carriers]
        if len(carriers) == len(group):
            needs = tuple(dict.fromkeys(need for one in carriers for need in one.needs))
            cost, name = sum(one.cost for one in carriers), list_names(one.carrier for one in carriers)
            yield Repair(Reason.CLOSED, Pick(group[0]), None, len(group), cost, name, needs=needs)

    def _left_to_carrier(self, group: tuple[int, ...]) -> Iterator[Repair]:
        """Yield what leaving them would cost, if they may be left; a quota that is full would have to give way."""
        nouns = [self._problem.tasks[task] for task in group]
        prices = [noun.leave_cost for noun in nouns if noun.leave_cost is not None]
        if len(prices) < len(group) or self._to_carrier.intersection(group):
            return
        wanted = Counter(noun.carrier for noun in nouns)
        over = over_quotas(self._problem, self._left, wanted)
        reason, name = (Reason.QUOTA if over else Reason.CARRIER), list_names(over or wanted)
        yield Repair(reason, Pick(group[0]), None, sum(over.values()), sum(prices), name)

    def _price_of_carrier(self, group: tuple[int, ...]) -> int:
        return sum(self._problem.tasks[task].leave_cost or 0 for task in group)

    def _one_more_vehicle(self, group: tuple[int, ...]) -> Iterator[Repair]:
        """Yield the cheapest way to do them alone with one more vehicle like one of ours."""
        alone, standing, number = [], self._openings.standing, len(self._problem.vehicles)
        for picks in zip(*self._open_ways(group), strict=False):
            if standing.shared(picks):
                continue
            for vehicle in self._kinds.values():
                route = schedule_route(self._problem, vehicle, [picks])
                if not check_route(self._problem, route):
                    cost = route_cost(self._problem, route).total + standing.unbalanced(replace(route, vehicle=number))
                    alone.append(Repair(Reason.VEHICLES, picks[0], vehicle, 1, cost))
        if alone:
            yield min(alone, key=lambda repair: repair.extra_cost)

    def _several(self, group: tuple[int, ...], search: Search, repairs: list[Repair]) -> Explanation:
        """Name the fewest constraints that would have to give way together."""
        miss = search.nearest_miss()
        if miss is None:
            return _of(group, Reason.UNREACHABLE, repairs)
        together = tuple(sorted(self._openings.reasons(miss)))
        reason = Reason.SEVERAL if len(together) > 1 else together[0]
        return replace(_of(group, reason, repairs), together=together)


def explain_plan(problem: Problem, plan: Plan, closed: Closed | None = None) -> tuple[Explanation, ...]:
    """Explain every task that is left out or left to a carrier."""
    explainer = Explainer(problem, plan, closed)
    return tuple(explainer.explain(task) for task in (*plan.left_out, *plan.to_carrier))


def explain_task(problem: Problem, plan: Plan, task: int) -> Explanation:
    """Explain one task that is on no route of the plan."""
    return Explainer(problem, plan).explain(task)


def search_for(openings: Openings, group: tuple[int, ...], ways: list[list[Pick]]) -> Search:
    """Ask where these tasks would go: one alone, or several together."""
    return Alone(openings, ways[0]) if len(group) == 1 else Together(openings, ways)


def over_quotas(problem: Problem, left: Mapping[str, int], wanted: Mapping[str, int]) -> dict[str, int]:
    """Return by how many each carrier would have too many, if it took what is wanted besides what is left to it."""
    over = {name: left.get(name, 0) + wanted[name] - most for name, most in problem.quotas.items() if name in wanted}
    return {name: amount for name, amount in over.items() if amount > 0}


def list_names(names: Iterable[str]) -> str:
    """Name each carrier of a group once, in its order: the halves of a pair may have two."""
    return ", ".join(name for name in dict.fromkeys(names) if name)


def repair_of(reason: Reason, insertion: Insertion, amount: int | None = None) -> Repair:
    """Write an insertion as the repair it is."""
    names = sorted({violation.name for violation in insertion.broken if violation.name})
    name, is_mixed = ", ".join(names), reason is Reason.CAPACITY and len(names) > 1
    counted = sum(violation.amount for violation in insertion.broken) if amount is None else amount
    counted = 0 if is_mixed else counted  # grams and pieces have no sum
    vehicle, extra, start_s = insertion.vehicle, insertion.extra_cost, insertion.start_s
    return Repair(reason, insertion.pick, vehicle, counted, extra, name, insertion, start_s=start_s)


def _of(group: tuple[int, ...], reason: Reason, repairs: Iterable[Repair]) -> Explanation:
    return Explanation(group[0], reason, tuple(sorted(repairs, key=lambda repair: repair.extra_cost)))


def _picks(problem: Problem, task: int) -> list[Pick]:
    return [Pick(task, option) for option in range(len(problem.tasks[task].options))]
