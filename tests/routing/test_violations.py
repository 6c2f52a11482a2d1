"""Every constraint has a row: a plan that breaks it, the rule and the amount by which it is broken."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.routing.matrix import UNREACHABLE, matrix_of
from logistics.routing.model import (
    CASH,
    Option,
    Pick,
    Plan,
    Problem,
    Route,
    ServiceLevel,
    Stop,
    TimeWindow,
    Trip,
    Visit,
)
from logistics.routing.schedule import schedule_plan
from logistics.routing.violations import (
    EARLY,
    LATE,
    Rule,
    Violation,
    check_plan,
    driven_m,
    off_window,
    peak_load,
    worsened,
)
from tests.routing.builders import line_problem, plan_of, task, van

W = TimeWindow
SHOP = Option(1, room="shop", room_use=2)


def check(problem: Problem, text: str) -> list[tuple[Rule, int]]:
    return [(violation.rule, violation.amount) for violation in check_plan(problem, plan_of(problem, text))]


CASES: list[tuple[str, dict[str, Any], str, Rule, int]] = [
    ("three pieces, room for two", {"vehicles": [van(0, capacity=(2,))]}, "0 1 2", Rule.CAPACITY, 1),
    (
        "the third stop takes the cash on board to 150 of 100",
        {
            "dimensions": (CASH,),
            "vehicles": [van(0, capacity=(100,))],
            "tasks": [task(n, deliver=(0,), collect=(50,)) for n in range(3)],
        },
        "0 1 2",
        Rule.CASH,
        50,
    ),
    (
        "the window ends at 5, the way takes 10",
        {"tasks": [task(0, Option(1, windows=(W(0, 5),))), task(1), task(2)]},
        "0 1 2",
        Rule.WINDOW,
        5,
    ),
    ("60 s there and back, shift of 50", {"vehicles": [van(0, shift=W(0, 50))]}, "0 1 2", Rule.SHIFT, 10),
    (
        "60 s, shift of 40, overtime of 15",
        {"vehicles": [van(0, shift=W(0, 40), overtime_s_max=15)]},
        "0 1 2",
        Rule.SHIFT,
        5,
    ),
    ("60 s, at most 50 on the road", {"vehicles": [van(0, duration_s_max=50)]}, "0 1 2", Rule.DURATION, 10),
    ("60 m, at most 45", {"vehicles": [van(0, distance_m_max=45)]}, "0 1 2", Rule.DISTANCE, 15),
    (
        "needs a crane and a tail lift, has a crane",
        {
            "tasks": [task(0, skills=frozenset({"crane", "lift"})), task(1), task(2)],
            "vehicles": [van(0, skills=frozenset({"crane"}))],
        },
        "0 1 2",
        Rule.SKILL,
        1,
    ),
    (
        "locked to the other van",
        {"tasks": [task(0, vehicles=frozenset({"van1"})), task(1), task(2)], "vehicles": [van(0), van(1)]},
        "0 1 2",
        Rule.VEHICLE,
        1,
    ),
    ("two trips, one allowed", {}, "0 1 | 2", Rule.TRIPS, 1),
    (
        "three times two units, room for five",
        {"tasks": [task(n, SHOP) for n in range(3)], "room": {"shop": 5}},
        "0 1 2",
        Rule.ROOM,
        1,
    ),
    ("three halts, two allowed", {"vehicles": [van(0, stops_max=2)]}, "0 1 2", Rule.STOPS, 1),
    (
        "brought before it was fetched",
        {"tasks": [task(0, deliver=(0,)), task(1, brings_from=0), task(2)]},
        "1 0 2",
        Rule.PAIR,
        1,
    ),
    (
        "fetched on one trip, brought on the next",
        {"tasks": [task(0, deliver=(0,)), task(1, brings_from=0), task(2)], "vehicles": [van(0, trips_max=2)]},
        "0 | 1 2",
        Rule.PAIR,
        1,
    ),
    ("the goods are in another van", {"tasks": [task(0, aboard="van9"), task(1), task(2)]}, "0 1 2", Rule.ABOARD, 1),
    (
        "out of the van before the second trip",
        {"tasks": [task(0), task(1), task(2, aboard="van0")], "vehicles": [van(0, trips_max=2)]},
        "0 1 | 2",
        Rule.ABOARD,
        1,
    ),
    (
        "under way without it, for it is still at the depot",
        {"tasks": [task(0, aboard="van0"), task(1), task(2, deliver=(0,))], "vehicles": [van(0, underway=True)]},
        "0 1 2",
        Rule.ABOARD,
        1,
    ),
    ("task 1 was to be first", {"vehicles": [van(0, fixed=(Pick(1), Pick(0)))]}, "1 2 0", Rule.FIXED, 1),
    (
        "half are to get their first choice, one of three does",
        {
            "tasks": [task(0), *(task(n, Option(n + 1, preference=1)) for n in (1, 2))],
            "levels": (ServiceLevel(0, 50), ServiceLevel(1, 100)),
        },
        "0 1 2",
        Rule.LEVEL,
        1,
    ),
    ("task 2 is nowhere", {}, "0 1", Rule.LOST, 1),
    ("task 2 comes three times", {}, "0 1 2 2 2", Rule.DOUBLED, 2),
]


@pytest.mark.parametrize(("why", "changes", "text", "rule", "amount"), CASES, ids=[case[0] for case in CASES])
def test_a_broken_rule_is_found_with_its_amount(
    why: str, changes: dict[str, Any], text: str, rule: Rule, amount: int
) -> None:
    assert check(line_problem([0, 10, 20, 30], **changes), text) == [(rule, amount)]


def test_a_plan_that_keeps_everything_is_clean() -> None:
    assert check(line_problem([0, 10, 20, 30]), "0 1 2") == []


def test_a_task_without_a_price_must_not_be_left_to_a_carrier() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, leave_cost=5)])
    plan = plan_of(problem, "", to_carrier=[0, 1])
    assert [(one.rule, one.task) for one in check_plan(problem, plan)] == [(Rule.CARRIER, 0)]


def test_what_is_fetched_has_to_be_brought() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0, deliver=(0,)), task(1, brings_from=0, leave_cost=5)])
    plan = plan_of(problem, "0", to_carrier=[1])
    assert [(one.rule, one.task) for one in check_plan(problem, plan)] == [(Rule.PAIR, 0)]


def test_what_is_fetched_is_on_board_only_from_there_to_its_door() -> None:
    # 2 for task 0 from the depot; 3 more for task 2, fetched at task 1: never more than 3 at once in this order.
    tasks = [task(0, deliver=(2,)), task(1, deliver=(0,)), task(2, deliver=(3,), brings_from=1)]
    problem = line_problem([0, 10, 20, 30], tasks=tasks)
    assert peak_load(problem, plan_of(problem, "0 1 2").routes[0].trips[0]) == (3,)
    assert peak_load(problem, plan_of(problem, "1 0 2").routes[0].trips[0]) == (5,)


def test_a_vehicle_with_fixed_stops_must_not_stay_at_home() -> None:
    problem = line_problem([0, 10], tasks=[task(0, leave_cost=1)], vehicles=[van(0, fixed=(Pick(0),))])
    plan = plan_of(problem, "", to_carrier=[0])
    assert [(one.rule, one.vehicle) for one in check_plan(problem, plan)] == [(Rule.FIXED, 0)]


def test_a_carrier_takes_no_more_than_its_quota() -> None:
    tasks = [task(n, leave_cost=1, carrier="sf" if n < 2 else "") for n in range(4)]
    problem = line_problem([0, 10, 20, 30, 40], tasks=tasks, quotas={"sf": 1})
    plan = plan_of(problem, "", to_carrier=range(4))
    assert [(one.rule, one.amount, one.name) for one in check_plan(problem, plan)] == [(Rule.QUOTA, 1, "sf")]


def test_a_place_without_a_way_is_unreachable() -> None:
    problem = replace(line_problem([0, 10]), travel=(matrix_of([[0, UNREACHABLE], [10, 0]]),))
    assert Rule.UNREACHABLE in {one.rule for one in check_plan(problem, plan_of(problem, "0"))}


def test_cash_is_handed_in_between_two_trips() -> None:
    tasks = [task(n, deliver=(0,), collect=(50,)) for n in range(2)]
    vans = [van(0, capacity=(60,), trips_max=2)]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=vans, dimensions=(CASH,))
    assert check(problem, "0 1") == [(Rule.CASH, 40)]
    assert check(problem, "0 | 1") == []


def test_what_is_collected_takes_the_room_of_what_was_delivered() -> None:
    # Deliver 3, then collect 3: never more than 3 on board. The other way round: 6.
    tasks = [task(0, deliver=(3,)), task(1, deliver=(0,), collect=(3,))]
    problem = line_problem([0, 10, 20], tasks=tasks)
    assert peak_load(problem, plan_of(problem, "0 1").routes[0].trips[0]) == (3,)
    assert peak_load(problem, plan_of(problem, "1 0").routes[0].trips[0]) == (6,)


def faked(problem: Problem, arrive_s: int, start_s: int, end_s: int, back_s: int) -> Plan:
    stop = Stop(1, arrive_s, 0, (Visit(Pick(0), start_s, end_s),))
    return Plan((Route(0, (Trip(0, back_s, (stop,)),)),))


@pytest.mark.parametrize(
    ("times", "short_s"),
    [((10, 12, 15, 25), 0), ((9, 12, 15, 25), 1), ((10, 11, 15, 25), 1), ((10, 12, 14, 24), 1), ((10, 12, 15, 20), 5)],
)
def test_claimed_times_are_held_against_the_matrix(times: tuple[int, int, int, int], short_s: int) -> None:
    # 10 to drive, 2 to set up, 3 to serve, 10 back.
    problem = line_problem([0, 10], tasks=[task(0, Option(1, service_s=3))], setup_s=2)
    found = [one.amount for one in check_plan(problem, faked(problem, *times)) if one.rule is Rule.TIMES]
    assert found == ([short_s] if short_s else [])


@given(st.permutations(range(5)), st.integers(0, 4))
def test_the_schedule_never_claims_times_nobody_can_drive(order: list[int], cut: int) -> None:
    problem = line_problem([0, 40, 90, 10, 70, 30], vehicles=[van(0), van(1)], setup_s=7)
    plan = schedule_plan(problem, [(0, [[Pick(n) for n in order[:cut]]]), (1, [[Pick(n) for n in order[cut:]]])])
    assert check_plan(problem, plan) == ()


def test_the_second_trip_begins_at_the_depot_not_where_the_van_was() -> None:
    # Now at 40, depot at 0: 10 to the stop at 30, 30 to the depot, 20 to the stop at 20, 20 back: 80.
    vans = [van(0, start=3, end=0, depot=0, trips_max=2, reload_s=5)]
    problem = line_problem([0, 30, 20, 40], tasks=[task(0), task(1)], vehicles=vans)
    plan = plan_of(problem, "0 | 1")
    assert check_plan(problem, plan) == ()
    assert driven_m(problem, plan.routes[0]) == 80
    assert plan.routes[0].duration_s == 85


def test_driven_metres_run_from_start_to_end() -> None:
    problem = line_problem([0, 10, 25])
    assert driven_m(problem, plan_of(problem, "0 1").routes[0]) == 50
    open_end = replace(problem, vehicles=(van(0, end=None),))
    assert driven_m(open_end, plan_of(open_end, "0 1").routes[0]) == 25


def test_what_is_broken_by_less_than_before_is_not_broken_anew() -> None:
    def over(amount: int, name: str = "g") -> Violation:
        return Violation(Rule.CAPACITY, amount, 0, name=name)

    assert worsened([over(3)], [over(2)]) == ()
    assert worsened([over(3)], [over(1), over(2)]) == ()  # two trips that were one
    assert worsened([over(3)], [over(1), over(3)]) == (over(1),)
    assert worsened([over(3)], [over(4)]) == (over(4),)
    assert worsened([over(3)], [over(2), over(1, "pieces")]) == (over(1, "pieces"),)


@pytest.mark.parametrize(
    ("start_s", "missed"),
    [
        (5, (15, EARLY)),
        (20, (0, "")),
        (40, (0, "")),
        (45, (5, LATE)),
        (48, (8, LATE)),  # the nearer window says which side
        (53, (7, EARLY)),
        (80, (10, LATE)),
    ],
)
def test_a_window_is_missed_on_one_side(start_s: int, missed: tuple[int, str]) -> None:
    assert off_window((W(20, 40), W(60, 70)), start_s) == missed


def test_nobody_misses_what_is_always_open() -> None:
    assert off_window((), 5) == (0, "")


def test_a_missed_window_names_the_side() -> None:
    problem = line_problem([0, 10], tasks=[task(0, Option(1, windows=(W(0, 5),)))])
    assert check_plan(problem, plan_of(problem, "0")) == (Violation(Rule.WINDOW, 5, 0, 0, LATE),)
