"""Leases: of all processes on one database, one does a thing, and another takes over if it dies.

A lease runs out by the machine's clock, not by the business's, which a demo may stop or speed up. So a span
must be well above what the clocks of the hosts differ by: ten seconds are plenty with NTP.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import col, delete, or_, update

from logistics.kit.edge.clock import chance, system_now
from logistics.kit.edge.tables import LeaseRow
from logistics.kit.ids import base32

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from logistics.kit.edge.db import Database, Transaction

log = logging.getLogger(__name__)

HOLDER_CHARS = 16
RENEWALS = 3  # tries within one span, so that two may fail
SPAN_S_MIN = 0.2  # shorter ones would end between two lines


def take(tx: Transaction, name: str, holder: str, span_s: float, now: datetime) -> bool:
    """Take or renew a lease within a transaction; tell whether the holder has it now."""
    until = now + timedelta(seconds=span_s)
    mine_or_over = or_(col(LeaseRow.holder) == holder, col(LeaseRow.expires_at) <= now)
    taken = tx.session.exec(
        update(LeaseRow).where(col(LeaseRow.name) == name, mine_or_over).values(holder=holder, expires_at=until)
    )
    if taken.rowcount:
        return True
    if tx.session.get(LeaseRow, name):
        return False
    try:
        with tx.session.begin_nested():
            tx.session.add(LeaseRow(name=name, holder=holder, expires_at=until))
    except IntegrityError:  # somebody took it between two lines
        return False
    return True


class Leases:
    """The leases one process takes on a database, under a name of its own."""

    def __init__(self, db: Database, holder: str = "") -> None:
        self._db = db
        self.holder = holder or base32(chance(), HOLDER_CHARS)

    def acquire(self, name: str, span_s: float, *, now: datetime | None = None) -> bool:
        """Take the lease for so many seconds, or renew it; false if somebody else has it."""
        assert span_s >= SPAN_S_MIN, "a lease this short ends before its work begins"
        with self._db.transaction() as tx:
            return take(tx, name, self.holder, span_s, now or system_now())

    def release(self, name: str) -> None:
        """Give the lease back, if it is still ours."""
        with self._db.transaction() as tx:
            ours = col(LeaseRow.name) == name, col(LeaseRow.holder) == self.holder
            tx.session.exec(delete(LeaseRow).where(*ours))

    @contextmanager
    def held(self, name: str, span_s: float) -> Iterator[bool]:
        """Hold the lease while the block runs, renewing it; yields whether it was to be had.

        A process that cannot renew in time (it slept, the database is away) loses the lease without noticing:
        what is done under it must stand being done twice.
        """
        if not self.acquire(name, span_s):
            yield False
            return
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(name, span_s, done), name=f"lease-{name}", daemon=True)
        keeper.start()
        try:
            yield True
        finally:
            done.set()
            keeper.join()
            self.release(name)

    def _keep(self, name: str, span_s: float, done: threading.Event) -> None:
        while not done.wait(span_s / RENEWALS):
            try:
                if not self.acquire(name, span_s):
                    log.error("the lease %s was lost while it was needed", name)
                    return
            except SQLAlchemyError:
                log.exception("the lease %s could not be renewed", name)
