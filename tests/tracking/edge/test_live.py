from __future__ import annotations

import queue
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Database
from logistics.tracking.edge import live
from tests.tracking.builders import SHIPMENT, context, furnish


@pytest.fixture
def ctx(sqlite_database: Database) -> Iterator[Context]:
    furnish(sqlite_database)
    with context(sqlite_database) as made:
        yield made


def test_a_wake_up_is_published_once_the_transaction_stands(ctx: Context) -> None:
    heard: queue.Queue[Any] = queue.Queue()
    ctx.bus.subscribe(live.FEED, lambda subject, payload: heard.put((subject, payload)))
    with ctx.db.transaction() as tx:
        live.wake(SHIPMENT, 7, tx=tx)
        with pytest.raises(queue.Empty):
            heard.get(timeout=0.1)
    subject, payload = heard.get(timeout=5)
    assert subject == f"feed.{SHIPMENT}"
    assert msgspec.json.decode(payload, type=live.WakeUp).seq == 7


def test_what_was_rolled_back_wakes_nobody(ctx: Context) -> None:
    heard: queue.Queue[Any] = queue.Queue()
    ctx.bus.subscribe(live.FEED, lambda subject, payload: heard.put((subject, payload)))

    def fail() -> None:
        with ctx.db.transaction() as tx:
            live.wake(SHIPMENT, 7, tx=tx)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(queue.Empty):
        heard.get(timeout=0.1)
