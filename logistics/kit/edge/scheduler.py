"""Clock work: what has to be done every so often, by one process of all.

The jobs are a table; APScheduler keeps their next times in the same database, so that every process knows
them; each run takes a lease, so that one process does it. Intervals are machine seconds. What is due is for
the job itself to decide, by the time of its transaction: so a job that ran late, twice or not at all for an
hour still does the right thing.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from apscheduler.executors.pool import BasePoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import SQLAlchemyError

from logistics.kit.edge.clock import system_now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from logistics.kit.edge.db import Database
    from logistics.kit.edge.leases import Leases

log = logging.getLogger(__name__)

C = TypeVar("C")

Jobs = dict[str, tuple[float, str]]  # name -> (every_s, "package.module:function"), the function takes the context

TABLE = "scheduler_jobs"
LEASE_S = 30.0  # renewed while a job runs; after a crash another process takes over this much later
WORKERS = 4
AWAY_S = 1.0  # before looking again at a database that did not answer


class Scheduler(Generic[C]):
    """Runs a table of jobs, each with the context of this process, until it is stopped."""

    def __init__(self, db: Database, leases: Leases, jobs: Mapping[str, tuple[float, str]], context: C) -> None:
        self._jobs = dict(jobs)
        self._scheduler = BackgroundScheduler(
            jobstores={"default": _Store(db)},
            executors={"default": _LeasedExecutor(leases, context)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone="UTC",
        )

    def start(self) -> None:
        """Enter the jobs of the table, forget those that are no longer in it, and begin."""
        self._scheduler.start(paused=True)
        for job in self._scheduler.get_jobs():
            if job.id not in self._jobs:
                job.remove()
        for name, (every_s, path) in self._jobs.items():
            every = IntervalTrigger(seconds=every_s, timezone="UTC")
            # The argument stands for the context, which cannot be kept in a store: the executor gives its own.
            self._scheduler.add_job(path, every, args=(None,), id=name, name=name, replace_existing=True)
        self._scheduler.resume()

    def stop(self) -> None:
        """Let the jobs that run end, and begin no more."""
        self._scheduler.shutdown(wait=True)


class _LeasedExecutor(BasePoolExecutor):  # type: ignore[misc]  # APScheduler ships no type information
    """Runs a job with the context of this process, if this process gets its lease."""

    def __init__(self, leases: Leases, context: object) -> None:
        super().__init__(ThreadPoolExecutor(WORKERS, thread_name_prefix="clockwork"))
        self._leases = leases
        self._context = context

    def _do_submit_job(self, job: Any, _run_times: list[datetime]) -> None:
        done = self._pool.submit(self._under_lease, job)
        done.add_done_callback(lambda future: self._run_job_success(job.id, future.result()))

    def _under_lease(self, job: Any) -> list[object]:
        """Run the job; whatever goes wrong is logged, and the next tick tries again."""
        try:
            with self._leases.held(f"job.{job.id}", LEASE_S) as ours:
                if ours:
                    job.func(self._context)
        except Exception:  # clock work must outlive any fault of one job, and a lost database
            log.exception("the job %s failed; it is tried again at its next time", job.id)
        return []


class _Store(SQLAlchemyJobStore):  # type: ignore[misc]  # APScheduler ships no type information
    """The job store, waiting for the writer's turn as everybody does, and outliving a database that is away."""

    def __init__(self, db: Database) -> None:
        super().__init__(engine=db.writers, tablename=TABLE)
        self._db = db

    def start(self, scheduler: Any, alias: str) -> None:
        """Make the table if it is missing."""
        with self._db.turn():
            super().start(scheduler, alias)

    def lookup_job(self, job_id: str) -> Any:
        """Return a job by its name, if it is kept."""
        with self._db.turn():
            return super().lookup_job(job_id)

    def get_due_jobs(self, now: datetime) -> Any:
        """Return the jobs whose time has come."""
        with self._db.turn():
            return super().get_due_jobs(now)

    def get_all_jobs(self) -> Any:
        """Return all jobs that are kept."""
        with self._db.turn():
            return super().get_all_jobs()

    def add_job(self, job: Any) -> None:
        """Keep a new job."""
        with self._db.turn():
            super().add_job(job)

    def remove_job(self, job_id: str) -> None:
        """Forget a job."""
        with self._db.turn():
            super().remove_job(job_id)

    def update_job(self, job: Any) -> None:
        """Keep the next time of a job."""
        try:
            with self._db.turn():
                super().update_job(job)
        except (SQLAlchemyError, JobLookupError):
            log.exception("the next time of the job %s could not be kept", job.id)

    def get_next_run_time(self) -> Any:
        """Return when the scheduler has to look again."""
        try:
            with self._db.turn():
                return super().get_next_run_time()
        except SQLAlchemyError:
            log.exception("the next time of the jobs could not be read")
            return system_now() + timedelta(seconds=AWAY_S)

    def shutdown(self) -> None:
        """Leave the connections alone: they are the house's."""
