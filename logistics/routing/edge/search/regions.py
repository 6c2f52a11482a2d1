"""Searches problems of many thousand tasks: small regions, one after the other, wherever nobody is at work.

Around a task that was looked at least often, the nearest routes make a region of a few hundred tasks, which is
searched by itself and put back; several regions that share no route are under way at once. Nothing is ever held for
all pairs of places. Answers are taken in the order in which they were asked for, so a search by iterations is
repeatable.

Each region is searched by ruin and recreate that cools all the way down, from less and less hot. Where more than loads
binds the vehicles, PyVRP's search makes the first plan, part by part, and has every second region.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from random import Random

import numpy as np
from numpy.typing import NDArray

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge.pyvrp_solver import Answer, Orders
from logistics.routing.edge.search import ruin_orders, savings
from logistics.routing.edge.search.crew import Crew
from logistics.routing.edge.search.divide import (
    SPARE_MIN,
    SPARE_PER_USED,
    Part,
    Share,
    cut_out,
    distances_to,
    halve,
)
from logistics.routing.edge.search.expressible import kinds_of
from logistics.routing.edge.search.ruin_part import search_part
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Pick, Problem

REGION_SIZE = 400  # tasks; 250 find a little less
PASSES = 5.0  # how often each task's region is searched in the time there is, about
JOB_S_MIN, JOB_S_MAX = 0.4, 2.0  # after two seconds a region of this size has little more to give
ROUNDS_OF_JOB = 1000  # iterations for a region when iterations are counted
HOT = (0.7, 0.3)  # what a region's search begins with, times the natural temperature: the first, and the last
COLD = 0.08  # what it ends with
FIRST_SHARE = 0.15  # of the time goes into a first plan where savings cannot make one
TELL_EVERY_S = 1.0
LATE_S = 0.3  # is kept for the last answers to come in
HISTORY = 50
UPDATES_EVERY = 50
NEIGHBOURS = 20  # twice as many find less in the same time

Trips = tuple[tuple[Pick, ...], ...]
Route = tuple[int, Trips]


class RegionSearch:
    """One large problem being searched."""

    def __init__(self, problem: Problem, limits: Limits, crew: Crew, on_found: Callable[[Drafts, float], None]) -> None:
        """Take stock of the tasks and where they lie."""
        self._began_s = monotonic_s()
        self._problem, self._limits, self._crew, self._on_found = problem, limits, crew, on_found
        self._random = Random(limits.seed)
        self._kinds = kinds_of(problem)
        self._routes: dict[int, Trips] = {}
        self._held: set[int] = set()  # vehicles a worker is busy with
        self._held_tasks: set[int] = set()
        self._places = np.asarray([task.options[0].place for task in problem.tasks])
        self._looked_at = np.zeros(len(problem.tasks))
        self._rounds_left = limits.rounds_max
        self._told_s = 0.0
        self._is_simple = savings.fits(problem, self._kinds)
        self._is_turn_of_ruin = True

    def run(self, start: Drafts) -> Drafts:
        """Search until the time is up, the iterations are spent, or nothing is wanted any more."""
        self._routes = dict(start or self._first())
        self._tell()
        waiting: list[Part] = []
        deadline_s = self._began_s + self._limits.seconds - LATE_S
        while self._crew.wanted() and monotonic_s() < deadline_s:
            # One more than there are cores: a worker never waits for the next region to be cut out.
            while len(waiting) <= self._limits.cores and self._rounds_left != 0 and (part := self._next_region()):
                self._send(part)
                waiting.append(part)
            if not waiting:
                break
            answer = self._crew.oldest(deadline_s)
            if answer:
                self._put_back(waiting.pop(0), answer)
            if monotonic_s() - self._told_s >= TELL_EVERY_S:
                self._tell()
        self._collect(waiting)
        return self._drafts()

    def _collect(self, waiting: list[Part]) -> None:
        """At the end, hurry the workers and take what they have."""
        if self._crew.wanted():
            self._crew.hurry()
            for part in waiting:
                answer = self._crew.oldest(monotonic_s() + LATE_S / 2)
                if answer is None:
                    break
                self._put_back(part, answer)
            self._tell()
        self._crew.call_off()

    def _drafts(self) -> Drafts:
        return tuple(sorted(self._routes.items()))

    def _tell(self) -> None:
        self._told_s = monotonic_s()
        self._on_found(self._drafts(), self._told_s - self._began_s)

    # -- the first plan ------------------------------------------------------------------------

    def _first(self) -> Drafts:
        if self._is_simple:
            return savings.construct(self._problem, self._kinds)
        shares = [Share((), tuple(range(len(self._problem.tasks))))]
        while max(share.size for share in shares) > REGION_SIZE:
            shares = [half for share in shares for half in halve(self._problem, share, self._random)]
        hands: list[list[int]] = [[] for _ in shares]
        for kind in self._kinds:
            for index, vehicle in enumerate(kind):
                hands[index % len(hands)].append(vehicle)
        parts = [cut_out(self._problem, share, hand) for share, hand in zip(shares, hands, strict=True) if hand]
        seconds = FIRST_SHARE * self._limits.seconds * self._limits.cores / len(parts)
        orders = [self._orders(seconds) for _ in parts]
        answers = self._crew.ask([(part.problem, (), order) for part, order in zip(parts, orders, strict=True)])
        return tuple(route for index, answer in sorted(answers.items()) for route in parts[index].back(answer.drafts))

    # -- regions -------------------------------------------------------------------------------

    def _job_s(self) -> float:
        regions = max(1.0, len(self._problem.tasks) / REGION_SIZE)
        return min(JOB_S_MAX, max(JOB_S_MIN, self._limits.seconds * self._limits.cores / regions / PASSES))

    def _rounds_of_job(self) -> int | None:
        if self._rounds_left is None:
            return None
        rounds = min(self._rounds_left, ROUNDS_OF_JOB)
        self._rounds_left -= rounds
        return rounds

    def _send(self, part: Part) -> None:
        """Have a region searched: by turns in two ways, or by ruin and recreate alone where that suffices."""
        if self._is_turn_of_ruin:
            self._crew.send(0, (part.problem, part.drafts, self._ruin_orders()), search_part)
        else:
            self._crew.send(0, (part.problem, part.drafts, self._orders(self._job_s())))
        self._is_turn_of_ruin = self._is_simple or not self._is_turn_of_ruin

    def _orders(self, seconds: float) -> Orders:
        rounds, seed = self._rounds_of_job(), self._random.getrandbits(32)
        return Orders(
            seconds, seed, rounds, history=HISTORY, polish=False, updates_every=UPDATES_EVERY, neighbours=NEIGHBOURS
        )

    def _ruin_orders(self) -> ruin_orders.Orders:
        hot = HOT[0] * (HOT[1] / HOT[0]) ** self._share_done()
        rounds, seed = self._rounds_of_job(), self._random.getrandbits(32)
        ruins = None if rounds is None else rounds * ruin_orders.RUINS_A_ROUND
        return ruin_orders.Orders(self._job_s(), seed, ruins, heat=(hot, COLD), pools=False)

    def _share_done(self) -> float:
        """Return how much of the time, or of the rounds, is over."""
        if self._limits.rounds_max is not None and self._rounds_left is not None:
            return 1.0 - self._rounds_left / max(1, self._limits.rounds_max)
        return min(1.0, (monotonic_s() - self._began_s) / self._limits.seconds)

    def _next_region(self) -> Part | None:
        """Cut out the routes nearest to a task that was looked at least often."""
        free = np.asarray([task not in self._held_tasks for task in range(len(self._problem.tasks))])
        if not free.any():
            return None
        rarest = np.flatnonzero(free & (self._looked_at == self._looked_at[free].min()))
        middle = int(self._places[rarest[self._random.randrange(len(rarest))]])
        share = self._share_near(distances_to(self._problem, self._places.tolist(), middle))
        part = cut_out(self._problem, share, self._spares(share))
        self._looked_at[list(part.tasks)] += 1
        self._held_tasks.update(part.tasks)
        self._held.update(part.vehicles)
        return part

    def _share_near(self, far: NDArray[np.float64]) -> Share:
        """Gather the routes and loose tasks nearest to a place, of those that nobody holds, up to the size."""
        items: list[tuple[float, Route | int, int]] = []
        loose = np.ones(len(far), dtype=bool)
        for route in self._routes.items():
            tasks = _tasks_of(route)
            loose[tasks] = False
            if route[0] not in self._held:
                items.append((float(far[tasks].mean()), route, len(tasks)))
        items += [
            (float(far[task]), task, 1) for task in np.flatnonzero(loose).tolist() if task not in self._held_tasks
        ]
        items.sort(key=lambda item: item[0])
        routes, tasks, size = [], [], 0
        for _, item, count in items:
            if size and size + count > REGION_SIZE:
                break
            size += count
            if isinstance(item, int):
                tasks.append(item)
            else:
                routes.append(item)
        return Share(tuple(routes), tuple(tasks))

    def _spares(self, share: Share) -> list[int]:
        """Choose vehicles that stand by, of each kind a few more than it uses."""
        used = [vehicle for vehicle, _ in share.routes]
        found = []
        for kind in self._kinds:
            idle = (vehicle for vehicle in kind if vehicle not in self._routes and vehicle not in self._held)
            count = SPARE_MIN + int(SPARE_PER_USED * len(set(kind) & set(used)))
            found += list(islice(idle, count))
        return found

    def _put_back(self, part: Part, answer: Answer) -> None:
        for vehicle in part.vehicles:
            self._routes.pop(vehicle, None)
        self._routes |= dict(part.back(answer.drafts))
        self._held.difference_update(part.vehicles)
        self._held_tasks.difference_update(part.tasks)


def _tasks_of(route: Route) -> list[int]:
    return [pick.task for trip in route[1] for pick in trip]
