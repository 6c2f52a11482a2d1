"""Rows of sites."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class SiteRow(SQLModel, table=True):
    """A depot, warehouse or store; ``hours`` as they travel: weekdays with local opening times."""

    __tablename__ = "sites"

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    kinds: list[str] = Field(sa_type=JSON)
    lat: float
    lon: float
    address: str
    time_zone: str
    hours: list[dict[str, Any]] = Field(sa_type=JSON)
    capacity_parcels_max: int
    keep_days: int
    created_at: datetime = Field(sa_type=UtcDateTime)
