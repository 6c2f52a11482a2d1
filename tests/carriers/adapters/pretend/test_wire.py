from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.carriers.adapters.pretend import wire
from logistics.carriers.model import CarrierOrder
from logistics.kit.geo import Point
from logistics.kit.money import Money

ORDER = CarrierOrder(
    "con_1", "王芳", "+8613800138000", "Somewhere 1", Point(lat=36.6, lon=117.0), 900, 0, ("L1-1",), Money(500, "CNY")
)


def test_an_order_is_plain_json() -> None:
    written = json.loads(json.dumps(wire.write_order(ORDER)))
    assert written["reference"] == "con_1"
    assert written["cod"] == {"amount_minor": 500, "currency": "CNY"}
    assert written["point"] == {"lat": 36.6, "lon": 117.0}


def test_a_story_is_read_in_its_order() -> None:
    story = {
        "waybill_no": "PC1",
        "events": [
            {"code": "COL", "at": "2026-11-24T10:00:00+08:00", "text": "collected", "place": "depot"},
            {"code": "DLV", "at": "2026-11-24T15:00:00+08:00"},
            {"code": "???", "at": "2026-11-24T16:00:00+08:00"},
        ],
    }
    events, findings = wire.parse(json.dumps(story).encode())
    assert [(event.status, event.sequence, event.is_mapped) for event in events] == [
        ("picked_up", 0, True),
        ("delivered", 1, True),
        ("unknown", 2, False),
    ]
    assert not findings


@pytest.mark.parametrize(
    "entry", [None, {}, {"code": "COL"}, {"code": "COL", "at": "2026-11-24T10:00:00"}, {"code": 3}]
)
def test_an_entry_without_code_or_time_is_a_finding(entry: object) -> None:
    events, findings = wire.parse(json.dumps({"waybill_no": "PC1", "events": [entry]}).encode())
    assert not events
    assert [finding.code for finding in findings] == ["no_entry"]


@given(st.binary(max_size=100))
def test_no_body_makes_it_raise(body: bytes) -> None:
    wire.parse(body)
