"""Breeds plans: from a few that were found apart, two at a time are crossed, and what comes of them is searched.

One search that cools down ends in one valley, and more time makes it no deeper. A population of plans keeps what is
good in each: children of two (`crossing.py`) are searched for a moment, and take the place of the dearest (a hybrid
genetic search, Vidal et al. 2012, with ruin and recreate for education).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from random import Random

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts, complete
from logistics.routing.cost import weight
from logistics.routing.edge.pyvrp_solver import Answer
from logistics.routing.edge.search.crew import Crew, Job
from logistics.routing.edge.search.crossing import cross
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.edge.search.ruin_part import search_part
from logistics.routing.model import Problem

FOUNDERS = 8  # plans found apart, each by one core
FOUNDERS_SHARE = 0.22  # of the time, for all of them
FOUNDERS_HEAT = (2.0, 0.04)  # natural temperatures; down to 0.1 they end dearer, and so do their children
SIZE_MAX = 10  # plans of a population
CHILD_S = 0.5
CHILD_HEAT = (0.2, 0.05)


@dataclass(frozen=True, slots=True)
class Brief:
    """What is bred: ``kinds`` of vehicles that stand in for one another, and what a route costs founders on top."""

    problem: Problem
    kinds: Sequence[Sequence[int]]
    route_price: int


class Population:
    """Plans, the best first: what leaves out least, then the cheapest. No two do as much for the same cost."""

    def __init__(self) -> None:
        self.members: list[Answer] = []

    @property
    def best(self) -> Drafts:
        """The best plan; there must be one."""
        return self.members[0].drafts

    def add(self, answers: Iterable[Answer]) -> bool:
        """Take plans in, the dearest having to go; tell whether one is better than all before."""
        before = [_rank(one) for one in self.members[:1]]
        known = {_rank(one): one for one in answers if one.drafts} | {_rank(one): one for one in self.members}
        self.members = [known[rank] for rank in sorted(known)][:SIZE_MAX]
        return [_rank(one) for one in self.members[:1]] != before

    def parents(self, random: Random) -> tuple[Drafts, Drafts]:
        """Return two plans, better ones rather; twice the same only if there is no other."""
        numbers = list(range(len(self.members)))
        first = min(random.choices(numbers, k=2))
        others = [number for number in numbers if number != first] or numbers
        second = min(random.choices(others, k=2))
        return self.members[first].drafts, self.members[second].drafts


def breed(
    brief: Brief,
    crew: Crew,
    first: Drafts,
    seconds: float,
    random: Random,
    on_better: Callable[[Drafts], None],
    meanwhile: Callable[[], None] = lambda: None,
) -> Drafts:
    """Return the best plan bred within some seconds, ``first`` at worst. ``meanwhile``: see `Crew.ask`."""
    began_s = monotonic_s()
    population = Population()
    population.add([Answer(first, *weight(brief.problem, complete(brief.problem, first)), None, 0)])
    for jobs in _jobs(brief, crew.cores, first, seconds, random, population):
        if not crew.wanted() or monotonic_s() - began_s + CHILD_S > seconds:
            break
        if population.add(crew.ask(jobs, search_part, meanwhile).values()):
            on_better(population.best)
    return population.best if population.members else first


def _jobs(
    brief: Brief, cores: int, first: Drafts, seconds: float, random: Random, population: Population
) -> Iterator[Iterable[Job]]:
    """Make jobs for all cores, turn by turn: founders, then children without end; none where nobody found a plan."""
    yield from _founding(brief, cores, first, seconds * FOUNDERS_SHARE, random)
    while population.members:
        yield (_child(brief, population, random) for _ in range(cores))


def _founding(brief: Brief, cores: int, first: Drafts, seconds: float, random: Random) -> Iterator[list[Job]]:
    """Make the jobs of the founders, turn by turn; each hands on the plan it ends with, or many would be the first."""
    turns = ceil(FOUNDERS / cores)
    orders = Orders(seconds / turns, heat=FOUNDERS_HEAT, route_price=brief.route_price, pools=False, goes_on=True)
    for _ in range(turns):
        yield [(brief.problem, first, replace(orders, seed=random.getrandbits(32))) for _ in range(cores)]


def _child(brief: Brief, population: Population, random: Random) -> Job:
    start = cross(brief.problem, *population.parents(random), brief.kinds, random)
    return brief.problem, start, Orders(CHILD_S, random.getrandbits(32), heat=CHILD_HEAT, pools=False)


def _rank(answer: Answer) -> tuple[int, int]:
    return answer.left, answer.cost
