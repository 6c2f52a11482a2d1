"""At the depot: parcels received, taken off a vehicle, given back to the merchant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from logistics.delivery.edge import cash_desk, scans, store
from logistics.delivery.edge.tables import RunRow
from logistics.delivery.events import ParcelsReceived, RestGivenBack, ReturnedToDepot, ReturnedToMerchant
from logistics.delivery.lifecycle import RunState
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict
from logistics.kit.findings import Finding
from logistics.pickup.edge import store as pickup_store
from logistics.pickup.lifecycle import OCCUPYING
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.edge.tables import ParcelRow
from logistics.shipments.lifecycle import PARCEL, ParcelState, ParcelStep, ShipmentState, ShipmentStep
from logistics.sites.edge import store as sites
from logistics.sites.model import SiteKind


@dataclass(slots=True)
class Scanned:
    """What a scan at the depot did: labels accepted, parcels that really moved, and what is wrong."""

    accepted: list[str] = field(default_factory=list)
    moving: list[ParcelRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def accept(self, parcel: ParcelRow, *, is_new: bool) -> None:
        """Take a label; what was done before is accepted without being done again."""
        self.accepted.append(parcel.label)
        if is_new:
            self.moving.append(parcel)

    def refuse(self, label: str, code: str, message: str, expected: str) -> None:
        """Leave a label, and say why."""
        self.findings.append(Finding(label, code, message, expected))


def receive(site_id: str, labels: Sequence[str], *, at: datetime, by: str, tx: Transaction) -> Scanned:
    """Take parcels in at a depot, from merchants, carriers or other sites; scanning twice is scanning once."""
    _check_depot(site_id, tx)
    done = Scanned()
    for parcel in _parcels(labels, done, tx):
        _receive_one(parcel, store.site_holder(site_id), done, tx)
    step = scans.Step("receive", ParcelStep.RECEIVE, store.site_holder(site_id), site_id=site_id, by=by)
    for group in scans.move(done.moving, step, at=at, tx=tx):
        shipments.keep_at_depot(group.shipment_id, site_id, tx=tx)
        tx.announce(ParcelsReceived(**_about(group, at), site_id=site_id, parcel_ids=group.parcel_ids))
    return done


def take_in(run_id: str, labels: Sequence[str], *, at: datetime, by: str, tx: Transaction) -> Scanned:
    """Take parcels off a run's vehicle: what was not delivered, after it, or what shall not go along, before."""
    run = store.lock_run(tx.session, run_id)
    if run.state == RunState.UNDERWAY:
        raise Conflict("The run is underway; finish it first.", code="run_underway")
    done = Scanned()
    mine = {visit.shipment_id for visit in store.list_visits(tx.session, run_id)}
    for parcel in _parcels(labels, done, tx):
        _take_in_one(parcel, run, mine, done)
    here = store.site_holder(run.depot_id)
    step = scans.Step("return", ParcelStep.RECEIVE, here, run_id=run.id, site_id=run.depot_id, by=by)
    for group in scans.move(done.moving, step, at=at, tx=tx):
        shipments.keep_at_depot(group.shipment_id, run.depot_id, tx=tx)
        if run.state == RunState.BACK and _is_all_back(group.shipment_id, run, tx):
            tx.announce(ReturnedToDepot(**_about(group, at), run_id=run.id, site_id=run.depot_id))
    cash_desk.close_if_done(run, tx=tx)
    return done


def give_back(site_id: str, labels: Sequence[str], *, at: datetime, by: str, tx: Transaction) -> Scanned:
    """Give parcels back to their merchant; a returning shipment ends with its last one."""
    _check_depot(site_id, tx)
    done = Scanned()
    for parcel in _parcels(labels, done, tx):
        _give_back_one(parcel, site_id, done, tx)
    merchants = {parcel.merchant_id for parcel in done.moving}
    for merchant_id in sorted(merchants):
        parcels = [parcel for parcel in done.moving if parcel.merchant_id == merchant_id]
        step = scans.Step("give_back", ParcelStep.GIVE_BACK, f"merchant:{merchant_id}", site_id=site_id, by=by)
        for group in scans.move(parcels, step, at=at, tx=tx):
            _end_return(group, site_id, at, tx)
    return done


def _check_depot(site_id: str, tx: Transaction) -> None:
    if SiteKind.DEPOT not in sites.get_site(tx.session, site_id).kinds:
        raise Conflict("This site is no depot.", code="no_depot")


def _parcels(labels: Sequence[str], done: Scanned, tx: Transaction) -> list[ParcelRow]:
    found = []
    for label in dict.fromkeys(labels):
        parcel = shipment_store.find_parcel_by_label(tx.session, label)
        if parcel is None:
            done.refuse(label, "unknown_label", "There is no parcel of this label.", "a label of ours")
        else:
            found.append(parcel)
    return found


def _receive_one(parcel: ParcelRow, here: str, done: Scanned, tx: Transaction) -> None:
    stay = pickup_store.find_stay(tx.session, parcel.shipment_id)
    if parcel.state == ParcelState.LOADED:
        done.refuse(parcel.label, "on_run", "By the book it is on a vehicle.", "scan it as that run's return")
    elif not PARCEL.can(ParcelState(parcel.state), ParcelStep.RECEIVE):
        done.refuse(parcel.label, "ended", f"By the book it is {parcel.state}.", "ask the dispatcher")
    elif stay and stay.state in OCCUPYING and parcel.holder == store.site_holder(stay.site_id) != here:
        done.refuse(parcel.label, "at_service_point", "By the book a store has it.", "the store's return scan first")
    else:
        done.accept(parcel, is_new=parcel.holder != here)


def _take_in_one(parcel: ParcelRow, run: RunRow, mine: set[str], done: Scanned) -> None:
    if parcel.state == ParcelState.LOADED and parcel.holder == store.vehicle_holder(run.vehicle_id):
        done.accept(parcel, is_new=True)
    elif parcel.shipment_id in mine and parcel.holder == store.site_holder(run.depot_id):
        done.accept(parcel, is_new=False)
    else:
        done.refuse(parcel.label, "not_on_board", "By the book it is not on this vehicle.", "ask the dispatcher")


def _is_all_back(shipment_id: str, run: RunRow, tx: Transaction) -> bool:
    """Tell whether a shipment that was not delivered is off the vehicle; the rest of a part delivery is no news."""
    if shipment_store.get_shipment(tx.session, shipment_id).state == ShipmentState.DELIVERED:
        return False
    parcels = shipment_store.list_parcels(tx.session, shipment_id)
    return all(parcel.holder != store.vehicle_holder(run.vehicle_id) for parcel in parcels)


def _give_back_one(parcel: ParcelRow, site_id: str, done: Scanned, tx: Transaction) -> None:
    over = {ShipmentState.RETURNING, ShipmentState.DELIVERED, ShipmentState.CANCELLED}
    shipment = shipment_store.get_shipment(tx.session, parcel.shipment_id)
    if parcel.state == ParcelState.RETURNED:
        done.accept(parcel, is_new=False)
    elif parcel.state != ParcelState.HELD or parcel.holder != store.site_holder(site_id):
        done.refuse(parcel.label, "not_here", "By the book it is not at this depot.", "receive it first")
    elif shipment.state not in over:
        done.refuse(parcel.label, "still_to_deliver", f"Its shipment is {shipment.state}.", "turn it back first")
    else:
        done.accept(parcel, is_new=True)


def _end_return(group: scans.Moved, site_id: str, at: datetime, tx: Transaction) -> None:
    shipment = shipment_store.lock_shipment(tx.session, group.shipment_id)
    if shipment.state != ShipmentState.RETURNING:
        tx.announce(RestGivenBack(**_about(group, at), site_id=site_id, parcel_ids=group.parcel_ids))
        return
    tx.session.flush()
    states = {parcel.state for parcel in shipment_store.list_parcels(tx.session, group.shipment_id)}
    if states <= {ParcelState.RETURNED, ParcelState.LOST}:
        shipments.record(group.shipment_id, ShipmentStep.GIVE_BACK, tx=tx, at=at)
        tx.announce(ReturnedToMerchant(**_about(group, at), site_id=site_id))


def _about(group: scans.Moved, at: datetime) -> dict[str, Any]:
    return {"merchant_id": group.merchant_id, "shipment_id": group.shipment_id, "occurred_at": at}
