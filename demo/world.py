"""The people and things of one day: depots, stores, vans, merchants, orders - drawn from a seed.

Decides who exists and who wants what. Does not decide what happens to it: that is left to the platform
and to the actors. Pure: the places come in, the chance comes from the seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from math import cos, radians
from random import Random
from typing import Literal

from demo.markets import Market
from demo.osm_file import Address
from logistics.kit.geo import Point, great_circle_m
from logistics.kit.windows import Window, zone

DAY = date(2026, 11, 24)  # a Tuesday
ORDERS_COUNT = 300
VANS_COUNT = 14
STORES_COUNT = 24
STORES_MIN = 8
ORDERS_PER_VAN = ORDERS_COUNT / VANS_COUNT
SHIFT = (time(7, 30), time(18, 0))
FAR_SHARE = 0.06
KM_PER_DEGREE = 111.32

Manner = Literal["one", "batch", "file"]


@dataclass(frozen=True, slots=True)
class Depot:
    """Where vans load."""

    name: str
    point: Point
    address: str


@dataclass(frozen=True, slots=True)
class Store:
    """A shop of the chain where buyers collect; ``hours`` are (weekdays, opens, closes), local."""

    name: str
    point: Point
    address: str
    hours: tuple[tuple[tuple[int, ...], time, time], ...]
    capacity_parcels_max: int
    keep_days: int


@dataclass(frozen=True, slots=True)
class Van:
    """A vehicle with its driver; costs in minor units."""

    name: str
    driver: str
    depot: int
    capacity_g: int
    capacity_cm3: int
    capacity_parcels: int
    cash_minor_max: int
    fixed_minor: int
    per_km_minor: int
    per_h_minor: int


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who sends; ``contract`` is as the API takes it; ``manner`` is how orders are sent in."""

    name: str
    contract: dict[str, object]
    manner: Manner


@dataclass(frozen=True, slots=True)
class Parcel:
    """One piece: weight in grams, sides in millimetres."""

    weight_g: int
    sides_mm: tuple[int, int, int]
    description: str


@dataclass(frozen=True, slots=True)
class Order:
    """One order of a merchant (index into ``World.merchants``), as it will be sent in."""

    merchant: int
    order_ref: str
    name: str
    phone: str
    address: str
    point: Point
    parcels: tuple[Parcel, ...]
    value_minor: int
    cod_minor: int
    window: Window | None
    mode: str  # a fixed wish, or empty
    consents: tuple[str, ...]
    far: bool


@dataclass(frozen=True, slots=True)
class World:
    """Everything there is at dawn."""

    seed: int
    market: Market
    day: date
    depots: tuple[Depot, ...]
    stores: tuple[Store, ...]
    vans: tuple[Van, ...]
    merchants: tuple[Merchant, ...]
    orders: tuple[Order, ...]

    def at(self, day: date, clock: time) -> datetime:
        """Return a local moment of a day here."""
        return datetime.combine(day, clock, zone(self.market.time_zone))


@dataclass(frozen=True, slots=True)
class Goods:
    """What a kind of merchant sells: shares are 0..1, prices in units of the market's price unit."""

    share: float
    prefix: str
    cod_share: float
    prices: tuple[int, int]
    weights_g: tuple[int, int]
    sides_mm: tuple[int, int]
    parcels: tuple[int, ...]  # drawn from
    window_share: float
    consent_share: float
    things: tuple[str, ...]


GROCER = Goods(0.34, "GB", 0.18, (20, 120), (1_200, 14_000), (180, 420), (1, 1, 1, 2), 0.75, 0.18,
               ("蔬菜 vegetables", "水果 fruit", "大米 rice", "牛奶 milk", "海鲜 seafood"))  # fmt: skip
FASHION = Goods(0.36, "CW", 0.55, (50, 400), (250, 2_200), (120, 380), (1, 1, 1, 1, 2), 0.15, 0.5,
                ("连衣裙 dress", "外套 coat", "运动鞋 trainers", "毛衣 jumper", "牛仔裤 jeans"))  # fmt: skip
ELECTRONICS = Goods(0.30, "ZH", 0.28, (60, 1_400), (150, 9_000), (100, 520), (1, 1, 1, 2, 3), 0.2, 0.4,
                    ("耳机 headphones", "键盘 keyboard", "显示器 screen", "充电器 charger"))  # fmt: skip
KINDS = (GROCER, FASHION, ELECTRONICS)


def build(seed: int, market: Market, places: list[Address], *, orders: int = ORDERS_COUNT, day: date = DAY) -> World:
    """Draw a world on the places of a map; vans and stores grow and shrink with the number of orders."""
    chance = Random(f"world {seed}")
    scale = orders / ORDERS_COUNT
    depots = _depots(chance, market, places)
    return World(
        seed=seed,
        market=market,
        day=day,
        depots=depots,
        stores=_stores(chance, market, places, max(STORES_MIN, min(STORES_COUNT, round(STORES_COUNT * scale)))),
        vans=_vans(chance, market, max(2, round(VANS_COUNT * scale)), len(depots)),
        merchants=merchants(market),
        orders=tuple(_orders(chance, market, places, orders, day)),
    )


def _depots(chance: Random, market: Market, places: list[Address]) -> tuple[Depot, ...]:
    """One depot towards the north, one towards the south, on ordinary streets of the middle."""
    lats, lons = sorted(p.point.lat for p in places), sorted(p.point.lon for p in places)
    middle_lon = lons[len(lons) // 2]
    depots = []
    for name, share in zip(market.depots, (0.8, 0.2), strict=True):
        wanted = Point(lat=lats[int(len(lats) * share)], lon=middle_lon)
        place = min(places, key=lambda p: great_circle_m(p.point, wanted))
        depots.append(Depot(name, place.point, market.address_on(place.street, chance)))
    return tuple(depots)


def _stores(chance: Random, market: Market, places: list[Address], count: int) -> tuple[Store, ...]:
    """Spread shops out: each new one is the drawn place farthest from the shops there are."""
    chosen = [chance.choice(places)]
    while len(chosen) < count:
        drawn = chance.sample(places, min(60, len(places)))
        chosen.append(max(drawn, key=lambda p: min(great_circle_m(p.point, c.point) for c in chosen)))
    return tuple(_store(chance, market, place, number) for number, place in enumerate(chosen, 1))


def _store(chance: Random, market: Market, place: Address, number: int) -> Store:
    every_day = tuple(range(7))
    hours = chance.choice(
        (
            ((every_day, time(7), time(23)),),
            ((every_day, time(7, 30), time(22)),),
            ((tuple(range(5)), time(8), time(21)), ((5, 6), time(9), time(20))),
        )
    )
    name = market.store.format(brand=market.store_brand, street=place.street or number)
    return Store(
        name=f"{name} {number:02d}",
        point=place.point,
        address=market.address_on(place.street, chance),
        hours=hours,
        capacity_parcels_max=chance.choice((12, 20, 30)),
        keep_days=2,
    )


def _vans(chance: Random, market: Market, count: int, depots: int) -> tuple[Van, ...]:
    unit = market.price_unit_minor
    return tuple(
        Van(
            name=f"Van {number + 1}",
            driver=market.person(chance),
            depot=number % depots,
            capacity_g=650_000,
            capacity_cm3=5_500_000,
            capacity_parcels=60,
            cash_minor_max=unit * 2_500,
            fixed_minor=unit * 40,
            per_km_minor=unit * 2 // 5,
            per_h_minor=unit * 9,
        )
        for number in range(count)
    )


def merchants(market: Market) -> tuple[Merchant, ...]:
    """Return the three merchants: a grocer, a fashion shop with COD, a marketplace of electronics."""
    money = {"currency": market.currency, "cod_cycle_days": 1}
    grocer = money | {"modes": ["own_fleet", "pickup"], "delivery_per_order": "6.50", "delivery_per_kg": "0.30"}
    fashion = money | {
        "delivery_per_order": "5.80",
        "cod_share": "0.012",
        "cod_min": "1.00",
        "return_per_order": "4.00",
    }
    digital = money | {
        "delivery_per_order": "4.25", "delivery_per_item": "2.0", "delivery_per_kg": "1.5",
        "storage_per_m3_month": "155", "commission_share": "0.06", "cod_share": "0.01", "cod_min": "0.50",
        "return_per_order": "6.00",
    }  # fmt: skip
    grocer |= {"cod_share": "0.005"}
    manners: tuple[Manner, ...] = ("one", "batch", "file")
    terms = (grocer, fashion, digital)
    return tuple(Merchant(*three) for three in zip(market.merchants, terms, manners, strict=True))


def _orders(chance: Random, market: Market, places: list[Address], count: int, day: date) -> list[Order]:
    orders = []
    for number in range(count):
        merchant = chance.choices(range(len(KINDS)), [kind.share for kind in KINDS])[0]
        far = merchant > 0 and chance.random() < FAR_SHARE / (1 - GROCER.share)
        if far:
            city, east_km, north_km = chance.choice(market.far_places)
            point, street = _offset(chance.choice(places).point, east_km, north_km), ""
        else:
            place = chance.choice(places)
            city, point, street = market.city, place.point, place.street
        address = market.address_on(street, chance, city)
        orders.append(_order(chance, market, merchant, number, (point, address), day=day, far=far))
    return orders


def _order(
    chance: Random, market: Market, merchant: int, number: int, where: tuple[Point, str], *, day: date, far: bool
) -> Order:
    goods = KINDS[merchant]
    value = chance.randint(*goods.prices) * market.price_unit_minor - market.price_unit_minor // 20
    asks_window = not far and chance.random() < goods.window_share
    consents = ("store",) if not far and chance.random() < goods.consent_share else ()
    return Order(
        merchant=merchant,
        order_ref=f"{goods.prefix}-{day:%y%m%d}-{number + 1:04d}",
        name=market.person(chance),
        phone=market.phone_number(chance),
        address=where[1],
        point=where[0],
        parcels=tuple(_parcel(chance, goods) for _ in range(chance.choice(goods.parcels))),
        value_minor=value,
        cod_minor=value if chance.random() < goods.cod_share else 0,
        window=_window(chance, market, day) if asks_window else None,
        mode=_wish(chance, far=far, consents=consents, merchant=merchant),
        consents=consents,
        far=far,
    )


def _wish(chance: Random, *, far: bool, consents: tuple[str, ...], merchant: int) -> str:
    if far:
        return ""  # nobody else reaches it: the platform has to find that out
    drawn = chance.random()
    if consents and drawn < 0.3:  # noqa: PLR2004 - three in ten of those who would take a store ask for it
        return "pickup"
    if merchant and drawn > 0.985:  # noqa: PLR2004 - a few insist on a carrier they know
        return "carrier"
    return ""


def _parcel(chance: Random, goods: Goods) -> Parcel:
    sides = sorted((chance.randint(*goods.sides_mm) for _ in range(3)), reverse=True)
    return Parcel(chance.randint(*goods.weights_g), (sides[0], sides[1], sides[2]), chance.choice(goods.things))


def _window(chance: Random, market: Market, day: date) -> Window:
    starts = chance.choice((9, 10, 11, 13, 14, 15))
    length = chance.choice((2, 2, 3))
    here = zone(market.time_zone)
    return Window(datetime.combine(day, time(starts), here), datetime.combine(day, time(starts + length), here))


def _offset(point: Point, east_km: float, north_km: float) -> Point:
    lat = point.lat + north_km / KM_PER_DEGREE
    return Point(lat=lat, lon=point.lon + east_km / (KM_PER_DEGREE * cos(radians(lat))))
