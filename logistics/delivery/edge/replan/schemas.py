"""What travels about replans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from logistics.delivery.lifecycle import ReplanState
from logistics.delivery.replanning import Kind
from logistics.kit.edge.wire import MoneyWire, WindowWire, Wire
from logistics.routing.edge.schemas import NoticedOut, Unit

Id = Annotated[str, Field(max_length=64)]
CHANGES_MAX = 200
DELAY_MIN_MAX = 24 * 60
SECONDS_MAX = 30


class HappenedWire(Wire):
    """What happened. `insert`, `window`, `cancel` and `refuse` name a shipment; `vehicle_lost` and `delay` a run."""

    kind: Kind
    shipment_id: Id = ""
    run_id: Id = ""
    window: WindowWire | None = None
    minutes: Annotated[
        int,
        Field(
            ge=0,
            le=DELAY_MIN_MAX,
            description="how much later; for `delay`, where 0 takes one back that was told before",
        ),
    ] = 0


class ReplanIn(Wire):
    """What happened on a day; ``run_ids`` narrows the answer to these runs and their vehicles.

    ``depot_ids`` narrows it to the vehicles that leave from these depots, whether or not they have a run.
    """

    on: date | None = None
    run_ids: Annotated[list[Id], Field(max_length=1000)] = Field(default_factory=list)
    depot_ids: Annotated[list[Id], Field(max_length=100)] = Field(default_factory=list)
    changes: Annotated[list[HappenedWire], Field(min_length=1, max_length=CHANGES_MAX)]
    seconds: Annotated[
        float, Field(ge=0, le=SECONDS_MAX, description="how long to search; 0: only a place for who is new, at once")
    ] = 1
    change_price: Annotated[
        MoneyWire | None, Field(description="what it must save for a recipient to be given to another run")
    ] = None


class SpotOut(Wire):
    """Where a shipment is on the way; an empty `run_id`: a run that will be made for this vehicle."""

    run_id: str
    vehicle_id: str
    vehicle_name: str
    position: int
    start_at: datetime


class ChangeOut(Wire):
    """What becomes of a shipment; `moved`: another run brings it, or none any more."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    before: SpotOut | None
    after: SpotOut | None
    moved: bool
    shift_min: int


class InsertedOut(Wire):
    """Where a new shipment goes, what it costs more than without it, and the window its recipient would be told."""

    shipment_id: str
    tracking_no: str
    run_id: str
    vehicle_id: str
    vehicle_name: str
    position: int
    price: MoneyWire
    start_at: datetime
    end_at: datetime
    promise: WindowWire


class BrokenPromiseOut(Wire):
    """A promise that would not be kept; `already`: nor was it going to be, as the day stood."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    promise: WindowWire
    start_at: datetime | None
    already: bool


class ReplanViolationOut(Wire):
    """A rule the rest of the day would break, by how much and by whom.

    ``name``: a store, a carrier, skills, the side of a missed window (``early`` or ``late``).
    """

    code: str
    text: str
    amount: int
    unit: Unit = ""
    name: str = ""
    vehicle_id: str | None
    vehicle_name: str = ""
    shipment_id: str | None
    tracking_no: str = ""
    recipient_name: str = ""


class ReplanCarrierOut(Wire):
    """A shipment that would be left to a carrier, and what that costs us."""

    shipment_id: str
    tracking_no: str
    carrier: str
    price: MoneyWire


class WhyOut(Wire):
    """A stable code and a sentence."""

    code: str
    text: str


class ReplanLeftOutOut(Wire):
    """A shipment that finds no place and waits to be planned anew."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    reason: WhyOut


class ProposalOut(Wire):
    """What would be: who changes, who is new, what breaks, what it costs; `took_ms` is how long the answer took."""

    changes: list[ChangeOut]
    inserted: list[InsertedOut]
    broken_promises: list[BrokenPromiseOut]
    violations: list[ReplanViolationOut]
    to_carrier: list[ReplanCarrierOut]
    left_out: list[ReplanLeftOutOut]
    cost_before: MoneyWire
    cost_after: MoneyWire
    difference: MoneyWire
    findings: list[NoticedOut]
    took_ms: int


class ReplanOut(ProposalOut):
    """A proposal to change a running day."""

    id: str
    on: date
    state: ReplanState
    asked: list[HappenedWire]
    created_at: datetime
    decided_at: datetime | None


class ReplanHead(Wire):
    """A replan at a glance."""

    id: str
    on: date
    state: ReplanState
    asked: list[HappenedWire]
    moved_count: int
    difference: MoneyWire
    created_at: datetime
    decided_at: datetime | None
