"""Brings a database's tables to a revision: in one transaction, one process at a time, SQLite and PostgreSQL alike."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Literal

from alembic import context
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

import logistics
from logistics.kit.edge.columns import UtcDateTime
from logistics.kit.edge.db import Database
from logistics.kit.edge.scheduler import TABLE as SCHEDULER_TABLE
from logistics.settings import from_environment

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext

LOCK = 7_262_114  # any number, as long as it stays the same: processes that migrate wait for each other on it


def import_tables() -> None:
    """Import every ``tables.py``, so that the metadata knows all tables."""
    for module in pkgutil.walk_packages(logistics.__path__, "logistics."):
        if module.name.endswith(".edge.tables"):
            importlib.import_module(module.name)


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave alone what is not ours: APScheduler makes its own table."""
    return not (kind == "table" and name == SCHEDULER_TABLE)


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write plain types: a migration must not change when the code's types do."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item).__name__ == "AutoString":
        return f"sa.String({item.length or ''})"
    return False


def database_url() -> str:
    """Return which database: what the caller says, else what the environment says."""
    given = context.config.attributes.get("database_url")
    return str(given) if given else from_environment().database_url


def run() -> None:
    """Run the migrations."""
    import_tables()
    database = Database(database_url())
    try:
        with database.writers.connect() as connection:
            if database.is_sqlite:
                leave_references_alone(connection)
            with connection.begin():
                migrate(connection, database)
    finally:
        database.close()


def leave_references_alone(connection: Connection) -> None:
    """Let SQLite make a table anew though others refer to it; it obeys outside of a transaction only.

    What is left of a reference to nothing is found at the end of the migration.
    """
    driver = connection.connection.driver_connection
    assert driver is not None, "the connection has just been opened"
    driver.execute("PRAGMA foreign_keys=OFF")


def migrate(connection: Connection, database: Database) -> None:
    """Run the migrations in the transaction that has begun."""
    if not database.is_sqlite:  # SQLite's one writer is alone anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_name=include_name,
        render_item=render_item,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    context.run_migrations()
    if database.is_sqlite:
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        assert not lost, f"rows refer to nothing: {lost[:5]}"


run()
