"""Searches what is not cut - few vehicles, what goes on from a plan: ruin and recreate, and a master.

Time is cut into epochs. In each, every worker anneals by a chance of its own, at first from its own best plan, later
from the best of all; the good routes all of them saw go into one pool, and one worker first lets the master put the
best plan together from the pool (`ortools_master.py`). Where fixed costs dwarf the rest, the first epoch looks for few
vehicles and the others keep to that number; then the fixed costs are left out of account, for no annealing could
bridge them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.cost import route_cost
from logistics.routing.edge import ortools_master as master
from logistics.routing.edge.search import columns as c
from logistics.routing.edge.search.pool import Pool as Workers
from logistics.routing.edge.search.pool import next_ticket
from logistics.routing.edge.search.ruin import Answer, Column, Day, day_of, search
from logistics.routing.edge.search.ruin_orders import COLD, Orders, is_plan
from logistics.routing.edge.search.trips import split_trips, with_trips
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Problem
from logistics.routing.schedule import Trips, schedule_route

EPOCHS = 6  # of annealing; each starts from the best plan, and several short ones beat one long
EPOCHS_IN_HURRY = 3
APART = 3  # in the first epochs each worker goes on from its own best: two plans to combine, and no common dead end
HURRY_S = 15.0
HEAT = (1.0, COLD)  # of the first and last temperature of each epoch, times the natural one
HEAT_FROM_PLAN = (0.1, 0.1 * COLD)  # where there is a plan to go on from
GLANCE_SHARE = 0.02  # of the time, before anything else: whoever waits or stops early has a plan at once
FEWER_SHARE = 0.08  # of the time may go into saving vehicles
MASTER_FROM_S = 10.0  # in less time the master costs more than it brings
MASTER_SHARE = 0.3  # of an epoch of one worker
MASTER_WORK = 2.0  # CP-SAT's own units of work, where rounds are counted instead of seconds
KEPT_MAX = 5_000  # routes in the pool; the relaxation of more takes longer than the master has
OVERHEAD_S = 0.1  # of the time is for handing over
POLL_S = 0.05
DWARFS = 0.5  # a fixed cost dwarfs the rest above this share of all tasks' natural temperature together


@dataclass(frozen=True, slots=True)
class Choice:
    """What the master is asked: the routes of the pool, and for how long."""

    frame: master.Frame
    columns: tuple[Column, ...]
    seconds: float
    work_max: float | None


def work(problem: Problem, day: Day, start: Drafts, orders: Orders, choice: Choice | None) -> Answer:
    """Let the master choose if it is asked, then search from there; a job for any executor."""
    began_s = monotonic_s()
    if choice is not None:
        start = _chosen(problem, day, start, choice)
    return search(day, start, replace(orders, seconds=orders.seconds - (monotonic_s() - began_s)))


def solve(
    problem: Problem,
    limits: Limits,
    executor: Executor,
    on_found: Callable[[Drafts, float], None] = lambda _drafts, _seconds: None,
    wanted: Callable[[], bool] = lambda: True,
    start: Drafts = (),
) -> Drafts:
    """Search until the time is up, the rounds are spent, or nothing is wanted any more."""
    return _Search(problem, limits, executor, on_found, wanted).run(start)


class _Search:
    """One problem being searched."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        executor: Executor,
        on_found: Callable[[Drafts, float], None],
        wanted: Callable[[], bool],
    ) -> None:
        self._began_s = monotonic_s()
        self._problem, self._limits = problem, limits
        self._executor, self._on_found, self._wanted = executor, on_found, wanted
        self._day = day_of(problem)
        self._random = Random(limits.seed)
        self._ticket = next_ticket()
        self._fixed_off = fixed_off(self._day)
        self._pool: dict[tuple[int, frozenset[int]], Column] = {}
        self._heat = HEAT
        self._best: Answer | None = None
        self._own: list[Answer | None] = [None] * limits.cores

    def run(self, start: Drafts) -> Drafts:
        """Search epoch by epoch."""
        if not self._problem.tasks or not self._problem.vehicles or not self._wanted():
            return start
        if is_plan(self._problem, start):
            self._heat = HEAT_FROM_PLAN
        drafts = self._epoch(start, GLANCE_SHARE, Orders(0.0))
        if self._fixed_off:
            drafts = self._epoch(drafts, FEWER_SHARE, self._orders(drafts, first=True))
        count = EPOCHS_IN_HURRY if self._limits.seconds < HURRY_S else EPOCHS
        for number in range(count):
            if not self._wanted() or self._left_s() <= OVERHEAD_S:
                break
            share = (1.0 - GLANCE_SHARE - FEWER_SHARE) / count
            # What the search for few vehicles did not need is for the epochs that are left.
            seconds = self._left_s() / (count - number)
            drafts = self._epoch(drafts, share, replace(self._orders(drafts), seconds=seconds), number)
        return drafts

    def _orders(self, drafts: Drafts, *, first: bool = False) -> Orders:
        """Say what to look for: few vehicles at first, and until all is done; then a cheaper plan with so many."""
        if not self._fixed_off:
            return Orders(0.0)
        if first or self._best is None or self._best.missing:
            return Orders(0.0, fewer=True, routes_min=routes_min(self._problem))
        return Orders(0.0, routes_max=len(drafts))

    def _left_s(self) -> float:
        return self._began_s + self._limits.seconds - monotonic_s()

    def _epoch(self, drafts: Drafts, share: float, orders: Orders, number: int = 0) -> Drafts:
        """Have all workers search; return the best."""
        rounds = self._limits.rounds_max
        orders = replace(
            orders,
            seconds=max(0.0, min(self._left_s() - OVERHEAD_S, orders.seconds or self._limits.seconds * share)),
            rounds_max=None if rounds is None else max(1, int(rounds * share / self._limits.cores)),
            fixed_off=self._fixed_off,
            heat=self._heat,
            ticket=self._ticket,
        )
        jobs = []
        for worker in range(self._limits.cores):
            choice = self._choice(drafts, orders) if number and worker == 0 else None
            begin = self._begin(worker, drafts) if number < APART else drafts
            seeded = replace(orders, seed=self._random.getrandbits(32))
            jobs.append(self._executor.submit(work, self._problem, self._day, begin, seeded, choice))
        for worker, answer in enumerate(self._answers(jobs)):
            self._own[worker] = answer
            self._take(answer)
        return self._best.drafts if self._best else drafts

    def _begin(self, worker: int, drafts: Drafts) -> Drafts:
        """Return the plan a worker begins with while they go apart: the last one of its own, if that is as complete."""
        own, best = self._own[worker], self._best
        if not worker or own is None or best is None or own.missing > best.missing:
            return drafts
        return own.drafts if len(own.drafts) == len(drafts) or not self._fixed_off else drafts

    def _answers(self, jobs: Sequence[Future[Answer]]) -> list[Answer]:
        """Wait for all answers, in the order of the jobs; for none of them once nothing is wanted."""
        waiting = set(jobs)
        while waiting:
            _, waiting = wait(waiting, POLL_S, FIRST_COMPLETED)
            if waiting and not self._wanted():
                for job in waiting:
                    job.cancel()
                if isinstance(self._executor, Workers):
                    self._executor.call_off(self._ticket)
                break
        return [job.result() for job in jobs if job not in waiting]

    def _take(self, answer: Answer) -> None:
        for column in answer.columns:
            nodes = frozenset(node for trip in column[1] for node in trip)
            key = int(self._day.tables.car[column[0], c.C_KIND]), nodes
            if key not in self._pool or column[2] < self._pool[key][2]:
                self._pool[key] = column
        answer, best = replace(answer, drafts=with_trips(self._problem, answer.drafts)), self._best
        if best is None or (answer.missing, answer.cost) < (best.missing, best.cost):
            self._best = answer
            self._on_found(answer.drafts, monotonic_s() - self._began_s)

    def _choice(self, drafts: Drafts, orders: Orders) -> Choice | None:
        counted = self._limits.rounds_max is not None
        if not drafts or (self._limits.seconds < MASTER_FROM_S and not counted):
            return None
        for key in list(self._pool)[: max(0, len(self._pool) - KEPT_MAX)]:
            del self._pool[key]  # the oldest go; the incumbent's routes are added by `_chosen`, whatever is in the pool
        kinds = tuple(int(kind) for kind in self._day.tables.car[:, c.C_KIND])
        routes_max = len(drafts) if self._fixed_off else len(kinds)
        frame = master.Frame(kinds, routes_max, self._fixed_off)
        seconds = orders.seconds * MASTER_SHARE
        return Choice(frame, tuple(self._pool.values()), seconds, MASTER_WORK if counted else None)


def is_dwarfed(problem: Problem) -> bool:
    """Tell whether fixed costs dwarf the rest, so that few vehicles are looked for first."""
    least = min((car.cost_fixed for car in problem.vehicles), default=0)
    return bool(problem.tasks and least) and fixed_off(day_of(problem)) > 0


def fixed_off(day: Day) -> int:
    """Return what of each vehicle's fixed cost the search does not look at: what all have, if that dwarfs the rest."""
    least = int(day.tables.car[:, c.C_FIXED].min())
    return least if least > DWARFS * day.temperature * len(day.tables.task) else 0


def routes_min(problem: Problem) -> int:
    """Return a number of vehicles below which the loads of the tasks that must be done cannot be."""
    least = 1
    for dimension in range(len(problem.dimensions)):
        load = sum(
            problem.delivers(number)[dimension] for number, task in enumerate(problem.tasks) if task.leave_cost is None
        )
        sizes = sorted((car.capacity[dimension] * car.trips_max for car in problem.vehicles), reverse=True)
        count = int(np.searchsorted(np.cumsum(np.minimum(sizes, 2**50)), load)) + 1
        least = max(least, count)
    return min(least, len(problem.vehicles))


def _chosen(problem: Problem, day: Day, start: Drafts, choice: Choice) -> Drafts:
    """Return the best plan of the pool's routes; the start itself if none is better."""
    until_s = monotonic_s() + choice.seconds
    picks = day.names.picks
    pooled = [
        master.Column(vehicle, split_trips(problem, vehicle, [[picks[node] for node in trip] for trip in trips]), cost)
        for vehicle, trips, cost in choice.columns
    ]
    incumbent = [master.Column(vehicle, trips, _cost(problem, vehicle, trips)) for vehicle, trips in start]
    half_s = choice.seconds / 2 if choice.work_max is None else master.SECONDS_MAX
    columns = master.cut(problem, choice.frame, pooled, incumbent, master.COLUMNS_MAX, half_s)
    left_s = until_s - monotonic_s() if choice.work_max is None else master.SECONDS_MAX
    if left_s <= 0.0:
        return start
    chosen = master.combine(problem, choice.frame, columns, incumbent, left_s, choice.work_max)
    return start if chosen is None else master.drafts_of(choice.frame, chosen)


def _cost(problem: Problem, vehicle: int, trips: Trips) -> int:
    return route_cost(problem, schedule_route(problem, vehicle, trips)).total
