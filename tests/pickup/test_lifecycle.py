from __future__ import annotations

import pytest

from logistics.kit.errors import Conflict
from logistics.pickup.lifecycle import AWAITED, GOING_BACK, OCCUPYING, STAY, StayState, StayStep


def walk(steps: str) -> StayState:
    state = STAY.start
    for step in steps.split():
        state = STAY.after(state, StayStep(step))
    return state


@pytest.mark.parametrize(
    ("steps", "ends"),
    [
        ("complete collect", "collected"),
        ("arrive arrive complete collect", "collected"),
        ("complete expire leave", "left"),
        ("complete refuse leave", "left"),
        ("release", "released"),
    ],
)
def test_ways_a_stay_may_go(steps: str, ends: str) -> None:
    assert walk(steps) == ends
    assert STAY.is_over(walk(steps))


@pytest.mark.parametrize(
    "steps", ["collect", "arrive collect", "arrive release", "complete collect expire", "complete leave"]
)
def test_ways_it_may_not_go(steps: str) -> None:
    with pytest.raises(Conflict):
        walk(steps)


def test_what_takes_room_is_what_is_not_over() -> None:
    assert {state for state in StayState if not STAY.is_over(state)} == OCCUPYING
    assert AWAITED | GOING_BACK < OCCUPYING
