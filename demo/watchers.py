"""Buyers who keep their page open: WebSockets on the live feed, as browsers have them.

Counts what came, what never came, and how long it took from the act that caused a message to the message.
A line that breaks comes back and says what it has seen, as the pages do.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from demo.summary import LiveFigures, percentile
from logistics.tracking.feed import ClientSession

CAUSE_S_MAX = 5.0  # what comes later than this after an act was caused by something else
PAUSE_S = 0.5
DRAIN_S = 3.0


@dataclass(slots=True)
class Watch:
    """One shipment being watched: the protocol's own session, and when each event came (monotonic seconds)."""

    shipment_id: str
    token: str
    session: ClientSession = field(default_factory=ClientSession)
    messages: int = 0
    seqs: set[int] = field(default_factory=set)
    first_seq: int = 0
    came_at: list[float] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Take one message."""
        message = json.loads(text)
        now = time.monotonic()
        self.messages += 1
        self.session.receive(message, now)
        if message["type"] == "snapshot":
            self._read_snapshot(message)
        if message["type"] == "event":
            self.seqs.add(message["seq"])
            self.came_at.append(now)

    def _read_snapshot(self, message: dict[str, object]) -> None:
        seq = int(str(message["seq"]))
        self.first_seq = self.first_seq or seq
        self.seqs |= set(range(1, seq + 1))  # a snapshot holds all up to its number

    def missed(self, seq: int) -> int:
        """Return how many of the shipment's events up to ``seq`` never came, in a snapshot or by themselves."""
        return len(set(range(1, seq + 1)) - self.seqs)


class Watchers:
    """All of them, in one thread."""

    def __init__(self, feed_url: str) -> None:
        self.watches: list[Watch] = []
        self._feed_url = feed_url
        self._acts: dict[str, list[float]] = defaultdict(list)
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="watchers", daemon=True)

    def start(self, shipments: dict[str, str]) -> None:
        """Watch these shipments: id -> token of the public link."""
        self.watches = [Watch(shipment_id, token) for shipment_id, token in shipments.items()]
        self._thread.start()

    def act(self, shipment_id: str, at: float) -> None:
        """Note that somebody is about to do something to a shipment (monotonic seconds)."""
        self._acts[shipment_id].append(at)

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
        latencies = [one for watch in self.watches for one in self._latencies_ms(watch)]
        return LiveFigures(
            watchers=len(self.watches),
            messages=sum(watch.messages for watch in self.watches),
            missed=sum(watch.missed(seqs.get(watch.shipment_id, 0)) for watch in self.watches),
            p50_ms=round(percentile(latencies, 0.5), 1),
            p99_ms=round(percentile(latencies, 0.99), 1),
        )

    def _latencies_ms(self, watch: Watch) -> list[float]:
        acts = sorted(self._acts.get(watch.shipment_id, ()))
        found = []
        for came in watch.came_at:
            before = [act for act in acts if act <= came <= act + CAUSE_S_MAX]
            if before:
                found.append((came - before[-1]) * 1000)
        return found

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
