"""The processes that search: made once, kept warm, and told to stop without being ended.

A job carries a ticket. Whoever no longer wants an answer calls its ticket off; the job sees that at its next
iteration. On an executor that was not made here (Dask, for one) nobody hears of it, and a job runs to its own end.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from ctypes import c_uint64
from itertools import count
from threading import Thread
from typing import Any

# Imported once by the server from which workers are forked: it takes longer than all else they begin with.
PRELOADED = ("logistics.routing.edge.pyvrp_solver", "logistics.routing.edge.search.options")

POLL_S = 0.05  # how soon it is heard that nobody waits for the workers any more
SLOTS = 64  # tickets that can be told apart at one time; far more than searches ever run side by side

_tickets = count(1)
_called_off: Any = None  # in a worker: for each slot the last ticket that is no longer wanted, shared with the parent


class Pool(ProcessPoolExecutor):
    """Worker processes whose jobs can be called off."""

    def __init__(self, workers: int) -> None:
        """Make a pool; the processes start with the first jobs, or with `warm`."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(PRELOADED))
        self.workers = workers
        self.called_off = context.RawArray(c_uint64, SLOTS)
        super().__init__(workers, mp_context=context, initializer=_listen, initargs=(self.called_off,))

    def warm(self, wanted: Callable[[], bool] = lambda: True) -> None:
        """Start all workers; returns when each has imported what it needs, or when that is not wanted any more."""
        waiting = {self.submit(_import) for _ in range(self.workers)}
        while waiting and wanted():
            done, waiting = wait(waiting, POLL_S, FIRST_COMPLETED)
            for one in done:
                one.result()

    def call_off(self, ticket: int) -> None:
        """Tell all jobs with this ticket to come to their end."""
        self.called_off[ticket % SLOTS] = ticket


def next_ticket() -> int:
    """Return a ticket greater than all before."""
    return next(_tickets)


def is_called_off(ticket: int) -> bool:
    """Tell a job whether nobody waits for it any more; a ticket of 0 is never called off."""
    return ticket > 0 and _called_off is not None and _called_off[ticket % SLOTS] == ticket


def _listen(called_off: Any) -> None:
    global _called_off  # noqa: PLW0603 - a shared value can only be inherited, never sent with a job
    _called_off = called_off
    Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    """End when the parent has: a process that a signal ended told nobody, and its workers would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _import() -> None:
    import logistics.routing.edge.pyvrp_solver  # noqa: F401, PLC0415 - importing is all this is for
    from logistics.routing.edge.search.warming import warm  # noqa: PLC0415 - in the worker, not in the parent

    warm()
