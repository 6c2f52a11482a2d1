"""The processes that search, shared by all plans of this process: made when first needed, made anew when one died."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from logistics.kit.errors import Failure
from logistics.kit.findings import Finding
from logistics.routing.edge import dask_executor
from logistics.routing.edge.search.pool import Pool

_lock = threading.Lock()
_pools: dict[int, Pool] = {}


@contextmanager
def borrowed(cores: int, executor: Executor | None = None) -> Iterator[Executor]:
    """Yield an executor with so many workers: the given one, or one of our own, which stays for the next plan."""
    if executor is not None:
        yield executor
        return
    with _ours(cores) as pool:
        yield pool


def warm(cores: int, wanted: Callable[[], bool] = lambda: True) -> None:
    """Start so many workers and wait, while it is wanted, until each has imported what it needs."""
    with _ours(cores) as pool:
        pool.warm(wanted)


def find_cluster(address: str) -> tuple[Executor | None, tuple[Finding, ...]]:
    """Return the Dask cluster at this address; none if it is empty, none and a finding if nobody answers there."""
    if not address:
        return None, ()
    try:
        return dask_executor.connect(address), ()
    except Failure as fault:
        return None, (Finding("cluster", "away", f"{fault.detail} The plan was searched on this machine."),)


@contextmanager
def _ours(cores: int) -> Iterator[Pool]:
    pool = _pool(cores)
    try:
        yield pool
    except BrokenProcessPool:
        with _lock:
            _pools.pop(cores, None)
        raise


def _pool(cores: int) -> Pool:
    with _lock:
        if cores not in _pools:
            _pools[cores] = Pool(cores)
        return _pools[cores]
