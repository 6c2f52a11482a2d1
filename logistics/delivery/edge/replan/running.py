"""Turns a running day into a planning problem: what is left of it, from where each vehicle will be.

A vehicle under way begins with its next stop, when that is expected; its goods are aboard. It may load once more at the
depot, as a second trip. Who was promised a time is no longer bound to the hours asked for before: the promise is what
is kept, and where it cannot be, late is better than never.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from logistics.delivery.edge.replan.ground import Ground
from logistics.delivery.edge.replan.halts import Places, load_of, service_s
from logistics.delivery.lifecycle import StopState
from logistics.delivery.model import StopKind
from logistics.delivery.replanning import ENDING, Kind, RunNow, StopNow
from logistics.kit.errors import Conflict
from logistics.kit.findings import Finding
from logistics.kit.geo import Point, find_point, great_circle_m
from logistics.kit.windows import Window, local_day
from logistics.pickup.edge import store as pickup
from logistics.routing import cost_units
from logistics.routing.construct import Drafts
from logistics.routing.edge import day_planner as planner
from logistics.routing.edge.matrix_source import DETOUR_PERCENT, SPEED_M_PER_S, TravelSource
from logistics.routing.edge.off_road import named, place_names
from logistics.routing.edge.tables import VehicleRow
from logistics.routing.edge.ways import Ways, list_ways
from logistics.routing.model import Option, Pick, Plan, Problem, Task, TimeWindow, Vehicle
from logistics.shipments.edge.tables import ShipmentRow
from logistics.sites.edge import store as sites
from logistics.sites.edge.tables import SiteRow

RELOAD_S = 15 * 60  # unloading what came back and loading again, between two trips
OVERTIME_S_MAX = 2 * 3600  # late is better than brought back, up to here
OVERTIME_PERCENT = 50  # on top of the hour's price: Labour Law of the People's Republic of China, article 44
PROMISED_PRIORITY = 2  # who was told that somebody comes goes before who was not
PERCENT = 100
LOST = TimeWindow(0, 0)  # the shift of a vehicle that drives no more
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
    shipments: tuple[ShipmentRow, ...]
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


def read_running_day(session: Session, ground: Ground, source: TravelSource) -> RunningDay:
    """Return the problem of a running day; refused where its money is of several currencies."""
    return _Builder(session, ground).build(source)


class _Builder:
    """Gathers one running day."""

    def __init__(self, session: Session, ground: Ground) -> None:
        self._ground = ground
        first = ground.depots[min(ground.depots)]
        self._epoch = local_day(ground.on, first.time_zone).start
        self._currency = _currency(ground)
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
        self._places = Places()
        free = [row for row in self._rows if row.id in ground.inserted or self._lost_at_depot(row.id)]
        self._ways = list_ways(session, free)
        self._stores, self._room = self._read_stores(session)

    def build(self, source: TravelSource) -> RunningDay:
        ground = self._ground
        cars = [self._vehicle(car, happened=False) for car in ground.vehicles]
        tasks = [self._task(row) for row in self._rows]
        travel, found = source.matrix(self._places.points, self._hours(cars))
        count = len(self._where)
        before = Problem(
            places=tuple(self._places.places),
            tasks=tuple(tasks[:count]),
            vehicles=tuple(cars),
            travel=(travel,),
            dimensions=planner.DIMENSIONS,
            room=self._room,
        )
        gone = {self._number[one] for one in self._ended} | self._stranded()
        now = replace(
            before,
            tasks=tuple(
                replace(task, options=(), leave_cost=GONE) if number in gone else self._unbound(task)
                for number, task in enumerate(tasks)
            ),
            vehicles=tuple(self._vehicle(car, happened=True) for car in ground.vehicles),
        )
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
            trips=tuple(self._trips(car) for car in ground.vehicles),
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

    def _trips(self, car: VehicleRow) -> tuple[RunNow, ...]:
        """Return the runs on which this vehicle still has something to do."""
        return tuple(run for run in self._ground.runs_of[car.id] if run.open_stops)

    def _is_lost(self, car: VehicleRow) -> bool:
        return any(run.id in self._ground.lost_runs for run in self._ground.runs_of[car.id])

    def _vehicle(self, car: VehicleRow, *, happened: bool) -> Vehicle:
        depot = self._places.index("depot", sites.point_of(self._ground.depots[car.depot_id]), 0)
        runs = self._ground.runs_of[car.id]
        taken = sum(self._ground.cash_taken[run.id] for run in runs)
        per_s = cost_units.per_second(car.cost_per_h_minor)
        late_s = sum(self._delay_s.get(run.id, 0) for run in runs) if happened else 0
        known = Vehicle(
            id=car.id,
            start=depot,
            end=depot,
            shift=TimeWindow(self._ready_s(car) + late_s, self._shift_end_s(car)),
            capacity=(car.capacity_g, car.capacity_cm3, car.capacity_parcels, max(0, car.cash_minor_max - taken)),
            cost_fixed=cost_units.of_minor(car.fixed_cost_minor),
            cost_per_m=cost_units.per_metre(car.cost_per_km_minor),
            cost_per_s=per_s,
            overtime_s_max=OVERTIME_S_MAX,
            cost_per_s_overtime=per_s * OVERTIME_PERCENT // PERCENT,
            trips_max=max(1, len(self._trips(car))),
            reload_s=RELOAD_S,
        )
        if happened and self._is_lost(car):
            return replace(known, shift=LOST, overtime_s_max=0)
        trips = self._trips(car)
        if trips and trips[0].is_underway:
            return self._underway(known, trips[0], late_s, happened=happened)
        return known

    def _underway(self, car: Vehicle, run: RunNow, late_s: int, *, happened: bool) -> Vehicle:
        """Let a vehicle begin with its next stop, where it is or will be, as expected."""
        stop = run.next_stop
        assert stop is not None, "who is under way with something to do has a next stop"
        place = self._place_of(run, stop)
        staying = [one for one in stop.visits if not (happened and one.shipment_id in self._ended)]
        begin_s = self._begin_s(stop) + late_s
        setup_s = self._places.places[place].setup_s if staying else 0
        return replace(
            car,
            start=place,
            depot=car.end,
            shift=TimeWindow(begin_s - setup_s, max(begin_s, car.shift.end_s)),
            trips_max=max(2, car.trips_max),
            fixed=tuple(Pick(self._number[one.shipment_id]) for one in staying),
            underway=True,
        )

    def _begin_s(self, stop: StopNow) -> int:
        """Return when service at a next stop begins: as expected, and never in the past unless she is there."""
        now_s = self._seconds(self._ground.now)
        if stop.state is StopState.OPEN:
            return max(now_s, self._seconds(stop.start_at))
        work_s = sum(service_s(self._ground.shipments[one.shipment_id], at_door=True) for one in stop.visits)
        return max(self._seconds(stop.came_at or self._ground.now), now_s - work_s)

    def _ready_s(self, car: VehicleRow) -> int:
        """Return from when a vehicle at its depot, or on its way there with nothing left to do, can leave."""
        now_s = self._seconds(self._ground.now)
        runs = self._ground.runs_of[car.id]
        if runs and runs[0].is_underway:
            return now_s + self._way_home_s(runs[0]) + RELOAD_S
        return max(now_s, self._clock_s(car.shift_start, car))

    def _way_home_s(self, run: RunNow) -> int:
        """Return how long it takes home from the last stop, over the ground: a guess before travel is known."""
        last = max(run.stops, key=lambda stop: stop.start_at)
        row = self._ground.stops[run.id, last.no]
        depot = sites.point_of(self._ground.depots[self._ground.rows[run.id].depot_id])
        metres = great_circle_m(Point(lat=row.lat, lon=row.lon), depot) * DETOUR_PERCENT / PERCENT
        return int(metres / SPEED_M_PER_S)

    def _shift_end_s(self, car: VehicleRow) -> int:
        end_s = self._clock_s(car.shift_end, car)
        return end_s + (planner.DAY_S if end_s <= self._clock_s(car.shift_start, car) else 0)

    def _clock_s(self, text: str, car: VehicleRow) -> int:
        here = ZoneInfo(self._ground.depots[car.depot_id].time_zone)
        return self._seconds(datetime.combine(self._ground.on, time.fromisoformat(text), here))

    @staticmethod
    def _hours(cars: Sequence[Vehicle]) -> TimeWindow:
        ends = [car.shift.end_s + car.overtime_s_max for car in cars]
        return TimeWindow(min(car.shift.start_s for car in cars), max(ends))

    # -- what was decided ------------------------------------------------------------------------

    def _current(self) -> Drafts:
        return tuple(
            (number, tuple(self._picks(run) for run in self._trips(car)))
            for number, car in enumerate(self._ground.vehicles)
            if self._trips(car)
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

    def _task(self, row: ShipmentRow) -> Task:
        return self._running(row) if row.id in self._where else self._waiting(row)

    def _running(self, row: ShipmentRow) -> Task:
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
        return Task(
            id=row.id,
            options=(option,),
            deliver=load_of(row),
            priority=PROMISED_PRIORITY,
            vehicles=frozenset(car.id for car in self._ground.vehicles if car.depot_id == depot_id),
            aboard=run.vehicle_id if run.is_underway or aboard else None,
        )

    def _unbound(self, task: Task) -> Task:
        """Let goods of a lost vehicle that never left go with anybody, or with a carrier."""
        if not self._lost_at_depot(task.id):
            return task
        return replace(task, aboard=None, leave_cost=self._leave_cost(task.id))

    def _waiting(self, row: ShipmentRow) -> Task:
        """Write a shipment that wants a place: every way that is open to it."""
        own = frozenset(car.id for car in self._ground.vehicles if car.depot_id == row.depot_id)
        return Task(
            id=row.id,
            options=tuple(self._ways_in(row)),
            deliver=load_of(row),
            leave_cost=self._leave_cost(row.id),
            vehicles=own if row.depot_id else None,
        )

    def _ways_in(self, row: ShipmentRow) -> Iterable[Option]:
        ways, point = self._ways[row.id], find_point(row.lat, row.lon)
        if ways.at_door and point is not None:
            yield Option(
                place=self._places.index(planner.DOOR, point, planner.DOOR_SETUP_S),
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
        return self._places.index(planner.DOOR, Point(lat=row.lat, lon=row.lon), planner.DOOR_SETUP_S)

    def _store_place(self, site_id: str) -> int:
        return self._places.index(site_id, sites.point_of(self._stores[site_id]), planner.STORE_SETUP_S)

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
        return {
            task: promise
            for task, promise in promises.items()
            if task not in fixed and problem.tasks[task].options and self._earliest_s(problem, task) <= promise.end_s
        }

    def _earliest_s(self, problem: Problem, task: int) -> int:
        noun, option = problem.tasks[task], problem.option(task, 0)
        cars = [car for car in problem.vehicles if noun.aboard in {None, car.id} and car.shift.end_s > 0]
        return min((self._there_s(problem, car, option) for car in cars), default=planner.DAY_S)

    @staticmethod
    def _there_s(problem: Problem, car: Vehicle, option: Option) -> int:
        work_s = sum(problem.option(pick.task, pick.option).service_s for pick in car.fixed)
        work_s += problem.places[car.start].setup_s if car.fixed else 0
        way_s = problem.travel[car.profile].travel_s(car.start, option.place)
        return car.shift.start_s + work_s + way_s + problem.places[option.place].setup_s

    def _wanted(self, row: ShipmentRow) -> tuple[TimeWindow, ...]:
        if row.window_start is None or row.window_end is None or row.window_end < self._ground.now:
            return ()
        return (self._span(Window(row.window_start, row.window_end)),)

    def _opening(self, site_id: str) -> tuple[TimeWindow, ...]:
        site = self._stores.get(site_id)
        if site is None:
            return ()
        spans: list[TimeWindow] = []
        for window in sorted(sites.hours_of(site).windows_on(self._ground.on), key=lambda one: one.start):
            span = self._span(window)
            if spans and span.start_s <= spans[-1].end_s:
                span = TimeWindow(spans.pop().start_s, span.end_s)
            spans.append(span)
        return tuple(spans)

    def _read_stores(self, session: Session) -> tuple[dict[str, SiteRow], dict[str, int]]:
        needed = {row.site_id for row in self._ground.stops.values() if row.site_id}
        needed |= {site_id for ways in self._ways.values() for site_id in ways.store_ids}
        found = pickup.list_service_points(session, lambda row: row.id in needed) if needed else []
        return {row.id: row for row, _ in found}, {row.id: max(0, point.room) for row, point in found}

    def _span(self, window: Window) -> TimeWindow:
        return TimeWindow(self._seconds(window.start), self._seconds(window.end))

    def _seconds(self, moment: datetime) -> int:
        return int((moment - self._epoch).total_seconds())


def _currency(ground: Ground) -> str:
    """Return the one currency of a day; costs of several cannot be weighed against each other."""
    used = {car.currency for car in ground.vehicles} | {row.currency for row in ground.shipments.values()}
    if len(used) > 1:
        listed = ", ".join(sorted(used))
        raise Conflict(f"Vehicles and shipments count in {listed}; a day has one currency.", code="mixed_currencies")
    return used.pop()
