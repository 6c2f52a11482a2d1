"""What the judge says of breaks, on routes whose times were written by hand."""

from dataclasses import replace

import pytest

from logistics.routing.model import Break, DriveRest, Pick, Problem, Route, Stop, TimeWindow, Trip, Visit
from logistics.routing.rests import missing_rests_s, rested_s
from logistics.routing.violations import Rule, check_route
from tests.routing.builders import line_problem, van
from tests.routing.test_replay import rush

W = TimeWindow
LUNCH = Break(W(30, 60), 20)


def out(*rests: TimeWindow, arrive_s: int = 40, back_s: int = 100) -> Route:
    """Leave at 0, serve for no time at 40 m, be back."""
    return Route(0, (Trip(0, back_s, (Stop(1, arrive_s, 0, (Visit(Pick(0), arrive_s, arrive_s),)),)),), rests)


def lunching() -> Problem:
    return line_problem([0, 40], vehicles=[van(0, breaks=(LUNCH,))])


@pytest.mark.parametrize(
    ("rests", "missing_s"),
    [
        ((W(40, 60),), 0),
        ((W(60, 80),), 0),
        ((W(29, 60),), 20),  # begins too early
        ((W(61, 81),), 20),  # begins too late
        ((W(40, 59),), 20),  # too short
        ((W(30, 40), W(45, 55)), 20),  # two halves are not one whole
        ((), 20),
    ],
)
def test_a_break_that_is_due_must_be_taken_whole_and_in_time(rests: tuple[TimeWindow, ...], missing_s: int) -> None:
    problem = lunching()
    assert missing_rests_s(problem.vehicles[0], problem.travel[0], out(*rests)) == missing_s


def test_who_is_back_before_the_last_moment_owes_no_break() -> None:
    problem = lunching()
    assert missing_rests_s(problem.vehicles[0], problem.travel[0], out(back_s=60)) == 0
    assert missing_rests_s(problem.vehicles[0], problem.travel[0], out(back_s=61)) == 20


def test_one_rest_does_not_serve_two_breaks() -> None:
    problem = line_problem([0, 40], vehicles=[van(0, breaks=(LUNCH, Break(W(35, 70), 10)))])
    car, matrix = problem.vehicles[0], problem.travel[0]
    assert missing_rests_s(car, matrix, out(W(40, 60), back_s=120)) == 10
    assert missing_rests_s(car, matrix, out(W(40, 60), W(60, 70), back_s=120)) == 0


def test_nobody_drives_or_works_while_resting() -> None:
    problem = lunching()
    # Back at 100 after resting 40..60 leaves 40 s for 40 m; resting 35..60 on top of the drive out does not.
    assert check_route(problem, out(W(40, 60))) == ()
    assert [(one.rule, one.amount) for one in check_route(problem, out(W(35, 60)))] == [(Rule.TIMES, 5)]
    working = out(W(40, 60), arrive_s=40, back_s=120)
    stop = replace(working.trips[0].stops[0], visits=(Visit(Pick(0), 40, 50),))
    asleep = Route(0, (replace(working.trips[0], stops=(stop,)),), working.rests)
    assert Rule.TIMES in {one.rule for one in check_route(problem, asleep)}


@pytest.mark.parametrize(
    ("rests", "missing_s"),
    [((), 20), ((W(40, 50),), 0), ((W(30, 40),), 0), ((W(15, 25),), 5), ((W(40, 49),), 20)],
)
def test_driving_too_long_without_a_rest(rests: tuple[TimeWindow, ...], missing_s: int) -> None:
    # 80 s at the wheel; at most 60 in one go, then 10 of rest. Resting at 15 leaves 65.
    problem = line_problem([0, 40], vehicles=[van(0, drive_rest=DriveRest(60, 10))])
    arrive_s = 40 + rested_s(out(*rests), 0, 40)
    route = out(*rests, arrive_s=arrive_s, back_s=100)
    assert missing_rests_s(problem.vehicles[0], problem.travel[0], route) == missing_s


@pytest.mark.parametrize(
    ("rest", "back_s", "missing_s"),
    [
        (W(75, 85), 125, 0),  # she stands still from 40 to 75, and drives home after the rest
        (W(75, 85), 120, 0),
        (W(75, 85), 100, 5),  # 25 of the 40 must lie before the rest, and 40 were driven before
        (W(50, 60), 100, 0),
        (W(40, 50), 90, 0),
    ],
)
def test_who_has_time_may_stand_still_before_a_rest(rest: TimeWindow, back_s: int, missing_s: int) -> None:
    problem = line_problem([0, 40], vehicles=[van(0, drive_rest=DriveRest(60, 10))])
    assert missing_rests_s(problem.vehicles[0], problem.travel[0], out(rest, back_s=back_s)) == missing_s


def test_a_drive_takes_as_long_as_at_the_hour_after_the_rest() -> None:
    # Home takes 40 before 45 and 80 after; a driver who rests at the halt drives home after 50.
    travel = rush([0, 40], begins_s=45, factor=2)
    problem = line_problem([0, 40], vehicles=[van(0, drive_rest=DriveRest(60, 10))], travel=(travel,))
    assert missing_rests_s(problem.vehicles[0], travel, out(W(40, 50), back_s=130)) == 20


def test_rest_is_counted_only_within_the_stretch() -> None:
    assert rested_s(out(W(10, 30), W(50, 60)), 20, 55) == 15
