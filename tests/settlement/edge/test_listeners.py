"""News of every kind reaches the books, whatever its order, once."""

import random
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from logistics.carriers.events import CarrierCashCollected, CarrierCashRemitted
from logistics.delivery.events import CashHandedIn, CashTaken, DeliveryRefused
from logistics.kit.edge.db import Database
from logistics.kit.news import News
from logistics.pickup.events import TillCashHandedIn, TillCashTaken
from logistics.settlement.edge import books
from logistics.settlement.edge.listeners import LISTENERS
from logistics.settlement.edge.tables import ChargeRow
from logistics.shipments.events import ShipmentAccepted
from logistics.tracking.events import StatusChanged
from tests.builders import NOON
from tests.settlement.builders import DEPOT, MERCHANT, add_shipment, furnish, yuan


def news(kind: type[News], no: int, after_s: int = 0, **fields: Any) -> News:
    shipment_id = f"shp_{no}" if no else ""
    merchant_id = MERCHANT if no else ""
    at = NOON + timedelta(seconds=after_s)
    return kind(merchant_id=merchant_id, shipment_id=shipment_id, occurred_at=at, **fields)


def accepted(no: int) -> News:
    return news(ShipmentAccepted, no, tracking_no=f"L{no}", order_ref=f"order {no}", cod_due=yuan(100))


def status(no: int, word: str) -> News:
    fields: dict[str, Any] = {"seq": 9, "status": word, "previous": "in_transit", "milestone": 3, "reason": ""}
    return news(StatusChanged, no, **fields, eta_start=None, eta_end=None)


# Four shipments of 100 each: to the door in cash, at a till by card, by a carrier, refused.
DAY = [
    *(accepted(no) for no in (1, 2, 3, 4)),
    news(CashTaken, 1, 10, receipt_id="rcp_1", amount=yuan(100), means="cash", holder="driver:veh_1"),
    status(1, "delivered"),
    news(TillCashTaken, 2, 20, receipt_id="rcp_2", amount=yuan(100), means="card", holder="till:sit_1"),
    status(2, "delivered"),
    news(CarrierCashCollected, 3, 30, carrier="pretend", waybill_no="W3", amount=yuan(100)),
    news(CarrierCashRemitted, 3, 40, carrier="pretend", waybill_no="W3", amount=yuan(100)),
    status(3, "delivered"),
    news(DeliveryRefused, 4, 50, run_id="run_1", attempt_id="att_4", reason="recipient_refused"),
    status(4, "return_to_sender"),
    status(4, "returned"),
    news(
        CashHandedIn,
        0,
        60,
        run_id="run_1",
        amount=yuan(99),
        expected=yuan(100),
        holder="driver:veh_1",
        to=f"depot:{DEPOT}",
    ),
    news(TillCashHandedIn, 0, 70, amount=yuan(0), expected=yuan(0), holder="till:sit_1", to=f"depot:{DEPOT}"),
]


@pytest.mark.parametrize("seed", range(4))
def test_a_days_news_in_any_order_and_twice(database: Database, seed: int) -> None:
    furnish(database, delivery_per_order="8", return_per_order="5", cod_min="1")
    with database.transaction() as tx:
        for no in (1, 2, 3, 4):
            add_shipment(tx.session, no)
    chance = random.Random(seed)
    order = DAY if seed == 0 else [*DAY, *DAY]
    if seed:
        chance.shuffle(order)
    for one in order:
        with database.transaction() as tx:
            for handler in LISTENERS["settlement"][type(one)]:
                handler(one, tx)
    with database.reading() as session:
        assert books.imbalance(session) == 0
        found = {name: amount // 100 for name, _, amount in books.list_balances(session)}
        charged = sorted((row.shipment_id, row.kind, row.amount_minor) for row in session.exec(select(ChargeRow)))
    assert found == {
        f"custody:depot:{DEPOT}": 99,
        "shortage:driver:veh_1": 1,
        "custody:acquirer:card": 100,
        "bank:CNY": 100,
        "payable:mch_1": -300,
        "cod_void:mch_1": 100,
        "claim:mch_1": -100,
        # three deliveries at 8 and COD charges of 1 each; one return at 5
        "receivable:mch_1": 32,
        "revenue:delivery": -24,
        "revenue:cod": -3,
        "revenue:return": -5,
    }
    assert charged == [
        ("shp_1", "cod", 100),
        ("shp_1", "delivery", 800),
        ("shp_2", "cod", 100),
        ("shp_2", "delivery", 800),
        ("shp_3", "cod", 100),
        ("shp_3", "delivery", 800),
        ("shp_4", "return", 500),
    ]
