from __future__ import annotations

from fractions import Fraction

import pytest

from logistics.carriers.rate_card import RateCard, Zone
from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.modes.offers import Asked, Offer
from logistics.modes.pricing import Pricing
from logistics.modes.promises import Promise
from logistics.modes.tariff import Tariff, Terms
from logistics.shipments.model import Mode
from tests.modes.makers import CENTRE, CONTRACT, FAR, NOW, TODAY, asked

PROMISE = Promise(Window(NOW, NOW), TODAY)
CITY = RateCard("CNY", (Zone("city", 1000, Fraction(5), 1000, Fraction(1), distance_m_max=20_000),))


@pytest.mark.parametrize(
    ("question", "cost", "tariff", "codes"),
    [
        (asked(), Money(300, "CNY"), Tariff({}), []),
        (asked(allowed=frozenset({"pickup"})), Money(300, "CNY"), Tariff({}), ["not_in_contract"]),
        (asked(place=FAR), Money(300, "CNY"), Tariff({Mode.OWN_FLEET: CITY}), ["outside_tariff"]),
        (asked(), Money(300, "EUR"), Tariff({}), ["other_currency"]),
    ],
)
def test_an_offer_is_completed_or_says_why_not(question: Asked, cost: Money, tariff: Tariff, codes: list[str]) -> None:
    pricing = Pricing(Terms(CONTRACT, tariff))
    offer = pricing.complete(Offer(Mode.OWN_FLEET, "x"), question, origin=CENTRE, cost=cost, promise=PROMISE)
    assert [reason.code for reason in offer.reasons] == codes
    assert offer.promise == PROMISE.window
    if not codes:
        assert offer.price == Money(690, "CNY")  # 6.00 and 0.9 kg at 1.00
        assert offer.total == Money(318, "CNY")  # 3.00 and 6 %


def test_an_estimate_is_rounded_to_the_contracts_currency() -> None:
    assert Pricing(Terms(CONTRACT)).money(1.234) == Money(123, "CNY")
