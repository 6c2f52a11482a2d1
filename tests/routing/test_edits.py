import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.errors import Invalid
from logistics.routing.edits import Spot, move, take_off
from logistics.routing.insertion import Load
from logistics.routing.model import Pick
from logistics.routing.violations import Rule, check_plan
from tests.routing.builders import line_problem, plan_of, task, text_of, van

DAY = line_problem(
    [0, 10, 20, 30, 40],
    tasks=[task(0), task(1), task(2), task(3, leave_cost=9)],
    vehicles=[van(0, capacity=(2,), trips_max=2), van(1)],
)


@pytest.mark.parametrize(
    ("before", "task_no", "vehicle", "position", "after"),
    [
        ("0 1 / 2 3", 1, 1, 0, "0 / 1 2 3"),
        ("0 1 / 2 3", 0, 0, 1, "1 0 / 2 3"),
        ("0 1 / 2 3", 0, 1, 99, "1 / 2 3 0"),
        ("0 / 1 2 3", 0, 1, 1, " / 1 0 2 3"),
        ("0 | 1 / 2 3", 3, 0, 1, "0 3 | 1 / 2"),
        ("0 | 1 / 2 3", 3, 0, 2, "0 | 1 3 / 2"),
        ("0 1 2 3", 3, 1, 0, "0 1 2 / 3"),
    ],
)
def test_a_task_moves_where_the_hand_puts_it(
    before: str, task_no: int, vehicle: int, position: int, after: str
) -> None:
    plan = move(DAY, plan_of(DAY, before), Pick(task_no), Spot(vehicle, position))
    assert text_of(plan) == after


@pytest.mark.parametrize(
    ("before", "task_no", "trip", "position", "after"),
    [
        ("0 | 1 / 2 3", 3, 0, 1, "0 3 | 1 / 2"),
        ("0 | 1 / 2 3", 3, 1, 0, "0 | 3 1 / 2"),
        ("0 | 1 / 2 3", 3, 2, 0, "0 | 1 | 3 / 2"),
        ("0 | 1 / 2 3", 3, 9, 9, "0 | 1 | 3 / 2"),
        ("0 | 1 / 2 3", 0, 0, 0, "0 1 / 2 3"),  # its own trip is gone before it is put in
    ],
)
def test_a_trip_can_be_named(before: str, task_no: int, trip: int, position: int, after: str) -> None:
    plan = move(DAY, plan_of(DAY, before), Pick(task_no), Spot(0, position, trip))
    assert text_of(plan) == after


@pytest.mark.parametrize(
    ("trip", "position", "load", "after"),
    [
        (0, 1, Load.AFTER, "0 2 | 1 / 3"),
        (0, 1, Load.BEFORE, "0 | 2 1 / 3"),
        (0, 0, Load.AFTER, "2 | 0 1 / 3"),
        (0, 2, Load.BEFORE, "0 1 | 2 / 3"),
        (0, 0, Load.BEFORE, "2 0 1 / 3"),  # where the trip begins she loads anyhow
        (None, 1, Load.AFTER, "0 2 | 1 / 3"),
        (7, 0, Load.AFTER, "0 1 | 2 / 3"),
    ],
)
def test_a_trip_can_be_cut_to_load(trip: int | None, position: int, load: Load, after: str) -> None:
    plan = move(DAY, plan_of(DAY, "0 1 / 2 3"), Pick(2), Spot(0, position, trip, load))
    assert text_of(plan) == after


def test_what_a_move_breaks_is_shown_and_stays() -> None:
    plan = move(DAY, plan_of(DAY, "0 1 / 2 3"), Pick(2), Spot(0, 0))
    assert text_of(plan) == "2 0 1 / 3"
    assert [(one.rule, one.amount) for one in check_plan(DAY, plan)] == [(Rule.CAPACITY, 1)]


def test_a_task_left_out_comes_onto_a_route() -> None:
    plan = move(DAY, plan_of(DAY, "0 / 1", to_carrier=[3], left_out=[2]), Pick(3), Spot(1, 0))
    assert (text_of(plan), plan.to_carrier, plan.left_out) == ("0 / 3 1", (), (2,))


def test_taken_off_goes_to_the_carrier_where_it_may() -> None:
    plan = plan_of(DAY, "0 1 / 2 3")
    assert take_off(DAY, plan, 3).to_carrier == (3,)
    assert take_off(DAY, plan, 2).left_out == (2,)


@pytest.mark.parametrize(("vehicle", "position"), [(2, 0), (-1, 0), (0, -1)])
def test_a_move_to_nowhere_is_refused(vehicle: int, position: int) -> None:
    with pytest.raises(Invalid):
        move(DAY, plan_of(DAY, "0 1 / 2 3"), Pick(0), Spot(vehicle, position))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 5)), max_size=8))
def test_no_edit_ever_loses_or_doubles_a_task(moves: list[tuple[int, int, int]]) -> None:
    plan = plan_of(DAY, "0 1 / 2 3")
    for task_no, vehicle, position in moves:
        plan = move(DAY, plan, Pick(task_no), Spot(vehicle, position))
        assert not {Rule.LOST, Rule.DOUBLED, Rule.TIMES} & {one.rule for one in check_plan(DAY, plan)}
