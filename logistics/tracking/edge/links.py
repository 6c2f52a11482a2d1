"""Opening a public page: by the link's token, or by the number and perhaps four digits of the phone."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from logistics.kit.errors import Gone, NotFound
from logistics.shipments.edge import handlers as shipment_handlers
from logistics.shipments.edge import store as shipments
from logistics.shipments.edge.tables import ShipmentRow
from logistics.tracking.edge import store
from logistics.tracking.privacy import Disclosure, digits_fit, has_ended

TOKEN_CHARS_MAX = 100  # a longer one was never ours: not worth hashing


def open_link(session: Session, token: str, *, now: datetime) -> ShipmentRow:
    """Return the shipment a link shows; refused if there is no such link (404) or it has ended (410)."""
    row = None
    if len(token) <= TOKEN_CHARS_MAX:
        row = shipments.find_by_link(session, shipment_handlers.hash_link(token))
    if row is None:
        raise NotFound("This link shows nothing: it is mistyped, or was taken back.")
    _still_open(session, row, now)
    return row


def look_up(session: Session, tracking_no: str, phone_last4: str, *, now: datetime) -> tuple[ShipmentRow, Disclosure]:
    """Return the shipment of a number and how much of it may be shown.

    Wrong digits are refused like an unknown number: the answer does not say which of the two it was.
    """
    row = shipments.find_by_tracking_no(session, tracking_no.strip().upper())
    if row is None or (phone_last4 and not digits_fit(row.phone, phone_last4)):
        raise NotFound("There is no parcel with this number, or the digits do not belong to it.")
    _still_open(session, row, now)
    return row, Disclosure.MASKED if phone_last4 else Disclosure.MILESTONES


def _still_open(session: Session, row: ShipmentRow, now: datetime) -> None:
    state = store.find_state(session, row.id)
    if has_ended(state.ended_at if state else None, now=now):
        raise Gone("This story ended more than 30 days ago and is told no more.")
