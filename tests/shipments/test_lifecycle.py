from __future__ import annotations

import pytest

from logistics.kit.errors import Conflict
from logistics.shipments.lifecycle import PARCEL, SHIPMENT, ParcelState, ParcelStep, ShipmentState, ShipmentStep


def walk(steps: str) -> ShipmentState:
    state = SHIPMENT.start
    for step in steps.split():
        state = SHIPMENT.after(state, ShipmentStep(step))
    return state


@pytest.mark.parametrize(
    ("steps", "ends"),
    [
        ("choose plan depart deliver", "delivered"),
        ("choose choose plan unplan plan depart fail plan depart deliver", "delivered"),
        ("choose plan depart await deliver", "delivered"),
        ("choose plan depart await turn_back give_back", "returned"),
        ("choose plan depart turn_back give_back", "returned"),
        ("cancel", "cancelled"),
        ("choose plan cancel", "cancelled"),
        ("choose plan depart lose", "lost"),
    ],
)
def test_ways_a_shipment_may_go(steps: str, ends: str) -> None:
    assert walk(steps) == ends
    assert SHIPMENT.is_over(walk(steps))


@pytest.mark.parametrize(
    "steps", ["deliver", "choose depart", "choose plan depart cancel", "choose plan depart deliver turn_back"]
)
def test_ways_it_may_not_go(steps: str) -> None:
    with pytest.raises(Conflict):
        walk(steps)


def test_a_parcel_on_the_van_comes_back_to_a_site_before_it_goes_to_the_merchant() -> None:
    with pytest.raises(Conflict):
        PARCEL.after(ParcelState.LOADED, ParcelStep.GIVE_BACK)
    held = PARCEL.after(ParcelState.LOADED, ParcelStep.RECEIVE)
    assert PARCEL.after(held, ParcelStep.GIVE_BACK) is ParcelState.RETURNED
