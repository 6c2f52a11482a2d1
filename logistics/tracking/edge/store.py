"""All queries of the log, the state, the feed and positions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from logistics.kit.geo import Point
from logistics.shipments.edge import store as shipments
from logistics.tracking.edge.tables import (
    FeedHeadRow,
    FeedRow,
    PositionRow,
    TrackingEventRow,
    TrackingStateRow,
    VehiclePositionRow,
)
from logistics.tracking.model import Sighting, Status, TrackingEvent
from logistics.tracking.positions import Fix

HEAD = 1  # the id of the one row that holds the feed's last position


def lock_state(session: Session, shipment_id: str) -> TrackingStateRow:
    """Return a shipment's tracking state for changing; made if it is the first time.

    The lock is the shipment's own: whoever moves a shipment holds it already, so there is no second order of locks.
    """
    shipment = shipments.lock_shipment(session, shipment_id)
    wanted = select(TrackingStateRow).where(TrackingStateRow.shipment_id == shipment_id)
    session.flush()
    row = session.exec(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        row = TrackingStateRow(shipment_id=shipment.id, merchant_id=shipment.merchant_id, status=Status.PENDING)
        session.add(row)
        session.flush()
    return row


def find_state(session: Session, shipment_id: str) -> TrackingStateRow | None:
    """Return a shipment's tracking state, if anything was ever heard of it."""
    return session.get(TrackingStateRow, shipment_id)


def list_states(session: Session, shipment_ids: Collection[str]) -> Sequence[TrackingStateRow]:
    """Return the tracking states of these shipments, in no particular order."""
    return session.exec(select(TrackingStateRow).where(col(TrackingStateRow.shipment_id).in_(shipment_ids))).all()


def list_events(session: Session, shipment_id: str) -> list[TrackingEvent]:
    """Return all that was heard of a shipment, in the order of hearing."""
    wanted = select(TrackingEventRow).where(TrackingEventRow.shipment_id == shipment_id)
    return [event_of(row) for row in session.exec(wanted.order_by(col(TrackingEventRow.seq)))]


def find_event(session: Session, merchant_id: str, source: str, key: str) -> TrackingEventRow | None:
    """Return what a source said under a key, if it did."""
    wanted = select(TrackingEventRow).where(
        TrackingEventRow.merchant_id == merchant_id, TrackingEventRow.source == source, TrackingEventRow.key == key
    )
    return session.exec(wanted).first()


def list_feed(session: Session, merchant_id: str, *, after: int, limit: int) -> list[tuple[int, TrackingEventRow]]:
    """Return events in the order in which they became visible; ``merchant_id`` empty: of all (staff only)."""
    wanted = select(FeedRow.position, TrackingEventRow).join(
        TrackingEventRow, col(TrackingEventRow.id) == col(FeedRow.event_id)
    )
    wanted = wanted.where(col(FeedRow.position) > after)
    if merchant_id:
        wanted = wanted.where(FeedRow.merchant_id == merchant_id)
    return list(session.exec(wanted.order_by(col(FeedRow.position)).limit(limit)).all())


def find_head(session: Session) -> FeedHeadRow | None:
    """Return the feed's head, if anything ever stood in the feed or asked for its name."""
    return session.get(FeedHeadRow, HEAD)


def get_head(session: Session) -> FeedHeadRow:
    """Return the feed's head as it stands in the database now."""
    return session.exec(select(FeedHeadRow).where(FeedHeadRow.id == HEAD)).one()


def list_standing(session: Session, event_ids: Collection[str]) -> set[str]:
    """Return which of these events are in the log: not those of a savepoint that was rolled back."""
    return set(session.exec(select(TrackingEventRow.id).where(col(TrackingEventRow.id).in_(event_ids))))


def event_of(row: TrackingEventRow) -> TrackingEvent:
    """Return a row as the rules see it."""
    said = Sighting(
        source=row.source,
        key=row.key,
        kind=row.kind,
        occurred_at=row.occurred_at,
        status=row.status,
        reason=row.reason,
        place=row.place,
        source_seq=row.source_seq,
        params=row.params,
        corrects=row.corrects,
        supersedes=row.supersedes,
    )
    return TrackingEvent(id=row.id, shipment_id=row.shipment_id, seq=row.seq, received_at=row.received_at, said=said)


def find_live_position(session: Session, vehicle_id: str) -> VehiclePositionRow | None:
    """Return the newest believed fix of a vehicle, if there is one."""
    return session.get(VehiclePositionRow, vehicle_id) if vehicle_id else None


def list_live_positions(session: Session) -> Sequence[VehiclePositionRow]:
    """Return the newest believed fix of each vehicle."""
    return session.exec(select(VehiclePositionRow).order_by(col(VehiclePositionRow.vehicle_id))).all()


def list_live_positions_of(session: Session, vehicle_ids: Collection[str]) -> dict[str, VehiclePositionRow]:
    """Return the newest believed fix of these vehicles, by vehicle."""
    wanted = select(VehiclePositionRow).where(col(VehiclePositionRow.vehicle_id).in_(vehicle_ids))
    return {row.vehicle_id: row for row in session.exec(wanted)}


def list_positions(session: Session, vehicle_id: str, start: datetime, end: datetime) -> Sequence[PositionRow]:
    """Return all that a vehicle's devices reported from ``start`` until before ``end``, by their clocks."""
    wanted = select(PositionRow).where(
        PositionRow.vehicle_id == vehicle_id, col(PositionRow.fixed_at) >= start, col(PositionRow.fixed_at) < end
    )
    return session.exec(wanted.order_by(col(PositionRow.fixed_at))).all()


def fix_of(row: VehiclePositionRow) -> Fix:
    """Return a live position as the rules see it."""
    return Fix(row.fixed_at, Point(lat=row.lat, lon=row.lon), row.speed_mps, row.accuracy_m)
