"""News on its way downstream.

Some listeners hear at once, in the transaction that announces (the story must be readable as soon as the
command is answered). The others hear later: each gets a row of its own in the same transaction, works it
in a transaction of its own, and deletes it there. So nothing is lost, a listener's fault stops nobody else,
and what a listener writes to this database happens exactly once; what it does elsewhere, at least once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import func
from sqlmodel import col, delete, select

from logistics.kit.edge.clock import Clock, system_now
from logistics.kit.edge.db import Database, Transaction
from logistics.kit.edge.tables import OutboxDeliveryRow, OutboxRow
from logistics.kit.news import News

log = logging.getLogger(__name__)

Handler = Callable[[Any, Transaction], None]  # Any: each handler takes the one kind of news it is wired to

BATCH = 200  # rows a listener takes in one transaction
IDLE_S = 0.5  # how often a listener looks without having been woken
RETRY_S_FIRST = 1.0
RETRY_S_MAX = 300.0


@dataclass(frozen=True, slots=True)
class Wiring:
    """Who listens to what: at once, or later under the listener's name."""

    at_once: Mapping[type[News], Sequence[Handler]] = field(default_factory=dict)
    later: Mapping[str, Mapping[type[News], Sequence[Handler]]] = field(default_factory=dict)


def joined(*tables: Mapping[type[News], Sequence[Handler]]) -> dict[type[News], tuple[Handler, ...]]:
    """Join tables of listeners; a kind of news that stands in several is heard in the order of the tables."""
    heard: dict[type[News], tuple[Handler, ...]] = {}
    for table in tables:
        for kind, handlers in table.items():
            heard[kind] = (*heard.get(kind, ()), *handlers)
    return heard


def encode(news: News) -> str:
    """Write news as JSON."""
    return msgspec.json.encode(news).decode()


def decode(kind: str, body: str) -> News:
    """Read news back from its kind and its JSON."""
    return msgspec.json.decode(body, type=News.kinds[kind])


class Outbox:
    """Keeps announced news and hands each piece to those who listen at once."""

    def __init__(self, wiring: Wiring, wake: Callable[[], None] = lambda: None) -> None:
        self.wiring = wiring
        self.wake = wake

    def announce(self, tx: Transaction, news: News) -> None:
        """Keep the news in this transaction, with one row for each later listener."""
        kind = type(news)
        row = OutboxRow(
            id=tx.new_id("nws"),
            kind=kind.__name__,
            merchant_id=news.merchant_id,
            shipment_id=news.shipment_id,
            body=encode(news),
            announced_at=tx.now,
        )
        tx.session.add(row)
        # Retries are timed by the machine's clock: a simulated one may stand still.
        due = system_now()
        for listener, handlers in self.wiring.later.items():
            if kind in handlers:
                tx.session.add(OutboxDeliveryRow(listener=listener, news_id=row.id, next_at=due))
        for handler in self.wiring.at_once.get(kind, ()):
            handler(news, tx)
        tx.after_commit(self.wake)


class Dispatcher:
    """Works the later listeners' rows: one thread a listener, woken by each commit."""

    def __init__(self, db: Database, wiring: Wiring) -> None:
        self._db = db
        self._wiring = wiring
        self._stop = threading.Event()
        self._wakes = {listener: threading.Event() for listener in wiring.later}
        self._threads: list[threading.Thread] = []

    def wake(self) -> None:
        """Tell every listener that there may be something."""
        for event in self._wakes.values():
            event.set()

    def start(self) -> None:
        """Begin to work, in threads of this process."""
        for listener in self._wiring.later:
            thread = threading.Thread(target=self._run, args=(listener,), name=f"news-{listener}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Stop after the batches in hand; wait for them."""
        self._stop.set()
        self.wake()
        for thread in self._threads:
            thread.join(timeout=10)

    def drain(self) -> int:
        """Work here and now all that is due, also what this makes due; return how many pieces."""
        worked = 0
        while True:
            step = sum(self.work(listener) for listener in self._wiring.later)
            if not step:
                return worked
            worked += step

    def waiting(self) -> int:
        """Count the rows nobody has worked yet."""
        with self._db.reading() as session:
            return session.exec(select(func.count()).select_from(OutboxDeliveryRow)).one()

    def _run(self, listener: str) -> None:
        wake = self._wakes[listener]
        while not self._stop.is_set():
            wake.clear()
            try:
                worked = self.work(listener)
            except Exception:  # a listener's thread must outlive a lost database
                log.exception("listener %s could not work", listener)
                worked = 0
            if not worked:
                wake.wait(IDLE_S)

    def work(self, listener: str) -> int:
        """Work one batch of one listener; return how many rows were worked or put off."""
        try:
            with self._db.transaction() as tx:
                return self._batch(listener, tx, BATCH)
        except _HandlerFault:
            # One row of the batch is at fault: take them one at a time, so that it alone waits.
            return self._one_by_one(listener)

    def _batch(self, listener: str, tx: Transaction, size: int) -> int:
        due = (
            select(OutboxDeliveryRow.news_id, OutboxRow.kind, OutboxRow.body)
            .join(OutboxRow, col(OutboxRow.id) == col(OutboxDeliveryRow.news_id))
            .where(col(OutboxDeliveryRow.listener) == listener, col(OutboxDeliveryRow.next_at) <= system_now())
            .order_by(col(OutboxDeliveryRow.news_id))
            .limit(size)
            .with_for_update(of=OutboxDeliveryRow, skip_locked=True)
        )
        rows = tx.session.exec(due).all()
        for news_id, kind, body in rows:
            self._handle(listener, news_id, decode(kind, body), tx)
        if rows:
            gone = delete(OutboxDeliveryRow).where(
                col(OutboxDeliveryRow.listener) == listener,
                col(OutboxDeliveryRow.news_id).in_([row[0] for row in rows]),
            )
            tx.session.exec(gone)
        return len(rows)

    def _handle(self, listener: str, news_id: str, news: News, tx: Transaction) -> None:
        for handler in self._wiring.later[listener].get(type(news), ()):
            try:
                handler(news, tx)
                tx.session.flush()
            except Exception as fault:
                raise _HandlerFault(listener, news_id) from fault

    def _one_by_one(self, listener: str) -> int:
        for count in range(BATCH):
            try:
                with self._db.transaction() as tx:
                    if not self._batch(listener, tx, 1):
                        return count
            except _HandlerFault as fault:
                log.exception("listener %s failed on %s", listener, fault.news_id)
                self._put_off(listener, fault)
        return BATCH

    def _put_off(self, listener: str, fault: _HandlerFault) -> None:
        with self._db.transaction() as tx:
            row = tx.session.get(OutboxDeliveryRow, (listener, fault.news_id))
            if row:
                wait_s = min(RETRY_S_FIRST * 2**row.attempts, RETRY_S_MAX)
                row.attempts += 1
                row.error = repr(fault.__cause__)[:500]
                row.next_at = system_now() + timedelta(seconds=wait_s)
                tx.session.add(row)


class _HandlerFault(Exception):  # noqa: N818 - never leaves this file
    def __init__(self, listener: str, news_id: str) -> None:
        super().__init__(f"{listener}: {news_id}")
        self.news_id = news_id


def oldest_waiting(db: Database, clock: Clock) -> tuple[datetime | None, datetime]:
    """Return when the oldest unworked news was announced, if any, and the time now: for /readyz."""
    with db.reading() as session:
        first = session.exec(
            select(func.min(OutboxRow.announced_at)).join(
                OutboxDeliveryRow, col(OutboxDeliveryRow.news_id) == col(OutboxRow.id)
            )
        ).one()
    return first, clock.now()
