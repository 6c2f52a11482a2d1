"""What settlement listens to: news becomes steps of money. The table at the end is the listener of ``wiring``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from logistics.carriers.events import CarrierCashCollected, CarrierCashRemitted
from logistics.delivery.events import CashHandedIn, CashTaken, DeliveryRefused, PartDelivered, ReturnedToMerchant
from logistics.kit.edge.db import Transaction
from logistics.kit.edge.outbox import Handler
from logistics.kit.news import News
from logistics.pickup.events import PickupExpired, PickupRefused, TillCashHandedIn, TillCashTaken
from logistics.settlement.charges import HappeningKind
from logistics.settlement.cod import HandIn, Receipt, Whose
from logistics.settlement.edge import charging, handlers
from logistics.settlement.edge.charging import What
from logistics.shipments.cod import Means
from logistics.shipments.events import ShipmentAccepted, ShipmentCancelled
from logistics.tracking.events import StatusChanged

# The public words that cost something, and those after which nobody will take money any more.
CHARGED = {"delivered": HappeningKind.DELIVERED, "returned": HappeningKind.RETURNED}
ENDING = frozenset({"return_to_sender", "returned", "cancelled", "lost"})


def on_accepted(news: ShipmentAccepted, tx: Transaction) -> None:
    """Book what the buyer is to pay."""
    if news.cod_due:
        handlers.owe(_whose(news), news.cod_due, news.occurred_at, tx=tx)


def on_cash_taken(news: CashTaken | TillCashTaken, tx: Transaction) -> None:
    """Book what a driver or a till took."""
    handlers.take(Receipt(news.receipt_id, _whose(news), news.amount, news.means, news.holder, news.occurred_at), tx=tx)


def on_carrier_collected(news: CarrierCashCollected, tx: Transaction) -> None:
    """Book what a carrier took: once a waybill."""
    receipt = Receipt(
        id=f"carrier:{news.carrier}:{news.waybill_no}",
        whose=_whose(news),
        amount=news.amount,
        means=Means.CASH,
        holder=f"carrier:{news.carrier}",
        taken_at=news.occurred_at,
    )
    handlers.take(receipt, tx=tx)


def on_carrier_remitted(news: CarrierCashRemitted, tx: Transaction) -> None:
    """Book what a carrier passed on to us."""
    handlers.receive_from_carrier(news.carrier, news.waybill_no, _whose(news), news.amount, news.occurred_at, tx=tx)


def on_cash_handed_in(news: CashHandedIn, tx: Transaction) -> None:
    """Book a run's cash."""
    name = f"{news.run_id}:{news.occurred_at.isoformat()}"
    handlers.hand_in(HandIn(name, news.holder, news.to, news.amount, news.expected, news.occurred_at), tx=tx)


def on_till_handed_in(news: TillCashHandedIn, tx: Transaction) -> None:
    """Book a till's cash."""
    name = f"{news.holder}:{news.occurred_at.isoformat()}"
    handlers.hand_in(HandIn(name, news.holder, news.to, news.amount, news.expected, news.occurred_at), tx=tx)


def on_ended(
    news: DeliveryRefused | PartDelivered | ReturnedToMerchant | PickupExpired | PickupRefused | ShipmentCancelled,
    tx: Transaction,
) -> None:
    """Book as void what will not be taken any more."""
    handlers.end(_whose(news), type(news).__name__, news.occurred_at, tx=tx)


def on_status_changed(news: StatusChanged, tx: Transaction) -> None:
    """Charge a delivery or a return, whoever did it, and book as void what a returning shipment was to bring."""
    if news.status in CHARGED:
        what = What(
            key=f"{news.status}:{news.shipment_id}",
            kind=CHARGED[news.status],
            merchant_id=news.merchant_id,
            shipment_id=news.shipment_id,
            occurred_at=news.occurred_at,
        )
        charging.record(what, tx=tx)
    if news.status in ENDING:
        handlers.end(_whose(news), news.status, news.occurred_at, tx=tx)


def _whose(news: News) -> Whose:
    return Whose(news.shipment_id, news.merchant_id)


LISTENERS: Mapping[str, Mapping[type[News], Sequence[Handler]]] = {
    "settlement": {
        ShipmentAccepted: (on_accepted,),
        ShipmentCancelled: (on_ended,),
        CashTaken: (on_cash_taken,),
        CashHandedIn: (on_cash_handed_in,),
        DeliveryRefused: (on_ended,),
        PartDelivered: (on_ended,),
        ReturnedToMerchant: (on_ended,),
        TillCashTaken: (on_cash_taken,),
        TillCashHandedIn: (on_till_handed_in,),
        PickupExpired: (on_ended,),
        PickupRefused: (on_ended,),
        CarrierCashCollected: (on_carrier_collected,),
        CarrierCashRemitted: (on_carrier_remitted,),
        StatusChanged: (on_status_changed,),
    }
}
