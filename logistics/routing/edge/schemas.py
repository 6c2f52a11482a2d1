"""What travels about vehicles, the pool and plans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from logistics.kit.edge.wire import FactsWire, FindingWire, MoneyWire, PointWire, WindowWire, Wire
from logistics.routing.compare import Change
from logistics.routing.edge.plan_wishes import LevelWire, PlanWishes
from logistics.routing.insertion import Load
from logistics.routing.lifecycle import PlanState

SECONDS_MAX = 600
MOVES_MAX = 200
Travel = Literal["geodesic", "roads", "osrm", "valhalla"]


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


class PlanIn(PlanWishes):
    """A planning that is asked for: which day, from which depots, how long to search."""

    on: date
    depot_ids: Annotated[list[str], Field(min_length=1, max_length=100)]
    seconds: Annotated[int, Field(ge=1, le=SECONDS_MAX)] = 10
    travel: Travel = "geodesic"
    name: Annotated[str, Field(max_length=100)] = ""
    locks_of: Annotated[str, Field(max_length=64, description="a plan whose locks hold here too")] = ""


class Move(Wire):
    """A shipment put on a vehicle by hand, before its visit at ``position`` (0 first); no vehicle: taken off.

    With ``trip`` (0 first) the position is one of that trip; the one after the last is a trip more. ``load`` cuts the
    trip in two: the vehicle loads once more right before the shipment, or right after it. ``kind`` and ``site_id``
    choose the way; without them it stays as it is, or is the first one.
    """

    shipment_id: str
    vehicle_id: str | None
    position: Annotated[int, Field(ge=0)] = 0
    trip: Annotated[int, Field(ge=0)] | None = None
    load: Load | None = None
    kind: Literal["door", "service_point"] | None = None
    site_id: Annotated[str, Field(max_length=64)] = ""


class Lock(Wire):
    """A shipment bound to a vehicle, whatever is searched for later; no vehicle: bound to none any more."""

    shipment_id: str
    vehicle_id: str | None


class MovesIn(Wire):
    """Changes by hand, done in order; then locks."""

    moves: Annotated[list[Move], Field(max_length=MOVES_MAX)] = Field(default_factory=list)
    locks: Annotated[list[Lock], Field(max_length=MOVES_MAX)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _changes_something(self) -> MovesIn:
        if not self.moves and not self.locks:
            raise ValueError("neither moves nor locks: nothing would change")
        return self


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
    """One halt on a ``trip`` (1 first); service starts at ``start_at``, in one of the windows if there are any."""

    no: int
    trip: int = 1
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


class TripOut(BaseModel):
    """From one loading at the depot to the next, or to the end of the route."""

    no: int
    start_at: datetime
    end_at: datetime


class RouteOut(BaseModel):
    """What one vehicle does; ``load_percent`` is of the scarcest of weight, volume and pieces.

    ``rests``: when the driver rests. ``end_depot_id``: where the route ends; None: at its last stop.
    """

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
    trips: list[TripOut] = Field(default_factory=list)
    rests: list[WindowWire] = Field(default_factory=list)
    end_depot_id: str | None = None


class ReasonOut(BaseModel):
    """What keeps a shipment off the routes; ``together``: the codes behind ``several``."""

    code: str
    text: str
    together: list[str] = Field(default_factory=list)


class RepairOut(BaseModel):
    """What would do it, and what the plan would cost more (negative: less).

    ``code`` names what gives way, by ``amount`` (seconds, metres, units of ``name``; 0: of several units at once);
    of a missed window ``name`` is the side (``early`` or ``late``).
    ``needs``: codes of what somebody would have to give first. ``moves``: the change by hand that does it; none where a
    change by hand is not enough.
    """

    code: str
    text: str
    price: MoneyWire
    amount: int = 0
    name: str = ""
    vehicle_id: str | None = None
    vehicle_name: str = ""
    start_at: datetime | None = None
    needs: list[str] = Field(default_factory=list)
    moves: list[Move] = Field(default_factory=list)


class CarrierOut(BaseModel):
    """A shipment left to a carrier, and why; repairs say what each other way would cost more."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    price: MoneyWire
    carrier: str
    reason: str
    code: str
    repairs: list[RepairOut] = Field(default_factory=list)


class LeftOutOut(BaseModel):
    """A shipment nobody carries, why, and what would help, the cheapest first.

    ``group``: the shipments that go only together, if there are several.
    """

    shipment_id: str
    tracking_no: str
    recipient_name: str
    point: PointWire | None
    reason: ReasonOut
    repair: RepairOut | None
    repairs: list[RepairOut] = Field(default_factory=list)
    group: list[str] = Field(default_factory=list)


class WayOut(BaseModel):
    """One way of doing a shipment in this plan: to the door, to a store, by a carrier.

    ``price``: what the plan costs more with it than without the shipment; ``difference``: more than by the way taken.
    ``reason``: why it cannot be taken as things are; ``needs``: what somebody would have to give first.
    """

    kind: Literal["door", "service_point", "carrier"]
    site_id: str | None
    name: str
    vehicle_id: str | None
    vehicle_name: str
    start_at: datetime | None
    price: MoneyWire | None
    difference: MoneyWire | None
    chosen: bool
    reason: ReasonOut | None
    needs: list[str]
    moves: list[Move]


class TaskOut(BaseModel):
    """A shipment in a plan: its ways, the one taken first; if it is on no route, why and what would help.

    Prices are those of the whole ``group`` where several go only together.
    """

    shipment_id: str
    tracking_no: str
    recipient_name: str
    vehicle_id: str | None
    locked_to: str | None
    group: list[str]
    ways: list[WayOut]
    reason: ReasonOut | None
    repairs: list[RepairOut]


Unit = Annotated[
    Literal["", "s", "m", "g", "cm3", "parcels", "minor", "count"],
    Field(description="what `amount` counts; `minor`: of the plan's currency; empty: there is nothing to count"),
]


class NoticedOut(FindingWire):
    """One thing noticed while it was planned, with its figure if it has one.

    ``name``: a store, a carrier, a skill, some hours, the side of a missed window (``early`` or ``late``).
    """

    amount: int = 0
    unit: Unit = ""
    name: str = ""


class ViolationOut(BaseModel):
    """A rule the plan breaks, and by how much.

    ``name``: a store, a carrier, skills, the side of a missed window (``early`` or ``late``).
    """

    code: str
    text: str
    amount: int
    unit: Unit = ""
    vehicle_id: str | None
    shipment_id: str | None
    name: str = ""


class PreviewOut(BaseModel):
    """What a change by hand would do: the cost then and how much more it is, rules broken anew and rules kept again."""

    cost: MoneyWire
    difference: MoneyWire
    broken: list[ViolationOut]
    mended: list[ViolationOut]


class WhereOut(BaseModel):
    """What a plan does with a shipment; neither vehicle nor carrier: it is left out."""

    vehicle_id: str | None
    vehicle_name: str
    kind: str
    site_id: str | None
    start_at: datetime | None
    stop_no: int | None
    carrier: str | None


class DifferenceOut(BaseModel):
    """A shipment with which two plans do different things; ``later_s``: how much later it is served."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    change: Change
    before: WhereOut | None
    after: WhereOut | None
    later_s: int


class RouteDifferenceOut(BaseModel):
    """What a vehicle's day costs in two plans; None: it stays at home."""

    vehicle_id: str
    vehicle_name: str
    before: MoneyWire | None
    after: MoneyWire | None


class ComparisonOut(BaseModel):
    """The plan against another one, or against an earlier step of its own: what it costs more, and what differs."""

    cost: MoneyWire | None
    other_cost: MoneyWire | None
    difference: MoneyWire | None
    left_out_more: int
    routes: list[RouteDifferenceOut]
    differences: list[DifferenceOut]


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


class StepOut(BaseModel):
    """A plan after one change by hand; step 0 is what was found by the search."""

    step: int
    made_by: str
    made_at: datetime
    summary: SummaryOut | None
    current: bool


class ResultOut(BaseModel):
    """What came out of a planning."""

    summary: SummaryOut | None = None
    routes: list[RouteOut] = Field(default_factory=list)
    to_carrier: list[CarrierOut] = Field(default_factory=list)
    left_out: list[LeftOutOut] = Field(default_factory=list)
    violations: list[ViolationOut] = Field(default_factory=list)
    findings: list[NoticedOut] = Field(default_factory=list)


class PlanHead(BaseModel):
    """A planning, without its routes."""

    id: str
    name: str
    on: date
    depot_ids: list[str]
    seconds: int
    travel: str
    levels: list[LevelWire]
    quotas: dict[str, int]
    balance_cost_per_h: MoneyWire | None
    state: PlanState
    error: str
    error_code: Annotated[str, Field(description="why it failed, for programs; empty if it did not")] = ""
    error_facts: FactsWire = Field(default_factory=dict)
    version: int
    step: int
    locks: dict[str, str]
    progress: ProgressOut
    summary: SummaryOut | None
    created_at: datetime
    ended_at: datetime | None


class PlanOut(PlanHead, ResultOut):
    """A planning with everything that came out; while it is solving, the best so far.

    ``can_undo``, ``can_redo``: whether there is a step to go back, or forth, to.
    """

    can_undo: bool = False
    can_redo: bool = False
