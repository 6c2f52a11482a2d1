"""News of pickup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from logistics.kit.money import Money
from logistics.kit.news import News


@dataclass(frozen=True, kw_only=True)
class ArrivedAtServicePoint(News):
    """All parcels of a shipment are at the service point."""

    site_id: str
    keep_until: datetime


@dataclass(frozen=True, kw_only=True)
class ReadyForPickup(News):
    """The recipient can come, until ``keep_until``; the code is shown on the public page."""

    site_id: str
    keep_until: datetime


@dataclass(frozen=True, kw_only=True)
class PickedUp(News):
    """The recipient (or whoever came with the code) has it."""

    site_id: str
    to_whom: str


@dataclass(frozen=True, kw_only=True)
class PickupExpired(News):
    """Nobody came in time; it goes back."""

    site_id: str


@dataclass(frozen=True, kw_only=True)
class PickupRefused(News):
    """The recipient came and did not want it; it goes back. ``reason`` is prefixed by the responsible party."""

    site_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LeftServicePoint(News):
    """What was not collected has left the service point for the depot."""

    site_id: str


@dataclass(frozen=True, kw_only=True)
class TillCashTaken(News):
    """Money was taken at the counter; ``means`` is cash, card or qr, ``holder`` is ``till:<site_id>``."""

    receipt_id: str
    amount: Money
    means: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class TillCashHandedIn(News):
    """A till's cash changed hands, for no single shipment: ``amount`` was counted, ``expected`` was owed."""

    amount: Money
    expected: Money
    holder: str
    to: str
