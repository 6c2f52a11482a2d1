"""News of delivering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from logistics.kit.money import Money
from logistics.kit.news import News


@dataclass(frozen=True, kw_only=True)
class ParcelsReceived(News):
    """Parcels of a shipment came in at a depot."""

    site_id: str
    parcel_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ShipmentPlanned(News):
    """A run has the shipment; ``planned_start_at`` .. ``planned_end_at`` is the window promised to the recipient."""

    run_id: str
    stop_no: int
    planned_start_at: datetime
    planned_end_at: datetime
    kind: str


@dataclass(frozen=True, kw_only=True)
class ShipmentUnplanned(News):
    """The run does not take it along after all; it waits to be planned anew. ``reason``: not_loaded, run_cancelled."""

    run_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ParcelsLoaded(News):
    """Parcels of a shipment were scanned onto the vehicle."""

    run_id: str
    parcel_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ShipmentDeparted(News):
    """The vehicle left the depot with the whole shipment."""

    run_id: str
    vehicle_id: str


@dataclass(frozen=True, kw_only=True)
class ExpectedTimesMoved(News):
    """When we expect to be there now (earliest .. latest start), and how many stops come before."""

    run_id: str
    expected_start_at: datetime
    expected_end_at: datetime
    stops_before: int


@dataclass(frozen=True, kw_only=True)
class StopArrived(News):
    """The vehicle stands at the shipment's stop."""

    run_id: str
    stop_no: int


@dataclass(frozen=True, kw_only=True)
class ShipmentDelivered(News):
    """All of it was handed over at the door."""

    run_id: str
    attempt_id: str
    to_whom: str
    proof_kind: str


@dataclass(frozen=True, kw_only=True)
class PartDelivered(News):
    """Some parcels were handed over, the others come back; with that the shipment is done."""

    run_id: str
    attempt_id: str
    delivered_parcel_ids: tuple[str, ...]
    returned_parcel_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DeliveryFailed(News):
    """It could not be handed over; it will be tried again. ``reason`` is prefixed by the responsible party."""

    run_id: str
    attempt_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeliveryRefused(News):
    """The recipient did not want it; it goes back."""

    run_id: str
    attempt_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandedToServicePoint(News):
    """The driver left it with a service point, whose own scan makes it ready."""

    run_id: str
    site_id: str


@dataclass(frozen=True, kw_only=True)
class CashTaken(News):
    """Money was taken at the door; ``means`` is cash, card or qr, ``holder`` is ``driver:<vehicle_id>``."""

    receipt_id: str
    amount: Money
    means: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class CashHandedIn(News):
    """A run's cash changed hands, for no single shipment: ``amount`` was counted, ``expected`` was owed."""

    run_id: str
    amount: Money
    expected: Money
    holder: str
    to: str


@dataclass(frozen=True, kw_only=True)
class ReturnedToDepot(News):
    """A shipment that was not delivered is at the depot again, all of it."""

    run_id: str
    site_id: str


@dataclass(frozen=True, kw_only=True)
class ReturnedToMerchant(News):
    """All of a returning shipment was given back to its merchant."""

    site_id: str


@dataclass(frozen=True, kw_only=True)
class RestGivenBack(News):
    """Parcels of a shipment that is over (part delivered, cancelled) were given back to the merchant."""

    site_id: str
    parcel_ids: tuple[str, ...]
