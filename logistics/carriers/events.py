"""News of carriers."""

from __future__ import annotations

from dataclasses import dataclass

from logistics.kit.money import Money
from logistics.kit.news import News


@dataclass(frozen=True, kw_only=True)
class ConsignmentBooked(News):
    """A carrier took a shipment under a waybill; ``expected_cost`` is what its rate card makes of it."""

    carrier: str
    waybill_no: str
    expected_cost: Money


@dataclass(frozen=True, kw_only=True)
class ConsignmentFailed(News):
    """A carrier did not take a shipment: it refused, or was not to be reached for too long."""

    carrier: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandedToCarrier(News):
    """Parcels changed hands at a depot: the carrier has them now."""

    carrier: str
    waybill_no: str
    site_id: str
    parcel_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CarrierReported(News):
    """A carrier said that something happened.

    ``status`` is a public word, an overlay, or ``unknown``; ``code`` and ``text`` are the source's own;
    ``source_key`` names this saying, ``sequence`` its place in the source's order. ``superseded``: a newer list of
    the source no longer has what was told under this very key; it is history and told no more. What is said again
    after that comes under a key of its own.
    """

    carrier: str
    waybill_no: str
    source: str
    code: str
    status: str
    reason: str
    text: str
    place: str
    source_key: str
    sequence: int
    superseded: bool


@dataclass(frozen=True, kw_only=True)
class CarrierCashCollected(News):
    """A carrier delivered a shipment with COD and holds the money now."""

    carrier: str
    waybill_no: str
    amount: Money


@dataclass(frozen=True, kw_only=True)
class CarrierCashRemitted(News):
    """A carrier passed on to us the money of one waybill."""

    carrier: str
    waybill_no: str
    amount: Money
