"""Rows of runs, their stops and visits, attempts, proofs, cash and scans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class RunRow(SQLModel, table=True):
    """One trip of a vehicle's released route. Its driver takes money in one currency.

    ``not_before_at``: before when its vehicle cannot leave, as was told of a delay; it binds until the run has left.
    """

    __tablename__ = "runs"
    __table_args__ = (
        UniqueConstraint("plan_id", "vehicle_id", "planned_start_at"),
        Index("ix_runs_of_vehicle", "vehicle_id", "state"),
    )

    id: str = Field(primary_key=True)
    plan_id: str = Field(index=True)
    vehicle_id: str
    vehicle_name: str
    driver_name: str
    depot_id: str = Field(foreign_key="sites.id")
    on: date = Field(index=True)
    state: str
    currency: str
    planned_start_at: datetime = Field(sa_type=UtcDateTime)
    planned_end_at: datetime = Field(sa_type=UtcDateTime)
    not_before_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    departed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class RunStopRow(SQLModel, table=True):
    """One halt: planned, expected and actual side by side; ``told_`` is what the recipients heard last."""

    __tablename__ = "run_stops"

    run_id: str = Field(primary_key=True, foreign_key="runs.id")
    no: int = Field(primary_key=True)
    kind: str
    state: str
    lat: float
    lon: float
    address: str
    site_id: str = ""
    travel_s: int
    service_s: int
    planned_start_at: datetime = Field(sa_type=UtcDateTime)
    planned_end_at: datetime = Field(sa_type=UtcDateTime)
    earliest_start_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    expected_start_at: datetime = Field(sa_type=UtcDateTime)
    stops_before: int
    actual_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_start_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_stops_before: int | None = None


class RunVisitRow(SQLModel, table=True):
    """One shipment at a stop of a run."""

    __tablename__ = "run_visits"
    __table_args__ = (ForeignKeyConstraint(["run_id", "stop_no"], ["run_stops.run_id", "run_stops.no"]),)

    run_id: str = Field(primary_key=True)
    shipment_id: str = Field(primary_key=True, index=True, foreign_key="shipments.id")
    stop_no: int
    merchant_id: str
    state: str


class AttemptRow(SQLModel, table=True):
    """What happened at a visit: one attempt each. ``at`` is when it happened, ``received_at`` when we heard."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("run_id", "shipment_id"),)

    id: str = Field(primary_key=True)
    run_id: str = Field(foreign_key="runs.id")
    shipment_id: str = Field(index=True, foreign_key="shipments.id")
    merchant_id: str
    outcome: str
    reason: str
    to_whom: str
    parcel_ids: list[str] = Field(sa_type=JSON)
    proof_kind: str
    driver_name: str
    at: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime = Field(sa_type=UtcDateTime)


class ProofRow(SQLModel, table=True):
    """A proof's picture or code, in the transaction of its attempt; at most ``proof.DATA_BYTES_MAX`` bytes."""

    __tablename__ = "proofs"

    attempt_id: str = Field(primary_key=True, foreign_key="attempts.id")
    media_type: str
    data: bytes = Field(sa_type=LargeBinary)


class CashReceiptRow(SQLModel, table=True):
    """Money taken at a door."""

    __tablename__ = "cash_receipts"

    id: str = Field(primary_key=True)
    run_id: str = Field(index=True, foreign_key="runs.id")
    shipment_id: str = Field(index=True, foreign_key="shipments.id")
    amount_minor: int
    currency: str
    means: str
    holder: str
    taken_at: datetime = Field(sa_type=UtcDateTime)


class HandInRow(SQLModel, table=True):
    """A run's cash handed in to its depot, once: counted and expected may differ, and both are kept."""

    __tablename__ = "cash_hand_ins"

    run_id: str = Field(primary_key=True, foreign_key="runs.id")
    amount_minor: int
    expected_minor: int
    currency: str
    at: datetime = Field(sa_type=UtcDateTime)


class ScanRow(SQLModel, table=True):
    """One parcel that changed hands by a scan: ``kind`` is receive, load, return or give_back."""

    __tablename__ = "scans"

    id: str = Field(primary_key=True)
    kind: str
    parcel_id: str = Field(index=True, foreign_key="parcels.id")
    run_id: str = ""
    site_id: str = ""
    by: str = ""
    at: datetime = Field(sa_type=UtcDateTime)


class ReplanRow(SQLModel, table=True):
    """A proposal to change a running day: what happened, what is shown of it, and what accepting it does."""

    __tablename__ = "replans"

    id: str = Field(primary_key=True)
    on: date = Field(sa_column=Column("replan_on", Date, nullable=False, index=True))
    state: str
    travel: str
    proposal: dict[str, Any] = Field(sa_type=JSON)
    decision: dict[str, Any] = Field(sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
