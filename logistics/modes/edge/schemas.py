"""What travels about choosing."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from logistics.carriers.edge.schemas import RateCardWire
from logistics.kit.edge.wire import MoneyWire, PointWire, WindowWire, Wire
from logistics.modes.choose import Choice
from logistics.modes.fleet import FleetTerms
from logistics.modes.insertion import SCALE_MAX, SCALE_MIN, InsertionModel
from logistics.modes.offers import Offer, Reason
from logistics.modes.tariff import Tariff
from logistics.shipments import model
from logistics.shipments.edge.schemas import ConsentIn, ParcelIn

Id = Annotated[str, Field(max_length=64)]
Positive = Annotated[float, Field(gt=0, le=1e6)]
Amount = Annotated[float, Field(ge=0, le=1e6, description="major units")]


class ReasonWire(Wire):
    """Why an offer cannot be taken."""

    code: str
    text: str


class OfferWire(Wire):
    """One way to do it. Amounts and promise are missing only where it is not feasible.

    ``difference`` is how much more it comes to than the one chosen, cost and risk together; negative: it would have
    been cheaper.
    """

    mode: model.Mode
    name: str
    site_id: str = ""
    carrier: str = ""
    price: MoneyWire | None = None
    cost: MoneyWire | None = None
    risk: MoneyWire | None = None
    promise: WindowWire | None = None
    feasible: bool
    reasons: list[ReasonWire] = Field(default_factory=list)
    conditions: list[str] = Field(default_factory=list)
    chosen: bool = False
    difference: MoneyWire | None = None

    @classmethod
    def of(cls, offer: Offer, choice: Choice) -> OfferWire:
        """Write an offer of a choice."""
        return cls(
            mode=offer.mode,
            name=offer.name,
            site_id=offer.site_id,
            carrier=offer.carrier,
            price=MoneyWire.maybe(offer.price),
            cost=MoneyWire.maybe(offer.cost),
            risk=MoneyWire.maybe(offer.risk),
            promise=WindowWire.of(offer.promise) if offer.promise else None,
            feasible=offer.is_feasible,
            reasons=[ReasonWire(code=reason.code, text=reason.text) for reason in offer.reasons],
            conditions=list(offer.conditions),
            chosen=offer is choice.taken,
            difference=MoneyWire.maybe(choice.difference(offer)),
        )

    def to_offer(self) -> Offer:
        """Return the offer as the house reckons with it."""
        return Offer(
            mode=self.mode,
            name=self.name,
            site_id=self.site_id,
            carrier=self.carrier,
            price=self.price.to_money() if self.price else None,
            cost=self.cost.to_money() if self.cost else None,
            risk=self.risk.to_money() if self.risk else None,
            promise=self.promise.to_window() if self.promise else None,
            reasons=tuple(Reason(one.code, one.text) for one in self.reasons),
            conditions=tuple(self.conditions),
        )


class WhereTo(Wire):
    """Where it would go; without a point only a carrier can be offered."""

    point: PointWire | None = None
    address: Annotated[str, Field(max_length=500)] = ""


class QuoteIn(Wire):
    """What would have to be sent."""

    recipient: WhereTo
    parcels: Annotated[list[ParcelIn], Field(min_length=1, max_length=model.PARCELS_MAX)]
    cod_due: MoneyWire | None = None
    value: MoneyWire | None = None
    deliver_on: date | None = None
    window: WindowWire | None = None
    depot_id: Id = ""
    mode: model.Mode | None = None
    service_point_id: Id = ""
    consents: Annotated[list[ConsentIn], Field(max_length=10)] = Field(default_factory=list)


class QuoteOut(Wire):
    """The offers, best first; prices hold until ``valid_until``."""

    quote_id: str
    valid_until: datetime
    offers: list[OfferWire]
    reasons: list[str]


class ChoiceIn(Wire):
    """A dispatcher's override."""

    mode: model.Mode
    site_id: Id = ""
    carrier: Id = ""


class ChoiceOut(Wire):
    """What was chosen and why; ``mode`` is empty where nothing was feasible."""

    shipment_id: str
    mode: str
    site_id: str
    carrier: str
    price: MoneyWire
    promise: WindowWire | None
    reasons: list[str]
    offers: list[OfferWire]
    made_by: str
    made_at: datetime


class TariffWire(Wire):
    """What a merchant is charged: a card for a mode; a mode without one is charged by the contract's rates."""

    own_fleet: RateCardWire | None = None
    pickup: RateCardWire | None = None
    carrier: RateCardWire | None = None

    def to_tariff(self) -> Tariff:
        """Return the tariff as the house reckons with it; refused where a card makes no sense."""
        cards = {model.Mode.OWN_FLEET: self.own_fleet, model.Mode.PICKUP: self.pickup, model.Mode.CARRIER: self.carrier}
        return Tariff({mode: card.to_card() for mode, card in cards.items() if card})


class InsertionWire(Wire):
    """What one more stop costs before any route exists; docs/formulas/tariffs.md has the formula."""

    stop_cost: Amount = 3.0
    km_cost: Amount = 2.0
    detour: Annotated[float, Field(ge=1, le=10)] = 1.3
    stops_per_route: Positive = 40.0
    stops_per_km2: Positive = 2.0
    k: Annotated[float, Field(ge=0, le=10)] = 0.7


class FleetTermsIn(Wire):
    """What a depot's fleet does: how far, how much, when, at what cost; and which stores it serves."""

    insertion: InsertionWire = InsertionWire()
    radius_m_max: Annotated[float, Field(ge=0, le=1e7)] = 60_000.0
    weight_g_max: Annotated[int, Field(ge=0, le=10**9)] = 500_000
    volume_cm3_max: Annotated[int, Field(ge=0, le=10**9)] = 3_000_000
    day_starts: time = time(8)
    day_ends: time = time(20)
    reach_m_max: Annotated[float, Field(ge=0, le=1e6)] = 3_000.0
    stores_max: Annotated[int, Field(ge=0, le=50)] = 5
    store_parcel_g_max: Annotated[int, Field(ge=0, le=10**7)] = 20_000
    store_parcel_cost: Annotated[Decimal, Field(ge=0, le=10**6, decimal_places=6)] = Decimal("0.8")
    parcels_per_store: Annotated[float, Field(ge=1, le=1000)] = 6.0

    def to_terms(self, scale: float = 1.0) -> FleetTerms:
        """Return the terms as the house reckons with them; ``scale`` is what plans have taught."""
        values = self.model_dump(exclude={"insertion", "store_parcel_cost"})
        return FleetTerms(
            insertion=InsertionModel(**self.insertion.model_dump(), scale=scale),
            store_parcel_cost=Fraction(self.store_parcel_cost),
            **values,
        )


class FleetTermsOut(FleetTermsIn):
    """The same, with what plans have taught so far."""

    depot_id: str
    scale: Annotated[float, Field(ge=SCALE_MIN, le=SCALE_MAX)]
    plans_count: int
