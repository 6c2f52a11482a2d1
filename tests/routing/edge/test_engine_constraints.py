"""Each constraint, in a day on which breaking it would be cheaper: the engine keeps it, and pays for it.

Every row is planned twice, with the constraint and without. Without it the plan costs less and the judge, told of the
constraint, finds it broken by the rule that the row names.
"""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from logistics.routing.cost import plan_cost
from logistics.routing.edge import engine
from logistics.routing.edge.engine import Outcome
from logistics.routing.edge.solving import Limits
from logistics.routing.matrix import HourlyMatrix, matrix_of
from logistics.routing.model import (
    CASH,
    LIMITLESS,
    Break,
    DriveRest,
    Option,
    Pick,
    Place,
    Problem,
    ServiceLevel,
    Task,
    TimeWindow,
    Vehicle,
)
from logistics.routing.schedule import schedule_plan
from logistics.routing.violations import Rule, check_plan
from tests.routing.builders import line_matrix, line_problem, task, text_of, van

W = TimeWindow
LINE = [0, 10, 20, 30, 40]
LIMITS = Limits(seconds=3, rounds_max=3000, seed=1)


def vans(**changes: Any) -> tuple[Vehicle, Vehicle]:
    """Return a van with limits, and another without any that costs 500 more to move at all."""
    free = {"capacity": (LIMITLESS,) * len(changes.get("capacity", (0,)))}
    return van(0, cost_fixed=5, **changes), van(1, cost_fixed=505, **free)


def tasks(**changes: Any) -> tuple[Task, ...]:
    return tuple(task(number, **changes) for number in range(4))


def first(one: Task, rest: tuple[Task, ...]) -> tuple[Task, ...]:
    return (one, *rest[1:])


def line(**changes: Any) -> Problem:
    return line_problem(LINE, **({"vehicles": vans()} | changes))


def rush() -> HourlyMatrix:
    calm = line_matrix(LINE)
    slow = matrix_of([[4 * int(one) for one in row] for row in calm.seconds])
    return HourlyMatrix((0, 30), (calm, slow), calm)


@dataclass(frozen=True)
class Row:
    """A day with a constraint, the same day without it, and the rule that would be broken."""

    name: str
    bound: Problem
    free: Problem
    rule: Rule


TWO_DIMENSIONS = {"dimensions": ("g", "cm3"), "tasks": tasks(deliver=(1, 5))}
CASH_DAY = {"dimensions": (CASH,), "tasks": tasks(deliver=(0,), collect=(50,))}
STORE = Option(1, kind="store", preference=1)
WITH_STORE = tuple(task(n, Option(n + 1), replace(STORE, room="shop")) for n in range(4))
RANKED = tuple(task(n, Option(n + 1), STORE) for n in range(4))
CARRIED = tasks(leave_cost=1, carrier="sf")
PAIR = (task(0, deliver=(0,)), task(1, brings_from=0))
ROWS = [
    Row("one of several windows", line(tasks=first(task(0, Option(1, windows=(W(0, 9), W(900, 950)))), tasks()),
        vehicles=vans(shift=W(0, 100))), line(vehicles=vans(shift=W(0, 100))), Rule.WINDOW),
    Row("grams", line(vehicles=vans(capacity=(3,))), line(), Rule.CAPACITY),
    Row("the second dimension", line(**TWO_DIMENSIONS, vehicles=vans(capacity=(9, 12))),
        line(**TWO_DIMENSIONS, vehicles=vans(capacity=(9, 99))), Rule.CAPACITY),
    Row("cash on board", line(**CASH_DAY, vehicles=vans(capacity=(120,))), line(**CASH_DAY), Rule.CASH),
    Row("what is collected", line(tasks=tasks(deliver=(0,), collect=(1,)), vehicles=vans(capacity=(3,))),
        line(tasks=tasks(deliver=(0,), collect=(1,))), Rule.CAPACITY),
    Row("the shift", line(vehicles=vans(shift=W(0, 70))), line(), Rule.SHIFT),
    Row("overtime that is not allowed", line(vehicles=vans(shift=W(0, 60), overtime_s_max=15)),
        line(vehicles=vans(shift=W(0, 60), overtime_s_max=30)), Rule.SHIFT),
    Row("the longest day", line(vehicles=vans(duration_s_max=70)), line(), Rule.DURATION),
    Row("the longest way", line(vehicles=vans(distance_m_max=70)), line(), Rule.DISTANCE),
    Row("halts", line(vehicles=vans(stops_max=3)), line(), Rule.STOPS),
    Row("a skill", line(tasks=first(task(0, skills=frozenset({"lift"})), tasks()),
        vehicles=(van(0), van(1, cost_fixed=500, skills=frozenset({"lift"})))), line(), Rule.SKILL),
    Row("a locked assignment", line(tasks=first(task(0, vehicles=frozenset({"van1"})), tasks())), line(), Rule.VEHICLE),
    Row("trips", line(vehicles=vans(capacity=(2,), trips_max=1)), line(vehicles=vans(capacity=(2,), trips_max=2)),
        Rule.TRIPS),
    Row("a break", line(vehicles=vans(shift=W(0, 90), breaks=(Break(W(20, 60), 30),))),
        line(vehicles=vans(shift=W(0, 90))), Rule.BREAK),
    Row("a rest from driving", line(vehicles=vans(shift=W(0, 90), drive_rest=DriveRest(45, 30))),
        line(vehicles=vans(shift=W(0, 90))), Rule.BREAK),
    Row("fetched before it is brought", line_problem([0, 30, 10], tasks=PAIR, vehicles=[van(0, end=None)]),
        line_problem([0, 30, 10], tasks=(PAIR[0], replace(PAIR[1], brings_from=None)), vehicles=[van(0, end=None)]),
        Rule.PAIR),
    Row("room in a store", line(tasks=WITH_STORE, room={"shop": 2}), line(tasks=WITH_STORE, room={"shop": 4}),
        Rule.ROOM),
    Row("a service level", line(tasks=RANKED, levels=(ServiceLevel(0, 80),)), line(tasks=RANKED), Rule.LEVEL),
    Row("a carrier's quota", line(tasks=CARRIED, quotas={"sf": 2}), line(tasks=CARRIED), Rule.QUOTA),
    Row("what is fixed to come first", line(vehicles=(van(0, end=None, fixed=(Pick(3),)),)),
        line(vehicles=(van(0, end=None),)), Rule.FIXED),
    Row("goods in another van", line(tasks=first(task(0, aboard="van1"), tasks())), line(), Rule.ABOARD),
    Row("goods at a depot that the van has left", line(vehicles=(van(0, underway=True), van(1, cost_fixed=500))),
        line(vehicles=(van(0), van(1, cost_fixed=500))), Rule.ABOARD),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_constraint_is_kept_though_breaking_it_is_cheaper(row: Row) -> None:
    bound, free = engine.solve(row.bound, LIMITS), engine.solve(row.free, LIMITS)
    assert bound.violations == free.violations == ()
    assert bound.plan.left_out == free.plan.left_out == ()
    assert free.costs.total < bound.costs.total
    assert row.rule in {one.rule for one in check_plan(row.bound, free.plan)}


def retimed(problem: Problem, outcome: Outcome) -> Any:
    """Put the decisions of one day into the other."""
    plan = outcome.plan
    routes = [(route.vehicle, route.picks) for route in plan.routes]
    return schedule_plan(problem, routes, to_carrier=plan.to_carrier, left_out=plan.left_out)


def test_traffic_by_the_hour_is_kept_though_the_ordinary_hour_is_faster() -> None:
    calm = line(vehicles=vans(shift=W(0, 90)))
    hourly = replace(calm, travel=(rush(),))
    bound, free = engine.solve(hourly, LIMITS), engine.solve(calm, LIMITS)
    assert (bound.violations, len(free.plan.routes)) == ((), 1)
    assert Rule.SHIFT in {one.rule for one in check_plan(hourly, retimed(hourly, free))}
    assert free.costs.total < bound.costs.total


def test_of_two_the_more_urgent_is_done_though_it_is_farther() -> None:
    day = line_problem([0, 10, 40], tasks=[task(0), task(1, priority=2)], vehicles=[van(0, capacity=(1,))])
    assert engine.solve(day, LIMITS).plan.left_out == (0,)


def test_the_day_is_shared_out_where_the_longest_one_costs() -> None:
    both = [van(0), van(1)]
    alone = engine.solve(line_problem([0, 10, -10], vehicles=both), LIMITS)
    shared = engine.solve(line_problem([0, 10, 12, -10, -12], vehicles=both, balance_cost_per_s=50), LIMITS)
    assert alone.costs.balance == 0
    assert (shared.costs.balance, shared.costs.total) == (0, 48)


def test_a_driver_keeps_her_streets() -> None:
    # Van 1 knows the left, van 0 the right; who does not know a street takes longer there.
    sides = [task(n, vehicle_cost={"van0": 30}) for n in (0, 1)] + [task(n, vehicle_cost={"van1": 30}) for n in (2, 3)]
    cars = [van(0, capacity=(2,)), van(1, capacity=(2,))]
    outcome = engine.solve(line_problem([0, 10, 20, -10, -20], tasks=sides, vehicles=cars), LIMITS)
    assert (outcome.costs.assignment, outcome.plan.vehicle_of()) == (0, {0: 1, 1: 1, 2: 0, 3: 0})


def test_several_parcels_at_one_door_are_one_halt() -> None:
    at_one_door = [task(n, Option(1 + n % 2, service_s=5)) for n in range(4)]
    day = replace(
        line_problem([0, 10, 12], tasks=at_one_door, vehicles=[van(0, cost_per_s=1)], setup_s=20),
        places=(Place(), Place(setup_s=20), Place(setup_s=20)),
    )
    outcome = engine.solve(day, LIMITS)
    (route,) = outcome.plan.routes
    assert [len(stop.visits) for stop in route.stops] == [2, 2]
    assert outcome.costs.total == 24 + 24 + 2 * 20 + 4 * 5


def test_what_a_carrier_does_for_less_is_left_to_it() -> None:
    day = line_problem([0, 10, 40], tasks=[task(0, leave_cost=30), task(1, leave_cost=30)])
    outcome = engine.solve(day, LIMITS)
    assert (outcome.plan.to_carrier, outcome.costs.total) == ((1,), 50)


def test_where_no_plan_can_do_everything_the_best_one_does_what_it_can() -> None:
    day = line_problem([0, 10, 20, 30, 40], vehicles=[van(0, capacity=(2,)), van(1, capacity=(1,))])
    outcome = engine.solve(day, LIMITS)
    assert (outcome.violations, outcome.plan.left_out) == ((), (3,))
    assert text_of(outcome.plan).count("0") == 1
    assert plan_cost(day, outcome.plan).total == outcome.costs.total
