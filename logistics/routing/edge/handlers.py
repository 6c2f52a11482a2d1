"""Entering vehicles; asking for plans, stopping and changing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from logistics.carriers.edge import store as carriers
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, Facts, FieldError, Invalid, Stale
from logistics.routing import edits
from logistics.routing.construct import leave
from logistics.routing.edge import plan_wishes, store, vehicle_wire
from logistics.routing.edge.day_planner import Day
from logistics.routing.edge.schemas import Lock, Move, PlanIn
from logistics.routing.edge.tables import PlanRow, VehicleRow
from logistics.routing.edge.vehicle_wire import VehicleIn
from logistics.routing.lifecycle import PLAN, PlanState, PlanStep
from logistics.routing.model import Pick, Plan
from logistics.routing.schedule import schedule_plan
from logistics.sites.edge import store as sites
from logistics.sites.model import SiteKind

STOP, CANCEL = "stop", "cancel"
DAYS_BACK_MAX, DAYS_AHEAD_MAX = 366, 2 * 366  # of a plan's day: further off is a slip of the pen
Drafts = list[dict[str, Any]]


def create_vehicle(new: VehicleIn, *, tx: Transaction) -> VehicleRow:
    """Enter a vehicle; refuses a name that one in service has, a site that is no depot, prices in two currencies."""
    _check_vehicle(new, tx)
    if store.find_vehicle_by_name(tx.session, new.name):
        raise Conflict(f"There is a vehicle named {new.name!r} already.", code="name_taken", facts={"name": new.name})
    row = VehicleRow(id=tx.new_id("veh"), created_at=tx.now, **vehicle_wire.columns_of(new))
    tx.session.add(row)
    tx.session.flush()
    return row


def change_vehicle(vehicle_id: str, new: VehicleIn, *, tx: Transaction) -> VehicleRow:
    """Change a vehicle; plans and runs that exist keep what they were made with."""
    row = store.get_vehicle(tx.session, vehicle_id)
    _check_vehicle(new, tx)
    same = store.find_vehicle_by_name(tx.session, new.name)
    if same and same.id != row.id and not row.retired:
        raise Conflict(f"There is a vehicle named {new.name!r} already.", code="name_taken", facts={"name": new.name})
    row.sqlmodel_update(vehicle_wire.columns_of(new))
    tx.session.add(row)
    return row


def retire_vehicle(vehicle_id: str, *, tx: Transaction) -> None:
    """Take a vehicle out of service; what it did stays known."""
    row = store.get_vehicle(tx.session, vehicle_id)
    row.retired = True
    tx.session.add(row)


def ask_plan(new: PlanIn, *, tx: Transaction, kinds: Sequence[str], first_choice_percent: int = 0) -> PlanRow:
    """Queue a planning; refuses days far off, no depots, travel that is not to be had, wishes nobody could fulfil."""
    _check_day(new.on, tx.now.date())
    for number, depot_id in enumerate(new.depot_ids):
        _check_depot(f"depot_ids[{number}]", depot_id, tx)
    if new.travel not in kinds:
        raise Invalid("travel", f"{new.travel!r} is not set up here", ", ".join(kinds))
    currencies = {car.currency for car in store.list_vehicles(tx.session, new.depot_ids)}
    plan_wishes.check(new, carriers=[one.code for one in carriers.list_carriers(tx.session)], currencies=currencies)
    row = PlanRow(
        id=tx.new_id("pln"),
        name=new.name,
        on=new.on,
        depot_ids=list(dict.fromkeys(new.depot_ids)),
        seconds=new.seconds,
        travel=new.travel,
        state=PLAN.start,
        locks=dict(store.get_plan(tx.session, new.locks_of).locks) if new.locks_of else {},
        created_at=tx.now,
        **plan_wishes.columns_of(new, first_choice_percent),
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def ask_to_end(plan_id: str, wish: str, *, tx: Transaction) -> PlanRow:
    """Ask a search to stop (and take the best so far) or to be cancelled; refused (409) if it is over."""
    row = store.lock_plan(tx.session, plan_id)
    state = PlanState(row.state)
    if wish == CANCEL and state is PlanState.QUEUED:
        row.state, row.ended_at = PLAN.after(state, PlanStep.CANCEL), tx.now
    elif state is not PlanState.QUEUED:  # what is still queued ends as soon as it has begun
        PLAN.after(state, PlanStep.CANCEL if wish == CANCEL else PlanStep.STOP)
    row.wish = wish
    tx.session.add(row)
    return row


def check_version(row: PlanRow, version: int) -> None:
    """Refuse a change (412) to a plan that somebody else changed since it was read."""
    PLAN.after(PlanState(row.state), PlanStep.EDIT)
    if row.version != version:
        raise Stale(f"The plan is at version {row.version} by now; read it again.")


def moved(day: Day, plan: Plan, moves: Sequence[Move]) -> Plan:
    """Return the plan with changes done by hand, in order."""
    tasks = {row.id: number for number, row in enumerate(day.shipments)}
    vehicles = {row.id: number for number, row in enumerate(day.vehicles)}
    now = {visit.pick.task: visit.pick for route in plan.routes for visit in route.visits}
    for number, one in enumerate(moves):
        where = f"moves[{number}]"
        if one.shipment_id not in tasks:
            raise Invalid(f"{where}.shipment_id", "is not in this plan", "a shipment of the plan")
        task = tasks[one.shipment_id]
        if one.vehicle_id is None:
            plan = edits.take_off(day.problem, plan, task)
        elif one.vehicle_id not in vehicles:
            raise Invalid(f"{where}.vehicle_id", "is not in this plan", "a vehicle on duty, or null")
        else:
            now[task] = _wanted(day, where, task, one, now.get(task))
            spot = edits.Spot(vehicles[one.vehicle_id], one.position, one.trip, one.load)
            plan = edits.move(day.problem, plan, now[task], spot)
    return plan


def locked(locks: Mapping[str, str], changes: Sequence[Lock]) -> dict[str, str]:
    """Return the locks of a plan with changes done."""
    after = dict(locks)
    for one in changes:
        after.pop(one.shipment_id, None)
        if one.vehicle_id is not None:
            after[one.shipment_id] = one.vehicle_id
    return after


def check_locks(day: Day, changes: Sequence[Lock]) -> None:
    """Refuse locks of shipments, or to vehicles, that are not in the plan."""
    ours, cars = {row.id for row in day.shipments}, {row.id for row in day.vehicles}
    for number, one in enumerate(changes):
        if one.shipment_id not in ours:
            raise Invalid(f"locks[{number}].shipment_id", "is not in this plan", "a shipment of the plan")
        if one.vehicle_id is not None and one.vehicle_id not in cars:
            raise Invalid(f"locks[{number}].vehicle_id", "is not in this plan", "a vehicle on duty, or null")


def changed(row: PlanRow, **changes: Any) -> PlanRow:
    """Return a plan that differs from one that is kept, and is not kept itself."""
    return PlanRow(**row.model_dump() | changes)


def _wanted(day: Day, where: str, task: int, one: Move, now: Pick | None) -> Pick:
    """Return the way a change by hand asks for: the one named, else the one it has, else the first that is open."""
    picks = [Pick(task, number) for number in range(len(day.problem.tasks[task].options))]
    open_ones = [pick for pick in picks if pick not in day.closed.options]
    if not open_ones:
        raise Invalid(f"{where}.shipment_id", "has no way but a carrier", "a shipment with a place")
    if one.kind is None:
        return now or open_ones[0]
    for pick in open_ones:
        option = day.problem.option(task, pick.option)
        if (option.kind, option.room) == (one.kind, one.site_id):
            return pick
    raise Invalid(f"{where}.kind", "is no way that is open to it", "a way of the shipment that needs nothing")


def drafts_of(day: Day, plan: Plan) -> Drafts:
    """Write a plan's decisions so that they can be read again when the day has been read again."""
    return [
        {
            "vehicle_id": day.vehicles[route.vehicle].id,
            "trips": [[_pick_out(day, pick) for pick in trip] for trip in route.picks],
        }
        for route in plan.routes
    ]


def plan_of(session: Session, day: Day, drafts: Drafts) -> Plan:
    """Put times to decisions that were kept; who is on no route goes to a carrier that still takes it, or is left out.

    Refused (409) when the day has changed since so that they cannot be read: a van is gone, or a shipment's way.
    """
    tasks = {row.id: number for number, row in enumerate(day.shipments)}
    vehicles = {row.id: number for number, row in enumerate(day.vehicles)}
    for one in drafts:
        if one["vehicle_id"] not in vehicles:
            raise _gone(store.get_vehicle(session, one["vehicle_id"]))
    routes = [
        (vehicles[one["vehicle_id"]], [[_pick_in(day, tasks, pick) for pick in trip] for trip in one["trips"]])
        for one in drafts
    ]
    done = {pick.task for _, trips in routes for trip in trips for pick in trip}
    rest = [task for task in range(len(tasks)) if task not in done]
    carried, left_out = leave(day.problem, rest)
    return schedule_plan(day.problem, routes, to_carrier=carried, left_out=left_out)


def _pick_out(day: Day, pick: Pick) -> dict[str, str]:
    option = day.problem.option(pick.task, pick.option)
    return {"shipment_id": day.shipments[pick.task].id, "kind": option.kind, "room": option.room}


def _pick_in(day: Day, tasks: dict[str, int], kept: dict[str, str]) -> Pick:
    task = tasks[kept["shipment_id"]]
    for number, option in enumerate(day.problem.tasks[task].options):
        if (option.kind, option.room) == (kept["kind"], kept["room"]):
            return Pick(task, number)
    row, why = day.shipments[task], f"Shipment {kept['shipment_id']} has lost the way it was planned by"
    raise _outdated(why, "way_lost", {"order": row.tracking_no, "name": row.recipient_name})


def _gone(car: VehicleRow) -> Conflict:
    name = {"vehicle": car.name}
    if car.retired:
        return _outdated(f"Vehicle {car.name} was retired", "vehicle_retired", name)
    why = f"Vehicle {car.name} is not on duty for this plan any more: it has another depot or another shift"
    return _outdated(why, "vehicle_moved", name)


def _outdated(why: str, code: str, facts: Facts) -> Conflict:
    errors = (FieldError("drafts", why, "plan again", code=code, facts=facts),)
    return Conflict(f"{why}; plan again.", code="plan_outdated", errors=errors)


def _check_vehicle(new: VehicleIn, tx: Transaction) -> None:
    _check_depot("depot_id", new.depot_id, tx)
    if new.limits.end_depot_id:
        _check_depot("limits.end_depot_id", new.limits.end_depot_id, tx)
    vehicle_wire.check(new)


def _check_day(on: date, today: date) -> None:
    first, last = today - timedelta(days=DAYS_BACK_MAX), today + timedelta(days=DAYS_AHEAD_MAX)
    if not first <= on <= last:
        raise Invalid("on", f"{on} is too far from today", f"{first} to {last}")


def _check_depot(where: str, depot_id: str, tx: Transaction) -> None:
    if SiteKind.DEPOT not in sites.get_site(tx.session, depot_id).kinds:
        raise Invalid(where, "is a site, but no depot", "the id of a depot")
