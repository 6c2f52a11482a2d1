"""Writes what an engine decided for a running day as what each run does behind its next stop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from logistics.delivery.edge.replan.running import RunningDay
from logistics.delivery.model import StopKind
from logistics.delivery.release import StopDraft
from logistics.delivery.replanning import RunNow, Spot, Tail
from logistics.routing.model import Plan, Route, Stop, Trip, Visit
from logistics.shipments.edge.store import find_window


def tails_of(day: RunningDay, plan: Plan) -> list[Tail]:
    """Return what every run would do, those that would do nothing any more included."""
    found = [tail for route in plan.routes for tail in _tails(day, plan, route)]
    busy = {tail.run_id for tail in found}
    return found + [_nothing(day, run) for runs in day.trips for run in runs if run.id not in busy]


def spots_in(day: RunningDay, tails: list[Tail]) -> dict[str, Spot]:
    """Tell where every shipment would be, the fixed next stops included."""
    names = {car.id: car.name for car in day.ground.vehicles}
    spots = {}
    for tail in tails:
        run = day.ground.runs.get(tail.run_id)
        for one in _fixed(run, day):
            assert run is not None
            assert run.next_stop is not None
            assert tail.next_start_at is not None
            spots[one] = Spot(run.id, run.vehicle_name, run.next_stop.no, tail.next_start_at)
        for stop in tail.stops:
            for shipment_id in stop.shipment_ids:
                spots[shipment_id] = Spot(tail.run_id, names[tail.vehicle_id], stop.no, stop.planned_start_at)
    return spots


def _fixed(run: RunNow | None, day: RunningDay) -> list[str]:
    """Return who stays at a run's next stop."""
    if run is None or run.next_stop is None:
        return []
    gone = {day.shipments[task].id for task in day.gone}
    return [one.shipment_id for one in run.next_stop.visits if one.shipment_id not in gone]


def _tails(day: RunningDay, plan: Plan, route: Route) -> Iterator[Tail]:
    runs = day.trips[route.vehicle]
    for number, trip in enumerate(route.trips):
        run = runs[number] if number < len(runs) else None
        yield _tail(day, plan, (route, trip), run)


def _tail(day: RunningDay, plan: Plan, driven: tuple[Route, Trip], run: RunNow | None) -> Tail:
    route, trip = driven
    fixed = set(_fixed(run, day))
    no = run.kept_no(day.ended(plan)) if run else 0
    stops, left_s, next_start_s = [], trip.depart_s, None
    for stop in trip.stops:
        free = tuple(visit for visit in stop.visits if day.shipments[visit.pick.task].id not in fixed)
        if len(free) < len(stop.visits):
            next_start_s, left_s = stop.start_s, stop.visits[len(stop.visits) - len(free) - 1].end_s
        if free:
            no += 1
            stops.append(_stop(day, stop, free, no, left_s))
            left_s = free[-1].end_s
    return Tail(
        run_id=run.id if run else "",
        vehicle_id=day.ground.vehicles[route.vehicle].id,
        start_at=day.moment(trip.depart_s),
        end_at=day.moment(trip.back_s),
        next_start_at=None if next_start_s is None else day.moment(next_start_s),
        stops=tuple(stops),
    )


def _nothing(day: RunningDay, run: RunNow) -> Tail:
    row = day.ground.rows[run.id]
    return Tail(run.id, run.vehicle_id, row.planned_start_at, row.planned_end_at, None, ())


def _stop(day: RunningDay, stop: Stop, visits: tuple[Visit, ...], no: int, left_s: int) -> StopDraft:
    first = day.shipments[visits[0].pick.task]
    option = day.now.option(visits[0].pick.task, visits[0].pick.option)
    kind = StopKind(option.kind)
    site_id = option.room or _site_of(day, first.id) if kind is StopKind.SERVICE_POINT else ""
    start_at = day.moment(visits[0].start_s)
    waited = bool(stop.wait_s) and visits[0] is stop.visits[0]
    return StopDraft(
        no=no,
        kind=kind,
        point=day.points[stop.place],
        address=_address(day, first.id, site_id),
        site_id=site_id,
        planned_start_at=start_at,
        planned_end_at=day.moment(visits[-1].end_s),
        earliest_start_at=_earliest(day, visits, start_at) or (start_at if waited else None),
        travel_s=max(0, visits[0].start_s - (stop.wait_s if waited else 0) - left_s),
        service_s=visits[-1].end_s - visits[0].start_s,
        shipment_ids=tuple(day.shipments[visit.pick.task].id for visit in visits),
    )


def _earliest(day: RunningDay, visits: tuple[Visit, ...], start_at: datetime) -> datetime | None:
    """Return the opening of the window of the first recipient's in which service starts, if there is one."""
    row = day.shipments[visits[0].pick.task]
    asked = next((one.window for one in day.ground.happened if one.window and one.shipment_id == row.id), None)
    wanted = asked or find_window(row, start_at)
    return wanted.start if wanted and wanted.contains(start_at) else None


def _site_of(day: RunningDay, shipment_id: str) -> str:
    return day.ground.stops[day.where[shipment_id]].site_id


def _address(day: RunningDay, shipment_id: str, site_id: str) -> str:
    if shipment_id in day.where:
        return day.ground.stops[day.where[shipment_id]].address
    return day.stores[site_id].address if site_id else day.ground.shipments[shipment_id].address
