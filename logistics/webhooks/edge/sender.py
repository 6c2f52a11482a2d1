"""The sender: takes what is due, posts it, and writes down what came of it.

One thread with an event loop of its own. Each endpoint has a few places at a time, so that one that is slow keeps
nobody else waiting; what is being sent is leased, so that several processes may send, and a message whose sender died
is sent again by another. Outcomes are written in batches, one transaction for all that ended meanwhile. A message may
therefore arrive twice (the receiver knows it by its ``webhook-id``), but never not at all.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from logistics.kit.edge.clock import chance, monotonic_s, system_now
from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Database
from logistics.kit.edge.egress import Egress
from logistics.webhooks import signing
from logistics.webhooks.edge import handlers, outcomes, store, wake
from logistics.webhooks.edge.outcomes import Sent
from logistics.webhooks.retry import TIMEOUT_S, Outcome

log = logging.getLogger(__name__)

IDLE_S = 1.0  # how often to look without having been woken: for retries, and for other processes' messages
PLACES = 200  # tries at once
PLACES_OF_ENDPOINT = 8
LEASE = timedelta(seconds=TIMEOUT_S + 60)  # well above what a try and its record take
BATCH_S = 0.02  # how long outcomes are gathered before they are written
STOP_S = 5.0  # what is under way at the end may take so long to end; its lease sends it again otherwise
AWAY_S = 1.0  # before trying again with a database that did not answer
USER_AGENT = "Logistics-Webhooks/1"
ERROR_CHARS_MAX = 300
CHANCE_MAX = 1 << 128  # what `chance` stays below


@dataclass(frozen=True, slots=True)
class Job:
    """One message to one endpoint, with all that is needed to post it."""

    message_id: str
    endpoint_id: str
    url: str
    secrets: tuple[str, ...]
    body: bytes


class Sender:
    """Sends webhooks from this process until it is stopped."""

    def __init__(self, db: Database, egress: Egress, *, timeout_s: float = TIMEOUT_S) -> None:
        self._db = db
        self._egress = egress
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._under_way: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._woken = asyncio.Event()
        self._ended: asyncio.Queue[Sent] = asyncio.Queue()
        self._stopping = False
        self._thread = threading.Thread(target=self._live, name="webhooks", daemon=True)
        self._leave = wake.join(self.wake)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def wake(self) -> None:
        """Say that something may be due; from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    def stop(self) -> None:
        """Begin nothing more, wait a moment for what is under way, and write down what came of it."""
        self._leave()
        self._stopping = True
        self.wake()
        self._thread.join(timeout=STOP_S * 3)

    def _live(self) -> None:
        try:
            self._loop.run_until_complete(self._run())
        finally:
            self._loop.close()

    async def _run(self) -> None:
        recorder = asyncio.create_task(self._record())
        connector = self._egress.connector(connections_max=PLACES)
        # No cookies: one merchant's must not reach another. No decompressing: nobody reads the answers.
        session = aiohttp.ClientSession(
            connector=connector, timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        )
        async with session:
            while not self._stopping:
                self._woken.clear()
                if not await self._begin_due(session):
                    await _within(self._woken.wait(), IDLE_S)
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=STOP_S)
            for task in self._tasks:
                task.cancel()
        await _within(self._ended.join(), STOP_S)
        recorder.cancel()

    async def _begin_due(self, session: aiohttp.ClientSession) -> bool:
        """Begin what is due and has a place; tell whether there was anything."""
        try:
            jobs = await asyncio.to_thread(self._lease)
        except SQLAlchemyError:
            log.exception("webhooks that are due could not be read")
            await asyncio.sleep(AWAY_S)
            return True
        for job in jobs:
            self._under_way[job.endpoint_id] += 1
            task = asyncio.create_task(self._try(job, session))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return bool(jobs)

    def _lease(self) -> list[Job]:
        now = system_now()
        with self._db.reading() as session:
            waiting = store.due_endpoints(session, now)
        free = PLACES - self._under_way.total()
        room = {}
        for endpoint_id in waiting:
            count = min(PLACES_OF_ENDPOINT - self._under_way[endpoint_id], free)
            if count > 0:
                room[endpoint_id] = count
                free -= count
        if not room:
            return []
        with self._db.transaction() as tx:
            endpoints = store.find_endpoints(tx.session, list(room))
            return [
                Job(
                    message_id=message.id,
                    endpoint_id=row.endpoint_id,
                    url=endpoints[row.endpoint_id].url,
                    secrets=tuple(handlers.signing_secrets(endpoints[row.endpoint_id], now)),
                    body=message.body.encode(),
                )
                for row, message in store.lease(tx.session, room, now, LEASE)
            ]

    async def _try(self, job: Job, session: aiohttp.ClientSession) -> None:
        outcome = await self._post(job, session)
        self._ended.put_nowait(Sent(job.message_id, job.endpoint_id, outcome))

    async def _post(self, job: Job, session: aiohttp.ClientSession) -> Outcome:
        at, began_s = system_now(), monotonic_s()
        headers = signing.headers(job.secrets, job.message_id, at, job.body)
        headers |= {"content-type": "application/json", "user-agent": USER_AGENT}
        try:
            async with session.post(job.url, data=job.body, headers=headers, allow_redirects=False) as answer:
                status, retry_after, error = answer.status, answer.headers.get("retry-after", ""), ""
        except TimeoutError:
            status, retry_after, error = 0, "", f"no answer within {self._timeout.total:g} s"
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            status, retry_after, error = 0, "", _why(fault)
        return Outcome(at, round((monotonic_s() - began_s) * 1000), status, error, retry_after)

    async def _record(self) -> None:
        """Write down what ended, many at a time; an endpoint's place is free when that is done."""
        while True:
            batch = [await self._ended.get()]
            await asyncio.sleep(BATCH_S)
            while not self._ended.empty():
                batch.append(self._ended.get_nowait())
            await self._write(batch)
            for sent in batch:
                self._under_way[sent.endpoint_id] -= 1
                self._ended.task_done()
            self._under_way = +self._under_way
            self._woken.set()

    async def _write(self, batch: list[Sent]) -> None:
        while True:
            try:
                await asyncio.to_thread(self._write_now, batch)
            except SQLAlchemyError:
                log.exception("what came of %d webhooks could not be written; tried again", len(batch))
                await asyncio.sleep(AWAY_S)
            else:
                return

    def _write_now(self, batch: list[Sent]) -> None:
        with self._db.transaction() as tx:
            outcomes.record(batch, lambda: chance() / CHANCE_MAX, tx=tx)


def _why(fault: Exception) -> str:
    """Say why there was no answer; of a connection that could not be made, what the system said."""
    cause = fault.os_error if isinstance(fault, aiohttp.ClientConnectorError) else fault
    return str(cause)[:ERROR_CHARS_MAX] or type(cause).__name__


async def _within(what: Awaitable[object], span_s: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(what, span_s)


def start_sender(ctx: Context) -> Sender:
    """Begin to send webhooks from this process; ``stop()`` ends it."""
    sender = Sender(ctx.db, Egress(loopback=ctx.settings.egress_loopback))
    sender.start()
    return sender
