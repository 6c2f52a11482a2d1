"""What travels about pickup."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from logistics.kit.edge.wire import FindingWire, Moment, MoneyWire, PointWire, Wire
from logistics.pickup.lifecycle import StayState
from logistics.shipments.cod import Means, Taken
from logistics.sites.edge.schemas import OpeningWire

Label = Annotated[str, Field(min_length=1, max_length=64)]
Labels = Annotated[list[Label], Field(max_length=500)]
At = Annotated[
    Moment | None,
    Field(description="when it happened, if not just now: not in the future, not older than 7 days"),
]
Reason = Annotated[
    str,
    Field(
        pattern=r"^(carrier|merchant|recipient|own|force)_[a-z_]{1,60}$",
        description="prefixed by the responsible party",
        examples=["recipient_not_home"],
    ),
]


class CashIn(Wire):
    """Money taken at the handover; it has to be exactly what is due."""

    amount: MoneyWire
    means: Means = Means.CASH

    def to_taken(self) -> Taken:
        """Return the money as the house counts it."""
        return Taken(self.amount.to_money(), self.means)


class ServicePointOut(Wire):
    """A place where recipients collect; ``distance_m`` is measured from the place asked for as the crow flies."""

    id: str
    name: str
    point: PointWire
    address: str
    time_zone: str
    hours: list[OpeningWire]
    keep_days: int
    room: Annotated[int, Field(description="how many more parcels it takes")]
    open: bool
    distance_m: int


class StayParcelOut(Wire):
    """One parcel of a stay; ``arrived_at`` is none while it is expected."""

    id: str
    label: str
    shelf: str
    arrived_at: datetime | None


class StayOut(Wire):
    """One shipment at a service point. Its pickup code is the recipient's alone and is not told here."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    phone_masked: str
    parcels: list[StayParcelOut]
    cod_due: MoneyWire | None
    state: StayState
    ready_at: datetime | None
    keep_until: datetime | None
    to_whom: str
    reason: str


class ArrivalsIn(Wire):
    """Parcels scanned as they come in, and where they are put."""

    labels: Labels
    shelf: Annotated[str, Field(max_length=20)] = ""
    at: At = None


class ArrivalsOut(Wire):
    """Labels stored, shipments that became ready with them, and what does not belong here."""

    stored: list[str]
    ready: list[str]
    findings: list[FindingWire]


class HandoverIn(Wire):
    """Somebody at the counter: the pickup code, or the shipment and the last four digits of its phone."""

    code: Annotated[str, Field(pattern="^[0-9]{6}$")] | None = None
    shipment_id: Annotated[str, Field(max_length=64)] | None = None
    phone_last4: Annotated[str, Field(pattern="^[0-9]{4}$")] | None = None
    cash: CashIn | None = None
    to_whom: Annotated[str, Field(min_length=1, max_length=100)] = "recipient"
    at: At = None


class RefusalIn(Wire):
    """The recipient does not want it."""

    shipment_id: Annotated[str, Field(max_length=64)]
    reason: Reason = "recipient_refused"
    at: At = None


class LeavingIn(Wire):
    """Parcels that were not collected, as the depot fetches them."""

    labels: Labels
    at: At = None


class LeavingOut(Wire):
    """Labels that left, and what may not leave."""

    left: list[str]
    findings: list[FindingWire]


class TillHandInIn(Wire):
    """A till's cash as counted; the nearest depot takes it if none is named."""

    amount: MoneyWire
    depot_id: Annotated[str, Field(max_length=64)] = ""
    at: At = None


class TillHandInOut(Wire):
    """What was counted, what the receipts say, and what is too much (below zero: missing)."""

    expected: MoneyWire
    amount: MoneyWire
    difference: MoneyWire
    depot_id: str


class ExpiredOut(Wire):
    """How many shipments were turned back because nobody came in time."""

    expired: int
