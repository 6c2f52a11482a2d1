"""Real delivery places from a file of the Loggi BUD family: its places and sizes become a world's orders.

The depot stands at the file's origin; vans are as many as the sizes and the working day ask for.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from math import ceil
from pathlib import Path

from demo import world
from demo.markets import Market, market_at
from demo.osm_file import Address
from demo.world import Depot, Order, Parcel, World
from logistics.kit.geo import Point

GRAMS_PER_SIZE = 1_000  # the file has sizes without a unit; a van carries as many of ours as of theirs
SIDE_MM_PER_SIZE = 100  # a size of one is a parcel of one litre
STOPS_PER_VAN = 20
STORES_COUNT = 6


def build(seed: int, path: Path, *, day: date = world.DAY) -> World:
    """Draw a world whose recipients and parcels are those of the file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    origin = _point(content["origin"])
    market = market_at(origin)
    places = [Address(_point(row["point"]), "", "", "residential") for row in content["deliveries"]]
    drawn = world.build(seed, market, places, orders=len(places), day=day)
    sizes = [int(row["size"]) for row in content["deliveries"]]
    capacity = int(content["vehicle_capacity"])
    vans = max(ceil(1.2 * sum(sizes) / capacity), ceil(len(places) / STOPS_PER_VAN))
    van = replace(drawn.vans[0], depot=0, capacity_g=capacity * GRAMS_PER_SIZE)
    rows = zip(drawn.orders, places, sizes, content["deliveries"], strict=True)
    return replace(
        drawn,
        depots=(Depot(market.depots[0], origin, market.city),),
        stores=drawn.stores[:STORES_COUNT],
        vans=tuple(replace(van, name=f"Van {k + 1}", driver=drawn.orders[k].name) for k in range(vans)),
        orders=tuple(_order(market, order, place, size, row["id"]) for order, place, size, row in rows),
    )


def _order(market: Market, order: Order, place: Address, size: int, reference: str) -> Order:
    """Keep who orders what; take where it goes and how big it is from the file."""
    side = SIDE_MM_PER_SIZE * max(1, round(size ** (1 / 3)))
    parcel = Parcel(max(1, size) * GRAMS_PER_SIZE, (side, side, side), order.parcels[0].description)
    number = order.order_ref.rsplit("-", 1)[1]
    return replace(
        order,
        order_ref=f"{order.order_ref}-{reference[:6]}",
        point=place.point,
        address=f"{market.nameless_street} {int(number)}, {market.city}",
        parcels=(parcel,),
        far=False,
    )


def _point(place: dict[str, float]) -> Point:
    return Point(lat=place["lat"], lon=place["lng"])
