"""What travels about webhooks: endpoints, messages, and the messages themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from logistics.kit.edge.wire import Moment, Wire
from logistics.webhooks.retry import DeliveryState

Text = Annotated[str, Field(max_length=200)]


class EndpointIn(Wire):
    """Where to tell a merchant's systems; `types` empty: everything."""

    url: Annotated[str, Field(max_length=2048, examples=["https://shop.example/hooks/logistics"])]
    types: Annotated[tuple[Text, ...], Field(max_length=50, examples=[["shipment.status_changed"]])] = ()
    description: Text = ""


class EndpointOut(Wire):
    """An endpoint without its secret; `failing_since`: nothing but failures since then."""

    id: str
    merchant_id: str
    url: str
    types: list[str]
    description: str
    created_at: datetime
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_reason: str


class NewEndpointOut(EndpointOut):
    """An endpoint with its secret: shown this once."""

    secret: Annotated[str, Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])]


class SecretOut(Wire):
    """The new secret, shown this once; the old one signs beside it until `old_until`."""

    secret: str
    old_until: datetime


class AttemptOut(Wire):
    """One try: `status` is the answer's, 0 if there was none, and `error` says why."""

    at: datetime
    status: int
    ms: int
    error: str


class DeliveryOut(Wire):
    """A message on its way to one endpoint; `next_at` is when it is tried again."""

    endpoint_id: str
    state: DeliveryState
    next_at: datetime | None
    attempts: list[AttemptOut]


class MessageOut(Wire):
    """A message as it is sent, and how it fared."""

    id: str
    type: str
    shipment_id: str
    created_at: datetime
    body: str
    deliveries: list[DeliveryOut]


class ReplayIn(Wire):
    """From when on; `only_failed` leaves out what arrived or is still being tried."""

    since: Moment
    only_failed: bool = False


class CountOut(Wire):
    """How many are on their way again."""

    count: int
