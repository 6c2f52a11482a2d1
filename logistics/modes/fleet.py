"""What our own fleet offers: to the door, or to a store where the recipient collects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from fractions import Fraction

from logistics.kit.geo import Point, great_circle_m
from logistics.kit.windows import WeekHours
from logistics.modes import promises
from logistics.modes.calibration import Estimate, Knowledge, estimate
from logistics.modes.insertion import M_PER_KM, InsertionModel, Stop
from logistics.modes.offers import Asked, Expected, Offer, Reason
from logistics.modes.pricing import Pricing
from logistics.modes.promises import Hours
from logistics.shipments.model import Mode

NAME = "Own fleet"


@dataclass(frozen=True, slots=True)
class FleetTerms:
    """What a depot's fleet does: how far (metres as the crow flies), how much of one shipment, when, at what cost.

    ``reach_m_max``: how far a recipient goes to a store; ``stores_max``: how many are offered; one piece there
    weighs at most ``store_parcel_g_max``; handling one costs ``store_parcel_cost`` (major units), and
    ``parcels_per_store`` share the stop.
    """

    insertion: InsertionModel = field(default_factory=InsertionModel)
    radius_m_max: float = 60_000.0
    weight_g_max: int = 500_000
    volume_cm3_max: int = 3_000_000
    day_starts: time = time(8)
    day_ends: time = time(20)
    reach_m_max: float = 3_000.0
    stores_max: int = 5
    store_parcel_g_max: int = 20_000
    store_parcel_cost: Fraction = Fraction(8, 10)
    parcels_per_store: float = 6.0


@dataclass(frozen=True, slots=True)
class Depot:
    """Where our vans leave from; ``known``: what its plans taught."""

    site_id: str
    point: Point
    time_zone: str
    terms: FleetTerms
    known: Knowledge = field(default_factory=Knowledge)

    @property
    def hours(self) -> Hours:
        """When its vans deliver."""
        return Hours(self.terms.day_starts, self.terms.day_ends, self.time_zone)


@dataclass(frozen=True, slots=True)
class Store:
    """Where recipients collect; ``room`` is how many more parcels it takes."""

    site_id: str
    name: str
    point: Point
    opening: WeekHours
    room: int
    keep_days: int


def nearest(depots: Iterable[Depot], place: Point | None) -> Depot | None:
    """Return the depot nearest to a place, or the first one where the place is unknown; none if there is none."""
    found = list(depots)
    if place is None:
        return found[0] if found else None
    return min(found, key=lambda depot: great_circle_m(depot.point, place), default=None)


def door_offer(asked: Asked, depot: Depot, pricing: Pricing) -> Offer:
    """Return the offer of our own fleet to the door."""
    promise = promises.of_fleet(depot.hours, asked.now, asked.wish_on, asked.window)
    reasons = _fleet_limits(asked, depot)
    if asked.place is None:
        return Offer(Mode.OWN_FLEET, NAME, reasons=(*reasons, Reason("no_place", "nobody knows where the door is")))
    metres = great_circle_m(depot.point, asked.place)
    if metres > depot.terms.radius_m_max:
        reach = f"our vans go {depot.terms.radius_m_max / M_PER_KM:.0f} km"
        reasons.append(Reason("outside_service_area", f"it is {metres / M_PER_KM:.0f} km from the depot, and {reach}"))
    load, window = asked.load, asked.window
    stop = Stop(
        depot_m=metres,
        parcels_count=load.parcels_count,
        takes_cash=bool(load.cod),
        window_s=(window.end - window.start).total_seconds() if window else None,
    )
    found = estimate(depot.terms.insertion, depot.known, stop, asked.place)
    expected = _expected(depot, found, pricing, 1.0, Fraction(0))
    cost = pricing.money(found.cost)
    offer = Offer(Mode.OWN_FLEET, NAME, reasons=tuple(reasons), expected=expected)
    return pricing.complete(offer, asked, origin=depot.point, cost=cost, promise=promise)


def store_offers(asked: Asked, depot: Depot, stores: Iterable[Store], pricing: Pricing) -> list[Offer]:
    """Return the offers of the stores in reach, nearest first, and of the wished one wherever it is."""
    return [_store_offer(asked, depot, store, pricing) for store in _in_reach(asked, depot, list(stores))]


def _in_reach(asked: Asked, depot: Depot, stores: list[Store]) -> list[Store]:
    place = asked.place
    wished = [store for store in stores if store.site_id == asked.site_wish]
    if place is None:
        return wished
    others = [store for store in stores if store.site_id != asked.site_wish]
    near = sorted((great_circle_m(store.point, place), store.site_id, index) for index, store in enumerate(others))
    reach = [others[index] for metres, _, index in near if metres <= depot.terms.reach_m_max]
    return [*wished, *reach[: depot.terms.stores_max]]


def _store_offer(asked: Asked, depot: Depot, store: Store, pricing: Pricing) -> Offer:
    reasons = [*_fleet_limits(asked, depot), *_store_limits(asked, depot, store)]
    fleet = promises.of_fleet(depot.hours, asked.now, asked.wish_on, None)
    promise = promises.of_store(fleet, store.opening)
    if promise is None:
        reasons.append(Reason("store_closed", "the store does not open"))
        return Offer(Mode.PICKUP, store.name, store.site_id, reasons=tuple(reasons))
    metres = great_circle_m(depot.point, store.point)
    shared_by, handling = depot.terms.parcels_per_store, depot.terms.store_parcel_cost * asked.load.parcels_count
    stop = Stop(depot_m=metres, parcels_count=shared_by, is_store=True)
    found = estimate(depot.terms.insertion, depot.known, stop, store.point)
    cost = pricing.money(found.cost / shared_by + float(handling))
    expected = _expected(depot, found, pricing, shared_by, handling)
    conditions = ["pickup_code", f"kept_days:{store.keep_days}"] + ["pay_at_store"] * bool(asked.load.cod)
    offer = Offer(
        Mode.PICKUP,
        store.name,
        store.site_id,
        reasons=tuple(reasons),
        conditions=tuple(conditions),
        expected=expected,
    )
    return pricing.complete(offer, asked, origin=depot.point, cost=cost, promise=promise)


def _expected(depot: Depot, found: Estimate, pricing: Pricing, shared_by: float, handling: Fraction) -> Expected:
    if found.low is None or found.high is None:
        return Expected(depot.known.basis)
    low, high = (pricing.money(part / shared_by + float(handling)) for part in (found.low, found.high))
    return Expected(depot.known.basis, low, high)


def _fleet_limits(asked: Asked, depot: Depot) -> list[Reason]:
    load, terms = asked.load, depot.terms
    reasons = []
    if load.weight_g > terms.weight_g_max:
        reasons.append(Reason("too_heavy", f"our vans take {terms.weight_g_max} g of one shipment"))
    if load.volume_cm3 > terms.volume_cm3_max:
        reasons.append(Reason("too_bulky", f"our vans take {terms.volume_cm3_max} cm3 of one shipment"))
    return reasons


def _store_limits(asked: Asked, depot: Depot, store: Store) -> list[Reason]:
    reasons = []
    if not asked.has_store_consent:
        reasons.append(Reason("no_consent", "no consent"))
    if store.room < asked.load.parcels_count:
        reasons.append(Reason("no_room", f"there is room for {store.room} more parcels"))
    if asked.parcel_weight_g_max > depot.terms.store_parcel_g_max:
        reasons.append(Reason("parcel_too_heavy", f"a store takes parcels of {depot.terms.store_parcel_g_max} g"))
    if great_circle_m(depot.point, store.point) > depot.terms.radius_m_max:
        reasons.append(Reason("outside_service_area", "our vans do not go there"))
    return reasons
