"""What travels about choosing."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from logistics.carriers.edge.schemas import RateCardWire
from logistics.kit.edge.wire import MoneyWire, PointWire, WindowWire, Wire
from logistics.modes.calibration import Basis
from logistics.modes.choose import Choice
from logistics.modes.fleet import FleetTerms
from logistics.modes.insertion import InsertionModel
from logistics.modes.offers import Expected, Offer, Reason
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


class ExpectedWire(Wire):
    """How sure an estimated cost is.

    ``low`` to ``high`` held what most such stops cost in past plans (80 in 100); both are missing while the starting
    values hold. ``basis``: ``own`` plans of the depot, ``pooled`` plans of all depots, ``starting`` values.
    """

    basis: Basis
    low: MoneyWire | None = None
    high: MoneyWire | None = None
    text: str

    @classmethod
    def of(cls, expected: Expected) -> ExpectedWire:
        """Write how sure a cost is."""
        low, high = MoneyWire.maybe(expected.low), MoneyWire.maybe(expected.high)
        return cls(basis=expected.basis, low=low, high=high, text=expected.text)

    def to_expected(self) -> Expected:
        """Return it as the house reckons with it."""
        low = self.low.to_money() if self.low else None
        return Expected(self.basis, low, self.high.to_money() if self.high else None)


class OfferWire(Wire):
    """One way to do it. Amounts and promise are missing only where it is not feasible.

    ``difference`` is how much more it comes to than the one chosen, cost and risk together; negative: it would have
    been cheaper. ``expected`` says how sure the cost is; it is missing where the cost is agreed, as with a carrier.
    """

    mode: model.Mode
    name: str
    site_id: str = ""
    carrier: str = ""
    price: MoneyWire | None = None
    cost: MoneyWire | None = None
    expected: ExpectedWire | None = None
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
            expected=ExpectedWire.of(offer.expected) if offer.expected else None,
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
            expected=self.expected.to_expected() if self.expected else None,
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
    """What one more stop costs until plans have taught it; docs/formulas/insertion.md has the formula."""

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

    def to_terms(self) -> FleetTerms:
        """Return the terms as the house reckons with them."""
        values = self.model_dump(exclude={"insertion", "store_parcel_cost"})
        return FleetTerms(
            insertion=InsertionModel(**self.insertion.model_dump()),
            store_parcel_cost=Fraction(self.store_parcel_cost),
            **values,
        )


class FleetTermsOut(FleetTermsIn):
    """The same, and whose they are: a depot's own, or (empty) everybody's."""

    depot_id: str


class PriceOut(Wire):
    """A price a stop's cost is made of, in major units of the currency for one of it."""

    name: str
    starting: float
    learned: float | None


class QuoteErrorOut(Wire):
    """How far off quotes were on plans that came after what they were learned from.

    ``mean``: quoted less actual, above 0 too dear. ``coverage_percent``: how many of 100 stops lay in the interval
    told. ``starting``: what the starting values would have done on the same stops.
    """

    plans_count: int
    stops_count: int
    median_absolute: MoneyWire
    mean: MoneyWire
    coverage_percent: float
    starting_median_absolute: MoneyWire
    starting_mean: MoneyWire
    mean_actual: MoneyWire


class CalibrationOut(Wire):
    """What plans taught about the cost of a stop; ``depot_id`` empty: the plans of all depots together.

    ``basis`` says what quotes go by now. Of 100 stops ``percent`` cost ``low`` to ``high`` times what was quoted.
    ``mean_cost``: what a stop costs on average with its share of all that the stops of a plan have in common.
    """

    depot_id: str
    currency: str
    basis: Basis
    text: str
    plans_count: int
    stops_count: int
    learned_at: datetime
    prices: list[PriceOut]
    percent: int
    low: float | None
    high: float | None
    mean_cost: MoneyWire | None
    error: QuoteErrorOut | None


class CalibrationsOut(Wire):
    """All that was learned; nothing while no plan was released yet."""

    items: list[CalibrationOut]
