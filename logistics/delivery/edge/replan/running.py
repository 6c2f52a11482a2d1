"""Turns a running day into a planning problem: what is left of it, from where each vehicle will be.

A vehicle under way begins with its next stop, when that is expected; its goods are aboard. It may load once more at the
depot, as a second trip; what vehicles may is in `cars.py`. Who was promised a time is no longer bound to the hours
asked for before: the promise is what is kept, and where it cannot be, late is better than never.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from logistics.delivery.edge.replan.cars import LOST, Cars, let_finish
from logistics.delivery.edge.replan.ground import Ground
from logistics.delivery.lifecycle import StopState
from logistics.delivery.model import StopKind
from logistics.delivery.replanning import ENDING, Kind, RunNow, StopNow
from logistics.kit.findings import Finding
from logistics.kit.geo import Point, find_point
from logistics.kit.windows import Window, local_day
from logistics.pickup.edge import store as pickup
from logistics.routing import cost_units
from logistics.routing.construct import Drafts
from logistics.routing.edge import day_planner as planner
from logistics.routing.edge import fleet
from logistics.routing.edge.carried import left_of_day
from logistics.routing.edge.halts import DOOR_SETUP_S, STORE_SETUP_S, Places, load_of, service_s
from logistics.routing.edge.matrix_source import TravelSource
from logistics.routing.edge.off_road import named, place_names
from logistics.routing.edge.tables import VehicleRow
from logistics.routing.edge.ways import Ways, list_ways
from logistics.routing.model import Option, Pick, Plan, Problem, Task, TimeWindow, Vehicle
from logistics.shipments.edge import store as shipments
from logistics.shipments.edge.brief import Brief
from logistics.shipments.model import PRIORITY_MAX
from logistics.sites.edge import store as sites
from logistics.sites.edge.tables import SiteRow

# Who was told that somebody comes goes before who was not, however urgent.
PROMISED_PRIORITY = PRIORITY_MAX + planner.OVERDUE_PRIORITY + 1
GONE = 0  # what it costs to leave who does not want to be visited any more


@dataclass(frozen=True, slots=True, eq=False)
class RunningDay:
    """The problem as it is ``now`` and as it was ``before`` anything happened, and what their indices stand for.

    ``trips``: by vehicle, the runs its trips are. ``current``: what was decided. ``gone``: tasks nobody is to do any
    more, ``stranded`` those of them whose goods are in a vehicle that is lost. ``promises``: by task; ``askable`` those
    that somebody could keep. ``where``: run and stop of a shipment that is on one.
    """

    ground: Ground
    before: Problem
    now: Problem
    current: Drafts
    shipments: tuple[Brief, ...]
    trips: tuple[tuple[RunNow, ...], ...]
    promises: Mapping[int, TimeWindow]
    askable: Mapping[int, TimeWindow]
    gone: frozenset[int]
    stranded: frozenset[int]
    ways: Mapping[str, Ways]
    where: Mapping[str, tuple[str, int]]
    stores: Mapping[str, SiteRow]
    points: tuple[Point, ...]
    epoch: datetime
    currency: str
    findings: tuple[Finding, ...]

    def moment(self, seconds: int) -> datetime:
        """Return the moment so many seconds after the epoch."""
        return self.epoch + timedelta(seconds=seconds)

    def ended(self, plan: Plan) -> set[str]:
        """Return the shipments on runs whose visits end with this plan: not wanted, stranded, left to others."""
        tasks = {*self.gone, *plan.left_out, *plan.to_carrier}
        return {self.shipments[task].id for task in tasks if self.shipments[task].id in self.where}


class Gathered:
    """One running day as the database knows it; building a problem of it needs travel times, and no database.

    Refused where its money is of several currencies.
    """

    def __init__(self, session: Session, ground: Ground) -> None:
        self._ground = ground
        first = ground.depots[min(ground.depots)]
        self._epoch = local_day(ground.on, first.time_zone).start
        currencies = {car.currency for car in ground.vehicles} | {row.currency for row in ground.shipments.values()}
        self._currency = fleet.one_currency(currencies, planner.CURRENCY_OF_NOTHING)
        self._delay_s = {one.run_id: one.minutes * 60 for one in ground.happened if one.kind is Kind.DELAY}
        self._ended = {one.shipment_id for one in ground.happened if one.kind in ENDING}
        self._windows = {one.shipment_id: one.window for one in ground.happened if one.kind is Kind.WINDOW}
        self._where = {
            visit.shipment_id: (run, stop, visit.aboard)
            for run in ground.runs.values()
            for stop in run.open_stops
            for visit in stop.visits
        }
        self._rows = [ground.shipments[one] for one in (*self._where, *ground.inserted)]
        self._number = {row.id: number for number, row in enumerate(self._rows)}
        depot_of = {car.id: car.depot_id for car in ground.vehicles}
        self._own = {
            depot_id: frozenset(car for car, own in depot_of.items() if own == depot_id)
            for depot_id in set(depot_of.values())
        }
        self._places = Places()
        self._cars = Cars(ground, self._places, self._epoch)
        self._streets = fleet.Streets(ground.vehicles)
        free = [row for row in self._rows if row.id in ground.inserted or self._lost_at_depot(row.id)]
        self._ways = list_ways(session, free)
        self._quotas = left_of_day(session, ground.on)
        self._stores, self._room = self._read_stores(session)

    def build(self, source: TravelSource) -> RunningDay:
        """Return the day as a problem, with travel times of a source."""
        ground = self._ground
        cars = [self._vehicle(car, happened=False) for car in ground.vehicles]
        tasks = [self._task(row) for row in self._rows]
        driving = [car for car in cars if car.shift != LOST]
        travel, found = source.matrix(self._places.points, fleet.hours_of(driving))
        count = len(self._where)
        before = Problem(
            places=tuple(self._places.places),
            tasks=tuple(tasks[:count]),
            vehicles=tuple(self._cars.less_driven(car, travel) for car in cars),
            travel=(travel,),
            dimensions=planner.DIMENSIONS,
            room=self._room,
            quotas=self._quotas,
        )
        gone = {self._number[one] for one in self._ended} | self._stranded()
        now = replace(
            before,
            tasks=tuple(
                replace(task, options=(), leave_cost=GONE) if number in gone else self._unbound(task)
                for number, task in enumerate(tasks)
            ),
            vehicles=tuple(
                self._cars.less_driven(self._vehicle(car, happened=True), travel) for car in ground.vehicles
            ),
        )
        now = self._let_finish(now, gone)
        promises = self._promises()
        names = place_names(
            now,
            [row.tracking_no for row in self._rows],
            [car.name for car in ground.vehicles],
            {site_id: site.name for site_id, site in self._stores.items()},
        )
        return RunningDay(
            ground=ground,
            before=before,
            now=now,
            current=self._current(),
            shipments=tuple(self._rows),
            trips=tuple(self._cars.trips(car) for car in ground.vehicles),
            promises=promises,
            askable=self._askable(now, promises),
            gone=frozenset(gone),
            stranded=frozenset(self._stranded()),
            ways=self._ways,
            where={one: (run.id, stop.no) for one, (run, stop, _) in self._where.items()},
            stores=self._stores,
            points=tuple(self._places.points),
            epoch=self._epoch,
            currency=self._currency,
            findings=named(found, names),
        )

    # -- vehicles ------------------------------------------------------------------------------

    def _is_lost(self, car: VehicleRow) -> bool:
        return any(run.id in self._ground.lost_runs for run in self._ground.runs_of[car.id])

    def _vehicle(self, car: VehicleRow, *, happened: bool) -> Vehicle:
        told = [self._delay_s[run.id] for run in self._ground.runs_of[car.id] if happened and run.id in self._delay_s]
        late_s = sum(told)
        known = self._cars.vehicle(car, late_s if told else None)
        if happened and self._is_lost(car):
            return replace(known, shift=LOST, overtime_s_max=0)
        trips = self._cars.trips(car)
        if trips and trips[0].is_underway:
            return self._underway(car, known, trips[0], late_s, happened=happened)
        return known

    def _underway(self, car: VehicleRow, known: Vehicle, run: RunNow, late_s: int, *, happened: bool) -> Vehicle:
        """Let a vehicle begin with its next stop, where it is or will be, as expected."""
        stop = run.next_stop
        assert stop is not None, "who is under way with something to do has a next stop"
        place = self._place_of(run, stop)
        staying = [one for one in stop.visits if not (happened and one.shipment_id in self._ended)]
        begin_s = self._begin_s(stop) + late_s
        setup_s = self._places.places[place].setup_s if staying else 0
        begun = self._cars.underway(car, known, start=place, start_s=begin_s - setup_s, begin_s=begin_s)
        return replace(begun, fixed=tuple(Pick(self._number[one.shipment_id]) for one in staying))

    def _begin_s(self, stop: StopNow) -> int:
        """Return when service at a next stop begins: as expected, and never in the past unless she is there."""
        now_s = self._seconds(self._ground.now)
        if stop.state is StopState.OPEN:
            return max(now_s, self._seconds(stop.start_at))
        work_s = sum(service_s(self._ground.shipments[one.shipment_id], at_door=True) for one in stop.visits)
        return max(self._seconds(stop.came_at or self._ground.now), now_s - work_s)

    def _let_finish(self, problem: Problem, gone: Collection[int]) -> Problem:
        """Let who is under way finish what is on board, whatever the limits say."""
        cars = list(problem.vehicles)
        for number, trips in self._current():
            if cars[number].underway:
                cars[number] = let_finish(problem, number, trips[0], gone)
        return replace(problem, vehicles=tuple(cars))

    # -- what was decided ------------------------------------------------------------------------

    def _current(self) -> Drafts:
        return tuple(
            (number, tuple(self._picks(run) for run in self._cars.trips(car)))
            for number, car in enumerate(self._ground.vehicles)
            if self._cars.trips(car)
        )

    def _picks(self, run: RunNow) -> tuple[Pick, ...]:
        head = [run.next_stop] if run.next_stop else []
        return tuple(Pick(self._number[one.shipment_id]) for stop in (*head, *run.behind) for one in stop.visits)

    def _lost_at_depot(self, shipment_id: str) -> bool:
        if shipment_id not in self._where:
            return False
        run = self._where[shipment_id][0]
        car_lost = any(one.id in self._ground.lost_runs for one in self._ground.runs_of[run.vehicle_id])
        return car_lost and not run.is_underway

    def _stranded(self) -> set[int]:
        """Return the tasks whose goods are on the road in a vehicle that is lost."""
        return {
            self._number[shipment_id]
            for shipment_id, (run, _, _) in self._where.items()
            if run.is_underway and run.id in self._ground.lost_runs
        }

    # -- tasks -----------------------------------------------------------------------------------

    def _task(self, row: Brief) -> Task:
        return self._running(row) if row.id in self._where else self._waiting(row)

    def _running(self, row: Brief) -> Task:
        """Write a shipment that is on a run: it stays with the way its recipient was told of."""
        run, stop, aboard = self._where[row.id]
        stop_row = self._ground.stops[run.id, stop.no]
        at_door = stop_row.kind == StopKind.DOOR
        option = Option(
            place=self._place_of(run, stop),
            windows=() if at_door else self._opening(stop_row.site_id),
            service_s=service_s(row, at_door=at_door),
            kind=stop_row.kind,
            collect=(0, 0, 0, row.cod_due_minor) if at_door else (),
        )
        depot_id = self._ground.rows[run.id].depot_id
        loaded = run.is_underway or aboard  # only this vehicle has the goods, so it brings them, whatever they ask for
        return Task(
            id=row.id,
            options=(option,),
            deliver=load_of(row),
            priority=PROMISED_PRIORITY + self._priority(row),
            skills=frozenset() if loaded else frozenset(row.skills),
            vehicles=self._own.get(depot_id, frozenset()),
            vehicle_cost=self._streets.costs_at(Point(lat=stop_row.lat, lon=stop_row.lon)) if at_door else {},
            aboard=run.vehicle_id if loaded else None,
        )

    def _unbound(self, task: Task) -> Task:
        """Let goods of a lost vehicle that never left go with anybody, or with a carrier."""
        if not self._lost_at_depot(task.id):
            return task
        return replace(task, aboard=None, leave_cost=self._leave_cost(task.id), carrier=self._ways[task.id].carrier)

    def _waiting(self, row: Brief) -> Task:
        """Write a shipment that wants a place: every way that is open to it."""
        return Task(
            id=row.id,
            options=tuple(self._ways_in(row)),
            deliver=load_of(row),
            priority=self._priority(row),
            leave_cost=self._leave_cost(row.id),
            carrier=self._ways[row.id].carrier,
            skills=frozenset(row.skills),
            vehicles=self._own.get(row.depot_id, frozenset()) if row.depot_id else None,
            vehicle_cost=self._streets.costs_at(find_point(row.lat, row.lon)) if self._ways[row.id].at_door else {},
        )

    def _priority(self, row: Brief) -> int:
        return row.priority + (planner.OVERDUE_PRIORITY if row.deliver_on < self._ground.on else 0)

    def _ways_in(self, row: Brief) -> Iterable[Option]:
        ways, point = self._ways[row.id], find_point(row.lat, row.lon)
        if ways.at_door and point is not None:
            yield Option(
                place=self._places.index(planner.DOOR, point, DOOR_SETUP_S),
                windows=self._wanted(row),
                service_s=service_s(row, at_door=True),
                kind=StopKind.DOOR,
                collect=(0, 0, 0, row.cod_due_minor),
            )
        for rank, site_id in enumerate(ways.store_ids, start=int(ways.at_door)):
            windows = self._opening(site_id)
            if windows:
                yield Option(
                    place=self._store_place(site_id),
                    windows=windows,
                    service_s=service_s(row, at_door=False),
                    kind=StopKind.SERVICE_POINT,
                    preference=rank,
                    room=site_id,
                    room_use=row.parcels_count,
                )

    def _leave_cost(self, shipment_id: str) -> int | None:
        cost = self._ways[shipment_id].carrier_cost
        return cost_units.of_minor(cost.amount_minor) if cost is not None else None

    def _place_of(self, run: RunNow, stop: StopNow) -> int:
        row = self._ground.stops[run.id, stop.no]
        if row.kind == StopKind.SERVICE_POINT and row.site_id in self._stores:
            return self._store_place(row.site_id)
        return self._places.index(planner.DOOR, Point(lat=row.lat, lon=row.lon), DOOR_SETUP_S)

    def _store_place(self, site_id: str) -> int:
        return self._places.index(site_id, sites.point_of(self._stores[site_id]), STORE_SETUP_S)

    # -- hours -----------------------------------------------------------------------------------

    def _promises(self) -> dict[int, TimeWindow]:
        """Return what each recipient was told, or has just asked for, by task."""
        promises = {}
        for shipment_id in self._where:
            row = self._ground.shipments[shipment_id]
            told = Window(row.promise_start, row.promise_end) if row.promise_start and row.promise_end else None
            window = self._windows.get(shipment_id) or told
            if window:
                promises[self._number[shipment_id]] = self._span(window)
        return promises

    def _askable(self, problem: Problem, promises: Mapping[int, TimeWindow]) -> dict[int, TimeWindow]:
        """Drop promises of fixed stops, and those no vehicle that may could keep even going there at once."""
        fixed = {pick.task for car in problem.vehicles for pick in car.fixed}
        moving = [car for car in problem.vehicles if car.shift.end_s > 0]
        return {
            task: promise
            for task, promise in promises.items()
            if task not in fixed and any(self._can_keep(problem, car, task, promise) for car in moving)
        }

    def _can_keep(self, problem: Problem, car: Vehicle, task: int, promise: TimeWindow) -> bool:
        noun = problem.tasks[task]
        if not noun.options or noun.aboard not in {None, car.id}:
            return False
        return self._there_s(problem, car, noun.options[0]) <= promise.end_s

    @staticmethod
    def _there_s(problem: Problem, car: Vehicle, option: Option) -> int:
        work_s = sum(problem.option(pick.task, pick.option).service_s for pick in car.fixed)
        work_s += problem.places[car.start].setup_s if car.fixed else 0
        way_s = problem.travel[car.profile].travel_s(car.start, option.place)
        return car.shift.start_s + work_s + way_s + problem.places[option.place].setup_s

    def _wanted(self, row: Brief) -> tuple[TimeWindow, ...]:
        """Return the recipient's windows; when all are over they bind nobody any more."""
        windows = shipments.windows_of(row)
        return fleet.joined(self._span(window) for window in windows if window.end >= self._ground.now)

    def _opening(self, site_id: str) -> tuple[TimeWindow, ...]:
        site = self._stores.get(site_id)
        opening = sites.hours_of(site).windows_on(self._ground.on) if site else ()
        return fleet.joined(map(self._span, opening))

    def _read_stores(self, session: Session) -> tuple[dict[str, SiteRow], dict[str, int]]:
        needed = {row.site_id for row in self._ground.stops.values() if row.site_id}
        needed |= {site_id for ways in self._ways.values() for site_id in ways.store_ids}
        found = pickup.list_service_points(session, lambda row: row.id in needed) if needed else []
        return {row.id: row for row, _ in found}, {row.id: max(0, point.room) for row, point in found}

    def _span(self, window: Window) -> TimeWindow:
        return TimeWindow(self._seconds(window.start), self._seconds(window.end))

    def _seconds(self, moment: datetime) -> int:
        return int((moment - self._epoch).total_seconds())
