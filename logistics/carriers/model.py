"""What passes between us and a carrier: an order to carry something, and what the carrier says happened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from logistics.kit.geo import Point
from logistics.kit.money import Money


@dataclass(frozen=True, slots=True)
class CarrierOrder:
    """What a carrier is asked to carry. ``reference`` is ours: the same one again is no second order."""

    reference: str
    recipient_name: str
    phone: str
    address: str
    point: Point | None
    weight_g: int
    volume_cm3: int
    labels: tuple[str, ...]
    cod: Money | None


@dataclass(frozen=True, slots=True)
class Booked:
    """A carrier took an order under a waybill."""

    waybill_no: str


@dataclass(frozen=True, slots=True)
class CarrierEvent:
    """One thing a carrier says. ``status`` is our word for it; ``sequence`` its place in the source's own order.

    ``code`` and ``text`` are the source's, as they came. ``place`` is a name, not a point.
    """

    source: str
    waybill_no: str
    code: str
    text: str
    place: str
    occurred_at: datetime
    sequence: int
    status: str
    reason: str = ""
    is_mapped: bool = True

    @property
    def key(self) -> str:
        """Name the event: the same thing said again, in whatever push, has the same key (SHA-256, hex)."""
        moment = self.occurred_at.astimezone(UTC).isoformat()
        parts = (self.source, self.waybill_no, self.code, moment, self.text, self.place)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    @property
    def order(self) -> tuple[datetime, int]:
        """Return where it stands in the story, as far as the source knows."""
        return self.occurred_at, self.sequence
