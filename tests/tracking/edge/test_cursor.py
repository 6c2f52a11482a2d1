from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session

from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Database
from logistics.tracking.edge import cursor, handlers, store
from logistics.tracking.edge.cursor import epoch_of
from logistics.tracking.model import Sighting
from tests.builders import NOON
from tests.tracking.builders import MERCHANT, context, furnish

WRITERS, EACH = 6, 8


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    furnish(database, WRITERS)
    with context(database) as made:
        yield made


def say(key: str) -> Sighting:
    return Sighting(source="own", key=key, kind="received", occurred_at=NOON)


def feed(ctx: Context, after: int = 0, limit: int = 7) -> list[tuple[int, str]]:
    with ctx.db.reading() as session:
        return [(position, row.key) for position, row in store.list_feed(session, MERCHANT, after=after, limit=limit)]


def test_a_follower_misses_nothing_while_many_write(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each writer works on its own shipment, so that nothing but the feed's own lock orders them.

    Every third one dawdles between its position and its commit: without the lock the follower would be past it.
    """
    turns = itertools.count()
    draw = cursor._draw  # noqa: SLF001 - followed by a pause

    def dawdle(session: Session, count: int) -> int:
        drawn = draw(session, count)
        time.sleep(0.02 if next(turns) % 3 == 0 else 0)
        return drawn

    monkeypatch.setattr(cursor, "_draw", dawdle)
    done = threading.Event()
    seen: list[str] = []

    def write(no: int) -> None:
        for count in range(EACH):
            with ctx.db.transaction() as tx:
                handlers.record(f"shp_{no}", say(f"{no}-{count}a"), tx=tx)
                handlers.record(f"shp_{no}", say(f"{no}-{count}b"), tx=tx)

    def follow() -> None:
        after = 0
        while True:
            last = done.is_set()
            page = feed(ctx, after)
            seen.extend(key for _, key in page)
            after = page[-1][0] if page else after
            if last and not page:
                return

    follower = threading.Thread(target=follow)
    follower.start()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(1, WRITERS + 1)))
    done.set()
    follower.join(30)
    assert len(seen) == len(set(seen)) == WRITERS * EACH * 2
    positions = [position for position, _ in feed(ctx, limit=1000)]
    assert positions == list(range(1, WRITERS * EACH * 2 + 1))


def test_events_of_one_transaction_stand_in_their_order(ctx: Context) -> None:
    with ctx.db.transaction() as tx:
        for key in ("c", "a", "b"):
            handlers.record("shp_1", say(key), tx=tx)
    assert feed(ctx) == [(1, "c"), (2, "a"), (3, "b")]


def test_what_was_rolled_back_takes_no_position(ctx: Context) -> None:
    def fail() -> None:
        with ctx.db.transaction() as tx:
            handlers.record("shp_1", say("gone"), tx=tx)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with ctx.db.transaction() as tx:
        handlers.record("shp_1", say("kept"), tx=tx)
        savepoint = tx.session.begin_nested()
        handlers.record("shp_2", say("undone"), tx=tx)
        savepoint.rollback()
    assert feed(ctx) == [(1, "kept")]


def test_the_numbering_has_one_name(ctx: Context) -> None:
    with ThreadPoolExecutor(4) as pool:
        names = set(pool.map(lambda _: epoch_of(ctx.db), range(8)))
    assert len(names) == 1
