"""What travels about shipments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from logistics.kit.edge.wire import FieldProblem, MoneyWire, PointWire, WindowWire, Wire
from logistics.shipments import model
from logistics.shipments.lifecycle import ParcelState, ShipmentState

Text = Annotated[str, Field(max_length=500)]
Reference = Annotated[str, Field(max_length=64)]
Skill = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^,;|]+$"), AfterValidator(str.casefold)]
Skills = Annotated[
    list[Skill],
    Field(max_length=model.SKILLS_MAX, description="what the vehicle must be able to do", examples=[["tail lift"]]),
    AfterValidator(lambda skills: list(dict.fromkeys(skills))),
]
Millimetres = Annotated[int, Field(ge=0, le=model.DIMENSION_MM_MAX)]


class RecipientIn(Wire):
    """Who receives; without a point only a carrier can bring it."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    phone: Annotated[str, Field(max_length=40, examples=["+86 138 0013 8000"])]
    address: Text = ""
    point: PointWire | None = None
    locale: Annotated[str, Field(max_length=10)] = ""


class ParcelIn(Wire):
    """One piece; its volume is taken from its edges if it is not given."""

    weight_g: Annotated[int, Field(ge=1, le=model.WEIGHT_G_MAX)]
    length_mm: Millimetres = 0
    width_mm: Millimetres = 0
    height_mm: Millimetres = 0
    volume_cm3: Annotated[int, Field(ge=0, le=20_000_000)] = 0
    description: Text = ""


class ConsentIn(Wire):
    """The recipient's word on leaving a parcel at a store, locker or neighbour."""

    kind: model.ConsentKind
    granted: bool = True
    channel: Annotated[str, Field(min_length=1, max_length=40, description="where it was given")] = "checkout"

    def to_consent(self) -> model.Consent:
        """Return the permission as the house keeps it."""
        return model.Consent(self.kind, self.granted, self.channel)


class ShipmentIn(Wire):
    """One promise asked for; without ``mode`` the house chooses."""

    order_ref: Annotated[str, Field(min_length=1, max_length=100, description="your own order number, unique")]
    recipient: RecipientIn
    parcels: Annotated[list[ParcelIn], Field(min_length=1, max_length=model.PARCELS_MAX)]
    cod_due: MoneyWire | None = None
    value: MoneyWire | None = None
    depot_id: Reference = ""
    deliver_on: date | None = None
    window: WindowWire | None = None
    mode: model.Mode | None = None
    service_point_id: Reference = ""
    consents: Annotated[list[ConsentIn], Field(max_length=10)] = Field(default_factory=list)
    note: Text = ""
    other_windows: Annotated[
        list[WindowWire], Field(max_length=model.OTHER_WINDOWS_MAX, description="suit as well as `window`")
    ] = Field(default_factory=list)
    skills: Skills = Field(default_factory=list)
    priority: Annotated[
        int, Field(ge=0, le=model.PRIORITY_MAX, description="the higher goes first if not all can be brought")
    ] = 0

    def to_draft(self) -> model.Draft:
        """Return what is asked for, as the house reckons with it."""
        receiver = self.recipient
        return model.Draft(
            order_ref=self.order_ref,
            recipient=model.Recipient(
                receiver.name,
                receiver.phone,
                receiver.address,
                receiver.point.to_point() if receiver.point else None,
                receiver.locale,
            ),
            parcels=tuple(model.ParcelDraft(**parcel.model_dump()) for parcel in self.parcels),
            cod_due=self.cod_due.to_money() if self.cod_due else None,
            value=self.value.to_money() if self.value else None,
            deliver_on=self.deliver_on,
            window=self.window.to_window() if self.window else None,
            mode=self.mode,
            service_point_id=self.service_point_id,
            depot_id=self.depot_id,
            consents=tuple(consent.to_consent() for consent in self.consents),
            note=self.note,
            other_windows=tuple(window.to_window() for window in self.other_windows),
            skills=tuple(self.skills),
            priority=self.priority,
        )


class RecipientOut(Wire):
    """Who receives."""

    name: str
    phone: str
    address: str
    point: PointWire | None
    locale: str


class ParcelOut(Wire):
    """One labelled piece and who has it."""

    id: str
    label: str
    state: ParcelState
    holder: str
    weight_g: int
    volume_cm3: int
    description: str


class ShipmentOut(Wire):
    """A shipment. ``tracking_url`` is told once, when it is made; `POST .../links` makes another."""

    id: str
    merchant_id: str
    tracking_no: str
    order_ref: str
    state: ShipmentState
    status: str
    status_at: datetime | None
    mode: str
    mode_wish: str
    site_id: str
    carrier: str
    waybill_no: str
    depot_id: str
    recipient: RecipientOut
    parcels: list[ParcelOut]
    weight_g: int
    volume_cm3: int
    cod_due: MoneyWire | None
    value: MoneyWire | None
    deliver_on: date
    window: WindowWire | None
    other_windows: list[WindowWire]
    promise: WindowWire | None
    note: str
    skills: list[str]
    priority: int
    tracking_url: str | None = None
    created_at: datetime
    ended_at: datetime | None


class BatchIn(Wire):
    """Several shipments at once; each is taken or refused by itself."""

    shipments: Annotated[list[ShipmentIn], Field(min_length=1, max_length=1000)]


class RowResult(Wire):
    """What became of one row: taken, known already, or refused with what is wrong in which column."""

    row: int
    order_ref: str
    status: Literal["created", "duplicate", "rejected"]
    shipment_id: str = ""
    tracking_no: str = ""
    tracking_url: str | None = None
    errors: list[FieldProblem] = Field(default_factory=list)


class BatchOut(Wire):
    """What became of every row, in the order they came."""

    created: int
    duplicates: int
    rejected: int
    dry_run: bool
    results: list[RowResult]
    findings: list[FieldProblem] = Field(default_factory=list, description="about the file as a whole")


class CancelIn(Wire):
    """Why it is called off."""

    reason: Annotated[str, Field(min_length=1, max_length=200)]


class ConsentOut(ConsentIn):
    """A permission as it was recorded."""

    recorded_at: datetime


class LinkOut(Wire):
    """A public link to the shipment's page."""

    tracking_url: str
