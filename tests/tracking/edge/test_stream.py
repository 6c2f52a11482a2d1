from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Database
from logistics.tracking.edge import stream
from logistics.tracking.edge.hub import Frame
from logistics.tracking.edge.socket import feed_loop
from logistics.tracking.feed import Kind, Message
from tests.tracking.builders import SHIPMENT, context, furnish, loaded, planned, received, tell


@pytest.fixture
def ctx(sqlite_database: Database) -> Iterator[Context]:
    furnish(sqlite_database)
    with context(sqlite_database) as made:
        yield made


def parsed(chunk: bytes) -> tuple[str, dict[str, Any]]:
    name, data, *_ = chunk.decode().split("\n")
    return name.removeprefix("id: "), json.loads(data.removeprefix("data: "))


async def heard(ctx: Context, since: str, count: int, *, meanwhile: Any = None) -> list[tuple[str, dict[str, Any]]]:
    """Follow the stream until ``count`` messages have come; ``meanwhile`` happens after the first."""
    found = []
    chunks = stream.follow(ctx, SHIPMENT, "link-1", since)
    async for chunk in chunks:
        if chunk.startswith(b"id: "):
            found.append(parsed(chunk))
            if len(found) == 1 and meanwhile:
                await asyncio.to_thread(meanwhile)
        if len(found) == count:
            break
    await chunks.aclose()  # type: ignore[attr-defined]  # an async generator
    return found


def test_the_story_and_then_what_happens(ctx: Context) -> None:
    messages = asyncio.run(heard(ctx, "", 2, meanwhile=lambda: tell(ctx.db, received())))
    (first, snapshot), (second, event) = messages
    assert (snapshot["type"], snapshot["seq"], snapshot["feed"]["sse_url"]) == (
        "snapshot",
        0,
        "/v1/track/link-1/events",
    )
    assert (event["type"], event["seq"]) == ("event", 1)
    assert [first, second] == [f"{event['epoch']}:0", f"{event['epoch']}:1"]


def test_a_last_event_id_goes_on_after_it(ctx: Context) -> None:
    tell(ctx.db, received(), planned(), loaded())
    epoch = feed_loop(ctx).hub.epoch
    messages = asyncio.run(heard(ctx, f"{epoch}:1", 2))
    assert [(body["type"], body["seq"]) for _, body in messages] == [("event", 2), ("event", 3)]
    assert asyncio.run(heard(ctx, "old-epoch:1", 1))[0][1]["type"] == "snapshot"


def test_who_leaves_is_forgotten(ctx: Context) -> None:
    asyncio.run(heard(ctx, "", 1))
    loop = feed_loop(ctx)
    for _ in range(50):
        if not loop.hub.count:
            break
        loop.call(asyncio.sleep(0.02), 1)
    assert loop.hub.channels == {}


def test_who_reads_too_slowly_is_cut() -> None:
    async def idle() -> list[bytes]:
        watcher = stream.StreamWatcher(b"null")
        watcher.sweep(0.0)
        watcher.write(Message(Kind.EVENT, "e", 1, Frame(b"{}")))
        watcher.sweep(1.0)
        watcher.sweep(11.5)
        return [chunk async for chunk in watcher.chunks()]

    assert asyncio.run(asyncio.wait_for(idle(), 5))[1:] == [b"id: e:1\ndata: {}\n\n"]
