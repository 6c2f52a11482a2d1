from __future__ import annotations

from logistics.kit.money import Money
from logistics.modes.calibration import Basis
from logistics.modes.offers import Expected, Offer, Reason
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


def test_how_sure_a_cost_is_is_said_in_half_a_sentence() -> None:
    said = Expected(Basis.OWN, Money(780, "CNY"), Money(1100, "CNY")).text
    assert said == (
        f"usually between {Money(780, 'CNY')} and {Money(1100, 'CNY')}: "
        "so it was for 80% of the stops in plans of this depot"
    )
    assert Expected(Basis.POOLED, Money(1, "CNY"), Money(2, "CNY")).text.endswith("in plans of all depots")
    assert "starting values" in Expected(Basis.STARTING).text
