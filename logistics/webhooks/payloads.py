"""Which news goes to merchants as which message, and which does not, and why not.

A message is thin: what happened, to which shipment, and what a receiver needs to decide whether to ask for more.
``ENTRIES`` has a line for every kind of news there is; a house test reads it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from logistics.carriers.events import CarrierCashCollected
from logistics.delivery.events import CashTaken
from logistics.kit.money import Money
from logistics.kit.news import News
from logistics.modes.events import ModeChosen
from logistics.pickup.events import TillCashTaken
from logistics.settlement.events import CodRemitted, StatementReady
from logistics.shipments.events import ShipmentAccepted, ShipmentCancelled
from logistics.tracking.events import StatusChanged

BODY_BYTES_MAX = 20_000
TEST_TYPE = "webhook.test"

Data: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """News that becomes a message of a type; ``build`` makes its data."""

    type: str
    build: Callable[[Any], Data]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why news becomes no message."""

    text: str


def body_of(entry: Entry, news: News) -> bytes:
    """Write the message of one piece of news: ``type``, ``timestamp`` (when it happened) and ``data``."""
    return write_body(entry.type, news.occurred_at, entry.build(news))


def write_body(type_name: str, at: datetime, data: Data) -> bytes:
    """Write a message; one that is too long is a programmer's error, for a receiver may cut it off."""
    whole = {"type": type_name, "timestamp": at, "data": data}
    body = json.dumps(whole, default=_text, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(body) <= BODY_BYTES_MAX, f"a message of type {type_name} has {len(body)} bytes"
    return body


def _text(value: date) -> str:
    """Write a moment as RFC 3339 in UTC, a day as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat()


def _accepted(news: ShipmentAccepted) -> Data:
    return {
        **_shipment(news),
        "tracking_no": news.tracking_no,
        "order_ref": news.order_ref,
        "cod_due": _money(news.cod_due) if news.cod_due else None,
    }


def _mode_chosen(news: ModeChosen) -> Data:
    return {
        **_shipment(news),
        "mode": news.mode,
        "site_id": news.site_id,
        "carrier": news.carrier,
        "price": _money(news.price),
        "reasons": list(news.reasons),
    }


def _status_changed(news: StatusChanged) -> Data:
    eta = {"start": news.eta_start, "end": news.eta_end} if news.eta_start and news.eta_end else None
    return {
        **_shipment(news),
        "shipment_seq": news.seq,
        "status": news.status,
        "previous": news.previous,
        "overlay": news.overlay,
        "milestone": news.milestone,
        "reason": news.reason,
        "eta": eta,
    }


def _cancelled(news: ShipmentCancelled) -> Data:
    return {**_shipment(news), "reason": news.reason}


def _cash_taken(news: CashTaken | TillCashTaken) -> Data:
    by = news.holder.partition(":")[0]
    return {
        **_shipment(news),
        "receipt_id": news.receipt_id,
        "amount": _money(news.amount),
        "means": news.means,
        "taken_by": by,
    }


def _carrier_collected(news: CarrierCashCollected) -> Data:
    return {
        **_shipment(news),
        "receipt_id": news.waybill_no,
        "amount": _money(news.amount),
        "means": "cash",
        "taken_by": "carrier",
    }


def _remitted(news: CodRemitted) -> Data:
    return {
        "remittance_id": news.remittance_id,
        "amount": _money(news.amount),
        "fees": _money(news.fees),
        "shipment_count": news.shipment_count,
    }


def _statement_ready(news: StatementReady) -> Data:
    return {
        "statement_id": news.statement_id,
        "from_on": news.from_on,
        "to_on": news.to_on,
        "total": _money(news.total),
    }


def _shipment(news: News) -> Data:
    return {"shipment_id": news.shipment_id}


def _money(money: Money) -> Data:
    return {"amount_minor": money.amount_minor, "currency": money.currency}


_TOLD_AS_STATUS = Reason("shipment.status_changed tells it, if it changes the public word")
_OURS = Reason("how the house works, not what becomes of the shipment")
_MONEY_OF_OURS = Reason("who of us holds the money; GET /v1/merchants/{id}/cod shows it")

ENTRIES: Mapping[str, Entry | Reason] = {
    # shipments
    "ShipmentAccepted": Entry("shipment.created", _accepted),
    "ShipmentCancelled": Entry("shipment.cancelled", _cancelled),
    "ConsentRecorded": Reason("the recipient's word to us; GET /v1/shipments/{id} shows what follows from it"),
    # choosing
    "ModeChosen": Entry("shipment.mode_chosen", _mode_chosen),
    # delivering
    "ParcelsReceived": _TOLD_AS_STATUS,
    "ShipmentPlanned": Reason("a plan may change until the vehicle leaves; the promise is in the shipment"),
    "ShipmentUnplanned": Reason("it will be planned anew; the promise is in the shipment"),
    "ParcelsLoaded": _TOLD_AS_STATUS,
    "ShipmentDeparted": _TOLD_AS_STATUS,
    "ExpectedTimesMoved": Reason("moves every few minutes; the tracking page and the live feed show it"),
    "StopArrived": _TOLD_AS_STATUS,
    "ShipmentDelivered": _TOLD_AS_STATUS,
    "PartDelivered": _TOLD_AS_STATUS,
    "DeliveryFailed": _TOLD_AS_STATUS,
    "DeliveryRefused": _TOLD_AS_STATUS,
    "HandedToServicePoint": _TOLD_AS_STATUS,
    "CashTaken": Entry("cod.taken", _cash_taken),
    "CashHandedIn": _MONEY_OF_OURS,
    "ReturnedToDepot": _TOLD_AS_STATUS,
    "ReturnedToMerchant": _TOLD_AS_STATUS,
    "RestGivenBack": Reason("the merchant stands there and takes it"),
    # pickup
    "ArrivedAtServicePoint": _TOLD_AS_STATUS,
    "ReadyForPickup": _TOLD_AS_STATUS,
    "PickedUp": _TOLD_AS_STATUS,
    "PickupExpired": _TOLD_AS_STATUS,
    "PickupRefused": _TOLD_AS_STATUS,
    "LeftServicePoint": _TOLD_AS_STATUS,
    "TillCashTaken": Entry("cod.taken", _cash_taken),
    "TillCashHandedIn": _MONEY_OF_OURS,
    # carriers
    "ConsignmentBooked": _OURS,
    "ConsignmentFailed": _OURS,
    "HandedToCarrier": _TOLD_AS_STATUS,
    "CarrierReported": _TOLD_AS_STATUS,
    "CarrierCashCollected": Entry("cod.taken", _carrier_collected),
    "CarrierCashRemitted": _MONEY_OF_OURS,
    # tracking
    "StatusChanged": Entry("shipment.status_changed", _status_changed),
    # settlement
    "CodRemitted": Entry("cod.remitted", _remitted),
    "StatementReady": Entry("statement.ready", _statement_ready),
    # webhooks
    "EndpointDisabled": Reason("the endpoint is what failed; GET /v1/webhook-endpoints shows it"),
}

TYPES: tuple[str, ...] = tuple(dict.fromkeys(entry.type for entry in ENTRIES.values() if isinstance(entry, Entry)))
