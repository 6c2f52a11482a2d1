"""What each piece of news means in the story: a kind, a public word, a reason, what fills the line.

One function a kind of news, one table below. Carriers' own codes were turned into public words by `carriers`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from logistics.carriers.events import (
    CarrierCashCollected,
    CarrierReported,
    ConsignmentBooked,
    ConsignmentFailed,
    HandedToCarrier,
)
from logistics.delivery.events import (
    CashTaken,
    DeliveryFailed,
    DeliveryRefused,
    HandedToServicePoint,
    ParcelsLoaded,
    ParcelsReceived,
    PartDelivered,
    RestGivenBack,
    ReturnedToDepot,
    ReturnedToMerchant,
    ShipmentDelivered,
    ShipmentDeparted,
    ShipmentPlanned,
    ShipmentUnplanned,
    StopArrived,
)
from logistics.kit.money import Money
from logistics.kit.news import News
from logistics.modes.events import ModeChosen
from logistics.pickup.events import (
    ArrivedAtServicePoint,
    LeftServicePoint,
    PickedUp,
    PickupExpired,
    PickupRefused,
    ReadyForPickup,
    TillCashTaken,
)
from logistics.shipments.events import ConsentRecorded, ShipmentAccepted, ShipmentCancelled
from logistics.tracking.model import Sighting, Status

OWN = "own"
MERCHANT = "merchant"
RECIPIENT_REFUSED = "recipient_refused"
RECIPIENT_EXPIRED = "recipient_did_not_collect"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where news plays: the name of its place, whether the goods are on their way back, whether to a store."""

    place: str = ""
    is_returning: bool = False
    is_to_store: bool = False


def sighting_of(news: News, scene: Scene) -> Sighting:
    """Return what the news says; news that is in no table is a programmer's error."""
    return TABLE[type(news)](news, scene)


def _say(news: News, scene: Scene, kind: str, status: str = "", /, **more: Any) -> Sighting:
    """Say something in the house's own name; ``source`` and ``reason`` are set apart, the rest are params."""
    source, reason = str(more.pop("source", OWN)), str(more.pop("reason", ""))
    return Sighting(
        source=source,
        key=f"{kind}:{_fingerprint(news)}",
        kind=kind,
        occurred_at=news.occurred_at,
        status=status,
        reason=reason,
        place=scene.place,
        params=more,
    )


def _fingerprint(news: News) -> str:
    """Name our own news by all it says: said twice it is one event."""
    said = json.dumps(asdict(news), sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _accepted(news: ShipmentAccepted, scene: Scene) -> Sighting:
    return _say(news, scene, "accepted", Status.PENDING, source=MERCHANT)


def _cancelled(news: ShipmentCancelled, scene: Scene) -> Sighting:
    return _say(news, scene, "cancelled", Status.CANCELLED, source=MERCHANT, reason=news.reason)


def _consent(news: ConsentRecorded, scene: Scene) -> Sighting:
    return _say(news, scene, "consent", kind_of=news.kind, granted=news.granted, channel=news.channel)


def _mode_chosen(news: ModeChosen, scene: Scene) -> Sighting:
    return _say(news, scene, "mode_chosen", mode=news.mode, carrier=news.carrier, **_amount(news.price))


def _received(news: ParcelsReceived, scene: Scene) -> Sighting:
    if scene.is_returning:
        return _say(news, scene, "returned_to_depot", Status.RETURN_TO_SENDER)
    return _say(news, scene, "received", Status.PICKED_UP)


def _planned(news: ShipmentPlanned, scene: Scene) -> Sighting:
    start, end = news.planned_start_at.isoformat(), news.planned_end_at.isoformat()
    return _say(news, scene, "planned", start=start, end=end, run_id=news.run_id)


def _unplanned(news: ShipmentUnplanned, scene: Scene) -> Sighting:
    return _say(news, scene, "unplanned", run_id=news.run_id, why=news.reason)


def _loaded(news: ParcelsLoaded, scene: Scene) -> Sighting:
    return _say(news, scene, "loaded", Status.IN_TRANSIT, run_id=news.run_id)


def _departed(news: ShipmentDeparted, scene: Scene) -> Sighting:
    status = Status.IN_TRANSIT if scene.is_to_store else Status.OUT_FOR_DELIVERY
    return _say(news, scene, "departed", status, run_id=news.run_id, vehicle_id=news.vehicle_id)


def _arrived(news: StopArrived, scene: Scene) -> Sighting:
    return _say(news, scene, "arrived", run_id=news.run_id)


def _delivered(news: ShipmentDelivered, scene: Scene) -> Sighting:
    return _say(news, scene, "delivered", Status.DELIVERED, to_whom=news.to_whom, proof=news.proof_kind)


def _part_delivered(news: PartDelivered, scene: Scene) -> Sighting:
    delivered, returned = len(news.delivered_parcel_ids), len(news.returned_parcel_ids)
    return _say(news, scene, "part_delivered", Status.DELIVERED, delivered_count=delivered, returned_count=returned)


def _failed(news: DeliveryFailed, scene: Scene) -> Sighting:
    return _say(news, scene, "failed", Status.DELIVERY_FAILED, reason=news.reason)


def _refused(news: DeliveryRefused, scene: Scene) -> Sighting:
    return _say(news, scene, "refused", Status.DELIVERY_FAILED, reason=news.reason or RECIPIENT_REFUSED)


def _handed_to_service_point(news: HandedToServicePoint, scene: Scene) -> Sighting:
    return _say(news, scene, "handed_to_service_point", Status.IN_TRANSIT)


def _returned_to_depot(news: ReturnedToDepot, scene: Scene) -> Sighting:
    return _say(news, scene, "returned_to_depot", Status.RETURN_TO_SENDER if scene.is_returning else "")


def _returned_to_merchant(news: ReturnedToMerchant, scene: Scene) -> Sighting:
    return _say(news, scene, "returned_to_merchant", Status.RETURNED)


def _rest_given_back(news: RestGivenBack, scene: Scene) -> Sighting:
    return _say(news, scene, "rest_given_back", returned_count=len(news.parcel_ids))


def _cash(news: CashTaken | TillCashTaken, scene: Scene) -> Sighting:
    return _say(news, scene, "paid", means=news.means, **_amount(news.amount))


def _carrier_cash(news: CarrierCashCollected, scene: Scene) -> Sighting:
    return _say(news, scene, "paid", carrier=news.carrier, **_amount(news.amount))


def _at_service_point(news: ArrivedAtServicePoint, scene: Scene) -> Sighting:
    return _say(news, scene, "at_service_point", Status.IN_TRANSIT)


def _ready(news: ReadyForPickup, scene: Scene) -> Sighting:
    return _say(news, scene, "ready_for_pickup", Status.READY_FOR_PICKUP, keep_until=news.keep_until.isoformat())


def _fetched(news: PickedUp, scene: Scene) -> Sighting:
    return _say(news, scene, "fetched", Status.DELIVERED, to_whom=news.to_whom)


def _expired(news: PickupExpired, scene: Scene) -> Sighting:
    return _say(news, scene, "pickup_expired", Status.RETURN_TO_SENDER, reason=RECIPIENT_EXPIRED)


def _pickup_refused(news: PickupRefused, scene: Scene) -> Sighting:
    return _say(news, scene, "pickup_refused", Status.DELIVERY_FAILED, reason=news.reason or RECIPIENT_REFUSED)


def _left_service_point(news: LeftServicePoint, scene: Scene) -> Sighting:
    return _say(news, scene, "left_service_point", Status.RETURN_TO_SENDER)


def _booked(news: ConsignmentBooked, scene: Scene) -> Sighting:
    return _say(news, scene, "carrier_booked", carrier=news.carrier, waybill_no=news.waybill_no)


def _booking_failed(news: ConsignmentFailed, scene: Scene) -> Sighting:
    return _say(news, scene, "booking_failed", carrier=news.carrier, reason=news.reason)


def _handed_to_carrier(news: HandedToCarrier, scene: Scene) -> Sighting:
    return _say(news, scene, "handed_to_carrier", Status.PICKED_UP, carrier=news.carrier, waybill_no=news.waybill_no)


def _carrier(news: CarrierReported, _scene: Scene) -> Sighting:
    said = Sighting(
        source=f"carrier:{news.carrier}",
        key=news.source_key,
        kind=f"carrier.{news.status}",
        occurred_at=news.occurred_at,
        status=news.status,
        reason=news.reason,
        place=news.place,
        source_seq=news.sequence,
        params={"carrier": news.carrier, "code": news.code, "text": news.text},
    )
    return _superseded(said) if news.superseded else said


def _superseded(said: Sighting) -> Sighting:
    """Take back what the source's newer list no longer has; both sayings stay in the log."""
    return Sighting(
        source=said.source,
        key=f"{said.key}/superseded",
        kind="superseded",
        occurred_at=said.occurred_at,
        source_seq=said.source_seq,
        supersedes=said.key,
    )


def _amount(money: Money) -> dict[str, Any]:
    return {"amount_minor": money.amount_minor, "currency": money.currency}


TABLE: Mapping[type[News], Callable[[Any, Scene], Sighting]] = {
    ShipmentAccepted: _accepted,
    ShipmentCancelled: _cancelled,
    ConsentRecorded: _consent,
    ModeChosen: _mode_chosen,
    ParcelsReceived: _received,
    ShipmentPlanned: _planned,
    ShipmentUnplanned: _unplanned,
    ParcelsLoaded: _loaded,
    ShipmentDeparted: _departed,
    StopArrived: _arrived,
    ShipmentDelivered: _delivered,
    PartDelivered: _part_delivered,
    DeliveryFailed: _failed,
    DeliveryRefused: _refused,
    HandedToServicePoint: _handed_to_service_point,
    ReturnedToDepot: _returned_to_depot,
    ReturnedToMerchant: _returned_to_merchant,
    RestGivenBack: _rest_given_back,
    CashTaken: _cash,
    TillCashTaken: _cash,
    ArrivedAtServicePoint: _at_service_point,
    ReadyForPickup: _ready,
    PickedUp: _fetched,
    PickupExpired: _expired,
    PickupRefused: _pickup_refused,
    LeftServicePoint: _left_service_point,
    ConsignmentBooked: _booked,
    ConsignmentFailed: _booking_failed,
    HandedToCarrier: _handed_to_carrier,
    CarrierReported: _carrier,
    CarrierCashCollected: _carrier_cash,
}
