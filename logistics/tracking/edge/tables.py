"""Rows of the event log, of the state folded from it, of the feed's cursor and of positions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class TrackingEventRow(SQLModel, table=True):
    """One saying of one source; written once, never changed, never deleted. ``seq`` is dense per shipment."""

    __tablename__ = "tracking_events"
    __table_args__ = (
        UniqueConstraint("merchant_id", "source", "key"),
        UniqueConstraint("shipment_id", "seq"),
    )

    id: str = Field(primary_key=True)
    merchant_id: str = Field(index=True)
    shipment_id: str = Field(foreign_key="shipments.id")
    seq: int
    source: str
    key: str
    body_hash: str
    kind: str
    status: str
    reason: str
    place: str
    source_seq: int
    params: dict[str, Any] = Field(sa_type=JSON)
    corrects: bool
    supersedes: str
    occurred_at: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime = Field(sa_type=UtcDateTime)


class TrackingStateRow(SQLModel, table=True):
    """What a shipment's events amount to, and what delivery expects of it; can be made anew from the log and news.

    Locked while events are added: ``last_seq`` counts them. ``eta_*`` is what delivery expected at ``eta_at``.
    """

    __tablename__ = "tracking_states"
    __table_args__ = (Index("ix_tracking_states_vehicle", "vehicle_id"),)

    shipment_id: str = Field(primary_key=True, foreign_key="shipments.id")
    merchant_id: str = Field(index=True)
    last_seq: int = 0
    status: str
    overlay: str = ""
    reason: str = ""
    milestone: int = 0
    is_paid: bool = False
    last_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    run_id: str = ""
    vehicle_id: str = ""
    stops_before: int | None = None
    eta_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    eta_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    eta_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class FeedHeadRow(SQLModel, table=True):
    """The one row under whose lock feed positions are handed out. ``epoch`` names this database's numbering."""

    __tablename__ = "tracking_feed_head"

    id: int = Field(primary_key=True)
    position: int
    epoch: str


class FeedRow(SQLModel, table=True):
    """Where an event stands in the feed: positions become visible in their order, so that a cursor misses nothing."""

    __tablename__ = "tracking_feed"
    __table_args__ = (Index("ix_tracking_feed_merchant", "merchant_id", "position"),)

    position: int = Field(primary_key=True)
    event_id: str = Field(unique=True, foreign_key="tracking_events.id")
    merchant_id: str


class PositionRow(SQLModel, table=True):
    """One fix of a vehicle as reported; ``rejected`` says why it is not believed, and is empty otherwise."""

    __tablename__ = "positions"

    vehicle_id: str = Field(primary_key=True)
    fixed_at: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    device_id: str = Field(primary_key=True)
    received_at: datetime = Field(sa_type=UtcDateTime)
    lat: float
    lon: float
    speed_mps: float | None = None
    accuracy_m: float | None = None
    battery: float | None = None
    rejected: str = ""


class VehiclePositionRow(SQLModel, table=True):
    """The newest believed fix of each vehicle; it only moves forward in time."""

    __tablename__ = "vehicle_positions"

    vehicle_id: str = Field(primary_key=True)
    fixed_at: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime = Field(sa_type=UtcDateTime)
    lat: float
    lon: float
    speed_mps: float | None = None
    accuracy_m: float | None = None
