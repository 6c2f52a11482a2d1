from __future__ import annotations

from datetime import timedelta
from typing import Any

from logistics.kit.edge.outbox import decode, encode
from logistics.kit.money import Money
from logistics.pickup.events import ReadyForPickup, TillCashTaken
from tests.builders import NOON


def test_news_of_pickup_survives_the_outbox() -> None:
    about: dict[str, Any] = {"merchant_id": "mch_1", "shipment_id": "shp_1", "occurred_at": NOON}
    for news in (
        ReadyForPickup(**about, site_id="sit_1", keep_until=NOON + timedelta(days=3)),
        TillCashTaken(**about, receipt_id="rcp_1", amount=Money(1200, "CNY"), means="cash", holder="till:sit_1"),
    ):
        assert decode(type(news).__name__, encode(news)) == news
