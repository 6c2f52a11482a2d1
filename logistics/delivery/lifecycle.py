"""Lifecycles: of a run (one vehicle's released route), a visit (one shipment on it), a stop, and a replan.

A run is *released* by the dispatcher; with the first scan it is *loading*, on departure *underway*, at the depot
again *back*. It *closes* by itself when nothing is left on the vehicle and the cash is handed in. It can be
*cancelled* until it departs.

A visit ends with its one attempt, or is *cancelled*: not loaded, called off, or the run was.

A replan is *proposed*; a dispatcher *accepts* it while its runs stand as they did, or *discards* it.
"""

from __future__ import annotations

from enum import StrEnum

from logistics.kit.lifecycle import Lifecycle


class RunState(StrEnum):
    """Where a run stands."""

    RELEASED = "released"
    LOADING = "loading"
    UNDERWAY = "underway"
    BACK = "back"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RunStep(StrEnum):
    """What moves a run on."""

    LOAD = "load"
    DEPART = "depart"
    FINISH = "finish"
    CLOSE = "close"
    CANCEL = "cancel"


_A, _S = RunState, RunStep
RUN = Lifecycle(
    "run",
    _A.RELEASED,
    {
        _A.RELEASED: {_S.LOAD: _A.LOADING, _S.CANCEL: _A.CANCELLED},
        _A.LOADING: {_S.LOAD: _A.LOADING, _S.DEPART: _A.UNDERWAY, _S.CANCEL: _A.CANCELLED},
        _A.UNDERWAY: {_S.FINISH: _A.BACK},
        _A.BACK: {_S.CLOSE: _A.CLOSED},
        _A.CLOSED: {},
        _A.CANCELLED: {},
    },
)
OPEN_RUNS = frozenset({_A.RELEASED, _A.LOADING, _A.UNDERWAY, _A.BACK})
CHANGEABLE_RUNS = frozenset({_A.RELEASED, _A.LOADING, _A.UNDERWAY})
NEVER_LEFT = frozenset({_A.RELEASED, _A.LOADING, _A.CANCELLED})


class VisitState(StrEnum):
    """How a visit stands or ended."""

    OPEN = "open"
    DELIVERED = "delivered"
    PART = "part"
    FAILED = "failed"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"


class VisitStep(StrEnum):
    """The outcome of an attempt, or that there will be none."""

    DELIVER = "deliver"
    DELIVER_PART = "deliver_part"
    FAIL = "fail"
    REFUSE = "refuse"
    HAND_OVER = "hand_over"
    CANCEL = "cancel"


_V, _T = VisitState, VisitStep
VISIT = Lifecycle(
    "visit",
    _V.OPEN,
    {
        _V.OPEN: {
            _T.DELIVER: _V.DELIVERED,
            _T.DELIVER_PART: _V.PART,
            _T.FAIL: _V.FAILED,
            _T.REFUSE: _V.REFUSED,
            _T.HAND_OVER: _V.HANDED_OVER,
            _T.CANCEL: _V.CANCELLED,
        },
        _V.DELIVERED: {},
        _V.PART: {},
        _V.FAILED: {},
        _V.REFUSED: {},
        _V.HANDED_OVER: {},
        _V.CANCELLED: {},
    },
)


class StopState(StrEnum):
    """How a stop stands: it is done when none of its visits is open."""

    OPEN = "open"
    ARRIVED = "arrived"
    DONE = "done"


class StopStep(StrEnum):
    """What moves a stop on."""

    ARRIVE = "arrive"
    END = "end"


STOP = Lifecycle(
    "stop",
    StopState.OPEN,
    {
        StopState.OPEN: {StopStep.ARRIVE: StopState.ARRIVED, StopStep.END: StopState.DONE},
        StopState.ARRIVED: {StopStep.END: StopState.DONE},
        StopState.DONE: {},
    },
)


class ReplanState(StrEnum):
    """Where a proposal to change a running day stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"


class ReplanStep(StrEnum):
    """What a dispatcher does with it."""

    ACCEPT = "accept"
    DISCARD = "discard"


_R = ReplanState
REPLAN = Lifecycle(
    "replan",
    _R.PROPOSED,
    {
        _R.PROPOSED: {ReplanStep.ACCEPT: _R.ACCEPTED, ReplanStep.DISCARD: _R.DISCARDED},
        _R.ACCEPTED: {},
        _R.DISCARDED: {},
    },
)
