"""Turns the shipments of a day into a planning problem: tasks with options, vehicles, places, room.

What is known about the ways of a shipment comes from `ways.py`, travel from a source. Money becomes cost units and
moments become seconds here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from logistics.kit.findings import Finding
from logistics.kit.geo import Point, find_point
from logistics.kit.windows import Window, local_day, zone
from logistics.pickup.edge import store as pickup
from logistics.routing import cost_units
from logistics.routing.edge import fleet, store
from logistics.routing.edge.decided import decided_of
from logistics.routing.edge.had import less_driven, lessened
from logistics.routing.edge.halts import DOOR_SETUP_S, STORE_SETUP_S, Places, load_of, service_s
from logistics.routing.edge.matrix_source import TravelSource
from logistics.routing.edge.off_road import named, place_names
from logistics.routing.edge.plan_wishes import wishes_of
from logistics.routing.edge.tables import PlanRow, VehicleRow
from logistics.routing.edge.vehicle_wire import limits_of
from logistics.routing.edge.ways import ClosedWay, Ways, list_ways
from logistics.routing.explain import Closed, ClosedCarrier
from logistics.routing.model import CASH, Option, Pick, Problem, ServiceLevel, Task, TimeWindow, Vehicle
from logistics.shipments.edge import store as shipments
from logistics.shipments.edge.tables import ShipmentRow
from logistics.shipments.model import Mode
from logistics.sites.edge import store as sites
from logistics.sites.edge.tables import SiteRow

DIMENSIONS = ("g", "cm3", "parcels", CASH)
DOOR, SERVICE_POINT = "door", "service_point"
CURRENCY_OF_NOTHING = "CNY"  # a plan without vehicles and shipments still says what its zero is in
OVERDUE_PRIORITY = 1  # what waits since an earlier day goes before the others


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """A problem and what its indices stand for: tasks are ``shipments``, vehicles are ``vehicles``, in order.

    ``closed``: the options of the problem, and the carriers, that no plan may take as yet; only a wide day has any.
    """

    problem: Problem
    epoch: datetime
    currency: str
    shipments: tuple[ShipmentRow, ...]
    vehicles: tuple[VehicleRow, ...]
    ways: tuple[Ways, ...]
    stores: Mapping[str, SiteRow]
    points: tuple[Point, ...]
    findings: tuple[Finding, ...]
    closed: Closed = field(default_factory=Closed)

    def moment(self, seconds: int) -> datetime:
        """Return the moment so many seconds after the epoch."""
        return self.epoch + timedelta(seconds=seconds)


def read_day(session: Session, plan: PlanRow, source: TravelSource, *, wide: bool = False) -> Day:
    """Return the problem of a plan, asking for travel times while the session waits: `gather_day` says what of."""
    return gather_day(session, plan, wide=wide).build(source)


def gather_day(session: Session, plan: PlanRow, *, wide: bool = False) -> Gathered:
    """Read the problem of a plan: of the shipments it names, or of the pool if it names none yet.

    A ``wide`` day also holds the ways that are not open yet, to say what they would be worth; no solver may see it.
    """
    rows = (
        sorted(shipments.list_by_ids(session, plan.shipment_ids), key=lambda row: row.id)
        if plan.shipment_ids
        else shipments.list_pool(session, plan.on, plan.depot_ids)
    )
    return Gathered(session, plan, store.list_vehicles(session, plan.depot_ids), rows, wide=wide)


class Gathered:
    """One day as the database knows it; building a problem of it needs travel times, and the database no more."""

    def __init__(
        self, session: Session, plan: PlanRow, cars: Sequence[VehicleRow], rows: Sequence[ShipmentRow], *, wide: bool
    ) -> None:
        self._plan, self._wide = plan, wide
        self._depots = {depot_id: sites.get_site(session, depot_id) for depot_id in plan.depot_ids}
        first = self._depots[plan.depot_ids[0]]
        self._epoch = local_day(plan.on, first.time_zone).start
        self._asked_at = plan.planned_at or plan.created_at
        self._wishes, self._decided = wishes_of(plan), decided_of(plan)
        balance = self._wishes.balance_cost_per_h
        self._currency = _currency(cars, rows, [balance.currency] if balance else [])
        self._rows = rows
        self._ways = list_ways(session, rows)
        points = pickup.list_service_points(session)
        self._stores = {row.id: row for row, _ in points}
        self._room = {row.id: max(0, point.room) for row, point in points}
        self._places = Places()
        self._cars = [car for car in cars if _is_some(self._free(car).shift)]
        self._asleep = [car for car in cars if car not in self._cars]
        self._streets = fleet.Streets(self._cars)
        self._ends = {site_id: sites.get_site(session, site_id) for site_id in map(_end_depot, self._cars) if site_id}

    def build(self, source: TravelSource) -> Day:
        """Return the day as a problem, with travel times of a source."""
        vehicles = tuple(self._vehicle(car) for car in self._cars)
        ways = [self._ways_had(car) for car in self._cars]
        tasks = tuple(self._task(row) for row in self._rows)
        travel, found = source.matrix(self._places.points, fleet.hours_of(vehicles))
        vehicles = tuple(less_driven(car, had, travel) for car, had in zip(vehicles, ways, strict=True))
        problem = Problem(
            places=tuple(self._places.places),
            tasks=tasks,
            vehicles=vehicles,
            travel=(travel,),
            dimensions=DIMENSIONS,
            room=self._room,
            levels=tuple(ServiceLevel(one.preference_max, one.percent) for one in self._wishes.levels or ()),
            quotas=self._decided.left_of(self._wishes.quotas),
            balance_cost_per_s=self._balance(),
        )
        names = place_names(
            problem,
            [row.tracking_no for row in self._rows],
            [car.name for car in self._cars],
            {site_id: site.name for site_id, site in self._stores.items()},
        )
        return Day(
            problem=problem,
            epoch=self._epoch,
            currency=self._currency,
            shipments=tuple(self._rows),
            vehicles=tuple(self._cars),
            ways=tuple(self._ways[row.id] for row in self._rows),
            stores=self._stores,
            points=tuple(self._places.points),
            findings=(*named(found, names), *self._findings()),
            closed=self._closed(tasks) if self._wide else Closed(),
        )

    # -- vehicles ------------------------------------------------------------------------------

    def _vehicle(self, car: VehicleRow) -> Vehicle:
        """Return a vehicle with what is left of its shift."""
        depot = self._depot_place(self._depots[car.depot_id])
        end_depot = self._ends.get(_end_depot(car))
        end = None if limits_of(car).open_end else self._depot_place(end_depot) if end_depot else depot
        free = self._free(car)
        whole = fleet.vehicle_of(car, self._clock(car), start=depot, end=end)
        left = lessened(whole, self._decided.had.get(car.id))
        return replace(left, shift=free.shift, overtime_s_max=free.overtime_s_max)

    def _ways_had(self, car: VehicleRow) -> list[list[int]]:
        """Return the ways of a vehicle's other runs of the day, where its metres are counted."""
        had = self._decided.had.get(car.id)
        ways = had.ways if had and limits_of(car).distance_m_max is not None else ()
        return [[self._places.index(DOOR, point.to_point(), DOOR_SETUP_S) for point in way] for way in ways]

    def _depot_place(self, depot: SiteRow) -> int:
        return self._places.index("depot", sites.point_of(depot), 0)

    def _shift(self, car: VehicleRow) -> TimeWindow:
        """Return a driver's day; planned while it runs, only what is left of it."""
        shift = fleet.shift_of(car, self._clock(car))
        return TimeWindow(max(shift.start_s, self._seconds(self._asked_at)), shift.end_s)

    def _free(self, car: VehicleRow) -> fleet.Free:
        """Return the part of a driver's day in which it has no run already."""
        limits, had = limits_of(car), self._decided.had.get(car.id)
        day = fleet.Free(self._shift(car), limits.overtime_s_max)
        if had and 1 < limits.trips_max <= had.trips:
            return replace(day, shift=TimeWindow(day.shift.start_s, day.shift.start_s))
        if had and limits.duration_s_max is not None:
            left_s, back_s = self._seconds(had.left_at), self._seconds(had.back_at)
            day = fleet.within(day, TimeWindow(back_s - limits.duration_s_max, left_s + limits.duration_s_max))
        return fleet.free_part(day.shift, day.overtime_s_max, self._busy(car), limits.reload_s)

    def _busy(self, car: VehicleRow) -> list[TimeWindow]:
        """Return when a vehicle is out on runs that it has already, as far as that is in its shift or overtime."""
        shift, longer_s = self._shift(car), limits_of(car).overtime_s_max
        spans = [TimeWindow(*map(self._seconds, hours)) for hours in self._decided.hours.get(car.id, ())]
        return [span for span in spans if span.end_s > shift.start_s and span.start_s < shift.end_s + longer_s]

    def _clock(self, car: VehicleRow) -> fleet.Clock:
        """Return what reads times of day at the depot of a vehicle."""
        return fleet.clock_of(self._plan.on, self._depots[car.depot_id].time_zone, self._epoch)

    def _balance(self) -> int:
        price = self._wishes.balance_cost_per_h
        return cost_units.per_second(price.amount_minor) if price else 0

    # -- tasks ---------------------------------------------------------------------------------

    def _task(self, row: ShipmentRow) -> Task:
        ways = self._ways[row.id]
        own = frozenset(car.id for car in self._cars if car.depot_id == row.depot_id)
        cost = ways.carrier_cost
        return Task(
            id=row.id,
            options=(*self._open(row, ways), *self._not_open(row, ways)),
            deliver=load_of(row),
            priority=row.priority + (OVERDUE_PRIORITY if row.deliver_on < self._plan.on else 0),
            leave_cost=cost_units.of_minor(cost.amount_minor) if cost is not None else None,
            skills=frozenset(row.skills),
            vehicles=self._bound(row, own),
            vehicle_cost=self._streets.costs_at(find_point(row.lat, row.lon)) if ways.at_door else {},
            carrier=ways.carrier,
        )

    def _bound(self, row: ShipmentRow, own: frozenset[str]) -> frozenset[str] | None:
        """Return the only vehicles that may: those of its depot, or the one somebody locked it to."""
        locked = self._plan.locks.get(row.id)
        return frozenset({locked}) if locked else own if row.depot_id else None

    def _open(self, row: ShipmentRow, ways: Ways) -> tuple[Option, ...]:
        return *self._door(row, ways), *self._at_stores(row, ways)

    def _not_open(self, row: ShipmentRow, ways: Ways) -> Iterable[Option]:
        """Yield options of the ways that are closed, in the order of the ways, on a wide day."""
        for way in ways.closed if self._wide else ():
            yield from self._open(row, opened(way))

    def _closed(self, tasks: Sequence[Task]) -> Closed:
        """Name what on a wide day is not open."""
        options: dict[Pick, tuple[str, ...]] = {}
        carriers: dict[int, ClosedCarrier] = {}
        for number, (row, task) in enumerate(zip(self._rows, tasks, strict=True)):
            ways = self._ways[row.id]
            first = len(self._open(row, ways))
            needs = [way.needs for way in ways.closed for _ in self._open(row, opened(way))]
            options |= {Pick(number, first + index): needed for index, needed in enumerate(needs)}
            dear = [(way.cost.amount_minor, way) for way in ways.closed if way.mode is Mode.CARRIER and way.cost]
            if dear and task.leave_cost is None:
                cost, way = min(dear, key=lambda one: one[0])
                carriers[number] = ClosedCarrier(cost_units.of_minor(cost), way.needs, way.carrier)
        return Closed(options, carriers)

    def _door(self, row: ShipmentRow, ways: Ways) -> Iterable[Option]:
        point = find_point(row.lat, row.lon)
        if not ways.at_door or point is None:
            return
        yield Option(
            place=self._places.index(DOOR, point, DOOR_SETUP_S),
            windows=self._window(row),
            service_s=service_s(row, at_door=True),
            kind=DOOR,
            collect=(0, 0, 0, row.cod_due_minor),
        )

    def _at_stores(self, row: ShipmentRow, ways: Ways) -> Iterable[Option]:
        """Yield the stores this recipient agreed to; the till takes the money there, not the driver."""
        for rank, site_id in enumerate(ways.store_ids, start=int(ways.at_door)):
            site = self._stores.get(site_id)
            if site is None:
                continue
            opening = sites.hours_of(site).windows_on(self._plan.on)
            if opening:
                yield Option(
                    place=self._places.index(site_id, sites.point_of(site), STORE_SETUP_S),
                    windows=self._ahead(opening),
                    service_s=service_s(row, at_door=False),
                    kind=SERVICE_POINT,
                    preference=rank,
                    room=site_id,
                    room_use=row.parcels_count,
                )

    def _window(self, row: ShipmentRow) -> tuple[TimeWindow, ...]:
        """Return the recipient's windows; when all are over they bind nobody any more, sooner is simply better."""
        return self._ahead(window for window in shipments.windows_of(row) if window.end >= self._asked_at)

    def _ahead(self, windows: Iterable[Window]) -> tuple[TimeWindow, ...]:
        """Return windows in seconds, joined where they touch, ascending and disjoint."""
        return fleet.joined(TimeWindow(self._seconds(one.start), self._seconds(one.end)) for one in windows)

    def _seconds(self, moment: datetime) -> int:
        return int((moment - self._epoch).total_seconds())

    def _findings(self) -> Iterable[Finding]:
        for car in self._asleep:
            if _is_some(self._shift(car)):
                yield Finding(f"vehicle {car.name}", "has_runs", "has runs all its shift", "a replan, or another day")
            else:
                yield Finding(f"vehicle {car.name}", "shift_over", "its shift is over", "a later shift, or another day")
        for car in self._cars:
            if self._busy(car):
                yield self._has_runs(car)
        for row in self._rows:
            if find_point(row.lat, row.lon) is None and self._ways[row.id].at_door:
                yield Finding(f"shipment {row.tracking_no}", "no_point", "its address is nowhere on the map", "a point")

    def _has_runs(self, car: VehicleRow) -> Finding:
        here = zone(self._depots[car.depot_id].time_zone)
        span = self._free(car).shift
        start, end = ((self._epoch + timedelta(seconds=at)).astimezone(here) for at in (span.start_s, span.end_s))
        message = f"has runs already and is planned from {start:%H:%M} to {end:%H:%M} only"
        helps, hours = "a replan, for what would suit these runs", f"{start:%H:%M}-{end:%H:%M}"
        return Finding(f"vehicle {car.name}", "has_runs", message, helps, name=hours)


def _is_some(span: TimeWindow) -> bool:
    return span.start_s < span.end_s


def opened(way: ClosedWay) -> Ways:
    """Return what a shipment could do if this way alone were open."""
    return Ways(at_door=way.mode is Mode.OWN_FLEET, store_ids=(way.site_id,) if way.mode is Mode.PICKUP else ())


def _end_depot(car: VehicleRow) -> str:
    return limits_of(car).end_depot_id


def _currency(cars: Iterable[VehicleRow], rows: Iterable[ShipmentRow], others: Iterable[str]) -> str:
    """Return the one currency of a day; costs of several cannot be weighed against each other."""
    used = {car.currency for car in cars} | {row.currency for row in rows} | set(others)
    return fleet.one_currency(used, CURRENCY_OF_NOTHING)
