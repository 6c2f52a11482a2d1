from __future__ import annotations

import pytest

from logistics.delivery.lifecycle import (
    OPEN_RUNS,
    RUN,
    STOP,
    VISIT,
    RunState,
    RunStep,
    StopState,
    VisitState,
    VisitStep,
)
from logistics.delivery.model import Outcome
from logistics.delivery.outcomes import VISIT_STEPS
from logistics.kit.errors import Conflict


def walk(steps: str) -> RunState:
    state = RUN.start
    for step in steps.split():
        state = RUN.after(state, RunStep(step))
    return state


@pytest.mark.parametrize(
    ("steps", "ends"),
    [("load load depart finish close", "closed"), ("cancel", "cancelled"), ("load cancel", "cancelled")],
)
def test_ways_a_run_may_go(steps: str, ends: str) -> None:
    assert walk(steps) == ends
    assert RUN.is_over(walk(steps))


@pytest.mark.parametrize("steps", ["depart", "finish", "load depart cancel", "load depart load", "load depart close"])
def test_ways_it_may_not_go(steps: str) -> None:
    with pytest.raises(Conflict):
        walk(steps)


def test_open_runs_are_those_that_are_not_over() -> None:
    assert {state for state in RunState if not RUN.is_over(state)} == OPEN_RUNS


def test_every_outcome_ends_a_visit_in_the_state_of_its_name() -> None:
    for outcome in Outcome:
        assert VISIT.after(VisitState.OPEN, VISIT_STEPS[outcome]) is VisitState(outcome.value)
    assert {*VISIT_STEPS.values(), VisitStep.CANCEL} == set(VisitStep)


def test_a_visit_ends_once() -> None:
    assert all(VISIT.is_over(state) for state in VisitState if state is not VisitState.OPEN)


def test_a_stop_nobody_stood_at_can_be_done() -> None:
    assert {state for state in StopState if STOP.is_over(state)} == {StopState.DONE}
