from __future__ import annotations

from logistics.kit.money import Money
from logistics.modes.offers import Offer, Reason
from logistics.shipments.model import Mode


def test_offers_are_compared_by_cost_and_risk_together() -> None:
    offer = Offer(Mode.CARRIER, "YT", carrier="yt", cost=Money(800, "CNY"), risk=Money(64, "CNY"))
    assert offer.total == Money(864, "CNY")
    assert offer.is_feasible
    assert offer.key == ("carrier", "", "yt")


def test_without_a_cost_there_is_no_total() -> None:
    offer = Offer(Mode.CARRIER, "YT", reasons=(Reason("outside_service_area", "it does not go there"),))
    assert offer.total is None
    assert not offer.is_feasible
