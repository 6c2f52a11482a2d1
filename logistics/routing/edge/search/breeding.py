"""Breeds plans: from a few that were found apart, two at a time are crossed, and what comes of them is searched.

One search that cools down ends in one valley, and more time makes it no deeper. A population of plans keeps what is
good in each: children of two (`crossing.py`) are searched for a moment, and take the place of the dearest (a hybrid
genetic search, Vidal et al. 2012, with ruin and recreate for education).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
FOUNDERS_BEST_FROM = 0.5  # of its time a founder is the best plan seen
FOUNDERS_HEAT = (2.0, 0.04)  # natural temperatures
SIZE_MAX = 10  # plans of a population
CHILD_S = 0.5
CHILD_HEAT = (0.5, 0.1)  # natural temperatures a child's search begins with, at first and at last
CHILD_COLD = 0.05  # and ends with


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


class Breeder:
    """Breeds with so many workers, for some seconds at most."""

    def __init__(self, brief: Brief, crew: Crew, seconds: float, random: Random) -> None:
        self._began_s = monotonic_s()
        self._brief, self._crew, self._seconds, self._random = brief, crew, seconds, random
        self._population = Population()

    def run(
        self, first: Drafts, on_better: Callable[[Drafts], None], meanwhile: Callable[[], None] = lambda: None
    ) -> Drafts:
        """Return the best plan bred, ``first`` at worst. ``on_better`` hears of each; ``meanwhile``: see `Crew.ask`."""
        population = self._population
        population.add([Answer(first, *weight(self._brief.problem, complete(self._brief.problem, first)), None, 0)])
        for jobs in self._jobs(first):
            if not self._crew.wanted() or self._spent_s() + CHILD_S > self._seconds:
                break
            if population.add(self._crew.ask(jobs, search_part, meanwhile).values()):
                on_better(population.best)
        return population.best if population.members else first

    def _jobs(self, first: Drafts) -> Iterator[Iterable[Job]]:
        """Make jobs for all cores, turn by turn: founders, then children without end, unless nobody found a plan."""
        for _ in range(self._founding_turns):
            yield [(self._brief.problem, first, self._founding()) for _ in range(self._crew.cores)]
        while self._population.members:
            yield (self._child() for _ in range(self._crew.cores))

    @property
    def _founding_turns(self) -> int:
        return ceil(FOUNDERS / self._crew.cores)

    def _founding(self) -> Orders:
        """Make the orders of a founder: the best plan of its colder time, or many would be the one they began with."""
        seconds = self._seconds * FOUNDERS_SHARE / self._founding_turns
        price = self._brief.route_price
        return Orders(
            seconds, self._seed(), heat=FOUNDERS_HEAT, route_price=price, pools=False, best_from=FOUNDERS_BEST_FROM
        )

    def _child(self) -> Job:
        start = cross(self._brief.problem, *self._population.parents(self._random), self._brief.kinds, self._random)
        hot, cold = CHILD_HEAT
        heat = hot * (cold / hot) ** (self._spent_s() / self._seconds), CHILD_COLD
        return self._brief.problem, start, Orders(CHILD_S, self._seed(), heat=heat, pools=False)

    def _seed(self) -> int:
        return self._random.getrandbits(32)

    def _spent_s(self) -> float:
        return monotonic_s() - self._began_s


def _rank(answer: Answer) -> tuple[int, int]:
    return answer.left, answer.cost
