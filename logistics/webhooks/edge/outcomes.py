"""Writing down what came of tries: the log, the next try, and endpoints that are dead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from logistics.kit.edge.db import Transaction
from logistics.webhooks.edge import store
from logistics.webhooks.edge.tables import AttemptRow, DeliveryRow, EndpointRow
from logistics.webhooks.events import EndpointDisabled
from logistics.webhooks.retry import DELIVERY, DeliveryState, DeliveryStep, Outcome, is_dead, next_try

GONE_REASON = "the endpoint answered 410 Gone"
DEAD_REASON = "nothing but failures for five days"


@dataclass(frozen=True, slots=True)
class Sent:
    """One try of one message at one endpoint, and what it came to."""

    message_id: str
    endpoint_id: str
    outcome: Outcome


def record(batch: Sequence[Sent], chance: Callable[[], float], *, tx: Transaction) -> None:
    """Write down many tries in one transaction, in the order in which they began."""
    endpoints = store.lock_endpoints(tx.session, {sent.endpoint_id for sent in batch})
    for sent in sorted(batch, key=lambda one: (one.outcome.at, one.message_id)):
        row = store.lock_delivery(tx.session, sent.message_id, sent.endpoint_id)
        if row is None:  # forgotten meanwhile
            continue
        _log(sent, tx)
        _move_on(row, sent.outcome, chance())
        tx.session.add(row)
        tx.session.flush()
        _judge(endpoints[sent.endpoint_id], sent.outcome, tx)


def _log(sent: Sent, tx: Transaction) -> None:
    tx.session.add(
        AttemptRow(
            id=tx.new_id("att"),
            message_id=sent.message_id,
            endpoint_id=sent.endpoint_id,
            at=sent.outcome.at,
            status=sent.outcome.status,
            took_ms=sent.outcome.took_ms,
            error=sent.outcome.error,
        )
    )


def _move_on(row: DeliveryRow, outcome: Outcome, chance: float) -> None:
    row.leased_until = None
    if row.state != DeliveryState.PENDING:  # given up while it was on its way
        return
    row.tries_count += 1
    again_at = None if outcome.succeeded else next_try(outcome, row.tries_count, chance)
    if outcome.succeeded:
        row.state = DELIVERY.after(DeliveryState.PENDING, DeliveryStep.SUCCEED)
    elif again_at is None:
        row.state = DELIVERY.after(DeliveryState.PENDING, DeliveryStep.EXHAUST)
    else:
        row.next_at = again_at


def _judge(endpoint: EndpointRow, outcome: Outcome, tx: Transaction) -> None:
    if outcome.succeeded:
        endpoint.failing_since = None
    elif endpoint.failing_since is None:
        endpoint.failing_since = outcome.at
    tx.session.add(endpoint)
    reason = GONE_REASON if outcome.is_gone else DEAD_REASON if is_dead(endpoint.failing_since, outcome.at) else ""
    if reason and endpoint.disabled_at is None and endpoint.deleted_at is None:
        endpoint.disabled_at, endpoint.disabled_reason = tx.now, reason
        store.give_up_on(tx.session, endpoint.id)
        tx.announce(
            EndpointDisabled(
                merchant_id=endpoint.merchant_id,
                shipment_id="",
                occurred_at=tx.now,
                endpoint_id=endpoint.id,
                url=endpoint.url,
                reason=reason,
            )
        )
