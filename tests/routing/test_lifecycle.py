import pytest

from logistics.kit.errors import Conflict
from logistics.routing.lifecycle import PLAN, PlanState, PlanStep


def test_every_state_has_a_row_and_can_be_reached() -> None:
    reached = {PLAN.start} | {after for row in PLAN.table.values() for after in row.values()}
    assert set(PLAN.table) == set(PlanState) == reached


@pytest.mark.parametrize("state", [PlanState.DONE, PlanState.STOPPED])
def test_what_was_found_can_be_released_once(state: PlanState) -> None:
    released = PLAN.after(state, PlanStep.RELEASE)
    assert PLAN.is_over(released)


@pytest.mark.parametrize("state", [PlanState.QUEUED, PlanState.SOLVING, PlanState.FAILED, PlanState.CANCELLED])
def test_what_was_not_found_cannot_be_released(state: PlanState) -> None:
    with pytest.raises(Conflict):
        PLAN.after(state, PlanStep.RELEASE)


def test_a_search_whose_process_died_is_taken_up_again() -> None:
    assert PLAN.after(PlanState.SOLVING, PlanStep.TAKE_UP) is PlanState.SOLVING
