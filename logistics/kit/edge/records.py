"""Reads columns of a table as plain values, where many rows are only looked at.

A mapped row can be changed, and pays for that: it takes half as long again and more to read, and each look at a field
is a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlmodel import Session, SQLModel

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

R = TypeVar("R")


def read_records(
    session: Session, record: type[R], table: type[SQLModel], *where: ColumnElement[bool], order_by: Any = None
) -> list[R]:
    """Return a record for each row found; ``record`` is a named tuple of some columns of the table, under their names.

    What this session has changed and not yet flushed is flushed first, as in any query.
    """
    query = select(*(getattr(table, name) for name in record.__annotations__)).where(*where)
    return [record(*row) for row in session.execute(query.order_by(order_by) if order_by is not None else query)]
