from hypothesis import given
from hypothesis import strategies as st

from logistics.routing.cost import plan_cost
from logistics.routing.insertion import find_cheapest, insert, list_insertions
from logistics.routing.model import Option
from logistics.routing.violations import Rule, check_plan
from tests.routing.builders import line_problem, plan_of, task, text_of, van


def test_the_cheapest_place_is_on_the_way() -> None:
    # Task 1 at 20 lies between 10 and 30: no detour.
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0), van(1)])
    plan = plan_of(problem, "0 2", left_out=[1])
    best = find_cheapest(list_insertions(problem, plan, 1))
    assert best is not None
    assert best.extra_cost == 0
    assert text_of(insert(problem, plan, best)) == "0 1 2"


def test_every_position_trip_and_option_is_looked_at() -> None:
    tasks = [task(0), task(1, Option(2), Option(3))]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, trips_max=2), van(1)])
    # van0: before and after task 0, and on a trip before and after its own; van1: alone; each with two options.
    assert len(list_insertions(problem, plan_of(problem, "0", left_out=[1]), 1)) == 10


def test_a_trip_may_be_cut_where_something_is_put_in() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, trips_max=2)])
    plan = plan_of(problem, "0 2", left_out=[1])
    after = {text_of(insert(problem, plan, one)) for one in list_insertions(problem, plan, 1)}
    assert after == {"1 0 2", "0 1 2", "0 2 1", "1 | 0 2", "0 1 | 2", "0 | 1 2", "0 2 | 1"}


def test_a_full_store_is_told() -> None:
    shop = Option(1, room="shop")
    problem = line_problem([0, 10, 20], tasks=[task(0, shop), task(1, shop)], room={"shop": 1})
    insertions = list_insertions(problem, plan_of(problem, "0", left_out=[1]), 1)
    assert {violation.rule for one in insertions for violation in one.broken} == {Rule.ROOM}


@given(st.permutations(range(4)), st.integers(0, 3))
def test_what_an_insertion_promises_is_what_the_judge_finds(order: list[int], cut: int) -> None:
    problem = line_problem([0, 40, 90, 10, 70, 30], vehicles=[van(0, capacity=(3,)), van(1, distance_m_max=150)])
    halves = (order[:cut], order[cut:])
    plan = plan_of(problem, " / ".join(" ".join(map(str, half)) for half in halves), left_out=[4])
    before = set(check_plan(problem, plan))
    for insertion in list_insertions(problem, plan, 4):
        after = insert(problem, plan, insertion)
        assert plan_cost(problem, after).total - plan_cost(problem, plan).total == insertion.extra_cost
        assert set(check_plan(problem, after)) - before == set(insertion.broken)
