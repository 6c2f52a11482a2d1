"""Entering carriers, ordering carriages, handing parcels over: load, decide, save, announce.

``book`` only writes down that a carrier is to be asked; ``booking`` asks, outside of any transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from logistics.access.edge.secrets import hash_token
from logistics.carriers import rate_card
from logistics.carriers.edge import store
from logistics.carriers.edge.schemas import CarrierIn
from logistics.carriers.edge.tables import CarrierRow, ConsignmentRow
from logistics.carriers.events import HandedToCarrier
from logistics.carriers.lifecycle import CONSIGNMENT, ConsignmentState, ConsignmentStep
from logistics.kit.edge.clock import system_now
from logistics.kit.edge.db import Transaction
from logistics.kit.edge.egress import Egress
from logistics.kit.errors import Conflict, Invalid
from logistics.kit.findings import Finding
from logistics.kit.geo import Point, great_circle_m
from logistics.kit.money import Money
from logistics.kit.windows import zone
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.edge.tables import ParcelRow, ShipmentRow
from logistics.shipments.events import ShipmentCancelled
from logistics.shipments.lifecycle import PARCEL, SHIPMENT, ParcelState, ParcelStep, ShipmentState, ShipmentStep
from logistics.shipments.model import Mode
from logistics.sites.edge import store as sites
from logistics.sites.model import SiteKind

CALLBACK_BYTES = 24  # 192 random bits in the callback's address: MD5 alone signs too little


@dataclass(frozen=True, slots=True)
class NewCarrier:
    """A carrier at the only moment the hidden part of its callback address is known."""

    row: CarrierRow
    callback_secret: str


def create_carrier(new: CarrierIn, *, egress: Egress, tx: Transaction) -> NewCarrier:
    """Enter a carrier; refuses a code that is taken, a senseless rate card, an address not to be called."""
    zone(new.time_zone)
    new.rate_card.to_card()
    if new.adapter and not new.base_url:
        raise Invalid("base_url", "is missing", "where the carrier's API is, for it is to be asked")
    if new.base_url:
        egress.check_url(new.base_url, "base_url")
    if tx.session.get(CarrierRow, new.code):
        raise Conflict(f"There is a carrier {new.code!r} already.", code="code_taken")
    callback_secret = new.callback_secret or secrets.token_urlsafe(CALLBACK_BYTES)
    row = CarrierRow(
        **new.model_dump(exclude={"callback_secret", "rate_card"}),
        rate_card=new.rate_card.model_dump(mode="json"),
        callback_hash=hash_token(callback_secret),
        created_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return NewCarrier(row, callback_secret)


def book(shipment_id: str, carrier: str, *, tx: Transaction) -> ConsignmentRow:
    """Give a shipment to a carrier, which is asked right after; once more for the same carrier changes nothing.

    Refused (409) where the carrier does not take it, another carrier has it, or it cannot be planned any more.
    """
    shipment = shipment_store.lock_shipment(tx.session, shipment_id)
    known = store.find_open_consignment(tx.session, shipment_id)
    if known and known.carrier == carrier and known.state != ConsignmentState.CANCELLING:
        return known
    if known:
        raise Conflict(f"{known.carrier} still has this shipment.", code="carrier_has_it")
    row = _new_consignment(shipment, store.get_carrier(tx.session, carrier), tx)
    if SHIPMENT.can(ShipmentState(shipment.state), ShipmentStep.CHOOSE):
        shipments.record(shipment_id, ShipmentStep.CHOOSE, tx=tx)
    shipments.record(shipment_id, ShipmentStep.PLAN, tx=tx)
    shipment.mode, shipment.carrier, shipment.site_id = Mode.CARRIER, carrier, ""
    tx.session.add(row)
    tx.session.add(shipment)
    tx.session.flush()
    return row


def load_of(shipment: ShipmentRow) -> rate_card.Load:
    """Return what a rate card is asked about a shipment."""
    cod = shipments.money(shipment, shipment.cod_due_minor) if shipment.cod_due_minor else None
    return rate_card.Load(shipment.weight_g, shipment.volume_cm3, shipment.parcels_count, cod)


def place_of(shipment: ShipmentRow) -> Point | None:
    """Return where the recipient is, if anybody knows."""
    if shipment.lat is None or shipment.lon is None:
        return None
    return Point(lat=shipment.lat, lon=shipment.lon)


def origin_of(shipment: ShipmentRow, tx: Transaction) -> Point:
    """Return the depot a shipment leaves from: its own, or the one nearest to the recipient."""
    if shipment.depot_id:
        return sites.point_of(sites.get_site(tx.session, shipment.depot_id))
    depots = [sites.point_of(row) for row in sites.list_sites(tx.session, SiteKind.DEPOT)]
    place = place_of(shipment)
    if not depots:
        raise Conflict("There is no depot a carrier could collect from.", code="no_depot")
    return min(depots, key=lambda depot: great_circle_m(depot, place)) if place else depots[0]


def hand_over(
    site_id: str, carrier: str, waybill_nos: Sequence[str], labels: Sequence[str], *, tx: Transaction
) -> tuple[list[str], list[Finding]]:
    """Record that a carrier's driver took parcels from a depot; return the waybills that left, and what was wrong.

    A waybill means all of its parcels. What the carrier has already is a finding, not an error: scans get repeated.
    """
    sites.get_site(tx.session, site_id)
    store.get_carrier(tx.session, carrier)
    wanted, findings = _parcels_by_consignment(carrier, waybill_nos, labels, tx)
    left = []
    for consignment, parcels in wanted:
        ready = [one for one in parcels if PARCEL.can(ParcelState(one.state), ParcelStep.GIVE_CARRIER)]
        where = consignment.waybill_no or consignment.id
        if len(ready) < len(parcels):
            findings.append(Finding(where, "not_here", "A parcel of it has left or ended already."))
        if ready:
            _hand_over(site_id, consignment, ready, tx)
            left.append(where)
    return left, findings


def give_parcels(carrier: str, parcels: Collection[ParcelRow], *, tx: Transaction) -> None:
    """Record that a carrier has these parcels."""
    holder = f"carrier:{carrier}"
    shipments.move_parcels([one.id for one in parcels], ParcelStep.GIVE_CARRIER, holder=holder, tx=tx)


def on_shipment_cancelled(news: ShipmentCancelled, tx: Transaction) -> None:
    """Call the carriage off, if a carrier was to have the shipment; the carrier is told outside of this."""
    row = store.find_open_consignment(tx.session, news.shipment_id)
    if row is None or not CONSIGNMENT.can(ConsignmentState(row.state), ConsignmentStep.CALL_OFF):
        return
    if row.state == ConsignmentState.BOOKED:  # else a booking may be on its way: its time-out is waited for
        row.tries, row.next_try_at = 0, system_now()
    row.state = CONSIGNMENT.after(ConsignmentState(row.state), ConsignmentStep.CALL_OFF)
    tx.session.add(row)


def _new_consignment(shipment: ShipmentRow, carrier: CarrierRow, tx: Transaction) -> ConsignmentRow:
    if not carrier.is_active or not carrier.adapter:
        raise Conflict(f"{carrier.name} takes no orders from us.", code="carrier_inactive")
    if shipment.cod_due_minor and not carrier.collects_cod:
        raise Conflict(f"{carrier.name} does not collect money.", code="carrier_no_cod")
    quoted, findings = rate_card.quote(
        store.rate_card_of(carrier), load_of(shipment), origin=origin_of(shipment, tx), place=place_of(shipment)
    )
    if quoted is None:
        raise Conflict(findings[0].message, code=findings[0].code)
    return ConsignmentRow(
        id=tx.new_id("con"),
        shipment_id=shipment.id,
        merchant_id=shipment.merchant_id,
        carrier=carrier.code,
        state=CONSIGNMENT.start,
        next_try_at=system_now(),
        currency=quoted.price.currency,
        expected_cost_minor=quoted.price.amount_minor,
        cod_due_minor=shipment.cod_due_minor,
        created_at=tx.now,
    )


def _parcels_by_consignment(
    carrier: str, waybill_nos: Sequence[str], labels: Sequence[str], tx: Transaction
) -> tuple[list[tuple[ConsignmentRow, list[ParcelRow]]], list[Finding]]:
    findings: list[Finding] = []
    parcels: dict[str, dict[str, ParcelRow]] = {}
    rows: dict[str, ConsignmentRow] = {}
    known = store.list_by_waybills(tx.session, carrier, waybill_nos)
    for waybill_no in waybill_nos:
        row = known.get(waybill_no)
        if row is None:
            findings.append(Finding(waybill_no, "unknown_waybill", f"{carrier} has no such waybill of ours."))
            continue
        rows[row.id] = row
        of_shipment = shipment_store.list_parcels(tx.session, row.shipment_id)
        parcels.setdefault(row.id, {}).update({one.id: one for one in of_shipment})
    for label in labels:
        parcel = shipment_store.find_parcel_by_label(tx.session, label)
        row = store.find_open_consignment(tx.session, parcel.shipment_id) if parcel else None
        if parcel is None or row is None or row.carrier != carrier:
            findings.append(Finding(label, "not_for_carrier", f"This parcel is not for {carrier}."))
            continue
        rows[row.id] = row
        parcels.setdefault(row.id, {})[parcel.id] = parcel
    return [(rows[row_id], list(found.values())) for row_id, found in parcels.items()], findings


def _hand_over(site_id: str, consignment: ConsignmentRow, parcels: list[ParcelRow], tx: Transaction) -> None:
    give_parcels(consignment.carrier, parcels, tx=tx)
    if CONSIGNMENT.can(ConsignmentState(consignment.state), ConsignmentStep.HAND_OVER):
        consignment.state = CONSIGNMENT.after(ConsignmentState(consignment.state), ConsignmentStep.HAND_OVER)
        consignment.handed_over_at = tx.now
        tx.session.add(consignment)
    shipment = shipment_store.lock_shipment(tx.session, consignment.shipment_id)
    if SHIPMENT.can(ShipmentState(shipment.state), ShipmentStep.DEPART):
        shipments.record(shipment.id, ShipmentStep.DEPART, tx=tx)
    tx.announce(
        HandedToCarrier(
            merchant_id=consignment.merchant_id,
            shipment_id=consignment.shipment_id,
            occurred_at=tx.now,
            carrier=consignment.carrier,
            waybill_no=consignment.waybill_no or "",
            site_id=site_id,
            parcel_ids=tuple(parcel.id for parcel in parcels),
        )
    )


def expected_cost(row: ConsignmentRow) -> Money:
    """Return what the carrier's rate card makes of a consignment."""
    return Money(row.expected_cost_minor, row.currency)
