"""Expected times, as the day goes: doors at 12:10, 12:25 and 12:40 by plan, ten minutes apart, five to serve."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from logistics.delivery.edge import store
from logistics.delivery.events import ExpectedTimesMoved
from logistics.kit.edge.outbox import decode
from logistics.kit.edge.tables import OutboxRow
from tests.builders import NOON
from tests.delivery.stage import Day


def told(day: Day, shipment: dict[str, object]) -> list[str]:
    """List what the recipient was told: minute after noon of the earliest, stops before."""
    with day.house.ctx.db.reading() as session:
        wanted = select(OutboxRow).where(
            OutboxRow.shipment_id == shipment["id"], OutboxRow.kind == "ExpectedTimesMoved"
        )
        news = [decode(row.kind, row.body) for row in session.exec(wanted)]
    moved = sorted((one for one in news if isinstance(one, ExpectedTimesMoved)), key=lambda one: one.occurred_at)
    return [f"{int((one.expected_start_at - NOON).total_seconds() // 60)}/{one.stops_before}" for one in moved]


def test_who_waits_is_told_what_moved_and_nothing_else(sqlite_day: Day) -> None:
    day = sqlite_day
    one, two, three = day.shipment(), day.shipment(), day.shipment()
    day.underway([one], [two], [three])
    # told first on departure; the earliest is five minutes before the expected start
    assert [told(day, each) for each in (one, two, three)] == [["5/0"], ["20/1"], ["35/2"]]
    day.house.clock.advance(minutes=30)  # twenty late
    day.ok(day.arrive(1))
    assert told(day, two)[1:] == ["40/1"]
    day.house.clock.advance(minutes=5)
    day.ok(day.attempt(one))
    # the stop is done in the five minutes that were planned: the time stays, the stops before do not
    assert told(day, two)[2:] == ["40/0"]
    assert told(day, three)[1:] == ["55/2", "55/1"]
    day.ok(day.attempt(three))  # the driver goes there first
    assert told(day, two)[3:] == []


def test_tracking_finds_the_visit_that_is_to_come(sqlite_day: Day) -> None:
    day = sqlite_day
    one, two = day.shipment(), day.shipment()
    day.underway([one], [two])
    with day.house.ctx.db.reading() as session:
        found = store.find_open_visit(session, two["id"])
        assert found is not None
        assert (found.run.id, found.stop.no, found.stops_before) == (day.run_id, 2, 1)
        assert found.expected.start == NOON + timedelta(minutes=20)
        assert found.expected.end == NOON + timedelta(minutes=37)  # 25, and 10, and 2 for the stop before
    day.ok(day.attempt(two))
    with day.house.ctx.db.reading() as session:
        assert store.find_open_visit(session, two["id"]) is None
