"""Buyers who keep their page open: WebSockets on the live feed, as browsers have them.

Counts what came, what never came, and how long a message took from being published to being here. A line that
breaks comes back and says what it has seen, as the pages do.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from demo.summary import LiveFigures, percentile
from logistics.kit.edge.clock import system_now
from logistics.tracking.feed import ClientSession

PAUSE_S = 0.5
DRAIN_S = 3.0


@dataclass(slots=True)
class Watch:
    """One shipment being watched: the protocol's own session, and how long each message took (milliseconds)."""

    shipment_id: str
    token: str
    session: ClientSession = field(default_factory=ClientSession)
    messages: int = 0
    seqs: set[int] = field(default_factory=set)
    latencies_ms: list[float] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Take one message."""
        message = json.loads(text)
        kind = message["type"]
        self.messages += 1
        self.session.receive(message, time.monotonic())
        if kind == "snapshot":
            self.seqs |= set(range(1, message["seq"] + 1))  # a snapshot holds all up to its number
        if kind == "event":
            self.seqs.add(message["seq"])
        if kind in ("event", "position") and "published_at_ms" in message:
            self.latencies_ms.append(system_now().timestamp() * 1000 - message["published_at_ms"])

    def missed(self, seq: int) -> int:
        """Return how many of the shipment's events up to ``seq`` never came, in a snapshot or by themselves."""
        return len(set(range(1, seq + 1)) - self.seqs)


class Watchers:
    """All of them, in one thread."""

    def __init__(self, feed_url: str) -> None:
        self.watches: list[Watch] = []
        self._feed_url = feed_url
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="watchers", daemon=True)

    def start(self, shipments: dict[str, str]) -> None:
        """Watch these shipments: id -> token of the public link."""
        self.watches = [Watch(shipment_id, token) for shipment_id, token in shipments.items()]
        self._thread.start()

    def drain(self, seqs: dict[str, int]) -> None:
        """Wait a little for what is under way to the last event of each shipment."""
        deadline = time.monotonic() + DRAIN_S
        while time.monotonic() < deadline and any(w.missed(seqs.get(w.shipment_id, 0)) for w in self.watches):
            time.sleep(0.05)

    def hang_up(self) -> None:
        """Close all lines."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(timeout=5)

    def figures(self, seqs: dict[str, int]) -> LiveFigures:
        """Return what was seen, measured against the last sequence number of each shipment."""
        latencies = [one for watch in self.watches for one in watch.latencies_ms]
        return LiveFigures(
            watchers=len(self.watches),
            messages=sum(watch.messages for watch in self.watches),
            missed=sum(watch.missed(seqs.get(watch.shipment_id, 0)) for watch in self.watches),
            p50_ms=round(percentile(latencies, 0.5), 1),
            p99_ms=round(percentile(latencies, 0.99), 1),
        )

    def _run(self) -> None:
        self._loop.run_until_complete(self._watch_all())

    async def _watch_all(self) -> None:
        tasks = [asyncio.create_task(self._keep(watch)) for watch in self.watches]
        await self._stopping.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep(self, watch: Watch) -> None:
        while True:
            with contextlib.suppress(WebSocketException, OSError, TimeoutError):
                await self._listen(watch)
            await asyncio.sleep(PAUSE_S)

    async def _listen(self, watch: Watch) -> None:
        query = urlencode({"token": watch.token, **watch.session.resume()})
        async with connect(f"{self._feed_url}?{query}", compression=None) as socket:
            watch.session.opened(time.monotonic())
            async for message in socket:
                watch.take(message if isinstance(message, str) else message.decode())
                if watch.session.wants_snapshot:
                    return  # come back without a number: the story is told anew
