"""Breeds plans: from a few that were found apart, two at a time are crossed, and what comes of them is searched.

One search that cools down ends in one valley, and more time makes it no deeper. A population of plans keeps what is
good in each: children of two (`crossing.py`) are searched for a moment, and take the place of the one they are most
like (a hybrid genetic search, Vidal et al. 2012, with ruin and recreate for education and crowding, Mahfoud 1995).
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

FOUNDERS = 8  # plans found apart at least, each by one core
FOUNDERS_SHARE = 0.22  # of the time, for all of them
FOUNDERS_BEST_FROM = 0.5  # of its time a founder is the best plan seen
FOUNDERS_HEAT = (2.0, 0.04)  # natural temperatures
LEFT_LAST = 0.4  # of the founders' number of plans is left in the end, but no fewer than
SIZE_MIN = 3
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
    def best(self) -> Answer:
        """The best plan; there must be one."""
        return self.members[0]

    def add(self, answers: Iterable[Answer]) -> None:
        """Take plans in."""
        known = {one.rank: one for one in answers if one.drafts} | {one.rank: one for one in self.members}
        self.members = [known[rank] for rank in sorted(known)]

    def put_in_place(self, parent: Answer, child: Answer) -> None:
        """Let a child take the place of the plan it is most like, if it is better.

        So a plan has to be better than the one it came from, not than all others: or soon all would be alike.
        """
        place = parent if parent in self.members else self.members[-1]  # a brother may have taken it
        if child.drafts and child.rank < place.rank and child.rank not in {one.rank for one in self.members}:
            self.members.remove(place)
            self.add([child])

    def shrink(self, size: int) -> None:
        """Let the worst go."""
        del self.members[size:]

    def parents(self, random: Random) -> tuple[Answer, Answer]:
        """Return two plans by lot; twice the same only if there is no other."""
        first = random.choice(self.members)
        others = [one for one in self.members if one is not first] or [first]
        return first, random.choice(others)


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
        turn_s = CHILD_S  # longer where an executor has fewer workers than it was said to have
        for turn in self._turns(first, meanwhile):
            began_s, before = self._spent_s(), [one.rank for one in population.members[:1]]
            if not self._crew.wanted() or began_s + turn_s > self._seconds:
                break
            turn()
            if population.members and [population.best.rank] != before:
                on_better(population.best.drafts)
            turn_s = self._spent_s() - began_s
        return population.best.drafts if population.members else first

    def _turns(self, first: Drafts, meanwhile: Callable[[], None]) -> Iterator[Callable[[], None]]:
        """Yield what is to be done: founders, then children without end, unless nobody found a plan."""
        for _ in range(self._founding_turns):
            yield lambda: self._found(first, meanwhile)
        while self._population.members:
            yield lambda: self._breed(meanwhile)

    @property
    def _founding_turns(self) -> int:
        return ceil(FOUNDERS / self._crew.cores)

    def _found(self, first: Drafts, meanwhile: Callable[[], None]) -> None:
        jobs = [(self._brief.problem, first, self._founding()) for _ in range(self._crew.cores)]
        self._population.add(self._crew.ask(jobs, search_part, meanwhile).values())
        self._population.shrink(FOUNDERS)

    def _breed(self, meanwhile: Callable[[], None]) -> None:
        """Let each core search a child; the population gets smaller, so that in the end the best are worked on."""
        done = self._spent_s() / self._seconds
        self._population.shrink(max(SIZE_MIN, round(FOUNDERS * (1.0 - done * (1.0 - LEFT_LAST)))))
        pairs = [self._population.parents(self._random) for _ in range(self._crew.cores)]
        jobs = (self._child(one.drafts, other.drafts, done) for one, other in pairs)
        for number, child in self._crew.ask(jobs, search_part, meanwhile).items():
            self._population.put_in_place(pairs[number][0], child)

    def _founding(self) -> Orders:
        """Make the orders of a founder: the best plan of its colder time, or many would be the one they began with."""
        seconds = self._seconds * FOUNDERS_SHARE / self._founding_turns
        price = self._brief.route_price
        return Orders(
            seconds, self._seed(), heat=FOUNDERS_HEAT, route_price=price, pools=False, best_from=FOUNDERS_BEST_FROM
        )

    def _child(self, one: Drafts, other: Drafts, done: float) -> Job:
        """Cross two plans; ``done``: the share of the time that is over."""
        start = cross(self._brief.problem, one, other, self._brief.kinds, self._random)
        hot, cold = CHILD_HEAT
        heat = hot * (cold / hot) ** done, CHILD_COLD
        return self._brief.problem, start, Orders(CHILD_S, self._seed(), heat=heat, pools=False)

    def _seed(self) -> int:
        return self._random.getrandbits(32)

    def _spent_s(self) -> float:
        return monotonic_s() - self._began_s
