"""The lifecycle of a stay: one shipment at one service point.

A stay begins as *expected*: room is kept for it. Its parcels *arrive* one by one; with the last it is *ready*.
The recipient *collects* it, *refuses* it, or lets the time run out: then it *expires*. What is refused or expired
keeps its room on the shelf until it has *left* for the depot. Until a parcel has arrived the room can be *released*:
the shipment comes another way, or not at all.
"""

from __future__ import annotations

from enum import StrEnum

from logistics.kit.lifecycle import Lifecycle


class StayState(StrEnum):
    """Where a stay stands."""

    EXPECTED = "expected"
    ARRIVING = "arriving"
    READY = "ready"
    COLLECTED = "collected"
    EXPIRED = "expired"
    REFUSED = "refused"
    LEFT = "left"
    RELEASED = "released"


class StayStep(StrEnum):
    """What moves a stay on."""

    ARRIVE = "arrive"
    COMPLETE = "complete"
    COLLECT = "collect"
    EXPIRE = "expire"
    REFUSE = "refuse"
    LEAVE = "leave"
    RELEASE = "release"


_A, _S = StayState, StayStep
STAY = Lifecycle(
    "stay",
    _A.EXPECTED,
    {
        _A.EXPECTED: {_S.ARRIVE: _A.ARRIVING, _S.COMPLETE: _A.READY, _S.RELEASE: _A.RELEASED},
        _A.ARRIVING: {_S.ARRIVE: _A.ARRIVING, _S.COMPLETE: _A.READY},
        _A.READY: {_S.COLLECT: _A.COLLECTED, _S.EXPIRE: _A.EXPIRED, _S.REFUSE: _A.REFUSED},
        _A.EXPIRED: {_S.LEAVE: _A.LEFT},
        _A.REFUSED: {_S.LEAVE: _A.LEFT},
        _A.COLLECTED: {},
        _A.LEFT: {},
        _A.RELEASED: {},
    },
)

# In these states a stay takes room: what is expected as well as what lies on the shelf.
OCCUPYING = frozenset({_A.EXPECTED, _A.ARRIVING, _A.READY, _A.EXPIRED, _A.REFUSED})
AWAITED = frozenset({_A.EXPECTED, _A.ARRIVING})
GOING_BACK = frozenset({_A.EXPIRED, _A.REFUSED})
