"""Loading a run by scan, and leaving: what is on board goes, what is not waits to be planned anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from logistics.delivery import manifest
from logistics.delivery.edge import scans, store, times
from logistics.delivery.edge.tables import RunRow, RunVisitRow
from logistics.delivery.events import ParcelsLoaded, ShipmentDeparted, ShipmentUnplanned
from logistics.delivery.lifecycle import RUN, STOP, VISIT, RunState, RunStep, StopState, StopStep, VisitState, VisitStep
from logistics.delivery.manifest import Aboard
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, FieldError
from logistics.kit.findings import Finding
from logistics.pickup.edge import handlers as pickup
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.edge.tables import ParcelRow
from logistics.shipments.events import ShipmentCancelled
from logistics.shipments.lifecycle import ParcelState, ParcelStep, ShipmentState, ShipmentStep


@dataclass(frozen=True, slots=True)
class Loading:
    """How loading stands: labels on board, labels still missing, and what the scan found wrong."""

    loaded: list[str]
    missing: list[str]
    findings: list[Finding]


def load(run_id: str, labels: Sequence[str], *, at: datetime, by: str, tx: Transaction) -> Loading:
    """Take parcels on board by their labels; scanning twice is scanning once."""
    run = store.lock_run(tx.session, run_id)
    parcels = _manifest(run, tx)
    known = {label: _aboard(parcel, run, visit) for label, (parcel, visit) in parcels.items()}
    checked = manifest.check_scan(known | _foreign(labels, known, tx), labels)
    if checked.load:
        run.state = RUN.after(RunState(run.state), RunStep.LOAD)
        tx.session.add(run)
        moved = [parcels[label][0] for label in checked.load]
        step = scans.Step("load", ParcelStep.LOAD, store.vehicle_holder(run.vehicle_id), run_id=run.id, by=by)
        for group in scans.move(moved, step, at=at, tx=tx):
            about = _about(group.merchant_id, group.shipment_id, at)
            tx.announce(ParcelsLoaded(**about, run_id=run.id, parcel_ids=group.parcel_ids))
    known |= dict.fromkeys(checked.load, Aboard.LOADED)
    on_board = [label for label, aboard in known.items() if aboard is Aboard.LOADED]
    return Loading(on_board, manifest.missing(known), list(checked.findings))


def depart(run_id: str, *, at: datetime, tx: Transaction) -> RunRow:
    """Leave the depot: shipments on board are underway, those not loaded are unplanned.

    A shipment travels whole: one that is on board in part, or was called off and is still on board, stops the
    departure (409) until the missing parcels are scanned or the others taken off (``returns``).
    """
    run = store.lock_run(tx.session, run_id)
    if run.state == RunState.UNDERWAY:
        return run
    run.state = RUN.after(RunState(run.state), RunStep.DEPART)
    going, staying = _sort(run, tx)
    if not going:
        raise Conflict("Nothing is on board.", code="nothing_on_board")
    run.departed_at = at
    tx.session.add(run)
    for visit in going:
        shipments.record(visit.shipment_id, ShipmentStep.DEPART, tx=tx, at=at)
        about = _about(visit.merchant_id, visit.shipment_id, at)
        tx.announce(ShipmentDeparted(**about, run_id=run.id, vehicle_id=run.vehicle_id))
    for visit in staying:
        take_off(visit, "not_loaded", at=at, tx=tx)
    times.recompute(run, at, tx=tx)
    return run


def cancel(run_id: str, *, at: datetime, tx: Transaction) -> RunRow:
    """Call a run off before it leaves; refused (409) while parcels are on board."""
    run = store.lock_run(tx.session, run_id)
    run.state = RUN.after(RunState(run.state), RunStep.CANCEL)
    tx.session.add(run)
    loaded = [label for label, (parcel, _) in _manifest(run, tx).items() if _is_aboard(parcel, run)]
    if loaded:
        _refuse_loaded("Take off what is loaded before the run is called off.", loaded)
    for visit in store.list_visits(tx.session, run.id):
        if visit.state == VisitState.OPEN:
            take_off(visit, "run_cancelled", at=at, tx=tx)
    return run


def take_off(visit: RunVisitRow, reason: str, *, at: datetime, tx: Transaction) -> None:
    """End a visit that will not be made; its shipment, unless it is over, waits to be planned anew."""
    end_visit(visit, VisitStep.CANCEL, tx=tx)
    shipment = shipment_store.lock_shipment(tx.session, visit.shipment_id)
    if shipment.state != ShipmentState.PLANNED:
        return
    pickup.release_room(visit.shipment_id, tx=tx)
    shipments.record(visit.shipment_id, ShipmentStep.UNPLAN, tx=tx, at=at)
    about = _about(visit.merchant_id, visit.shipment_id, at)
    tx.announce(ShipmentUnplanned(**about, run_id=visit.run_id, reason=reason))


def end_visit(visit: RunVisitRow, step: VisitStep, *, tx: Transaction) -> None:
    """End a visit, and its stop with the last one."""
    visit.state = VISIT.after(VisitState(visit.state), step)
    tx.session.add(visit)
    tx.session.flush()
    stop = store.get_stop(tx.session, visit.run_id, visit.stop_no)
    if not store.list_open_visits_of_stop(tx.session, visit.run_id, visit.stop_no):
        stop.state = STOP.after(StopState(stop.state), StopStep.END)
        tx.session.add(stop)


def on_shipment_cancelled(news: ShipmentCancelled, tx: Transaction) -> None:
    """Strike a shipment that was called off from the run it is on."""
    found = store.find_open_visit(tx.session, news.shipment_id)
    if found:
        # The run is not locked: whoever departs with it at this moment waits for the shipment, and is refused.
        end_visit(found.visit, VisitStep.CANCEL, tx=tx)


def _manifest(run: RunRow, tx: Transaction) -> dict[str, tuple[ParcelRow, RunVisitRow]]:
    visits = store.list_visits(tx.session, run.id)
    parcels = shipment_store.list_parcels_of(tx.session, [visit.shipment_id for visit in visits])
    return {parcel.label: (parcel, visit) for visit in visits for parcel in parcels[visit.shipment_id]}


def _aboard(parcel: ParcelRow, run: RunRow, visit: RunVisitRow) -> Aboard:
    if visit.state == VisitState.CANCELLED:
        return Aboard.CANCELLED
    if visit.state != VisitState.OPEN or _is_aboard(parcel, run):
        return Aboard.LOADED  # the visit that ended took it along
    here = parcel.state == ParcelState.HELD and parcel.holder == store.site_holder(run.depot_id)
    return Aboard.EXPECTED if here or parcel.state == ParcelState.ANNOUNCED else Aboard.ELSEWHERE


def _foreign(labels: Iterable[str], known: dict[str, Aboard], tx: Transaction) -> dict[str, Aboard]:
    strange = (label for label in labels if label not in known)
    return {label: Aboard.FOREIGN for label in strange if shipment_store.find_parcel_by_label(tx.session, label)}


def _is_aboard(parcel: ParcelRow, run: RunRow) -> bool:
    return parcel.state == ParcelState.LOADED and parcel.holder == store.vehicle_holder(run.vehicle_id)


def _sort(run: RunRow, tx: Transaction) -> tuple[list[RunVisitRow], list[RunVisitRow]]:
    """Return the visits that go and those that stay; refused where a shipment would go in part."""
    going, staying, wrong = [], [], []
    visits = store.list_visits(tx.session, run.id)
    parcels = shipment_store.list_parcels_of(tx.session, [visit.shipment_id for visit in visits])
    for visit in visits:
        aboard = [parcel.label for parcel in parcels[visit.shipment_id] if _is_aboard(parcel, run)]
        is_open = visit.state == VisitState.OPEN
        if is_open and len(aboard) == len(parcels[visit.shipment_id]):
            going.append(visit)
        elif aboard:
            wrong += aboard
        elif is_open:
            staying.append(visit)
    if wrong:
        _refuse_loaded("A shipment travels whole: scan its other parcels, or take these off.", wrong)
    return going, staying


def _refuse_loaded(why: str, labels: list[str]) -> None:
    errors = tuple(FieldError(label, "is on board", "scan it as a return") for label in labels)
    raise Conflict(f"{why} On board: {', '.join(labels)}.", code="parcels_on_board", errors=errors)


def _about(merchant_id: str, shipment_id: str, at: datetime) -> dict[str, Any]:
    return {"merchant_id": merchant_id, "shipment_id": shipment_id, "occurred_at": at}
