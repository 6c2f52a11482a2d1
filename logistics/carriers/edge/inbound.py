"""What carriers tell us: kept as it came, then read, then told on.

A push is kept before it is read, so that nothing a carrier said is lost by our own faults. Its events are known by
key: doubled pushes change nothing. A list is the whole story: what a list at least as new no longer has is
superseded, never deleted. The carrier's word moves our commitment only where `consequences` lets it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from logistics.access.edge.secrets import hash_token
from logistics.carriers import consequences
from logistics.carriers.adapters.kuaidi100 import wire
from logistics.carriers.edge import cash, handlers, store
from logistics.carriers.edge.tables import CarrierEventRow, CarrierPushRow, CarrierRow, ConsignmentRow, UnmappedCodeRow
from logistics.carriers.events import CarrierReported
from logistics.carriers.lifecycle import CONSIGNMENT, ConsignmentState, ConsignmentStep
from logistics.carriers.model import CarrierEvent
from logistics.carriers.statuses import OVERLAYS, UNKNOWN
from logistics.kit.edge.db import Database, Transaction
from logistics.kit.errors import NotFound
from logistics.kit.findings import Finding
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.lifecycle import PARCEL, SHIPMENT, ParcelState, ParcelStep, ShipmentState, ShipmentStep

log = logging.getLogger(__name__)

BODY_BYTES_MAX = 1_000_000  # a story of thousands of entries fits; more is no story
SILENT_FOR = timedelta(hours=6)  # after each word, the carrier is left alone for so long
WAITS_FOR = timedelta(days=2)  # how long a push may wait for a waybill we do not know yet
BATCH = 50
HEADERS_KEPT = ("content-type", "user-agent", "x-forwarded-for", "x-request-id", "date")


def keep_push(code: str, secret: str, body: bytes, headers: Mapping[str, str], *, tx: Transaction) -> CarrierPushRow:
    """Keep a push as it came; refused (404) where the address's secret is wrong, kept as refused if not genuine."""
    carrier = tx.session.get(CarrierRow, code)
    if carrier is None or carrier.callback_hash != hash_token(secret):
        raise NotFound("There is no such address.")
    genuine = len(body) <= BODY_BYTES_MAX and wire.is_genuine(body, carrier.secret)
    row = CarrierPushRow(
        id=tx.new_id("psh"),
        carrier=code,
        received_at=tx.now,
        headers={name: headers[name][:500] for name in HEADERS_KEPT if name in headers},
        body=body[:BODY_BYTES_MAX],
        state="kept" if genuine else "refused",
    )
    tx.session.add(row)
    return row


def read_push(push_id: str, db: Database) -> None:
    """Read a push that was kept; once more changes nothing."""
    with db.transaction() as tx:
        push = tx.session.get(CarrierPushRow, push_id, with_for_update=True)
        if push is None or push.state not in {"kept", "waiting"}:
            return
        events, findings = wire.parse(push.body)
        row = store.find_by_waybill(tx.session, push.carrier, events[0].waybill_no) if events else None
        if events and row is None:
            # The carrier may be faster than our own booking: its waybill is waited for.
            findings.append(Finding("param.lastResult.nu", "unknown_waybill", f"{events[0].waybill_no} is not ours."))
        push.findings = [{"where": one.where, "code": one.code, "message": one.message} for one in findings]
        push.state = "waiting" if events and row is None else "read"
        tx.session.add(push)
        if row:
            take_story(row, events, replaces_all=wire.replaces_all(push.body), tx=tx)


def read_waiting(db: Database) -> int:
    """Read the pushes that were kept and not read, or waited for their waybill; return how many there were."""
    with db.reading() as session:
        waiting = store.list_unread_pushes(session, db.clock.now() - WAITS_FOR, BATCH)
    for push_id in waiting:
        try:
            read_push(push_id, db)
        except Exception:  # one push that cannot be read must not hold up the others
            log.exception("the push %s could not be read", push_id)
    return len(waiting)


def take_story(
    row: ConsignmentRow, events: Sequence[CarrierEvent], *, replaces_all: bool = False, tx: Transaction
) -> None:
    """Take a carrier's whole story of a consignment: keep what is new, mark what is gone, move what moves."""
    known = {one.key: one for one in store.list_events(tx.session, row.id)}
    told = {event.key: event for event in events}
    _supersede(row, known, told, replaces_all=replaces_all, tx=tx)
    for event in sorted(told.values(), key=lambda one: one.order):
        before = known.get(event.key)
        if before is None and _said_elsewhere(event, known.values()):
            continue
        if before is None or before.superseded:
            _keep(row, event, before, tx)
            _act(row, event, tx)
    row.next_poll_at = tx.now + SILENT_FOR
    tx.session.add(row)


def _supersede(
    row: ConsignmentRow,
    known: Mapping[str, CarrierEventRow],
    told: Mapping[str, CarrierEvent],
    *,
    replaces_all: bool,
    tx: Transaction,
) -> None:
    """Mark what a list that is at least as new no longer has; an older list that came late says nothing about it."""
    if not told:
        return
    source = next(iter(told.values())).source
    standing = [one for one in known.values() if one.source == source and not one.superseded]
    newest = max(event.occurred_at for event in told.values())
    if not replaces_all and any(one.occurred_at > newest for one in standing):
        return
    gone = [one for one in standing if one.key not in told]
    for one in gone:
        one.superseded = True
        tx.session.add(one)
        _announce(row, one, tx)
    if gone:
        _forget_newest(row, [one for one in known.values() if not one.superseded])


def _forget_newest(row: ConsignmentRow, standing: Sequence[CarrierEventRow]) -> None:
    """Go back to the newest word that still holds: one taken back must not make all others look late."""
    moving = [one for one in standing if _moves(one.status)]
    newest = max(moving, key=lambda one: (one.occurred_at, one.sequence), default=None)
    row.last_status = newest.status if newest else ""
    row.last_event_at = newest.occurred_at if newest else None
    row.last_sequence = newest.sequence if newest else -1


def _moves(status: str) -> bool:
    return status != UNKNOWN and status not in OVERLAYS


def _said_elsewhere(event: CarrierEvent, known: Iterable[CarrierEventRow]) -> bool:
    """Tell whether another source (a poll beside the pushes) told the same thing of the same moment."""
    return any(
        one.source != event.source and one.occurred_at == event.occurred_at and one.status == event.status
        for one in known
    )


def _keep(row: ConsignmentRow, event: CarrierEvent, before: CarrierEventRow | None, tx: Transaction) -> None:
    kept = before or CarrierEventRow(
        key=event.key,
        carrier=row.carrier,
        consignment_id=row.id,
        source=event.source,
        waybill_no=event.waybill_no,
        code=event.code,
        text=event.text,
        place=event.place,
        occurred_at=event.occurred_at,
        sequence=event.sequence,
        status=event.status,
        reason=event.reason,
        received_at=tx.now,
    )
    if before:
        kept.superseded = False
        kept.sayings += 1
    tx.session.add(kept)
    if not event.is_mapped and before is None:
        _count_unmapped(event, tx)
    _announce(row, kept, tx)


def _announce(row: ConsignmentRow, event: CarrierEventRow, tx: Transaction) -> None:
    tx.announce(
        CarrierReported(
            merchant_id=row.merchant_id,
            shipment_id=row.shipment_id,
            occurred_at=event.occurred_at,
            carrier=row.carrier,
            waybill_no=event.waybill_no,
            source=event.source,
            code=event.code,
            status=event.status,
            reason=event.reason,
            text=event.text,
            place=event.place,
            source_key=_said_key(event),
            sequence=event.sequence,
            superseded=event.superseded,
        )
    )


def _said_key(event: CarrierEventRow) -> str:
    """Name this saying: a word that was taken back and said again is told again."""
    return event.key if event.sayings == 1 else f"{event.key}/{event.sayings}"


def _count_unmapped(event: CarrierEvent, tx: Transaction) -> None:
    row = tx.session.get(UnmappedCodeRow, (event.source, event.code), with_for_update=True) or UnmappedCodeRow(
        source=event.source,
        code=event.code,
        text="",
        waybill_no="",
        seen_count=0,
        first_seen_at=tx.now,
        last_seen_at=tx.now,
    )
    row.seen_count += 1
    row.text, row.waybill_no, row.last_seen_at = event.text, event.waybill_no, tx.now
    tx.session.add(row)


def _act(row: ConsignmentRow, event: CarrierEvent, tx: Transaction) -> None:
    """Let the word move our commitment, unless a newer one already did; an ending counts whenever it comes."""
    if not _moves(event.status):
        return
    late = row.last_event_at is not None and event.order < (row.last_event_at, row.last_sequence)
    if not late:
        row.last_status, row.last_event_at, row.last_sequence = event.status, event.occurred_at, event.sequence
    if late and event.status not in consequences.ENDINGS:
        return
    shipment = shipment_store.lock_shipment(tx.session, row.shipment_id)
    if shipment.carrier != row.carrier or shipment.waybill_no != row.waybill_no:
        return  # it has gone another way since
    steps = consequences.steps_after(ShipmentState(shipment.state), event.status)
    for step in steps:
        shipments.record(shipment.id, step, tx=tx, at=event.occurred_at)
    if steps:
        _move_parcels(row, event.status, tx)
    elif event.status == "cancelled":
        _let_go(row, shipment.id, tx)
    if SHIPMENT.is_over(ShipmentState(shipment.state)):
        _close(row, tx)
    if shipment.state == ShipmentState.DELIVERED and event.status == "delivered":
        cash.collect(row, event.occurred_at, tx=tx)


def _move_parcels(row: ConsignmentRow, status: str, tx: Transaction) -> None:
    """Let the parcels follow: with the carrier if its word says so, then to where the story ended."""
    parcels = shipment_store.list_parcels(tx.session, row.shipment_id)
    if status != "lost":
        with_us = [one for one in parcels if PARCEL.can(ParcelState(one.state), ParcelStep.GIVE_CARRIER)]
        handlers.give_parcels(row.carrier, with_us, tx=tx)
    step = consequences.PARCEL_ENDINGS.get(status)
    if step:
        ending = [one.id for one in parcels if PARCEL.can(ParcelState(one.state), step)]
        shipments.move_parcels(ending, step, holder="", tx=tx)


def _let_go(row: ConsignmentRow, shipment_id: str, tx: Transaction) -> None:
    """Let the shipment be chosen and planned anew: the carrier called it off before it had the parcels."""
    if CONSIGNMENT.can(ConsignmentState(row.state), ConsignmentStep.CANCEL):
        row.state = CONSIGNMENT.after(ConsignmentState(row.state), ConsignmentStep.CANCEL)
        state = ShipmentState(shipment_store.get_shipment(tx.session, shipment_id).state)
        if SHIPMENT.can(state, ShipmentStep.UNPLAN):
            shipments.record(shipment_id, ShipmentStep.UNPLAN, tx=tx).waybill_no = ""


def _close(row: ConsignmentRow, tx: Transaction) -> None:
    if CONSIGNMENT.can(ConsignmentState(row.state), ConsignmentStep.CLOSE):
        row.state = CONSIGNMENT.after(ConsignmentState(row.state), ConsignmentStep.CLOSE)
        row.closed_at = tx.now
