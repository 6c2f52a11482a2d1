"""Two lifecycles: of a shipment (our commitment, coarse) and of a parcel (who has it).

The public status of a shipment is neither: it is folded from events of all sources in ``tracking``.

A shipment is *accepted*; a mode is *chosen* (again and again, until it leaves); it is *planned* when a run or a
carrier has it; *underway* from the depot on; *waiting* at a service point. A failed attempt makes it *chosen*
again, to be planned anew. *Returning* ends in *returned*. Every open state can end in *lost*.
"""

from __future__ import annotations

from enum import StrEnum

from logistics.kit.lifecycle import Lifecycle


class ShipmentState(StrEnum):
    """Where our commitment stands."""

    ACCEPTED = "accepted"
    CHOSEN = "chosen"
    PLANNED = "planned"
    UNDERWAY = "underway"
    WAITING = "waiting"
    RETURNING = "returning"
    DELIVERED = "delivered"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    LOST = "lost"


class ShipmentStep(StrEnum):
    """What moves a shipment on."""

    CHOOSE = "choose"
    PLAN = "plan"
    UNPLAN = "unplan"
    DEPART = "depart"
    FAIL = "fail"
    AWAIT = "await"
    DELIVER = "deliver"
    TURN_BACK = "turn_back"
    GIVE_BACK = "give_back"
    CANCEL = "cancel"
    LOSE = "lose"


_A, _S = ShipmentState, ShipmentStep
SHIPMENT = Lifecycle(
    "shipment",
    _A.ACCEPTED,
    {
        _A.ACCEPTED: {_S.CHOOSE: _A.CHOSEN, _S.CANCEL: _A.CANCELLED, _S.LOSE: _A.LOST},
        _A.CHOSEN: {
            _S.CHOOSE: _A.CHOSEN,
            _S.PLAN: _A.PLANNED,
            _S.CANCEL: _A.CANCELLED,
            _S.TURN_BACK: _A.RETURNING,
            _S.LOSE: _A.LOST,
        },
        _A.PLANNED: {
            _S.UNPLAN: _A.CHOSEN,
            _S.DEPART: _A.UNDERWAY,
            _S.CANCEL: _A.CANCELLED,
            _S.TURN_BACK: _A.RETURNING,
            _S.LOSE: _A.LOST,
        },
        _A.UNDERWAY: {
            _S.FAIL: _A.CHOSEN,
            _S.AWAIT: _A.WAITING,
            _S.DELIVER: _A.DELIVERED,
            _S.TURN_BACK: _A.RETURNING,
            _S.LOSE: _A.LOST,
        },
        _A.WAITING: {_S.DELIVER: _A.DELIVERED, _S.TURN_BACK: _A.RETURNING, _S.LOSE: _A.LOST},
        _A.RETURNING: {_S.GIVE_BACK: _A.RETURNED, _S.LOSE: _A.LOST},
        _A.DELIVERED: {},
        _A.RETURNED: {},
        _A.CANCELLED: {},
        _A.LOST: {},
    },
)


class ParcelState(StrEnum):
    """Who has a parcel: the merchant, a site, a vehicle, a carrier, the recipient."""

    ANNOUNCED = "announced"
    HELD = "held"
    LOADED = "loaded"
    WITH_CARRIER = "with_carrier"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"


class ParcelStep(StrEnum):
    """A handover of a parcel."""

    RECEIVE = "receive"
    LOAD = "load"
    GIVE_CARRIER = "give_carrier"
    DELIVER = "deliver"
    GIVE_BACK = "give_back"
    LOSE = "lose"


_P, _T = ParcelState, ParcelStep
PARCEL = Lifecycle(
    "parcel",
    _P.ANNOUNCED,
    {
        _P.ANNOUNCED: {_T.RECEIVE: _P.HELD, _T.LOAD: _P.LOADED, _T.GIVE_CARRIER: _P.WITH_CARRIER, _T.LOSE: _P.LOST},
        _P.HELD: {
            _T.RECEIVE: _P.HELD,
            _T.LOAD: _P.LOADED,
            _T.GIVE_CARRIER: _P.WITH_CARRIER,
            _T.DELIVER: _P.DELIVERED,
            _T.GIVE_BACK: _P.RETURNED,
            _T.LOSE: _P.LOST,
        },
        _P.LOADED: {_T.RECEIVE: _P.HELD, _T.DELIVER: _P.DELIVERED, _T.LOSE: _P.LOST},
        _P.WITH_CARRIER: {
            _T.RECEIVE: _P.HELD,
            _T.DELIVER: _P.DELIVERED,
            _T.GIVE_BACK: _P.RETURNED,
            _T.LOSE: _P.LOST,
        },
        _P.DELIVERED: {},
        _P.RETURNED: {},
        _P.LOST: {},
    },
)
