from __future__ import annotations

from collections import Counter

import pytest

from demo import world
from demo.markets import JINAN, PORTO, RIO, YUNJIANG, Market, market_at
from demo.osm_file import Address
from logistics.kit.geo import Point, great_circle_m


def test_a_day_has_its_people_and_things(places: list[Address]) -> None:
    made = world.build(1, YUNJIANG, places)
    assert (len(made.depots), len(made.stores), len(made.vans), len(made.merchants)) == (2, 24, 14, 3)
    assert len(made.orders) == 300
    assert Counter(order.merchant for order in made.orders).keys() == {0, 1, 2}
    assert {merchant.manner for merchant in made.merchants} == {"one", "batch", "file"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_third_pays_at_the_door_and_some_have_wishes(seed: int, places: list[Address]) -> None:
    orders = world.build(seed, YUNJIANG, places).orders
    assert 75 < sum(order.cod_minor > 0 for order in orders) < 140
    assert sum(order.window is not None for order in orders) > 50
    assert sum("store" in order.consents for order in orders) > 50
    assert {order.mode for order in orders} == {"", "pickup", "carrier"}
    assert all("store" in order.consents for order in orders if order.mode == "pickup")


def test_far_orders_lie_where_no_van_goes_and_never_belong_to_the_grocer(places: list[Address]) -> None:
    made = world.build(1, YUNJIANG, places)
    far = [order for order in made.orders if order.far]
    assert 8 < len(far) < 35
    assert all(great_circle_m(order.point, made.depots[0].point) > 50_000 for order in far)
    assert all(order.merchant != 0 for order in far)


def test_order_references_are_unique_and_windows_lie_within_the_day(places: list[Address]) -> None:
    made = world.build(1, YUNJIANG, places)
    assert len({order.order_ref for order in made.orders}) == 300
    assert all(order.window.start.date() == made.day for order in made.orders if order.window)


def test_the_same_seed_gives_the_same_world(places: list[Address]) -> None:
    assert world.build(4, YUNJIANG, places) == world.build(4, YUNJIANG, places)
    assert world.build(4, YUNJIANG, places) != world.build(5, YUNJIANG, places)


def test_a_small_day_needs_fewer_vans_and_stores(places: list[Address]) -> None:
    made = world.build(1, YUNJIANG, places, orders=60)
    assert (len(made.orders), len(made.vans), len(made.stores)) == (60, 3, 8)


@pytest.mark.parametrize(
    ("lat", "lon", "market"),
    [(41.15, -8.61, PORTO), (36.65, 117.0, JINAN), (30.27, 120.15, YUNJIANG), (-22.8, -43.4, RIO)],
)
def test_a_place_knows_its_market(lat: float, lon: float, market: Market) -> None:
    assert market_at(Point(lat=lat, lon=lon)) is market
    assert market_at(Point(lat=60.2, lon=24.9)).key == "elsewhere"
