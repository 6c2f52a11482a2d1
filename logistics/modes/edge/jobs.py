"""What the clock runs for choosing."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, delete

from logistics.kit.edge.context import Context
from logistics.kit.edge.scheduler import Jobs
from logistics.modes.edge.tables import LessonRow, QuoteRow

KEPT_FOR = timedelta(days=7)  # after it ended, a quote can be looked up for so long
LESSONS_KEPT_FOR = timedelta(days=90)  # what is older than a season teaches nothing
JOBS: Jobs = {
    "modes.forget_quotes": (3600.0, "logistics.modes.edge.jobs:forget_quotes"),
    "modes.forget_lessons": (3600.0, "logistics.modes.edge.jobs:forget_lessons"),
}


def forget_quotes(context: Context) -> None:
    """Drop quotes that ended a week ago."""
    with context.db.transaction() as tx:
        tx.session.exec(delete(QuoteRow).where(col(QuoteRow.valid_until) < tx.now - KEPT_FOR))


def forget_lessons(context: Context) -> None:
    """Drop what plans taught a season ago."""
    with context.db.transaction() as tx:
        tx.session.exec(delete(LessonRow).where(col(LessonRow.learned_at) < tx.now - LESSONS_KEPT_FOR))
