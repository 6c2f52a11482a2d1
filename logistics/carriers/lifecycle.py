"""The lifecycle of a consignment: what one carrier gets from us under one waybill.

It is *booking* until the carrier has answered with a waybill; *booked* until the parcels change hands at the
depot; *handed over* until the carrier says how it ended. A carrier that refuses, or cannot be reached for long,
leaves it *failed*. What is called off is *cancelling* until the carrier knows, because a booking may be on its
way at that very moment. A carrier may report the end of what our depot never scanned: *booked* can be closed.
"""

from __future__ import annotations

from enum import StrEnum

from logistics.kit.lifecycle import Lifecycle


class ConsignmentState(StrEnum):
    """Where a consignment stands."""

    BOOKING = "booking"
    BOOKED = "booked"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ConsignmentStep(StrEnum):
    """What moves a consignment on."""

    CONFIRM = "confirm"
    HAND_OVER = "hand_over"
    CLOSE = "close"
    CALL_OFF = "call_off"
    CANCEL = "cancel"
    GIVE_UP = "give_up"


_C, _S = ConsignmentState, ConsignmentStep
CONSIGNMENT = Lifecycle(
    "consignment",
    _C.BOOKING,
    {
        _C.BOOKING: {_S.CONFIRM: _C.BOOKED, _S.CALL_OFF: _C.CANCELLING, _S.GIVE_UP: _C.FAILED},
        _C.BOOKED: {
            _S.HAND_OVER: _C.HANDED_OVER,
            _S.CLOSE: _C.CLOSED,
            _S.CALL_OFF: _C.CANCELLING,
            _S.CANCEL: _C.CANCELLED,
        },
        _C.HANDED_OVER: {_S.CLOSE: _C.CLOSED},
        # The waybill of a booking that was under way when it was called off still has to be kept.
        _C.CANCELLING: {_S.CONFIRM: _C.CANCELLING, _S.CANCEL: _C.CANCELLED, _S.GIVE_UP: _C.FAILED},
        _C.CLOSED: {},
        _C.CANCELLED: {},
        _C.FAILED: {},
    },
)
