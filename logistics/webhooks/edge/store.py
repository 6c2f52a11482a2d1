"""All queries of webhooks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, literal, or_
from sqlalchemy import select as plain_select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col, delete, select, update

from logistics.kit.edge.columns import UtcDateTime
from logistics.kit.errors import NotFound
from logistics.webhooks.edge.tables import AttemptRow, DeliveryRow, EndpointRow, MessageRow
from logistics.webhooks.retry import DeliveryState

ENDPOINTS_AT_ONCE = 200  # endpoints a sender looks at in one go


def get_endpoint(session: Session, endpoint_id: str, *, merchant_id: str = "") -> EndpointRow:
    """Return an endpoint; refused if there is none of that id, it is deleted, or another merchant's."""
    row = session.get(EndpointRow, endpoint_id)
    if row is None or row.deleted_at is not None or (merchant_id and row.merchant_id != merchant_id):
        raise NotFound("There is no such webhook endpoint.")
    return row


def lock_endpoints(session: Session, endpoint_ids: Collection[str]) -> dict[str, EndpointRow]:
    """Return endpoints for changing, deleted ones too; new deliveries to them may be made meanwhile."""
    wanted = select(EndpointRow).where(col(EndpointRow.id).in_(endpoint_ids)).order_by(col(EndpointRow.id))
    rows = session.exec(wanted.with_for_update(key_share=True).execution_options(populate_existing=True))
    return {row.id: row for row in rows}


def find_endpoints(session: Session, endpoint_ids: Collection[str]) -> dict[str, EndpointRow]:
    """Return endpoints by id, deleted ones too."""
    rows = session.exec(select(EndpointRow).where(col(EndpointRow.id).in_(endpoint_ids)))
    return {row.id: row for row in rows}


def list_endpoints(session: Session, *, merchant_id: str = "") -> Sequence[EndpointRow]:
    """Return the endpoints that are not deleted, oldest first; ``merchant_id`` empty: all (staff only)."""
    query = select(EndpointRow).where(col(EndpointRow.deleted_at).is_(None)).order_by(col(EndpointRow.id))
    if merchant_id:
        query = query.where(EndpointRow.merchant_id == merchant_id)
    return session.exec(query).all()


def get_message(session: Session, message_id: str, *, merchant_id: str = "") -> MessageRow:
    """Return a message; refused if there is none of that id, or another merchant's."""
    row = session.get(MessageRow, message_id)
    if row is None or (merchant_id and row.merchant_id != merchant_id):
        raise NotFound("There is no such webhook message.")
    return row


def is_made(session: Session, news_key: str) -> bool:
    """Tell whether a piece of news has become a message already."""
    return session.exec(select(MessageRow.id).where(MessageRow.news_key == news_key)).first() is not None


def list_messages(
    session: Session, *, merchant_id: str, endpoint_id: str, state: str, type_name: str, after: str | None, limit: int
) -> Sequence[MessageRow]:
    """Return messages newest first, those that come after an id; empty filters do not narrow."""
    query = select(MessageRow).order_by(col(MessageRow.id).desc()).limit(limit)
    if merchant_id:
        query = query.where(MessageRow.merchant_id == merchant_id)
    if type_name:
        query = query.where(MessageRow.type == type_name)
    if after:
        query = query.where(col(MessageRow.id) < after)
    if endpoint_id or state:
        on_its_way = select(DeliveryRow.message_id)
        if endpoint_id:
            on_its_way = on_its_way.where(DeliveryRow.endpoint_id == endpoint_id)
        if state:
            on_its_way = on_its_way.where(DeliveryRow.state == state)
        query = query.where(col(MessageRow.id).in_(on_its_way))
    return session.exec(query).all()


def list_deliveries(session: Session, message_ids: Collection[str]) -> dict[str, list[DeliveryRow]]:
    """Return the deliveries of messages, by message."""
    found: dict[str, list[DeliveryRow]] = {message_id: [] for message_id in message_ids}
    wanted = select(DeliveryRow).where(col(DeliveryRow.message_id).in_(message_ids))
    for row in session.exec(wanted.order_by(col(DeliveryRow.endpoint_id))):
        found[row.message_id].append(row)
    return found


def lock_delivery(session: Session, message_id: str, endpoint_id: str) -> DeliveryRow | None:
    """Return a message's way to an endpoint for changing, if it is not forgotten."""
    wanted = select(DeliveryRow).where(DeliveryRow.message_id == message_id, DeliveryRow.endpoint_id == endpoint_id)
    return session.exec(wanted.with_for_update().execution_options(populate_existing=True)).first()


def list_attempts(session: Session, message_ids: Collection[str]) -> dict[tuple[str, str], list[AttemptRow]]:
    """Return the tries of messages, by message and endpoint, oldest first."""
    found: dict[tuple[str, str], list[AttemptRow]] = {}
    wanted = select(AttemptRow).where(col(AttemptRow.message_id).in_(message_ids))
    for row in session.exec(wanted.order_by(col(AttemptRow.id))):
        found.setdefault((row.message_id, row.endpoint_id), []).append(row)
    return found


def requeue(session: Session, endpoint: EndpointRow, since: datetime, now: datetime) -> int:
    """Make every message of a time on, that the endpoint wants, due for it now; return how many."""
    columns = ["message_id", "endpoint_id", "state", "tries_count", "next_at"]
    pending = literal(DeliveryState.PENDING.value)
    mine = plain_select(
        col(MessageRow.id), literal(endpoint.id), pending, literal(0), literal(now, UtcDateTime())
    ).where(col(MessageRow.merchant_id) == endpoint.merchant_id, col(MessageRow.created_at) >= since)
    if endpoint.types:
        mine = mine.where(col(MessageRow.type).in_(endpoint.types))
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    again = {"state": DeliveryState.PENDING.value, "tries_count": 0, "next_at": now, "leased_until": None}
    done = session.exec(
        insert(DeliveryRow)
        .from_select(columns, mine)
        .on_conflict_do_update(index_elements=["message_id", "endpoint_id"], set_=again)
        .execution_options(preserve_rowcount=True)
    )
    return int(done.rowcount)


def requeue_failed(session: Session, endpoint: EndpointRow, since: datetime, now: datetime) -> int:
    """Make every message of a time on, that the endpoint was given up for, due for it now; return how many."""
    theirs = select(MessageRow.id).where(MessageRow.merchant_id == endpoint.merchant_id, MessageRow.created_at >= since)
    done = session.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.endpoint_id) == endpoint.id,
            col(DeliveryRow.state) == DeliveryState.GAVE_UP,
            col(DeliveryRow.message_id).in_(theirs),
        )
        .values(state=DeliveryState.PENDING.value, tries_count=0, next_at=now, leased_until=None)
    )
    return int(done.rowcount)


def give_up_on(session: Session, endpoint_id: str) -> None:
    """Try nothing more at an endpoint; what waited can be replayed later."""
    waiting = col(DeliveryRow.endpoint_id) == endpoint_id, col(DeliveryRow.state) == DeliveryState.PENDING
    session.exec(update(DeliveryRow).where(*waiting).values(state=DeliveryState.GAVE_UP.value, leased_until=None))


def due_endpoints(session: Session, now: datetime) -> list[str]:
    """Return the endpoints for which something is due that nobody is at."""
    wanted = select(DeliveryRow.endpoint_id).where(*_due(now)).distinct().limit(ENDPOINTS_AT_ONCE)
    return list(session.exec(wanted))


def lease(
    session: Session, room: Mapping[str, int], now: datetime, span: timedelta
) -> list[tuple[DeliveryRow, MessageRow]]:
    """Take what is due for some endpoints, at most so many of each, so that nobody else sends it meanwhile."""
    taken = []
    for endpoint_id, count in sorted(room.items()):
        mine = select(DeliveryRow).where(DeliveryRow.endpoint_id == endpoint_id, *_due(now))
        rows = mine.order_by(col(DeliveryRow.next_at), col(DeliveryRow.message_id)).limit(count)
        for row in session.exec(rows.with_for_update(skip_locked=True)).all():
            row.leased_until = now + span
            session.add(row)
            message = session.get(MessageRow, row.message_id)
            assert message is not None, "a delivery without its message"
            taken.append((row, message))
    return taken


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    nobody_at_it = or_(col(DeliveryRow.leased_until).is_(None), col(DeliveryRow.leased_until) <= now)
    return col(DeliveryRow.state) == DeliveryState.PENDING, col(DeliveryRow.next_at) <= now, nobody_at_it


def forget_before(session: Session, moment: datetime) -> None:
    """Drop messages made before a moment, with all that was tried."""
    old = select(MessageRow.id).where(MessageRow.created_at < moment)
    session.exec(delete(AttemptRow).where(col(AttemptRow.message_id).in_(old)))
    session.exec(delete(DeliveryRow).where(col(DeliveryRow.message_id).in_(old)))
    session.exec(delete(MessageRow).where(col(MessageRow.created_at) < moment))
