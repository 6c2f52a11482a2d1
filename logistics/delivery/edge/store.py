"""All queries of delivery."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from logistics.carriers.edge.tables import CarrierRow
from logistics.delivery.edge.tables import (
    AttemptRow,
    CashReceiptRow,
    HandInRow,
    ProofRow,
    ReplanRow,
    RunRow,
    RunStopRow,
    RunVisitRow,
)
from logistics.delivery.lifecycle import CHANGEABLE_RUNS, NEVER_LEFT, OPEN_RUNS, ReplanState, RunState, VisitState
from logistics.delivery.progress import Expected
from logistics.kit.edge.records import read_records
from logistics.kit.errors import NotFound
from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.routing.edge.tables import PlanRow, VehicleRow
from logistics.shipments.cod import Means, Taken
from logistics.shipments.edge.tables import ParcelRow
from logistics.shipments.lifecycle import ParcelState


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """Where a shipment on a run stands: ``stops_before`` its own stop are still to come."""

    run: RunRow
    stop: RunStopRow
    visit: RunVisitRow

    @property
    def stops_before(self) -> int:
        """How many stops that are not done come before this one."""
        return self.stop.stops_before

    @property
    def expected(self) -> Window:
        """When the service is expected to start: earliest and latest."""
        return Expected(self.stop.no, self.stop.expected_start_at, self.stop.stops_before).window


class StopBrief(NamedTuple):
    """Some columns of `RunStopRow`, under the same names: where a stop is and how it stands."""

    run_id: str
    no: int
    kind: str
    state: str
    lat: float
    lon: float
    address: str
    site_id: str
    travel_s: int
    service_s: int
    planned_end_at: datetime
    expected_start_at: datetime
    actual_at: datetime | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which runs a list shows; empty fields do not narrow it."""

    on: date | None = None
    state: str = ""
    depot_id: str = ""
    vehicle_id: str = ""


def get_run(session: Session, run_id: str) -> RunRow:
    """Return a run; refused if there is none of that id."""
    row = session.get(RunRow, run_id)
    if row is None:
        raise NotFound("There is no such run.")
    return row


def lock_run(session: Session, run_id: str) -> RunRow:
    """Return a run for changing it or anything on it: nobody else does until this transaction ends."""
    wanted = select(RunRow).where(RunRow.id == run_id).with_for_update()
    row = session.exec(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound("There is no such run.")
    return row


def find_current_run(session: Session, vehicle_id: str) -> RunRow | None:
    """Return the run a vehicle is on, or else the one it does next."""
    mine = select(RunRow).where(RunRow.vehicle_id == vehicle_id, col(RunRow.state).in_(OPEN_RUNS))
    rows = session.exec(mine.order_by(col(RunRow.planned_start_at))).all()
    begun = [row for row in rows if row.state in {RunState.UNDERWAY, RunState.LOADING}]
    ahead = [row for row in rows if row.state == RunState.RELEASED]
    return next(iter([*begun, *ahead, *rows]), None)


def list_runs(session: Session, wanted: Filter, *, after: str | None, limit: int) -> Sequence[RunRow]:
    """Return runs newest first, those that come after an id, at most ``limit``."""
    query = select(RunRow).order_by(col(RunRow.id).desc()).limit(limit)
    for column, value in (
        (RunRow.on, wanted.on),
        (RunRow.state, wanted.state),
        (RunRow.depot_id, wanted.depot_id),
        (RunRow.vehicle_id, wanted.vehicle_id),
    ):
        if value:
            query = query.where(col(column) == value)
    if after:
        query = query.where(col(RunRow.id) < after)
    return session.exec(query).all()


def list_stops(session: Session, run_id: str) -> Sequence[RunStopRow]:
    """Return a run's stops in their order."""
    return session.exec(select(RunStopRow).where(RunStopRow.run_id == run_id).order_by(col(RunStopRow.no))).all()


def get_stop(session: Session, run_id: str, no: int) -> RunStopRow:
    """Return a stop of a run; refused if it has none of that number."""
    row = session.get(RunStopRow, (run_id, no))
    if row is None:
        raise NotFound("This run has no such stop.")
    return row


def list_visits(session: Session, run_id: str) -> Sequence[RunVisitRow]:
    """Return a run's visits, by stop."""
    query = select(RunVisitRow).where(RunVisitRow.run_id == run_id)
    return session.exec(query.order_by(col(RunVisitRow.stop_no), col(RunVisitRow.shipment_id))).all()


def list_changeable_runs(session: Session, on: date) -> Sequence[RunRow]:
    """Return the runs of a day that are on the road, or still to leave, by id."""
    query = select(RunRow).where(RunRow.on == on, col(RunRow.state).in_(CHANGEABLE_RUNS))
    return session.exec(query.order_by(col(RunRow.id))).all()


def list_changeable_runs_of(session: Session, vehicle_ids: Collection[str]) -> Sequence[RunRow]:
    """Return the runs that vehicles are on, or still to leave on, whatever the day, by when they were to begin."""
    query = select(RunRow).where(col(RunRow.vehicle_id).in_(vehicle_ids), col(RunRow.state).in_(CHANGEABLE_RUNS))
    return session.exec(query.order_by(col(RunRow.planned_start_at), col(RunRow.id))).all()


def lock_vehicles(session: Session, vehicle_ids: Collection[str]) -> None:
    """Let nobody else give these vehicles a run until this transaction ends."""
    wanted = select(VehicleRow.id).where(col(VehicleRow.id).in_(vehicle_ids))
    session.exec(wanted.order_by(col(VehicleRow.id)).with_for_update()).all()  # in one order: two wait, not for ever


def list_ended_runs(session: Session, on: date, vehicle_ids: Collection[str]) -> Sequence[RunRow]:
    """Return the runs of a day from which these vehicles are back, by id."""
    ended = (RunState.BACK, RunState.CLOSED)
    query = select(RunRow).where(RunRow.on == on, col(RunRow.state).in_(ended))
    return session.exec(query.where(col(RunRow.vehicle_id).in_(vehicle_ids)).order_by(col(RunRow.id))).all()


def list_late_runs(session: Session, on: date, vehicle_ids: Collection[str]) -> Sequence[RunRow]:
    """Return the runs of a day of these vehicles that have not left, or never will, and of which a delay was told."""
    late = select(RunRow).where(RunRow.on == on, col(RunRow.not_before_at).is_not(None))
    never_left = col(RunRow.state).in_(NEVER_LEFT)
    return session.exec(late.where(col(RunRow.vehicle_id).in_(vehicle_ids), never_left).order_by(col(RunRow.id))).all()


def list_stops_of(session: Session, run_ids: Collection[str]) -> dict[str, list[StopBrief]]:
    """Return the stops of several runs in their order, by run."""
    found: dict[str, list[StopBrief]] = {run_id: [] for run_id in run_ids}
    these = col(RunStopRow.run_id).in_(run_ids)
    for stop in read_records(session, StopBrief, RunStopRow, these, order_by=col(RunStopRow.no)):
        found[stop.run_id].append(stop)
    return found


def list_open_visits(session: Session, run_ids: Collection[str]) -> dict[tuple[str, int], list[str]]:
    """Return who is still to be visited on several runs, ids of shipments in their order, by run and stop."""
    found: dict[tuple[str, int], list[str]] = {}
    query = select(RunVisitRow.run_id, RunVisitRow.stop_no, RunVisitRow.shipment_id)
    query = query.where(col(RunVisitRow.run_id).in_(run_ids), RunVisitRow.state == VisitState.OPEN)
    for run_id, stop_no, shipment_id in session.exec(query.order_by(col(RunVisitRow.shipment_id))):
        found.setdefault((run_id, stop_no), []).append(shipment_id)
    return found


def list_ended_stops(session: Session, run_ids: Collection[str]) -> set[tuple[str, int]]:
    """Return the stops of several runs at which a visit has ended, by run and number."""
    query = select(RunVisitRow.run_id, RunVisitRow.stop_no).distinct()
    query = query.where(col(RunVisitRow.run_id).in_(run_ids), RunVisitRow.state != VisitState.OPEN)
    return {(run_id, stop_no) for run_id, stop_no in session.exec(query)}


def list_loaded(session: Session, vehicle_ids: Collection[str]) -> dict[str, set[str]]:
    """Return the shipments of which something is on board, by vehicle."""
    found: dict[str, set[str]] = {vehicle_id: set() for vehicle_id in vehicle_ids}
    holders = [vehicle_holder(vehicle_id) for vehicle_id in vehicle_ids]
    query = select(col(ParcelRow.holder), col(ParcelRow.shipment_id)).where(col(ParcelRow.holder).in_(holders))
    for holder, shipment_id in session.exec(query.where(ParcelRow.state == ParcelState.LOADED)):
        found[holder.partition(":")[2]].add(shipment_id)
    return found


def get_replan(session: Session, replan_id: str) -> ReplanRow:
    """Return a replan; refused if there is none of that id."""
    row = session.get(ReplanRow, replan_id)
    if row is None:
        raise NotFound("There is no such replan.")
    return row


def lock_replan(session: Session, replan_id: str) -> ReplanRow:
    """Return a replan for changing it: nobody else does until this transaction ends."""
    wanted = select(ReplanRow).where(ReplanRow.id == replan_id).with_for_update()
    row = session.exec(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound("There is no such replan.")
    return row


def find_day(session: Session, run_ids: Collection[str]) -> date | None:
    """Return the day of the first of these runs that is known."""
    row = session.exec(select(RunRow).where(col(RunRow.id).in_(run_ids)).order_by(col(RunRow.id)).limit(1)).first()
    return row.on if row else None


def find_travel(session: Session, plan_id: str) -> str:
    """Return where the plan or replan of that id had its travel times from; nothing if there is neither."""
    for row in (PlanRow, ReplanRow):  # only that column: the rest of a plan is long
        travel = session.exec(select(row.travel).where(row.id == plan_id)).first()
        if travel is not None:
            return travel
    return ""


def list_replans(session: Session, on: date | None, *, after: str | None, limit: int) -> Sequence[ReplanRow]:
    """Return replans newest first, those that come after an id, at most ``limit``; with ``on`` only that day's."""
    query = select(ReplanRow).order_by(col(ReplanRow.id).desc()).limit(limit)
    if on:
        query = query.where(ReplanRow.on == on)
    if after:
        query = query.where(col(ReplanRow.id) < after)
    return session.exec(query).all()


def list_replanned_to_carriers(session: Session, on: date) -> Sequence[list[dict[str, Any]]]:
    """Return what accepted replans of a day left to carriers, of each a list."""
    accepted = (col(ReplanRow.state) == ReplanState.ACCEPTED, col(ReplanRow.on) == on)
    chosen = select_columns(col(ReplanRow.decision)["to_carrier"]).where(*accepted)
    return session.connection().execute(chosen).scalars().all()


def lock_carriers(session: Session, codes: Collection[str]) -> None:
    """Let nobody else count what these carriers have until this transaction ends; booking with them goes on."""
    wanted = select(CarrierRow.code).where(col(CarrierRow.code).in_(codes))
    session.exec(wanted.order_by(col(CarrierRow.code)).with_for_update(key_share=True)).all()


def find_visit(session: Session, run_id: str, shipment_id: str) -> RunVisitRow | None:
    """Return a shipment's visit on a run, open or ended, if it has one."""
    return session.get(RunVisitRow, (run_id, shipment_id))


def get_visit(session: Session, run_id: str, shipment_id: str) -> RunVisitRow:
    """Return a shipment's visit on a run; refused if it is not on it."""
    row = find_visit(session, run_id, shipment_id)
    if row is None:
        raise NotFound("This shipment is not on this run.")
    return row


def find_open_visit(session: Session, shipment_id: str) -> OpenVisit | None:
    """Return the visit that is to come for a shipment, with its run and its stop, if it is on a run."""
    query = select(RunVisitRow).where(RunVisitRow.shipment_id == shipment_id, RunVisitRow.state == VisitState.OPEN)
    visit = session.exec(query.order_by(col(RunVisitRow.run_id).desc()).limit(1)).first()
    if visit is None:
        return None
    stop = get_stop(session, visit.run_id, visit.stop_no)
    return OpenVisit(get_run(session, visit.run_id), stop, visit)


def list_open_visits_of_stop(session: Session, run_id: str, no: int) -> Sequence[RunVisitRow]:
    """Return what is still to be done at a stop."""
    query = select(RunVisitRow).where(RunVisitRow.run_id == run_id, RunVisitRow.stop_no == no)
    return session.exec(query.where(RunVisitRow.state == VisitState.OPEN)).all()


def has_visits(session: Session, run_id: str, no: int) -> bool:
    """Tell whether a stop has a visit, open or ended."""
    query = select(RunVisitRow.shipment_id).where(RunVisitRow.run_id == run_id, RunVisitRow.stop_no == no)
    return session.exec(query.limit(1)).first() is not None


def list_aboard(session: Session, vehicle_id: str) -> Sequence[ParcelRow]:
    """Return the parcels that are on a vehicle."""
    query = select(ParcelRow).where(ParcelRow.holder == vehicle_holder(vehicle_id))
    return session.exec(query.where(ParcelRow.state == ParcelState.LOADED).order_by(col(ParcelRow.label))).all()


def find_attempt(session: Session, run_id: str, shipment_id: str) -> AttemptRow | None:
    """Return the attempt that was made at a visit, if there was one."""
    query = select(AttemptRow).where(AttemptRow.run_id == run_id, AttemptRow.shipment_id == shipment_id)
    return session.exec(query).first()


def list_attempts(session: Session, run_id: str) -> Sequence[AttemptRow]:
    """Return what was tried on a run, in the order it happened."""
    query = select(AttemptRow).where(AttemptRow.run_id == run_id)
    return session.exec(query.order_by(col(AttemptRow.at), col(AttemptRow.id))).all()


def get_proof(session: Session, run_id: str, attempt_id: str) -> ProofRow:
    """Return the picture or code of an attempt of a run; refused if none was kept."""
    attempt = session.get(AttemptRow, attempt_id)
    row = session.get(ProofRow, attempt_id) if attempt and attempt.run_id == run_id else None
    if row is None:
        raise NotFound("There are no data of a proof.")
    return row


def list_taken(session: Session, run_ids: Collection[str]) -> dict[str, list[Taken]]:
    """Return the money taken at the doors, by run."""
    found: dict[str, list[Taken]] = {run_id: [] for run_id in run_ids}
    for row in session.exec(select(CashReceiptRow).where(col(CashReceiptRow.run_id).in_(run_ids))):
        found[row.run_id].append(Taken(Money(row.amount_minor, row.currency), Means(row.means)))
    return found


def find_hand_in(session: Session, run_id: str) -> HandInRow | None:
    """Return what was handed in of a run's cash, if it was."""
    return session.get(HandInRow, run_id)


def vehicle_holder(vehicle_id: str) -> str:
    """Name a vehicle as a holder of parcels."""
    return f"vehicle:{vehicle_id}"


def site_holder(site_id: str) -> str:
    """Name a site as a holder of parcels."""
    return f"site:{site_id}"
