"""Rows of merchants and their contracts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class MerchantRow(SQLModel, table=True):
    """A merchant; ``contract`` holds its terms as written, exact numbers as decimal text."""

    __tablename__ = "merchants"

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    locale: str = "zh-CN"
    time_zone: str = "Asia/Shanghai"
    contract: dict[str, Any] = Field(sa_type=JSON)
    version: int = 1
    created_at: datetime = Field(sa_type=UtcDateTime)
