from __future__ import annotations

from contextlib import ExitStack

import pytest
from sqlalchemy import text

from logistics.kit.edge.db import Database
from logistics.kit.edge.leases import Leases
from logistics.kit.edge.scheduler import Jobs, Scheduler
from tests.kit.edge.clockwork import Tally

HERE = "tests.kit.edge.clockwork"


def running(stack: ExitStack, database: Database, jobs: Jobs, tally: Tally) -> Scheduler[Tally]:
    scheduler = Scheduler(database, Leases(database), jobs, tally)
    scheduler.start()
    stack.callback(scheduler.stop)
    return scheduler


def test_a_job_runs_again_and_again_with_the_context_of_its_process(database: Database) -> None:
    tally = Tally()
    with ExitStack() as stack:
        running(stack, database, {"count": (0.1, f"{HERE}:count")}, tally)
        assert tally.wait(3)


def test_a_failing_job_is_logged_and_tried_again(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    tally = Tally()
    with ExitStack() as stack:
        running(stack, database, {"fail": (0.1, f"{HERE}:fail")}, tally)
        assert tally.wait(2)
    assert "the job fail failed" in caplog.text


def test_two_processes_never_run_a_job_at_once(database: Database) -> None:
    tally = Tally()
    with ExitStack() as stack:
        for _ in range(2):
            running(stack, database, {"slow": (0.1, f"{HERE}:count_slowly")}, tally)
        assert tally.wait(4)
    assert tally.at_once_max == 1


def test_a_job_that_left_the_table_is_forgotten(database: Database) -> None:
    old, new = Tally(), Tally()
    with ExitStack() as stack:
        running(stack, database, {"old": (0.1, f"{HERE}:count")}, old)
        assert old.wait(1)
    before = old.count
    with ExitStack() as stack:
        running(stack, database, {"new": (0.1, f"{HERE}:count")}, new)
        assert new.wait(3)
    assert old.count == before
    with database.reading() as session:
        names = session.connection().execute(text("SELECT id FROM scheduler_jobs")).scalars().all()
    assert names == ["new"]


def test_the_context_is_not_kept_in_the_database(database: Database) -> None:
    tally = Tally()
    with ExitStack() as stack:
        running(stack, database, {"count": (0.1, f"{HERE}:count")}, tally)
        assert tally.wait(2)
    with database.reading() as session:
        kept = session.connection().execute(text("SELECT job_state FROM scheduler_jobs")).scalar_one()
    assert b"Tally" not in bytes(kept)
