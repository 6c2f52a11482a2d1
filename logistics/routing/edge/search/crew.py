"""Gives jobs to an executor, as many at a time as there are cores, and stops waiting as soon as nobody wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import replace
from typing import Any

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge.pyvrp_solver import Answer, Orders, search
from logistics.routing.edge.search import ruin_orders
from logistics.routing.edge.search.pool import Pool, next_ticket
from logistics.routing.model import Problem

POLL_S = 0.05  # how soon it is heard that nothing is wanted any more

Job = tuple[Problem, Drafts, Orders | ruin_orders.Orders]
Work = Callable[[Problem, Drafts, Any], Answer]


class Crew:
    """So many workers of an executor, on one problem."""

    def __init__(self, executor: Executor, cores: int, wanted: Callable[[], bool]) -> None:
        """Take ``cores`` workers; ``wanted`` is asked every few hundredths of a second."""
        self.wanted = wanted
        self.cores = cores
        self._executor = executor
        self._ticket = next_ticket()
        self._running: dict[Future[Answer], int] = {}

    def send(self, number: int, job: Job, work: Work = search) -> None:
        """Give a job to a worker, to be done in one way or another; the answer comes back with its number."""
        problem, drafts, orders = job
        future = self._executor.submit(work, problem, drafts, replace(orders, ticket=self._ticket))
        self._running[future] = number

    @property
    def is_busy(self) -> bool:
        """Whether every worker has a job."""
        return len(self._running) >= self.cores

    def answers(self) -> dict[int, Answer]:
        """Wait for the next answers, by number; nothing if nothing runs, or none is wanted any more."""
        while self._running:
            done, _ = wait(self._running, POLL_S, FIRST_COMPLETED)
            if done:
                return {self._running.pop(future): future.result() for future in done}
            if not self.wanted():
                self.call_off()
        return {}

    def oldest(self, until_s: float) -> Answer | None:
        """Wait for the answer to what was sent first; nothing if it is not there by then, or none is wanted."""
        if not self._running:
            return None
        first = next(iter(self._running))
        while self.wanted() and (left_s := until_s - monotonic_s()) > 0:
            if wait([first], min(POLL_S, left_s)).done:
                del self._running[first]
                return first.result()
        return None

    def hurry(self) -> None:
        """Tell workers of our own pool to answer with what they have."""
        if isinstance(self._executor, Pool):
            self._executor.call_off(self._ticket)

    def ask(
        self, jobs: Iterable[Job], work: Work = search, meanwhile: Callable[[], None] = lambda: None
    ) -> dict[int, Answer]:
        """Have all jobs done; return the answers that came while they were wanted, by number.

        Each is sent as soon as it is made and a worker is free; ``meanwhile`` is done once, while all are busy.
        """
        found: dict[int, Answer] = {}
        is_told = False
        for number, job in enumerate(jobs):
            if self.is_busy and not is_told:
                meanwhile()
                is_told = True
            while self.is_busy:
                found |= self.answers()
            if not self.wanted():
                break
            self.send(number, job, work)
        if not is_told:
            meanwhile()
        while self._running:
            found |= self.answers()
        return dict(sorted(found.items()))  # whoever came first must make no difference

    def call_off(self) -> None:
        """Forget what runs; workers of our own pool stop, others come to their own end unheard."""
        for future in self._running:
            future.cancel()
        self.hurry()
        self._running.clear()
