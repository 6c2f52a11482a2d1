"""The processes that search, shared by all plans of this process: made when first needed, made anew when one died."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from logistics.routing.edge.search.pool import Pool

_lock = threading.Lock()
_pools: dict[int, Pool] = {}


@contextmanager
def borrowed(cores: int, executor: Executor | None = None) -> Iterator[Executor]:
    """Yield an executor with so many workers: the given one, or one of our own, which stays for the next plan."""
    if executor is not None:
        yield executor
        return
    pool = _pool(cores)
    try:
        yield pool
    except BrokenProcessPool:
        with _lock:
            _pools.pop(cores, None)
        raise


def warm(cores: int) -> None:
    """Start so many workers and wait until each has imported what it needs."""
    _pool(cores).warm()


def dismiss() -> None:
    """End all processes of ours, without waiting for what they do."""
    with _lock:
        pools = list(_pools.values())
        _pools.clear()
    for pool in pools:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(cores: int) -> Pool:
    with _lock:
        if cores not in _pools:
            _pools[cores] = Pool(cores)
        return _pools[cores]
