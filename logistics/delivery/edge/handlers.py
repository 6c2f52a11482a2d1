"""On the road: arriving, attempts, coming back. Load, decide (``outcomes``), save, announce."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from logistics.delivery import outcomes
from logistics.delivery.edge import cash_desk, loading, store, times
from logistics.delivery.edge.tables import AttemptRow, CashReceiptRow, ProofRow, RunRow, RunStopRow, RunVisitRow
from logistics.delivery.events import StopArrived
from logistics.delivery.lifecycle import RUN, STOP, RunState, RunStep, StopState, StopStep, VisitState
from logistics.delivery.model import Attempt, Outcome, StopKind, Visit
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, FieldError
from logistics.pickup.edge import handlers as pickup
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.lifecycle import ParcelState, ParcelStep
from logistics.shipments.model import ConsentKind


def arrive(run_id: str, stop_no: int, *, at: datetime, tx: Transaction) -> RunStopRow:
    """Record that the vehicle stands at a stop; once more changes nothing."""
    run = _underway(run_id, tx)
    stop = store.get_stop(tx.session, run.id, stop_no)
    if stop.state == StopState.OPEN:
        at = _since_departure(run, at)
        _arrive(run, stop, at, tx)
        times.recompute(run, at, tx=tx)
    return stop


def record_attempt(run_id: str, shipment_id: str, attempt: Attempt, *, tx: Transaction) -> AttemptRow:
    """Record what happened at a visit: parcels, money, proof and shipment together, or nothing.

    The same outcome told again is the first one told; another outcome is refused (409): a visit has one attempt.
    """
    run = store.lock_run(tx.session, run_id)
    row = store.get_visit(tx.session, run_id, shipment_id)
    known = store.find_attempt(tx.session, run_id, shipment_id)
    if known:
        return _same_again(known, attempt)
    _check_underway(run)
    attempt = replace(attempt, at=_since_departure(run, attempt.at))
    saved = _end(run, row, attempt, is_there=True, tx=tx)
    times.recompute(run, attempt.at, tx=tx)
    return saved


def record_ahead(run_id: str, shipment_id: str, attempt: Attempt, *, tx: Transaction) -> AttemptRow:
    """Record how a visit ended before the vehicle came there: refused by telephone, or the vehicle is lost."""
    run = _underway(run_id, tx)
    return _end(run, store.get_visit(tx.session, run_id, shipment_id), attempt, is_there=False, tx=tx)


def finish(run_id: str, *, at: datetime, tx: Transaction) -> RunRow:
    """Record that the vehicle is at the depot again; refused (409) while a visit is open."""
    run = store.lock_run(tx.session, run_id)
    if run.state in {RunState.BACK, RunState.CLOSED}:
        return run
    run.state = RUN.after(RunState(run.state), RunStep.FINISH)
    still_open = [one.shipment_id for one in store.list_visits(tx.session, run_id) if one.state == VisitState.OPEN]
    if still_open:
        errors = tuple(FieldError(one, "has no attempt", "an attempt, also one that failed") for one in still_open)
        raise Conflict(f"{len(still_open)} visits are still open.", code="visits_open", errors=errors)
    run.finished_at = _since_departure(run, at)
    tx.session.add(run)
    cash_desk.close_if_done(run, tx=tx)
    return run


def _end(run: RunRow, row: RunVisitRow, attempt: Attempt, *, is_there: bool, tx: Transaction) -> AttemptRow:
    stop = store.get_stop(tx.session, run.id, row.stop_no)
    visit = _visit(run, stop, row, tx)
    decision = outcomes.after_attempt(visit, attempt, receipt_id=tx.new_id("rcp"))
    if is_there and stop.state == StopState.OPEN:
        _arrive(run, stop, attempt.at, tx)
    saved = _save(run, visit, attempt, decision, tx)
    loading.end_visit(row, decision.visit_step, tx=tx)
    if decision.step:
        shipments.record(visit.shipment_id, decision.step, tx=tx, at=attempt.at)
    if attempt.outcome is Outcome.FAILED:
        pickup.release_room(visit.shipment_id, tx=tx)
    tx.announce(*decision.news)
    return saved


def _underway(run_id: str, tx: Transaction) -> RunRow:
    run = store.lock_run(tx.session, run_id)
    _check_underway(run)
    return run


def _check_underway(run: RunRow) -> None:
    if run.state != RunState.UNDERWAY:
        raise Conflict(f"The run is {run.state}, not underway.", code=f"run_{run.state}")


def _since_departure(run: RunRow, at: datetime) -> datetime:
    """Return the time told, but not before the departure: two clocks must not turn the story round."""
    return max(at, run.departed_at) if run.departed_at else at


def _arrive(run: RunRow, stop: RunStopRow, at: datetime, tx: Transaction) -> None:
    stop.state = STOP.after(StopState(stop.state), StopStep.ARRIVE)
    stop.actual_at = at
    tx.session.add(stop)
    for visit in store.list_open_visits_of_stop(tx.session, run.id, stop.no):
        tx.announce(
            StopArrived(
                merchant_id=visit.merchant_id,
                shipment_id=visit.shipment_id,
                occurred_at=at,
                run_id=run.id,
                stop_no=stop.no,
            )
        )


def _same_again(known: AttemptRow, attempt: Attempt) -> AttemptRow:
    if known.outcome != attempt.outcome:
        raise Conflict(f"This visit ended already: {known.outcome}.", code="attempt_made")
    return known


def _visit(run: RunRow, stop: RunStopRow, row: RunVisitRow, tx: Transaction) -> Visit:
    shipment = shipment_store.lock_shipment(tx.session, row.shipment_id)
    return Visit(
        run_id=run.id,
        vehicle_id=run.vehicle_id,
        stop_no=stop.no,
        kind=StopKind(stop.kind),
        site_id=stop.site_id,
        merchant_id=shipment.merchant_id,
        shipment_id=shipment.id,
        parcel_ids=tuple(parcel.id for parcel in shipment_store.list_parcels(tx.session, shipment.id)),
        cod_due=shipments.money(shipment, shipment.cod_due_minor),
        neighbour_allowed=shipment_store.has_consent(tx.session, shipment.id, ConsentKind.NEIGHBOUR),
    )


def _save(run: RunRow, visit: Visit, attempt: Attempt, decision: outcomes.Decision, tx: Transaction) -> AttemptRow:
    row = AttemptRow(
        id=attempt.id,
        run_id=run.id,
        shipment_id=visit.shipment_id,
        merchant_id=visit.merchant_id,
        outcome=attempt.outcome,
        reason=attempt.reason,
        to_whom=attempt.to_whom,
        parcel_ids=list(decision.handed),
        proof_kind=attempt.proof.kind,
        driver_name=run.driver_name,
        at=attempt.at,
        received_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    if attempt.proof.data:
        tx.session.add(ProofRow(attempt_id=row.id, media_type=attempt.proof.media_type, data=attempt.proof.data))
    if attempt.taken:
        _keep_receipt(run, visit, attempt, decision.receipt_id, tx)
    _move(visit, attempt, decision, tx)
    return row


def _keep_receipt(run: RunRow, visit: Visit, attempt: Attempt, receipt_id: str, tx: Transaction) -> None:
    assert attempt.taken is not None, "no receipt without money"
    tx.session.add(
        CashReceiptRow(
            id=receipt_id,
            run_id=run.id,
            shipment_id=visit.shipment_id,
            amount_minor=attempt.taken.amount.amount_minor,
            currency=attempt.taken.amount.currency,
            means=attempt.taken.means,
            holder=outcomes.holder(run.vehicle_id),
            taken_at=attempt.at,
        )
    )


def _move(visit: Visit, attempt: Attempt, decision: outcomes.Decision, tx: Transaction) -> None:
    if attempt.outcome is Outcome.HANDED_OVER:
        # The store's scan may have been quicker than the driver's phone: what it has, it has.
        rows = shipment_store.get_parcels(tx.session, decision.handed)
        aboard = [row.id for row in rows if row.state == ParcelState.LOADED]
        shipments.move_parcels(aboard, ParcelStep.RECEIVE, holder=store.site_holder(visit.site_id), tx=tx)
    else:
        shipments.move_parcels(decision.handed, ParcelStep.DELIVER, holder="recipient", tx=tx)
