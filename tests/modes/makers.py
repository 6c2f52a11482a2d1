"""Things that choosing begins with, and strategies that make many of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction

from hypothesis import strategies as st

from logistics.carriers.rate_card import Load, RateCard, Zone
from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.kit.windows import Opening, WeekHours, Window
from logistics.merchants.contract import Contract
from logistics.modes.choose import Choice, choose
from logistics.modes.fleet import Depot, FleetTerms, Store, door_offer, store_offers
from logistics.modes.hauliers import Haulier, carrier_offer
from logistics.modes.insertion import InsertionModel, Stop
from logistics.modes.offers import Asked, Offer
from logistics.modes.pricing import Pricing
from logistics.modes.tariff import Terms
from logistics.shipments.model import Mode

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # nine in the morning, Tuesday
TODAY = date(2026, 11, 24)
SHANGHAI = "Asia/Shanghai"
CENTRE = Point(lat=36.65, lon=117.0)
DOOR = Point(lat=36.70, lon=117.05)  # 7.1 km from the depot
FAR = Point(lat=38.0, lon=117.0)  # 150 km
OPEN = WeekHours((Opening((0, 1, 2, 3, 4, 5, 6), time(8), time(22)),), SHANGHAI)
CONTRACT = Contract(delivery_per_order=Fraction(6), delivery_per_kg=Fraction(1), cod_share=Fraction(1, 100))
PRICING = Pricing(Terms(CONTRACT))
DEPOT = Depot("sit_depot", CENTRE, SHANGHAI, FleetTerms())
STORE = Store("sit_store", "Corner Store", Point(lat=36.701, lon=117.055), OPEN, room=5, keep_days=3)
ZONE = Zone("all", 1000, Fraction(8), 1000, Fraction(2))
HAULIER = Haulier("yt", "YT Express", RateCard("CNY", (ZONE,)), collects_cod=True, cutoff=time(17), time_zone=SHANGHAI)


def asked(  # noqa: PLR0913 - a question has many sides, each test turns one
    *,
    weight_g: int = 900,
    place: Point | None = DOOR,
    cod_minor: int = 0,
    wish: Mode | None = None,
    site_wish: str = "",
    consent: bool = True,
    now: datetime = NOW,
    wish_on: date = TODAY,
    window: Window | None = None,
    allowed: frozenset[str] = frozenset(Mode),
    parcels_count: int = 1,
) -> Asked:
    cod = Money(cod_minor, "CNY") if cod_minor else None
    load = Load(weight_g, 0, parcels_count, cod)
    return Asked(now, load, weight_g, place, wish_on, window, wish, site_wish, consent, allowed)


def offers_of(
    what: Asked, depots: list[Depot], stores: list[Store], hauliers: list[Haulier], pricing: Pricing = PRICING
) -> list[Offer]:
    found: list[Offer] = []
    for depot in depots[:1]:
        found += [door_offer(what, depot, pricing), *store_offers(what, depot, stores, pricing)]
        found += [carrier_offer(what, haulier, depot.point, pricing) for haulier in hauliers]
    return found


def choice_of(
    what: Asked, stores: list[Store] | None = None, hauliers: list[Haulier] | None = None, depot: Depot = DEPOT
) -> Choice:
    some_stores = [STORE] if stores is None else stores
    some_hauliers = [HAULIER] if hauliers is None else hauliers
    return choose(what, offers_of(what, [depot], some_stores, some_hauliers))


near = st.floats(-0.5, 0.5)
points = st.builds(lambda lat, lon: Point(lat=CENTRE.lat + lat, lon=CENTRE.lon + lon), near, near)
models = st.builds(
    InsertionModel,
    stop_cost=st.floats(0, 20),
    km_cost=st.floats(0, 5),
    stops_per_route=st.floats(1, 100),
    stops_per_km2=st.floats(0.01, 50),
)
stops = st.builds(
    Stop,
    depot_m=st.floats(0, 100_000),
    between_km=st.floats(0.01, 50),
    parcels_count=st.integers(1, 20),
    takes_cash=st.booleans(),
    is_store=st.booleans(),
    window_s=st.none() | st.floats(0, 50_000),
)
depots = st.builds(
    Depot,
    site_id=st.just("sit_depot"),
    point=st.just(CENTRE),
    time_zone=st.just(SHANGHAI),
    terms=st.builds(FleetTerms, insertion=models, radius_m_max=st.sampled_from([5_000.0, 60_000.0])),
)
stores = st.lists(
    st.builds(
        Store,
        site_id=st.sampled_from(["sit_a", "sit_b", "sit_c", "sit_d"]),
        name=st.just("A store"),
        point=points,
        opening=st.sampled_from([OPEN, WeekHours((), SHANGHAI)]),
        room=st.integers(0, 3),
        keep_days=st.just(3),
    ),
    unique_by=lambda store: store.site_id,
    max_size=4,
)
amounts = st.fractions(0, 40, max_denominator=100)
hauliers = st.lists(
    st.builds(
        Haulier,
        code=st.sampled_from(["yt", "sf", "zt"]),
        name=st.just("An express"),
        card=st.builds(
            lambda first, step, reach: RateCard("CNY", (Zone("z", 1000, first, 1000, step, distance_m_max=reach),)),
            amounts,
            amounts,
            st.sampled_from([None, 1000, 100_000]),
        ),
        collects_cod=st.booleans(),
        cutoff=st.just(time(17)),
        time_zone=st.just(SHANGHAI),
    ),
    unique_by=lambda haulier: haulier.code,
    max_size=3,
)
windows = st.none() | st.just(Window(NOW, datetime(2026, 11, 24, 4, tzinfo=UTC)))
questions = st.builds(
    asked,
    weight_g=st.integers(1, 60_000),
    place=points | st.none(),
    cod_minor=st.sampled_from([0, 0, 100, 100_000]),
    wish=st.none() | st.sampled_from(Mode),
    site_wish=st.sampled_from(["", "", "sit_a"]),
    consent=st.booleans(),
    window=windows,
    parcels_count=st.integers(1, 4),
    wish_on=st.sampled_from([TODAY, date(2026, 11, 27)]),
)
