"""Counting tries at a secret, so that guessing takes longer than anybody has.

A sliding hour per name and key, kept in memory: a restart forgives, several processes count apart.
"""

from __future__ import annotations

import threading
from collections import deque
from math import ceil

from logistics.kit.edge.clock import monotonic_s
from logistics.kit.edge.context import Context
from logistics.kit.errors import TooMany

SPAN_S = 3600.0
TRIES_MAX = {"login": 10, "pair": 20, "track": 5, "handover": 20}
KEYS_MAX = 100_000  # beyond this many askers the oldest are forgotten: memory is bounded

_lock = threading.Lock()


def check(name: str, key: str, ctx: Context) -> None:
    """Count one try; refuse (429) when the hour's tries are used up."""
    now = monotonic_s()
    with _lock:
        tries = _tries(ctx).setdefault((name, key), deque())
        while tries and tries[0] <= now - SPAN_S:
            tries.popleft()
        if len(tries) >= TRIES_MAX[name]:
            wait_s = ceil(tries[0] + SPAN_S - now)
            raise TooMany(f"Too many tries; {TRIES_MAX[name]} an hour are allowed.", retry_after_s=wait_s)
        tries.append(now)
        _forget_oldest(ctx)


def forget(name: str, key: str, ctx: Context) -> None:
    """Forget the tries of one who has shown to know the secret."""
    with _lock:
        _tries(ctx).pop((name, key), None)


def _tries(ctx: Context) -> dict[tuple[str, str], deque[float]]:
    return ctx.attempts


def _forget_oldest(ctx: Context) -> None:
    tries = _tries(ctx)
    while len(tries) > KEYS_MAX:
        tries.pop(next(iter(tries)))
