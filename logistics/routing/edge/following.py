"""What somebody who follows a search is told: server-sent events, until the search has come to its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from logistics.routing.edge.schemas import ProgressOut
from logistics.routing.lifecycle import PlanState

LOOK_EVERY_S = 0.4
QUIET_S_MAX = 10.0  # a line on which nothing comes for longer is cut by readers and by servers in between
WORKING = frozenset({PlanState.QUEUED, PlanState.SOLVING})
SIGN_OF_LIFE = ":\n\n"  # a comment: readers pass over it


async def follow(
    look: Callable[[], Awaitable[tuple[PlanState, ProgressOut]]],
    is_gone: Callable[[], Awaitable[bool]],
    *,
    look_every_s: float = LOOK_EVERY_S,
    quiet_s_max: float = QUIET_S_MAX,
) -> AsyncIterator[str]:
    """Yield `progress` whenever it is another, signs of life in between, and `done` with the state at the end."""
    told, quiet_s = None, 0.0
    while not await is_gone():
        state, progress = await look()
        if progress != told:
            told, quiet_s = progress, 0.0
            yield f"event: progress\ndata: {progress.model_dump_json()}\n\n"
        if state not in WORKING:
            yield f'event: done\ndata: {{"state": "{state}"}}\n\n'
            return
        await asyncio.sleep(look_every_s)
        quiet_s += look_every_s
        if quiet_s >= quiet_s_max:
            quiet_s = 0.0
            yield SIGN_OF_LIFE
