"""A running day when something happened: what stays, what is free, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.delivery.lifecycle import RunState, StopState
from logistics.delivery.model import StopKind
from logistics.delivery.release import StopDraft
from logistics.delivery.replanning import (
    Decision,
    Happened,
    Kind,
    OpenVisit,
    RunNow,
    Spot,
    StopNow,
    Tail,
    check_happened,
    check_marks,
    list_moves,
    same_work,
    spots_of,
)
from logistics.kit.errors import Conflict, Invalid, NotFound, Refusal
from logistics.kit.geo import Point
from logistics.kit.windows import Window
from tests.builders import NOON

OPEN, HERE, DONE = StopState.OPEN, StopState.ARRIVED, StopState.DONE


def stop(no: int, *shipments: str, state: StopState = OPEN) -> StopNow:
    visits = () if state is DONE else tuple(OpenVisit(one, aboard=False) for one in shipments or (f"s{no}",))
    return StopNow(no, state, NOON + timedelta(minutes=10 * no), None, visits)


def run(*stops: StopNow, state: RunState = RunState.UNDERWAY, name: str = "run1") -> RunNow:
    return RunNow(name, f"veh_{name}", f"Van {name}", state, stops)


def tail(*stops: tuple[str, ...]) -> Tail:
    drafts = tuple(
        StopDraft(no, StopKind.DOOR, Point(lat=0, lon=0), "", "", NOON, NOON, None, 0, 0, shipments)
        for no, shipments in enumerate(stops, start=1)
    )
    return Tail("run1", "veh_run1", NOON, NOON, None, drafts)


def numbers(stops: tuple[StopNow, ...]) -> list[int]:
    return [one.no for one in stops]


@pytest.mark.parametrize(
    ("stops", "following", "free", "kept"),
    [
        ((stop(1), stop(2), stop(3)), 1, [2, 3], 1),
        ((stop(1, state=DONE), stop(2), stop(3)), 2, [3], 2),
        # She took another order: the stop she stands at is hers, and numbers go on behind what is done.
        ((stop(1), stop(2, state=HERE), stop(3)), 2, [1, 3], 2),
        ((stop(1), stop(2), stop(3, state=DONE)), 1, [2], 3),
    ],
)
def test_the_next_stop_is_where_she_is_or_drives_to(
    stops: tuple[StopNow, ...], following: int, free: list[int], kept: int
) -> None:
    now = run(*stops)
    assert now.next_stop is not None
    assert (now.next_stop.no, numbers(now.behind), now.kept_no(())) == (following, free, kept)


def test_before_it_leaves_everything_is_free() -> None:
    now = run(stop(1), stop(2), state=RunState.LOADING)
    assert (now.next_stop, numbers(now.behind), now.kept_no(())) == (None, [1, 2], 0)


def test_a_stop_whose_visit_ends_by_a_word_keeps_its_number() -> None:
    assert run(stop(1), stop(2), stop(3)).kept_no({"s2"}) == 2


def test_a_stop_where_a_visit_has_ended_keeps_its_number() -> None:
    ended = replace(stop(2), has_ended=True)
    assert run(stop(1), ended, stop(3)).kept_no(()) == 2
    assert run(stop(1), ended, stop(3), state=RunState.RELEASED).kept_no(()) == 2


def test_every_step_of_a_driver_is_another_mark() -> None:
    before = run(stop(1), stop(2))
    moved = [
        run(stop(1, state=DONE), stop(2)),
        run(stop(1, state=HERE), stop(2)),
        run(stop(1), stop(2), state=RunState.LOADING),
        run(stop(1), stop(2, "s2", "s9")),
        run(stop(1), StopNow(2, OPEN, NOON, None, (OpenVisit("s2", aboard=True),))),
        run(stop(1), stop(3, "s2")),
        run(stop(1), replace(stop(2), has_ended=True)),
        run(stop(1), stop(2), state=RunState.RELEASED),
        replace(run(stop(1), stop(2), state=RunState.RELEASED), not_before_at=NOON),
    ]
    marks = {one.mark for one in (before, *moved)}
    assert len(marks) == 1 + len(moved)
    later = RunNow(before.id, before.vehicle_id, before.vehicle_name, before.state, tuple(stop(n) for n in (1, 2)))
    assert later.mark == before.mark


def test_a_replan_whose_run_moved_on_is_refused_by_name() -> None:
    before = run(stop(1), stop(2))
    decision = Decision((), {"run1": before.mark}, ())
    check_marks(decision, [before, run(stop(5), name="run2")])
    with pytest.raises(Conflict, match="Van run1 moved on"):
        check_marks(decision, [run(stop(1, state=DONE), stop(2))])


@pytest.mark.parametrize(
    ("one", "refusal"),
    [
        (Happened(Kind.CANCEL, shipment_id="s1"), None),
        (Happened(Kind.INSERT, shipment_id="new"), None),
        (Happened(Kind.DELAY, run_id="run1", minutes=5), None),
        (Happened(Kind.WINDOW, shipment_id="s1", window=Window(NOON, NOON)), None),
        (Happened(Kind.INSERT, shipment_id="s1"), Conflict),
        (Happened(Kind.REFUSE, shipment_id="new"), Conflict),
        (Happened(Kind.VEHICLE_LOST, run_id="run9"), NotFound),
        (Happened(Kind.DELAY, run_id="run1"), Invalid),
        (Happened(Kind.WINDOW, shipment_id="s1"), Invalid),
    ],
)
def test_what_cannot_be_is_refused(one: Happened, refusal: type[Refusal] | None) -> None:
    runs = [run(stop(1))]
    if refusal is None:
        check_happened([one], runs)
        with pytest.raises(Invalid, match="named before"):
            check_happened([one, one], runs)
    else:
        with pytest.raises(refusal):
            check_happened([one], runs)


def test_nothing_happened_is_nothing_to_replan() -> None:
    with pytest.raises(Invalid):
        check_happened([], [run(stop(1))])


def spot(run_id: str, minutes: int) -> Spot:
    return Spot(run_id, run_id, 1, NOON + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("before", "after", "listed", "moved", "shift"),
    [
        (spot("a", 0), spot("a", 15), False, False, 15),
        (spot("a", 0), spot("a", 16), True, False, 16),
        (spot("a", 0), spot("a", -16), True, False, -16),
        (spot("a", 0), spot("b", 0), True, True, 0),
        (spot("a", 0), None, True, True, 0),
        (None, spot("a", 0), True, True, 0),
    ],
)
def test_who_moves_or_is_much_later_is_listed(
    before: Spot | None, after: Spot | None, *, listed: bool, moved: bool, shift: int
) -> None:
    found = list_moves({"s": before} if before else {}, {"s": after} if after else {})
    assert bool(found) is listed
    if found:
        assert (found[0].is_moved, found[0].shift_min) == (moved, shift)


@pytest.mark.parametrize(
    ("planned", "same"),
    [
        (tail(("s2",), ("a", "b")), True),
        (tail(("s2",), ("b", "a")), True),
        (tail(("s2",), ("b",), ("a",)), True),
        (tail(("a", "b"), ("s2",)), False),
        (tail(("s2",)), False),
        (tail(("s2",), ("a", "b"), ("new",)), False),
    ],
)
def test_a_run_that_keeps_its_order_is_not_touched(planned: Tail, *, same: bool) -> None:
    assert same_work(run(stop(1), stop(2), stop(3, "a", "b")), planned) is same


@st.composite
def runs(draw: st.DrawFn) -> RunNow:
    states = draw(st.lists(st.sampled_from([OPEN, OPEN, HERE, DONE]), max_size=8))
    ended = draw(st.lists(st.booleans(), min_size=len(states), max_size=len(states)))
    stops = tuple(
        replace(stop(no, state=state), has_ended=has_ended)
        for no, (state, has_ended) in enumerate(zip(states, ended, strict=True), start=1)
    )
    return run(*stops, state=draw(st.sampled_from([RunState.RELEASED, RunState.LOADING, RunState.UNDERWAY])))


@given(runs())
def test_each_open_stop_is_the_next_or_free_and_new_numbers_meet_no_kept_one(now: RunNow) -> None:
    head = [now.next_stop] if now.next_stop else []
    assert sorted(numbers((*head, *now.behind))) == numbers(now.open_stops)
    kept = {one.no for one in now.stops if one not in now.behind or one.has_ended}
    assert all(no <= now.kept_no(()) for no in kept)
    assert set(spots_of([now])) == {visit.shipment_id for one in now.open_stops for visit in one.visits}
    assert (now.next_stop is None) == (not now.is_underway or not now.open_stops)


def minute(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("run_id", "vehicle_id", "hours", "clashes"),
    [
        ("run2", "veh_run1", (30, 90), True),  # the tail is out from 10 to 60
        ("run2", "veh_run1", (60, 90), False),  # it is back by then
        ("run2", "veh_run1", (0, 10), False),
        ("run2", "veh_other", (30, 90), False),
        ("run1", "veh_run1", (0, 90), False),  # it is that run
        ("known", "veh_run1", (30, 90), False),  # it was reckoned with
        ("known", "veh_run1", (40, 90), True),  # but not at these hours
    ],
)
def test_no_van_is_out_twice_at_once(run_id: str, vehicle_id: str, hours: tuple[int, int], *, clashes: bool) -> None:
    one = replace(tail(("s1",)), start_at=minute(10), end_at=minute(60))
    beside = {"known": (minute(30), minute(90))}
    span = (minute(hours[0]), minute(hours[1]))
    assert Decision((), {}, (one,), beside=beside).clashes(run_id, vehicle_id, span) is clashes
    nothing = replace(one, stops=())
    assert not Decision((), {}, (nothing,), beside=beside).clashes(run_id, vehicle_id, span)
