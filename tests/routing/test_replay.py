"""Routes with rests and with traffic by the hour: sums done by hand, and the judge on random days."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.routing.matrix import HourlyMatrix, matrix_of
from logistics.routing.model import Break, DriveRest, Option, Pick, Problem, Route, TimeWindow
from logistics.routing.replay import earliest_start_s, needs_replay, replay
from logistics.routing.schedule import schedule_route
from logistics.routing.violations import Rule, check_route
from tests.routing.builders import line_matrix, line_problem, task, van

W = TimeWindow


def rush(positions: list[int], *, begins_s: int, factor: int) -> HourlyMatrix:
    """Make a line on which everything takes ``factor`` times as long from ``begins_s`` on."""
    calm = line_matrix(positions)
    slow = matrix_of([[factor * int(one) for one in row] for row in calm.seconds])
    return HourlyMatrix((0, begins_s), (calm, slow), calm)


def test_a_break_waits_until_it_is_due_and_is_taken_at_the_halt() -> None:
    # Out at 100, served until 110; the break may begin at 90..105: taken on arrival, before the service.
    tasks = [task(0, Option(1, service_s=10))]
    problem = line_problem([0, 100], tasks=tasks, vehicles=[van(0, breaks=(Break(W(90, 105), 30),), shift=W(0, 500))])
    route = schedule_route(problem, 0, [[Pick(0)]])
    (rest,) = route.rests
    (visit,) = route.visits
    assert visit.start_s == rest.end_s
    assert check_route(problem, route) == ()


def test_a_break_fits_into_waiting_for_nothing() -> None:
    # There at 100 at the latest, open from 300: the break of 50, due by 1000, costs no time at all.
    tasks = [task(0, Option(1, windows=(W(50, 60),))), task(1, Option(1, windows=(W(300, 400),)))]
    breaks = (Break(W(0, 310), 50),)
    problem = line_problem([0, 50], tasks=tasks, vehicles=[van(0, breaks=breaks)])
    route = schedule_route(problem, 0, [[Pick(0), Pick(1)]])
    assert route.trips[-1].back_s == 350
    assert check_route(problem, route) == ()
    assert route.rests == (W(60, 110),)


def test_a_break_comes_before_a_drive_that_would_end_too_late() -> None:
    out = van(0, breaks=(Break(W(10, 50), 30),), underway=True)
    problem = line_problem([0, 100], tasks=[task(0, aboard="van0")], vehicles=[out])
    route = replay(problem, 0, [[Pick(0)]])
    assert route.rests == (W(10, 40),)
    assert [visit.start_s for visit in route.visits] == [140]
    assert check_route(problem, route) == ()


def test_after_so_much_driving_comes_a_rest() -> None:
    rested = van(0, drive_rest=DriveRest(70, 15))
    problem = line_problem([0, 40, 80], vehicles=[rested])
    route = schedule_route(problem, 0, [[Pick(0), Pick(1)]])
    # 40, 40 (would be 80: rest), back 80 (rest again, and one more on the way).
    assert route.trips[-1].back_s - route.trips[0].depart_s == 160 + 3 * 15
    assert check_route(problem, route) == ()


def test_the_way_takes_longer_in_the_rush_hour_and_the_share_before_it_does_not() -> None:
    travel = rush([0, 100], begins_s=50, factor=3)
    assert travel.travel_s(0, 1, 0) == 50 + 3 * 50
    assert travel.travel_s(0, 1, 60) == 300
    assert travel.travel_s(0, 1) == 100


def test_who_waits_for_the_window_leaves_as_late_as_traffic_allows() -> None:
    tasks = [task(0, Option(1, windows=(W(500, 600),)))]
    problem = replace(line_problem([0, 100], tasks=tasks), travel=(rush([0, 100], begins_s=400, factor=2),))
    route = schedule_route(problem, 0, [[Pick(0)]])
    # 400 - 350 = 50 at full speed, the other half takes 100: there at 500.
    assert route.trips[0].depart_s == 350
    assert [visit.start_s for visit in route.visits] == [500]


def test_nobody_leaves_so_late_that_a_drive_takes_longer_than_she_may_drive() -> None:
    # Open from 100. Who leaves by 10 drives for 40; later the drive reaches into the rush, and 50 may be driven.
    travel = rush([0, 40], begins_s=50, factor=2)
    tasks = [task(0, Option(1, windows=(W(100, 200),)))]
    car = van(0, drive_rest=DriveRest(50, 10), end=None)
    problem = line_problem([0, 40], tasks=tasks, vehicles=[car], travel=(travel,))
    route = schedule_route(problem, 0, [[Pick(0)]])
    assert route.trips[0].depart_s == 20  # 30 in calm and 10 of the way at half the speed
    assert check_route(problem, route) == ()


def test_the_rest_and_the_hour_after_it_decide_whether_a_break_is_due_before_home() -> None:
    # Home takes 29 at 29 and twice that after the rest: back at 132 without the break that is due by 118.
    car = van(0, drive_rest=DriveRest(45, 45), breaks=(Break(W(81, 118), 40),))
    problem = line_problem([0, 29], vehicles=[car], travel=(rush([0, 29], begins_s=50, factor=2),))
    route = schedule_route(problem, 0, [[Pick(0)]])
    assert any(81 <= rest.start_s <= 118 for rest in route.rests)


def test_a_running_vehicle_leaves_at_once() -> None:
    tasks = [task(0, Option(1, windows=(W(500, 600),)), aboard="van0")]
    problem = line_problem([0, 100], tasks=tasks, vehicles=[van(0, underway=True, breaks=(Break(W(0, 10), 5),))])
    assert replay(problem, 0, [[Pick(0)]]).trips[0].depart_s == 0


@pytest.mark.parametrize(("ready_s", "start_s"), [(0, 10), (15, 15), (25, 30), (99, 99)])
def test_service_starts_in_the_next_window(ready_s: int, start_s: int) -> None:
    assert earliest_start_s((W(10, 20), W(30, 40)), ready_s) == start_s


positions = st.lists(st.integers(0, 300), min_size=4, max_size=4)
windows = st.tuples(st.integers(0, 900), st.integers(0, 300)).map(lambda pair: (W(pair[0], sum(pair)),))


@st.composite
def days(draw: st.DrawFn) -> Problem:
    places = [0, *draw(positions)]
    options = [Option(n + 1, windows=draw(st.just(()) | windows), service_s=draw(st.integers(0, 60))) for n in range(4)]
    begin = draw(st.integers(0, 600))
    breaks = (Break(W(begin, begin + draw(st.integers(0, 400))), draw(st.integers(1, 90))),)
    drive_rest = draw(st.none() | st.just(DriveRest(650, 45)))
    car = van(0, breaks=draw(st.just(()) | st.just(breaks)), drive_rest=drive_rest, trips_max=2, reload_s=10)
    problem = line_problem(places, tasks=[task(n, one) for n, one in enumerate(options)], vehicles=[car], setup_s=5)
    if draw(st.booleans()):
        problem = replace(problem, travel=(rush(places, begins_s=draw(st.integers(1, 900)), factor=2),))
    return problem


def rules(problem: Problem, route: Route) -> set[Rule]:
    return {violation.rule for violation in check_route(problem, route)}


@given(days(), st.permutations(range(4)), st.integers(0, 4))
def test_no_time_is_claimed_that_nobody_can_drive(problem: Problem, order: list[int], cut: int) -> None:
    trips = [[Pick(n) for n in order[:cut]], [Pick(n) for n in order[cut:]]]
    route = replay(problem, 0, [trip for trip in trips if trip])
    assert Rule.TIMES not in rules(problem, route)
    windows_allow = all(not option.windows for one in problem.tasks for option in one.options)
    breaks_end_late = all(due.window.end_s > 2000 for due in problem.vehicles[0].breaks)
    if windows_allow and breaks_end_late:
        assert rules(problem, route) == set()


@given(days(), st.permutations(range(4)))
def test_without_rests_and_hours_it_says_what_the_schedule_says(problem: Problem, order: list[int]) -> None:
    plain = replace(
        problem,
        vehicles=(replace(problem.vehicles[0], breaks=(), drive_rest=None),),
        travel=(line_matrix([0] * 5) if isinstance(problem.travel[0], HourlyMatrix) else problem.travel[0],),
    )
    assert not needs_replay(plain, 0)
    trip = [[Pick(n) for n in order]]
    ours, theirs = replay(plain, 0, trip), schedule_route(plain, 0, trip)
    assert ours.trips[-1].back_s == theirs.trips[-1].back_s
    assert ours.trips[0].depart_s == theirs.trips[0].depart_s
