"""Tells those who plan in which hours vehicles are out already: as planned, and longer where one is late."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from logistics.delivery.edge import store
from logistics.delivery.edge.store import StopBrief
from logistics.delivery.edge.tables import RunRow
from logistics.delivery.lifecycle import RunState, StopState
from logistics.delivery.progress import Ahead, done_at
from logistics.kit.edge.context import Context
from logistics.kit.geo import Point, great_circle_m
from logistics.routing.edge.decided import Hours, tell_hours_with
from logistics.routing.edge.matrix_source import DETOUR_PERCENT, SPEED_M_PER_S
from logistics.sites.edge import store as sites

PERCENT = 100


def attach(ctx: Context) -> None:
    """Let the plans of this context's database know of its runs."""
    tell_hours_with(ctx, hours_of)


def hours_of(session: Session, vehicle_ids: Collection[str], now: datetime) -> dict[str, list[Hours]]:
    """Return by vehicle when it is out on runs that are on the road or still to leave.

    It leaves as planned; it is back as expected now, but not before it was planned to be: only then may another begin.
    """
    found: dict[str, list[Hours]] = {}
    runs = store.list_changeable_runs_of(session, vehicle_ids)
    hours = hours_of_runs(session, runs, store.list_stops_of(session, [run.id for run in runs]), now)
    for run in runs:
        found.setdefault(run.vehicle_id, []).append(hours[run.id])
    return found


def hours_of_runs(
    session: Session, runs: Iterable[RunRow], stops: Mapping[str, Sequence[StopBrief]], now: datetime
) -> dict[str, Hours]:
    """Return when each of these runs leaves and is back, or was, by its id."""
    found: dict[str, Hours] = {}
    for run in runs:
        depot = sites.point_of(sites.get_site(session, run.depot_id))
        back_at = run.finished_at or _back_at(run, stops[run.id], depot, now)
        found[run.id] = run.departed_at or run.planned_start_at, back_at
    return found


def _back_at(run: RunRow, stops: Sequence[StopBrief], depot: Point, now: datetime) -> datetime:
    if not stops:
        return run.planned_end_at
    ahead = [stop for stop in stops if stop.state != StopState.DONE]
    done = done_at([_ahead(stop) for stop in ahead], _free_at(run, stops, now), now)
    return max(run.planned_end_at, done + _way_home(run, stops, ahead, depot))


def _free_at(run: RunRow, stops: Sequence[StopBrief], now: datetime) -> datetime:
    """Return from when the vehicle is free to drive to what is ahead: from its departure, or its last stop."""
    if run.departed_at is None:
        return max(run.planned_start_at, run.not_before_at or now, now)
    made = [stop for stop in stops if stop.state == StopState.DONE and stop.actual_at is not None]
    return max([run.departed_at, *(stop.expected_start_at + timedelta(seconds=stop.service_s) for stop in made)])


def _ahead(stop: StopBrief) -> Ahead:
    arrived = stop.state == StopState.ARRIVED
    return Ahead(stop.travel_s, stop.service_s, stop.expected_start_at, arrived)


def _way_home(run: RunRow, stops: Sequence[StopBrief], ahead: Sequence[StopBrief], depot: Point) -> timedelta:
    """Return how long it takes from the last stop to where the run ends.

    As planned; a replan that made the run later moved its end, but not a stop the driver was on her way to. Where that
    one is the last, it takes no longer than over the ground.
    """
    last = max(ahead or stops, key=lambda stop: stop.no)
    planned = run.planned_end_at - last.planned_end_at
    if run.state != RunState.UNDERWAY or len(ahead) > 1:
        return planned
    metres = great_circle_m(Point(lat=last.lat, lon=last.lon), depot) * DETOUR_PERCENT / PERCENT
    return min(planned, timedelta(seconds=metres / SPEED_M_PER_S))
