"""Asking carriers: to take a shipment, to let it be, and what has become of it.

Each round has three beats: claim in one transaction, ask outside of any, record in another. A process that dies
in between leaves a row that is due again; the carrier knows our reference again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from logistics.carriers.edge import inbound, store
from logistics.carriers.edge.handlers import expected_cost, place_of
from logistics.carriers.edge.ports import Ports
from logistics.carriers.edge.tables import CarrierRow, ConsignmentRow
from logistics.carriers.events import ConsignmentBooked, ConsignmentFailed
from logistics.carriers.lifecycle import CONSIGNMENT, ConsignmentState, ConsignmentStep
from logistics.carriers.model import CarrierOrder
from logistics.carriers.port import CarrierRefused
from logistics.kit.edge.clock import system_now
from logistics.kit.edge.db import Database, Transaction
from logistics.kit.errors import Failure
from logistics.kit.money import Money
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.lifecycle import SHIPMENT, ShipmentState, ShipmentStep

log = logging.getLogger(__name__)

BATCH = 20  # consignments claimed at once: their calls follow one another within CLAIM_S
CLAIM_S = 120.0  # how long a claimed row is left alone; longer than a call with all its repetitions
RETRY_S_FIRST = 2.0  # then twice as long each time
RETRY_S_MAX = 600.0
TRIES_MAX = 12  # about half an hour of trying, then a person has to look
SILENT_FOR = timedelta(hours=6)  # business time after which a carrier is asked by us
POLL_EVERY = timedelta(minutes=30)  # aggregators allow one number no more often


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to ask a carrier, with all that is needed to ask it."""

    consignment_id: str
    state: ConsignmentState
    carrier: CarrierRow
    waybill_no: str
    order: CarrierOrder


def is_anything_due(db: Database) -> bool:
    """Tell whether any carrier is to be asked now."""
    with db.reading() as session:
        return bool(store.list_to_ask(session, system_now(), 1))


def ask_carriers(db: Database, ports: Ports) -> int:
    """Book and call off what is due; return how many carriers were asked."""
    with db.transaction() as tx:
        tasks = [_claim(row, tx) for row in store.list_to_ask(tx.session, system_now(), BATCH)]
    for task in tasks:
        _ask(task, db, ports)
    return len(tasks)


def poll_silent(db: Database, ports: Ports) -> int:
    """Ask carriers about what nobody has heard of for long; return how many stories were fetched."""
    with db.transaction() as tx:
        rows = store.list_silent(tx.session, tx.now, BATCH)
        tasks = [_task(row, tx) for row in rows]
        for row in rows:
            row.next_poll_at = tx.now + POLL_EVERY
            tx.session.add(row)
    return sum(_poll(task, db, ports) for task in tasks)


def _claim(row: ConsignmentRow, tx: Transaction) -> Task:
    row.tries += 1
    row.next_try_at = system_now() + timedelta(seconds=CLAIM_S)
    tx.session.add(row)
    return _task(row, tx)


def _task(row: ConsignmentRow, tx: Transaction) -> Task:
    shipment = shipment_store.get_shipment(tx.session, row.shipment_id)
    order = CarrierOrder(
        reference=row.id,
        recipient_name=shipment.recipient_name,
        phone=shipment.phone,
        address=shipment.address,
        point=place_of(shipment),
        weight_g=shipment.weight_g,
        volume_cm3=shipment.volume_cm3,
        labels=tuple(parcel.label for parcel in shipment_store.list_parcels(tx.session, shipment.id)),
        cod=Money(row.cod_due_minor, row.currency) if row.cod_due_minor else None,
    )
    carrier = store.get_carrier(tx.session, row.carrier)
    return Task(row.id, ConsignmentState(row.state), carrier, row.waybill_no or "", order)


def _ask(task: Task, db: Database, ports: Ports) -> None:
    try:
        port = ports(task.carrier)
        if task.state is ConsignmentState.BOOKING:
            waybill_no = port.book(task.order).waybill_no
        else:
            waybill_no = task.waybill_no
            if waybill_no:
                port.cancel(waybill_no)
    except (Failure, CarrierRefused) as fault:
        log.warning("%s of %s by %s: %s", task.state, task.consignment_id, task.carrier.code, fault)
        _record_trouble(task, fault, db)
        return
    with db.transaction() as tx:
        row = store.get_consignment(tx.session, task.consignment_id)
        if task.state is ConsignmentState.BOOKING:
            _record_booked(row, waybill_no, tx)
        elif CONSIGNMENT.can(ConsignmentState(row.state), ConsignmentStep.CANCEL):
            _move(row, ConsignmentStep.CANCEL, tx)


def _record_booked(row: ConsignmentRow, waybill_no: str, tx: Transaction) -> None:
    if row.waybill_no or not CONSIGNMENT.can(ConsignmentState(row.state), ConsignmentStep.CONFIRM):
        return  # another process was faster
    row.waybill_no, row.booked_at, row.trouble, row.tries = waybill_no, tx.now, "", 0
    row.next_try_at = system_now()  # for a booking that was called off on its way: cancelled next
    row.next_poll_at = tx.now + SILENT_FOR
    _move(row, ConsignmentStep.CONFIRM, tx)
    if row.state != ConsignmentState.BOOKED:
        return
    shipment = shipment_store.lock_shipment(tx.session, row.shipment_id)
    shipment.carrier, shipment.waybill_no = row.carrier, waybill_no
    tx.session.add(shipment)
    tx.announce(
        ConsignmentBooked(
            merchant_id=row.merchant_id,
            shipment_id=row.shipment_id,
            occurred_at=tx.now,
            carrier=row.carrier,
            waybill_no=waybill_no,
            expected_cost=expected_cost(row),
        )
    )


def _record_trouble(task: Task, fault: Failure | CarrierRefused, db: Database) -> None:
    with db.transaction() as tx:
        row = store.get_consignment(tx.session, task.consignment_id)
        row.trouble = fault.detail[:500]
        tx.session.add(row)
        if not CONSIGNMENT.can(ConsignmentState(row.state), ConsignmentStep.GIVE_UP):
            return
        if isinstance(fault, Failure) and fault.retry and row.tries < TRIES_MAX:
            row.next_try_at = system_now() + timedelta(seconds=retry_after_s(row.tries))
            return
        was_booking = row.state == ConsignmentState.BOOKING
        _move(row, ConsignmentStep.GIVE_UP, tx)
        if was_booking:
            _put_back(row, tx)


def retry_after_s(tries: int) -> float:
    """Return how long to wait after so many tries (1 or more), in seconds."""
    return min(RETRY_S_FIRST * 2.0 ** (tries - 1), RETRY_S_MAX)


def _put_back(row: ConsignmentRow, tx: Transaction) -> None:
    """Let the shipment be chosen and planned anew, and say why."""
    shipment = shipment_store.lock_shipment(tx.session, row.shipment_id)
    if SHIPMENT.can(ShipmentState(shipment.state), ShipmentStep.UNPLAN):
        shipments.record(shipment.id, ShipmentStep.UNPLAN, tx=tx)
    tx.announce(
        ConsignmentFailed(
            merchant_id=row.merchant_id,
            shipment_id=row.shipment_id,
            occurred_at=tx.now,
            carrier=row.carrier,
            reason=row.trouble,
        )
    )


def _poll(task: Task, db: Database, ports: Ports) -> int:
    try:
        events, findings = ports(task.carrier).track(task.waybill_no)
    except (Failure, CarrierRefused) as fault:
        log.warning("%s was asked about %s: %s", task.carrier.code, task.waybill_no, fault)
        return 0
    for finding in findings:
        log.warning("%s on %s: %s", task.carrier.code, task.waybill_no, finding.message)
    with db.transaction() as tx:
        row = store.get_consignment(tx.session, task.consignment_id)
        inbound.take_story(row, events, tx=tx)
    return 1


def _move(row: ConsignmentRow, step: ConsignmentStep, tx: Transaction) -> None:
    row.state = CONSIGNMENT.after(ConsignmentState(row.state), step)
    tx.session.add(row)
