"""All queries of shipments, parcels, consents and links."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from logistics.kit.errors import NotFound
from logistics.kit.windows import Window
from logistics.shipments.edge.brief import AnyShipment
from logistics.shipments.edge.tables import ConsentRow, LinkRow, ParcelRow, ShipmentRow
from logistics.shipments.lifecycle import ShipmentState
from logistics.shipments.model import ConsentKind

HELD = "shipments held"  # in a session: which are locked, and in which transaction


@dataclass(frozen=True, slots=True)
class Filter:
    """Which shipments a list shows; empty fields do not narrow it. ``merchant_id`` empty: all (staff only)."""

    merchant_id: str = ""
    status: str = ""
    state: str = ""
    mode: str = ""
    on: date | None = None
    text: str = ""


def get_shipment(session: Session, shipment_id: str, *, merchant_id: str = "") -> ShipmentRow:
    """Return a shipment; refused if there is none of that id, or another merchant's."""
    row = session.get(ShipmentRow, shipment_id)
    if row is None or (merchant_id and row.merchant_id != merchant_id):
        raise NotFound("There is no such shipment.")
    return row


def lock_shipment(session: Session, shipment_id: str) -> ShipmentRow:
    """Return a shipment for changing: nobody else changes it until this transaction ends.

    Rows that only refer to it may be written meanwhile (``key_share``): else two who wrote one would block each other.
    What this transaction has locked already nobody else has changed since: it is not read again.
    """
    held = _held(session)
    return held[shipment_id] if shipment_id in held else lock_shipments(session, [shipment_id])[shipment_id]


def lock_shipments(session: Session, shipment_ids: Collection[str]) -> dict[str, ShipmentRow]:
    """Return shipments for changing, by id; as `lock_shipment`, all at once. Refused if there is none of an id."""
    wanted = select(ShipmentRow).where(col(ShipmentRow.id).in_(shipment_ids)).order_by(col(ShipmentRow.id))
    locking = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = {row.id: row for row in session.exec(locking)}
    if len(found) < len(set(shipment_ids)):
        raise NotFound("There is no such shipment.")
    _held(session).update(found)
    return found


def _held(session: Session) -> dict[str, ShipmentRow]:
    """Return what is locked; with the end of a transaction, or of a part that can be rolled back, it is forgotten."""
    now = session.get_nested_transaction() or session.get_transaction()
    held: dict[str, ShipmentRow]
    since, held = session.info.get(HELD, (None, {}))
    if now is None or since is not now:
        held = {}
        session.info[HELD] = (now, held)
    return held


def windows_of(row: AnyShipment) -> list[Window]:
    """Return the windows that suit the recipient, the one wished for first; none: any time will do."""
    if row.window_start is None or row.window_end is None:
        return []
    others = [{name: datetime.fromisoformat(at) for name, at in one.items()} for one in row.other_windows]
    return [Window(row.window_start, row.window_end), *(Window(**one) for one in others)]


def find_window(row: AnyShipment, at: datetime) -> Window | None:
    """Return the window a moment lies in, or else the one wished for, if there is one."""
    windows = windows_of(row)
    return next((one for one in windows if one.contains(at)), windows[0] if windows else None)


def find_by_order_ref(session: Session, merchant_id: str, order_ref: str) -> ShipmentRow | None:
    """Return the shipment of a merchant's order number, if we have it."""
    wanted = select(ShipmentRow).where(ShipmentRow.merchant_id == merchant_id, ShipmentRow.order_ref == order_ref)
    return session.exec(wanted).first()


def find_by_tracking_no(session: Session, tracking_no: str) -> ShipmentRow | None:
    """Return the shipment of a public number, if there is one."""
    return session.exec(select(ShipmentRow).where(ShipmentRow.tracking_no == tracking_no)).first()


def find_by_waybill(session: Session, carrier: str, waybill_no: str) -> ShipmentRow | None:
    """Return the shipment a carrier has under a waybill, if there is one."""
    wanted = select(ShipmentRow).where(ShipmentRow.carrier == carrier, ShipmentRow.waybill_no == waybill_no)
    return session.exec(wanted).first()


def find_by_link(session: Session, token_hash: str) -> ShipmentRow | None:
    """Return the shipment a public link shows, if the link holds."""
    link = session.get(LinkRow, token_hash)
    return session.get(ShipmentRow, link.shipment_id) if link and link.revoked_at is None else None


def list_shipments(session: Session, wanted: Filter, *, after: str | None, limit: int) -> Sequence[ShipmentRow]:
    """Return shipments newest first, those that come after an id, at most ``limit``."""
    query = select(ShipmentRow).order_by(col(ShipmentRow.id).desc()).limit(limit)
    for column, value in (
        (ShipmentRow.merchant_id, wanted.merchant_id),
        (ShipmentRow.status, wanted.status),
        (ShipmentRow.state, wanted.state),
        (ShipmentRow.mode, wanted.mode),
        (ShipmentRow.deliver_on, wanted.on),
    ):
        if value:
            query = query.where(col(column) == value)
    if wanted.text:
        found = f"%{_literal(wanted.text)}%"
        columns = (ShipmentRow.order_ref, ShipmentRow.tracking_no, ShipmentRow.recipient_name, ShipmentRow.address)
        query = query.where(or_(*(col(column).ilike(found, escape="\\") for column in columns)))
    if after:
        query = query.where(col(ShipmentRow.id) < after)
    return session.exec(query).all()


def list_by_ids(session: Session, shipment_ids: Collection[str]) -> Sequence[ShipmentRow]:
    """Return the shipments of these ids, in no particular order."""
    return session.exec(select(ShipmentRow).where(col(ShipmentRow.id).in_(shipment_ids))).all()


def list_pool(session: Session, on: date, depot_ids: Collection[str] = ()) -> Sequence[ShipmentRow]:
    """Return what waits to be planned for a day: accepted or chosen, due then or overdue.

    With ``depot_ids`` only what leaves from these depots, or from none in particular.
    """
    waiting = (ShipmentState.ACCEPTED, ShipmentState.CHOSEN)
    query = select(ShipmentRow).where(col(ShipmentRow.state).in_(waiting), col(ShipmentRow.deliver_on) <= on)
    if depot_ids:
        query = query.where(col(ShipmentRow.depot_id).in_([*depot_ids, ""]))
    return session.exec(query.order_by(col(ShipmentRow.id))).all()


def list_parcels(session: Session, shipment_id: str) -> Sequence[ParcelRow]:
    """Return a shipment's parcels in their order."""
    return session.exec(select(ParcelRow).where(ParcelRow.shipment_id == shipment_id).order_by(col(ParcelRow.no))).all()


def list_parcels_of(session: Session, shipment_ids: Collection[str]) -> dict[str, list[ParcelRow]]:
    """Return the parcels of several shipments, by shipment."""
    found: dict[str, list[ParcelRow]] = {shipment_id: [] for shipment_id in shipment_ids}
    rows = select(ParcelRow).where(col(ParcelRow.shipment_id).in_(shipment_ids)).order_by(col(ParcelRow.no))
    for row in session.exec(rows):
        found[row.shipment_id].append(row)
    return found


def find_parcel_by_label(session: Session, label: str) -> ParcelRow | None:
    """Return the parcel of a label, if it is one of ours."""
    return session.exec(select(ParcelRow).where(ParcelRow.label == label)).first()


def get_parcels(session: Session, parcel_ids: Collection[str]) -> list[ParcelRow]:
    """Return parcels by id, locked for changing; refused if one is missing."""
    wanted = select(ParcelRow).where(col(ParcelRow.id).in_(parcel_ids)).with_for_update()
    rows = {row.id: row for row in session.exec(wanted)}
    if len(rows) < len(set(parcel_ids)):
        raise NotFound("One of these parcels does not exist.")
    return [rows[parcel_id] for parcel_id in parcel_ids]


def has_consent(session: Session, shipment_id: str, kind: ConsentKind) -> bool:
    """Tell whether the recipient's newest word on this kind is yes."""
    newest = select(ConsentRow).where(ConsentRow.shipment_id == shipment_id, ConsentRow.kind == kind)
    row = session.exec(newest.order_by(col(ConsentRow.id).desc()).limit(1)).first()
    return bool(row and row.granted)


def list_consents(session: Session, shipment_id: str) -> Sequence[ConsentRow]:
    """Return all permissions given and withdrawn, oldest first."""
    rows = select(ConsentRow).where(ConsentRow.shipment_id == shipment_id).order_by(col(ConsentRow.id))
    return session.exec(rows).all()


def count_by(session: Session, what: str, *, merchant_id: str = "") -> dict[str, int]:
    """Count shipments by ``state``, ``status`` or ``mode``; ``merchant_id`` empty: all (staff only)."""
    column = {"state": ShipmentRow.state, "status": ShipmentRow.status, "mode": ShipmentRow.mode}[what]
    query = select(column, func.count()).group_by(column)
    if merchant_id:
        query = query.where(ShipmentRow.merchant_id == merchant_id)
    return dict(session.exec(query).all())


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
