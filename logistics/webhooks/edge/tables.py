"""Rows of endpoints, messages, deliveries and attempts. What times tries is machine time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class EndpointRow(SQLModel, table=True):
    """Where a merchant wants to be told.

    ``secrets`` has the present secret first and, for a day after a rotation, the old one. They are kept readable:
    signing needs the secret itself, so a hash would not do; whoever reads this table can forge messages.
    ``failing_since``: nothing but failures since then; none after a success. ``types`` empty: all.
    """

    __tablename__ = "webhook_endpoints"

    id: str = Field(primary_key=True)
    merchant_id: str = Field(index=True, foreign_key="merchants.id")
    url: str
    types: list[str] = Field(sa_type=JSON)
    description: str = ""
    secrets: list[dict[str, Any]] = Field(sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    disabled_reason: str = ""
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MessageRow(SQLModel, table=True):
    """One message, exactly as it is sent; ``news_key`` says of which news, so that it is made once."""

    __tablename__ = "webhook_messages"

    id: str = Field(primary_key=True)
    merchant_id: str = Field(index=True)
    shipment_id: str = Field(default="", index=True)
    type: str
    body: str
    news_key: str = Field(unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime, index=True)


class DeliveryRow(SQLModel, table=True):
    """One message on its way to one endpoint. ``leased_until``: a sender is at it now."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index("ix_webhook_deliveries_due", "state", "endpoint_id", "next_at"),)

    message_id: str = Field(primary_key=True, foreign_key="webhook_messages.id")
    endpoint_id: str = Field(primary_key=True, foreign_key="webhook_endpoints.id")
    state: str
    tries_count: int = 0  # since it was made or last resent
    next_at: datetime = Field(sa_type=UtcDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AttemptRow(SQLModel, table=True):
    """One try: the answer's status, or 0 and why there was none."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (Index("ix_webhook_attempts_delivery", "message_id", "endpoint_id"),)

    id: str = Field(primary_key=True)
    message_id: str
    endpoint_id: str
    at: datetime = Field(sa_type=UtcDateTime)
    status: int
    took_ms: int
    error: str = ""
