"""The hub with watchers that are lists: what is read once, encoded once, and written to whom."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from logistics.kit.edge.db import Database
from logistics.kit.errors import NotFound, TooMany
from logistics.tracking.edge import hub as hub_module
from logistics.tracking.edge.hub import Hub
from logistics.tracking.edge.socket import FeedLoop, feed_loop
from logistics.tracking.feed import Message, ServerSession
from tests.tracking.builders import SHIPMENT, context, departed, furnish, loaded, planned, received, tell


class Listening:
    """A watcher that keeps what it is written."""

    def __init__(self) -> None:
        self.session = ServerSession()
        self.feed = b'"mine"'
        self.messages: list[Message] = []

    def write(self, message: Message) -> None:
        self.messages.append(message)

    def sweep(self, now_s: float) -> None:
        pass

    @property
    def told(self) -> list[str]:
        return [f"{message.kind} {message.seq}" for message in self.messages]


@pytest.fixture
def loop(sqlite_database: Database) -> Iterator[FeedLoop]:
    furnish(sqlite_database)
    with context(sqlite_database) as ctx:
        yield feed_loop(ctx)


def join(loop: FeedLoop, watcher: Listening, **more: Any) -> None:
    loop.call(loop.hub.join(SHIPMENT, watcher, **more), 5)


def settle(loop: FeedLoop, watcher: Listening, count: int) -> None:
    for _ in range(100):
        if len(watcher.messages) >= count:
            return
        loop.call(asyncio.sleep(0.02), 1)


def test_all_watchers_of_a_shipment_are_written_the_same_bytes(loop: FeedLoop) -> None:
    watchers = [Listening(), Listening(), Listening()]
    for watcher in watchers:
        join(loop, watcher)
    tell(loop.ctx.db, received())
    for watcher in watchers:
        settle(loop, watcher, 2)
        assert watcher.told == ["snapshot 0", "event 1"]
    frames = {id(watcher.messages[1].body) for watcher in watchers}
    assert len(frames) == 1


def test_the_snapshot_holds_each_reader_s_own_way_back(loop: FeedLoop) -> None:
    one, other = Listening(), Listening()
    other.feed = b'"theirs"'
    join(loop, one)
    join(loop, other)
    assert [json.loads(watcher.messages[0].body.text)["feed"] for watcher in (one, other)] == ["mine", "theirs"]


def test_a_burst_is_read_together_and_told_apart(loop: FeedLoop, monkeypatch: Any) -> None:
    watcher = Listening()
    join(loop, watcher)
    reads = []
    read = Hub._read  # noqa: SLF001 - counted

    def counted(hub: Hub, name: str) -> Any:
        reads.append(name)
        return read(hub, name)

    monkeypatch.setattr(Hub, "_read", counted)
    with loop.ctx.db.transaction() as tx:
        tx.announce(received(), planned(), loaded(), departed())
    settle(loop, watcher, 5)
    assert watcher.told == ["snapshot 0", "event 1", "event 2", "event 3", "event 4"]
    assert len(reads) <= 4


def test_the_heart_beats_with_the_seq_that_was_told(loop: FeedLoop) -> None:
    watcher = Listening()
    join(loop, watcher)
    loop.loop.call_soon_threadsafe(loop.hub.beat)
    settle(loop, watcher, 2)
    assert watcher.told == ["snapshot 0", "heartbeat 0"]


def test_nobody_watches_what_does_not_exist(loop: FeedLoop) -> None:
    with pytest.raises(NotFound):
        loop.call(loop.hub.join("shp_none", Listening()), 5)


def test_a_crowd_is_refused(loop: FeedLoop, monkeypatch: Any) -> None:
    monkeypatch.setattr(hub_module, "WATCHERS_PER_SHIPMENT_MAX", 1)
    join(loop, Listening())
    with pytest.raises(TooMany):
        join(loop, Listening())


def test_a_lost_database_ends_nothing(loop: FeedLoop, monkeypatch: Any) -> None:
    watcher = Listening()
    join(loop, watcher)

    def away(*_: Any) -> Any:
        raise OSError("away")

    with monkeypatch.context() as broken:
        broken.setattr(Hub, "_read", away)
        tell(loop.ctx.db, received())
        loop.call(asyncio.sleep(0.2), 1)
    loop.call(loop.hub.compare(), 5)
    settle(loop, watcher, 2)
    assert watcher.told == ["snapshot 0", "event 1"]
