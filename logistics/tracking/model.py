"""What is known of a shipment's way: events that never change, and the public words they fold into.

Decides the words and their ranks. Does not decide which event counts (`timeline`) nor who may read it (`privacy`).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Status(StrEnum):
    """The public words, in the spelling the outside world knows."""

    PENDING = "pending"
    PICKED_UP = "picked_up"  # a carrier or we took the goods over; not the recipient's pickup
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERY_FAILED = "delivery_failed"
    READY_FOR_PICKUP = "ready_for_pickup"
    RETURN_TO_SENDER = "return_to_sender"
    DELIVERED = "delivered"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    LOST = "lost"


# The rank only breaks ties between events of the same moment: the farther along wins.
RANKS: Mapping[str, int] = {
    Status.PENDING: 10,
    Status.PICKED_UP: 20,
    Status.IN_TRANSIT: 30,
    Status.OUT_FOR_DELIVERY: 50,
    Status.DELIVERY_FAILED: 52,
    Status.READY_FOR_PICKUP: 55,
    Status.RETURN_TO_SENDER: 70,
    Status.DELIVERED: 90,
    Status.RETURNED: 95,
    Status.CANCELLED: 95,
    Status.LOST: 95,
}
TERMINAL = frozenset({Status.DELIVERED, Status.RETURNED, Status.CANCELLED, Status.LOST})

ON_HOLD, DELAYED = "on_hold", "delayed"
OVERLAYS = frozenset({ON_HOLD, DELAYED})  # lie over a status until it moves; no states
OVERLAY_RANK = 100  # an overlay of the same moment lies over the status, not under it
UNKNOWN = "unknown"  # a source said something that is in no table: kept, shown to us, overwrites nothing

# The four public steps: announced, on its way, close, over.
MILESTONES: Mapping[Status, int] = {
    Status.PENDING: 0,
    Status.PICKED_UP: 1,
    Status.IN_TRANSIT: 1,
    Status.OUT_FOR_DELIVERY: 2,
    Status.DELIVERY_FAILED: 2,
    Status.READY_FOR_PICKUP: 2,
    Status.RETURN_TO_SENDER: 2,
    Status.DELIVERED: 3,
    Status.RETURNED: 3,
    Status.CANCELLED: 3,
    Status.LOST: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one source says happened, before it is an event of ours.

    ``source`` is ``own``, ``merchant`` or ``carrier:<code>``; ``key`` names the saying within its source and never
    means two things. ``kind`` is our word for it, ``status`` a public word, an overlay, ``unknown``, or empty where
    the saying moves nothing. ``corrects`` allows it to leave a terminal status; ``supersedes`` names the key of an
    earlier saying of the same source that no longer holds. ``source_seq`` orders sayings of one source and moment.
    """

    source: str
    key: str
    kind: str
    occurred_at: datetime
    status: str = ""
    reason: str = ""
    place: str = ""
    source_seq: int = 0
    params: Mapping[str, Any] = field(default_factory=dict)
    corrects: bool = False
    supersedes: str = ""

    def body_hash(self) -> str:
        """Return a hash (SHA-256, hex) of all that is said, so that a double is told from a contradiction."""
        said = {
            "kind": self.kind,
            "occurred_at": self.occurred_at.timestamp(),
            "status": self.status,
            "reason": self.reason,
            "place": self.place,
            "source_seq": self.source_seq,
            "params": dict(self.params),
            "corrects": self.corrects,
            "supersedes": self.supersedes,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingEvent:
    """A saying as it stands in the log: never changed, never deleted.

    ``seq`` counts this shipment's events without a gap, from 1, in the order in which we heard of them;
    ``occurred_at`` is when it happened, ``received_at`` when we heard.
    """

    id: str
    shipment_id: str
    seq: int
    received_at: datetime
    said: Sighting

    @property
    def order_key(self) -> tuple[datetime, int, int, str, str]:
        """Return what orders events: when, then rank, then what the source says of itself.

        Our id and our time of hearing are left out: they depend on the order of arrival.
        """
        said = self.said
        return (said.occurred_at, rank_of(said.status), said.source_seq, said.source, said.key)


def rank_of(status: str) -> int:
    """Return the rank of a public word; overlays above all, words that move nothing below all."""
    return OVERLAY_RANK if status in OVERLAYS else RANKS.get(status, 0)
