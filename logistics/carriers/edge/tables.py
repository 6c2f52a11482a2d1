"""Rows of carriers, consignments, and what carriers told us."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class CarrierRow(SQLModel, table=True):
    """A carrier we may give parcels to. ``secret`` is ours there, and signs its pushes; it never leaves the house.

    ``adapter`` names the client that books (see ``ports``; empty: booked by hand elsewhere), ``push_dialect`` how it
    speaks to us. ``cutoff`` is local time: what is booked later is collected the next day.
    """

    __tablename__ = "carriers"

    code: str = Field(primary_key=True)
    name: str
    base_url: str = ""
    adapter: str
    push_dialect: str
    secret: str
    callback_hash: str
    rate_card: dict[str, Any] = Field(sa_type=JSON)
    collects_cod: bool
    cutoff: str
    time_zone: str
    is_active: bool = True
    created_at: datetime = Field(sa_type=UtcDateTime)


class ConsignmentRow(SQLModel, table=True):
    """What one carrier gets from us under one waybill; its id is the reference the carrier knows it by.

    The row is its own job: ``next_try_at`` (machine time) says when the carrier is to be asked again while it is
    booking or cancelling. ``last_*`` is the newest thing the carrier said that still holds.
    """

    __tablename__ = "consignments"
    __table_args__ = (
        UniqueConstraint("carrier", "waybill_no"),
        Index("ix_consignments_due", "state", "next_try_at"),
        Index("ix_consignments_silent", "state", "next_poll_at"),
    )

    id: str = Field(primary_key=True)
    shipment_id: str = Field(index=True, foreign_key="shipments.id")
    merchant_id: str = Field(index=True)
    carrier: str = Field(index=True, foreign_key="carriers.code")
    waybill_no: str | None = None
    state: str
    tries: int = 0
    next_try_at: datetime = Field(sa_type=UtcDateTime)
    next_poll_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    trouble: str = ""  # what the carrier, or the way to it, last said against it
    currency: str
    expected_cost_minor: int
    cod_due_minor: int
    cod_collected_minor: int = 0
    cod_remitted_minor: int = 0
    last_status: str = ""
    last_event_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_sequence: int = -1
    created_at: datetime = Field(sa_type=UtcDateTime)
    booked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CarrierPushRow(SQLModel, table=True):
    """One push as it came, kept before anybody read it; ``state``: kept, read, waiting (for its waybill), refused."""

    __tablename__ = "carrier_pushes"
    __table_args__ = (Index("ix_carrier_pushes_unread", "state", "received_at"),)

    id: str = Field(primary_key=True)
    carrier: str = Field(index=True)
    received_at: datetime = Field(sa_type=UtcDateTime)
    headers: dict[str, str] = Field(sa_type=JSON)
    body: bytes
    state: str
    findings: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)


class CarrierEventRow(SQLModel, table=True):
    """One thing a carrier said, once, however often it came; never deleted, at most superseded.

    ``sayings`` counts how often it was said anew: 1, and one more each time after it had been taken back.
    """

    __tablename__ = "carrier_events"

    key: str = Field(primary_key=True)
    carrier: str
    consignment_id: str = Field(index=True, foreign_key="consignments.id")
    source: str
    waybill_no: str
    code: str
    text: str
    place: str
    occurred_at: datetime = Field(sa_type=UtcDateTime)
    sequence: int
    status: str
    reason: str
    received_at: datetime = Field(sa_type=UtcDateTime)
    superseded: bool = False
    sayings: int = 1


class UnmappedCodeRow(SQLModel, table=True):
    """A code that is in no table: how often it came, and where to look at it."""

    __tablename__ = "carrier_unmapped_codes"

    source: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    text: str  # of the newest one
    waybill_no: str  # likewise
    seen_count: int
    first_seen_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
