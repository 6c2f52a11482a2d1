"""Rows of vehicles and plans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, Index, text
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime

FAILURE = "failure"  # in a plan's progress: code and facts of why its search came to nothing
IN_SERVICE = text("NOT retired")


class VehicleRow(SQLModel, table=True):
    """One of our vehicles with its driver; shift in local time of its depot, prices in minor units.

    ``name``: that of no other in service; once a vehicle is retired another may have its name.
    ``limits``: what else it may and may not, as far as it was said (`vehicle_wire.VehicleLimits`).
    """

    __tablename__ = "vehicles"
    __table_args__ = (
        Index("ix_vehicles_name_in_service", "name", unique=True, sqlite_where=IN_SERVICE, postgresql_where=IN_SERVICE),
    )

    id: str = Field(primary_key=True)
    name: str
    depot_id: str = Field(index=True, foreign_key="sites.id")
    driver_name: str
    capacity_g: int
    capacity_cm3: int
    capacity_parcels: int
    cash_minor_max: int
    shift_start: str
    shift_end: str
    currency: str
    fixed_cost_minor: int
    cost_per_km_minor: int
    cost_per_h_minor: int
    limits: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    retired: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class PlanRow(SQLModel, table=True):
    """One planning: what was asked, how it goes, what came out.

    ``drafts`` hold the decisions (vehicle, shipments with the option taken), ``result`` what is shown of them;
    ``wish`` is what somebody asked of a running search (stop, cancel). ``locks``: shipments bound to a vehicle by hand.
    ``levels``, ``quotas``, ``balance_cost_per_h``: what was asked of it as a whole (`plan_wishes.PlanWishes`).
    ``decided_before``: what of the day was decided when its search began (`decided.Decided`).
    ``step``: which of the kept steps (`PlanStepRow`) the plan shows; 0 is what the search found.
    """

    __tablename__ = "plans"
    __table_args__ = (Index("ix_plans_waiting", "state", "id"),)

    id: str = Field(primary_key=True)
    name: str = ""
    on: date = Field(sa_column=Column("plan_on", Date, nullable=False, index=True))
    depot_ids: list[str] = Field(sa_type=JSON)
    seconds: int
    travel: str
    levels: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    quotas: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    balance_cost_per_h: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    state: str
    wish: str = ""
    error: str = ""
    version: int = 1
    step: int = 0
    locks: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    progress: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    shipment_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    drafts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    result: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    decided_before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    planned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PlanStepRow(SQLModel, table=True):
    """What a plan was after one change by hand, so that it can be gone back to; only the last few are kept.

    ``made_by``: who changed it, by name; the search itself has none.
    """

    __tablename__ = "plan_steps"

    plan_id: str = Field(primary_key=True, foreign_key="plans.id")
    step: int = Field(primary_key=True)
    made_by: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    locks: dict[str, str] = Field(sa_type=JSON)
    drafts: list[dict[str, Any]] = Field(sa_type=JSON)
    result: dict[str, Any] = Field(sa_type=JSON)
