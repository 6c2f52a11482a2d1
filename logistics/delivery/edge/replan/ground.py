"""Reads how a day stands: runs that can still change, what is on them, and the vehicles that could help."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session

from logistics.delivery.edge import store
from logistics.delivery.edge.replan.delays import not_before_of
from logistics.delivery.edge.replan.past import Past, past_of
from logistics.delivery.edge.store import StopBrief
from logistics.delivery.edge.tables import RunRow
from logistics.delivery.lifecycle import RunState, StopState
from logistics.delivery.replanning import Happened, Kind, OpenVisit, RunNow, StopNow, check_happened
from logistics.kit.errors import Conflict, NotFound
from logistics.routing.edge import store as plans
from logistics.routing.edge.sources import GEODESIC
from logistics.routing.edge.tables import VehicleRow
from logistics.routing.edge.vehicle_wire import limits_of
from logistics.shipments.edge.brief import Brief, list_briefs
from logistics.shipments.lifecycle import SHIPMENT, ShipmentState, ShipmentStep
from logistics.sites.edge import store as sites
from logistics.sites.edge.tables import SiteRow


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """How a day stands at ``now``. ``runs_of``: a vehicle's runs in the order it drives them (none: it is free).

    ``past``: what of the day is over, by vehicle; who has not left today is not named. ``not_before``: before when a
    vehicle cannot leave, as was told of a delay. ``depots``: where runs begin and where vehicles end.
    """

    on: date
    now: datetime
    happened: tuple[Happened, ...]
    runs: Mapping[str, RunNow]
    rows: Mapping[str, RunRow]
    stops: Mapping[tuple[str, int], StopBrief]
    vehicles: tuple[VehicleRow, ...]
    runs_of: Mapping[str, tuple[RunNow, ...]]
    past: Mapping[str, Past]
    not_before: Mapping[str, datetime]
    shipments: Mapping[str, Brief]
    depots: Mapping[str, SiteRow]
    cash_taken: Mapping[str, int]
    travel: str

    @property
    def inserted(self) -> list[str]:
        """The shipments that want a place."""
        return [one.shipment_id for one in self.happened if one.kind is Kind.INSERT]

    @property
    def lost_runs(self) -> set[str]:
        """The runs whose vehicle is lost."""
        return {one.run_id for one in self.happened if one.kind is Kind.VEHICLE_LOST}


class Part(NamedTuple):
    """The part of a day that is asked about: some runs, the runs from some depots, or (both empty) all of it."""

    run_ids: Collection[str] = ()
    depot_ids: Collection[str] = ()


def read_runs(session: Session, rows: Sequence[RunRow]) -> dict[str, RunNow]:
    """Return runs as they stand, by id."""
    return _runs_now(session, rows, store.list_stops_of(session, [row.id for row in rows]))


def _runs_now(session: Session, rows: Sequence[RunRow], stops: Mapping[str, Sequence[StopBrief]]) -> dict[str, RunNow]:
    ids = [row.id for row in rows]
    visits = _Visits(store.list_open_visits(session, ids), store.list_ended_stops(session, ids))
    loaded = store.list_loaded(session, {row.vehicle_id for row in rows})
    return {row.id: _run_now(row, stops[row.id], visits, loaded[row.vehicle_id]) for row in rows}


def read_ground(session: Session, on: date, part: Part, happened: Sequence[Happened], *, now: datetime) -> Ground:
    """Read a day, or a part of it; refused where what happened cannot be."""
    rows = _rows(session, on, part)
    stops = store.list_stops_of(session, list(rows))
    runs = _runs_now(session, list(rows.values()), stops)
    check_happened(happened, list(runs.values()))
    named = {visit.shipment_id for run in runs.values() for stop in run.open_stops for visit in stop.visits}
    inserted = [one.shipment_id for one in happened if one.kind is Kind.INSERT]
    known = {row.id: row for row in list_briefs(session, named | set(inserted))}
    _check_inserted(inserted, known)
    vehicles = _vehicles(session, rows.values(), part)
    ended = store.list_ended_runs(session, on, {car.id for car in vehicles})
    depot_ids = {row.depot_id for row in (*rows.values(), *ended)} | {one for car in vehicles for one in _depots(car)}
    depots = {depot_id: sites.get_site(session, depot_id) for depot_id in depot_ids}
    taken = store.list_taken(session, list(rows))
    return Ground(
        on=on,
        now=now,
        happened=tuple(happened),
        runs=runs,
        rows=rows,
        stops={(stop.run_id, stop.no): stop for many in stops.values() for stop in many},
        vehicles=vehicles,
        runs_of=_runs_of(vehicles, rows, runs),
        past=past_of(
            (*ended, *rows.values()),
            runs,
            {**stops, **store.list_stops_of(session, [row.id for row in ended])},
            {depot_id: sites.point_of(depot) for depot_id, depot in depots.items()},
        ),
        not_before=not_before_of(session, on, {car.id for car in vehicles}),
        shipments=known,
        depots=depots,
        cash_taken={run_id: sum(one.amount.amount_minor for one in many) for run_id, many in taken.items()},
        travel=_travel(session, rows.values()),
    )


def _rows(session: Session, on: date, part: Part) -> dict[str, RunRow]:
    """Return the runs that may change; those of a part with whatever else their vehicles still have to do."""
    rows = {row.id: row for row in store.list_changeable_runs(session, on)}
    unknown = sorted(set(part.run_ids) - set(rows))
    if unknown:
        raise NotFound(f"{unknown[0]} is no run of that day that could still change.")
    asked = [rows[run_id] for run_id in part.run_ids or rows]
    vehicles = {row.vehicle_id for row in asked if not part.depot_ids or row.depot_id in part.depot_ids}
    if not vehicles:
        raise Conflict("No run of that day is on the road or still to leave.", code="no_runs")
    return {run_id: row for run_id, row in rows.items() if row.vehicle_id in vehicles}


class _Visits(NamedTuple):
    """By run and stop: who is still to be visited, and where a visit has ended."""

    to_come: Mapping[tuple[str, int], list[str]]
    ended: Collection[tuple[str, int]]


def _run_now(row: RunRow, stops: Sequence[StopBrief], visits: _Visits, loaded: set[str]) -> RunNow:
    return RunNow(
        id=row.id,
        vehicle_id=row.vehicle_id,
        vehicle_name=row.vehicle_name,
        state=RunState(row.state),
        stops=tuple(
            StopNow(
                no=stop.no,
                state=StopState(stop.state),
                start_at=stop.expected_start_at,
                came_at=stop.actual_at,
                visits=tuple(
                    OpenVisit(shipment_id, shipment_id in loaded)
                    for shipment_id in visits.to_come.get((row.id, stop.no), ())
                ),
                has_ended=(row.id, stop.no) in visits.ended,
            )
            for stop in stops
        ),
        not_before_at=row.not_before_at,
    )


def _check_inserted(inserted: Sequence[str], known: Mapping[str, Brief]) -> None:
    for shipment_id in inserted:
        row = known.get(shipment_id)
        if row is None:
            raise NotFound(f"There is no shipment {shipment_id}.")
        if not SHIPMENT.can(ShipmentState(row.state), ShipmentStep.CHOOSE):
            facts = {"order": row.tracking_no, "recipient": row.recipient_name}
            sentence = f"{row.tracking_no} is {row.state}; only what waits can be put in."
            raise Conflict(sentence, code="not_waiting", facts=facts)


def _vehicles(session: Session, rows: Collection[RunRow], part: Part) -> tuple[VehicleRow, ...]:
    """Return the vehicles of the runs, and those of their depots that have none; of named runs only the former."""
    driving, narrow = {row.vehicle_id for row in rows}, bool(part.run_ids)
    cars = {car.id: car for car in plans.list_vehicles(session, part.depot_ids or {row.depot_id for row in rows})}
    cars |= {vehicle_id: plans.get_vehicle(session, vehicle_id) for vehicle_id in sorted(driving - set(cars))}
    return tuple(car for car in cars.values() if car.id in driving or not narrow)


def _depots(car: VehicleRow) -> Iterator[str]:
    """Yield where a vehicle begins, and where it ends if that is another depot."""
    yield car.depot_id
    end_depot_id = limits_of(car).end_depot_id
    if end_depot_id:
        yield end_depot_id


def _runs_of(
    vehicles: Sequence[VehicleRow], rows: Mapping[str, RunRow], runs: Mapping[str, RunNow]
) -> dict[str, tuple[RunNow, ...]]:
    return {
        car.id: tuple(
            sorted(
                (run for run in runs.values() if run.vehicle_id == car.id),
                key=lambda run: (not run.is_underway, rows[run.id].planned_start_at, run.id),
            )
        )
        for car in vehicles
    }


def _travel(session: Session, rows: Collection[RunRow]) -> str:
    """Return where the plan of these runs, or the replan that made them, had its travel times from."""
    for row in rows:
        kind = store.find_travel(session, row.plan_id)
        if kind:
            return kind
    return GEODESIC
