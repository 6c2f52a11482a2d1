import json
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

import logistics.wiring  # noqa: F401 - whoever wires all packages has imported every kind of news
from logistics.kit.money import Money
from logistics.kit.news import News
from logistics.tracking.events import StatusChanged
from logistics.webhooks.payloads import ENTRIES, TYPES, Entry, Reason, body_of

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAMPLES: dict[str, Any] = {
    "Money": Money(1250, "CNY"),
    "Money | None": Money(1250, "CNY"),
    "int": 7,
    "bool": True,
    "datetime": AT,
    "datetime | None": AT,
    "date": date(2026, 11, 1),
    "tuple[str, ...]": ("because",),
}


def sample(kind: type[News]) -> News:
    return kind(**{one.name: SAMPLES.get(str(one.type), one.name) for one in fields(kind)})


def test_every_kind_of_news_has_a_message_or_a_reason() -> None:
    ours = {name for name, kind in News.kinds.items() if kind.__module__.startswith("logistics.")}
    assert ours - set(ENTRIES) == set()
    assert set(ENTRIES) - ours == set()
    assert all(entry.text for entry in ENTRIES.values() if isinstance(entry, Reason))


def test_the_types_that_are_promised() -> None:
    assert set(TYPES) == {
        "shipment.created",
        "shipment.mode_chosen",
        "shipment.status_changed",
        "shipment.cancelled",
        "cod.taken",
        "cod.remitted",
        "statement.ready",
    }


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if isinstance(entry, Entry)])
def test_a_message_has_type_timestamp_and_data(name: str) -> None:
    entry = ENTRIES[name]
    assert isinstance(entry, Entry)
    body = json.loads(body_of(entry, sample(News.kinds[name])))
    assert list(body) == ["type", "timestamp", "data"]
    assert (body["type"], body["timestamp"]) == (entry.type, "2026-11-24T12:00:00Z")
    if not name.startswith(("CodRemitted", "StatementReady")):
        assert body["data"]["shipment_id"] == "shipment_id"


def test_a_status_carries_its_place_in_the_shipments_story() -> None:
    entry = ENTRIES["StatusChanged"]
    assert isinstance(entry, Entry)
    data = entry.build(sample(StatusChanged))
    assert data["shipment_seq"] == 7
    assert data["eta"] == {"start": AT, "end": AT}


def test_who_took_the_money_is_told_and_no_internal_id() -> None:
    entry = ENTRIES["CashTaken"]
    assert isinstance(entry, Entry)
    kind = News.kinds["CashTaken"]
    values = {one.name: SAMPLES.get(str(one.type), one.name) for one in fields(kind)}
    data = entry.build(kind(**(values | {"holder": "driver:veh_1"})))
    assert data["taken_by"] == "driver"
    assert "veh_1" not in json.dumps(data, default=str)
