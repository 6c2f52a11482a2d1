from hypothesis import given
from hypothesis import strategies as st

from logistics.routing.model import Option, Pick, Problem, TimeWindow
from logistics.routing.replay import earliest_start_s
from logistics.routing.schedule import latest_start_s, reschedule, schedule_plan
from tests.routing.builders import line_problem, plan_of, task, van

W = TimeWindow


def starts(problem: Problem, text: str) -> list[int]:
    return [visit.start_s for visit in plan_of(problem, text).routes[0].visits]


def test_travel_then_set_up_then_service() -> None:
    # 0 -> 100 m: arrive 100, set-up 10, serve 110..115, drive 50 on, arrive 165, set-up 10, serve at 175.
    problem = line_problem(
        [0, 100, 150],
        tasks=[task(0, Option(1, service_s=5)), task(1, Option(2, service_s=5))],
        setup_s=10,
    )
    assert starts(problem, "0 1") == [110, 175]
    # back at 180 + 150
    assert plan_of(problem, "0 1").routes[0].trips[0].back_s == 330


def test_the_van_leaves_as_late_as_it_can_without_coming_back_later() -> None:
    # Service may start at 1000; driving takes 100: it leaves at 900, not at 0, and nobody waits.
    problem = line_problem([0, 100], tasks=[task(0, Option(1, windows=(W(1000, 2000),)))])
    (route,) = plan_of(problem, "0").routes
    assert route.trips[0].depart_s == 900
    assert next(route.stops).wait_s == 0
    assert route.duration_s == 200


def test_waiting_that_nothing_can_save_is_shown() -> None:
    # First task only 0..100, second only 500..600, 50 m further: from 100 on it waits 350 there.
    problem = line_problem(
        [0, 100, 150],
        tasks=[task(0, Option(1, windows=(W(0, 100),))), task(1, Option(2, windows=(W(500, 600),)))],
    )
    assert [stop.wait_s for stop in plan_of(problem, "0 1").routes[0].stops] == [0, 350]


def test_late_is_served_at_once() -> None:
    problem = line_problem([0, 100], tasks=[task(0, Option(1, windows=(W(0, 50),)))])
    assert starts(problem, "0") == [100]


def test_the_second_window_is_taken_when_the_first_is_over() -> None:
    windows = (W(0, 50), W(300, 400))
    problem = line_problem([0, 100], tasks=[task(0, Option(1, windows=windows))])
    assert starts(problem, "0") == [300]


def test_a_second_trip_begins_with_reloading() -> None:
    # Out 100, back at 200, reload 30, leave 230, arrive 250, back 270.
    problem = line_problem([0, 100, 20], vehicles=[van(0, trips_max=2, reload_s=30)])
    first, second = plan_of(problem, "0 | 1").routes[0].trips
    assert (first.depart_s, first.back_s) == (0, 200)
    assert (second.depart_s, second.back_s, second.stops[0].arrive_s) == (230, 270, 250)


def test_an_open_route_ends_at_its_last_stop() -> None:
    problem = line_problem([0, 100], vehicles=[van(0, end=None)])
    assert plan_of(problem, "0").routes[0].trips[0].back_s == 100


def test_the_same_place_twice_apart_is_two_halts() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0, Option(1)), task(1, Option(2)), task(2, Option(1))])
    assert [stop.place for stop in plan_of(problem, "0 1 2").routes[0].stops] == [1, 2, 1]


windows_strategy = st.lists(st.integers(0, 500), min_size=0, max_size=6, unique=True).map(
    lambda cuts: tuple(W(a, b) for a, b in zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False))
)


@given(windows_strategy, st.integers(0, 600))
def test_the_earliest_start_is_the_first_allowed_second(windows: tuple[TimeWindow, ...], ready_s: int) -> None:
    allowed = [s for s in range(ready_s, 601) if not windows or any(w.start_s <= s <= w.end_s for w in windows)]
    assert earliest_start_s(windows, ready_s) == (allowed[0] if allowed else ready_s)


@given(windows_strategy, st.integers(0, 600), st.integers(0, 600))
def test_the_latest_start_is_the_last_allowed_second(windows: tuple[TimeWindow, ...], a: int, b: int) -> None:
    first, last = sorted((a, b))
    allowed = [s for s in range(first, last + 1) if not windows or any(w.start_s <= s <= w.end_s for w in windows)]
    assert latest_start_s(windows, first, last) == (allowed[-1] if allowed else first)


@given(
    st.lists(st.tuples(st.integers(1, 300), windows_strategy, st.integers(0, 40)), min_size=1, max_size=5),
)
def test_leaving_late_never_comes_back_later(rows: list[tuple[int, tuple[TimeWindow, ...], int]]) -> None:
    positions = [0, *(row[0] for row in rows)]
    tasks = [task(n, Option(n + 1, windows=row[1], service_s=row[2])) for n, row in enumerate(rows)]
    problem = line_problem(positions, tasks=tasks)
    (route,) = plan_of(problem, " ".join(str(n) for n in range(len(rows)))).routes
    now_s = 0  # a second, plain reckoning from the start of the shift
    here = 0
    for n, row in enumerate(rows):
        now_s = earliest_start_s(row[1], now_s + abs(positions[n + 1] - here)) + row[2]
        here = positions[n + 1]
    assert route.trips[0].back_s == now_s + here
    assert route.trips[0].depart_s >= 0


def test_only_the_changed_routes_get_new_times() -> None:
    problem = line_problem([0, 10, 20, -10], vehicles=[van(0), van(1), van(2)])
    plan = plan_of(problem, "0 1 / 2")
    after = reschedule(problem, plan, {0: [[]], 2: [[Pick(0)]]}, left_out=[1])
    assert after == schedule_plan(problem, [(1, [[Pick(2)]]), (2, [[Pick(0)]])], left_out=[1])
    assert after.routes[0] is plan.routes[1]
