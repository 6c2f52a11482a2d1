"""Days with goods fetched on the way, searched while their fetching stands still."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from logistics.routing.construct import Drafts, complete, construct
from logistics.routing.cost import plan_cost, weight
from logistics.routing.edge.search import pairing
from logistics.routing.edge.search.pairing import Searches, groups_of, settle, stilled, turns
from logistics.routing.edge.search.turns import OnFound, drafts_of
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Option, Pick, Plan, Problem, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, plan_of, task, text_of, van

LIMITS = Limits(60.0, rounds_max=100)
PLACES = [0, 10, 20, 30, -10, -20, -30]


def day(**changes: object) -> Problem:
    """Make a day on which task 1 is brought from 0, and 4 and 5 from 3."""
    tasks = [
        task(0, deliver=(0,)),
        task(1, brings_from=0),
        task(2, Option(3), Option(6, preference=1)),
        task(3, Option(4), Option(1), deliver=(0,), leave_cost=300),
        task(4, Option(5, windows=(TimeWindow(0, 90), TimeWindow(120, 900))), brings_from=3, leave_cost=300),
        task(5, Option(6), brings_from=3, leave_cost=300),
    ]
    fields = {"tasks": tasks, "vehicles": [van(0, capacity=(9,)), van(1, capacity=(9,))]} | changes
    return line_problem(PLACES, **fields)  # type: ignore[arg-type]


def arranged(problem: Problem, chance: Random) -> Plan:
    """Arrange what can be done anyhow, each on a vehicle that may."""
    rows: dict[int, list[Pick]] = {}
    for number in chance.sample(range(len(problem.tasks)), len(problem.tasks)):
        noun = problem.tasks[number]
        may = [n for n, car in enumerate(problem.vehicles) if noun.vehicles is None or car.id in noun.vehicles]
        if noun.options and may:
            rows.setdefault(chance.choice(may), []).append(Pick(number, chance.randrange(len(noun.options))))
    return complete(problem, tuple((vehicle, (tuple(picks),)) for vehicle, picks in rows.items()))


@given(st.randoms(use_true_random=False))
def test_what_keeps_the_rules_while_pairs_stand_still_keeps_them(chance: Random) -> None:
    problem = day()
    standing = construct(problem)
    for _ in range(chance.randint(0, 20)):  # another plan that keeps the rules, if chance finds one
        other = arranged(problem, chance)
        standing = standing if check_plan(problem, other) else other
    still = stilled(problem, standing, chance)
    found = next(
        (one for _ in range(40) if not check_plan(still.problem, one := arranged(still.problem, chance))), None
    )
    assume(found is not None)
    assert found is not None
    plan = complete(problem, still.back(drafts_of(found)))
    assert check_plan(problem, plan) == ()
    assert plan_cost(problem, plan) == plan_cost(still.problem, found)


@given(st.randoms(use_true_random=False), st.integers(2, 9))
def test_where_pairs_stand_they_may_stand(chance: Random, capacity: int) -> None:
    """Unless what is fetched would not fit until the end of the trip, for that is how it is counted."""
    problem = day(vehicles=[van(0, capacity=(capacity,)), van(1, capacity=(capacity,))])
    standing = construct(problem)
    still = stilled(problem, standing, chance)
    begin = complete(still.problem, still.of_whole(drafts_of(standing)))
    broken = {one.rule.value for one in check_plan(still.problem, begin)}
    assert broken <= ({"capacity"} if capacity < 4 else set())
    assert still.back(drafts_of(begin)) == drafts_of(standing)


def test_a_pair_that_is_on_no_route_stays_there_and_who_is_fixed_stays() -> None:
    problem = day(vehicles=[van(0, capacity=(9,), fixed=(Pick(3, 1),)), van(1, capacity=(9,))])
    still = stilled(problem, plan_of(problem, "3:1 4 5 / 2", left_out=[0, 1]), Random(1))
    assert [len(noun.options) for noun in still.problem.tasks] == [0, 0, 2, 1, 1, 1]
    assert still.problem.vehicles[0].fixed == (Pick(3, 0),)
    assert still.ways == {3: 1, 4: 0, 5: 0}
    half = stilled(problem, plan_of(problem, "3:1 / 2", left_out=[0, 1, 4, 5]), Random(1))
    assert [len(noun.options) for noun in half.problem.tasks] == [0, 0, 2, 2, 0, 0]
    assert not any(noun.brings_from for noun in half.problem.tasks)


def test_who_brings_comes_after_who_fetches_and_both_stay_with_their_van() -> None:
    problem = day()
    still = stilled(problem, plan_of(problem, "0 1 2 / 3 4 5"), Random(1)).problem
    assert [noun.vehicles for noun in still.tasks] == [{"van0"}, {"van0"}, None, {"van1"}, {"van1"}, {"van1"}]
    (until,) = still.tasks[0].options[0].windows
    (after,) = still.tasks[1].options[0].windows
    assert 10 <= until.end_s == after.start_s <= 20
    assert still.tasks[3].options[0].collect == (2,)
    assert [noun.deliver for noun in still.tasks] == [(0,), (), (1,), (0,), (), ()]
    assert [noun.leave_cost for noun in still.tasks] == [None] * 6
    moment_s = still.tasks[3].options[0].windows[0].end_s
    assert still.tasks[4].options[0].windows == (TimeWindow(moment_s, 90), TimeWindow(120, 900))


def test_pairs_are_put_where_they_cost_least_and_never_dearer() -> None:
    problem = day()
    poor = plan_of(problem, "2 3 4 5 / 0 1")
    best = settle(problem, poor, lambda: True)
    assert (check_plan(problem, best), text_of(best)) == ((), "0 1 2 3 4 5")
    assert settle(problem, best, lambda: True) == best
    assert settle(problem, poor, lambda: False) == poor


def test_who_is_on_no_route_is_put_somewhere_first() -> None:
    problem = day()
    plan = settle(problem, plan_of(problem, "2 / 3 4 5", left_out=[0, 1]), lambda: True)
    assert text_of(plan) == "0 1 2 / 3 4 5"


def junk(chance: Random, asked: list[str], name: str) -> Callable[..., Drafts]:
    def search(problem: Problem, limits: Limits, start: Drafts, told: OnFound) -> Drafts:
        asked.append(name if start else f"{name} from nothing")
        answer = drafts_of(arranged(problem, chance))
        told(answer, 0.0)
        return answer

    return search


@given(st.randoms(use_true_random=False))
def test_whatever_the_searches_say_the_plan_keeps_the_rules_and_gets_no_worse(chance: Random) -> None:
    problem, asked, told = day(), list[str](), list[Drafts]()
    searches = Searches(junk(chance, asked, "around"), junk(chance, asked, "together"))
    best = pairing.solve(problem, LIMITS, lambda one, _: told.append(one), lambda: True, (), searches)
    plan = complete(problem, best)
    assert check_plan(problem, plan) == ()
    assert weight(problem, plan) <= weight(problem, complete(problem, told[0]))
    assert asked == ["around from nothing", "together", *["around"] * 5]


def test_a_plan_there_is_goes_on_at_once() -> None:
    problem, asked = day(), list[str]()
    start = drafts_of(plan_of(problem, "0 1 2 / 3 4 5"))

    def nothing(_: Problem, __: Limits, begin: Drafts, ___: OnFound) -> Drafts:
        asked.append("around" if begin else "from nothing")
        return ()

    searches = Searches(nothing, junk(Random(1), asked, "together"))
    best = pairing.solve(problem, LIMITS, lambda *_: None, lambda: True, start, searches)
    assert (best, asked) == (start, ["around"] * 5)
    assert pairing.solve(problem, LIMITS, lambda *_: None, lambda: False, start, searches) == start
    assert len(asked) == 5


def test_a_quick_plan_is_told_before_anything_is_searched() -> None:
    problem, told = day(), list[Drafts]()
    searches = Searches(junk(Random(1), [], ""), junk(Random(1), [], ""))
    pairing.solve(problem, LIMITS, lambda one, _: told.append(one), lambda: not told, (), searches)
    assert len(told) == 1
    assert complete(problem, told[0]).left_out == ()


@pytest.mark.parametrize(
    ("seconds", "goes_on", "names"),
    [
        (1.0, True, "A"),
        (3.0, True, "AAA"),
        (1.0, False, "CA"),
        (10.0, False, "CTAAAAA"),
        (60.0, True, "AAAAA"),
    ],
)
def test_turns_are_long_enough(seconds: float, names: str, *, goes_on: bool) -> None:
    dealt = turns(seconds, goes_on=goes_on)
    assert "".join(turn.name[0] for turn, _ in dealt) == names
    assert sum(share for _, share in dealt) == pytest.approx(1.0)


def test_who_goes_together() -> None:
    assert groups_of(day()) == [(0, 1), (3, 4, 5)]
    assert groups_of(replace(day(), tasks=day().tasks[2:3])) == []
