from __future__ import annotations

from dataclasses import replace

from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.arrays import NO_WAY, flatten, may_on, number
from logistics.routing.matrix import UNREACHABLE, matrix_of
from logistics.routing.model import Option, Pick, TimeWindow
from tests.routing.builders import line_problem, task, van


def test_set_up_lies_on_the_way_and_is_paid_once_per_halt() -> None:
    """From 10 to 30 drives 20 and sets up 3; from a door to itself nothing; from the start, at 0, 10 + 3."""
    problem = line_problem([0, 10, 30], setup_s=3)
    names, tables = number(problem), flatten(problem)
    way = tables.way[0, :, :, c.W_SECONDS_TO]
    assert (way[0, 1], way[0, 0], way[names.starts[0], 0]) == (23, 0, 13)
    assert tables.way[0, 0, 1, c.W_METRES_TO] == 20


def test_the_start_is_another_place_than_a_customer_there() -> None:
    """Who lives at the depot costs a halt and its set-up."""
    problem = line_problem([0, 10], tasks=[task(0, Option(1))], vehicles=[van(0, start=1, end=1)], setup_s=3)
    tables, names = flatten(problem), number(problem)
    assert tables.way[0, names.starts[1], 0, c.W_SECONDS_TO] == 3
    assert tables.way[0, 0, names.ends[1], c.W_SECONDS_TO] == 0


def test_an_open_end_is_everywhere() -> None:
    problem = line_problem([0, 10, 30], vehicles=[van(0, end=None)])
    way = flatten(problem).way[0, 1, number(problem).ends[c.NONE]]
    assert (way[c.W_METRES_TO], way[c.W_SECONDS_TO]) == (0, 0)


def test_where_no_way_leads_no_window_is_met() -> None:
    problem = line_problem([0, 10], travel=(matrix_of([[0, UNREACHABLE], [10, 0]]),))
    assert flatten(problem).way[0, number(problem).starts[0], 0, c.W_SECONDS_TO] == NO_WAY


def test_time_is_looked_at_unless_nothing_can_ever_be_late() -> None:
    """A shift without end and no windows; a way that is missing, a window, a limit or a wage make time matter."""
    endless = van(0, shift=TimeWindow(0, UNREACHABLE))
    windowed = task(0, Option(1, (TimeWindow(0, 50),)))
    timed = [
        flatten(problem).car[0, c.C_TIMELESS]
        for problem in (
            line_problem([0, 10], vehicles=[endless]),
            line_problem([0, 10], vehicles=[endless], travel=(matrix_of([[0, UNREACHABLE], [10, 0]]),)),
            line_problem([0, 10], vehicles=[endless], tasks=[windowed]),
            line_problem([0, 10], vehicles=[replace(endless, duration_s_max=100)]),
            line_problem([0, 10], vehicles=[replace(endless, cost_per_s=1)]),
            line_problem([0, 10]),
        )
    ]
    assert timed == [1, 0, 0, 0, 0, 0]


def test_an_option_without_windows_is_open_while_vehicles_drive() -> None:
    car = van(0, shift=TimeWindow(100, 200), overtime_s_max=50)
    node = flatten(line_problem([0, 10], vehicles=[car])).node[0]
    assert (node[c.N_READY_S], node[c.N_DUE_S]) == (100, 250)


def test_the_nearest_come_first_but_not_the_other_options_of_the_same_task() -> None:
    """Task 0 at 10 and at 11, task 1 at 30, task 2 at 15: from the first node itself, then 15, then 30."""
    tasks = [task(0, Option(1), Option(2)), task(1, Option(3)), task(2, Option(4))]
    problem = line_problem([0, 10, 11, 30, 15], tasks=tasks)
    picks = number(problem).picks
    assert [picks[node] for node in flatten(problem).near[0]] == [Pick(0, 0), Pick(2, 0), Pick(1, 0)]


def test_only_vehicles_alike_in_all_are_of_one_kind() -> None:
    cars = [van(0), van(1), van(2, cost_per_m=2), van(3)]
    problem = line_problem([0, 10], tasks=[task(0, vehicle_cost={"van3": 1})], vehicles=cars)
    kinds = flatten(problem).car[:, c.C_KIND].tolist()
    assert kinds == [0, 0, 1, 2]


def test_goods_decide_on_which_trip_a_vehicle_may() -> None:
    assert may_on(task(0, aboard="van0"), van(0)) == c.FIRST_TRIP
    assert may_on(task(0, aboard="van0"), van(1)) == 0
    assert may_on(task(0), van(0, underway=True)) == c.LATER_TRIP
    assert may_on(task(0), van(0)) == c.FIRST_TRIP + c.LATER_TRIP
    assert may_on(task(0, skills=frozenset({"crane"})), van(0)) == 0


def test_the_heavy_the_far_the_near_and_those_with_few_hours_can_come_first() -> None:
    """Of two options the nearer one counts, and the hours of both."""
    tasks = [
        task(0, Option(1, (TimeWindow(0, 50),)), deliver=(1,)),
        task(1, Option(3, (TimeWindow(0, 10),)), Option(2, (TimeWindow(0, 20),)), deliver=(4,)),
    ]
    order = flatten(line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, capacity=(8,))])).order
    assert order.tolist() == [[-0.125, -0.5], [-10, -20], [10, 20], [50, 30]]


def test_what_doing_a_task_may_save_is_its_best_rebate_and_what_leaving_it_costs() -> None:
    shop, dear = Option(1, cost=-4), Option(1, cost=7)
    tasks = [
        task(0, dear),
        task(1, dear, shop),
        task(2, shop, leave_cost=30),
        task(3, Option(1), vehicle_cost={"van0": -5, "van1": 2}),
        task(4, dear, vehicle_cost={"van0": -5}),
        replace(task(5), options=()),  # who wants nothing any more
    ]
    table = flatten(line_problem([0, 10], tasks=tasks, vehicles=[van(0), van(1)])).task
    assert table[:, c.T_GAIN_MAX].tolist() == [0, 4, 34, 5, 0, 0]


def test_each_task_has_its_own_vehicles_though_what_others_asked_is_remembered() -> None:
    vehicles = [van(0, skills=frozenset({"crane"})), van(1, underway=True), van(2)]
    tasks = [
        task(0),
        task(1, skills=frozenset({"crane"})),
        task(2, vehicles=frozenset({"van2"})),
        task(3, aboard="van1"),
        task(4, deliver=(0,)),
        task(5),
    ]
    problem = line_problem([0, 10, 20, 30, 40, 50, 60], tasks=tasks, vehicles=vehicles)
    assert flatten(problem).may.tolist() == [[may_on(one, car) for car in vehicles] for one in problem.tasks]
    assert len({tuple(row) for row in flatten(problem).may.tolist()}) == 5
