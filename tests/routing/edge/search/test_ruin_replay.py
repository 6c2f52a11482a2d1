"""Routes played through in compiled code, against the schedule and the judge."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from logistics.routing.cost import route_cost
from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.arrays import flatten, number
from logistics.routing.edge.search.columns import NOW
from logistics.routing.edge.search.ruin_state import fresh_state, put
from logistics.routing.edge.search.trips import split_trips
from logistics.routing.matrix import HourlyMatrix
from logistics.routing.model import Break, DriveRest, Option, Pick, Problem, Route, TimeWindow
from logistics.routing.replay import replay
from logistics.routing.schedule import schedule_route
from logistics.routing.violations import check_route
from tests.routing.builders import line_problem, task, van
from tests.routing.test_replay import rush

W = TimeWindow
short = st.integers(0, 120)


@st.composite
def windows(draw: st.DrawFn) -> tuple[TimeWindow, ...]:
    first = draw(short)
    one = W(first, first + draw(short))
    return draw(st.sampled_from([(), (one,), (one, W(one.end_s + 40, one.end_s + 200))]))


@st.composite
def days(draw: st.DrawFn) -> Problem:
    """Draw a day of four stops for one van with every oddity that it may have."""
    places = [0, *draw(st.lists(st.integers(-90, 90), min_size=4, max_size=4))]
    options = [Option(n + 1, windows=draw(windows()), service_s=draw(st.integers(0, 30))) for n in range(4)]
    loads = draw(st.lists(st.integers(0, 3), min_size=8, max_size=8))
    begin = draw(st.integers(0, 300))
    due = Break(W(begin, begin + draw(st.integers(0, 200))), draw(st.integers(1, 60)))
    car = van(
        0,
        shift=W(draw(st.integers(0, 40)), 900),
        capacity=(draw(st.integers(3, 9)),),
        cost_per_m=2,
        cost_per_s=draw(st.integers(0, 3)),
        overtime_s_max=60,
        cost_per_s_overtime=draw(st.integers(0, 2)),
        breaks=draw(st.sampled_from([(), (due,)])),
        drive_rest=draw(st.sampled_from([None, DriveRest(60, 45), DriveRest(400, 45)])),
        trips_max=draw(st.integers(1, 3)),
        reload_s=draw(st.integers(0, 30)),
        underway=draw(st.booleans()),
    )
    tasks = [
        task(n, one, deliver=(loads[2 * n],), collect=(loads[2 * n + 1],), aboard=draw(st.sampled_from([None, "van0"])))
        for n, one in enumerate(options)
    ]
    problem = line_problem(places, tasks=tasks, vehicles=[car], setup_s=draw(st.integers(0, 9)))
    if draw(st.booleans()):
        problem = replace(problem, travel=(rush(places, begins_s=draw(st.integers(1, 300)), factor=2),))
    return problem


@settings(max_examples=300)
@given(days(), st.permutations(range(4)), st.integers(1, 4), st.integers(0, 3))
def test_what_is_played_through_is_what_the_judge_sees(
    problem: Problem, order: list[int], length: int, first_trip: int
) -> None:
    picks = tuple(Pick(task) for task in order[:length])
    trips = picks[:first_trip], picks[first_trip:]
    tables, names = flatten(problem), number(problem)
    state = fresh_state(tables, 0)
    put(tables, state, names, ((0, trips),))
    route = schedule_route(problem, 0, split_trips(problem, 0, trips))
    exact = route_cost(problem, route).total
    broken, cost = bool(state.route[NOW, 0, c.R_BROKEN]), int(state.route[NOW, 0, c.R_COST])
    assert broken == bool(check_route(problem, route))
    if broken:
        return
    car = problem.vehicles[0]
    windows = max(len(option.windows) for one in problem.tasks for option in one.options)
    if windows <= 1 and not car.breaks and not car.drive_rest and not isinstance(problem.travel[0], HourlyMatrix):
        assert cost == exact  # then the latest departure is found, too
    assert cost >= exact or cost in costs_of_leaving_later(problem, route)


def costs_of_leaving_later(problem: Problem, route: Route) -> Iterator[int]:
    """Yield what the route costs for every later departure: halving the time between can miss the best one."""
    car, trips = (
        problem.vehicles[0],
        [[visit.pick for stop in trip.stops for visit in stop.visits] for trip in route.trips],
    )
    for depart_s in range(car.shift.start_s, car.shift.end_s):
        then = replace(car, shift=W(depart_s, car.shift.end_s), underway=True)
        later = replay(replace(problem, vehicles=(then,)), 0, trips)
        if not check_route(problem, later):
            yield route_cost(problem, later).total


def test_the_time_home_with_a_rest_decides_whether_a_break_is_due() -> None:
    # Home takes 29 at 29 and twice that from 50 on, after the rest: back at 132, and out when the break is due.
    car = van(0, drive_rest=DriveRest(45, 45), breaks=(Break(W(81, 118), 40),), shift=W(0, 900))
    problem = replace(line_problem([0, 29], vehicles=[car]), travel=(rush([0, 29], begins_s=50, factor=2),))
    tables, names = flatten(problem), number(problem)
    state = fresh_state(tables, 0)
    put(tables, state, names, ((0, ((Pick(0),),)),))
    route = schedule_route(problem, 0, [[Pick(0)]])
    assert bool(state.route[NOW, 0, c.R_BROKEN]) == bool(check_route(problem, route))
