"""Endpoints and messages: made, changed, resent, replayed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from logistics.kit.edge.clock import system_now
from logistics.kit.edge.db import Transaction
from logistics.kit.edge.outbox import encode
from logistics.kit.errors import Conflict, Invalid
from logistics.kit.news import News
from logistics.webhooks.edge import store, wake
from logistics.webhooks.edge.tables import DeliveryRow, EndpointRow, MessageRow
from logistics.webhooks.payloads import ENTRIES, TEST_TYPE, TYPES, Entry, body_of, write_body
from logistics.webhooks.retry import DELIVERY
from logistics.webhooks.signing import SECRET_BYTES, make_secret

ENDPOINTS_MAX = 20  # of one merchant: every message is sent to each
OLD_SECRET_FOR = timedelta(hours=24)  # after a rotation both secrets sign
KEPT_FOR = timedelta(days=30)  # messages can be looked at, resent and replayed this long


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    """Where to tell, and what; the URL has been checked."""

    merchant_id: str
    url: str
    types: tuple[str, ...] = ()
    description: str = ""


def create_endpoint(new: NewEndpoint, *, tx: Transaction) -> tuple[EndpointRow, str]:
    """Take on an endpoint; return it and its secret."""
    unknown = [name for name in new.types if name not in TYPES]
    if unknown:
        raise Invalid("types", f"{', '.join(unknown)} cannot be told", "some of " + ", ".join(TYPES))
    if len(store.list_endpoints(tx.session, merchant_id=new.merchant_id)) >= ENDPOINTS_MAX:
        raise Conflict(f"A merchant has at most {ENDPOINTS_MAX} webhook endpoints.", code="too_many_endpoints")
    secret = make_secret(secrets.token_bytes(SECRET_BYTES))
    row = EndpointRow(
        id=tx.new_id("whe"),
        merchant_id=new.merchant_id,
        url=new.url,
        types=list(dict.fromkeys(new.types)),
        description=new.description,
        secrets=[{"secret": secret, "until": None}],
        created_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row, secret


def delete_endpoint(row: EndpointRow, *, tx: Transaction) -> None:
    """Tell nothing more to an endpoint; its log stays until it is forgotten."""
    row.deleted_at = tx.now
    row.secrets = []
    tx.session.add(row)
    store.give_up_on(tx.session, row.id)


def rotate(row: EndpointRow, *, tx: Transaction) -> str:
    """Give an endpoint a new secret; the present one signs beside it for a day more."""
    secret = make_secret(secrets.token_bytes(SECRET_BYTES))
    until = (system_now() + OLD_SECRET_FOR).isoformat()
    row.secrets = [{"secret": secret, "until": None}, {"secret": row.secrets[0]["secret"], "until": until}]
    tx.session.add(row)
    return secret


def signing_secrets(row: EndpointRow, now: datetime) -> list[str]:
    """Return the secrets that sign at a moment, the present one first."""
    return [one["secret"] for one in row.secrets if one["until"] is None or datetime.fromisoformat(one["until"]) > now]


def enable(row: EndpointRow, *, tx: Transaction) -> None:
    """Tell an endpoint again that was disabled; what it missed can be replayed."""
    row.disabled_at, row.disabled_reason, row.failing_since = None, "", None
    tx.session.add(row)


def on_news(news: News, tx: Transaction) -> None:
    """Make the message of a piece of news, once, and put it on its way to every endpoint that wants it."""
    entry = ENTRIES[type(news).__name__]
    endpoints = store.list_endpoints(tx.session, merchant_id=news.merchant_id) if news.merchant_id else ()
    if not endpoints or not isinstance(entry, Entry):
        return
    news_key = hashlib.sha256(f"{type(news).__name__} {encode(news)}".encode()).hexdigest()
    if store.is_made(tx.session, news_key):
        return
    message = MessageRow(
        id=tx.new_id("msg"),
        merchant_id=news.merchant_id,
        shipment_id=news.shipment_id,
        type=entry.type,
        body=body_of(entry, news).decode(),
        news_key=news_key,
        created_at=tx.now,
    )
    _send(message, [row for row in endpoints if not row.types or entry.type in row.types], tx)


def send_test(row: EndpointRow, *, tx: Transaction) -> MessageRow:
    """Send a message that says nothing, so that a merchant can try its receiver."""
    message_id = tx.new_id("msg")
    message = MessageRow(
        id=message_id,
        merchant_id=row.merchant_id,
        type=TEST_TYPE,
        body=write_body(TEST_TYPE, tx.now, {"endpoint_id": row.id}).decode(),
        news_key=message_id,
        created_at=tx.now,
    )
    _send(message, [row], tx)
    return message


def _send(message: MessageRow, endpoints: Sequence[EndpointRow], tx: Transaction) -> None:
    tx.session.add(message)
    tx.session.flush()
    for endpoint in endpoints:
        if endpoint.disabled_at is None:
            tx.session.add(
                DeliveryRow(message_id=message.id, endpoint_id=endpoint.id, state=DELIVERY.start, next_at=system_now())
            )
    tx.session.flush()
    tx.after_commit(wake.ring)


def resend(message: MessageRow, *, tx: Transaction) -> int:
    """Send a message again, with its old id, to all endpoints it went to that still listen; return how many."""
    rows = store.list_deliveries(tx.session, [message.id])[message.id]
    endpoints = {row.id: row for row in store.list_endpoints(tx.session, merchant_id=message.merchant_id)}
    listening = [row for row in rows if row.endpoint_id in endpoints and not endpoints[row.endpoint_id].disabled_at]
    for row in listening:
        row.state, row.tries_count, row.next_at, row.leased_until = DELIVERY.start, 0, system_now(), None
        tx.session.add(row)
    if not listening:
        raise Conflict("No endpoint that got this message listens any more.", code="nobody_listens")
    tx.after_commit(wake.ring)
    return len(listening)


def replay_all(row: EndpointRow, since: datetime, *, tx: Transaction) -> int:
    """Send an endpoint everything it wants that was made since a moment; return how many messages."""
    _refuse_disabled(row)
    tx.after_commit(wake.ring)
    return store.requeue(tx.session, row, since, system_now())


def replay_failed(row: EndpointRow, since: datetime, *, tx: Transaction) -> int:
    """Send an endpoint what it was given up for since a moment; return how many messages."""
    _refuse_disabled(row)
    tx.after_commit(wake.ring)
    return store.requeue_failed(tx.session, row, since, system_now())


def _refuse_disabled(row: EndpointRow) -> None:
    if row.disabled_at:
        raise Conflict("The endpoint is disabled; enable it first.", code="endpoint_disabled")
