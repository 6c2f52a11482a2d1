"""The sender against a real server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update
from standardwebhooks import Webhook

from logistics.kit.edge.clock import system_now
from logistics.kit.edge.db import Database
from logistics.kit.edge.egress import Egress
from logistics.shipments.events import ShipmentCancelled
from logistics.webhooks.edge import handlers, store
from logistics.webhooks.edge.handlers import NewEndpoint
from logistics.webhooks.edge.sender import Sender
from logistics.webhooks.edge.tables import AttemptRow, DeliveryRow, EndpointRow
from tests.builders import NOON
from tests.settlement.builders import MERCHANT, add_merchant
from tests.webhooks.receiver import Answer, Receiver, eventually, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@contextmanager
def sending(database: Database, timeout_s: float = 15.0, *, loopback: bool = True) -> Iterator[Sender]:
    sender = Sender(database, Egress(loopback=loopback), timeout_s=timeout_s)
    sender.start()
    try:
        yield sender
    finally:
        sender.stop()


def endpoint(database: Database, url: str, **more: Any) -> tuple[str, str]:
    """Take on an endpoint of the merchant; return its id and secret."""
    with database.transaction() as tx:
        if not tx.session.exec(select(EndpointRow)).first():
            add_merchant(tx.session)
        row, secret = handlers.create_endpoint(NewEndpoint(MERCHANT, url, **more), tx=tx)
        return row.id, secret


def tell(database: Database, no: int = 1) -> None:
    with database.transaction() as tx:
        handlers.on_news(
            ShipmentCancelled(merchant_id=MERCHANT, shipment_id=f"shp_{no}", occurred_at=NOON, reason="merchant"), tx
        )


def attempts(database: Database) -> list[AttemptRow]:
    with database.reading() as session:
        return list(session.exec(select(AttemptRow).order_by(col(AttemptRow.at))))


def states(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.exec(select(DeliveryRow.state)))


def make_due(database: Database) -> None:
    """Let the time until the next try be over."""
    with database.transaction() as tx:
        tx.session.exec(update(DeliveryRow).values(next_at=system_now()))


def test_a_message_arrives_signed_with_what_happened(database: Database, receiver: Receiver) -> None:
    _, secret = endpoint(database, receiver.url)
    with sending(database):
        tell(database)
        eventually(lambda: states(database) == ["delivered"])
    (request,) = receiver.requests
    body = Webhook(secret).verify(request.body, request.headers)
    assert body == {
        "type": "shipment.cancelled",
        "timestamp": "2026-11-24T12:00:00Z",
        "data": {"shipment_id": "shp_1", "reason": "merchant"},
    }
    assert request.headers["content-type"] == "application/json"
    assert [row.status for row in attempts(database)] == [200]


def test_the_same_news_twice_is_one_message(database: Database, receiver: Receiver) -> None:
    endpoint(database, receiver.url)
    tell(database)
    tell(database)
    assert states(database) == ["pending"]


def test_a_failure_is_tried_again_with_the_same_id(database: Database, receiver: Receiver) -> None:
    endpoint(database, receiver.url)
    receiver.answers = [Answer(500), Answer(200)]
    with sending(database) as sender:
        tell(database)
        eventually(lambda: [row.status for row in attempts(database)] == [500])
        with database.reading() as session:
            (row,) = session.exec(select(DeliveryRow)).all()
        wait = row.next_at - attempts(database)[0].at
        assert timedelta(seconds=5) <= wait <= timedelta(seconds=6)
        assert (row.state, row.tries_count, row.leased_until) == ("pending", 1, None)
        make_due(database)
        sender.wake()
        eventually(lambda: states(database) == ["delivered"])
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert [row.status for row in attempts(database)] == [500, 200]


def test_the_tenth_failure_is_the_last(sqlite_database: Database, receiver: Receiver) -> None:
    endpoint(sqlite_database, receiver.url)
    receiver.answers = [Answer(500)] * 20
    with sending(sqlite_database) as sender:
        tell(sqlite_database)
        for count in range(1, 11):
            eventually(lambda count=count: len(attempts(sqlite_database)) == count)  # type: ignore[misc]  # bound now
            make_due(sqlite_database)
            sender.wake()
        eventually(lambda: states(sqlite_database) == ["gave_up"])
    assert len(receiver.requests) == 10


def test_a_redirect_is_a_failure_and_is_not_followed(database: Database, receiver: Receiver) -> None:
    endpoint(database, receiver.url)
    receiver.answers = [Answer(307, {"location": f"{receiver.url}/elsewhere"})]
    with sending(database):
        tell(database)
        eventually(lambda: len(attempts(database)) == 1)
    assert [row.status for row in attempts(database)] == [307]
    assert [request.path for request in receiver.requests] == ["/hooks"]
    assert states(database) == ["pending"]


def test_gone_disables_the_endpoint_and_what_waits_is_kept_for_a_replay(database: Database, receiver: Receiver) -> None:
    endpoint_id, _ = endpoint(database, receiver.url)
    receiver.answers = [Answer(410)]
    tell(database, 1)
    with sending(database) as sender:
        eventually(lambda: states(database) == ["gave_up"])
        tell(database, 2)  # disabled: not even put on its way
        with database.transaction() as tx:
            row = store.get_endpoint(tx.session, endpoint_id)
            assert "410" in row.disabled_reason
            handlers.enable(row, tx=tx)
            assert handlers.replay_failed(row, NOON - timedelta(days=1), tx=tx) == 1
        eventually(lambda: states(database) == ["delivered"])
        with database.transaction() as tx:  # all since then, also what was never put on its way
            row = store.get_endpoint(tx.session, endpoint_id)
            assert handlers.replay_all(row, NOON - timedelta(days=1), tx=tx) == 2
        sender.wake()
        eventually(lambda: states(database) == ["delivered", "delivered"])
    assert len(receiver.requests) == 4


def test_days_of_nothing_but_failures_disable_the_endpoint(sqlite_database: Database, receiver: Receiver) -> None:
    endpoint_id, _ = endpoint(sqlite_database, receiver.url)
    with sqlite_database.transaction() as tx:
        row = store.get_endpoint(tx.session, endpoint_id)
        row.failing_since = system_now() - timedelta(days=5)
        tx.session.add(row)
    receiver.answers = [Answer(500)]
    with sending(sqlite_database):
        tell(sqlite_database)
        eventually(lambda: states(sqlite_database) == ["gave_up"])
    with sqlite_database.reading() as session:
        assert "five days" in store.get_endpoint(session, endpoint_id).disabled_reason


def test_one_success_ends_a_series_of_failures(sqlite_database: Database, receiver: Receiver) -> None:
    endpoint_id, _ = endpoint(sqlite_database, receiver.url)
    with sqlite_database.transaction() as tx:
        row = store.get_endpoint(tx.session, endpoint_id)
        row.failing_since = system_now() - timedelta(days=6)
        tx.session.add(row)
    with sending(sqlite_database):
        tell(sqlite_database)
        eventually(lambda: states(sqlite_database) == ["delivered"])
    with sqlite_database.reading() as session:
        found = store.get_endpoint(session, endpoint_id)
        assert (found.failing_since, found.disabled_at) == (None, None)


def test_a_busy_receiver_is_waited_for(sqlite_database: Database, receiver: Receiver) -> None:
    endpoint(sqlite_database, receiver.url)
    receiver.answers = [Answer(503, {"retry-after": "3600"})]
    with sending(sqlite_database):
        tell(sqlite_database)
        eventually(lambda: len(attempts(sqlite_database)) == 1)
    with sqlite_database.reading() as session:
        (row,) = session.exec(select(DeliveryRow)).all()
    assert row.next_at - system_now() > timedelta(minutes=59)


def test_a_slow_receiver_keeps_nobody_else_waiting(database: Database, receiver: Receiver) -> None:
    awake = threading.Event()
    with receiving() as slow:
        slow.answers = [Answer(when=awake)] * 30
        endpoint(database, slow.url)
        endpoint(database, receiver.url)
        for no in range(30):
            tell(database, no)
        with sending(database):
            eventually(lambda: len(receiver.requests) == 30)
            assert len(slow.requests) <= 8  # its places are taken, and nobody else's
            awake.set()
            eventually(lambda: states(database) == ["delivered"] * 60)
    assert len({json.loads(request.body)["data"]["shipment_id"] for request in receiver.requests}) == 30


def test_a_receiver_that_does_not_answer_in_time_has_failed(sqlite_database: Database, receiver: Receiver) -> None:
    awake = threading.Event()
    receiver.answers = [Answer(when=awake)]
    endpoint(sqlite_database, receiver.url)
    tell(sqlite_database)
    with sending(sqlite_database, timeout_s=0.2):
        eventually(lambda: len(attempts(sqlite_database)) == 1)
        awake.set()
    (row,) = attempts(sqlite_database)
    assert (row.status, row.error) == (0, "no answer within 0.2 s")
    assert states(sqlite_database) == ["pending"]


def test_an_address_of_this_machine_is_not_called_unless_that_is_opened(
    sqlite_database: Database, receiver: Receiver
) -> None:
    endpoint(sqlite_database, receiver.url)
    with sending(sqlite_database, loopback=False):
        tell(sqlite_database)
        eventually(lambda: len(attempts(sqlite_database)) == 1)
    (row,) = attempts(sqlite_database)
    assert (row.status, receiver.requests) == (0, [])
    assert "not to be called" in row.error


def test_a_receiver_that_is_not_there_is_tried_again(sqlite_database: Database) -> None:
    with receiving() as gone:
        pass
    endpoint(sqlite_database, gone.url)
    with sending(sqlite_database):
        tell(sqlite_database)
        eventually(lambda: len(attempts(sqlite_database)) == 1)
    assert attempts(sqlite_database)[0].status == 0
    assert attempts(sqlite_database)[0].error
    assert states(sqlite_database) == ["pending"]


def test_what_a_dead_sender_had_in_hand_is_sent_by_another(database: Database, receiver: Receiver) -> None:
    endpoint_id, _ = endpoint(database, receiver.url)
    tell(database)
    with database.transaction() as tx:  # a sender took it and died
        assert len(store.lease(tx.session, {endpoint_id: 8}, system_now(), timedelta(seconds=1))) == 1
        assert store.lease(tx.session, {endpoint_id: 8}, system_now(), timedelta(seconds=1)) == []
    with sending(database):
        eventually(lambda: states(database) == ["delivered"])


def test_two_senders_send_each_message_once(database: Database, receiver: Receiver) -> None:
    endpoint(database, receiver.url)
    for no in range(60):
        tell(database, no)
    with sending(database), sending(database):
        eventually(lambda: states(database) == ["delivered"] * 60)
    assert len(receiver.requests) == 60


def test_only_the_types_that_are_wanted_are_sent(sqlite_database: Database, receiver: Receiver) -> None:
    endpoint(sqlite_database, receiver.url, types=("cod.remitted",))
    tell(sqlite_database)
    assert states(sqlite_database) == []
