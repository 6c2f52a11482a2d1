from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from logistics.carriers.rate_card import RateCard, Zone
from logistics.kit.money import Money
from logistics.modes.hauliers import Haulier, carrier_offer
from logistics.modes.offers import Asked
from tests.modes.makers import CENTRE, FAR, HAULIER, PRICING, asked

CITY = RateCard("CNY", (Zone("city", 1000, Fraction(5), 1000, Fraction(1), distance_m_max=20_000),), weight_g_max=900)


@pytest.mark.parametrize(
    ("question", "haulier", "codes"),
    [
        (asked(), HAULIER, []),
        (asked(place=None), HAULIER, []),  # an address is enough for a zone of everywhere
        (asked(cod_minor=100), replace(HAULIER, collects_cod=False), ["carrier_no_cod"]),
        (asked(), replace(HAULIER, takes_orders=False), ["carrier_inactive"]),
        (asked(place=FAR, weight_g=901), replace(HAULIER, card=CITY), ["too_heavy", "outside_service_area"]),
        (asked(), replace(HAULIER, card=RateCard("EUR", CITY.zones)), ["other_currency"]),
    ],
)
def test_a_carrier_takes_it_or_says_why_not(question: Asked, haulier: Haulier, codes: list[str]) -> None:
    assert [reason.code for reason in carrier_offer(question, haulier, CENTRE, PRICING).reasons] == codes


def test_its_rate_card_is_our_cost() -> None:
    offer = carrier_offer(asked(weight_g=2_500), HAULIER, CENTRE, PRICING)
    assert offer.cost == Money(1200, "CNY")  # 8.00 and two begun kilograms at 2.00
    assert offer.promise is not None
    assert offer.promise.start.date() == date(2026, 11, 25)
