from typing import Any

import pytest

from logistics.routing.edge.search.expressible import binding_dimensions, is_timeless, kinds_of, reasons
from logistics.routing.matrix import HourlyMatrix
from logistics.routing.model import Break, DriveRest, Option, Pick, Problem, ServiceLevel, TimeWindow
from tests.routing.builders import line_matrix, line_problem, task, van

W = TimeWindow
LINE = [0, 10, 20]


def with_task(**changes: Any) -> Problem:
    return line_problem(LINE, tasks=[task(0, **changes), task(1)])


def with_car(**changes: Any) -> Problem:
    return line_problem(LINE, vehicles=[van(0, **changes)])


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (line_problem(LINE), ()),
        (line_problem(LINE, tasks=[task(0, Option(1, room="shop"))], room={"shop": 1}), ("room",)),
        (line_problem(LINE, levels=(ServiceLevel(0, 80),)), ("levels",)),
        (line_problem(LINE, quotas={"post": 3}), ("quotas",)),
        (line_problem(LINE, balance_cost_per_s=1), ("balance",)),
        (line_problem(LINE, travel=(HourlyMatrix((0,), (line_matrix(LINE),), line_matrix(LINE)),)), ("hourly travel",)),
        (line_problem(LINE, tasks=[task(0), task(1, brings_from=0)]), ("pairs",)),
        (with_task(aboard="van0"), ("goods aboard",)),
        (with_task(vehicle_cost={"van0": 4}), ("vehicle costs",)),
        (with_car(breaks=(Break(W(0, 9), 5),)), ("breaks",)),
        (with_car(drive_rest=DriveRest(16_200, 2_700)), ("breaks",)),
        (with_car(fixed=(Pick(0),)), ("fixed beginnings",)),
        (with_car(underway=True), ("fixed beginnings",)),
        (with_car(stops_max=1), ("halts",)),
        (with_car(overtime_s_max=60), ("overtime",)),
        (with_car(trips_max=3, distance_m_max=9, duration_s_max=9, end=None, cost_per_s=2), ()),
    ],
)
def test_what_pyvrp_cannot_say_is_named(problem: Problem, expected: tuple[str, ...]) -> None:
    assert reasons(problem) == expected


def test_too_many_profiles_are_refused() -> None:
    cars = [van(number) for number in range(20)]
    tasks = [task(number, vehicles=frozenset({f"van{number}"})) for number in range(20)]
    assert reasons(line_problem(range(21), tasks=tasks, vehicles=cars)) == ("profiles",)


def test_vehicles_are_alike_if_nothing_but_the_id_differs_in_effect() -> None:
    cars = [van(0), van(1, skills=frozenset({"unasked"})), van(2, cost_per_m=2), van(3, skills=frozenset({"ice"}))]
    problem = line_problem(LINE, tasks=[task(0, skills=frozenset({"ice"})), task(1)], vehicles=cars)
    assert kinds_of(problem) == [[0, 1], [2], [3]]


def test_vehicles_that_rest_load_or_are_known_to_a_task_differ() -> None:
    cars = [van(0), van(1), van(2, breaks=(Break(W(5, 9), 1),)), van(3, underway=True), van(4), van(5, depot=0)]
    tasks = [task(0, aboard="van3"), task(1, vehicle_cost={"van4": 2})]
    assert kinds_of(line_problem(LINE, tasks=tasks, vehicles=cars)) == [[0, 1, 5], [2], [3], [4]]


def test_time_is_reckoned_where_it_binds_or_costs() -> None:
    endless = {"shift": W(0, 2**40)}
    assert is_timeless(with_car(**endless))
    assert not is_timeless(with_car())
    assert not is_timeless(with_car(**endless, cost_per_s=1))
    assert not is_timeless(with_car(**endless, duration_s_max=9))
    windows = task(0, Option(1, windows=(W(0, 9),)))
    assert not is_timeless(line_problem(LINE, tasks=[windows], vehicles=[van(0, **endless)]))


def test_a_load_that_fits_every_vehicle_at_once_does_not_bind() -> None:
    tasks = [task(0, deliver=(1, 3, 0)), task(1, Option(2, collect=(0, 0, 4)), deliver=(1, 1, 0))]
    cars = [van(0, capacity=(2, 9, 9)), van(1, capacity=(2, 3, 3))]
    assert binding_dimensions(line_problem(LINE, tasks=tasks, vehicles=cars, dimensions=("a", "b", "c"))) == [1, 2]
