"""What follows from an attempt: which parcels change hands, what must have been paid, how the shipment goes on.

| outcome | at | parcels | money | the shipment |
|---|---|---|---|---|
| delivered | door | all handed over | all that is due, exactly | is delivered |
| part | door | some handed over | their share (see ``cash``), exactly | is delivered, the rest returns |
| refused | door | stay on board | none | turns back to the merchant |
| failed | any | stay on board | none | waits to be planned anew |
| handed_over | service point | all in the store's hands | none: the store takes it | goes on with the store's scan |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from logistics.delivery.cash import due_for
from logistics.delivery.events import (
    CashTaken,
    DeliveryFailed,
    DeliveryRefused,
    HandedToServicePoint,
    PartDelivered,
    ShipmentDelivered,
)
from logistics.delivery.lifecycle import VisitStep
from logistics.delivery.model import Attempt, Outcome, StopKind, Visit
from logistics.delivery.proof import check_proof
from logistics.kit.errors import Conflict, Invalid
from logistics.kit.money import Money
from logistics.kit.news import News
from logistics.shipments.cod import check_taken
from logistics.shipments.lifecycle import ShipmentStep

NEIGHBOUR = "neighbour"

VISIT_STEPS: Mapping[Outcome, VisitStep] = {
    Outcome.DELIVERED: VisitStep.DELIVER,
    Outcome.PART: VisitStep.DELIVER_PART,
    Outcome.FAILED: VisitStep.FAIL,
    Outcome.REFUSED: VisitStep.REFUSE,
    Outcome.HANDED_OVER: VisitStep.HAND_OVER,
}
SHIPMENT_STEPS: Mapping[Outcome, ShipmentStep] = {  # a handover to a service point moves nothing: its scan does
    Outcome.DELIVERED: ShipmentStep.DELIVER,
    Outcome.PART: ShipmentStep.DELIVER,
    Outcome.FAILED: ShipmentStep.FAIL,
    Outcome.REFUSED: ShipmentStep.TURN_BACK,
}
ALLOWED: Mapping[StopKind, frozenset[Outcome]] = {
    StopKind.DOOR: frozenset({Outcome.DELIVERED, Outcome.PART, Outcome.FAILED, Outcome.REFUSED}),
    StopKind.SERVICE_POINT: frozenset({Outcome.HANDED_OVER, Outcome.FAILED}),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What an attempt does. ``handed`` changes hands, ``kept`` stays on board; ``step`` none: nothing moves yet."""

    visit_step: VisitStep
    step: ShipmentStep | None
    handed: tuple[str, ...]
    kept: tuple[str, ...]
    due: Money
    receipt_id: str
    news: tuple[News, ...]


def after_attempt(visit: Visit, attempt: Attempt, *, receipt_id: str) -> Decision:
    """Decide what follows; refused (409, 422) where the outcome does not fit the place, the parcels or the money.

    ``receipt_id`` names the cash receipt, should there be one.
    """
    _check_words(visit, attempt)
    check_proof(attempt.proof)
    handed = _handed(visit, attempt)
    due = _due(visit, attempt, handed)
    check_taken(due, attempt.taken)
    return Decision(
        visit_step=VISIT_STEPS[attempt.outcome],
        step=SHIPMENT_STEPS.get(attempt.outcome),
        handed=handed,
        kept=tuple(one for one in visit.parcel_ids if one not in handed),
        due=due,
        receipt_id=receipt_id,
        news=(*_cash_news(visit, attempt, receipt_id), _news(visit, attempt, handed)),
    )


def _check_words(visit: Visit, attempt: Attempt) -> None:
    if attempt.outcome not in ALLOWED[visit.kind]:
        possible = ", ".join(sorted(ALLOWED[visit.kind]))
        raise Conflict(
            f"At a {visit.kind} nothing can be {attempt.outcome}; possible: {possible}.", code="wrong_outcome"
        )
    if attempt.outcome in {Outcome.FAILED, Outcome.REFUSED} and not attempt.reason:
        raise Invalid("reason", "is missing", "why, prefixed by the responsible party, such as recipient_not_home")
    if attempt.to_whom == NEIGHBOUR and not visit.neighbour_allowed:
        raise Conflict("The recipient has not agreed to a handover to a neighbour.", code="no_consent")


def _handed(visit: Visit, attempt: Attempt) -> tuple[str, ...]:
    if attempt.outcome in {Outcome.FAILED, Outcome.REFUSED}:
        return ()
    if attempt.outcome is not Outcome.PART:
        return visit.parcel_ids
    strangers = set(attempt.parcel_ids) - set(visit.parcel_ids)
    if strangers:
        raise Invalid("parcel_ids", f"{min(strangers)} is not on board for this visit", "parcels of this shipment")
    if not 0 < len(set(attempt.parcel_ids)) < len(visit.parcel_ids):
        raise Invalid("parcel_ids", "is no part", "at least one parcel handed over and at least one not")
    return tuple(one for one in visit.parcel_ids if one in attempt.parcel_ids)


def _due(visit: Visit, attempt: Attempt, handed: tuple[str, ...]) -> Money:
    if attempt.outcome not in {Outcome.DELIVERED, Outcome.PART}:
        return Money.zero(visit.cod_due.currency)
    return due_for(visit.cod_due, visit.parcel_ids, handed)


def _cash_news(visit: Visit, attempt: Attempt, receipt_id: str) -> tuple[News, ...]:
    if attempt.taken is None:
        return ()
    return (
        CashTaken(
            **_about(visit, attempt),
            receipt_id=receipt_id,
            amount=attempt.taken.amount,
            means=attempt.taken.means,
            holder=holder(visit.vehicle_id),
        ),
    )


def _news(visit: Visit, attempt: Attempt, handed: tuple[str, ...]) -> News:
    about = _about(visit, attempt)
    if attempt.outcome is Outcome.HANDED_OVER:
        return HandedToServicePoint(**about, run_id=visit.run_id, site_id=visit.site_id)
    about |= {"run_id": visit.run_id, "attempt_id": attempt.id}
    if attempt.outcome is Outcome.FAILED:
        return DeliveryFailed(**about, reason=attempt.reason)
    if attempt.outcome is Outcome.REFUSED:
        return DeliveryRefused(**about, reason=attempt.reason)
    if attempt.outcome is Outcome.PART:
        rest = tuple(one for one in visit.parcel_ids if one not in handed)
        return PartDelivered(**about, delivered_parcel_ids=handed, returned_parcel_ids=rest)
    return ShipmentDelivered(**about, to_whom=attempt.to_whom, proof_kind=attempt.proof.kind)


def _about(visit: Visit, attempt: Attempt) -> dict[str, Any]:
    return {"merchant_id": visit.merchant_id, "shipment_id": visit.shipment_id, "occurred_at": attempt.at}


def holder(vehicle_id: str) -> str:
    """Name the driver of a vehicle as a holder of money."""
    return f"driver:{vehicle_id}"
