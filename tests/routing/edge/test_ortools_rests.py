"""Rests take time out of a shift: days on which it would be cheaper not to rest."""

from dataclasses import replace

import numpy as np

from logistics.routing.edge.ortools_rests import rests_on_the_way_s
from logistics.routing.model import Break, DriveRest, Option, Problem, TimeWindow
from tests.routing.builders import line_problem, task, text_of, van
from tests.routing.edge.searched import check_that_it_binds, solved

W = TimeWindow
DEAR = van(1, cost_per_m=3)


def day(**changes: object) -> Problem:
    """Three stops at 10, 20 and -10 m, 60 s of driving in a shift of 70; a dearer van has time."""
    return line_problem([0, 10, 20, -10], vehicles=[van(0, shift=W(0, 70), **changes), DEAR])


def test_a_break_leaves_time_for_less() -> None:
    plan = check_that_it_binds(day(breaks=(Break(W(10, 35), 30),)), day())
    assert plan.vehicle_of()[2] == 1
    assert plan.routes[0].rests


def test_a_break_is_not_taken_before_leaving_by_who_is_out_when_it_is_due() -> None:
    # The window of the break opens long before the shift, and it is out at 90..150.
    late = W(85, 200)
    tasks = [task(n, Option(n + 1, windows=(W(100 + 10 * n, 100 + 10 * n),))) for n in range(3)]
    rested = line_problem(
        [0, 10, 20, 30], tasks=tasks, vehicles=[van(0, shift=late, breaks=(Break(W(0, 115), 30),)), DEAR]
    )
    without = replace(rested, vehicles=(van(0, shift=late), DEAR))
    assert check_that_it_binds(rested, without).vehicle_of()[2] == 1


def test_waiting_is_time_to_rest() -> None:
    tasks = [task(0, Option(1, windows=(W(0, 10),))), task(1, Option(2, windows=(W(60, 60),)))]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0, shift=W(0, 80), breaks=(Break(W(15, 45), 30),))])
    assert text_of(solved(problem)) == "0 1"


def test_a_rest_after_driving_leaves_time_for_less() -> None:
    plan = check_that_it_binds(day(drive_rest=DriveRest(50, 30)), day())
    assert plan.routes[0].rests == ()
    assert len(plan.routes) == 2


def test_who_works_without_driving_needs_no_rest() -> None:
    tasks = [task(n, Option(n + 1, service_s=100)) for n in range(3)]
    cars = [van(0, shift=W(0, 361), drive_rest=DriveRest(60, 30)), DEAR]
    assert len(solved(line_problem([0, 10, 20, 30], tasks=tasks, vehicles=cars)).routes) == 1


def test_rests_in_the_midst_of_a_drive_take_their_time() -> None:
    # 100 out with a rest after 70; a rest, 70 back, a rest, and 30: 200 + 3 x 15.
    drives = np.array([[0, 70, 71, 211]] * 2)
    assert rests_on_the_way_s(drives, DriveRest(70, 15), [1]).tolist() == [[0, 0, 30, 60], [0, 0, 15, 45]]
    for shift_s, left_out in ((244, (0,)), (245, ())):
        cars = [van(0, shift=W(0, shift_s), drive_rest=DriveRest(70, 15))]
        assert solved(line_problem([0, 100], vehicles=cars)).left_out == left_out
