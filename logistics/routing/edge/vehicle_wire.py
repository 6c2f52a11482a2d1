"""What travels about vehicles: who they are, what they may and what they cost; and what about them cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from logistics.kit.edge.wire import MoneyWire, PointWire, Wire
from logistics.kit.errors import FieldError, Invalid
from logistics.kit.money import Money
from logistics.routing.edge.tables import VehicleRow
from logistics.routing.familiar import Area
from logistics.shipments.edge.schemas import Skills

ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="local time of the depot")]
Count = Annotated[int, Field(ge=0, le=10**12)]
DAY_MIN = 24 * 60
DAY_S = 86_400
RELOAD_S_DEFAULT = 900
# (EC) No 561/2006, article 7: 45 minutes of rest after at most four and a half hours at the wheel.
EU_DRIVE_S_MAX, EU_REST_S = 16_200, 2_700
PRICES = ("fixed_cost", "cost_per_km", "cost_per_h")
PRICES_OF_LIMITS = ("overtime_cost_per_h", "unfamiliar_cost")


class BreakWire(Wire):
    """A rest that begins between two times of day; it is due only if the vehicle is still out at the later one."""

    earliest: ClockTime
    latest: ClockTime
    duration_s: Annotated[int, Field(ge=60, le=6 * 3600)]


class DriveRestWire(Wire):
    """A rest after so much driving. Without figures it is the European rule: 45 minutes after 4.5 hours."""

    drive_s_max: Annotated[int, Field(ge=600, le=DAY_S)] = EU_DRIVE_S_MAX
    duration_s: Annotated[int, Field(ge=60, le=6 * 3600)] = EU_REST_S


class AreaWire(Wire):
    """A circle of streets the driver knows."""

    point: PointWire
    radius_m: Annotated[int, Field(ge=50, le=100_000)]

    def to_area(self) -> Area:
        """Return the circle as the house reckons with it."""
        return Area(self.point.to_point(), self.radius_m)

    @classmethod
    def of(cls, area: Area) -> AreaWire:
        """Write a circle."""
        return cls(point=PointWire.of(area.centre), radius_m=area.radius_m)


class VehicleLimits(Wire):
    """What else a vehicle may and may not; nothing of it binds unless it is said.

    ``skills``: what it can do that shipments may ask for. Overtime costs ``overtime_cost_per_h`` on top of the ordinary
    hour. ``duration_s_max`` counts from leaving to being back, ``stops_max`` halts in all. It loads again at its depot
    for each of ``trips_max`` trips, which takes ``reload_s``. The route ends at the depot, at another one
    (``end_depot_id``), or at its last stop (``open_end``). A door outside of the ``familiar`` areas costs
    ``unfamiliar_cost``.
    """

    skills: Skills = Field(default_factory=list)
    overtime_s_max: Annotated[int, Field(ge=0, le=DAY_S)] = 0
    overtime_cost_per_h: MoneyWire | None = None
    duration_s_max: Annotated[int, Field(ge=60, le=2 * DAY_S)] | None = None
    distance_m_max: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    stops_max: Annotated[int, Field(ge=1, le=100_000)] | None = None
    trips_max: Annotated[int, Field(ge=1, le=20)] = 1
    reload_s: Annotated[int, Field(ge=0, le=DAY_S)] = RELOAD_S_DEFAULT
    breaks: Annotated[list[BreakWire], Field(max_length=6)] = Field(default_factory=list)
    drive_rest: DriveRestWire | None = None
    open_end: bool = False
    end_depot_id: Annotated[str, Field(max_length=64)] = ""
    familiar: Annotated[list[AreaWire], Field(max_length=50)] = Field(default_factory=list)
    unfamiliar_cost: MoneyWire | None = None


class VehicleIn(Wire):
    """A vehicle with its driver; a shift that ends at or before its start ends on the next day."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    depot_id: Annotated[str, Field(max_length=64)]
    driver_name: Annotated[str, Field(max_length=100)] = ""
    capacity_g: Count
    capacity_cm3: Count
    capacity_parcels: Count
    cash_minor_max: Annotated[Count, Field(description="cash on board never exceeds this")]
    shift_start: ClockTime = "08:00"
    shift_end: ClockTime = "18:00"
    fixed_cost: MoneyWire
    cost_per_km: MoneyWire
    cost_per_h: MoneyWire
    limits: VehicleLimits = Field(default_factory=VehicleLimits)


class VehicleOut(VehicleIn):
    """A vehicle in service."""

    id: str
    created_at: datetime


class StreetsOut(Wire):
    """The streets a vehicle was sent to in the plans that were released since ``since``, drawn as areas."""

    since: datetime
    stops_count: int
    areas: list[AreaWire]


def limits_of(row: VehicleRow) -> VehicleLimits:
    """Return what else a vehicle may and may not."""
    return VehicleLimits.model_validate(row.limits)


def vehicle_out(row: VehicleRow) -> VehicleOut:
    """Write a vehicle."""
    values = row.model_dump(include=set(VehicleOut.model_fields))
    prices = {name: MoneyWire.of(Money(getattr(row, f"{name}_minor"), row.currency)) for name in PRICES}
    return VehicleOut.model_validate(values | prices)


def columns_of(new: VehicleIn) -> dict[str, Any]:
    """Return a vehicle as its row keeps it."""
    return {
        **new.model_dump(exclude={*PRICES, "limits"}),
        **{f"{name}_minor": getattr(new, name).amount_minor for name in PRICES},
        "currency": new.fixed_cost.currency,
        "limits": new.limits.model_dump(mode="json", exclude_defaults=True),
    }


def check(new: VehicleIn) -> None:
    """Refuse a vehicle that cannot be meant, naming every field that is wrong."""
    errors = [*_price_errors(new), *_end_errors(new), *_break_errors(new), *_familiar_errors(new)]
    if errors:
        first, *more = errors
        raise Invalid(first.field, first.message, first.expected, more=tuple(more))


def _price_errors(new: VehicleIn) -> Iterator[FieldError]:
    prices = {name: getattr(new, name) for name in PRICES}
    prices |= {f"limits.{name}": getattr(new.limits, name) for name in PRICES_OF_LIMITS}
    for name, price in prices.items():
        if price is not None and price.currency != new.fixed_cost.currency:
            yield FieldError(name, f"is in {price.currency}, other prices are not", new.fixed_cost.currency)
        if price is not None and price.amount_minor < 0:
            yield FieldError(name, "is negative", "0 or more")


def _end_errors(new: VehicleIn) -> Iterator[FieldError]:
    if new.limits.open_end and new.limits.end_depot_id:
        yield FieldError("limits.end_depot_id", "the route ends at its last stop already", "one of the two")


def _break_errors(new: VehicleIn) -> Iterator[FieldError]:
    shift = f"{new.shift_start}-{new.shift_end}"
    lasts_min = _minutes_since(new.shift_start, new.shift_end) or DAY_MIN
    for number, one in enumerate(new.limits.breaks):
        earliest_min = _minutes_since(new.shift_start, one.earliest)
        latest_min = _minutes_since(new.shift_start, one.latest)
        where = f"limits.breaks[{number}]"
        if earliest_min >= lasts_min:
            yield FieldError(f"{where}.earliest", f"{one.earliest} lies outside of the shift", f"within {shift}")
        elif not earliest_min <= latest_min < lasts_min:
            expected = f"{one.earliest} or later, within {shift}"
            yield FieldError(f"{where}.latest", f"{one.latest} is not later in the shift", expected)


def _familiar_errors(new: VehicleIn) -> Iterator[FieldError]:
    price = new.limits.unfamiliar_cost
    if price is not None and price.amount_minor > 0 and not new.limits.familiar:
        yield FieldError("limits.familiar", "is empty, so every street would cost", "areas, or no unfamiliar_cost")


def _minutes_since(start: str, clock: str) -> int:
    """Return the minutes from one time of day to the next time the clock shows another."""
    return (_minutes(clock) - _minutes(start)) % DAY_MIN


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
