"""Routes of webhooks: endpoints, and the log of what was sent to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session

from logistics.access.edge.guard import allow
from logistics.access.edge.handlers import own_merchant
from logistics.access.model import Principal
from logistics.kit.edge.clock import system_now
from logistics.kit.edge.egress import Egress
from logistics.kit.edge.http import Ctx, Paging, Reading, Tx, problems
from logistics.kit.edge.wire import Page
from logistics.merchants.edge import store as merchants
from logistics.webhooks.edge import handlers, store
from logistics.webhooks.edge.handlers import NewEndpoint
from logistics.webhooks.edge.schemas import (
    AttemptOut,
    CountOut,
    DeliveryOut,
    EndpointIn,
    EndpointOut,
    MessageOut,
    NewEndpointOut,
    ReplayIn,
    SecretOut,
)
from logistics.webhooks.edge.tables import AttemptRow, DeliveryRow, EndpointRow, MessageRow
from logistics.webhooks.retry import DeliveryState

router = APIRouter(prefix="/v1", tags=["webhooks"])
Reader = Annotated[Principal, Depends(allow("webhooks.read"))]
Writer = Annotated[Principal, Depends(allow("webhooks.write"))]
OfMerchant = Annotated[str, Query(max_length=64, description="for staff: whose; a merchant need not name itself")]


@router.post("/webhook-endpoints", status_code=201, responses=problems(404, 409))
def create_endpoint(body: EndpointIn, ctx: Ctx, tx: Tx, who: Writer, merchant_id: OfMerchant = "") -> NewEndpointOut:
    """Take on an endpoint. Keep its secret: it is shown this once, and verifies every message."""
    owner = own_merchant(who, merchant_id)
    merchants.get_merchant(tx.session, owner)
    url = Egress(loopback=ctx.settings.egress_loopback).check_url(body.url)
    row, secret = handlers.create_endpoint(NewEndpoint(owner, url, body.types, body.description), tx=tx)
    return NewEndpointOut(**_endpoint(row).model_dump(), secret=secret)


@router.get("/webhook-endpoints", responses=problems())
def list_endpoints(session: Reading, who: Reader, merchant_id: OfMerchant = "") -> list[EndpointOut]:
    """List the endpoints, oldest first."""
    return [_endpoint(row) for row in store.list_endpoints(session, merchant_id=_whose(who, merchant_id))]


@router.get("/webhook-endpoints/{endpoint_id}", responses=problems(404))
def get_endpoint(endpoint_id: str, session: Reading, who: Reader) -> EndpointOut:
    """Show an endpoint, and whether it is failing or disabled."""
    return _endpoint(store.get_endpoint(session, endpoint_id, merchant_id=who.merchant_id))


@router.delete("/webhook-endpoints/{endpoint_id}", status_code=204, responses=problems(404))
def delete_endpoint(endpoint_id: str, tx: Tx, who: Writer) -> None:
    """Tell nothing more to an endpoint."""
    handlers.delete_endpoint(store.get_endpoint(tx.session, endpoint_id, merchant_id=who.merchant_id), tx=tx)


@router.post("/webhook-endpoints/{endpoint_id}/rotate", responses=problems(404))
def rotate_secret(endpoint_id: str, tx: Tx, who: Writer) -> SecretOut:
    """Change the secret; for 24 hours messages carry a signature by the old one, too."""
    row = store.get_endpoint(tx.session, endpoint_id, merchant_id=who.merchant_id)
    secret = handlers.rotate(row, tx=tx)
    return SecretOut(secret=secret, old_until=system_now() + handlers.OLD_SECRET_FOR)


@router.post("/webhook-endpoints/{endpoint_id}/enable", responses=problems(404))
def enable_endpoint(endpoint_id: str, tx: Tx, who: Writer) -> EndpointOut:
    """Tell an endpoint again that was disabled; replay what it missed."""
    row = store.get_endpoint(tx.session, endpoint_id, merchant_id=who.merchant_id)
    handlers.enable(row, tx=tx)
    return _endpoint(row)


@router.post("/webhook-endpoints/{endpoint_id}/test", status_code=202, responses=problems(404))
def send_test(endpoint_id: str, tx: Tx, who: Writer) -> MessageOut:
    """Send a message of type `webhook.test`; `GET /v1/webhook-messages` shows how it fared."""
    row = store.get_endpoint(tx.session, endpoint_id, merchant_id=who.merchant_id)
    return _messages(tx.session, [handlers.send_test(row, tx=tx)])[0]


@router.post("/webhook-endpoints/{endpoint_id}/replay", status_code=202, responses=problems(404, 409))
def replay(endpoint_id: str, body: ReplayIn, tx: Tx, who: Writer) -> CountOut:
    """Send again what was made since a moment: all that the endpoint wants, or what it was given up for."""
    row = store.get_endpoint(tx.session, endpoint_id, merchant_id=who.merchant_id)
    again = handlers.replay_failed if body.only_failed else handlers.replay_all
    return CountOut(count=again(row, body.since, tx=tx))


@router.get("/webhook-messages", responses=problems())
def list_messages(
    session: Reading,
    paging: Paging,
    who: Reader,
    merchant_id: OfMerchant = "",
    endpoint_id: Annotated[str, Query(max_length=64)] = "",
    state: Annotated[DeliveryState | None, Query(description="only those that stand so with an endpoint")] = None,
    type_name: Annotated[str, Query(alias="type", max_length=64)] = "",
) -> Page[MessageOut]:
    """List messages with every try, newest first; they are kept 30 days."""
    rows = store.list_messages(
        session,
        merchant_id=_whose(who, merchant_id),
        endpoint_id=endpoint_id,
        state=state or "",
        type_name=type_name,
        after=paging.after,
        limit=paging.limit,
    )
    return Page(items=_messages(session, rows), next_cursor=rows[-1].id if len(rows) == paging.limit else None)


@router.get("/webhook-messages/{message_id}", responses=problems(404))
def get_message(message_id: str, session: Reading, who: Reader) -> MessageOut:
    """Show a message with every try."""
    return _messages(session, [store.get_message(session, message_id, merchant_id=who.merchant_id)])[0]


@router.post("/webhook-messages/{message_id}/resend", status_code=202, responses=problems(404, 409))
def resend(message_id: str, tx: Tx, who: Writer) -> CountOut:
    """Send a message again, with its old id, to every endpoint it went to."""
    row = store.get_message(tx.session, message_id, merchant_id=who.merchant_id)
    return CountOut(count=handlers.resend(row, tx=tx))


def _whose(who: Principal, merchant_id: str) -> str:
    """Return whose things are asked for; staff that names nobody asks for everybody's."""
    return own_merchant(who, merchant_id) if merchant_id or who.merchant_id else ""


def _endpoint(row: EndpointRow) -> EndpointOut:
    return EndpointOut.model_validate(row.model_dump(exclude={"secrets", "deleted_at"}))


def _messages(session: Session, rows: Sequence[MessageRow]) -> list[MessageOut]:
    ids = [row.id for row in rows]
    deliveries, attempts = store.list_deliveries(session, ids), store.list_attempts(session, ids)
    return [
        MessageOut(
            id=row.id,
            type=row.type,
            shipment_id=row.shipment_id,
            created_at=row.created_at,
            body=row.body,
            deliveries=[_delivery(one, attempts.get((row.id, one.endpoint_id), [])) for one in deliveries[row.id]],
        )
        for row in rows
    ]


def _delivery(row: DeliveryRow, attempts: Sequence[AttemptRow]) -> DeliveryOut:
    return DeliveryOut(
        endpoint_id=row.endpoint_id,
        state=DeliveryState(row.state),
        next_at=row.next_at if row.state == DeliveryState.PENDING else None,
        attempts=[AttemptOut(at=one.at, status=one.status, ms=one.took_ms, error=one.error) for one in attempts],
    )
