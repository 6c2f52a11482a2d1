"""What travels about carriers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from logistics.carriers.rate_card import Box, Circle, RateCard, Surcharge, Zone
from logistics.kit.edge.wire import MoneyWire, PointWire, Wire
from logistics.kit.money import Rounding

Exact = Annotated[Decimal, Field(ge=0, le=10**9, decimal_places=6, description="major units, as decimal text")]
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=6, description="a share: 0.01 is one per cent")]
Grams = Annotated[int, Field(ge=0, le=10**8)]
Code = Annotated[str, Field(pattern="^[a-z0-9][a-z0-9_-]{0,39}$", examples=["yuantong"])]
WaybillNo = Annotated[str, Field(min_length=1, max_length=64)]
Labels = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=2000)]
Waybills = Annotated[list[WaybillNo], Field(max_length=2000)]
ZERO = Decimal(0)


class CircleWire(Wire):
    """All places within so many metres of a centre."""

    kind: Literal["circle"] = "circle"
    centre: PointWire
    radius_m: Annotated[int, Field(ge=0, le=20_100_000)]

    def to_area(self) -> Circle:
        """Return the area as the house reckons with it."""
        return Circle(self.centre.to_point(), self.radius_m)


class BoxWire(Wire):
    """All places between two parallels and two meridians."""

    kind: Literal["box"] = "box"
    south: Annotated[float, Field(ge=-90, le=90)]
    west: Annotated[float, Field(ge=-180, le=180)]
    north: Annotated[float, Field(ge=-90, le=90)]
    east: Annotated[float, Field(ge=-180, le=180)]

    def to_area(self) -> Box:
        """Return the area as the house reckons with it."""
        return Box(self.south, self.west, self.north, self.east)


class ZoneWire(Wire):
    """A zone: its areas, or what lies within a distance of the origin, or (neither given) everywhere."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    first_weight_g: Grams = 1000
    first_price: Exact
    step_g: Annotated[int, Field(gt=0, le=10**8)] = 1000
    step_price: Exact = ZERO
    areas: list[Annotated[CircleWire | BoxWire, Field(discriminator="kind")]] = Field(default_factory=list)
    distance_m_max: Annotated[int, Field(ge=0, le=20_100_000)] | None = None
    days: Annotated[int, Field(ge=0, le=60, description="promised calendar days after the day of collection")] = 1

    def to_zone(self) -> Zone:
        """Return the zone as the house reckons with it."""
        return Zone(
            name=self.name,
            first_weight_g=self.first_weight_g,
            first_price=Fraction(self.first_price),
            step_g=self.step_g,
            step_price=Fraction(self.step_price),
            areas=tuple(area.to_area() for area in self.areas),
            distance_m_max=self.distance_m_max,
            days=self.days,
        )


class SurchargeWire(Wire):
    """What is added to the freight: a flat amount, a share of it, or both."""

    code: Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$", examples=["fuel"])]
    flat: Exact = ZERO
    per_parcel: bool = False
    share: Share = ZERO
    above_g: Grams = 0
    zones: list[str] = Field(default_factory=list)

    def to_surcharge(self) -> Surcharge:
        """Return the surcharge as the house reckons with it."""
        flat, share = Fraction(self.flat), Fraction(self.share)
        return Surcharge(self.code, flat, self.per_parcel, share, self.above_g, tuple(self.zones))


class RateCardWire(Wire):
    """Prices by zone and weight; docs/formulas/tariffs.md has the formula."""

    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"
    zones: Annotated[list[ZoneWire], Field(min_length=1, max_length=500)]
    volumetric_cm3_per_kg: Annotated[int, Field(ge=0, le=10**6, description="0: volume does not count")] = 0
    surcharges: Annotated[list[SurchargeWire], Field(max_length=50)] = Field(default_factory=list)
    cod_share: Share = ZERO
    cod_min: Exact = ZERO
    cod_max: Exact | None = None
    weight_g_max: Annotated[int, Field(ge=0, le=10**8, description="of one waybill; 0: no limit")] = 0
    rounding: Rounding = Rounding.HALF_UP

    def to_card(self) -> RateCard:
        """Return the card as the house reckons with it; refused where it makes no sense."""
        return RateCard(
            currency=self.currency,
            zones=tuple(zone.to_zone() for zone in self.zones),
            volumetric_cm3_per_kg=self.volumetric_cm3_per_kg,
            surcharges=tuple(one.to_surcharge() for one in self.surcharges),
            cod_share=Fraction(self.cod_share),
            cod_min=Fraction(self.cod_min),
            cod_max=None if self.cod_max is None else Fraction(self.cod_max),
            weight_g_max=self.weight_g_max,
            rounding=self.rounding,
        )


class CarrierBase(Wire):
    """A carrier, without its secrets."""

    code: Code
    name: Annotated[str, Field(min_length=1, max_length=100)]
    base_url: Annotated[str, Field(max_length=500, description="where its API is; empty: it has none")] = ""
    adapter: Literal["", "pretend"] = ""
    push_dialect: Literal["kuaidi100"] = "kuaidi100"
    rate_card: RateCardWire
    collects_cod: bool = False
    cutoff: Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "17:00"
    time_zone: Annotated[str, Field(max_length=64)] = "Asia/Shanghai"


class CarrierIn(CarrierBase):
    """A carrier to be entered. ``secret`` is ours with it, and the salt of its pushes' signatures."""

    secret: Annotated[str, Field(min_length=1, max_length=200)]
    callback_secret: Annotated[str, Field(pattern="^[A-Za-z0-9_-]{16,128}$")] | None = None


class CarrierOut(CarrierBase):
    """A carrier."""

    is_active: bool
    created_at: datetime


class NewCarrierOut(CarrierOut):
    """A carrier just entered; ``callback_secret``, the hidden part of its callback address, is shown this once."""

    callback_secret: str
    callback_path: str


class ConsignmentOut(Wire):
    """What one carrier gets from us under one waybill."""

    id: str
    shipment_id: str
    carrier: str
    waybill_no: str | None
    state: str
    trouble: str
    expected_cost: MoneyWire
    cod_due: MoneyWire
    cod_collected: MoneyWire
    cod_remitted: MoneyWire
    last_status: str
    last_event_at: datetime | None
    created_at: datetime
    booked_at: datetime | None
    handed_over_at: datetime | None
    closed_at: datetime | None


class FindingOut(Wire):
    """What was noticed: where, a stable code, a sentence, what would be right."""

    where: str
    code: str
    message: str
    expected: str = ""


class HandoverIn(Wire):
    """What the carrier's driver takes from the depot: by waybill (all of its parcels) or by label."""

    carrier: Code
    waybill_nos: Waybills = Field(default_factory=list)
    labels: Labels = Field(default_factory=list)


class HandoverOut(Wire):
    """What changed hands: waybills that left with this handover, and what was wrong with the rest."""

    handed_over: list[str]
    findings: list[FindingOut]


class RemittedLineIn(Wire):
    """The money of one waybill."""

    waybill_no: WaybillNo
    amount: MoneyWire


class CodRemittanceIn(Wire):
    """COD money a carrier passed on to us, waybill by waybill."""

    lines: Annotated[list[RemittedLineIn], Field(min_length=1, max_length=5000)]


class CodRemittanceOut(Wire):
    """How many lines were taken, and what did not fit what we expected."""

    taken_count: int
    findings: list[FindingOut]


class UnmappedCodeOut(Wire):
    """A code that is in no table."""

    source: str
    code: str
    text: str
    waybill_no: str
    seen_count: int
    first_seen_at: datetime
    last_seen_at: datetime


class PushAnswer(Wire):
    """The answer in the dialect of the sender (Kuaidi100)."""

    result: bool
    returnCode: str  # noqa: N815 - the sender's own spelling
    message: str
