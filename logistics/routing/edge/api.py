"""Routes of vehicles, the pool and plans."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from logistics.access.edge.guard import allow
from logistics.kit.edge.context import Context
from logistics.kit.edge.http import Ctx, Once, Paging, Reading, Tx, problems
from logistics.kit.edge.wire import MoneyWire, Page, PointWire, WindowWire
from logistics.kit.geo import find_point
from logistics.kit.money import Money
from logistics.routing.edge import handlers, jobs, store
from logistics.routing.edge.day_planner import DOOR, SERVICE_POINT
from logistics.routing.edge.following import follow
from logistics.routing.edge.plan_answer import head_out, plan_out, tagged
from logistics.routing.edge.schemas import (
    PlanHead,
    PlanIn,
    PlanOut,
    Pool,
    PoolItem,
    PoolOption,
    ProgressOut,
)
from logistics.routing.edge.vehicle_wire import AreaWire, StreetsOut, VehicleIn, VehicleOut, vehicle_out
from logistics.routing.edge.ways import Ways, list_ways
from logistics.routing.familiar import areas_of
from logistics.routing.lifecycle import PlanState
from logistics.shipments.edge import store as shipments
from logistics.shipments.edge.tables import ShipmentRow

router = APIRouter(prefix="/v1", tags=["routing"])
LEARN_DAYS = 30  # a driver forgets streets, and gets others
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": "progress, then done"}
}


@router.post(
    "/vehicles", status_code=201, responses=problems(404, 409), dependencies=[Depends(allow("vehicles.write"))]
)
def create_vehicle(body: VehicleIn, tx: Tx) -> VehicleOut:
    """Enter a vehicle."""
    return vehicle_out(handlers.create_vehicle(body, tx=tx))


@router.get("/vehicles", responses=problems(), dependencies=[Depends(allow("vehicles.read"))])
def list_vehicles(
    session: Reading, depot_id: Annotated[str, Query(max_length=64, description="only of this depot")] = ""
) -> list[VehicleOut]:
    """List the vehicles in service."""
    return [vehicle_out(row) for row in store.list_vehicles(session, [depot_id] if depot_id else [])]


@router.put("/vehicles/{vehicle_id}", responses=problems(404, 409), dependencies=[Depends(allow("vehicles.write"))])
def change_vehicle(vehicle_id: str, body: VehicleIn, tx: Tx) -> VehicleOut:
    """Change a vehicle; plans that exist keep what they were made with."""
    return vehicle_out(handlers.change_vehicle(vehicle_id, body, tx=tx))


@router.delete(
    "/vehicles/{vehicle_id}", status_code=204, responses=problems(404), dependencies=[Depends(allow("vehicles.write"))]
)
def retire_vehicle(vehicle_id: str, tx: Tx) -> None:
    """Take a vehicle out of service."""
    handlers.retire_vehicle(vehicle_id, tx=tx)


@router.get("/vehicles/{vehicle_id}/streets", responses=problems(404), dependencies=[Depends(allow("vehicles.read"))])
def show_streets(
    vehicle_id: str, ctx: Ctx, session: Reading, days: Annotated[int, Query(ge=1, le=366)] = LEARN_DAYS
) -> StreetsOut:
    """Draw the streets a vehicle was sent to in released plans as areas that could be entered as familiar."""
    vehicle, since = store.get_vehicle(session, vehicle_id), ctx.clock.now() - timedelta(days=days)
    points = store.list_stops(session, vehicle, since)
    return StreetsOut(since=since, stops_count=len(points), areas=[AreaWire.of(area) for area in areas_of(points)])


@router.get("/pool", responses=problems(), dependencies=[Depends(allow("plans.read"))])
def show_pool(
    session: Reading,
    on: date,
    depot_id: Annotated[str, Query(max_length=64, description="only what may leave from this depot")] = "",
) -> Pool:
    """Show what waits to be planned for a day: due then, or overdue."""
    rows = shipments.list_pool(session, on, [depot_id] if depot_id else [])
    ways = list_ways(session, rows)
    return Pool(items=[_pool_item(row, ways[row.id]) for row in rows])


@router.post(
    "/plans",
    status_code=202,
    response_model=PlanOut,
    responses=problems(400, 404, 409),
    dependencies=[Depends(allow("plans.write"))],
)
def ask_plan(body: PlanIn, ctx: Ctx, tx: Tx, once: Once) -> Response:
    """Ask for a plan of a day; it is searched for in the background."""

    def make() -> PlanOut:
        first = ctx.settings.first_choice_percent
        row = handlers.ask_plan(body, tx=tx, kinds=ctx.settings.travels, first_choice_percent=first)
        tx.after_commit(lambda: ctx.bus.publish(jobs.WAKE, b""))
        return plan_out(row)

    return once(make, 202)


@router.get("/plans", responses=problems(), dependencies=[Depends(allow("plans.read"))])
def list_plans(session: Reading, paging: Paging, on: date | None = None) -> Page[PlanHead]:
    """List plans, newest first, without their routes."""
    heads = store.list_heads(session, on, after=paging.after, limit=paging.limit)
    following = heads[-1]["id"] if len(heads) == paging.limit else None
    return Page(items=[head_out(head) for head in heads], next_cursor=following)


@router.get("/plans/{plan_id}", responses=problems(404), dependencies=[Depends(allow("plans.read"))])
def get_plan(plan_id: str, response: Response, session: Reading) -> PlanOut:
    """Show a plan; while it is searched for, the best so far."""
    return tagged(session, store.get_plan(session, plan_id), response)


@router.get(
    "/plans/{plan_id}/events",
    response_class=StreamingResponse,
    responses={**problems(404), **EVENTS},
    dependencies=[Depends(allow("plans.read"))],
)
async def follow_plan(plan_id: str, request: Request, ctx: Ctx) -> StreamingResponse:
    """Follow a search as server-sent events: `progress` while it goes on, `done` with the state at its end."""
    look = partial(run_in_threadpool, _look, ctx, plan_id)
    await look()  # an unknown plan is refused before the stream begins
    stream = follow(look, request.is_disconnected)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-cache"})


@router.post("/plans/{plan_id}/stop", responses=problems(404, 409), dependencies=[Depends(allow("plans.write"))])
def stop_plan(plan_id: str, tx: Tx) -> PlanOut:
    """Stop the search and take the best plan so far."""
    return plan_out(handlers.ask_to_end(plan_id, handlers.STOP, tx=tx))


@router.post("/plans/{plan_id}/cancel", responses=problems(404, 409), dependencies=[Depends(allow("plans.write"))])
def cancel_plan(plan_id: str, tx: Tx) -> PlanOut:
    """Give the search up; nothing is kept of it."""
    return plan_out(handlers.ask_to_end(plan_id, handlers.CANCEL, tx=tx))


def _look(ctx: Context, plan_id: str) -> tuple[PlanState, ProgressOut]:
    with ctx.db.reading() as session:
        state, progress = store.get_progress(session, plan_id)
    return state, ProgressOut.model_validate(progress)


def _pool_item(row: ShipmentRow, ways: Ways) -> PoolItem:
    point = find_point(row.lat, row.lon)
    options = [PoolOption(kind=DOOR)] if ways.at_door else []
    return PoolItem(
        shipment_id=row.id,
        tracking_no=row.tracking_no,
        recipient_name=row.recipient_name,
        point=PointWire.of(point) if point else None,
        address=row.address,
        window=WindowWire.maybe(row.window_start, row.window_end),
        cod_due=MoneyWire.of(Money(row.cod_due_minor, row.currency)) if row.cod_due_minor else None,
        weight_g=row.weight_g,
        volume_cm3=row.volume_cm3,
        parcels_count=row.parcels_count,
        mode_wish=row.mode_wish,
        options=[*options, *(PoolOption(kind=SERVICE_POINT, site_id=site_id) for site_id in ways.store_ids)],
        carrier_price=MoneyWire.maybe(ways.carrier_cost),
    )
