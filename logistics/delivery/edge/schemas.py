"""What travels about runs."""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from logistics.delivery.lifecycle import RunState, StopState, VisitState
from logistics.delivery.model import Outcome, StopKind
from logistics.delivery.proof import DATA_BYTES_MAX, Proof, ProofKind
from logistics.kit.edge.wire import FindingWire, MoneyWire, PointWire, WindowWire, Wire
from logistics.kit.errors import Invalid
from logistics.kit.media import media_type
from logistics.pickup.edge.schemas import At, CashIn, Labels, Reason

BASE64_CHARS_MAX = DATA_BYTES_MAX * 4 // 3 + 4
CODE_CHARS_MAX = 64


class ParcelWire(Wire):
    """One piece and who has it by the book."""

    id: str
    label: str
    holder: str


class VisitOut(Wire):
    """One shipment at a stop. Of the recipient's phone the last four digits are shown."""

    shipment_id: str
    tracking_no: str
    recipient_name: str
    phone_masked: str
    parcels: list[ParcelWire]
    cod_due: MoneyWire | None
    state: VisitState
    note: str


class StopOut(Wire):
    """One halt: planned, expected and actual side by side; ``expected`` is the window told to who waits."""

    no: int
    kind: StopKind
    state: StopState
    point: PointWire
    address: str
    site_id: str
    planned_start_at: datetime
    planned_end_at: datetime
    expected_start_at: datetime
    expected: WindowWire
    stops_before: int
    actual_at: datetime | None
    visits: list[VisitOut]


class RunCash(Wire):
    """Cash of a run: taken at the doors, and handed in at the depot. Card and QR money is in neither."""

    taken: MoneyWire
    handed_in: MoneyWire


class RunSummary(Wire):
    """A run at a glance."""

    id: str
    plan_id: str
    vehicle_id: str
    vehicle_name: str
    driver_name: str
    depot_id: str
    on: date
    state: RunState
    planned_start_at: datetime
    planned_end_at: datetime
    departed_at: datetime | None
    finished_at: datetime | None
    stops_count: int
    stops_done: int
    visits_count: int
    cash: RunCash


class RunOut(RunSummary):
    """A run with all its stops; ``aboard`` lists the labels that are on the vehicle now."""

    stops: list[StopOut]
    aboard: list[str]


class ReleasedOut(Wire):
    """The runs a plan became; ``findings``: what was left to a carrier and not handed over, for it waits no more."""

    runs: list[RunSummary]
    findings: list[FindingWire]


class LabelsIn(Wire):
    """Labels that were scanned."""

    labels: Labels
    at: At = None


class AtIn(Wire):
    """When it happened, if not just now."""

    at: At = None


class ScannedOut(Wire):
    """Labels that were accepted, and what is wrong with the others."""

    accepted: list[str]
    findings: list[FindingWire]


class LoadingOut(Wire):
    """How loading stands: labels on board, labels still missing, and what is wrong with the scan."""

    loaded: list[str]
    missing: list[str]
    findings: list[FindingWire]


class ProofIn(Wire):
    """A proof: for signature and photo a picture in base 64, for a code its letters; data may be left out."""

    kind: ProofKind = ProofKind.NONE
    data: Annotated[str, Field(max_length=BASE64_CHARS_MAX)] | None = None

    def to_proof(self) -> Proof:
        """Return the proof as the house keeps it."""
        if not self.data:
            return Proof(self.kind)
        if self.kind is ProofKind.CODE:
            return Proof(self.kind, "text/plain", self.data[:CODE_CHARS_MAX].encode())
        try:
            data = base64.b64decode(self.data.partition("base64,")[2] or self.data, validate=True)
        except binascii.Error:
            raise Invalid("proof.data", "is not base 64", "a picture in base 64") from None
        return Proof(self.kind, media_type(data), data)


class AttemptIn(Wire):
    """What happened at a visit. ``parcel_ids``: for a part delivery, what was handed over."""

    shipment_id: Annotated[str, Field(max_length=64)]
    outcome: Outcome
    reason: Reason | None = None
    parcel_ids: Annotated[list[str], Field(max_length=50)] = Field(default_factory=list)
    to_whom: Annotated[str, Field(max_length=100, description="`neighbour` needs the recipient's consent")] = ""
    proof: ProofIn = ProofIn()
    cash: CashIn | None = None
    at: At = None


class AttemptOut(Wire):
    """An attempt as it was recorded."""

    id: str
    run_id: str
    shipment_id: str
    outcome: Outcome
    reason: str
    to_whom: str
    parcel_ids: list[str]
    proof_kind: ProofKind
    at: datetime
    received_at: datetime


class HandInIn(Wire):
    """A run's cash as counted at the depot."""

    amount: MoneyWire
    at: At = None


class HandInOut(Wire):
    """What was counted, what the receipts say, and what is too much (below zero: missing)."""

    expected: MoneyWire
    amount: MoneyWire
    difference: MoneyWire
