"""Writes a plan as it travels: routes with stops and times, what goes to carriers, what is left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import cast

from logistics.kit.edge.wire import FindingWire, MoneyWire, PointWire, WindowWire
from logistics.kit.findings import Finding
from logistics.kit.geo import Point, find_point
from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.routing import cost_units
from logistics.routing.cost import plan_cost, route_cost
from logistics.routing.edge import wording
from logistics.routing.edge.day_planner import DIMENSIONS, DOOR, SERVICE_POINT, Day
from logistics.routing.edge.explaining_wire import group_out, reason_out, repairs_out
from logistics.routing.edge.schemas import (
    CarrierOut,
    LeftOutOut,
    LoadOut,
    NoticedOut,
    ReasonOut,
    ResultOut,
    RouteOut,
    StopOut,
    SummaryOut,
    TripOut,
    Unit,
    ViolationOut,
    VisitOut,
)
from logistics.routing.edge.vehicle_wire import limits_of
from logistics.routing.explain import Explanation
from logistics.routing.model import CASH, Pick, Plan, Route, Stop, TimeWindow
from logistics.routing.violations import Violation, check_plan, driven_m, peak_load
from logistics.sites.edge.tables import SiteRow

LINE_DIGITS = 5  # decimals of a degree in a drawn line, about a metre
PERCENT = 100

Path = Callable[[Sequence[Point]], list[Point]]


def result_of(
    day: Day,
    plan: Plan,
    *,
    path: Path = list,
    explanations: Iterable[Explanation] = (),
    findings: Iterable[Finding] = (),
) -> ResultOut:
    """Write a plan; ``path`` draws the line through places, explanations belong to tasks on no route."""
    why = {one.task: one for one in explanations}
    routes = [_route(day, route, path) for route in plan.routes]
    return ResultOut(
        summary=_summary(day, plan, routes),
        routes=routes,
        to_carrier=[_to_carrier(day, task, why.get(task)) for task in plan.to_carrier],
        left_out=[_left_out(day, task, why.get(task)) for task in plan.left_out],
        violations=[violation_out(day, one) for one in check_plan(day.problem, plan)],
        findings=[noticed_out(day.stores, one) for one in (*day.findings, *findings)],
    )


def _summary(day: Day, plan: Plan, routes: Sequence[RouteOut]) -> SummaryOut:
    kinds = [_kind(day, visit.pick) for route in plan.routes for visit in route.visits]
    stops = list(chain.from_iterable(route.stops for route in plan.routes))
    working_s = sum(stop.service_s for stop in stops)
    waiting_s = sum(stop.wait_s for stop in stops)
    driving_s = (
        sum(trip.back_s - trip.depart_s for route in plan.routes for trip in route.trips) - working_s - waiting_s
    )
    return SummaryOut(
        cost=_money(day, plan_cost(day.problem, plan).total),
        distance_m=sum(route.distance_m for route in routes),
        travel_s=driving_s,
        wait_s=waiting_s,
        service_s=working_s,
        tasks=len(day.problem.tasks),
        door=kinds.count(DOOR),
        service_point=kinds.count(SERVICE_POINT),
        carrier=len(plan.to_carrier),
        left_out=len(plan.left_out),
        vehicles=len(routes),
    )


def _route(day: Day, route: Route, path: Path) -> RouteOut:
    car, noun = day.vehicles[route.vehicle], day.problem.vehicles[route.vehicle]
    trips = [[stop.place for stop in trip.stops] for trip in route.trips]
    way = [noun.start, *trips[0], *(place for trip in trips[1:] for place in (noun.reload_place, *trip))]
    way += [] if noun.end is None else [noun.end]
    load = _load(day, route)
    return RouteOut(
        vehicle_id=car.id,
        vehicle_name=car.name,
        driver_name=car.driver_name,
        depot_id=car.depot_id,
        load=load,
        load_percent=_load_percent(day, route, load),
        distance_m=driven_m(day.problem, route),
        cost=_money(day, route_cost(day.problem, route).total),
        start_at=day.moment(route.trips[0].depart_s),
        end_at=day.moment(route.trips[-1].back_s),
        polyline=_line(path([day.points[place] for place in way])),
        stops=list(_stops(day, route)),
        trips=[
            TripOut(no=no, start_at=day.moment(trip.depart_s), end_at=day.moment(trip.back_s))
            for no, trip in enumerate(route.trips, start=1)
        ],
        rests=[_window(day, rest) for rest in route.rests],
        end_depot_id=None if noun.end is None else limits_of(car).end_depot_id or car.depot_id,
    )


def _stops(day: Day, route: Route) -> Iterator[StopOut]:
    """Write halts, numbered through the whole route, whichever trip they are on."""
    numbers = count(1)
    for trip_no, trip in enumerate(route.trips, start=1):
        for stop in trip.stops:
            yield _stop(day, next(numbers), stop).model_copy(update={"trip": trip_no})


def _window(day: Day, window: TimeWindow) -> WindowWire:
    return WindowWire.of(Window(day.moment(window.start_s), day.moment(window.end_s)))


def _load(day: Day, route: Route) -> LoadOut:
    peaks = [peak_load(day.problem, trip) for trip in route.trips]
    most = dict(zip(DIMENSIONS, (max(values) for values in zip(*peaks, strict=True)), strict=True))
    return LoadOut(g=most["g"], cm3=most["cm3"], parcels=most["parcels"], cash_minor=most[CASH])


def _load_percent(day: Day, route: Route, load: LoadOut) -> int:
    car = day.vehicles[route.vehicle]
    shares = ((load.g, car.capacity_g), (load.cm3, car.capacity_cm3), (load.parcels, car.capacity_parcels))
    return max((PERCENT * used // limit for used, limit in shares if limit), default=0)


def _stop(day: Day, no: int, stop: Stop) -> StopOut:
    first = stop.visits[0].pick
    option = day.problem.option(first.task, first.option)
    site = day.stores.get(option.room)
    return StopOut(
        no=no,
        kind=option.kind,
        point=PointWire.of(day.points[stop.place]),
        address=site.address if site else day.shipments[first.task].address,
        arrive_at=day.moment(stop.arrive_s),
        start_at=day.moment(stop.start_s),
        depart_at=day.moment(stop.depart_s),
        wait_s=stop.wait_s,
        service_s=stop.service_s,
        windows=[_window(day, window) for window in option.windows],
        site_id=site.id if site else None,
        visits=[_visit(day, visit.pick) for visit in stop.visits],
    )


def _visit(day: Day, pick: Pick) -> VisitOut:
    row = day.shipments[pick.task]
    return VisitOut(
        shipment_id=row.id,
        tracking_no=row.tracking_no,
        recipient_name=row.recipient_name,
        cod_due=MoneyWire.of(Money(row.cod_due_minor, row.currency)) if row.cod_due_minor else None,
        parcels_count=row.parcels_count,
    )


def _to_carrier(day: Day, task: int, why: Explanation | None) -> CarrierOut:
    row, ways = day.shipments[task], day.ways[task]
    leave = day.problem.tasks[task].leave_cost or 0
    return CarrierOut(
        shipment_id=row.id,
        tracking_no=row.tracking_no,
        recipient_name=row.recipient_name,
        price=_money(day, leave),
        carrier=ways.carrier,
        reason=wording.carrier_reason(day, why) if why else "",
        code=why.reason if why else "",
        repairs=repairs_out(day, why, instead_of=leave) if why else [],
    )


def _left_out(day: Day, task: int, why: Explanation | None) -> LeftOutOut:
    row = day.shipments[task]
    point = find_point(row.lat, row.lon)
    repairs = repairs_out(day, why) if why else []
    return LeftOutOut(
        shipment_id=row.id,
        tracking_no=row.tracking_no,
        recipient_name=row.recipient_name,
        point=PointWire.of(point) if point else None,
        reason=reason_out(day, why) if why else NOT_YET,
        repair=repairs[0] if repairs else None,
        repairs=repairs,
        group=group_out(day, why.group) if why else [],
    )


def violation_out(day: Day, one: Violation) -> ViolationOut:
    """Write a rule that is broken."""
    site = day.stores.get(one.name)
    return ViolationOut(
        code=one.rule,
        text=wording.violation_text(day, one),
        amount=one.amount,
        unit=cast("Unit", one.unit),
        vehicle_id=None if one.vehicle is None else day.vehicles[one.vehicle].id,
        shipment_id=None if one.task is None else day.shipments[one.task].id,
        name=site.name if site else one.name,
    )


def noticed_out(stores: Mapping[str, SiteRow], one: Finding) -> NoticedOut:
    """Write what was noticed; a store is named, not numbered."""
    name = stores[one.name].name if one.name in stores else one.name
    head = FindingWire.of(one).model_dump()
    return NoticedOut(**head, amount=one.amount, unit=cast("Unit", one.unit), name=name)


def _kind(day: Day, pick: Pick) -> str:
    return day.problem.option(pick.task, pick.option).kind


def _money(day: Day, cost: int) -> MoneyWire:
    return MoneyWire.of(cost_units.to_money(cost, day.currency))


def _line(points: Iterable[Point]) -> list[tuple[float, float]]:
    return [(round(point.lat, LINE_DIGITS), round(point.lon, LINE_DIGITS)) for point in points]


NOT_YET = ReasonOut(code="not_yet", text="The search is still going on.")
