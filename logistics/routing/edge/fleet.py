"""Turns a vehicle as it was entered into a vehicle of a planning problem: hours, breaks, prices, streets it knows.

What a day that is planned and one that runs read alike stands here, too: clocks, hours, windows, the one currency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from logistics.kit.errors import Conflict
from logistics.kit.geo import Point
from logistics.routing import cost_units
from logistics.routing.edge.tables import VehicleRow
from logistics.routing.edge.vehicle_wire import VehicleLimits, limits_of
from logistics.routing.familiar import Area, is_familiar
from logistics.routing.model import Break, DriveRest, TimeWindow, Vehicle

DAY_S = 86_400
Clock = Callable[[str], int]  # a local time of day, such as 09:30, in seconds since the epoch of the problem


def clock_of(on: date, time_zone: str, epoch: datetime) -> Clock:
    """Return what reads times of day of this date in this time zone, in whole seconds since the epoch."""
    here = ZoneInfo(time_zone)
    return lambda text: int((datetime.combine(on, time.fromisoformat(text), here) - epoch).total_seconds())


def hours_of(vehicles: Sequence[Vehicle]) -> TimeWindow | None:
    """Return the hours in which anybody drives, overtime included, in seconds since the epoch; none if nobody does."""
    if not vehicles:
        return None
    ends = [car.shift.end_s + car.overtime_s_max for car in vehicles]
    return TimeWindow(min(car.shift.start_s for car in vehicles), max(ends))


def joined(windows: Iterable[TimeWindow]) -> tuple[TimeWindow, ...]:
    """Return windows as options want them: ascending and disjoint, joined where they touch."""
    spans: list[TimeWindow] = []
    for window in sorted(windows, key=lambda one: one.start_s):
        if spans and window.start_s <= spans[-1].end_s:
            spans[-1] = TimeWindow(spans[-1].start_s, max(window.end_s, spans[-1].end_s))
        else:
            spans.append(window)
    return tuple(spans)


def one_currency(used: Iterable[str], nothing: str) -> str:
    """Return the one currency (``nothing`` where none is used); costs of several cannot be weighed: 409."""
    found = set(used)
    if len(found) > 1:
        listed = ", ".join(sorted(found))
        sentence = f"Vehicles and shipments count in {listed}; one plan has one currency."
        raise Conflict(sentence, code="mixed_currencies", facts={"currencies": listed})
    return found.pop() if found else nothing


def shift_of(car: VehicleRow, clock: Clock) -> TimeWindow:
    """Return a driver's day; one that ends at or before its start ends on the next day."""
    start_s, end_s = clock(car.shift_start), clock(car.shift_end)
    return TimeWindow(start_s, end_s + (DAY_S if end_s <= start_s else 0))


@dataclass(frozen=True, slots=True)
class Free:
    """What a driver may still be given of a day: hours, and how much longer it may take."""

    shift: TimeWindow
    overtime_s_max: int


def within(day: Free, span: TimeWindow) -> Free:
    """Return what of a day is within a span, overtime with it; the day ends before it starts if nothing is."""
    start_s, last_s = max(day.shift.start_s, span.start_s), min(day.shift.end_s + day.overtime_s_max, span.end_s)
    end_s = min(day.shift.end_s, last_s)
    return Free(TimeWindow(start_s, end_s), max(0, last_s - end_s))


def free_part(shift: TimeWindow, overtime_s_max: int, busy: Iterable[TimeWindow], reload_s: int) -> Free:
    """Return the longest part of a shift, the earlier of two, in which a vehicle is not out already.

    It loads for ``reload_s`` before and after what it has to do already. Overtime is left only to a part that ends with
    the shift. The part is empty, or ends before it starts, if the vehicle is out all the time.
    """
    last_s = shift.end_s + overtime_s_max
    parts, start_s = [], shift.start_s
    for span in sorted(busy, key=lambda one: one.start_s):
        parts.append(TimeWindow(start_s, min(last_s, span.start_s - reload_s)))
        start_s = max(start_s, span.end_s + reload_s)
    parts.append(TimeWindow(start_s, last_s))
    best = max(parts, key=lambda part: min(part.end_s, shift.end_s) - part.start_s)
    end_s = min(best.end_s, shift.end_s)
    return Free(TimeWindow(best.start_s, end_s), max(0, best.end_s - shift.end_s))


def vehicle_of(car: VehicleRow, clock: Clock, *, start: int, end: int | None) -> Vehicle:
    """Return a vehicle that starts and ends at these places, for its whole shift."""
    limits, shift = limits_of(car), shift_of(car, clock)
    rest = limits.drive_rest
    return Vehicle(
        id=car.id,
        start=start,
        end=end,
        shift=shift,
        capacity=(car.capacity_g, car.capacity_cm3, car.capacity_parcels, car.cash_minor_max),
        cost_fixed=cost_units.of_minor(car.fixed_cost_minor),
        cost_per_m=cost_units.per_metre(car.cost_per_km_minor),
        cost_per_s=cost_units.per_second(car.cost_per_h_minor),
        overtime_s_max=limits.overtime_s_max,
        cost_per_s_overtime=cost_units.per_second(_minor(limits, "overtime_cost_per_h")),
        skills=frozenset(limits.skills),
        distance_m_max=limits.distance_m_max,
        duration_s_max=limits.duration_s_max,
        trips_max=limits.trips_max,
        reload_s=limits.reload_s,
        stops_max=limits.stops_max,
        breaks=_breaks(limits, shift, clock),
        drive_rest=DriveRest(rest.drive_s_max, rest.duration_s) if rest else None,
    )


class Streets:
    """What unfamiliar streets cost which vehicle."""

    def __init__(self, cars: Sequence[VehicleRow]) -> None:
        self._known: dict[str, tuple[int, list[Area]]] = {}
        for car in cars:
            limits = limits_of(car)
            price = _minor(limits, "unfamiliar_cost")
            if price:
                self._known[car.id] = cost_units.of_minor(price), [one.to_area() for one in limits.familiar]

    def costs_at(self, point: Point | None) -> Mapping[str, int]:
        """Return what a stop at this point costs more, by vehicle; whom it costs nothing is not named."""
        if point is None:
            return {}
        return {car: cost for car, (cost, areas) in self._known.items() if not is_familiar(point, areas)}


def _breaks(limits: VehicleLimits, shift: TimeWindow, clock: Clock) -> tuple[Break, ...]:
    """Return the breaks in the hours of this shift; in one over midnight they may lie on the next day."""
    breaks = []
    for one in limits.breaks:
        earliest_s, latest_s = clock(one.earliest), clock(one.latest)
        earliest_s += DAY_S if earliest_s < shift.start_s else 0
        latest_s += DAY_S if latest_s < earliest_s else 0
        breaks.append(Break(TimeWindow(earliest_s, latest_s), one.duration_s))
    return tuple(sorted(breaks, key=lambda one: one.window.start_s))


def _minor(limits: VehicleLimits, name: str) -> int:
    price = getattr(limits, name)
    return int(price.amount_minor) if price is not None else 0
