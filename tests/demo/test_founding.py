"""What the demo founds is what the platform takes: held against the platform's own schemas."""

from __future__ import annotations

import pytest

from demo import world
from demo.founding import CALLBACK_SECRET, carrier_body
from demo.markets import MARKETS
from demo.osm_file import Address
from logistics.carriers.edge.schemas import CarrierIn
from logistics.carriers.rate_card import Load, quote
from logistics.kit.geo import Point
from logistics.merchants.edge.schemas import ContractWire

PLACES = [Address(Point(lat=30 + k / 500, lon=120 + k / 400), f"{k}", f"{k}", "residential") for k in range(60)]


@pytest.mark.parametrize("market", MARKETS)
def test_the_carrier_has_a_price_for_town_and_country_in_every_market(market: str) -> None:
    made = world.build(1, MARKETS[market], PLACES, orders=60)
    carrier = CarrierIn.model_validate(carrier_body(made, "http://127.0.0.1:8102"))
    assert carrier.callback_secret == CALLBACK_SECRET
    card = carrier.rate_card.to_card()
    origin = made.depots[0].point
    for order in made.orders:
        load = Load(sum(parcel.weight_g for parcel in order.parcels))
        offer, findings = quote(card, load, origin=origin, place=order.point)
        assert findings == []
        assert offer is not None
        assert offer.zone.name == ("country" if order.far else "town")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_contracts_are_terms_the_platform_knows(number: int) -> None:
    contract = ContractWire.model_validate(world.merchants(MARKETS["porto"])[number].contract).to_contract()
    assert contract.currency == "EUR"
    assert contract.cod_cycle_days == 1
