"""The live feed as server-sent events: for networks and pages where a WebSocket does not come through."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from logistics.tracking.edge.socket import addresses, feed_loop, resume_point
from logistics.tracking.feed import BUFFER_BYTES_MAX, Message, ServerSession, is_too_slow

if TYPE_CHECKING:
    from logistics.kit.edge.context import Context

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Robots-Tag": "noindex"}
RETRY = b"retry: 3000\n\n"


class StreamWatcher:
    """A watcher whose line is an HTTP answer written in another loop."""

    def __init__(self, feed: bytes) -> None:
        self.session = ServerSession()
        self.feed = feed
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._waiting = 0
        self._waiting_since_s: float | None = None

    def write(self, message: Message) -> None:
        """Queue a message as one event; its id says where to go on."""
        text: bytes = message.body.text
        chunk = f"id: {message.epoch}:{message.seq}\n".encode() + b"data: " + text + b"\n\n"
        self._waiting += len(chunk)
        self._put(chunk)

    def sweep(self, now_s: float) -> None:
        """End the answer if too much waits to be read, or something for too long."""
        if self._waiting <= 0:
            self._waiting_since_s = None
            return
        if self._waiting_since_s is None:
            self._waiting_since_s = now_s
        if is_too_slow(self._waiting, now_s - self._waiting_since_s):
            self._waiting = BUFFER_BYTES_MAX
            self._put(None)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give what is written, until the line is cut."""
        yield RETRY
        while (chunk := await self._queue.get()) is not None:
            yield chunk
            self._waiting -= len(chunk)

    def _put(self, chunk: bytes | None) -> None:
        with contextlib.suppress(RuntimeError):  # the server's loop has ended before the hub's
            self._loop.call_soon_threadsafe(self._queue.put_nowait, chunk)


async def follow(ctx: Context, shipment_id: str, token: str, since: str) -> AsyncIterator[bytes]:
    """Write a shipment's feed until the reader leaves; ``since`` is ``epoch:seq`` or ``seq``, empty: all of it."""
    hub = feed_loop(ctx).hub
    watcher = StreamWatcher(addresses(ctx, token))
    epoch, seq = resume_point(since, "")
    joining = asyncio.run_coroutine_threadsafe(hub.join(shipment_id, watcher, epoch=epoch, since=seq), hub.loop)
    try:
        await asyncio.wrap_future(joining)
        async for chunk in watcher.chunks():
            yield chunk
    finally:
        with contextlib.suppress(RuntimeError):
            hub.loop.call_soon_threadsafe(hub.leave, shipment_id, watcher)
