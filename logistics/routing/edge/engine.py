"""Asks a solver in a process of its own, watches it, and judges what comes back.

The process can be ended at any moment without losing the best plan so far, because every better one was already
handed over; that is how *stop and take* and *cancel* hold within a second. Whatever the solver claims, `violations`
and `cost` decide what the plan is: what cannot be driven is taken off, with a finding, never passed on in silence.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event

from logistics.kit.edge.clock import monotonic_s
from logistics.kit.findings import Finding
from logistics.routing.construct import complete, construct, fill
from logistics.routing.cost import Costs, plan_cost, weight
from logistics.routing.edge import ortools_solver
from logistics.routing.edge.solving import Broke, Ended, Found, Limits
from logistics.routing.mend import without_losses, without_violations
from logistics.routing.model import Plan, Problem
from logistics.routing.violations import Violation, check_plan

POLL_S = 0.1  # how soon a stop is heard; well within the second that is promised
GRACE_S = 5.0  # a solver this much over its time is ended; its best plan so far is taken
FIRST_SHARE = 0.25  # of the time may go into the first plan
LAST_INSERTIONS_S = 2.0  # after the search, tasks left out are tried once more for so long


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


def solve(
    problem: Problem,
    limits: Limits | None = None,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
    control: Control | None = None,
) -> Outcome:
    """Plan a day; a solver that dies leaves the best plan there was, with a finding."""
    limits = limits or Limits()
    started_s = monotonic_s()
    watch = _Watch(problem, on_progress)
    ending = Ending.DONE
    if problem.tasks and problem.vehicles:
        # On a busy machine the solver may not get to any plan in its time: this one is there in a second.
        first = construct(problem, _until(started_s + limits.seconds * FIRST_SHARE))
        watch.see(first, monotonic_s() - started_s, rounds=0)
        ending = _ask(problem, limits, watch, control or Control(), started_s)
    plan, findings = without_violations(problem, watch.best)
    if ending is not Ending.CANCELLED:
        plan = fill(problem, without_losses(problem, plan), _until(monotonic_s() + LAST_INSERTIONS_S))
    judged = check_plan(problem, plan)
    return Outcome(plan, plan_cost(problem, plan), judged, (*watch.findings, *findings), tuple(watch.curve), ending)


class _Watch:
    """Turns what a solver found into judged plans and keeps the best."""

    def __init__(self, problem: Problem, on_progress: Callable[[Progress], None]) -> None:
        self.best = complete(problem, ())
        self.curve: list[tuple[float, int]] = []
        self.findings: list[Finding] = []
        self._problem, self._on_progress = problem, on_progress

    def take(self, found: Found) -> None:
        """Take what a solver found."""
        self.see(complete(self._problem, found.drafts), found.seconds, found.rounds)

    def see(self, plan: Plan, seconds: float, rounds: int) -> None:
        """Keep a plan and tell of it, if it is the best so far."""
        standing = weight(self._problem, plan)
        if standing >= weight(self._problem, self.best) and self.curve:
            return
        self.best = plan
        self.curve.append((round(seconds, 2), standing[1]))
        self._on_progress(Progress(seconds, rounds, standing[1], len(plan.left_out), len(plan.routes), plan))


def _until(moment_s: float) -> Callable[[], bool]:
    return lambda: monotonic_s() < moment_s


def _ask(problem: Problem, limits: Limits, watch: _Watch, control: Control, started_s: float) -> Ending:
    """Run the solver in a fresh process until it ends, is told to, or forgets the time."""
    start = tuple((route.vehicle, route.picks) for route in watch.best.routes)
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe(duplex=False)
    process = spawning.Process(
        target=ortools_solver.solve_in_process, args=(problem, limits, started_s, start, theirs), daemon=True
    )
    process.start()
    theirs.close()
    try:
        return _listen(ours, watch, control, started_s + limits.seconds + GRACE_S)
    finally:
        _end(process)
        ours.close()


def _listen(line: Connection, watch: _Watch, control: Control, deadline_s: float) -> Ending:
    while True:
        if control.ending is Ending.CANCELLED or (control.ending and watch.curve):  # who stops wants what was found
            return control.ending
        if monotonic_s() > deadline_s:
            watch.findings.append(Finding("solver", "overdue", "the solver forgot the time; its best plan was taken"))
            return Ending.DONE
        if not line.poll(POLL_S):
            continue
        try:
            message = line.recv()
        except EOFError:
            return _died(watch, "it ended early")
        if isinstance(message, Broke):
            return _died(watch, message.why)
        if isinstance(message, Ended):
            return Ending.DONE
        watch.take(message)


def _died(watch: _Watch, why: str) -> Ending:
    watch.findings.append(Finding("solver", "died", f"the solver gave up ({why}); the best plan so far was taken"))
    return Ending.DONE


def _end(process: BaseProcess) -> None:
    process.terminate()
    process.join(timeout=POLL_S)
    if process.is_alive():
        process.kill()
        process.join()
