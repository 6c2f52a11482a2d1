"""News of shipments."""

from __future__ import annotations

from dataclasses import dataclass

from logistics.kit.money import Money
from logistics.kit.news import News


@dataclass(frozen=True, kw_only=True)
class ShipmentAccepted(News):
    """We took on a shipment; ``cod_due`` is the money to be taken at handover, if any."""

    tracking_no: str
    order_ref: str
    cod_due: Money | None


@dataclass(frozen=True, kw_only=True)
class ShipmentCancelled(News):
    """The merchant (or we) called it off before it left."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ConsentRecorded(News):
    """The recipient gave or withdrew a permission."""

    kind: str
    granted: bool
    channel: str
