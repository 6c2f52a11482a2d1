"""What is known of a gap: when the vehicle is there, how long what follows can wait, what is on board."""

from __future__ import annotations

from logistics.routing.gaps import NOWHERE, Gaps, latest_ready_for, latest_start_in, read_gaps
from logistics.routing.insertion import Standing
from logistics.routing.model import Option, TimeWindow
from tests.routing.builders import line_problem, plan_of, task, van

W = TimeWindow


def gaps_of(text: str, **day: object) -> Gaps:
    problem = line_problem([0, 10, 30], setup_s=2, **day)  # type: ignore[arg-type]  # any part of a problem
    return read_gaps(Standing(problem, plan_of(problem, text)))


def test_a_gap_lies_before_each_visit_at_the_end_and_in_a_trip_more() -> None:
    gaps = gaps_of("0 1")
    assert gaps.trip.tolist() == [0, 0, 0, 1]
    assert gaps.position.tolist() == [0, 1, 2, 0]
    assert (gaps.before.tolist(), gaps.after.tolist()) == ([0, 1, 2, 0], [1, 2, 0, 0])
    # 10 s of driving and 2 of set-up; 20 and 2 on; 30 home; a trip more: 30 home is needed as it is.
    assert gaps.ready_s.tolist() == [0, 12, 34, 64]
    assert gaps.now_s.tolist() == [12, 22, 30, 0]


def test_slack_runs_back_from_the_windows_and_the_end_of_the_shift() -> None:
    tasks = [task(0, Option(1, windows=(W(0, 50),), service_s=5)), task(1, Option(2, windows=(W(40, 60),)))]
    gaps = gaps_of("0 1", tasks=tasks, vehicles=[van(0, shift=W(0, 80))])
    # Task 1 starts at 60 at the latest, so task 0 at 60 - 22 - 5 = 33; back by 80 it must start at 50, task 0 at 23.
    assert gaps.windows_s.tolist()[:2] == [33, 60]
    assert gaps.shift_s.tolist()[:3] == [23, 50, 80]


def test_what_is_late_already_may_stay_so() -> None:
    tasks = [task(0), task(1, Option(2, windows=(W(0, 5),)))]
    gaps = gaps_of("0 1", tasks=tasks, vehicles=[van(0, shift=W(0, 20))])
    assert gaps.windows_s.tolist()[:2] == [12, 34]
    assert gaps.shift_s.tolist()[:3] == [12, 34, 64]


def test_what_is_on_board_is_known_before_and_behind() -> None:
    gaps = gaps_of("0 1", tasks=[task(0, deliver=(5,)), task(1, deliver=(3,), collect=(4,))])
    # 8 leave the depot, 3 after the first, 4 after the second.
    assert gaps.out[:3, 0].tolist() == [8, 8, 8]
    assert gaps.into[:3, 0].tolist() == [8, 4, 4]


def test_an_open_route_goes_nowhere_after_its_last() -> None:
    gaps = gaps_of("0", vehicles=[van(0, end=None)])
    assert gaps.after.tolist() == [1, NOWHERE, NOWHERE]


def test_between_two_trips_the_vehicle_loads() -> None:
    gaps = gaps_of("0 | 1", vehicles=[van(0, trips_max=2, reload_s=7, shift=W(0, 100))])
    # Gaps: before 0, after 0, before 1, after 1, a third trip. 12 + 10 home + 7.
    assert gaps.ready_s.tolist() == [0, 12, 29, 61, 98]
    # Back by 100, task 1 starts by 70; from the depot by 70 - 32 - 7 = 31.
    assert gaps.shift_s.tolist()[:4] == [21, 31, 70, 100]


def test_latest_starts() -> None:
    windows = (W(10, 20), W(40, 50))
    assert [latest_start_in(windows, at) for at in (5, 15, 30, 45, 60)] == [None, 15, 20, 45, 50]
    assert [latest_ready_for(windows, at) for at in (5, 15, 30, 45, 60)] == [None, 15, 20, 45, 60]
    assert latest_start_in((), 7) == 7
