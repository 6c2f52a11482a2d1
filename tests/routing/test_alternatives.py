"""The price of every way is what plans with and without it differ by, recomputed in full."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from logistics.routing.alternatives import Alternatives, find_alternatives, plan_without
from logistics.routing.cost import plan_cost
from logistics.routing.explain import Closed, ClosedCarrier
from logistics.routing.insertion import insert, list_insertions
from logistics.routing.model import Option, Pick, Plan, Problem
from logistics.routing.reasons import Reason
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, plan_of, task, van
from tests.routing.test_openings import crowded
from tests.routing.tiny import tiny

TINY = tiny()


def prices(found: Alternatives) -> dict[int | None, int | None]:
    return {way.option: way.price for way in found.ways if way.reason is None}


def recomputed(plan: Plan, task_no: int) -> dict[int | None, int]:
    """Price all ways by building every plan there is with the task in another place."""
    chosen = next((v.pick.option for route in plan.routes for v in route.visits if v.pick.task == task_no), None)
    without = plan_without(TINY, plan, (task_no,))
    base, known = plan_cost(TINY, without).total, set(check_plan(TINY, without))
    found: dict[int | None, int] = {}
    for insertion in list_insertions(TINY, without, task_no):
        after = insert(TINY, without, insertion)
        if not set(check_plan(TINY, after)) - known:
            extra = plan_cost(TINY, after).total - base
            option = insertion.pick.option
            found[option] = min(found.get(option, extra), extra)
    if chosen is not None:
        found[chosen] = plan_cost(TINY, plan).total - base
    leave = TINY.tasks[task_no].leave_cost
    return found | ({None: leave} if leave is not None else {})


@given(st.permutations(range(3)), st.integers(0, 3), st.integers(0, 1), st.integers(0, 2))
@settings(max_examples=120, deadline=None)
def test_prices_are_what_plans_differ_by(order: list[int], cut: int, option: int, task_no: int) -> None:
    words = [f"{one}:{option}" if one < 2 and one == order[0] else str(one) for one in order]
    plan = plan_of(TINY, " / ".join([" ".join(words[:cut]), " ".join(words[cut:])]))
    assert prices(find_alternatives(TINY, plan, task_no)) == recomputed(plan, task_no)


def test_the_way_taken_comes_first_then_the_cheaper() -> None:
    # At the door 20 m further there and back; the store lies on the way.
    problem = line_problem([0, 10, 20, 5], tasks=[task(0), task(1, Option(2), Option(3, kind="store"), leave_cost=9)])
    ways = find_alternatives(problem, plan_of(problem, "0 1"), 1).ways
    assert [(way.option, way.price, way.is_chosen) for way in ways] == [(0, 20, True), (1, 0, False), (None, 9, False)]


def test_what_is_left_to_a_carrier_tells_what_our_ways_would_cost() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, leave_cost=9)], vehicles=[van(0, capacity=(1,))])
    carrier, door = find_alternatives(problem, plan_of(problem, "0", to_carrier=[1]), 1).ways
    assert (carrier.option, carrier.price, carrier.is_chosen) == (None, 9, True)
    assert (door.option, door.price, door.reason, door.amount) == (0, 20, Reason.CAPACITY, 1)


def test_a_carrier_that_takes_no_more_says_so() -> None:
    tasks = [task(0, leave_cost=3, carrier="x"), task(1, leave_cost=4, carrier="x")]
    problem = line_problem([0, 10, 20], tasks=tasks, quotas={"x": 1})
    ways = find_alternatives(problem, plan_of(problem, "1", to_carrier=[0]), 1).ways
    assert [(way.option, way.reason) for way in ways] == [(0, None), (None, Reason.QUOTA)]


def test_ways_that_are_not_open_say_what_they_need() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, Option(2), Option(1, kind="store"))])
    closed = Closed({Pick(1, 1): ("no_consent",)}, {1: ClosedCarrier(7, ("not_wished",), "express")})
    chosen, store, carrier = find_alternatives(problem, plan_of(problem, "0 1"), 1, closed).ways
    assert (chosen.price, chosen.reason) == (20, None)
    assert (store.price, store.reason, store.needs) == (0, Reason.CLOSED, ("no_consent",))
    assert (carrier.price, carrier.needs, carrier.name) == (7, ("not_wished",), "express")


def test_who_goes_together_is_priced_together() -> None:
    tasks = [task(0, deliver=(0,)), task(1, brings_from=0), task(2)]
    problem = line_problem([0, 10, 30, 5], tasks=tasks)
    found = find_alternatives(problem, plan_of(problem, "0 1 2"), 1)
    assert found.group == (0, 1)
    assert found.ways[0].price == 50  # 60 m with them, 10 m without


def halves(**more: Any) -> Problem:
    """Return a pair whose halves would be left to two carriers."""
    tasks = [
        task(0, deliver=(0,), leave_cost=30, carrier="express"),
        task(1, brings_from=0, leave_cost=40, carrier="post"),
        task(2, leave_cost=1, carrier="post"),
    ]
    return line_problem([0, 10, 30, 5], tasks=tasks, **more)


def test_the_halves_of_a_pair_name_both_their_carriers() -> None:
    problem = halves()
    carrier = find_alternatives(problem, plan_of(problem, "0 1", to_carrier=[2]), 1).ways[-1]
    assert (carrier.option, carrier.name, carrier.price) == (None, "express, post", 70)


def test_a_full_carrier_of_one_half_is_enough() -> None:
    problem = halves(quotas={"express": 9, "post": 1})
    carrier = find_alternatives(problem, plan_of(problem, "0 1", to_carrier=[2]), 0).ways[-1]
    assert (carrier.reason, carrier.amount) == (Reason.QUOTA, 1)


def test_carriers_of_a_pair_that_are_not_open_are_both_named() -> None:
    tasks = [task(0, deliver=(0,)), task(1, brings_from=0), task(2)]
    problem = line_problem([0, 10, 30, 5], tasks=tasks)
    closed = Closed({}, {0: ClosedCarrier(3, (), "express"), 1: ClosedCarrier(4, (), "post")})
    carrier = find_alternatives(problem, plan_of(problem, "0 1 2"), 1, closed).ways[-1]
    assert (carrier.name, carrier.price) == ("express, post", 7)


def test_several_things_against_a_way_leave_it_without_a_price() -> None:
    day = crowded()
    found = find_alternatives(day, plan_of(day, "0 1 2", left_out=[3, 4, 5, 6]), 6)
    assert all((way.price is None) == (way.reason in {Reason.SEVERAL, Reason.UNREACHABLE}) for way in found.ways)
