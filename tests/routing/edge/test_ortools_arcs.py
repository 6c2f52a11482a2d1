"""Seconds between nodes: set-up, loading, hours of the day; and limits that what is fixed has overrun."""

from dataclasses import replace

import pytest

from logistics.routing.edge.ortools_arcs import Bounds, bounds_of, is_hourly, list_arcs, places_of
from logistics.routing.edge.ortools_nodes import list_nodes
from logistics.routing.matrix import HourlyMatrix, matrix_of
from logistics.routing.model import Option, Pick, Problem, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.builders import line_matrix, line_problem, task, van
from tests.routing.edge.searched import check_that_it_binds, solved

W = TimeWindow


def test_loading_lies_where_a_reload_that_is_not_needed_costs_nothing() -> None:
    # At the start for who begins at her depot (node 1), else at the end (node 2).
    cars = [van(0, trips_max=2, reload_s=7), van(1, start=1, depot=0, trips_max=2, reload_s=9)]
    problem = line_problem([0, 10, 20], tasks=[task(0, Option(2, service_s=3)), task(1)], vehicles=cars, setup_s=5)
    nodes = list_nodes(problem)
    seconds = list_arcs(problem, nodes).seconds[0]
    first, second, start = 2, 3, nodes.depot(0)
    assert places_of(problem, nodes).tolist() == [2, 2, 0, 0, 0, 1]
    assert (seconds[0, first], seconds[first, 0], seconds[start, first]) == (3 + 20 + 7, 20 + 5, 0)
    assert (seconds[0, second], seconds[second, 0], seconds[second, start]) == (3 + 20, 9 + 20 + 5, 0)
    assert (seconds[0, 1], seconds[1, 0]) == (3, 0)


def rush(positions: list[int]) -> HourlyMatrix:
    """Twice as long at 100..200."""
    calm = line_matrix(positions)
    slow = matrix_of([[2 * int(one) for one in row] for row in calm.seconds])
    return HourlyMatrix((0, 100, 200), (calm, slow, calm), calm)


def hourly(*options: Option) -> Problem:
    problem = line_problem([0, 10, 20, 30], tasks=[task(n, one) for n, one in enumerate(options)])
    return replace(problem, vehicles=(van(0, shift=W(0, 300)),), travel=(rush([0, 10, 20, 30]),))


def test_a_way_takes_what_it_takes_when_its_origin_is_left() -> None:
    early, rushed = Option(1, windows=(W(0, 50),)), Option(2, windows=(W(50, 120),))
    problem = hourly(early, rushed, Option(3))
    arcs = list_arcs(problem, list_nodes(problem))
    # Left before 50 at full speed, before 120 at half of it; else a third of the shift is slow: 4/3 of 10, rounded up.
    assert (arcs.drives[0][0, 1], arcs.drives[0][1, 0], arcs.drives[0][2, 1]) == (10, 20, 14)
    assert is_hourly(problem.travel[0])
    assert not is_hourly(line_matrix([0]))


def test_the_rush_hour_leaves_time_for_less() -> None:
    # 60 s at full speed fit between 100 and 170, at half of it they do not.
    cars = [van(0, shift=W(100, 170)), van(1, cost_per_m=3, shift=W(0, 99))]
    without = line_problem([0, 10, 20, -10], vehicles=cars)
    check_that_it_binds(replace(without, travel=(rush([0, 10, 20, -10]),)), without)


def test_a_plan_by_the_hour_keeps_its_windows() -> None:
    problem = hourly(*(Option(n + 1, windows=(W(95 + 10 * n, 130 + 10 * n),)) for n in range(3)))
    plan = solved(problem)
    assert (plan.left_out, check_plan(problem, plan)) == ((), ())


TIGHT = {"shift": W(0, 50), "duration_s_max": 40, "distance_m_max": 30, "stops_max": 1, "capacity": (1,)}
OPEN = Option(1, windows=(W(0, 5),))


@pytest.mark.parametrize(
    ("changes", "bounds"),
    [
        ({}, Bounds(50, 40, 30, 1, (1,), {})),
        ({"fixed": (Pick(2), Pick(0))}, Bounds(60, 60, 60, 2, (2,), {Pick(0): 50})),
        ({"fixed": (Pick(2), Pick(0)), "trips_max": 2}, Bounds(60, 60, 60, 2, (1,), {Pick(0): 50})),
        ({"fixed": (Pick(0),), "underway": True}, Bounds(50, 40, 30, 1, (1,), {Pick(0): 10})),
    ],
    ids=["nothing fixed", "two stops", "two stops on two trips", "under way"],
)
def test_limits_that_cannot_be_kept_are_raised(changes: dict[str, object], bounds: Bounds) -> None:
    problem = line_problem(
        [0, 10, 20, 30], tasks=[task(0, OPEN), task(1), task(2)], vehicles=[van(0, **TIGHT, **changes)]
    )
    nodes = list_nodes(problem)
    assert bounds_of(problem, nodes, list_arcs(problem, nodes), 0) == bounds


def test_the_most_on_board_counts_what_is_fetched() -> None:
    tasks = [task(0, collect=(2,)), task(1, brings_from=0), task(2, brings_from=0)]
    car = van(0, capacity=(1,), fixed=(Pick(0), Pick(1), Pick(2)))
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[car])
    nodes = list_nodes(problem)
    # One comes along and leaves; two are collected and two are fetched: four.
    assert bounds_of(problem, nodes, list_arcs(problem, nodes), 0).capacity == (4,)
