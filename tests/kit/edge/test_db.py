from __future__ import annotations

import threading
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import text
from sqlmodel import Session

from logistics.kit.edge import db
from logistics.kit.edge.db import Database
from logistics.kit.edge.tables import LeaseRow
from logistics.kit.news import News
from tests.builders import NOON, ManualClock
from tests.kit.edge.listening import said

THREADS, STEPS = 8, 25


def lease(name: str) -> LeaseRow:
    return LeaseRow(name=name, holder="x", expires_at=NOON)


def find(session: Session, name: str) -> LeaseRow | None:
    return session.get(LeaseRow, name)


def test_a_transaction_is_true_together_or_not_at_all(database: Database) -> None:
    def half_done() -> None:
        with database.transaction() as tx:
            tx.session.add(lease("a"))
            tx.session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        half_done()
    with database.transaction() as tx:
        tx.session.add(lease("b"))
    with database.reading() as session:
        assert find(session, "a") is None
        assert find(session, "b") is not None


def test_nobody_reads_what_is_not_committed(database: Database) -> None:
    with database.transaction() as tx:
        tx.session.add(lease("a"))
        tx.session.flush()
        with database.reading() as session:
            assert find(session, "a") is None
    with database.reading() as session:
        assert find(session, "a") is not None


def test_what_is_written_while_reading_is_thrown_away(database: Database) -> None:
    with database.reading() as session:
        session.add(lease("a"))
    with database.reading() as session:
        assert find(session, "a") is None


def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    with database.transaction() as tx:
        tx.session.add(lease("a"))
    with database.reading() as session:
        row = find(session, "a")
        assert row is not None
        assert row.expires_at == NOON
        assert row.expires_at.utcoffset() == NOON.utcoffset()


def test_the_time_of_a_transaction_is_the_clocks(database: Database, clock: ManualClock) -> None:
    with database.transaction() as tx:
        assert tx.now == clock.now()
        clock.advance(hours=1)
        assert tx.now == NOON  # it stands for the whole command
    with database.transaction(NOON) as tx:
        assert tx.now == NOON


def test_ids_begin_with_their_prefix_and_differ(database: Database) -> None:
    with database.transaction() as tx:
        a, b = tx.new_id("shp"), tx.new_id("shp")
    assert a.startswith("shp_")
    assert a != b


def test_what_waits_for_the_commit_happens_after_it_and_only_then(database: Database) -> None:
    done: list[str] = []
    with database.transaction() as tx:
        tx.after_commit(lambda: done.append("a"))
        assert not done
    assert done == ["a"]

    def fails() -> None:
        with database.transaction() as tx:
            tx.after_commit(lambda: done.append("b"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert done == ["a"]


def test_counting_up_from_many_threads_loses_no_step(database: Database) -> None:
    """Each step reads and writes: without a turn for each, steps would be lost (or refused as locked)."""
    with database.transaction() as tx:
        tx.session.connection().execute(text("CREATE TABLE counter (value INTEGER NOT NULL)"))
        tx.session.connection().execute(text("INSERT INTO counter VALUES (0)"))

    def count() -> None:
        for _ in range(STEPS):
            with database.transaction() as tx:
                connection = tx.session.connection()
                value = connection.execute(text(select)).scalar_one()
                connection.execute(text("UPDATE counter SET value = :value"), {"value": value + 1})

    select = "SELECT value FROM counter" if database.is_sqlite else "SELECT value FROM counter FOR UPDATE"
    threads = [threading.Thread(target=count) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.connection().execute(text("SELECT value FROM counter")).scalar_one() == THREADS * STEPS


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.transaction() as tx:
        tx.session.add(lease("a"))
        tx.session.flush()
        seen: list[object] = []

        def read() -> None:
            with database.reading() as session:
                seen.append(find(session, "a"))

        reader = threading.Thread(target=read)
        reader.start()
        reader.join(timeout=5)
        assert seen == [None]


@pytest.mark.usefixtures("durable_sqlite")
def test_sqlite_is_durable_and_new_enough(sqlite_database: Database) -> None:
    with sqlite_database.reading() as session:
        connection = session.connection()
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2  # FULL
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
    assert tuple(map(int, version.split("."))) >= (3, 51, 3), "below it, a WAL reset may corrupt the file"


def test_who_opens_a_new_file_while_another_writes_to_it_waits(tmp_path: Path) -> None:
    """A file that is not yet read while it is written refuses at once what would make it so."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    other = db.sqlite_driver().connect(str(tmp_path / "new.db"), check_same_thread=False, isolation_level=None)
    other.execute("CREATE TABLE one (x)")
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO one VALUES (1)")
    refused = threading.Event()
    waiting = threading.Thread(target=lambda: (refused.wait(10), other.execute("COMMIT")))
    waiting.start()
    database = Database(url)
    with patch.object(db, "_pause", side_effect=refused.set), database.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    waiting.join()
    database.close()
    other.close()
    assert refused.is_set()


def test_without_a_house_nobody_hears(sqlite_database: Database) -> None:
    news: News = said(1)
    with sqlite_database.transaction() as tx:
        tx.announce(news)
    with sqlite_database.reading() as session:
        assert session.connection().execute(text("SELECT count(*) FROM outbox")).scalar_one() == 0
