"""Plans a day: asks the searches that fit the problem, watches them, and judges what comes back.

Searches run in other processes and can be left at any moment without losing the best plan so far; that is how *stop
and take* and *cancel* hold within a second. Whatever a search claims, `violations` and `cost` decide what the plan is:
what cannot be driven is taken off, with a finding, never passed on in silence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Event

from logistics.kit.edge.clock import monotonic_s
from logistics.kit.findings import Finding
from logistics.routing.construct import Drafts, complete, fill
from logistics.routing.cost import Costs, plan_cost, weight
from logistics.routing.edge import crew, portfolio
from logistics.routing.edge.solving import CORES_DEFAULT, Died, Limits
from logistics.routing.mend import without_losses, without_violations
from logistics.routing.model import Plan, Problem
from logistics.routing.violations import Violation, check_plan

log = logging.getLogger(__name__)

GRACE_S = 5.0  # a search this much over its time is left; its best plan so far is taken
LAST_SHARE = 0.02  # of the time is kept for judging, and for tasks left out to be tried once more
LAST_S_MAX = 1.0
LAST_S_MIN = 0.5  # even when the search was late: a task that only needs to be put in must not be left out
LOOK_SHARE = 20  # judging a plan of many thousand stops takes a while: at most this part of the time goes into it


class Ending(StrEnum):
    """How a solve came to its end."""

    DONE = "done"
    STOPPED = "stopped"  # by hand; the best so far is taken
    CANCELLED = "cancelled"  # by hand; nothing is wanted any more


@dataclass(frozen=True, slots=True)
class Progress:
    """The best so far: cost in cost units, tasks left out, vehicles that move; judged, not claimed."""

    seconds: float
    rounds: int
    cost: int
    left_out: int
    vehicles: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """A judged plan. ``curve``: seconds and cost of every improvement that was seen."""

    plan: Plan
    costs: Costs
    violations: tuple[Violation, ...]
    findings: tuple[Finding, ...]
    curve: tuple[tuple[float, int], ...]
    ending: Ending


class Control:
    """The handle of a running solve; safe to use from another thread."""

    def __init__(self) -> None:
        self._stop, self._cancel = Event(), Event()

    def stop(self) -> None:
        """End the search and take the best plan so far."""
        self._stop.set()

    def cancel(self) -> None:
        """End the search; the result will not be used."""
        self._cancel.set()

    @property
    def ending(self) -> Ending | None:
        """What was asked for, if anything."""
        if self._cancel.is_set():
            return Ending.CANCELLED
        return Ending.STOPPED if self._stop.is_set() else None


def warm(cores: int = CORES_DEFAULT, wanted: Callable[[], bool] = lambda: True) -> None:
    """Start the processes that search, and import what asks them, so that the first plan waits for neither."""
    crew.warm(cores, wanted)
    if wanted():
        portfolio.load_options()


def until(moment_s: float) -> Callable[[], bool]:
    """Return a question that is answered yes until that moment on the monotonic clock."""
    return lambda: monotonic_s() < moment_s


def solve(
    problem: Problem,
    limits: Limits | None = None,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
    control: Control | None = None,
    executor: Executor | None = None,
) -> Outcome:
    """Plan a day on this machine's processes, or on any executor; a search that dies leaves the best plan there was."""
    nothing = complete(problem, ())
    return improve(problem, nothing, limits or Limits(), on_progress=on_progress, control=control, executor=executor)


def improve(
    problem: Problem,
    first: Plan,
    limits: Limits,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
    control: Control | None = None,
    executor: Executor | None = None,
) -> Outcome:
    """Search on from a plan there is already; the outcome is never worse, unless that plan broke rules."""
    watch = _Watch(problem, limits, on_progress, control or Control())
    if first.routes:
        watch.see(first)
    if problem.tasks and problem.vehicles:
        _search(problem, first, watch, executor)
    plan, findings = watch.best, watch.taken_off
    if watch.ending is not Ending.CANCELLED and (findings or plan.left_out):
        plan = fill(problem, without_losses(problem, plan), until(max(watch.end_s, monotonic_s() + LAST_S_MIN)))
    judged = check_plan(problem, plan)
    findings = [*watch.findings, *findings]
    return Outcome(plan, plan_cost(problem, plan), judged, tuple(findings), tuple(watch.curve), watch.ending)


def _search(problem: Problem, first: Plan, watch: _Watch, executor: Executor | None) -> None:
    start = tuple((route.vehicle, route.picks) for route in first.routes)
    limits = replace(watch.limits, seconds=max(0.0, watch.end_s - _last_s(watch.limits) - monotonic_s()))
    try:
        with crew.borrowed(limits.cores, executor) as workers:
            watch.take(portfolio.search(problem, limits, workers, watch.hear, watch.wants_more, start))
    except (Died, BrokenProcessPool) as fault:
        log.warning("a search gave up", exc_info=True)
        why = str(fault) or type(fault).__name__
        watch.findings.append(Finding("solver", "died", f"a search gave up ({why}); the best plan so far was taken"))
    if watch.is_overdue:
        watch.findings.append(Finding("solver", "overdue", "a search forgot the time; its best plan so far was taken"))


def _last_s(limits: Limits) -> float:
    return min(LAST_S_MAX, limits.seconds * LAST_SHARE)


class _Watch:
    """Turns what a search found into judged plans, keeps the best, and knows when it is enough."""

    def __init__(
        self, problem: Problem, limits: Limits, on_progress: Callable[[Progress], None], control: Control
    ) -> None:
        self.best, self.taken_off = without_violations(problem, complete(problem, ()))
        self._standing = 0, (0, 0)
        self.curve: list[tuple[float, int]] = []
        self.findings: list[Finding] = []
        self.limits = limits
        self.end_s = monotonic_s() + limits.seconds
        self._began_s = monotonic_s()
        self._problem, self._on_progress, self._control = problem, on_progress, control
        self._rounds = 0
        self._look_again_s = 0.0

    @property
    def ending(self) -> Ending:
        """How it ended, or would end now."""
        return self._control.ending or Ending.DONE

    @property
    def is_overdue(self) -> bool:
        """Whether the search was left because it did not come back in time."""
        return monotonic_s() > self.end_s + GRACE_S

    def wants_more(self) -> bool:
        """Tell whether the search is still wanted: who stops it wants what was found, so something must be."""
        if self.ending is Ending.CANCELLED or (self.ending is Ending.STOPPED and self.curve):
            return False
        return not self.is_overdue

    def hear(self, drafts: Drafts, _seconds: float) -> None:
        """Hear of a better plan; of very large ones only every now and then."""
        began_s = monotonic_s()
        if began_s >= self._look_again_s:
            self.take(drafts)
            self._look_again_s = monotonic_s() + LOOK_SHARE * (monotonic_s() - began_s)

    def take(self, drafts: Drafts) -> None:
        """Judge what a search found."""
        self._rounds += 1
        self.see(complete(self._problem, drafts))

    def see(self, plan: Plan) -> None:
        """Keep what of a plan keeps the rules and tell of it, if it is the best so far."""
        if self.curve and not self._standing[0] and weight(self._problem, plan) >= self._standing[1]:
            return
        plan, taken_off = without_violations(self._problem, plan)
        standing = self._rank(plan)
        if self.curve and standing >= self._standing:
            return
        seconds, cost = monotonic_s() - self._began_s, standing[1][1]
        self.best, self.taken_off, self._standing = plan, taken_off, standing
        self.curve.append((round(seconds, 2), cost))
        self._on_progress(Progress(seconds, self._rounds, cost, len(plan.left_out), len(plan.routes), plan))

    def _rank(self, plan: Plan) -> tuple[int, tuple[int, int]]:
        """Return how much is broken that nobody can mend (a van late for what is fixed), then what is left out."""
        return len(check_plan(self._problem, plan)), weight(self._problem, plan)
