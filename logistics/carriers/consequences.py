"""What a carrier's word does to our commitment, and what it does not.

A carrier's story is history, whatever it says; our commitment moves only where its lifecycle allows. So a word
that comes late, doubled or against the story changes nothing and is no error.
"""

from __future__ import annotations

from logistics.shipments.lifecycle import SHIPMENT, ParcelStep, ShipmentState, ShipmentStep

_S = ShipmentStep

# The way to where the word says the shipment is; steps that are not possible from where it stands are left out.
# `delivery_failed` is not among them: the carrier tries again by itself.
WAYS: dict[str, tuple[ShipmentStep, ...]] = {
    "picked_up": (_S.DEPART,),
    "in_transit": (_S.DEPART,),
    "out_for_delivery": (_S.DEPART,),
    "ready_for_pickup": (_S.DEPART, _S.AWAIT),
    "delivered": (_S.DEPART, _S.DELIVER),
    "return_to_sender": (_S.TURN_BACK,),
    "returned": (_S.TURN_BACK, _S.GIVE_BACK),
    "lost": (_S.LOSE,),
}
ENDINGS: dict[str, ShipmentState] = {
    "delivered": ShipmentState.DELIVERED,
    "returned": ShipmentState.RETURNED,
    "lost": ShipmentState.LOST,
}
PARCEL_ENDINGS: dict[str, ParcelStep] = {
    "delivered": ParcelStep.DELIVER,
    "returned": ParcelStep.GIVE_BACK,
    "lost": ParcelStep.LOSE,
}


def steps_after(state: ShipmentState, status: str) -> list[ShipmentStep]:
    """Return the steps that a carrier's word makes a shipment take; none where its lifecycle has none."""
    steps = []
    for step in WAYS.get(status, ()):
        if SHIPMENT.can(state, step):
            steps.append(step)
            state = SHIPMENT.after(state, step)
    return steps
