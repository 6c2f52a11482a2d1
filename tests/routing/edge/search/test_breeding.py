"""Plans are bred: the best are kept, children come of two, and the best there ever was is the answer."""

from __future__ import annotations

from collections import Counter
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
from logistics.routing.edge.search.warming import warm
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Pick, Problem
from logistics.routing.violations import check_plan
from tests.routing.edge.search.inline import Inline
from tests.routing.edge.search.towns import town


def answer(cost: int, left: int = 0, task: int = 0) -> Answer:
    return Answer(((0, ((Pick(task),),)),), left, cost, None, 1)


def population_of(*answers: Answer) -> Population:
    population = Population()
    population.add(answers)
    return population


def costs_of(population: Population) -> list[tuple[int, int]]:
    return [one.rank for one in population.members]


def test_a_population_has_the_best_first_and_none_twice() -> None:
    population = population_of(answer(30), answer(20, left=1), answer(25))
    assert costs_of(population) == [(0, 25), (0, 30), (1, 20)]
    population.add([answer(25, task=7), answer(28)])
    assert costs_of(population) == [(0, 25), (0, 28), (0, 30), (1, 20)]
    assert population.best == answer(25)
    population.shrink(2)
    assert costs_of(population) == [(0, 25), (0, 28)]


def test_a_child_takes_the_place_of_its_parent_if_it_is_better() -> None:
    members = answer(20), answer(25), answer(30, task=3)
    population = population_of(*members)
    population.put_in_place(members[2], answer(28))
    assert costs_of(population) == [(0, 20), (0, 25), (0, 28)]
    population.put_in_place(members[1], answer(26))  # better than the worst, but not than where it comes from
    population.put_in_place(members[1], answer(1, left=1))
    population.put_in_place(members[1], answer(20, task=5))  # there is such a plan
    population.put_in_place(members[1], Answer((), 0, 0, None, 1))
    assert costs_of(population) == [(0, 20), (0, 25), (0, 28)]
    population.put_in_place(members[0], answer(10))
    assert population.best == answer(10)


def test_a_child_whose_parent_has_gone_must_be_better_than_the_worst() -> None:
    population = population_of(answer(20), answer(30))
    population.put_in_place(answer(40), answer(31))
    assert costs_of(population) == [(0, 20), (0, 30)]
    population.put_in_place(answer(40), answer(29))
    assert costs_of(population) == [(0, 20), (0, 29)]


def test_an_answer_without_a_route_is_no_plan() -> None:
    assert population_of(Answer((), 5, 0, None, 1)).members == []


def test_parents_are_two_and_each_plan_is_one_as_often() -> None:
    population = population_of(*(answer(number, task=number) for number in range(5)))
    drawn = [population.parents(Random(seed)) for seed in range(500)]
    assert all(one != other for one, other in drawn)
    for side in (0, 1):
        counts = Counter(pair[side].cost for pair in drawn)
        assert set(counts) == set(range(5))
        assert max(counts.values()) < 2 * min(counts.values())
    alone = population_of(answer(1))
    assert alone.parents(Random(1)) == (answer(1), answer(1))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    warm()  # loading compiled code may take longer than all of the time below
    monkeypatch.setattr(breeding, "CHILD_S", 0.05)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("timed", [False, True])
def test_founders_come_first_then_children_of_two(*, timed: bool) -> None:
    problem = town(60, timed=timed)
    first = classic.solve(problem, Limits(60, rounds_max=20), Inline())
    executor, told = Inline(), list[Drafts]()
    brief = Brief(problem, kinds_of(problem), route_price=7)
    crew = Crew(executor, 2, lambda: True)
    bred = Breeder(brief, crew, 4.0, Random(3)).run(first, told.append)
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
    assert sum(orders.seconds for _, orders in founders) / 2 == pytest.approx(4.0 * breeding.FOUNDERS_SHARE)
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
    executor, refused = Inline(), list[int]()

    def wanted() -> bool:
        refused.extend([len(executor.asked)] if executor.asked else [])
        return not executor.asked

    brief = Brief(problem, kinds_of(problem), 0)
    bred = Breeder(brief, Crew(executor, 2, wanted), 1.0, Random(3)).run(first, lambda _drafts: None)
    assert len(executor.asked) == 1
    assert len(refused) < 5  # it does not ask on and on until its time is up
    assert not check_plan(problem, complete(problem, bred))
    nobody = Crew(Inline(), 2, lambda: False)
    assert Breeder(brief, nobody, 1.0, Random(3)).run(first, lambda _drafts: None) == first


@pytest.mark.usefixtures("quick")
def test_where_nothing_can_be_done_there_is_no_plan() -> None:
    problem = town(40)
    heavy = replace(problem, tasks=tuple(replace(task, deliver=(11,)) for task in problem.tasks))
    crew = Crew(Inline(), 2, lambda: True)
    breeder = Breeder(Brief(heavy, kinds_of(heavy), 0), crew, 0.5, Random(3))
    assert breeder.run((), lambda _drafts: None) == ()


class Rehearsal:
    """Runs a breeder without searching: a clock that goes on by what a job may take, children that are no better."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        self.now_s = 0.0
        self.seconds = seconds
        self.crossed: list[tuple[float, Drafts]] = []
        monkeypatch.setattr(breeding, "monotonic_s", lambda: self.now_s)
        monkeypatch.setattr(breeding, "search_part", self._work)
        monkeypatch.setattr(breeding, "cross", self._cross)

    def run(self, cores: int) -> None:
        problem = town(40)
        breeder = Breeder(
            Brief(problem, kinds_of(problem), 0), Crew(Inline(), cores, lambda: True), self.seconds, Random(3)
        )
        breeder.run(answer(9).drafts, lambda _drafts: None)

    def _work(self, _problem: Problem, _start: Drafts, orders: Orders) -> Answer:
        self.now_s += orders.seconds
        return answer(int(1e3 * self.now_s), task=int(1e3 * self.now_s))

    def _cross(self, _problem: Problem, one: Drafts, _other: Drafts, *_: object) -> Drafts:
        self.crossed.append((self.now_s, one))
        return one


@pytest.mark.parametrize("cores", [1, 2, 3])
def test_it_keeps_to_its_time_whoever_does_the_work(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker does what was meant for several, one after the other."""
    rehearsal = Rehearsal(monkeypatch, 20.0)
    rehearsal.run(cores)
    assert 20.0 - 2 * cores * breeding.CHILD_S <= rehearsal.now_s <= 20.0


def test_in_the_end_children_come_of_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsal = Rehearsal(monkeypatch, 200.0)
    rehearsal.run(1)
    early = {one for now_s, one in rehearsal.crossed if now_s < 80.0}
    late = {one for now_s, one in rehearsal.crossed if now_s > 180.0}
    assert breeding.FOUNDERS - 1 <= len(early) <= breeding.FOUNDERS
    assert breeding.SIZE_MIN <= len(late) <= breeding.FOUNDERS / 2
