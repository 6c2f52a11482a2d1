"""Each kind of change has a row; the sums are those of the two plans."""

from __future__ import annotations

import pytest

from logistics.routing.compare import Change, Sketch, Where, compare

DOOR = Where("van1", "door", 1000, 1)
LEFT = Where()
SENT = Where(carrier="express")


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (DOOR, DOOR, None),
        (DOOR, Where("van1", "door", 1000, 2), None),  # an earlier stop was taken off; she notices nothing
        (DOOR, Where("van1", "door", 1059, 1), None),
        (DOOR, Where("van1", "door", 1060, 1), Change.TIME),
        (DOOR, Where("van1", "door", 940, 1), Change.TIME),
        (DOOR, Where("van1", "store", 1000, 1), Change.WAY),
        (DOOR, Where("van2", "store", 5000, 1), Change.VEHICLE),
        (DOOR, SENT, Change.TO_CARRIER),
        (SENT, DOOR, Change.FROM_CARRIER),
        (SENT, Where(carrier="post"), Change.WAY),
        (DOOR, LEFT, Change.LEFT_OUT),
        (SENT, LEFT, Change.LEFT_OUT),
        (LEFT, SENT, Change.PLANNED),
        (LEFT, DOOR, Change.PLANNED),
        (None, DOOR, Change.ADDED),
        (DOOR, None, Change.GONE),
    ],
)
def test_how_a_task_differs(before: Where | None, after: Where | None, change: Change | None) -> None:
    def sketch(where: Where | None) -> Sketch:
        return Sketch({"shp": where} if where else {})

    found = compare(sketch(before), sketch(after)).differences
    assert [one.change for one in found] == ([change] if change else [])


def test_who_comes_later_is_told_by_how_much() -> None:
    (one,) = compare(Sketch({"a": DOOR}), Sketch({"a": Where("van2", "door", 400, 1)})).differences
    assert (one.before, one.later_s) == (DOOR, -600)


def test_what_it_costs_in_all_and_by_vehicle() -> None:
    before = Sketch({"a": DOOR, "b": LEFT}, cost=100, routes={"van1": 100, "van3": 7})
    after = Sketch({"a": DOOR, "b": Where("van2", "door", 5, 1)}, cost=130, routes={"van2": 23, "van3": 7})
    found = compare(before, after)
    assert (found.extra_cost, found.extra_left_out) == (30, -1)
    assert found.routes == (("van1", 100, None), ("van2", None, 23))
    assert not found.same
    assert compare(before, before).same
