from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from logistics.kit.edge.db import Database, Transaction
from logistics.shipments.events import ShipmentCancelled
from logistics.webhooks.edge import handlers, outcomes, store
from logistics.webhooks.edge.handlers import NewEndpoint
from logistics.webhooks.edge.outcomes import Sent
from logistics.webhooks.edge.tables import AttemptRow, DeliveryRow, EndpointRow
from logistics.webhooks.retry import Outcome
from tests.builders import NOON
from tests.settlement.builders import MERCHANT, add_merchant


@pytest.fixture
def endpoint_id(database: Database) -> str:
    with database.transaction() as tx:
        add_merchant(tx.session)
        row, _ = handlers.create_endpoint(NewEndpoint(MERCHANT, "https://shop.example/hooks"), tx=tx)
        for no in range(3):
            news = ShipmentCancelled(merchant_id=MERCHANT, shipment_id=f"shp_{no}", occurred_at=NOON, reason="")
            handlers.on_news(news, tx)
        return row.id


def deliveries(tx: Transaction) -> list[DeliveryRow]:
    return sorted(tx.session.exec(select(DeliveryRow)), key=lambda row: row.message_id)


def came_to(row: DeliveryRow, status: int, at: datetime = NOON) -> Sent:
    return Sent(row.message_id, row.endpoint_id, Outcome(at, 3, status))


def endpoint(tx: Transaction, endpoint_id: str) -> EndpointRow:
    return store.get_endpoint(tx.session, endpoint_id)


def test_many_tries_are_written_in_one_go(database: Database, endpoint_id: str) -> None:
    with database.transaction() as tx:
        first, second, third = deliveries(tx)
        outcomes.record([came_to(first, 200), came_to(second, 500), came_to(third, 204)], lambda: 0.0, tx=tx)
        states = [(row.state, row.tries_count) for row in deliveries(tx)]
        assert states == [("delivered", 1), ("pending", 1), ("delivered", 1)]
        assert second.next_at == NOON + timedelta(seconds=5)
        assert sorted(row.status for row in tx.session.exec(select(AttemptRow))) == [200, 204, 500]


@pytest.mark.parametrize(("order", "failing"), [((500, 200), False), ((200, 500), True)])
def test_the_last_to_begin_says_whether_an_endpoint_fails(
    database: Database, endpoint_id: str, order: tuple[int, int], *, failing: bool
) -> None:
    with database.transaction() as tx:
        first, second, _ = deliveries(tx)
        later = came_to(second, order[1], NOON + timedelta(seconds=1))
        outcomes.record([later, came_to(first, order[0])], lambda: 0.0, tx=tx)
        assert (endpoint(tx, endpoint_id).failing_since is not None) is failing


def test_gone_gives_up_what_waits_for_the_endpoint(database: Database, endpoint_id: str) -> None:
    with database.transaction() as tx:
        first, *_ = deliveries(tx)
        outcomes.record([came_to(first, 410)], lambda: 0.0, tx=tx)
    with database.transaction() as tx:
        assert [row.state for row in deliveries(tx)] == ["gave_up"] * 3
        assert endpoint(tx, endpoint_id).disabled_reason == outcomes.GONE_REASON


def test_what_was_given_up_meanwhile_is_only_logged(database: Database, endpoint_id: str) -> None:
    with database.transaction() as tx:
        first, *_ = deliveries(tx)
        handlers.delete_endpoint(endpoint(tx, endpoint_id), tx=tx)
        outcomes.record([came_to(first, 200)], lambda: 0.0, tx=tx)
        outcomes.record([Sent("msg_forgotten", endpoint_id, Outcome(NOON, 3, 200))], lambda: 0.0, tx=tx)
        assert [row.state for row in deliveries(tx)] == ["gave_up"] * 3
        assert len(tx.session.exec(select(AttemptRow)).all()) == 1
