from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from logistics.carriers.model import CarrierEvent

AT = datetime(2026, 11, 24, 6, 10, tzinfo=UTC)
EVENT = CarrierEvent("kuaidi100", "YT1", "301", "signed", "Jinan", AT, 4, "delivered")


def test_the_same_thing_said_again_has_the_same_key() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=8)))
    assert replace(EVENT, sequence=9, occurred_at=elsewhere, status="unknown").key == EVENT.key


@pytest.mark.parametrize(
    "change",
    [
        {"source": "pretend"},
        {"waybill_no": "YT2"},
        {"code": "302"},
        {"text": "signed by proxy"},
        {"place": "Qingdao"},
        {"occurred_at": AT + timedelta(seconds=1)},
        {"text": "", "place": "signedJinan"},
    ],
)
def test_anything_else_said_has_another_key(change: dict[str, str]) -> None:
    assert replace(EVENT, **change).key != EVENT.key  # type: ignore[arg-type]  # the table holds different fields
