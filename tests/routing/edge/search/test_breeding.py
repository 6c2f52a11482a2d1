"""Plans are bred: the best are kept, children come of two, and the best there ever was is the answer."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from logistics.routing.construct import Drafts, complete
from logistics.routing.cost import weight
from logistics.routing.edge.pyvrp_solver import Answer
from logistics.routing.edge.search import breeding, classic
from logistics.routing.edge.search.breeding import Breeder, Brief, Population
from logistics.routing.edge.search.crew import Crew
from logistics.routing.edge.search.expressible import kinds_of
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Pick
from logistics.routing.violations import check_plan
from tests.routing.edge.search.inline import Inline
from tests.routing.edge.search.towns import town


def answer(cost: int, left: int = 0, task: int = 0) -> Answer:
    return Answer(((0, ((Pick(task),),)),), left, cost, None, 1)


def test_a_population_is_the_best_there_were_none_twice() -> None:
    population = Population()
    assert population.add([answer(30), answer(20, left=1), answer(25)])
    assert [(one.left, one.cost) for one in population.members] == [(0, 25), (0, 30), (1, 20)]
    assert not population.add([answer(25, task=7), answer(28)])
    assert population.best == answer(25).drafts
    assert not population.add([answer(cost) for cost in range(50, 90)])
    assert [one.cost for one in population.members] == [25, 28, 30, *range(50, 57)]
    assert len(population.members) == breeding.SIZE_MAX
    assert population.add([answer(24)])


def test_an_answer_without_a_route_is_no_plan() -> None:
    population = Population()
    assert not population.add([Answer((), 5, 0, None, 1)])
    assert population.members == []


def test_parents_are_two_and_better_ones_are_chosen_more_often() -> None:
    population = Population()
    population.add([answer(number, task=number) for number in range(10)])
    drawn = [population.parents(Random(seed)) for seed in range(500)]
    assert all(one != other for one, other in drawn)
    firsts = [one[0][1][0][0].task for one, _ in drawn]
    assert set(firsts) == set(range(10))
    assert firsts.count(0) > 2 * firsts.count(8)
    alone = Population()
    alone.add([answer(1)])
    assert alone.parents(Random(1)) == (answer(1).drafts, answer(1).drafts)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breeding, "CHILD_S", 0.05)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("timed", [False, True])
def test_founders_come_first_then_children_of_two(*, timed: bool) -> None:
    problem = town(60, timed=timed)
    first = classic.solve(problem, Limits(60, rounds_max=20), Inline())
    executor, told = Inline(), list[Drafts]()
    brief = Brief(problem, kinds_of(problem), route_price=7)
    crew = Crew(executor, 2, lambda: True)
    bred = Breeder(brief, crew, 2.0, Random(3)).run(first, told.append)
    plan = complete(problem, bred)
    assert not check_plan(problem, plan)
    assert bred == told[-1]
    weights = [weight(problem, complete(problem, one)) for one in told]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] < weight(problem, complete(problem, first))
    asked: list[tuple[Drafts, Orders]] = [(drafts, orders) for _, drafts, orders in executor.asked]
    founders, children = asked[: breeding.FOUNDERS], asked[breeding.FOUNDERS :]
    assert {drafts for drafts, _ in founders} == {first}
    assert {(orders.route_price, orders.heat) for _, orders in founders} == {(7, breeding.FOUNDERS_HEAT)}
    assert sum(orders.seconds for _, orders in founders) / 2 == pytest.approx(2.0 * breeding.FOUNDERS_SHARE)
    assert len(children) >= 4
    assert {(orders.route_price, orders.heat[1]) for _, orders in children} == {(0, breeding.CHILD_COLD)}
    heats = [orders.heat[0] for _, orders in children]
    assert heats == sorted(heats, reverse=True)
    assert breeding.CHILD_HEAT[0] > heats[0] > heats[-1] > breeding.CHILD_HEAT[1]
    assert len({orders.seed for _, orders in asked}) == len(asked)


@pytest.mark.usefixtures("quick")
def test_what_nobody_wants_any_more_ends_at_once() -> None:
    problem = town(40)
    first = classic.solve(problem, Limits(60, rounds_max=20), Inline())
    executor, wanted = Inline(), iter([True] * 30)
    crew = Crew(executor, 2, lambda: next(wanted, False))
    brief = Brief(problem, kinds_of(problem), 0)
    bred = Breeder(brief, crew, 60.0, Random(3)).run(first, lambda _drafts: None)
    assert len(executor.asked) < 30
    assert not check_plan(problem, complete(problem, bred))
    nobody = Crew(Inline(), 2, lambda: False)
    assert Breeder(brief, nobody, 60.0, Random(3)).run(first, lambda _drafts: None) == first


@pytest.mark.usefixtures("quick")
def test_where_nothing_can_be_done_there_is_no_plan() -> None:
    problem = town(40)
    heavy = replace(problem, tasks=tuple(replace(task, deliver=(11,)) for task in problem.tasks))
    crew = Crew(Inline(), 2, lambda: True)
    breeder = Breeder(Brief(heavy, kinds_of(heavy), 0), crew, 0.5, Random(3))
    assert breeder.run((), lambda _drafts: None) == ()
