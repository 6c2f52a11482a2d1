"""Writes reasons, repairs and ways as they travel, each with the change by hand that does it."""

from __future__ import annotations

from collections.abc import Iterable

from logistics.kit.edge.wire import MoneyWire
from logistics.routing import cost_units
from logistics.routing.alternatives import Alternatives, Way
from logistics.routing.edge import wording
from logistics.routing.edge.day_planner import SERVICE_POINT, Day
from logistics.routing.edge.schemas import Move, ReasonOut, RepairOut, WayOut
from logistics.routing.explain import Explanation, Repair
from logistics.routing.insertion import Insertion
from logistics.routing.model import Pick, Plan
from logistics.routing.reasons import Reason

REPAIRS_MAX = 6  # more is no help any more


def reason_out(day: Day, why: Explanation) -> ReasonOut:
    """Write what keeps a shipment off the routes."""
    return ReasonOut(code=why.reason, text=wording.reason_text(day, why), together=list(why.together))


def repairs_out(day: Day, why: Explanation, *, instead_of: int | None = None) -> list[RepairOut]:
    """Write what would help, the cheapest first; ``instead_of``: what is spent on it already, in cost units."""
    group = why.group or (why.task,)
    return [_repair(day, group, repair, instead_of or 0) for repair in why.repairs[:REPAIRS_MAX]]


def group_out(day: Day, group: Iterable[int]) -> list[str]:
    """Name the shipments that go only together; nobody if it goes by itself."""
    ids = [day.shipments[task].id for task in group]
    return ids if len(ids) > 1 else []


def way_out(day: Day, plan: Plan, found: Alternatives, way: Way, chosen: int | None) -> WayOut:
    """Write a way of a shipment; ``chosen`` is the price of the one taken."""
    option = None if way.option is None else day.problem.option(found.task, way.option)
    site = day.stores.get(option.room) if option else None
    vehicle, start_s = _where(plan, found.task, way)
    difference = None if way.price is None or chosen is None else _money(day, way.price - chosen)
    why = None if way.reason is None else Explanation(found.task, way.reason)
    return WayOut(
        kind="carrier" if option is None else "service_point" if option.kind == SERVICE_POINT else "door",
        site_id=site.id if site else None,
        name=site.name if site else way.name if option is None else "",
        vehicle_id=None if vehicle is None else day.vehicles[vehicle].id,
        vehicle_name="" if vehicle is None else day.vehicles[vehicle].name,
        start_at=None if start_s is None else day.moment(start_s),
        price=None if way.price is None else _money(day, way.price),
        difference=difference,
        chosen=way.is_chosen,
        reason=reason_out(day, why) if why else None,
        needs=list(way.needs),
        moves=_way_moves(day, found, way),
    )


def moves_of(day: Day, insertion: Insertion) -> list[Move]:
    """Write an insertion as the changes by hand that do it."""
    first = _move(day, insertion.pick, insertion, insertion.position)
    more = (_move(day, pick, insertion, position) for pick, position in insertion.more)
    return [first.model_copy(update={"load": insertion.load}), *more]


def _repair(day: Day, group: tuple[int, ...], repair: Repair, instead_of: int) -> RepairOut:
    site = day.stores.get(_store_of(day, repair))
    return RepairOut(
        code=repair.relaxes,
        text=wording.repair_text(day, repair),
        price=_money(day, repair.extra_cost - instead_of),
        amount=repair.amount,
        name=site.name if site else repair.name,
        vehicle_id=None if repair.vehicle is None else day.vehicles[repair.vehicle].id,
        vehicle_name="" if repair.vehicle is None else day.vehicles[repair.vehicle].name,
        start_at=None if repair.start_s is None else day.moment(repair.start_s),
        needs=list(repair.needs),
        moves=_repair_moves(day, group, repair),
    )


def _store_of(day: Day, repair: Repair) -> str:
    """Return the id of the store a repair is about; empty if it is about none."""
    if repair.relaxes is Reason.CLOSED and repair.insertion:
        return day.problem.option(repair.pick.task, repair.pick.option).room
    return repair.name if repair.relaxes is Reason.ROOM else ""


def _repair_moves(day: Day, group: tuple[int, ...], repair: Repair) -> list[Move]:
    if repair.relaxes in {Reason.CLOSED, Reason.VEHICLES}:
        return []
    if repair.vehicle is None:
        return [Move(shipment_id=day.shipments[task].id, vehicle_id=None) for task in group]
    return moves_of(day, repair.insertion) if repair.insertion else []


def _way_moves(day: Day, found: Alternatives, way: Way) -> list[Move]:
    """Return what takes this way instead: off the route first, so that positions count without the shipment."""
    if way.is_chosen or way.needs or way.price is None:
        return []
    off = [Move(shipment_id=day.shipments[task].id, vehicle_id=None) for task in found.group]
    if way.option is None:
        return off
    together = off if len(found.group) > 1 else []
    return [*together, *moves_of(day, way.insertion)] if way.insertion else []


def _move(day: Day, pick: Pick, insertion: Insertion, position: int) -> Move:
    option = day.problem.option(pick.task, pick.option)
    return Move(
        shipment_id=day.shipments[pick.task].id,
        vehicle_id=day.vehicles[insertion.vehicle].id,
        position=position,
        trip=insertion.trip,
        kind="service_point" if option.kind == SERVICE_POINT else "door",
        site_id=option.room,
    )


def _where(plan: Plan, task: int, way: Way) -> tuple[int | None, int | None]:
    """Return which vehicle does it in this way, and when."""
    if way.insertion:
        return way.insertion.vehicle, way.insertion.start_s
    if not way.is_chosen:
        return None, None
    visits = ((route.vehicle, visit) for route in plan.routes for visit in route.visits)
    return next(((vehicle, visit.start_s) for vehicle, visit in visits if visit.pick.task == task), (None, None))


def _money(day: Day, cost: int) -> MoneyWire:
    return MoneyWire.of(cost_units.to_money(cost, day.currency))
