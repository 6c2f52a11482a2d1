"""The life of a planning: asked for, searched, found, released to drivers.

A plan is *queued* until a solver takes it, and *solving* until its time is up (*done*) or somebody stops it (*stopped*,
the best so far is taken) or no longer wants it (*cancelled*). One whose solver died is taken up again; one that cannot
be solved has *failed*. Only a plan that was found can be *released*; it then belongs to the drivers.
"""

from __future__ import annotations

from enum import StrEnum

from logistics.kit.lifecycle import Lifecycle


class PlanState(StrEnum):
    """Where a planning stands."""

    QUEUED = "queued"
    SOLVING = "solving"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    CANCELLED = "cancelled"
    RELEASED = "released"


class PlanStep(StrEnum):
    """What moves a planning on."""

    TAKE_UP = "take_up"
    FINISH = "finish"
    STOP = "stop"
    CANCEL = "cancel"
    FAIL = "fail"
    EDIT = "edit"
    RELEASE = "release"


_P, _S = PlanState, PlanStep
PLAN = Lifecycle(
    "plan",
    _P.QUEUED,
    {
        _P.QUEUED: {_S.TAKE_UP: _P.SOLVING, _S.CANCEL: _P.CANCELLED, _S.FAIL: _P.FAILED},
        _P.SOLVING: {
            _S.TAKE_UP: _P.SOLVING,
            _S.FINISH: _P.DONE,
            _S.STOP: _P.STOPPED,
            _S.CANCEL: _P.CANCELLED,
            _S.FAIL: _P.FAILED,
        },
        _P.DONE: {_S.EDIT: _P.DONE, _S.RELEASE: _P.RELEASED},
        _P.STOPPED: {_S.EDIT: _P.STOPPED, _S.RELEASE: _P.RELEASED},
        _P.FAILED: {},
        _P.CANCELLED: {},
        _P.RELEASED: {},
    },
)
