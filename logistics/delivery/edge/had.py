"""Tells those who plan what vehicles have of a day by the runs they have had, are on, or will leave on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from sqlmodel import Session

from logistics.delivery.edge import hours, store
from logistics.delivery.edge.store import StopBrief
from logistics.delivery.edge.tables import RunRow
from logistics.delivery.lifecycle import StopState
from logistics.kit.edge.context import Context
from logistics.kit.edge.wire import PointWire
from logistics.routing.edge import store as vehicles
from logistics.routing.edge.had import Had, tell_had_with
from logistics.routing.edge.vehicle_wire import limits_of
from logistics.sites.edge import store as sites


def attach(ctx: Context) -> None:
    """Let the plans of this context's database know of its runs."""
    tell_had_with(ctx, had_of)


def had_of(session: Session, vehicle_ids: Collection[str], on: date, now: datetime) -> dict[str, Had]:
    """Return what vehicles have of a day; a stop that nobody drove to, because its visits ended before, is none."""
    runs = [run for run in store.list_changeable_runs_of(session, vehicle_ids) if run.on == on]
    runs += store.list_ended_runs(session, on, vehicle_ids)
    stops = store.list_stops_of(session, [run.id for run in runs])
    out = hours.hours_of_runs(session, runs, stops, now)
    found: dict[str, Had] = {}
    for run in runs:
        made = [stop for stop in stops[run.id] if stop.state != StopState.DONE or stop.actual_at]
        before = found.get(run.vehicle_id)
        left_at, back_at = out[run.id]
        found[run.vehicle_id] = Had(
            trips=1 + (before.trips if before else 0),
            stops=len(made) + (before.stops if before else 0),
            left_at=min(left_at, before.left_at) if before else left_at,
            back_at=max(back_at, before.back_at) if before else back_at,
            ways=[*(before.ways if before else ()), list(_way(session, run, made))],
        )
    return found


def _way(session: Session, run: RunRow, made: Sequence[StopBrief]) -> Iterator[PointWire]:
    """Yield the points it comes by: its depot, its stops in their order, and where it ends."""
    limits = limits_of(vehicles.get_vehicle(session, run.vehicle_id))
    yield PointWire.of(sites.point_of(sites.get_site(session, run.depot_id)))
    for stop in made:
        yield PointWire(lat=stop.lat, lon=stop.lon)
    if not limits.open_end:
        end_id = limits.end_depot_id or run.depot_id
        yield PointWire.of(sites.point_of(sites.get_site(session, end_id)))
