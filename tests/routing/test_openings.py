"""What is found at a glance is what looking everywhere finds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logistics.routing.insertion import find_cheapest, list_insertions
from logistics.routing.model import CASH, Break, Option, Pick, Plan, Problem, ServiceLevel, TimeWindow
from logistics.routing.openings import Alone, openings_of
from logistics.routing.reasons import RELAXED_IN_ORDER, Reason, reasons_of
from tests.routing.builders import line_problem, plan_of, task, van

W = TimeWindow
LAST = 6


def crowded() -> Problem:
    """Make a day in which every limit there is may bind; the last task is the one to be put in."""
    shop = Option(3, service_s=4, cost=-3, room="shop", preference=1)
    tasks = [
        task(0, Option(1, windows=(W(0, 40), W(90, 140)), service_s=5), deliver=(1, 0), collect=(0, 20)),
        task(1, Option(2, windows=(W(20, 120),), service_s=5), deliver=(2, 0), collect=(0, 30)),
        task(2, shop, deliver=(1, 0)),
        task(3, Option(4, service_s=5), deliver=(1, 0), collect=(0, 10)),
        task(4, Option(5, windows=(W(60, 160),)), Option(2, service_s=2), deliver=(1, 0)),
        task(5, Option(6, service_s=1), deliver=(1, 0)),
        task(
            LAST,
            Option(7, windows=(W(30, 70), W(100, 150)), service_s=6),
            shop,
            Option(1, windows=(W(10, 30),)),
            deliver=(2, 0),
            collect=(0, 25),
        ),
    ]
    cars = [
        van(0, capacity=(4, 60), cost_fixed=5, cost_per_s=1, trips_max=3, reload_s=3, shift=W(0, 260)),
        van(1, start=8, end=8, capacity=(5, 70), shift=W(10, 170), cost_per_m=2, stops_max=3, overtime_s_max=20),
        van(2, end=None, capacity=(3, 40), distance_m_max=150, duration_s_max=160, cost_per_s=2),
    ]
    return line_problem(
        [0, 12, 30, 20, 50, 44, 25, 38, 60],
        tasks=tasks,
        vehicles=cars,
        room={"shop": 1},
        setup_s=2,
        dimensions=("pieces", CASH),
        levels=(ServiceLevel(0, 80),),
    )


DAY = crowded()
PLANS = st.builds(
    lambda order, cuts, doubled: _plan(order, sorted(cuts), doubled=doubled),
    st.permutations(range(LAST)),
    st.lists(st.integers(0, LAST), min_size=3, max_size=3),
    st.booleans(),
)


def _plan(order: list[int], cuts: list[int], *, doubled: bool) -> Plan:
    parts = [order[: cuts[0]], order[cuts[0] : cuts[1]], order[cuts[1] : cuts[2]]]
    words = [[f"{one}:1" if one == 4 and doubled else str(one) for one in part] for part in parts]
    first = words[0]
    text = " ".join(first[:1]) + (" | " if doubled and len(first) > 1 else " ") + " ".join(first[1:])
    return plan_of(DAY, " / ".join([text, *(" ".join(part) for part in words[1:])]), left_out=[*order[cuts[2] :], LAST])


@given(PLANS)
@settings(max_examples=150, deadline=None)
def test_the_best_opening_is_the_cheapest_insertion_there_is(plan: Plan) -> None:
    openings = openings_of(DAY, plan)
    everywhere = list_insertions(DAY, plan, LAST)
    alone = Alone(openings, [Pick(LAST, option) for option in range(3)])
    cheapest, found = find_cheapest(everywhere), alone.best()
    assert (found and found.extra_cost) == (cheapest and cheapest.extra_cost)
    for reason in RELAXED_IN_ORDER:
        if reason is Reason.TRIPS:
            continue  # one trip more than allowed is nothing that `list_insertions` lists
        enough = [one.extra_cost for one in everywhere if reasons_of(one.broken, {LAST}) == {reason}]
        freed = alone.best(reason)
        assert (freed and freed.extra_cost) == min(enough, default=None), reason


@given(PLANS)
@settings(max_examples=100, deadline=None)
def test_nothing_is_called_broken_that_is_not_and_no_cost_is_below_its_bound(plan: Plan) -> None:
    openings = openings_of(DAY, plan)
    among = openings.candidates([Pick(LAST, option) for option in range(3)])
    for index in range(len(among.gap)):
        tried = openings.tried(among, index)
        assert among.cost_min[index] <= tried.extra_cost
        assert among.broken[index] & ~sum(1 << list(Reason).index(one) for one in openings.reasons(tried)) == 0


def test_one_more_trip_is_an_opening_too() -> None:
    problem = line_problem([0, 10, 20], vehicles=[van(0, capacity=(1,))])
    alone = Alone(openings_of(problem, plan_of(problem, "0", left_out=[1])), [Pick(1)])
    trip = alone.best(Reason.TRIPS)
    assert trip is not None
    assert (trip.trip, trip.extra_cost) == (1, 40)
    over = alone.best(Reason.CAPACITY)
    assert over is not None
    assert over.extra_cost == 20


def test_at_any_hour_only_its_own_hours_are_gone() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, Option(2, windows=(W(0, 5),)))])
    openings = openings_of(problem, plan_of(problem, "0", left_out=[1]))
    assert Alone(openings, [Pick(1)]).best() is None
    best = Alone(openings.at_any_hour({1}), [Pick(1)]).best()
    assert best is not None
    assert (best.extra_cost, best.start_s) == (20, 20)


def test_who_rests_is_tried_in_full() -> None:
    # 20 s out and 20 s back fit the shift of 45 s by themselves, but not with a rest of 30 s between.
    rest = Break(W(10, 12), 30)
    problem = line_problem([0, 10, 20], vehicles=[van(0, shift=W(0, 45), breaks=(rest,))])
    alone = Alone(openings_of(problem, plan_of(problem, "", left_out=[0, 1])), [Pick(1)])
    assert alone.best() is None
    assert alone.best(Reason.SHIFT) is not None


def test_the_nearest_miss_breaks_the_fewest_things() -> None:
    tasks = [task(0), task(1, skills=frozenset({"crane"}))]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0, distance_m_max=30, capacity=(2,))])
    openings = openings_of(problem, plan_of(problem, "0", left_out=[1]))
    miss = Alone(openings, [Pick(1)]).nearest_miss()
    assert miss is not None
    assert openings.reasons(miss) == {Reason.SKILL, Reason.DISTANCE}


@pytest.mark.parametrize("options", [(), (Option(1),)])
def test_without_a_way_there_is_no_opening(options: tuple[Option, ...]) -> None:
    problem = line_problem([0, 10], tasks=[replace(task(0), options=options)], vehicles=[van(0, capacity=(0,))])
    openings = openings_of(problem, plan_of(problem, "", left_out=[0]))
    alone = Alone(openings, [Pick(0, number) for number in range(len(options))])
    assert alone.best() is None
    assert (alone.nearest_miss() is None) == (not options)


@given(PLANS)
@settings(max_examples=60, deadline=None)
def test_the_cheapest_is_found_where_balance_has_a_price(plan: Plan) -> None:
    """One more stop on a short route may save more than it costs."""
    problem = replace(DAY, balance_cost_per_s=3, levels=())
    found = Alone(openings_of(problem, plan), [Pick(LAST, option) for option in range(3)]).best()
    cheapest = find_cheapest(list_insertions(problem, plan, LAST))
    assert (found and found.extra_cost) == (cheapest and cheapest.extra_cost)
