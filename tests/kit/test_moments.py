from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from logistics.kit.errors import Invalid
from logistics.kit.moments import happened_at
from tests.builders import NOON


@pytest.mark.parametrize(
    ("said", "counts_as"),
    [
        (None, NOON),
        (NOON - timedelta(hours=3), NOON - timedelta(hours=3)),
        (NOON - timedelta(days=7), NOON - timedelta(days=7)),
        (NOON + timedelta(minutes=2), NOON),  # a phone that runs fast
        (NOON.astimezone(timezone(timedelta(hours=8))), NOON),
    ],
)
def test_a_phone_may_say_when_it_happened(said: datetime | None, counts_as: datetime) -> None:
    assert happened_at(said, NOON) == counts_as


@pytest.mark.parametrize(
    "said", [NOON + timedelta(minutes=2, seconds=1), NOON - timedelta(days=7, seconds=1), NOON.replace(tzinfo=None)]
)
def test_within_limits(said: datetime) -> None:
    with pytest.raises(Invalid):
        happened_at(said, NOON)
