"""Turns the vehicles of a running day into vehicles of a problem: what they may and cost, less what today has taken.

What counts a whole day is lessened by the past: stops made, metres driven, time since it first left, trips, cash in the
till, and the price of a day, which is due already. Guesses: metres are those of the way from stop to stop as one drives
it (`past.py`); a break is taken by the time its window ends, and one whose window is open is still to come; who drove
before her next stop begins there as if she had just rested.

Nothing is begun that breaks a limit, but late is better than brought back: what is on the road already may be finished.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from logistics.delivery.edge.replan.ground import Ground
from logistics.delivery.edge.replan.past import NOTHING, Past
from logistics.delivery.replanning import RunNow
from logistics.kit.geo import Point, great_circle_m
from logistics.routing.edge import day_planner as planner
from logistics.routing.edge import fleet
from logistics.routing.edge.halts import DOOR_SETUP_S, Places
from logistics.routing.edge.matrix_source import DETOUR_PERCENT, SPEED_M_PER_S
from logistics.routing.edge.tables import VehicleRow
from logistics.routing.edge.vehicle_wire import VehicleLimits, limits_of
from logistics.routing.matrix import Travel
from logistics.routing.model import Pick, Problem, TimeWindow, Vehicle
from logistics.routing.schedule import schedule_route
from logistics.routing.violations import driven_m
from logistics.sites.edge import store as sites

OVERTIME_S_MAX = 2 * 3600  # late is better than brought back, up to here, where nobody said how much overtime there is
OVERTIME_PERCENT = 50  # on top of the hour's price: Labour Law of the People's Republic of China, article 44
PERCENT = 100
LOST = TimeWindow(0, 0)  # the shift of a vehicle that drives no more


class Cars:
    """The vehicles of one running day."""

    def __init__(self, ground: Ground, places: Places, epoch: datetime) -> None:
        self._ground, self._places, self._epoch = ground, places, epoch
        self._driven: dict[str, list[list[int]]] = {}

    def trips(self, car: VehicleRow) -> tuple[RunNow, ...]:
        """Return the runs on which this vehicle still has something to do, in the order it drives them."""
        return tuple(run for run in self._ground.runs_of[car.id] if run.open_stops)

    def vehicle(self, car: VehicleRow, late_s: int | None = None) -> Vehicle:
        """Return a vehicle that leaves its depot when it can, ``late_s`` seconds later; one under way is back first.

        Without ``late_s`` a delay that was told before holds on.

        Metres driven come off with `less_driven`, once travel is known.
        """
        limits, past = limits_of(car), self._past(car)
        depot = self._depot_place(car.depot_id)
        end = None if limits.open_end else self._depot_place(limits.end_depot_id or car.depot_id)
        clock = fleet.clock_of(self._ground.on, self._ground.depots[car.depot_id].time_zone, self._epoch)
        known = fleet.vehicle_of(car, clock, start=depot, end=end)
        known = known if limits.overtime_s_max else _with_usual_overtime(known)
        taken = sum(self._ground.cash_taken[run.id] for run in self._ground.runs_of[car.id])
        trips_max = self._trips_max(car, limits, past)
        ready_s = self._late_s(car, max(known.shift.start_s, self._ready_s(car, limits)), late_s)
        now_s = self._seconds(self._ground.now)
        known = replace(
            known,
            shift=TimeWindow(ready_s, known.shift.end_s) if trips_max else LOST,
            capacity=(*known.capacity[:-1], max(0, known.capacity[-1] - taken)),
            cost_fixed=0 if past.left_at else known.cost_fixed,
            trips_max=trips_max,
            stops_max=None if limits.stops_max is None else max(0, limits.stops_max - past.stops),
            breaks=tuple(one for one in known.breaks if one.window.end_s >= now_s),
        )
        if limits.distance_m_max is not None:
            self._driven[car.id] = [[self._way_place(point) for point in way] for way in past.ways]
        return self._back_in_time(known, past) if past.left_at and not self._is_underway(car) else known

    def underway(self, car: VehicleRow, vehicle: Vehicle, *, start: int, start_s: int, begin_s: int) -> Vehicle:
        """Let a vehicle begin with its next stop, at this place; it parks at ``start_s`` to serve at ``begin_s``."""
        limits, left_at = limits_of(car), self._past(car).left_at
        gone_s = start_s - self._seconds(left_at) if left_at else 0
        most_s = limits.duration_s_max
        return replace(
            vehicle,
            start=start,
            depot=vehicle.start,
            shift=TimeWindow(start_s, max(begin_s, vehicle.shift.end_s)),
            duration_s_max=None if most_s is None else max(0, most_s - gone_s),
            underway=True,
        )

    def less_driven(self, vehicle: Vehicle, travel: Travel) -> Vehicle:
        """Take what was driven today off the metres a vehicle may drive."""
        if vehicle.distance_m_max is None:
            return vehicle
        ways = self._driven[vehicle.id]
        driven = sum(travel.travel_m(here, there) for way in ways for here, there in pairwise(way))
        return replace(vehicle, distance_m_max=max(0, vehicle.distance_m_max - driven))

    # -- trips and hours -------------------------------------------------------------------------

    def _past(self, car: VehicleRow) -> Past:
        return self._ground.past.get(car.id, NOTHING)

    def _is_underway(self, car: VehicleRow) -> bool:
        trips = self.trips(car)
        return bool(trips) and trips[0].is_underway

    def _trips_max(self, car: VehicleRow, limits: VehicleLimits, past: Past) -> int:
        """Return how many trips are left: those it was given at least, one more on the road if nobody said how many.

        One trip is what is written of a vehicle nobody said anything of: it is planned once, and may come back.
        """
        given = len(self.trips(car))
        if limits.trips_max == 1:
            return max(1 + self._is_underway(car), given)
        return max(limits.trips_max - past.trips, given)

    def _ready_s(self, car: VehicleRow, limits: VehicleLimits) -> int:
        """Return from when a vehicle at its depot, or on its way there with nothing left to do, can leave."""
        now_s = self._seconds(self._ground.now)
        runs = self._ground.runs_of[car.id]
        return now_s + self._way_home_s(runs[0]) + limits.reload_s if runs and runs[0].is_underway else now_s

    def _late_s(self, car: VehicleRow, ready_s: int, late_s: int | None) -> int:
        """Return from when a vehicle that is ready then can leave, late as it is."""
        if late_s is not None:
            return ready_s + late_s
        told = self._ground.not_before.get(car.id)
        return max(ready_s, self._seconds(told)) if told else ready_s

    def _way_home_s(self, run: RunNow) -> int:
        """Return how long it takes home from the last stop, over the ground: a guess before travel is known."""
        last = max(run.stops, key=lambda stop: stop.start_at)
        row = self._ground.stops[run.id, last.no]
        depot = sites.point_of(self._ground.depots[self._ground.rows[run.id].depot_id])
        metres = great_circle_m(Point(lat=row.lat, lon=row.lon), depot) * DETOUR_PERCENT / PERCENT
        return int(metres / SPEED_M_PER_S)

    def _back_in_time(self, vehicle: Vehicle, past: Past) -> Vehicle:
        """End the shift of who was out today when the longest day ends: time between two trips is part of it."""
        if vehicle.duration_s_max is None or past.left_at is None or vehicle.shift == LOST:
            return vehicle
        last_s = self._seconds(past.left_at) + vehicle.duration_s_max
        end_s = max(vehicle.shift.start_s, min(vehicle.shift.end_s, last_s))
        return replace(
            vehicle,
            shift=TimeWindow(vehicle.shift.start_s, end_s),
            overtime_s_max=max(0, min(vehicle.overtime_s_max, last_s - end_s)),
        )

    # -- places ----------------------------------------------------------------------------------

    def _depot_place(self, site_id: str) -> int:
        return self._places.index("depot", sites.point_of(self._ground.depots[site_id]), 0)

    def _way_place(self, point: Point) -> int:
        return self._places.index(planner.DOOR, point, DOOR_SETUP_S)

    def _seconds(self, moment: datetime) -> int:
        return int((moment - self._epoch).total_seconds())


def _with_usual_overtime(car: Vehicle) -> Vehicle:
    return replace(car, overtime_s_max=OVERTIME_S_MAX, cost_per_s_overtime=car.cost_per_s * OVERTIME_PERCENT // PERCENT)


def let_finish(problem: Problem, vehicle: int, on_the_road: Sequence[Pick], gone: Collection[int]) -> Vehicle:
    """Return a vehicle under way that may finish what it has on board, though limits say it should not have that much.

    That is as many stops and metres, and up to `OVERTIME_S_MAX` more time.
    """
    car = problem.vehicles[vehicle]
    route = schedule_route(problem, vehicle, [[pick for pick in on_the_road if pick.task not in gone]])
    if not route.trips:
        return car
    late_s = route.trips[-1].back_s - car.shift.end_s
    return replace(
        car,
        overtime_s_max=max(car.overtime_s_max, min(late_s, car.overtime_s_max + OVERTIME_S_MAX)),
        duration_s_max=_no_less(car.duration_s_max, min(route.duration_s, (car.duration_s_max or 0) + OVERTIME_S_MAX)),
        distance_m_max=_no_less(car.distance_m_max, driven_m(problem, route)),
        stops_max=_no_less(car.stops_max, len(tuple(route.stops))),
    )


def _no_less(limit: int | None, needed: int) -> int | None:
    return None if limit is None else max(limit, needed)
