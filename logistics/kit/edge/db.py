"""The database: reading, and one transaction per command.

SQLite has one writer at a time: a lock of this process hands out the turn, ``BEGIN IMMEDIATE`` does the
same between processes. PostgreSQL takes any number. Readers never wait for either.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Engine, create_engine, event
from sqlmodel import Session, SQLModel

from logistics.kit.edge.clock import Clock, SystemClock, monotonic_s, new_id
from logistics.kit.edge.columns import read_json

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from datetime import datetime

    from logistics.kit.news import News

BUSY_MS = 15_000  # how long a writer of another process is waited for
PAUSE_S = 0.02  # between two questions whether it is done
POOL_SIZE = 8  # readers at once; FastAPI's thread pool is of that order


class Announcer(Protocol):
    """Takes news inside a transaction: keeps it, and lets those hear it who hear at once."""

    def announce(self, tx: Transaction, news: News) -> None:
        """Take one piece of news."""
        ...


class Silence:
    """An announcer nobody listens to: for a database without a house around it."""

    def announce(self, tx: Transaction, news: News) -> None:
        """Let it pass."""


class Transaction:
    """One command's turn: everything in it becomes true together, or nothing does."""

    def __init__(self, session: Session, now: datetime, announcer: Announcer) -> None:
        self.session = session
        self.now = now
        self._announcer = announcer
        self._after: list[Callable[[], None]] = []

    def new_id(self, prefix: str) -> str:
        """Make an id for something that begins with this command."""
        return new_id(prefix, self.now)

    def announce(self, *news: News) -> None:
        """Announce what has become true: in the outbox with this transaction, or not at all."""
        for one in news:
            self._announcer.announce(self, one)

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do this once the transaction stands; it is forgotten if it does not."""
        self._after.append(act)

    def forget_after_commit(self) -> None:
        """Drop what waited for a commit, after a roll-back of all that was done so far."""
        self._after.clear()

    def committed(self) -> None:
        """Do what waited for the commit."""
        for act in self._after:
            act()


class Database:
    """A SQLite file (``sqlite:///path``) or a PostgreSQL database (``postgresql+psycopg://...``)."""

    def __init__(self, url: str, *, clock: Clock | None = None, announcer: Announcer | None = None) -> None:
        self.url = url
        self.clock = clock or SystemClock()
        self.announcer: Announcer = announcer or Silence()
        self.is_sqlite = url.startswith("sqlite")
        self._turn = threading.Lock()
        self.readers = _sqlite(url, "BEGIN") if self.is_sqlite else _postgres(url)
        self.writers = _sqlite(url, "BEGIN IMMEDIATE") if self.is_sqlite else self.readers

    @contextmanager
    def transaction(self, now: datetime | None = None) -> Iterator[Transaction]:
        """Open one command's transaction; commit at the end, roll back on any exception."""
        with self.turn():
            tx = yield from self._one(now)
        tx.committed()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the one writer's turn in this process; for whoever writes beside ``transaction()``, too."""
        if not self.is_sqlite:
            yield
            return
        # A plain lock, not a re-entrant one: a route's transaction may end in another thread than it began in.
        with self._turn:
            yield

    def _one(self, now: datetime | None) -> Generator[Transaction, None, Transaction]:
        with Session(self.writers, expire_on_commit=False) as session:
            tx = Transaction(session, now or self.clock.now(), self.announcer)
            yield tx
            session.commit()
        return tx

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session to read in; what is written in it is thrown away."""
        with Session(self.readers, expire_on_commit=False) as session:
            yield session

    def create_tables(self) -> None:
        """Create all tables that are known and missing: for tests; a real house runs the migrations."""
        SQLModel.metadata.create_all(self.writers)

    def close(self) -> None:
        """Give all connections back."""
        self.readers.dispose()
        self.writers.dispose()


def sqlite_driver() -> Any:
    """Return the module that speaks SQLite: all of one process must use the same, or they break each other's locks."""
    try:
        # The interpreter's own SQLite may be older than 3.51.3, whose WAL can corrupt the file.
        import pysqlite3 as driver  # noqa: PLC0415 - present on Linux only
    except ImportError:
        import sqlite3 as driver  # noqa: PLC0415 - what there is elsewhere
    return driver


def _sqlite(url: str, begin: str) -> Engine:
    driver = sqlite_driver()
    engine = create_engine(
        url.replace("sqlite://", "sqlite+pysqlite://", 1),
        module=driver,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
        json_deserializer=read_json,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE * 4,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        _write_ahead(connection, driver.OperationalError)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _write_ahead(connection: Any, refused: type[Exception]) -> None:
    """Let readers not wait for writers; where another process writes to a new file meanwhile, wait for that.

    SQLite waits for a lock by itself, but not for this one: it answers at once that the database is locked.
    """
    until_s = monotonic_s() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except refused as why:
            if "locked" not in str(why) or monotonic_s() > until_s:
                raise
            _pause()
        else:
            return


def _pause() -> None:
    time.sleep(PAUSE_S)


def _postgres(url: str) -> Engine:
    return create_engine(
        url, json_deserializer=read_json, pool_size=POOL_SIZE, max_overflow=POOL_SIZE * 4, pool_pre_ping=True
    )
