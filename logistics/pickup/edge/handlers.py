"""A shipment's stay at a service point: expected, arriving, handed over, refused, expired, gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from logistics.kit.edge.clock import chance
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict
from logistics.kit.findings import Finding
from logistics.pickup import capacity, codes, keeping
from logistics.pickup.edge import store, till
from logistics.pickup.edge.tables import ArrivalRow, StayRow
from logistics.pickup.events import ArrivedAtServicePoint, PickedUp, PickupExpired, PickupRefused, ReadyForPickup
from logistics.pickup.lifecycle import AWAITED, OCCUPYING, STAY, StayState, StayStep
from logistics.shipments import cod
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.edge.tables import ParcelRow, ShipmentRow
from logistics.shipments.events import ShipmentCancelled
from logistics.shipments.lifecycle import ParcelState, ParcelStep, ShipmentState, ShipmentStep
from logistics.shipments.model import ConsentKind, phone_digits
from logistics.sites.edge import store as sites
from logistics.sites.edge.tables import SiteRow

EXPIRED_AT_ONCE_MAX = 200  # stays one transaction expires; the rest follows in the next


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What an arrival scan did: labels stored, shipments that became ready, and what did not fit."""

    stored: list[str] = field(default_factory=list)
    ready: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Handover:
    """Somebody at the counter: with a code, or naming a shipment and the last four digits of its phone."""

    code: str = ""
    shipment_id: str = ""
    phone_last4: str = ""
    taken: cod.Taken | None = None
    to_whom: str = "recipient"


def expect(shipment_id: str, site_id: str, *, tx: Transaction) -> StayRow:
    """Keep room for a shipment; refused (409) without consent, without room, or when it is awaited elsewhere."""
    shipment = shipment_store.lock_shipment(tx.session, shipment_id)
    site = store.lock_service_point(tx.session, site_id)
    known = store.find_stay(tx.session, shipment_id)
    if known and known.state in OCCUPYING:
        return _same_place(known, site)
    if not shipment_store.has_consent(tx.session, shipment_id, ConsentKind.STORE):
        raise Conflict("The recipient has not agreed to collect at a store.", code="no_consent")
    capacity.check_room(store.free_room(tx.session, site_id), shipment.parcels_count, site.name)
    row = StayRow(
        id=tx.new_id("sta"),
        shipment_id=shipment_id,
        merchant_id=shipment.merchant_id,
        site_id=site_id,
        parcels_count=shipment.parcels_count,
        state=STAY.start,
        created_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def release_room(shipment_id: str, *, tx: Transaction) -> None:
    """Give up the room of a shipment that does not come; nothing happens where none is kept."""
    row = store.find_stay(tx.session, shipment_id)
    if row and STAY.can(StayState(row.state), StayStep.RELEASE):
        _end(row, StayStep.RELEASE, tx.now, tx)


def on_shipment_cancelled(news: ShipmentCancelled, tx: Transaction) -> None:
    """Give up the room of a shipment that was called off."""
    release_room(news.shipment_id, tx=tx)


def arrive(site_id: str, labels: Sequence[str], *, shelf: str, at: datetime, tx: Transaction) -> Arrivals:
    """Store parcels by their labels; a shipment is ready with its last parcel. Scanning twice is scanning once."""
    site = store.lock_service_point(tx.session, site_id)
    done = Arrivals()
    for label in dict.fromkeys(labels):
        parcel = shipment_store.find_parcel_by_label(tx.session, label)
        finding = _arrival_finding(parcel, label, site, tx)
        if finding:
            done.findings.append(finding)
        elif parcel:
            _store_parcel(parcel, site, shelf, at, done, tx)
    return done


def hand_over(site_id: str, handover: Handover, *, at: datetime, tx: Transaction) -> StayRow:
    """Hand a shipment over at the counter; what is due is taken exactly, or nothing is handed over (409)."""
    site = store.lock_service_point(tx.session, site_id)
    stay = _stay_of(site, handover, tx)
    shipment = shipment_store.lock_shipment(tx.session, stay.shipment_id)
    due = shipments.money(shipment, shipment.cod_due_minor)
    STAY.after(StayState(stay.state), StayStep.COLLECT)
    cod.check_taken(due, handover.taken)
    stay.to_whom = handover.to_whom
    _end(stay, StayStep.COLLECT, at, tx)
    parcels = [row.id for row in shipment_store.list_parcels(tx.session, shipment.id)]
    shipments.move_parcels(parcels, ParcelStep.DELIVER, holder="recipient", tx=tx)
    shipments.record(shipment.id, ShipmentStep.DELIVER, tx=tx, at=at)
    if handover.taken:
        till.take(stay, handover.taken, at=at, tx=tx)
    tx.announce(PickedUp(**_about(stay, at), site_id=site_id, to_whom=handover.to_whom))
    return stay


def refuse(site_id: str, shipment_id: str, reason: str, *, at: datetime, tx: Transaction) -> StayRow:
    """Record that the recipient does not want it: it stays on the shelf until the depot fetches it."""
    store.lock_service_point(tx.session, site_id)
    stay = store.get_stay_at(tx.session, site_id, shipment_id)
    if stay.state == StayState.REFUSED:
        return stay
    stay.reason = reason
    _end(stay, StayStep.REFUSE, at, tx)
    shipments.record(shipment_id, ShipmentStep.TURN_BACK, tx=tx, at=at)
    tx.announce(PickupRefused(**_about(stay, at), site_id=site_id, reason=reason))
    return stay


def expire_due(*, tx: Transaction) -> int:
    """Turn back what nobody collected in time; return how many, at most ``EXPIRED_AT_ONCE_MAX``."""
    due = store.list_due(tx.session, tx.now, EXPIRED_AT_ONCE_MAX)
    for stay in due:
        _end(stay, StayStep.EXPIRE, tx.now, tx)
        shipments.record(stay.shipment_id, ShipmentStep.TURN_BACK, tx=tx)
        tx.announce(PickupExpired(**_about(stay, tx.now), site_id=stay.site_id))
    return len(due)


def _same_place(known: StayRow, site: SiteRow) -> StayRow:
    if known.site_id != site.id:
        raise Conflict("The shipment is awaited at another service point.", code="stays_elsewhere")
    return known


def _arrival_finding(parcel: ParcelRow | None, label: str, site: SiteRow, tx: Transaction) -> Finding | None:
    if parcel is None:
        return Finding(label, "unknown_label", "There is no parcel of this label.", "a label of ours")
    stay = store.find_stay(tx.session, parcel.shipment_id)
    if stay is None or stay.site_id != site.id or stay.state not in OCCUPYING:
        return Finding(
            label, "not_expected", f"{site.name} does not expect this parcel.", "put it aside for the driver"
        )
    if stay.state in AWAITED and not _is_on_its_way(parcel, tx):
        return Finding(
            label, "not_on_its_way", "By the book it has not left yet.", "scan again after the driver's phone"
        )
    return None


def _is_on_its_way(parcel: ParcelRow, tx: Transaction) -> bool:
    shipment = shipment_store.get_shipment(tx.session, parcel.shipment_id)
    return shipment.state == ShipmentState.UNDERWAY and parcel.state in {ParcelState.LOADED, ParcelState.HELD}


def _store_parcel(parcel: ParcelRow, site: SiteRow, shelf: str, at: datetime, done: Arrivals, tx: Transaction) -> None:
    stay = store.find_stay(tx.session, parcel.shipment_id)
    assert stay is not None, "the arrival was checked before"
    done.stored.append(parcel.label)
    if tx.session.get(ArrivalRow, (stay.id, parcel.id)):
        return
    tx.session.add(ArrivalRow(stay_id=stay.id, parcel_id=parcel.id, shelf=shelf, arrived_at=at))
    shipments.move_parcels([parcel.id], ParcelStep.RECEIVE, holder=f"site:{site.id}", tx=tx)
    tx.session.flush()
    if len(store.list_arrivals(tx.session, [stay.id])[stay.id]) < stay.parcels_count:
        stay.state = STAY.after(StayState(stay.state), StayStep.ARRIVE)
        tx.session.add(stay)
    else:
        _complete(stay, site, at, tx)
        done.ready.append(stay.shipment_id)


def _complete(stay: StayRow, site: SiteRow, at: datetime, tx: Transaction) -> None:
    stay.state = STAY.after(StayState(stay.state), StayStep.COMPLETE)
    stay.code = codes.new_code(chance(), {row.code for row in store.list_ready(tx.session, site.id)})
    stay.ready_at = at
    until = keeping.keep_until(at, site.keep_days, sites.hours_of(site))
    stay.keep_until = until
    tx.session.add(stay)
    shipments.record(stay.shipment_id, ShipmentStep.AWAIT, tx=tx, at=at)
    tx.announce(
        ArrivedAtServicePoint(**_about(stay, at), site_id=site.id, keep_until=until),
        ReadyForPickup(**_about(stay, at), site_id=site.id, keep_until=until),
    )


def _stay_of(site: SiteRow, handover: Handover, tx: Transaction) -> StayRow:
    if handover.code:
        ready = store.list_ready(tx.session, site.id)
        index = codes.find_index(handover.code, (row.code for row in ready))
        if index is None:
            raise Conflict("No parcel waits here under this code.", code="wrong_code")
        return ready[index]
    stay = store.get_stay_at(tx.session, site.id, handover.shipment_id)
    shipment = _shipment(stay, tx)
    if not codes.last_digits_fit(handover.phone_last4, phone_digits(shipment.phone)):
        raise Conflict("These are not the last four digits of the recipient's phone.", code="wrong_phone")
    return stay


def _shipment(stay: StayRow, tx: Transaction) -> ShipmentRow:
    return shipment_store.get_shipment(tx.session, stay.shipment_id)


def _end(stay: StayRow, step: StayStep, at: datetime, tx: Transaction) -> None:
    stay.state = STAY.after(StayState(stay.state), step)
    stay.code = ""
    stay.ended_at = at
    tx.session.add(stay)


def _about(stay: StayRow, at: datetime) -> dict[str, Any]:
    return {"merchant_id": stay.merchant_id, "shipment_id": stay.shipment_id, "occurred_at": at}
