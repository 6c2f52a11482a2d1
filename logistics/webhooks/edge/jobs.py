"""What the clock runs for webhooks; sending and trying again is the sender's, by the machine's clock."""

from __future__ import annotations

from logistics.kit.edge.context import Context
from logistics.kit.edge.scheduler import Jobs
from logistics.webhooks.edge import store
from logistics.webhooks.edge.handlers import KEPT_FOR

JOBS: Jobs = {"webhooks.forget": (3600.0, "logistics.webhooks.edge.jobs:forget_old")}


def forget_old(context: Context) -> None:
    """Drop the messages that have been kept for their time."""
    with context.db.transaction() as tx:
        store.forget_before(tx.session, tx.now - KEPT_FOR)
