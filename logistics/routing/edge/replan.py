"""Replans a running day: a place at once for who is new, then a better plan with few changes.

The next stop of a driver is held by `Vehicle.fixed`; goods that are in a van by `Task.aboard`. Promised times are kept
while they can be: only tasks that find no place otherwise are served at another time, and those are named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from logistics.kit.edge.clock import monotonic_s
from logistics.kit.findings import Finding
from logistics.routing.construct import Drafts, fill
from logistics.routing.cost import plan_cost, weight
from logistics.routing.edge import engine
from logistics.routing.edge.engine import Control, Ending, Outcome
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Plan, Problem, TimeWindow
from logistics.routing.repair import Change, broken_promises, carry_over, hold, keep_promises, known, list_changes
from logistics.routing.schedule import schedule_plan
from logistics.routing.violations import check_plan

INSERT_S_MAX = 2.0  # inserting is a matter of milliseconds a task; a thousand of them may not take for ever


@dataclass(frozen=True, slots=True)
class Asked:
    """What a replan may do: ``seconds`` of search (0: insertion only), and the price of a change in cost units.

    ``promises``: when the recipient of a task was told that somebody comes.
    """

    seconds: float = 1.0
    change_price: int = 0
    promises: Mapping[int, TimeWindow] = field(default_factory=dict)
    seed: int = 0
    rounds_max: int | None = None


@dataclass(frozen=True, slots=True)
class Replanned:
    """A judged plan, and what it is held against: the decisions there were, and the promises."""

    outcome: Outcome
    problem: Problem
    current: Drafts
    promises: Mapping[int, TimeWindow]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What it changes; worked out each time it is asked for."""
        return list_changes(schedule_plan(self.problem, known(self.problem, self.current)), self.outcome.plan)

    @property
    def broken_promises(self) -> tuple[int, ...]:
        """Whose promised time it does not keep."""
        return broken_promises(self.outcome.plan, self.promises)


def replan(problem: Problem, current: Drafts, asked: Asked, *, control: Control | None = None) -> Replanned:
    """Replan the rest of a day: ``problem`` is how it is now, ``current`` what was decided before.

    Tasks keep their numbers, new ones come last; a vehicle that is lost keeps its place in the list with an empty
    shift or stands at the end of it, so that the numbers of ``current`` still hold.
    """
    strict = keep_promises(problem, asked.promises)
    kept = carry_over(strict, current)
    if asked.seconds > 0 or _displaced(current, kept):  # else nobody changes, and there is nothing to put a price on
        strict = hold(strict, current, asked.change_price)
    first = fill(strict, kept, engine.until(monotonic_s() + INSERT_S_MAX))
    ending, findings = Ending.DONE, tuple[Finding, ...]()
    if asked.seconds > 0:
        limits = Limits(seconds=asked.seconds, rounds_max=asked.rounds_max, seed=asked.seed)
        found = engine.improve(strict, first, limits, control=control)
        ending, findings = found.ending, found.findings
        first = min(found.plan, first, key=lambda plan: (len(check_plan(strict, plan)), weight(strict, plan)))
    plan = _with_the_rest(problem, first, asked.promises)
    judged = check_plan(problem, plan)
    outcome = Outcome(plan, plan_cost(problem, plan), judged, findings, (), ending)
    return Replanned(outcome, problem, current, asked.promises)


def _displaced(current: Drafts, kept: Plan) -> bool:
    """Tell whether anybody has lost the place he had."""
    lost = {*kept.left_out, *kept.to_carrier}
    return any(pick.task in lost for _, trips in current for trip in trips for pick in trip)


def _with_the_rest(problem: Problem, plan: Plan, promises: Mapping[int, TimeWindow]) -> Plan:
    """Give tasks that found no place within their promise one within their windows; the others keep theirs."""
    if not plan.left_out:
        return plan
    lost = {*plan.left_out, *plan.to_carrier}
    kept = keep_promises(problem, {task: promise for task, promise in promises.items() if task not in lost})
    routes = [(route.vehicle, route.picks) for route in plan.routes]
    timed = schedule_plan(kept, routes, to_carrier=plan.to_carrier, left_out=plan.left_out)
    return fill(kept, timed, engine.until(monotonic_s() + INSERT_S_MAX))
