"""What travels about vehicles, the pool and plans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from logistics.kit.edge.wire import FindingWire, MoneyWire, PointWire, WindowWire, Wire
from logistics.routing.lifecycle import PlanState

ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="local time of the depot")]
Count = Annotated[int, Field(ge=0, le=10**12)]
SECONDS_MAX = 600
MOVES_MAX = 200
Travel = Literal["geodesic", "roads", "osrm", "valhalla"]


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


class VehicleOut(VehicleIn):
    """A vehicle in service."""

    id: str
    created_at: datetime


class PoolOption(BaseModel):
    """One way to do it ourselves: at the door, or at a service point."""

    kind: str
    site_id: str | None = None


class PoolItem(BaseModel):
    """A shipment that waits to be planned."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    point: PointWire | None
    address: str
    window: WindowWire | None
    cod_due: MoneyWire | None
    weight_g: int
    volume_cm3: int
    parcels_count: int
    mode_wish: str
    options: list[PoolOption]
    carrier_price: MoneyWire | None


class Pool(BaseModel):
    """What waits to be planned on a day."""

    items: list[PoolItem]


class PlanIn(Wire):
    """A planning that is asked for: which day, from which depots, how long to search."""

    on: date
    depot_ids: Annotated[list[str], Field(min_length=1, max_length=100)]
    seconds: Annotated[int, Field(ge=1, le=SECONDS_MAX)] = 10
    travel: Travel = "geodesic"
    name: Annotated[str, Field(max_length=100)] = ""


class Move(Wire):
    """A shipment put on a vehicle by hand, before its visit at ``position`` (0 first); no vehicle: taken off."""

    shipment_id: str
    vehicle_id: str | None
    position: Annotated[int, Field(ge=0)] = 0


class MovesIn(Wire):
    """Changes by hand, done in order."""

    moves: Annotated[list[Move], Field(min_length=1, max_length=MOVES_MAX)]


class ProgressOut(BaseModel):
    """How the search goes: the best so far; cost in minor units, also along the curve of [seconds, cost]."""

    seconds: float = 0.0
    cost: int | None = None
    unplanned: int | None = None
    vehicles: int | None = None
    iterations: int = 0
    curve: list[tuple[float, int]] = Field(default_factory=list)


class VisitOut(BaseModel):
    """One shipment at a stop."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    cod_due: MoneyWire | None
    parcels_count: int


class StopOut(BaseModel):
    """One halt; service starts at ``start_at``, in one of the windows if there are any."""

    no: int
    kind: str
    point: PointWire
    address: str
    arrive_at: datetime
    start_at: datetime
    depart_at: datetime
    wait_s: int
    service_s: int
    windows: list[WindowWire]
    site_id: str | None
    visits: list[VisitOut]


class LoadOut(BaseModel):
    """The most that is on board at any time."""

    g: int
    cm3: int
    parcels: int
    cash_minor: int


class RouteOut(BaseModel):
    """What one vehicle does; ``load_percent`` is of the scarcest of weight, volume and pieces."""

    vehicle_id: str
    vehicle_name: str
    driver_name: str
    depot_id: str
    load: LoadOut
    load_percent: int
    distance_m: int
    cost: MoneyWire
    start_at: datetime
    end_at: datetime
    polyline: list[tuple[float, float]]
    stops: list[StopOut]


class CarrierOut(BaseModel):
    """A shipment left to a carrier, and why."""

    shipment_id: str
    tracking_no: str
    price: MoneyWire
    carrier: str
    reason: str


class ReasonOut(BaseModel):
    """What keeps a shipment off the routes."""

    code: str
    text: str


class RepairOut(BaseModel):
    """What would put it there, and what that costs."""

    text: str
    price: MoneyWire


class LeftOutOut(BaseModel):
    """A shipment nobody carries, why, and the cheapest repair."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    point: PointWire | None
    reason: ReasonOut
    repair: RepairOut | None


class ViolationOut(BaseModel):
    """A rule the plan breaks, and by how much (seconds, metres, units)."""

    code: str
    text: str
    amount: int
    vehicle_id: str | None
    shipment_id: str | None


class SummaryOut(BaseModel):
    """The plan in figures; ``door``, ``service_point``, ``carrier`` and ``left_out`` add up to ``tasks``."""

    cost: MoneyWire
    distance_m: int
    travel_s: int
    wait_s: int
    service_s: int
    tasks: int
    door: int
    service_point: int
    carrier: int
    left_out: int
    vehicles: int


class ResultOut(BaseModel):
    """What came out of a planning."""

    summary: SummaryOut | None = None
    routes: list[RouteOut] = Field(default_factory=list)
    to_carrier: list[CarrierOut] = Field(default_factory=list)
    left_out: list[LeftOutOut] = Field(default_factory=list)
    violations: list[ViolationOut] = Field(default_factory=list)
    findings: list[FindingWire] = Field(default_factory=list)


class PlanHead(BaseModel):
    """A planning, without its routes."""

    id: str
    name: str
    on: date
    depot_ids: list[str]
    seconds: int
    travel: str
    state: PlanState
    error: str
    version: int
    progress: ProgressOut
    summary: SummaryOut | None
    created_at: datetime
    ended_at: datetime | None


class PlanOut(PlanHead, ResultOut):
    """A planning with everything that came out; while it is solving, the best so far."""
