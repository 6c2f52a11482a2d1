"""Rows of choosing: choices with all their offers, quotes, tariffs, what the fleets do and cost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class ChoiceRow(SQLModel, table=True):
    """One choice for a shipment; the newest counts, none is ever changed. ``mode`` empty: nothing was feasible.

    ``site_wish`` is the store the merchant asked for. ``made_by``: ``rules``, ``plan``, or who overrode them.
    """

    __tablename__ = "choices"

    id: str = Field(primary_key=True)
    shipment_id: str = Field(index=True, foreign_key="shipments.id")
    merchant_id: str = Field(index=True)
    mode: str
    site_id: str
    carrier: str
    site_wish: str
    price_minor: int
    currency: str
    promise_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    promise_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reasons: list[str] = Field(sa_type=JSON)
    offers: list[dict[str, Any]] = Field(sa_type=JSON)
    made_by: str
    made_at: datetime = Field(sa_type=UtcDateTime)


class QuoteRow(SQLModel, table=True):
    """What was offered at a checkout, exactly as answered."""

    __tablename__ = "quotes"

    id: str = Field(primary_key=True)
    merchant_id: str = Field(index=True)
    offers: list[dict[str, Any]] = Field(sa_type=JSON)
    made_at: datetime = Field(sa_type=UtcDateTime)
    valid_until: datetime = Field(sa_type=UtcDateTime, index=True)


class TariffRow(SQLModel, table=True):
    """What a merchant is charged, mode by mode, as written."""

    __tablename__ = "tariffs"

    merchant_id: str = Field(primary_key=True, foreign_key="merchants.id")
    cards: dict[str, Any] = Field(sa_type=JSON)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class FleetTermsRow(SQLModel, table=True):
    """What a depot's fleet does and costs, as written. ``depot_id`` empty: all."""

    __tablename__ = "fleet_terms"

    depot_id: str = Field(primary_key=True)
    terms: dict[str, Any] = Field(sa_type=JSON)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class LessonRow(SQLModel, table=True):
    """What one plan taught about the stops of one depot.

    ``observed``: stops with what the plan would have saved without them, and no place. ``seen``: where stops were, to
    about 100 m, and how many each stands for.
    """

    __tablename__ = "insertion_lessons"

    plan_id: str = Field(primary_key=True)
    depot_id: str = Field(primary_key=True)
    currency: str
    plan_on: date
    observed: list[dict[str, Any]] = Field(sa_type=JSON)
    seen: list[list[float]] = Field(sa_type=JSON)
    mean_cost: float
    learned_at: datetime = Field(sa_type=UtcDateTime, index=True)


class FiguresRow(SQLModel, table=True):
    """What all lessons of a depot (empty: of all depots) make of it; ``prices`` None: they are too few."""

    __tablename__ = "insertion_figures"

    depot_id: str = Field(primary_key=True)
    currency: str = Field(primary_key=True)
    prices: list[float] | None = Field(default=None, sa_type=JSON)
    starting: list[float] = Field(sa_type=JSON)
    low: float = 1.0
    high: float = 1.0
    plans_count: int = 0
    stops_count: int = 0
    mean_cost: float = 0.0
    error: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    seen: list[list[float]] = Field(sa_type=JSON)
    days: int = 0
    learned_at: datetime = Field(sa_type=UtcDateTime)
