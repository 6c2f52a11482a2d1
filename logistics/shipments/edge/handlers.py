"""Taking on shipments and moving them on: load, decide, save, announce."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, FieldError, Refusal
from logistics.kit.money import Money
from logistics.kit.windows import zone
from logistics.merchants.edge import store as merchants
from logistics.merchants.edge.tables import MerchantRow
from logistics.shipments import model
from logistics.shipments.edge import store
from logistics.shipments.edge.tables import ConsentRow, LinkRow, ParcelRow, ShipmentRow
from logistics.shipments.events import ConsentRecorded, ShipmentAccepted, ShipmentCancelled
from logistics.shipments.intake import Row
from logistics.shipments.lifecycle import (
    PARCEL,
    SHIPMENT,
    ParcelState,
    ParcelStep,
    ShipmentState,
    ShipmentStep,
)
from logistics.sites.edge import store as sites

TRACKING_DIGITS = 12  # a million million numbers: nobody finds one by trying
ADDED_LATER = ("other_windows", "skills", "priority")  # unsaid, an order has the content it had before they existed
LINK_BYTES = 16  # 128 random bits


@dataclass(frozen=True, slots=True)
class Accepted:
    """A shipment we have: ``is_new`` tells whether this call made it, ``link`` is the public token, once."""

    row: ShipmentRow
    is_new: bool
    link: str = ""


def accept(draft: model.Draft, *, merchant_id: str, tx: Transaction) -> Accepted:
    """Take on a shipment; the same order again is no second one, another content under its number is refused."""
    merchant = merchants.get_merchant(tx.session, merchant_id)
    content_hash = _hash_of(draft)
    known = store.find_by_order_ref(tx.session, merchant_id, draft.order_ref)
    if known:
        return _same_again(known, content_hash)
    contract = merchants.get_contract(tx.session, merchant_id)
    today = _today(merchant, tx)
    model.check(draft, currency=contract.currency, today=today)
    for site_id in (draft.depot_id, draft.service_point_id):
        if site_id:
            sites.get_site(tx.session, site_id)
    row = _row(draft, merchant, contract.currency, content_hash, tx)
    row.deliver_on = draft.deliver_on or today
    tx.session.add(row)
    tx.session.flush()
    _add_parcels(draft, row, tx)
    for consent in draft.consents:
        _add_consent(row, consent, tx)
    link = new_link(row.id, tx=tx)
    tx.session.flush()
    tx.announce(
        ShipmentAccepted(
            merchant_id=row.merchant_id,
            shipment_id=row.id,
            occurred_at=tx.now,
            tracking_no=row.tracking_no,
            order_ref=row.order_ref,
            cod_due=draft.cod_due or None,
        )
    )
    return Accepted(row, is_new=True, link=link)


def accept_rows(
    rows: Sequence[Row], *, merchant_id: str, dry_run: bool, tx: Transaction
) -> list[tuple[Row, Accepted | Refusal]]:
    """Take on the rows of a file or batch, each by itself: one that is wrong does not hold up the others.

    A dry run says what would become of every row and keeps nothing.
    """
    outcomes = [(row, _accept_row(row, merchant_id, tx)) for row in rows]
    if dry_run:
        tx.session.rollback()
        tx.forget_after_commit()
    return outcomes


def _accept_row(row: Row, merchant_id: str, tx: Transaction) -> Accepted | Refusal:
    if row.errors or row.draft is None:
        return Refusal("The row cannot be read.", errors=tuple(_all_errors(row, merchant_id, tx)))
    try:
        with tx.session.begin_nested():
            return accept(row.draft, merchant_id=merchant_id, tx=tx)
    except Refusal as refusal:
        return refusal


def _all_errors(row: Row, merchant_id: str, tx: Transaction) -> list[FieldError]:
    """Join what could not be read with what is wrong in the rest, so that a row is mended in one go."""
    if row.draft is None:
        return row.errors
    contract = merchants.get_contract(tx.session, merchant_id)
    today = _today(merchants.get_merchant(tx.session, merchant_id), tx)
    named = {error.field for error in row.errors}
    found = model.errors_of(row.draft, currency=contract.currency, today=today)
    return row.errors + [error for error in found if row.columns.get(error.field, error.field) not in named]


def _today(merchant: MerchantRow, tx: Transaction) -> date:
    return tx.now.astimezone(zone(merchant.time_zone)).date()


def record(shipment_id: str, step: ShipmentStep, *, tx: Transaction, at: datetime | None = None) -> ShipmentRow:
    """Move a shipment on; refused (409) where the lifecycle has no such step."""
    row = store.lock_shipment(tx.session, shipment_id)
    row.state = SHIPMENT.after(ShipmentState(row.state), step)
    if SHIPMENT.is_over(ShipmentState(row.state)):
        row.ended_at = at or tx.now
    tx.session.add(row)
    return row


def cancel(shipment_id: str, reason: str, *, tx: Transaction) -> ShipmentRow:
    """Call a shipment off before it leaves; refused when it is underway."""
    row = record(shipment_id, ShipmentStep.CANCEL, tx=tx)
    tx.announce(ShipmentCancelled(merchant_id=row.merchant_id, shipment_id=row.id, occurred_at=tx.now, reason=reason))
    return row


def move_parcels(parcel_ids: Collection[str], step: ParcelStep, *, holder: str, tx: Transaction) -> Sequence[ParcelRow]:
    """Record that parcels changed hands; all of them, or refused (409)."""
    rows = store.get_parcels(tx.session, parcel_ids)
    for row in rows:
        row.state = PARCEL.after(ParcelState(row.state), step)
        row.holder = holder
        tx.session.add(row)
    return rows


def keep_at_depot(shipment_id: str, site_id: str, *, tx: Transaction) -> None:
    """Know at which depot a shipment lies: from there, and from nowhere else, it is planned from now on."""
    row = store.lock_shipment(tx.session, shipment_id)
    row.depot_id = site_id
    tx.session.add(row)


def record_consent(shipment_id: str, consent: model.Consent, *, tx: Transaction) -> ConsentRow:
    """Keep the recipient's word on store, locker or neighbour."""
    row = store.lock_shipment(tx.session, shipment_id)
    kept = _add_consent(row, consent, tx)
    tx.announce(
        ConsentRecorded(
            merchant_id=row.merchant_id,
            shipment_id=row.id,
            occurred_at=tx.now,
            kind=consent.kind,
            granted=consent.granted,
            channel=consent.channel,
        )
    )
    return kept


def new_link(shipment_id: str, *, tx: Transaction) -> str:
    """Make a public link to a shipment and return its token, known only now."""
    token = secrets.token_urlsafe(LINK_BYTES)
    tx.session.add(LinkRow(token_hash=hash_link(token), shipment_id=shipment_id, created_at=tx.now))
    return token


def hash_link(token: str) -> str:
    """Hash a link's token as it is kept (SHA-256, hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


def note_status(shipment_id: str, status: str, at: datetime, *, tx: Transaction) -> None:
    """Keep the public status beside the shipment, for lists; tracking tells it."""
    row = store.get_shipment(tx.session, shipment_id)
    row.status = status
    row.status_at = at
    tx.session.add(row)


def money(row: ShipmentRow, amount_minor: int) -> Money:
    """Return an amount in the shipment's currency."""
    return Money(amount_minor, row.currency)


def _same_again(known: ShipmentRow, content_hash: str) -> Accepted:
    if known.content_hash != content_hash:
        raise Conflict(
            f"The order {known.order_ref!r} is known with another content; cancel it or use a new order_ref.",
            code="order_ref_taken",
        )
    return Accepted(known, is_new=False)


def _hash_of(draft: model.Draft) -> str:
    content = msgspec.to_builtins(draft)
    for name in ADDED_LATER:
        if not content[name]:
            del content[name]
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def _row(draft: model.Draft, merchant: MerchantRow, currency: str, content_hash: str, tx: Transaction) -> ShipmentRow:
    point = draft.recipient.point
    window = draft.window
    return ShipmentRow(
        id=tx.new_id("shp"),
        merchant_id=merchant.id,
        order_ref=draft.order_ref,
        content_hash=content_hash,
        tracking_no=f"L{secrets.randbelow(10**TRACKING_DIGITS):0{TRACKING_DIGITS}d}",
        state=SHIPMENT.start,
        mode_wish=draft.mode or "",
        site_id=draft.service_point_id,
        depot_id=draft.depot_id,
        recipient_name=draft.recipient.name,
        phone=draft.recipient.phone,
        address=draft.recipient.address,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        locale=draft.recipient.locale or merchant.locale,
        currency=currency,
        cod_due_minor=draft.cod_due.amount_minor if draft.cod_due else 0,
        value_minor=draft.value.amount_minor if draft.value else 0,
        weight_g=draft.weight_g,
        volume_cm3=draft.volume_cm3,
        parcels_count=len(draft.parcels),
        deliver_on=draft.deliver_on or tx.now.date(),
        window_start=window.start if window else None,
        window_end=window.end if window else None,
        note=draft.note,
        other_windows=[{"start": one.start.isoformat(), "end": one.end.isoformat()} for one in draft.other_windows],
        skills=list(draft.skills),
        priority=draft.priority,
        created_at=tx.now,
    )


def _add_parcels(draft: model.Draft, row: ShipmentRow, tx: Transaction) -> None:
    for no, parcel in enumerate(draft.parcels, start=1):
        tx.session.add(
            ParcelRow(
                id=tx.new_id("prc"),
                shipment_id=row.id,
                merchant_id=row.merchant_id,
                label=f"{row.tracking_no}-{no}",
                no=no,
                state=PARCEL.start,
                holder=f"merchant:{row.merchant_id}",
                weight_g=parcel.weight_g,
                length_mm=parcel.length_mm,
                width_mm=parcel.width_mm,
                height_mm=parcel.height_mm,
                volume_cm3=parcel.space_cm3,
                description=parcel.description,
            )
        )


def _add_consent(row: ShipmentRow, consent: model.Consent, tx: Transaction) -> ConsentRow:
    kept = ConsentRow(
        id=tx.new_id("cns"),
        shipment_id=row.id,
        kind=consent.kind,
        granted=consent.granted,
        channel=consent.channel,
        recorded_at=tx.now,
    )
    tx.session.add(kept)
    return kept
