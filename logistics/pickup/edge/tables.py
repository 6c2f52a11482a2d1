"""Rows of stays, arrivals and tills."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class StayRow(SQLModel, table=True):
    """One shipment at one service point. ``code`` is readable while ready, see `pickup.codes`, and empty otherwise."""

    __tablename__ = "pickup_stays"
    __table_args__ = (
        Index("ix_pickup_stays_shelf", "site_id", "state"),
        Index("ix_pickup_stays_due", "state", "keep_until"),
    )

    id: str = Field(primary_key=True)
    shipment_id: str = Field(index=True, foreign_key="shipments.id")
    merchant_id: str = Field(index=True)
    site_id: str = Field(foreign_key="sites.id")
    parcels_count: int
    state: str
    code: str = ""
    ready_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    keep_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    to_whom: str = ""
    reason: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ArrivalRow(SQLModel, table=True):
    """One parcel of a stay at the service point: when it came, where it lies, when it left uncollected."""

    __tablename__ = "pickup_arrivals"

    stay_id: str = Field(primary_key=True, foreign_key="pickup_stays.id")
    parcel_id: str = Field(primary_key=True, foreign_key="parcels.id")
    shelf: str = ""
    arrived_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TillReceiptRow(SQLModel, table=True):
    """Money taken at a counter; ``hand_in_id`` is empty while the till still holds it (cash only)."""

    __tablename__ = "pickup_till_receipts"
    __table_args__ = (Index("ix_pickup_till_receipts_held", "site_id", "hand_in_id"),)

    id: str = Field(primary_key=True)
    site_id: str = Field(foreign_key="sites.id")
    shipment_id: str = Field(index=True, foreign_key="shipments.id")
    amount_minor: int
    currency: str
    means: str
    taken_at: datetime = Field(sa_type=UtcDateTime)
    hand_in_id: str = ""


class TillHandInRow(SQLModel, table=True):
    """A till's cash handed in: counted and expected may differ, and both are kept."""

    __tablename__ = "pickup_till_hand_ins"

    id: str = Field(primary_key=True)
    site_id: str = Field(index=True, foreign_key="sites.id")
    depot_id: str = Field(foreign_key="sites.id")
    amount_minor: int
    expected_minor: int
    currency: str
    at: datetime = Field(sa_type=UtcDateTime)
