from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Database
from logistics.kit.errors import TooMany
from logistics.kit.geo import Point
from logistics.tracking.edge import live, store, writer
from logistics.tracking.edge.tables import PositionRow
from logistics.tracking.edge.writer import Report, Writer
from logistics.tracking.positions import Fix
from tests.builders import NOON
from tests.tracking.builders import VEHICLE, context


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    with context(database) as made:
        yield made


def fix(seconds: float, lat: float = 30.25) -> Fix:
    return Fix(NOON + timedelta(seconds=seconds), Point(lat=lat, lon=120.16), 8.0, 5.0, 0.9)


class Sending:
    """A writer, and what it answered."""

    def __init__(self, ctx: Context) -> None:
        self.writer = Writer(ctx.db, ctx.bus)
        self.answers: queue.Queue[Any] = queue.Queue()
        ctx.stops.append(self.writer.stop)

    def submit(self, *fixes: Fix, vehicle: str = VEHICLE) -> None:
        self.writer.submit(Report(vehicle, "tok_1", fixes, self.answers.put))

    def answer(self) -> Any:
        return self.answers.get(timeout=10)


def kept(ctx: Context) -> list[tuple[int, str]]:
    with ctx.db.reading() as session:
        rows = session.exec(select(PositionRow).order_by(PositionRow.fixed_at)).all()  # type: ignore[arg-type]  # a column
    return [(int((row.fixed_at - NOON).total_seconds()), row.rejected) for row in rows]


def live_second(ctx: Context) -> float:
    with ctx.db.reading() as session:
        row = store.find_live_position(session, VEHICLE)
    assert row
    return (row.fixed_at - NOON).total_seconds()


def test_fixes_are_kept_and_the_live_position_only_moves_forward(ctx: Context) -> None:
    sending = Sending(ctx)
    sending.writer.start()
    sending.submit(fix(10), fix(20))
    assert sending.answer() == ["", ""]
    sending.submit(fix(-3000))  # from a cellar, an hour later: history
    assert sending.answer() == [""]
    assert live_second(ctx) == 20
    assert kept(ctx) == [(-3000, ""), (10, ""), (20, "")]


def test_what_cannot_be_true_is_kept_with_its_reason_and_moves_nothing(ctx: Context) -> None:
    sending = Sending(ctx)
    sending.writer.start()
    sending.submit(fix(0), fix(5, lat=31.0), fix(900))
    assert sending.answer() == ["", "impossible", "future"]
    assert kept(ctx) == [(0, ""), (5, "impossible"), (900, "future")]
    assert live_second(ctx) == 0


def test_the_same_fix_again_is_kept_once(ctx: Context) -> None:
    sending = Sending(ctx)
    sending.writer.start()
    for _ in range(2):
        sending.submit(fix(1))
        assert sending.answer() == [""]
    assert kept(ctx) == [(1, "")]


def test_another_process_s_newer_position_is_not_turned_back(ctx: Context) -> None:
    here, there = Sending(ctx), Sending(ctx)
    here.writer.start()
    there.writer.start()
    here.submit(fix(1))
    here.answer()
    there.submit(fix(60))
    there.answer()
    here.submit(fix(30))  # newer than all this process knows, older than what there is
    assert here.answer() == [""]
    assert live_second(ctx) == 60


def test_what_queued_up_during_a_commit_is_written_by_the_next_one(ctx: Context, monkeypatch: Any) -> None:
    commits: list[int] = []
    commit = Writer._commit  # noqa: SLF001 - counted

    def counted(self: Writer, batch: list[Report]) -> Any:
        commits.append(len(batch))
        return commit(self, batch)

    monkeypatch.setattr(Writer, "_commit", counted)
    sending = Sending(ctx)
    for second in range(50):
        sending.submit(fix(second), vehicle=f"veh_{second % 7}")
    sending.writer.start()
    assert [sending.answer() for _ in range(50)] == [[""]] * 50
    assert commits == [50]


def test_a_report_that_fails_spoils_no_other(ctx: Context, monkeypatch: Any) -> None:
    insert = writer._insert  # noqa: SLF001 - made to fail

    def failing(session: Any, rows: list[dict[str, Any]], latest: Any) -> None:
        if any(row["vehicle_id"] == "veh_bad" for row in rows):
            raise OSError("this one cannot be written")
        insert(session, rows, latest)

    monkeypatch.setattr(writer, "_insert", failing)
    sending = Sending(ctx)
    sending.submit(fix(1))
    sending.submit(fix(2), vehicle="veh_bad")
    sending.submit(fix(3))
    sending.writer.start()
    answers = [sending.answer() for _ in range(3)]
    assert answers[0] == answers[2] == [""]
    assert isinstance(answers[1], OSError)
    assert kept(ctx) == [(1, ""), (3, "")]


def test_a_full_queue_refuses(ctx: Context, monkeypatch: Any) -> None:
    monkeypatch.setattr(writer, "QUEUE_FIXES_MAX", 2)
    sending = Sending(ctx)
    sending.submit(fix(1), fix(2))
    with pytest.raises(TooMany):
        sending.submit(fix(3))
    sending.writer.start()
    assert sending.answer() == ["", ""]


def test_stopping_writes_what_is_queued(ctx: Context) -> None:
    sending = Sending(ctx)
    sending.submit(fix(1))
    sending.writer.start()
    sending.writer.stop()
    assert sending.answer() == [""]
    with pytest.raises(TooMany):
        sending.submit(fix(2))


def test_a_move_is_told_after_the_commit(ctx: Context) -> None:
    told = threading.Event()
    ctx.bus.subscribe(live.FLEET, lambda _subject, _payload: told.set() if live_second(ctx) == 1 else None)
    sending = Sending(ctx)
    sending.writer.start()
    sending.submit(fix(1))
    assert told.wait(5)
