"""All queries of vehicles and plans."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from logistics.kit.errors import NotFound
from logistics.kit.geo import Point
from logistics.kit.natural import natural_key
from logistics.routing.edge.tables import PlanRow, PlanStepRow, VehicleRow
from logistics.routing.lifecycle import PlanState


def get_vehicle(session: Session, vehicle_id: str) -> VehicleRow:
    """Return a vehicle, retired or not; refused if there is none of that id."""
    row = session.get(VehicleRow, vehicle_id)
    if row is None:
        raise NotFound("There is no such vehicle.")
    return row


def find_vehicle_by_name(session: Session, name: str) -> VehicleRow | None:
    """Return the vehicle of a name, if there is one."""
    return session.exec(select(VehicleRow).where(VehicleRow.name == name)).first()


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


def list_plans(session: Session, on: date | None, *, after: str | None, limit: int) -> Sequence[PlanRow]:
    """Return plans newest first, those that come after an id, at most ``limit``; with ``on`` only that day's."""
    query = select(PlanRow).order_by(col(PlanRow.id).desc()).limit(limit)
    if on:
        query = query.where(PlanRow.on == on)
    if after:
        query = query.where(col(PlanRow.id) < after)
    return session.exec(query).all()


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


def list_steps(session: Session, plan_id: str) -> Sequence[PlanStepRow]:
    """Return the steps of a plan that are kept, the first one first."""
    wanted = select(PlanStepRow).where(PlanStepRow.plan_id == plan_id)
    return session.exec(wanted.order_by(col(PlanStepRow.step))).all()


def step_numbers(session: Session, plan_id: str) -> Sequence[int]:
    """Return the numbers of the steps of a plan that are kept."""
    return session.exec(select(PlanStepRow.step).where(PlanStepRow.plan_id == plan_id)).all()


def list_stops(session: Session, vehicle: VehicleRow, since: datetime) -> list[Point]:
    """Return where a vehicle was sent by the plans that were released and found since then, the newest last."""
    released = select(PlanRow.result).where(PlanRow.state == PlanState.RELEASED, col(PlanRow.ended_at) >= since)
    results = session.exec(released.order_by(col(PlanRow.on), col(PlanRow.id))).all()
    return [
        Point(**stop["point"])
        for result in results
        for route in (result or {}).get("routes", ())
        if route["vehicle_id"] == vehicle.id
        for stop in route["stops"]
    ]
