"""Positions in the merchants' event feed: handed out under one lock, at the very end of a transaction.

Whoever follows numbers that were drawn early misses rows: a transaction that drew 7 may become visible after one
that drew 8, and the follower is past it. Here the row that holds the last position stays locked from drawing until the
commit, so positions become visible in their order. The lock comes last of all locks and waits for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, insert, update

from logistics.kit.edge.clock import chance
from logistics.kit.ids import base32
from logistics.tracking.edge import store
from logistics.tracking.edge.store import HEAD
from logistics.tracking.edge.tables import FeedHeadRow, FeedRow

if TYPE_CHECKING:
    from logistics.kit.edge.db import Database

EPOCH_CHARS = 8
_WAITING = "tracking_feed"  # events of this session that want a position


def enter(session: Session, event_id: str, merchant_id: str) -> None:
    """Let an event have its position when this transaction commits."""
    waiting = session.info.setdefault(_WAITING, {})
    if not event.contains(session, "before_commit", _hand_out):
        event.listen(session, "before_commit", _hand_out)
    waiting[event_id] = merchant_id


def epoch_of(db: Database) -> str:
    """Return the name of this database's numbering; the first who asks draws it."""
    with db.reading() as session:
        row = store.find_head(session)
    if row:
        return row.epoch
    with db.transaction() as tx:
        _ensure_head(tx.session)
        return store.get_head(tx.session).epoch


def insert_once(session: Session, table: Any) -> Any:
    """Return an INSERT of the session's database, which knows ``on_conflict_*``."""
    made = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return made(_table(table))


def _table(row: Any) -> Table:
    table: Table = row.__table__
    return table


def _hand_out(session: Session) -> None:
    if session.in_nested_transaction():
        return
    waiting: dict[str, str] = session.info.pop(_WAITING, {})
    session.flush()
    entered = _those_that_stand(session, list(waiting))
    if not entered:
        return
    position = _draw(session, len(entered)) - len(entered)
    rows = [
        {"position": position + place, "event_id": event_id, "merchant_id": waiting[event_id]}
        for place, event_id in enumerate(entered, start=1)
    ]
    session.connection().execute(insert(FeedRow), rows)


def _those_that_stand(session: Session, event_ids: list[str]) -> list[str]:
    """Leave out events whose savepoint was rolled back; the others in the order in which they were recorded."""
    if not event_ids:
        return []
    stands = store.list_standing(session, event_ids)
    return [event_id for event_id in event_ids if event_id in stands]


def _draw(session: Session, count: int) -> int:
    step = (
        update(FeedHeadRow)
        .where(col(FeedHeadRow.id) == HEAD)
        .values(position=FeedHeadRow.position + count)
        .returning(col(FeedHeadRow.position))
    )
    connection = session.connection()
    drawn = connection.execute(step).scalar()
    if drawn is None:
        _ensure_head(session)
        drawn = connection.execute(step).scalar_one()
    return int(drawn)


def _ensure_head(session: Session) -> None:
    head = {"id": HEAD, "position": 0, "epoch": base32(chance(), EPOCH_CHARS)}
    session.connection().execute(insert_once(session, FeedHeadRow).values(**head).on_conflict_do_nothing())
