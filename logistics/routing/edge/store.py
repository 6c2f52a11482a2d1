"""All queries of vehicles and plans."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select

from logistics.kit.errors import NotFound
from logistics.kit.geo import Point
from logistics.kit.natural import natural_key
from logistics.routing.edge.tables import PlanRow, PlanStepRow, VehicleRow
from logistics.routing.lifecycle import PlanState
from logistics.shipments.edge.tables import ShipmentRow
from logistics.shipments.lifecycle import ShipmentState
from logistics.shipments.model import Mode

# What is shown of a plan in a list. The rest is megabytes of a large one, and is read only where it is wanted.
HEAD = (
    "id", "name", "on", "depot_ids", "seconds", "travel", "levels", "quotas", "balance_cost_per_h", "state", "error",
    "version", "step", "locks", "progress", "created_at", "ended_at",
)  # fmt: skip
RESULTS_AT_ONCE = 1  # each may be megabytes, and of each a few points are kept


def get_vehicle(session: Session, vehicle_id: str) -> VehicleRow:
    """Return a vehicle, retired or not; refused if there is none of that id."""
    row = session.get(VehicleRow, vehicle_id)
    if row is None:
        raise NotFound("There is no such vehicle.")
    return row


def find_vehicle_by_name(session: Session, name: str) -> VehicleRow | None:
    """Return the vehicle in service of a name, if there is one; retired ones may have it as well."""
    in_service = col(VehicleRow.retired).is_(False)
    return session.exec(select(VehicleRow).where(VehicleRow.name == name, in_service)).first()


def list_vehicles(session: Session, depot_ids: Collection[str] = ()) -> Sequence[VehicleRow]:
    """Return the vehicles in service, by name; with ``depot_ids`` only theirs."""
    query = select(VehicleRow).where(col(VehicleRow.retired).is_(False))
    if depot_ids:
        query = query.where(col(VehicleRow.depot_id).in_(depot_ids))
    return sorted(session.exec(query), key=lambda row: natural_key(row.name))


def get_plan(session: Session, plan_id: str) -> PlanRow:
    """Return a plan; refused if there is none of that id."""
    row = session.get(PlanRow, plan_id)
    if row is None:
        raise NotFound("There is no such plan.")
    return row


def lock_plan(session: Session, plan_id: str) -> PlanRow:
    """Return a plan for changing: nobody else changes it until this transaction ends."""
    wanted = select(PlanRow).where(PlanRow.id == plan_id).with_for_update()
    row = session.exec(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound("There is no such plan.")
    return row


def get_wish(session: Session, plan_id: str) -> str:
    """Return what somebody wishes of a search; refused if there is no plan of that id."""
    wish = session.exec(select(PlanRow.wish).where(PlanRow.id == plan_id)).first()
    if wish is None:
        raise NotFound("There is no such plan.")
    return wish


def get_progress(session: Session, plan_id: str) -> tuple[PlanState, dict[str, Any]]:
    """Return how far a plan is; refused if there is none of that id."""
    found = session.exec(select(PlanRow.state, PlanRow.progress).where(PlanRow.id == plan_id)).first()
    if found is None:
        raise NotFound("There is no such plan.")
    state, progress = found
    return PlanState(state), dict(progress or {})


def list_heads(session: Session, on: date | None, *, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Return what lists show of plans, newest first, those after an id, at most ``limit``; ``on``: only that day's.

    Of what came out only the summary is read; the database takes it out of the rest.
    """
    columns = [getattr(PlanRow, name).label(name) for name in HEAD]
    query = select_columns(*columns, col(PlanRow.result)["summary"].label("summary"))
    query = query.order_by(col(PlanRow.id).desc()).limit(limit)
    if on:
        query = query.where(col(PlanRow.on) == on)
    if after:
        query = query.where(col(PlanRow.id) < after)
    return [dict(row) for row in session.connection().execute(query).mappings()]


def list_unfinished(session: Session) -> Sequence[str]:
    """Return the ids of plans that wait for a solver or have one, oldest first."""
    unfinished = col(PlanRow.state).in_((PlanState.QUEUED, PlanState.SOLVING))
    return session.exec(select(PlanRow.id).where(unfinished).order_by(col(PlanRow.id))).all()


def list_released(session: Session, since: datetime) -> Sequence[str]:
    """Return the ids of released plans that were found since then, oldest first."""
    released = select(PlanRow.id).where(PlanRow.state == PlanState.RELEASED, col(PlanRow.ended_at) >= since)
    return session.exec(released.order_by(col(PlanRow.on), col(PlanRow.id))).all()


def find_step(session: Session, plan_id: str, step: int) -> PlanStepRow | None:
    """Return a step of a plan, if it is kept."""
    return session.get(PlanStepRow, (plan_id, step))


def list_step_heads(session: Session, plan_id: str) -> list[dict[str, Any]]:
    """Return what is shown of the steps of a plan that are kept, the first one first; of each result the summary."""
    columns = [col(PlanStepRow.step), col(PlanStepRow.made_by), col(PlanStepRow.made_at)]
    query = select_columns(*columns, col(PlanStepRow.result)["summary"].label("summary"))
    wanted = query.where(col(PlanStepRow.plan_id) == plan_id).order_by(col(PlanStepRow.step))
    return [dict(row) for row in session.connection().execute(wanted).mappings()]


def forget_steps(session: Session, plan_id: str, steps: Collection[int]) -> None:
    """Keep these steps of a plan no longer."""
    session.exec(delete(PlanStepRow).where(col(PlanStepRow.plan_id) == plan_id, col(PlanStepRow.step).in_(steps)))


def step_numbers(session: Session, plan_id: str) -> Sequence[int]:
    """Return the numbers of the steps of a plan that are kept."""
    return session.exec(select(PlanStepRow.step).where(PlanStepRow.plan_id == plan_id)).all()


def list_stops(session: Session, vehicle: VehicleRow, since: datetime) -> list[Point]:
    """Return where a vehicle was sent by the plans that were released and found since then, the newest last."""
    released = select(PlanRow.result).where(PlanRow.state == PlanState.RELEASED, col(PlanRow.ended_at) >= since)
    ordered = released.order_by(col(PlanRow.on), col(PlanRow.id))
    results = session.exec(ordered.execution_options(yield_per=RESULTS_AT_ONCE))
    return [
        Point(**stop["point"])
        for result in results
        for route in (result or {}).get("routes", ())
        if route["vehicle_id"] == vehicle.id
        for stop in route["stops"]
    ]


def list_left_to_carriers(session: Session, on: date, *, but_plan: str = "") -> set[str]:
    """Return the shipments that released plans of a day left to carriers, without those of one plan."""
    released = (col(PlanRow.state) == PlanState.RELEASED, col(PlanRow.on) == on, col(PlanRow.id) != but_plan)
    results = session.connection().execute(select_columns(col(PlanRow.result)["to_carrier"]).where(*released)).scalars()
    return {one["shipment_id"] for left in results for one in left or ()}


def list_quotas(session: Session, on: date) -> Sequence[dict[str, int]]:
    """Return the quotas of carriers that were asked for by released plans of a day, oldest first."""
    released = (col(PlanRow.state) == PlanState.RELEASED, col(PlanRow.on) == on)
    return [dict(one) for one in session.exec(select(PlanRow.quotas).where(*released).order_by(col(PlanRow.id)))]


def count_with_carriers(session: Session, shipment_ids: Collection[str]) -> dict[str, int]:
    """Count which of these shipments carriers have, and are not called off, by the carrier's code."""
    taken = select_columns(col(ShipmentRow.carrier), func.count()).where(
        col(ShipmentRow.id).in_(shipment_ids),
        col(ShipmentRow.mode) == Mode.CARRIER,
        col(ShipmentRow.state) != ShipmentState.CANCELLED,
    )
    counted = session.connection().execute(taken.group_by(col(ShipmentRow.carrier)))
    return {str(carrier): int(count) for carrier, count in counted}
