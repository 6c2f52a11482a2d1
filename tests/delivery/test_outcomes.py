from __future__ import annotations

from typing import Any

import pytest

from logistics.delivery.events import CashTaken, DeliveryFailed, HandedToServicePoint, PartDelivered, ShipmentDelivered
from logistics.delivery.lifecycle import VisitStep
from logistics.delivery.model import StopKind
from logistics.delivery.outcomes import Decision, after_attempt
from logistics.kit.errors import Conflict, Invalid, Refusal
from logistics.kit.money import Money
from logistics.shipments.lifecycle import ShipmentStep
from tests.delivery.builders import attempt, visit

STORE: dict[str, Any] = {"kind": StopKind.SERVICE_POINT, "site_id": "sit_9"}
WHY: dict[str, Any] = {"reason": "recipient_not_home"}


def decide(door: Any, tried: Any) -> Decision:
    return after_attempt(door, tried, receipt_id="rcp_1")


@pytest.mark.parametrize(
    ("door", "tried", "step", "handed"),
    [
        (visit(), attempt(), ShipmentStep.DELIVER, 1),
        (visit(cod=1200), attempt(cash=1200), ShipmentStep.DELIVER, 1),
        (visit(cod=1200, parcels=2), attempt("part", 600, parcel_ids=("prc_2",)), ShipmentStep.DELIVER, 1),
        (visit(cod=1200), attempt("failed", **WHY), ShipmentStep.FAIL, 0),
        (visit(cod=1200), attempt("refused", **WHY), ShipmentStep.TURN_BACK, 0),
        (visit(cod=1200, parcels=3, **STORE), attempt("handed_over"), None, 3),
        (visit(cod=1200, **STORE), attempt("failed", reason="own_store_closed"), ShipmentStep.FAIL, 0),
    ],
)
def test_what_follows(door: Any, tried: Any, step: ShipmentStep | None, handed: int) -> None:
    decision = decide(door, tried)
    assert decision.step == step
    assert len(decision.handed) == handed
    assert sorted(decision.handed + decision.kept) == sorted(door.parcel_ids)


@pytest.mark.parametrize(
    ("door", "tried", "verdict"),
    [
        (visit(cod=1200), attempt(), "cod_not_taken"),
        (visit(cod=1200), attempt(cash=1100), "cod_wrong_amount"),
        (visit(), attempt(cash=100), "cod_nothing_due"),
        (visit(cod=1200), attempt("failed", 1200, **WHY), "cod_nothing_due"),
        (visit(cod=1200), attempt("refused", 1200, **WHY), "cod_nothing_due"),
        (visit(cod=1200, parcels=2), attempt("part", 1200, parcel_ids=("prc_1",)), "cod_wrong_amount"),
        (visit(cod=1200, **STORE), attempt("handed_over", 1200), "cod_nothing_due"),
        (visit(**STORE), attempt("delivered"), "wrong_outcome"),
        (visit(**STORE), attempt("refused", **WHY), "wrong_outcome"),
        (visit(), attempt("handed_over"), "wrong_outcome"),
        (visit(), attempt(to_whom="neighbour"), "no_consent"),
        (visit(), attempt("failed"), "invalid"),
        (visit(), attempt("refused"), "invalid"),
        (visit(parcels=2), attempt("part"), "invalid"),
        (visit(parcels=2), attempt("part", parcel_ids=("prc_1", "prc_2")), "invalid"),
        (visit(parcels=2), attempt("part", parcel_ids=("prc_1", "prc_1", "prc_2")), "invalid"),
        (visit(parcels=2), attempt("part", parcel_ids=("prc_7",)), "invalid"),
    ],
)
def test_what_is_refused(door: Any, tried: Any, verdict: str) -> None:
    with pytest.raises((Conflict, Invalid)) as caught:
        decide(door, tried)
    assert isinstance(caught.value, Refusal)
    assert caught.value.refusal_code == verdict


def test_a_neighbour_who_is_allowed_may_take_it() -> None:
    decision = decide(visit(neighbour_allowed=True), attempt(to_whom="neighbour"))
    assert decision.visit_step is VisitStep.DELIVER


def test_money_is_announced_before_the_handover_it_belongs_to() -> None:
    news = decide(visit(cod=1200), attempt(cash=1200, means="qr")).news
    assert [type(one) for one in news] == [CashTaken, ShipmentDelivered]
    cash = news[0]
    assert isinstance(cash, CashTaken)
    assert (cash.amount, cash.means, cash.holder, cash.receipt_id) == (
        Money(1200, "CNY"),
        "qr",
        "driver:veh_1",
        "rcp_1",
    )


def test_a_part_delivery_names_what_came_and_what_goes_back() -> None:
    (news,) = decide(visit(parcels=3), attempt("part", parcel_ids=("prc_3", "prc_1"))).news
    assert isinstance(news, PartDelivered)
    assert news.delivered_parcel_ids == ("prc_1", "prc_3")
    assert news.returned_parcel_ids == ("prc_2",)


def test_a_failure_tells_why_and_a_handover_where() -> None:
    (failed,) = decide(visit(), attempt("failed", **WHY)).news
    (handed,) = decide(visit(**STORE), attempt("handed_over")).news
    assert isinstance(failed, DeliveryFailed)
    assert failed.reason == "recipient_not_home"
    assert isinstance(handed, HandedToServicePoint)
    assert handed.site_id == "sit_9"
