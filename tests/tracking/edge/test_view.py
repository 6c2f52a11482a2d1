from __future__ import annotations

from collections.abc import Iterator

import pytest

from logistics.carriers.events import CarrierReported
from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Database
from logistics.tracking.edge import view
from tests.builders import NOON
from tests.tracking.builders import (
    SHIPMENT,
    VEHICLE,
    base,
    context,
    departed,
    expected,
    furnish,
    loaded,
    planned,
    received,
    tell,
)


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    furnish(database)
    with context(database) as made:
        yield made


def reading(ctx: Context) -> view.Reading:
    with ctx.db.reading() as session:
        return view.read(session, SHIPMENT, now=NOON)


def missed(ctx: Context, since: int) -> list[str]:
    return [f"{one.kind} {one.seq}" for one in view.missed(reading(ctx), "e", since, now=NOON)]


def test_all_of_a_shipment_is_read_at_once(ctx: Context) -> None:
    tell(ctx.db, received(), departed(), expected(stops_before=2))
    found = reading(ctx)
    assert (found.vehicle_id, found.facts.stops_before, found.facts.seq) == (VEHICLE, 2, 2)
    assert found.facts.merchant_name == "Tea House"
    assert found.facts.promise is not None
    assert found.facts.eta is not None


def test_what_was_missed_is_told_event_by_event(ctx: Context) -> None:
    tell(ctx.db, received(), planned(), loaded())
    assert missed(ctx, 1) == ["event 2", "event 3"]
    assert missed(ctx, 3) == []


def report(key: str, *, superseded: bool = False, minutes: float = 1) -> CarrierReported:
    return CarrierReported(
        **base(minutes=minutes), carrier="swift", waybill_no="W", source="swift", code="1", status="in_transit",
        reason="", text="", place=key, source_key=key, sequence=0, superseded=superseded,
    )  # fmt: skip


def test_what_is_told_no_more_needs_a_snapshot(ctx: Context) -> None:
    tell(ctx.db, report("a"), report("b", minutes=2))
    tell(ctx.db, report("a", superseded=True))
    assert missed(ctx, 2) == ["snapshot 3"]
    assert [line.place for line in reading(ctx).facts.story.lines] == ["b"]


def test_too_much_is_told_as_a_snapshot(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "REPLAY_MAX", 4)
    tell(ctx.db, *(report(f"k{count}", minutes=count) for count in range(5)))
    assert missed(ctx, 0) == ["snapshot 5"]
    assert missed(ctx, 1) == ["event 2", "event 3", "event 4", "event 5"]
