"""All queries of carriers, consignments, pushes, events and unmapped codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from logistics.carriers.edge.schemas import RateCardWire
from logistics.carriers.edge.tables import (
    CarrierEventRow,
    CarrierPushRow,
    CarrierRow,
    ConsignmentRow,
    UnmappedCodeRow,
)
from logistics.carriers.lifecycle import ConsignmentState
from logistics.carriers.rate_card import RateCard
from logistics.kit.errors import NotFound

OPEN = tuple(ConsignmentState(state) for state in ("booking", "booked", "handed_over", "cancelling"))
ASKING = (ConsignmentState.BOOKING, ConsignmentState.CANCELLING)  # the carrier still has to answer
FOLLOWED = (ConsignmentState.BOOKED, ConsignmentState.HANDED_OVER)


def get_carrier(session: Session, code: str) -> CarrierRow:
    """Return a carrier; refused if there is none of that code."""
    row = session.get(CarrierRow, code)
    if row is None:
        raise NotFound("There is no such carrier.")
    return row


def list_carriers(session: Session) -> Sequence[CarrierRow]:
    """Return all carriers, by code."""
    return session.exec(select(CarrierRow).order_by(col(CarrierRow.code))).all()


def rate_card_of(row: CarrierRow) -> RateCard:
    """Return what a carrier charges."""
    return RateCardWire.model_validate(row.rate_card).to_card()


def get_consignment(session: Session, consignment_id: str) -> ConsignmentRow:
    """Return a consignment, locked for changing; refused if there is none of that id."""
    wanted = select(ConsignmentRow).where(ConsignmentRow.id == consignment_id).with_for_update()
    row = session.exec(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound("There is no such consignment.")
    return row


def find_open_consignment(session: Session, shipment_id: str) -> ConsignmentRow | None:
    """Return what a carrier has, or is to have, of a shipment right now."""
    wanted = select(ConsignmentRow).where(
        ConsignmentRow.shipment_id == shipment_id, col(ConsignmentRow.state).in_(OPEN)
    )
    return session.exec(wanted.order_by(col(ConsignmentRow.id).desc()).limit(1)).first()


def find_by_waybill(session: Session, carrier: str, waybill_no: str) -> ConsignmentRow | None:
    """Return a carrier's consignment by its waybill, locked for changing, if we know it."""
    wanted = select(ConsignmentRow).where(ConsignmentRow.carrier == carrier, ConsignmentRow.waybill_no == waybill_no)
    return session.exec(wanted.with_for_update()).first()


def list_consignments(
    session: Session, *, carrier: str = "", state: str = "", shipment_id: str = "", after: str | None, limit: int
) -> Sequence[ConsignmentRow]:
    """Return consignments newest first, those that come after an id, at most ``limit``; empty does not narrow."""
    query = select(ConsignmentRow).order_by(col(ConsignmentRow.id).desc()).limit(limit)
    for column, value in (
        (ConsignmentRow.carrier, carrier),
        (ConsignmentRow.state, state),
        (ConsignmentRow.shipment_id, shipment_id),
    ):
        if value:
            query = query.where(col(column) == value)
    if after:
        query = query.where(col(ConsignmentRow.id) < after)
    return session.exec(query).all()


def list_to_ask(session: Session, now: datetime, limit: int) -> Sequence[ConsignmentRow]:
    """Return consignments whose carrier is to be asked now (machine time), locked, skipping what others have."""
    due = select(ConsignmentRow).where(col(ConsignmentRow.state).in_(ASKING), col(ConsignmentRow.next_try_at) <= now)
    due = due.order_by(col(ConsignmentRow.next_try_at), col(ConsignmentRow.id)).limit(limit)
    return session.exec(due.with_for_update(skip_locked=True)).all()


def list_silent(session: Session, now: datetime, limit: int) -> Sequence[ConsignmentRow]:
    """Return consignments nobody has heard of for too long (business time), locked, skipping what others have."""
    due = select(ConsignmentRow).where(col(ConsignmentRow.state).in_(FOLLOWED), col(ConsignmentRow.next_poll_at) <= now)
    due = due.order_by(col(ConsignmentRow.next_poll_at), col(ConsignmentRow.id)).limit(limit)
    return session.exec(due.with_for_update(skip_locked=True)).all()


def list_unread_pushes(session: Session, since: datetime, limit: int) -> Sequence[str]:
    """Return the ids of pushes that were kept and not read to their end, oldest first, since a moment."""
    wanted = select(CarrierPushRow.id).where(
        col(CarrierPushRow.state).in_(("kept", "waiting")), col(CarrierPushRow.received_at) >= since
    )
    return session.exec(wanted.order_by(col(CarrierPushRow.id)).limit(limit)).all()


def list_events(session: Session, consignment_id: str) -> Sequence[CarrierEventRow]:
    """Return all a carrier said about a consignment, in the order of the story."""
    wanted = select(CarrierEventRow).where(CarrierEventRow.consignment_id == consignment_id)
    ordered = wanted.order_by(col(CarrierEventRow.occurred_at), col(CarrierEventRow.sequence))
    return session.exec(ordered).all()


def list_unmapped(session: Session) -> Sequence[UnmappedCodeRow]:
    """Return the codes that are in no table, the most frequent first."""
    return session.exec(select(UnmappedCodeRow).order_by(col(UnmappedCodeRow.seen_count).desc())).all()


def list_by_waybills(session: Session, carrier: str, waybill_nos: Collection[str]) -> dict[str, ConsignmentRow]:
    """Return a carrier's consignments by waybill, locked for changing."""
    wanted = select(ConsignmentRow).where(
        ConsignmentRow.carrier == carrier, col(ConsignmentRow.waybill_no).in_(waybill_nos)
    )
    return {row.waybill_no or "": row for row in session.exec(wanted.with_for_update())}
