"""Clock work of pickup."""

from __future__ import annotations

from logistics.kit.edge.context import Context
from logistics.pickup.edge import handlers


def expire_due(ctx: Context) -> int:
    """Turn back everything that nobody collected in time; return how many."""
    expired = 0
    while True:
        with ctx.db.transaction() as tx:
            step = handlers.expire_due(tx=tx)
        expired += step
        if step < handlers.EXPIRED_AT_ONCE_MAX:
            return expired
