"""The messages as the API description's ``webhooks`` section shows them: one model for the data of each type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, FastAPI, Header
from pydantic import BaseModel, Field

from logistics.kit.edge.wire import MoneyWire, Wire

D = TypeVar("D", bound=BaseModel)
Seq = Annotated[int, Field(description="dense per shipment; a gap is closed by GET /v1/events")]


class EtaData(Wire):
    """When we expect to be there."""

    start: datetime
    end: datetime


class CreatedData(Wire):
    """A shipment was taken on."""

    shipment_id: str
    tracking_no: str
    order_ref: str
    cod_due: MoneyWire | None


class CancelledData(Wire):
    """A shipment was called off."""

    shipment_id: str
    reason: str


class ModeChosenData(Wire):
    """How it will travel, and why not otherwise."""

    shipment_id: str
    mode: str
    site_id: str
    carrier: str
    price: MoneyWire
    reasons: list[str]


class StatusChangedData(Wire):
    """The public word changed, or something lies over it (`on_hold`, `delayed`) or no longer."""

    shipment_id: str
    shipment_seq: Seq
    status: str
    previous: str
    overlay: str
    milestone: int
    reason: str
    eta: EtaData | None


class CodTakenData(Wire):
    """Money was taken at the handover, by a `driver`, a `till` or a `carrier`."""

    shipment_id: str
    receipt_id: str
    amount: MoneyWire
    means: str
    taken_by: str


class CodRemittedData(Wire):
    """COD money was passed on; `fees` were kept back of what was taken."""

    remittance_id: str
    amount: MoneyWire
    fees: MoneyWire
    shipment_count: int


class StatementReadyData(Wire):
    """A month's statement will not change any more: GET /v1/statements."""

    statement_id: str
    from_on: date
    to_on: date
    total: MoneyWire


class TestData(Wire):
    """A message that says nothing, sent on demand."""

    endpoint_id: str


class Message(BaseModel, Generic[D]):
    """What is posted: the type, when it happened, and what there is to know."""

    type: str
    timestamp: datetime
    data: D


DATA: Mapping[str, type[Wire]] = {
    "shipment.created": CreatedData,
    "shipment.mode_chosen": ModeChosenData,
    "shipment.status_changed": StatusChangedData,
    "shipment.cancelled": CancelledData,
    "cod.taken": CodTakenData,
    "cod.remitted": CodRemittedData,
    "statement.ready": StatementReadyData,
    "webhook.test": TestData,
}

Signed = Annotated[str, Header(description="`v1,<base64>` of HMAC-SHA256 over `id.timestamp.body`; several, by spaces")]
Named = Annotated[str, Header(description="the same on every try: know a message you have by it")]
Timed = Annotated[str, Header(description="unix seconds of this try; refuse what is older than five minutes")]


def describe(app: FastAPI) -> None:
    """Enter every type of message into the description of the app."""
    router = APIRouter(tags=["webhooks"])
    for name, data in DATA.items():
        router.post(name, status_code=204, name=name, description=data.__doc__)(_receives(data))
    app.webhooks.include_router(router)


def _receives(data: type[Wire]) -> Callable[..., None]:
    """Return what FastAPI reads a message's description from; nobody calls it, for we send these."""

    def receive(body: Any, webhook_id: Named, webhook_timestamp: Timed, webhook_signature: Signed) -> None:
        """Take a message."""

    receive.__annotations__["body"] = Message[data]  # type: ignore[valid-type]  # known only when it runs
    return receive
