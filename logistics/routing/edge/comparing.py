"""Compares plans as they are kept: two of one day, or two steps of the same one. Reads no problem, so it is quick."""

from __future__ import annotations

from datetime import UTC, datetime

from logistics.kit.edge.wire import MoneyWire
from logistics.kit.errors import Conflict
from logistics.routing.compare import Difference, Sketch, Where, compare
from logistics.routing.edge.schemas import (
    CarrierOut,
    ComparisonOut,
    DifferenceOut,
    LeftOutOut,
    ResultOut,
    RouteDifferenceOut,
    StopOut,
    VisitOut,
    WhereOut,
)

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # any will do: both plans are reckoned from it


def comparison_out(plan: ResultOut, other: ResultOut) -> ComparisonOut:
    """Compare a plan with another one: what it costs more, and what it does differently; refused across currencies."""
    now, then = plan.summary, other.summary
    if now and then and now.cost.currency != then.cost.currency:
        facts = {"currencies": f"{then.cost.currency}, {now.cost.currency}"}
        raise Conflict("The plans count in different currencies.", code="mixed_currencies", facts=facts)
    found = compare(_sketch(other), _sketch(plan))
    currency = now.cost.currency if now else then.cost.currency if then else ""
    vehicles = {route.vehicle_id: route.vehicle_name for one in (other, plan) for route in one.routes}
    names = _names(other) | _names(plan)
    return ComparisonOut(
        cost=now.cost if now else None,
        other_cost=then.cost if then else None,
        difference=_money(found.extra_cost, currency) if now and then else None,
        left_out_more=found.extra_left_out,
        routes=[
            RouteDifferenceOut(
                vehicle_id=vehicle,
                vehicle_name=vehicles[vehicle],
                before=None if before is None else _money(before, currency),
                after=None if after is None else _money(after, currency),
            )
            for vehicle, before, after in found.routes
        ],
        differences=[_difference(one, names, vehicles) for one in found.differences],
    )


def _sketch(result: ResultOut) -> Sketch:
    where: dict[str, Where] = {}
    for route in result.routes:
        for stop in route.stops:
            at_s = int((stop.start_at - EPOCH).total_seconds())
            for visit in stop.visits:
                where[visit.shipment_id] = Where(route.vehicle_id, _way(stop), at_s, stop.no)
    where |= {one.shipment_id: Where(carrier=one.carrier) for one in result.to_carrier}
    where |= {one.shipment_id: Where() for one in result.left_out}
    costs = {route.vehicle_id: route.cost.amount_minor for route in result.routes}
    return Sketch(where, result.summary.cost.amount_minor if result.summary else 0, costs)


def _way(stop: StopOut) -> str:
    return f"{stop.kind} {stop.site_id or ''}".strip()


def _names(result: ResultOut) -> dict[str, tuple[str, str]]:
    """Return tracking number and recipient of every shipment of a plan."""
    visits = (visit for route in result.routes for stop in route.stops for visit in stop.visits)
    everybody: tuple[VisitOut | CarrierOut | LeftOutOut, ...] = (*visits, *result.to_carrier, *result.left_out)
    return {one.shipment_id: (one.tracking_no, one.recipient_name) for one in everybody}


def _difference(one: Difference, names: dict[str, tuple[str, str]], vehicles: dict[str, str]) -> DifferenceOut:
    tracking_no, recipient_name = names[one.task]
    return DifferenceOut(
        shipment_id=one.task,
        tracking_no=tracking_no,
        recipient_name=recipient_name,
        change=one.change,
        before=_where(one.before, vehicles),
        after=_where(one.after, vehicles),
        later_s=one.later_s,
    )


def _where(where: Where | None, vehicles: dict[str, str]) -> WhereOut | None:
    if where is None:
        return None
    kind, _, site_id = where.way.partition(" ")
    at = None if where.at_s is None else datetime.fromtimestamp(EPOCH.timestamp() + where.at_s, UTC)
    return WhereOut(
        vehicle_id=where.vehicle or None,
        vehicle_name=vehicles.get(where.vehicle, ""),
        kind=kind or ("carrier" if where.carrier is not None else "left_out"),
        site_id=site_id or None,
        start_at=at,
        stop_no=where.no or None,
        carrier=where.carrier,
    )


def _money(amount_minor: int, currency: str) -> MoneyWire:
    return MoneyWire(amount_minor=amount_minor, currency=currency)
