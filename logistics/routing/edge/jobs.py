"""Works the queue of plans: a thread of each process takes what waits, under a lease, and solves it.

A plan whose process died stays `solving` until its lease has run out; then another process, or this one after its
restart, takes it up again from the start, and plans from then on. One that was taken up `TAKINGS_MAX` times and never
came to an end has failed: it may be what kills its processes. Nothing but the row tells how far it is, so any process
can show it.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from logistics.kit.edge.context import Context
from logistics.kit.edge.leases import Leases
from logistics.kit.edge.memory import settle_again
from logistics.kit.errors import Facts, Failure, Refusal, Unavailable
from logistics.routing import cost_units
from logistics.routing.edge import crew, engine, handlers, store
from logistics.routing.edge.day_planner import Day, gather_day
from logistics.routing.edge.decided import read_decided
from logistics.routing.edge.engine import Control, Ending, Outcome, Progress
from logistics.routing.edge.explaining import explain_day, widened
from logistics.routing.edge.matrix_source import TravelSource
from logistics.routing.edge.plan_wire import result_of
from logistics.routing.edge.schemas import ProgressOut
from logistics.routing.edge.solving import Limits
from logistics.routing.edge.sources import travel_source
from logistics.routing.edge.tables import FAILURE, PlanRow
from logistics.routing.lifecycle import PLAN, PlanState, PlanStep

log = logging.getLogger(__name__)

WAKE = "plans"  # the subject on which processes tell each other that a plan waits
LOOK_EVERY_S = 2.0  # in case a wake-up was lost
LEASE_S = 15.0
TELL_EVERY_S = 0.4  # how often progress is written and wishes are read: a stop is heard well within a second
CURVE_POINTS_MAX = 200
TAKINGS_MAX = 3
TAKINGS = "takings"  # in a plan's progress, beside what is shown of it: how often its search was begun
OUR_FAULT = "our_fault"

STEP_OF = {Ending.DONE: PlanStep.FINISH, Ending.STOPPED: PlanStep.STOP, Ending.CANCELLED: PlanStep.CANCEL}


class Worker:
    """The thread that solves what waits."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._leases = Leases(ctx.db)
        self._wake, self._over = threading.Event(), threading.Event()
        self._control: Control | None = None
        self._thread = threading.Thread(target=self._run, name="plans", daemon=True)
        self._unsubscribe = ctx.bus.subscribe(WAKE, lambda _subject, _payload: self._wake.set())

    def start(self) -> Worker:
        """Begin."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Begin no more; a search that runs is given up and taken up again by the next process."""
        self._unsubscribe()
        self._over.set()
        self._wake.set()
        if self._control:
            self._control.cancel()
        self._thread.join()

    def work(self) -> int:
        """Solve everything that waits and nobody else has; return how many plans that were."""
        with self._ctx.db.reading() as session:
            waiting = store.list_unfinished(session)
        done = 0
        for plan_id in waiting:
            if self._over.is_set():
                break
            with self._leases.held(f"plan.{plan_id}", LEASE_S) as ours:
                if ours:
                    self._control = Control()
                    solve_plan(self._ctx, plan_id, self._control, given_up=self._over)
                    done += 1
        return done

    def _warm(self) -> None:
        """Start the processes that search, so that the first plan does not wait for them."""
        settings = self._ctx.settings
        try:
            if not settings.dask_scheduler:
                engine.warm(settings.solver_processes, lambda: not self._over.is_set())
                settle_again()
        except (OSError, BrokenProcessPool):
            log.exception("the processes that search could not be started; the first plan will try again")

    def _run(self) -> None:
        self._warm()
        while not self._over.is_set():
            self._wake.clear()
            try:
                self.work()
            except Exception:
                log.exception("the queue of plans could not be worked")
            self._wake.wait(LOOK_EVERY_S)


def start(ctx: Context) -> Worker:
    """Start the worker of a process."""
    return Worker(ctx).start()


def solve_plan(ctx: Context, plan_id: str, control: Control, *, given_up: threading.Event | None = None) -> None:
    """Solve one plan and keep what came out; if ``given_up`` is set meanwhile it stays to be taken up again."""
    row = _take_up(ctx, plan_id)
    if row is None:
        return
    try:
        source = travel_source(row.travel, ctx.settings)
        with ctx.db.reading() as session:
            gathered = gather_day(session, row)
        day = gathered.build(source)
        with _Telling(ctx, plan_id, day, control) as telling:
            outcome = _solve(ctx, day, Limits(float(row.seconds), cores=ctx.settings.solver_processes), telling)
        if given_up is None or not given_up.is_set():
            _keep(ctx, plan_id, day, outcome, source)
        else:
            _hand_back(ctx, plan_id)
    except Refusal as refusal:
        _fail(ctx, plan_id, refusal.detail, _failure(refusal.refusal_code, refusal.facts))
    except Failure as failure:
        _fail(ctx, plan_id, failure.detail, _failure(Unavailable.code, {}))
    except Exception:
        log.exception("plan %s could not be solved", plan_id)
        _fail(ctx, plan_id, "Something on our side went wrong.", _failure(OUR_FAULT, {}))


def _solve(ctx: Context, day: Day, limits: Limits, telling: _Telling) -> Outcome:
    executor, findings = crew.find_cluster(ctx.settings.dask_scheduler)
    control, hear = telling.control, telling.hear
    outcome = engine.solve(day.problem, limits, on_progress=hear, control=control, executor=executor)
    return replace(outcome, findings=(*findings, *outcome.findings))


def _take_up(ctx: Context, plan_id: str) -> PlanRow | None:
    """Mark the plan as being solved from now on; none if it is over, or is by this."""
    with ctx.db.transaction() as tx:
        row = store.lock_plan(tx.session, plan_id)
        state = PlanState(row.state)
        if not PLAN.can(state, PlanStep.TAKE_UP):
            return None
        takings = _takings(row) + 1
        if takings > TAKINGS_MAX:
            row.error = f"Its search was begun {TAKINGS_MAX} times and broke off each time; ask for a smaller plan."
            row.state, row.ended_at = PLAN.after(state, PlanStep.FAIL), tx.now
            row.progress = {**(row.progress or {}), FAILURE: _failure("broke_off", {"times": TAKINGS_MAX})}
        else:
            row.state, row.planned_at = PLAN.after(state, PlanStep.TAKE_UP), tx.now
            row.progress = {**(row.progress or {}), TAKINGS: takings}
            row.decided_before = read_decided(tx.session, row)
        tx.session.add(row)
    return row if takings <= TAKINGS_MAX else None


def _takings(row: PlanRow) -> int:
    return int((row.progress or {}).get(TAKINGS, 0))


def _hand_back(ctx: Context, plan_id: str) -> None:
    """Leave a plan to be taken up again; its search was given up in good order, which does not count against it."""
    with ctx.db.transaction() as tx:
        row = store.lock_plan(tx.session, plan_id)
        row.progress = {**(row.progress or {}), TAKINGS: max(0, _takings(row) - 1)}
        tx.session.add(row)


def _keep(ctx: Context, plan_id: str, day: Day, outcome: Outcome, source: TravelSource) -> None:
    """Keep what came out, unless somebody has cancelled it, be it after the search, while it was explained."""
    if outcome.ending is Ending.CANCELLED:
        result = None
    else:
        with ctx.db.reading() as session:
            wide, plan = widened(session, store.get_plan(session, plan_id), day, outcome.plan, source)
        why, unexplained = explain_day(wide, plan)
        result = result_of(wide, plan, path=source.path, explanations=why, findings=(*outcome.findings, *unexplained))
    with ctx.db.transaction() as tx:
        row = store.lock_plan(tx.session, plan_id)
        ending = Ending.CANCELLED if row.wish == handlers.CANCEL else outcome.ending
        result = None if ending is Ending.CANCELLED else result
        row.state = PLAN.after(PlanState(row.state), STEP_OF[ending])
        row.ended_at, row.version = tx.now, row.version + 1
        row.result = result.model_dump(mode="json") if result else None
        row.shipment_ids = [shipment.id for shipment in day.shipments] if result else []
        row.drafts = handlers.drafts_of(day, outcome.plan) if result else []
        tx.session.add(row)


def _failure(code: str, facts: Facts) -> dict[str, Any]:
    """Write why a search came to nothing, for who says it in another language than `error` does."""
    return {"code": code, "facts": dict(facts)}


def _fail(ctx: Context, plan_id: str, error: str, failure: dict[str, Any]) -> None:
    with ctx.db.transaction() as tx:
        row = store.lock_plan(tx.session, plan_id)
        row.state, row.error, row.ended_at = PLAN.after(PlanState(row.state), PlanStep.FAIL), error, tx.now
        row.progress = {**(row.progress or {}), FAILURE: failure}
        tx.session.add(row)


class _Telling:
    """While a search runs: writes how it goes, and reads what somebody wishes of it."""

    def __init__(self, ctx: Context, plan_id: str, day: Day, control: Control) -> None:
        self._ctx, self._plan_id, self._day, self.control = ctx, plan_id, day, control
        self._over = threading.Event()
        self._news: Progress | None = None
        self._curve: list[tuple[float, int]] = []
        self._thread = threading.Thread(target=self._run, name=f"telling-{plan_id}", daemon=True)

    def hear(self, progress: Progress) -> None:
        """Take the best so far; called by the engine."""
        self._curve.append((round(progress.seconds, 2), cost_units.to_minor(progress.cost)))
        self._news = progress

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(TELL_EVERY_S):
            try:
                self._tell()
            except Exception:
                log.exception("the progress of plan %s could not be told", self._plan_id)

    def _tell(self) -> None:
        news, self._news = self._news, None
        with self._ctx.db.reading() as session:
            wish = store.get_wish(session, self._plan_id)
        if wish == handlers.CANCEL:
            self.control.cancel()
        elif wish == handlers.STOP:
            self.control.stop()
        if news:
            self._write(news)

    def _write(self, news: Progress) -> None:
        progress = ProgressOut(
            seconds=round(news.seconds, 2),
            cost=cost_units.to_minor(news.cost),
            unplanned=news.left_out,
            vehicles=news.vehicles,
            iterations=news.rounds,
            curve=thinned(self._curve),
        )
        result = result_of(self._day, news.plan)
        with self._ctx.db.transaction() as tx:
            row = store.lock_plan(tx.session, self._plan_id)
            row.progress = {**progress.model_dump(mode="json"), TAKINGS: _takings(row)}
            row.result = result.model_dump(mode="json")
            tx.session.add(row)


def thinned(curve: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Return at most so many points of a curve, its last among them."""
    step = -(-len(curve) // CURVE_POINTS_MAX) or 1
    return curve[::-1][::step][::-1]
