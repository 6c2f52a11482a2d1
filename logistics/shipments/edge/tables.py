"""Rows of shipments, parcels, consents and public links."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class ShipmentRow(SQLModel, table=True):
    """One promise. ``state`` is ours (see lifecycle); ``status`` the public word, told by tracking."""

    __tablename__ = "shipments"
    __table_args__ = (
        UniqueConstraint("merchant_id", "order_ref"),
        Index("ix_shipments_pool", "state", "deliver_on"),
    )

    id: str = Field(primary_key=True)
    merchant_id: str = Field(index=True, foreign_key="merchants.id")
    order_ref: str
    content_hash: str
    tracking_no: str = Field(unique=True)
    state: str
    status: str = "pending"
    status_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    mode: str = ""
    mode_wish: str = ""
    site_id: str = ""  # the service point, in mode pickup
    carrier: str = ""
    waybill_no: str = ""
    depot_id: str = ""
    recipient_name: str
    phone: str
    address: str
    lat: float | None = None
    lon: float | None = None
    locale: str
    currency: str
    cod_due_minor: int = 0
    value_minor: int = 0
    weight_g: int
    volume_cm3: int
    parcels_count: int
    deliver_on: date
    window_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    window_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    other_windows: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    promise_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    promise_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str = ""
    skills: list[str] = Field(default_factory=list, sa_type=JSON)
    priority: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ParcelRow(SQLModel, table=True):
    """One labelled piece; ``holder`` names who has it: ``site:...``, ``vehicle:...``, ``carrier:...``."""

    __tablename__ = "parcels"

    id: str = Field(primary_key=True)
    shipment_id: str = Field(index=True, foreign_key="shipments.id")
    merchant_id: str = Field(index=True)
    label: str = Field(unique=True)
    no: int
    state: str
    holder: str = ""
    weight_g: int
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    volume_cm3: int = 0
    description: str = ""


class ConsentRow(SQLModel, table=True):
    """A permission given or withdrawn; the newest of a kind counts, none is ever changed."""

    __tablename__ = "consents"

    id: str = Field(primary_key=True)
    shipment_id: str = Field(index=True, foreign_key="shipments.id")
    kind: str
    granted: bool
    channel: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class LinkRow(SQLModel, table=True):
    """A public tracking link; only the hash of its token is kept."""

    __tablename__ = "links"

    token_hash: str = Field(primary_key=True)
    shipment_id: str = Field(index=True, foreign_key="shipments.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
