"""What the clock runs for choosing."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, delete

from logistics.kit.edge.context import Context
from logistics.kit.edge.scheduler import Jobs
from logistics.modes.edge.tables import QuoteRow

KEPT_FOR = timedelta(days=7)  # after it ended, a quote can be looked up for so long
JOBS: Jobs = {"modes.forget_quotes": (3600.0, "logistics.modes.edge.jobs:forget_quotes")}


def forget_quotes(context: Context) -> None:
    """Drop quotes that ended a week ago."""
    with context.db.transaction() as tx:
        tx.session.exec(delete(QuoteRow).where(col(QuoteRow.valid_until) < tx.now - KEPT_FOR))
