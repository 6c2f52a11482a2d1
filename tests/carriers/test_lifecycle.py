from __future__ import annotations

import pytest

from logistics.carriers.lifecycle import CONSIGNMENT, ConsignmentState, ConsignmentStep
from logistics.kit.errors import Conflict


def test_every_state_has_a_row() -> None:
    assert set(CONSIGNMENT.table) == set(ConsignmentState)


def test_every_state_is_reached_and_can_end() -> None:
    reached = {CONSIGNMENT.start}
    for _ in ConsignmentState:
        reached |= {after for state in reached for after in CONSIGNMENT.table[state].values()}
    assert reached == set(ConsignmentState)
    ending = {state for state in ConsignmentState if CONSIGNMENT.is_over(state)}
    for _ in ConsignmentState:
        ending |= {state for state, row in CONSIGNMENT.table.items() if set(row.values()) & ending}
    assert ending == set(ConsignmentState)


def test_what_is_not_written_is_refused() -> None:
    for state in ConsignmentState:
        for step in set(ConsignmentStep) - set(CONSIGNMENT.table[state]):
            with pytest.raises(Conflict):
                CONSIGNMENT.after(state, step)


def test_a_booking_called_off_on_its_way_still_takes_its_waybill() -> None:
    called_off = CONSIGNMENT.after(ConsignmentState.BOOKING, ConsignmentStep.CALL_OFF)
    assert CONSIGNMENT.after(called_off, ConsignmentStep.CONFIRM) is ConsignmentState.CANCELLING
