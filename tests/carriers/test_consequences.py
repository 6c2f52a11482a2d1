from __future__ import annotations

import pytest

from logistics.carriers.consequences import ENDINGS, PARCEL_ENDINGS, WAYS, steps_after
from logistics.carriers.statuses import STATUSES
from logistics.shipments.lifecycle import SHIPMENT, ShipmentState
from logistics.shipments.lifecycle import ShipmentState as S


@pytest.mark.parametrize(
    ("state", "status", "after"),
    [
        (S.PLANNED, "picked_up", S.UNDERWAY),
        (S.UNDERWAY, "in_transit", S.UNDERWAY),
        (S.PLANNED, "delivered", S.DELIVERED),
        (S.UNDERWAY, "delivered", S.DELIVERED),
        (S.WAITING, "delivered", S.DELIVERED),
        (S.PLANNED, "ready_for_pickup", S.WAITING),
        (S.UNDERWAY, "delivery_failed", S.UNDERWAY),  # the carrier tries again by itself
        (S.UNDERWAY, "return_to_sender", S.RETURNING),
        (S.UNDERWAY, "returned", S.RETURNED),
        (S.RETURNING, "returned", S.RETURNED),
        (S.RETURNING, "delivered", S.RETURNING),  # against the story: somebody has to look
        (S.DELIVERED, "return_to_sender", S.DELIVERED),
        (S.DELIVERED, "lost", S.DELIVERED),
        (S.CANCELLED, "delivered", S.CANCELLED),
        (S.ACCEPTED, "delivered", S.ACCEPTED),
        (S.UNDERWAY, "lost", S.LOST),
        (S.UNDERWAY, "on_hold", S.UNDERWAY),
        (S.UNDERWAY, "unknown", S.UNDERWAY),
    ],
)
def test_a_word_moves_a_shipment_only_where_it_can_go(state: S, status: str, after: S) -> None:
    for step in steps_after(state, status):
        state = SHIPMENT.after(state, step)
    assert state is after


def test_no_word_in_any_state_is_an_error() -> None:
    for start in ShipmentState:
        for status in [*STATUSES, "on_hold", "delayed", "unknown", "nonsense"]:
            state = start
            for step in steps_after(start, status):
                state = SHIPMENT.after(state, step)
            assert status not in ENDINGS or state in {start, ENDINGS[status]}


def test_the_tables_speak_public_words() -> None:
    assert set(WAYS) <= STATUSES
    assert set(ENDINGS) == set(PARCEL_ENDINGS)
