"""Runs the OR-Tools search in a process of its own, which can be ended at any moment.

Its library does not come back while it searches; every better plan it finds is handed over at once, so that ending
the process loses nothing.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge import ortools_solver
from logistics.routing.edge.solving import Broke, Died, Ended, Limits
from logistics.routing.model import Problem

POLL_S = 0.1  # how soon it is heard that nothing is wanted any more; well within the second that is promised


def solve(
    problem: Problem,
    limits: Limits,
    executor: Executor,  # noqa: ARG001 - every search is asked alike; this one starts a process for itself
    on_found: Callable[[Drafts, float], None],
    wanted: Callable[[], bool],
    start: Drafts = (),
) -> Drafts:
    """Search until the time is up or nothing is wanted any more; `Died` if the process gives up."""
    spawning = multiprocessing.get_context("forkserver")
    ours, theirs = spawning.Pipe(duplex=False)
    process = spawning.Process(
        target=ortools_solver.solve_in_process, args=(problem, limits, monotonic_s(), start, theirs), daemon=True
    )
    process.start()
    theirs.close()
    try:
        return _listen(ours, on_found, wanted, start)
    finally:
        _end(process)
        ours.close()


def _listen(
    line: Connection, on_found: Callable[[Drafts, float], None], wanted: Callable[[], bool], best: Drafts
) -> Drafts:
    while wanted():
        if not line.poll(POLL_S):
            continue
        try:
            message = line.recv()
        except EOFError:
            raise Died("it ended early") from None
        if isinstance(message, Broke):
            raise Died(message.why)
        if isinstance(message, Ended):
            break
        best = message.drafts
        on_found(best, message.seconds)
    return best


def _end(process: BaseProcess) -> None:
    process.terminate()
    process.join(timeout=POLL_S)
    if process.is_alive():
        process.kill()
        process.join()
