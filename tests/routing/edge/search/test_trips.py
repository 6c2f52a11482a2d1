"""A route is cut into trips where the plan wishes it, and where the next stop does not fit or has no goods on board."""

from logistics.routing.edge.search.trips import split_trips
from logistics.routing.model import Pick
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, plan_of, task, van


def row(*tasks: int) -> list[Pick]:
    return [Pick(task) for task in tasks]


def test_what_does_not_fit_goes_on_the_next_trip() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,), trips_max=3)])
    assert split_trips(problem, 0, [row(0, 1, 2)]) == (tuple(row(0, 1)), tuple(row(2)))


def test_with_one_trip_everything_is_on_it() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,))])
    assert split_trips(problem, 0, [row(0, 1, 2)]) == (tuple(row(0, 1, 2)),)


def test_a_trip_may_end_before_the_van_is_full() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,), trips_max=2)])
    wished = (tuple(row(0)), tuple(row(1, 2)))
    assert split_trips(problem, 0, wished) == wished


def test_no_more_trips_than_may_be_are_driven() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(9,), trips_max=2)])
    assert split_trips(problem, 0, [row(0), [], row(1), row(2)]) == (tuple(row(0)), tuple(row(1, 2)))


def test_goods_at_the_depot_wait_for_the_second_trip() -> None:
    tasks = [task(0, aboard="van0"), task(1), task(2)]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, underway=True, trips_max=2)])
    assert split_trips(problem, 0, [row(0, 1, 2)]) == (tuple(row(0)), tuple(row(1, 2)))
    assert check_plan(problem, plan_of(problem, "0 | 1 2")) == ()


def test_what_is_collected_takes_room_too() -> None:
    tasks = [task(0, deliver=(0,), collect=(2,)), task(1, deliver=(0,), collect=(1,))]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0, capacity=(2,), trips_max=2)])
    assert split_trips(problem, 0, [row(0, 1)]) == (tuple(row(0)), tuple(row(1)))
