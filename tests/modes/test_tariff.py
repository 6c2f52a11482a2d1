from __future__ import annotations

from fractions import Fraction

from logistics.carriers.rate_card import Load, RateCard, Zone
from logistics.kit.money import Money
from logistics.merchants.contract import Contract
from logistics.modes.tariff import Tariff, Terms, contract_price
from logistics.shipments.model import Mode
from tests.modes.makers import CENTRE, DOOR, FAR

CONTRACT = Contract(
    delivery_per_order=Fraction("4.25"),
    delivery_per_item=Fraction(2),
    delivery_per_kg=Fraction("1.5"),
    cod_share=Fraction(1, 100),
    cod_min=Fraction(2),
)


def test_the_contract_charges_order_items_and_kilograms() -> None:
    # 4.25 + 2 x 2.0 + 0.15 x 1.5 = 8.475, to even: 8.48
    price = contract_price(CONTRACT, Load(150, 0, 2))
    assert sum(line.exact for line in price.lines) == Fraction("8.475")
    assert price.amount == Money(848, "CNY")


def test_the_cod_fee_has_a_minimum() -> None:
    bare = contract_price(CONTRACT, Load(1000)).amount
    assert contract_price(CONTRACT, Load(1000, cod=Money(10_000, "CNY"))).amount - bare == Money(200, "CNY")
    assert contract_price(CONTRACT, Load(1000, cod=Money(50_000, "CNY"))).amount - bare == Money(500, "CNY")


def test_a_tariff_goes_before_the_contract_where_it_has_a_card() -> None:
    card = RateCard("CNY", (Zone("city", 1000, Fraction(5), 500, Fraction(1), distance_m_max=20_000),))
    terms = Terms(CONTRACT, Tariff({Mode.OWN_FLEET: card}))
    own = terms.price(Mode.OWN_FLEET, Load(1400), origin=CENTRE, place=DOOR)
    carrier = terms.price(Mode.CARRIER, Load(1000), origin=CENTRE, place=DOOR)
    assert own is not None
    assert carrier is not None
    assert own.amount == Money(600, "CNY")
    assert carrier.amount == Money(775, "CNY")  # 4.25 + 2 + 1.5
    assert terms.price(Mode.OWN_FLEET, Load(1400), origin=CENTRE, place=FAR) is None
