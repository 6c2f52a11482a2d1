"""What merchants send is what the platform takes: held against the platform's own readers."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from demo.actors.merchant import MerchantActor
from demo.client import Exchange, Line
from demo.conductor import Conductor
from demo.receiver import Inbox
from demo.stage import Cast, DepotRole, MerchantRole, Stage
from demo.watchers import Watchers
from demo.world import World
from logistics.kit.money import Money
from logistics.shipments import intake, model
from logistics.shipments.edge.schemas import BatchIn, ShipmentIn


class Still:
    def go_to(self, moment: datetime) -> None:
        pass


class StoreFinder(Line):
    """Answers the one question a merchant asks before it sends, namely which store."""

    def get(self, path: str, **_: object) -> object:
        assert path == "/v1/service-points"
        return [{"id": "sit_store"}]


def actor(day: World, number: int) -> MerchantActor:
    exchange = Exchange("http://127.0.0.1:9")
    line = StoreFinder(exchange, "", None)
    role = MerchantRole("mer_1", day.merchants[number], number, line, "whe_1", Inbox())
    depots = tuple(DepotRole(f"sit_{k}", depot, line) for k, depot in enumerate(day.depots))
    cast = Cast(line, line, depots, (), (), (role,))
    stage = Stage(day, cast, exchange, Conductor(Still()), Watchers("ws://127.0.0.1:9"), headless=True)
    return MerchantActor(stage, role)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_order_is_a_draft_that_can_be_kept(day: World, number: int) -> None:
    merchant = actor(day, number)
    bodies = [merchant.body(order) for order in merchant.orders]
    BatchIn.model_validate({"shipments": bodies})
    for body in bodies:
        model.check(ShipmentIn.model_validate(body).to_draft(), currency="CNY", today=day.day)


def test_the_file_reads_back_as_the_orders(day: World) -> None:
    merchant = actor(day, 2)
    text = merchant.file().decode("utf-8-sig")
    rows, findings = intake.read_table(csv.DictReader(io.StringIO(text)), currency="CNY")
    assert findings == []
    assert [row.errors for row in rows] == [[]] * len(merchant.orders)
    for row, order in zip(rows, merchant.orders, strict=True):
        assert row.draft is not None
        assert row.draft.order_ref == order.order_ref
        assert row.draft.cod_due == (Money(order.cod_minor, "CNY") if order.cod_minor else None)
        assert len(row.draft.parcels) == len(order.parcels)
        assert row.draft.service_point_id == ("sit_store" if order.mode == "pickup" else "")
        assert bool(row.draft.consents) == bool(order.consents)
        if order.window:
            assert row.draft.window is not None
            assert row.draft.window.start == order.window.start.astimezone(UTC)
