"""Does what an accepted replan says: all of it in one transaction, or nothing.

What a visit was moved from is deleted there: a shipment has one visit at a time. What ended stays in its run's story,
but for who was taken off before the run left and comes back to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import msgspec

from logistics.carriers.edge import handlers as carriers
from logistics.delivery.edge import handlers, loading, quotas, release, store, times
from logistics.delivery.edge.replan import delays
from logistics.delivery.edge.replan.ground import read_runs
from logistics.delivery.edge.tables import ReplanRow, RunRow, RunStopRow
from logistics.delivery.lifecycle import (
    REPLAN,
    RUN,
    STOP,
    ReplanState,
    ReplanStep,
    RunState,
    RunStep,
    StopState,
    StopStep,
    VisitState,
)
from logistics.delivery.model import Attempt, Outcome, StopKind
from logistics.delivery.progress import Expected
from logistics.delivery.release import CarrierDraft, StopDraft
from logistics.delivery.replanning import ENDING, Decision, Happened, Kind, LeftOut, RunNow, Tail, check_marks
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict
from logistics.kit.windows import Window
from logistics.modes.edge import handlers as modes
from logistics.routing.edge import store as vehicles
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.edge.tables import ShipmentRow
from logistics.shipments.lifecycle import SHIPMENT, ShipmentState, ShipmentStep
from logistics.shipments.model import Mode

REASONS = {Kind.CANCEL: "merchant_cancelled", Kind.REFUSE: "recipient_refused"}
LOST, NO_TIME = "own_vehicle_lost", "own_no_time"
Told = Mapping[str, RunStopRow]  # the stop at which a shipment was, by its id


def accept(replan_id: str, *, tx: Transaction) -> ReplanRow:
    """Change the runs of a day as proposed; refused (409) where a run it touches has moved on since."""
    row = store.lock_replan(tx.session, replan_id)
    row.state = REPLAN.after(ReplanState(row.state), ReplanStep.ACCEPT)
    row.decided_at = tx.now
    tx.session.add(row)
    decision = msgspec.convert(row.decision, Decision)
    _Change(row, decision, tx).make()
    return row


def discard(replan_id: str, *, tx: Transaction) -> ReplanRow:
    """Lay a proposal aside; nothing of it was done."""
    row = store.lock_replan(tx.session, replan_id)
    row.state = REPLAN.after(ReplanState(row.state), ReplanStep.DISCARD)
    row.decided_at = tx.now
    tx.session.add(row)
    return row


@dataclass(slots=True)
class _Change:
    """One accepted replan at work."""

    row: ReplanRow
    decision: Decision
    tx: Transaction

    def make(self) -> None:
        rows = {run_id: store.lock_run(self.tx.session, run_id) for run_id in sorted(self.decision.marks)}
        runs = read_runs(self.tx.session, list(rows.values()))
        check_marks(self.decision, runs.values())
        self._check_free_vehicles(rows)
        quotas.check_replan(self.row.on, self.decision.to_carrier, tx=self.tx)
        for one in self.decision.happened:
            self._note(one, runs)
        for left in self.decision.left_out:
            self._leave_out(left, rows[left.run_id])
        for draft in self.decision.to_carrier:
            self._to_carrier(draft, runs)
        changed = {tail.run_id: runs[tail.run_id] for tail in self.decision.tails if tail.run_id}
        told = self._clear(changed.values())
        for tail in self.decision.tails:
            self._lay(tail, rows.get(tail.run_id), changed.get(tail.run_id), told)
        for run in rows.values():
            self._call_off(run)

    def _check_free_vehicles(self, rows: Collection[str]) -> None:
        """Refuse where a vehicle that was free has got a run since, or one would be out on two runs at once."""
        vehicle_ids = {tail.vehicle_id for tail in self.decision.tails}
        store.lock_vehicles(self.tx.session, vehicle_ids)  # of two accepted at once, the second sees the first's runs
        wanted = {tail.vehicle_id for tail in self.decision.tails if not tail.run_id}
        for run in store.list_changeable_runs(self.tx.session, self.row.on) if wanted else ():
            if run.vehicle_id in wanted and run.id not in rows:
                facts = {"vehicles": run.vehicle_name}
                raise Conflict(f"{run.vehicle_name} has got a run since; ask anew.", code="runs_moved_on", facts=facts)
        runs = store.list_changeable_runs_of(self.tx.session, vehicle_ids)
        release.refuse_busy([run for run in runs if self._clashes(run)], "ask anew: it has these hours since", self.tx)

    def _clashes(self, run: RunRow) -> bool:
        return self.decision.clashes(run.id, run.vehicle_id, (run.planned_start_at, run.planned_end_at))

    # -- what happened -----------------------------------------------------------------------------

    def _note(self, one: Happened, runs: Mapping[str, RunNow]) -> None:
        if one.kind in ENDING:
            self._end(one, runs)
        elif one.kind is Kind.DELAY:
            run = store.get_run(self.tx.session, one.run_id)
            delays.tell(run, self.decision.not_before.get(run.vehicle_id), tx=self.tx)
        elif one.kind is Kind.WINDOW:
            assert one.window is not None, "checked when it was proposed"
            shipment = shipment_store.lock_shipment(self.tx.session, one.shipment_id)
            shipment.window_start, shipment.window_end = one.window.start, one.window.end
            shipment.other_windows = []  # they suited before
            self.tx.session.add(shipment)

    def _end(self, one: Happened, runs: Mapping[str, RunNow]) -> None:
        """End a visit nobody wants: before the goods have left it is called off, else they come back."""
        run = _run_of(one.shipment_id, runs)
        if not run.is_underway:
            shipments.cancel(one.shipment_id, REASONS[one.kind], tx=self.tx)
            return
        outcome = self._end_ahead(run.id, one.shipment_id, Outcome.REFUSED, REASONS[one.kind])
        if outcome is Outcome.FAILED:
            shipments.record(one.shipment_id, ShipmentStep.TURN_BACK, tx=self.tx)

    def _end_ahead(self, run_id: str, shipment_id: str, outcome: Outcome, reason: str) -> Outcome:
        """Record the end of a visit that is not made; at a service point nobody can refuse, there it fails."""
        visit = store.get_visit(self.tx.session, run_id, shipment_id)
        if store.get_stop(self.tx.session, run_id, visit.stop_no).kind == StopKind.SERVICE_POINT:
            outcome = Outcome.FAILED
        attempt = Attempt(id=self.tx.new_id("att"), outcome=outcome, at=self.tx.now, reason=reason)
        handlers.record_ahead(run_id, shipment_id, attempt, tx=self.tx)
        return outcome

    def _leave_out(self, left: LeftOut, run: RunRow) -> None:
        reason = LOST if left.reason == Kind.VEHICLE_LOST else NO_TIME
        if run.state == RunState.UNDERWAY:
            self._end_ahead(run.id, left.shipment_id, Outcome.FAILED, reason)
        else:
            visit = store.get_visit(self.tx.session, run.id, left.shipment_id)
            loading.take_off(visit, reason, at=self.tx.now, tx=self.tx)

    def _to_carrier(self, draft: CarrierDraft, runs: Mapping[str, RunNow]) -> None:
        run = _find_run(draft.shipment_id, runs)
        if run is not None:
            visit = store.get_visit(self.tx.session, run.id, draft.shipment_id)
            loading.take_off(visit, draft.reason, at=self.tx.now, tx=self.tx)
        modes.record_choice(draft.shipment_id, Mode.CARRIER, "", draft.carrier, None, (draft.reason,), tx=self.tx)
        carriers.book(draft.shipment_id, draft.carrier, tx=self.tx)

    # -- the runs ----------------------------------------------------------------------------------

    def _clear(self, runs: Iterable[RunNow]) -> Told:
        """Take what is free off the runs, and return at which stop each shipment was."""
        self.tx.session.flush()
        told: dict[str, RunStopRow] = {}
        for run in runs:
            for stop in run.behind:
                row = store.get_stop(self.tx.session, run.id, stop.no)
                for visit in store.list_open_visits_of_stop(self.tx.session, run.id, stop.no):
                    told[visit.shipment_id] = row
                    self.tx.session.delete(visit)
                self.tx.session.flush()
                self._close(row)
        self.tx.session.flush()
        return told

    def _close(self, stop: RunStopRow) -> None:
        """Take a stop off where nothing is left to do; one at which somebody's visit ended is done, and stays."""
        if not store.has_visits(self.tx.session, stop.run_id, stop.no):
            self.tx.session.delete(stop)
        elif stop.state != StopState.DONE:
            stop.state = STOP.after(StopState(stop.state), StopStep.END)
            self.tx.session.add(stop)

    def _lay(self, tail: Tail, row: RunRow | None, run: RunNow | None, told: Told) -> None:
        """Lay out what a run does behind its next stop."""
        row = row or self._new_run(tail)
        before = 1 if run and run.next_stop and tail.next_start_at else 0
        expected = []
        if run and run.next_stop and tail.next_start_at:
            expected.append(Expected(run.next_stop.no, tail.next_start_at, 0))
        for stops_before, stop in enumerate(tail.stops, start=before):
            self._lay_stop(row, stop, stops_before, told)
            expected.append(Expected(stop.no, stop.planned_start_at, stops_before))
        row.planned_end_at = tail.end_at
        if row.state == RunState.UNDERWAY:
            times.keep(row, expected, self.tx.now, tx=self.tx)
        else:
            row.planned_start_at = tail.start_at if tail.stops else row.planned_start_at
        self.tx.session.add(row)

    def _lay_stop(self, row: RunRow, stop: StopDraft, before: int, told: Told) -> None:
        made = release.new_stop(row.id, stop, before)
        if row.state == RunState.UNDERWAY:
            known = [told[one] for one in stop.shipment_ids if one in told and told[one].run_id == row.id]
            same = len(known) == len(stop.shipment_ids)
            made.told_start_at = known[0].told_start_at if same else None
            made.told_stops_before = known[0].told_stops_before if same else None
        self.tx.session.add(made)
        self.tx.session.flush()
        for shipment_id in stop.shipment_ids:
            shipment = shipment_store.lock_shipment(self.tx.session, shipment_id)
            self._forget_taken_off(row.id, shipment_id)
            if shipment_id in told:
                self._bring(row, stop, shipment, same_run=told[shipment_id].run_id == row.id)
            else:
                self._take_along(row, stop, shipment)

    def _forget_taken_off(self, run_id: str, shipment_id: str) -> None:
        """Clear the way for a shipment that comes back to a run it was taken off: it has one visit there."""
        visit = store.find_visit(self.tx.session, run_id, shipment_id)
        if visit is not None and visit.state == VisitState.CANCELLED:
            self.tx.session.delete(visit)
            self.tx.session.flush()
            self._close(store.get_stop(self.tx.session, run_id, visit.stop_no))
            self.tx.session.flush()

    def _bring(self, row: RunRow, stop: StopDraft, shipment: ShipmentRow, *, same_run: bool) -> None:
        """Give a shipment that was on a run its new visit; its promise stays, unless it cannot be kept."""
        self.tx.session.add(release.new_visit(row.id, stop.no, shipment))
        self.tx.session.flush()
        promise = _promise_of(shipment)
        asked = any(one.shipment_id == shipment.id and one.kind is Kind.WINDOW for one in self.decision.happened)
        if promise is None or asked or not promise.contains(stop.planned_start_at):
            release.promise(row, stop, shipment, tells=row.state != RunState.UNDERWAY, tx=self.tx)
        elif not same_run:
            release.tell_planned(row, stop, shipment, promise, tx=self.tx)

    def _take_along(self, row: RunRow, stop: StopDraft, shipment: ShipmentRow) -> None:
        if not SHIPMENT.can(ShipmentState(shipment.state), ShipmentStep.CHOOSE):
            facts = {"order": shipment.tracking_no, "recipient": shipment.recipient_name}
            sentence = f"{shipment.tracking_no} is {shipment.state} by now; ask anew."
            raise Conflict(sentence, code="not_waiting", facts=facts)
        release.take_along(row, stop, shipment, tx=self.tx)
        self.tx.session.flush()

    def _new_run(self, tail: Tail) -> RunRow:
        car = vehicles.get_vehicle(self.tx.session, tail.vehicle_id)
        row = RunRow(
            id=self.tx.new_id("run"),
            plan_id=self.row.id,
            vehicle_id=car.id,
            vehicle_name=car.name,
            driver_name=car.driver_name,
            depot_id=car.depot_id,
            on=self.row.on,
            state=RUN.start,
            currency=car.currency,
            planned_start_at=tail.start_at,
            planned_end_at=tail.end_at,
            not_before_at=self.decision.not_before.get(car.id),
            created_at=self.tx.now,
        )
        self.tx.session.add(row)
        self.tx.session.flush()
        return row

    def _call_off(self, run: RunRow) -> None:
        """Call a run off that has nothing left to do and has not left; what is on board stays to be taken off."""
        self.tx.session.flush()
        if RUN.can(RunState(run.state), RunStep.CANCEL) and not store.list_open_visits(self.tx.session, [run.id]):
            run.state = RUN.after(RunState(run.state), RunStep.CANCEL)
            self.tx.session.add(run)


def _find_run(shipment_id: str, runs: Mapping[str, RunNow]) -> RunNow | None:
    for run in runs.values():
        for stop in run.open_stops:
            if any(visit.shipment_id == shipment_id for visit in stop.visits):
                return run
    return None


def _run_of(shipment_id: str, runs: Mapping[str, RunNow]) -> RunNow:
    run = _find_run(shipment_id, runs)
    assert run is not None, "the marks hold: it is where it was"
    return run


def _promise_of(shipment: ShipmentRow) -> Window | None:
    if shipment.promise_start is None or shipment.promise_end is None:
        return None
    return Window(shipment.promise_start, shipment.promise_end)
