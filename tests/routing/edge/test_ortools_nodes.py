"""Which options, reloads and depots become nodes, and who may go there."""

import pytest

from logistics.routing.edge.ortools_nodes import Canvas, list_nodes, loads_first, may_visit, pairs_of, purse_of
from logistics.routing.model import Pick, Problem, ServiceLevel
from tests.routing.builders import line_problem, task, van

LINE = [0, 10, 20, 30]


def test_options_come_first_then_reloads_then_depots() -> None:
    cars = [van(0, end=None, trips_max=2), van(1, start=2, end=0, trips_max=3)]
    nodes = list_nodes(line_problem(LINE, vehicles=cars))
    assert (nodes.reloads, nodes.depots, len(nodes)) == ((0, 1, 1), (-1, 0, 2), 9)
    assert (nodes.reloads_of(1), nodes.depot(None), nodes.depot(2)) == ((4, 5), 6, 8)
    assert nodes.cars == (frozenset({0, 1}),) * 3


@pytest.mark.parametrize(("trips_max", "trips", "reloads"), [(1, 0, 0), (9, 0, 5), (9, 7, 6), (3, 7, 2)])
def test_there_are_reloads_for_every_trip_of_the_start(trips_max: int, trips: int, reloads: int) -> None:
    problem = line_problem(list(range(9)), vehicles=[van(0, trips_max=trips_max)])
    start = ((0, tuple((Pick(number),) for number in range(trips))),)
    assert len(list_nodes(problem, start).reloads) == reloads


CASES: list[tuple[str, Problem, bool]] = [
    ("anybody", line_problem(LINE), True),
    ("aboard another", line_problem(LINE, tasks=[task(0, aboard="van1")]), False),
    ("aboard this one", line_problem(LINE, tasks=[task(0, aboard="van0")], vehicles=[van(0, underway=True)]), True),
    ("left without it", line_problem(LINE, vehicles=[van(0, underway=True)]), False),
    ("comes back for it", line_problem(LINE, vehicles=[van(0, underway=True, trips_max=2)]), True),
    ("nothing to bring", line_problem(LINE, tasks=[task(0, deliver=(0,))], vehicles=[van(0, underway=True)]), True),
    ("fixed", line_problem(LINE, tasks=[task(0, aboard="van1")], vehicles=[van(0, fixed=(Pick(0),))]), True),
]


@pytest.mark.parametrize(("why", "problem", "may"), CASES, ids=[case[0] for case in CASES])
def test_goods_decide_who_may(why: str, problem: Problem, may: bool) -> None:  # noqa: FBT001 - a row of a table
    assert may_visit(problem, 0, Pick(0)) is may


def test_who_starts_where_it_reloads_loads_first() -> None:
    assert loads_first(van(0))
    assert not loads_first(van(0, depot=1))


def test_a_pair_is_named_by_both_its_tasks() -> None:
    assert pairs_of(line_problem(LINE, tasks=[task(0), task(1), task(2, brings_from=0)])) == ((0, 2),)


def test_who_ends_where_it_starts_pays_for_rules() -> None:
    cars = [van(0, end=1), van(1)]
    assert purse_of(line_problem(LINE, vehicles=cars)) is None
    assert purse_of(line_problem(LINE, vehicles=cars, levels=(ServiceLevel(0, 50),))) == 1
    assert purse_of(line_problem(LINE, vehicles=cars[:1], quotas={"post": 1})) == 0


def test_all_options_of_a_task_are_found_by_it() -> None:
    problem = line_problem(LINE, tasks=[task(0, vehicles=frozenset()), task(1)])
    canvas = Canvas(problem, list_nodes(problem))
    assert (canvas.indices_of(0), canvas.indices_of(1)) == ([], [0])
