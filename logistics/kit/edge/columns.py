"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import BigInteger, DateTime, Integer, MetaData, Table, event
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept and given back in UTC; a naive one is a programmer's error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn into UTC on the way in; SQLite keeps no offset, so it gets the bare UTC time."""
        if value is None:
            return None
        assert value.tzinfo is not None, "a moment without offset reached the database"
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back, whatever the database's session thinks the zone is."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def read_json(text: str) -> Any:
    """Return what a JSON column holds.

    The quicker reader refuses what Python's own once wrote and JSON does not know: half a character, what is no number.
    """
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return json.loads(text)


@event.listens_for(Table, "after_parent_attach")
def widen(table: Table, _metadata: MetaData) -> None:
    """Give whole numbers 64 bits on PostgreSQL, as SQLite does: 32 end at 21 million yuan."""
    for column in table.columns:
        if type(column.type) is Integer:
            column.type = BigInteger().with_variant(Integer(), "sqlite")
