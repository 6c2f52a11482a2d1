"""Rows the house keeps for itself: news to be worked, answers given once, leases, the demo's clock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class OutboxRow(SQLModel, table=True):
    """One piece of news, exactly as announced; written in the transaction that made it true."""

    __tablename__ = "outbox"

    id: str = Field(primary_key=True)
    kind: str
    merchant_id: str = Field(index=True)
    shipment_id: str = Field(index=True)
    body: str
    announced_at: datetime = Field(sa_type=UtcDateTime)


class OutboxDeliveryRow(SQLModel, table=True):
    """One listener's copy of one piece of news: gone when it has been worked."""

    __tablename__ = "outbox_delivery"
    __table_args__ = (Index("ix_outbox_delivery_due", "listener", "next_at", "news_id"),)

    listener: str = Field(primary_key=True)
    news_id: str = Field(primary_key=True)
    attempts: int = 0
    next_at: datetime = Field(sa_type=UtcDateTime)
    error: str = ""


class IdempotencyRow(SQLModel, table=True):
    """An answer given under an Idempotency-Key, kept 24 hours to be given again."""

    __tablename__ = "idempotency"

    scope: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    body_hash: str
    status: int
    answer: str
    created_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ClockRow(SQLModel, table=True):
    """The anchor of a simulated clock, so that it goes on after a restart. One row, ``id`` 1."""

    __tablename__ = "clock"

    id: int = Field(primary_key=True)
    real: datetime = Field(sa_type=UtcDateTime)
    simulated: datetime = Field(sa_type=UtcDateTime)
    speed: float


class LeaseRow(SQLModel, table=True):
    """Who may do a thing that only one process may do, and until when unless renewed (machine time)."""

    __tablename__ = "leases"

    name: str = Field(primary_key=True)
    holder: str
    expires_at: datetime = Field(sa_type=UtcDateTime)


class AuditRow(SQLModel, table=True):
    """Every change through the API has a name and a time."""

    __tablename__ = "audit"

    id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    principal_id: str = Field(index=True)
    role: str
    name: str
    action: str  # method and path as asked for
