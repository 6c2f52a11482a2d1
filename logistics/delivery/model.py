"""What the rules of delivering look at: the door, what was tried there, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from logistics.delivery.proof import NO_PROOF, Proof
from logistics.kit.money import Money
from logistics.shipments.cod import Taken


class StopKind(StrEnum):
    """Whose door it is: the recipient's, or a service point's."""

    DOOR = "door"
    SERVICE_POINT = "service_point"


class Outcome(StrEnum):
    """How an attempt ended."""

    DELIVERED = "delivered"
    PART = "part"
    FAILED = "failed"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Visit:
    """A shipment at a stop of a run: its parcels on board, what is due for all of them, what its recipient allowed."""

    run_id: str
    vehicle_id: str
    stop_no: int
    kind: StopKind
    site_id: str  # the service point; empty at a door
    merchant_id: str
    shipment_id: str
    parcel_ids: tuple[str, ...]
    cod_due: Money
    neighbour_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a driver says happened at a visit. ``parcel_ids`` names what was handed over, for a part delivery."""

    id: str
    outcome: Outcome
    at: datetime
    reason: str = ""
    parcel_ids: tuple[str, ...] = ()
    to_whom: str = ""
    proof: Proof = NO_PROOF
    taken: Taken | None = None
