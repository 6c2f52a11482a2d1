"""What travels of tracking."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from logistics.kit.edge.wire import MoneyWire, PointWire, Wire


class SpanOut(BaseModel):
    """A window told to a recipient."""

    start: datetime
    end: datetime


class EtaOut(SpanOut):
    """When we expect to be there, as of when, and why it left the promise: `earlier_stops`, `ahead`, or empty."""

    as_of: datetime
    moved_reason: str = ""


class VehicleOut(BaseModel):
    """Where the van is: to about 100 m, until ours is the next stop."""

    lat: float
    lon: float
    as_of: datetime


class CodOut(BaseModel):
    """The money due at handover."""

    due: MoneyWire
    paid: bool


class PickupOut(BaseModel):
    """Where to collect; the code only when there is something to collect, and only by the link."""

    code: str | None
    site_name: str
    address: str
    point: PointWire
    open_until: datetime | None
    keep_until: datetime | None


class LineOut(BaseModel):
    """One line of the story: `key` names the sentence, `params` fill it; `status` only where the event has one."""

    seq: int
    at: datetime
    status: str | None
    key: str
    place: str | None
    params: dict[str, Any]


class FeedOut(BaseModel):
    """Where the story goes on live: WebSocket (add `token`, `since`, `epoch`), or server-sent events."""

    ws_url: str | None
    sse_url: str | None


class TrackOut(BaseModel):
    """A shipment's story as one asker may know it. `seq` and `epoch` are what the live feed goes on from."""

    tracking_no: str
    merchant_name: str | None
    status: str
    headline_key: str
    reason: str | None
    milestone_no: Annotated[int, Field(ge=0, le=3)]
    promise: SpanOut | None
    eta: EtaOut | None
    stops_before: int | None
    vehicle: VehicleOut | None
    destination: PointWire | None
    cod: CodOut | None
    pickup: PickupOut | None
    timeline: list[LineOut]
    seq: int
    epoch: str
    feed: FeedOut | None
    as_of: datetime
    time_zone: str
    ended_at: datetime | None
    disclosure: Annotated[str, Field(description="full, masked or milestones")]


class LookupIn(Wire):
    """A tracking number; with the last four digits of the recipient's phone more is shown."""

    tracking_no: Annotated[str, Field(min_length=1, max_length=40)]
    phone_last4: Annotated[str, Field(pattern="^([0-9]{4})?$")] = ""


class EventOut(BaseModel):
    """An event of the log, with its source, as the merchant and the house see it; it never changes."""

    id: str
    shipment_id: str
    seq: Annotated[int, Field(description="dense per shipment, from 1")]
    source: str
    kind: str
    status: Annotated[str, Field(description="a public word, an overlay, `unknown`, or empty: moves nothing")]
    reason: str
    place: str
    params: dict[str, Any]
    supersedes: str
    occurred_at: datetime
    received_at: datetime


class TimelineOut(BaseModel):
    """All that was heard of a shipment, in the order in which it happened, and what it amounts to."""

    shipment_id: str
    status: str
    overlay: str
    reason: str
    milestone_no: int
    ended_at: datetime | None
    events: list[EventOut]


class FeedEventOut(EventOut):
    """An event at its position in the feed."""

    position: int


class EventsOut(BaseModel):
    """A part of the feed; `next_cursor` is always there: ask again with it, now or tomorrow, and miss nothing."""

    items: list[FeedEventOut]
    next_cursor: str


class VehiclePositionOut(BaseModel):
    """Where a vehicle is by its newest believed fix."""

    vehicle_id: str
    lat: float
    lon: float
    speed_mps: float | None
    accuracy_m: float | None
    fixed_at: datetime
    received_at: datetime


class PositionOut(VehiclePositionOut):
    """One fix as a device reported it; `rejected` says why it is not believed."""

    device_id: str
    rejected: str
