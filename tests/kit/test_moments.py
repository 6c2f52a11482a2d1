from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.errors import Invalid
from logistics.kit.moments import AGE_MAX, AHEAD_MAX, happened_at
from tests.builders import NOON

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        (None, NOON),
        (NOON - timedelta(hours=3), NOON - timedelta(hours=3)),
        (NOON - AGE_MAX, NOON - AGE_MAX),
        (NOON + SECOND, NOON),  # a clock a little fast: nothing happens after it was told
        (NOON + AHEAD_MAX, NOON),
    ],
)
def test_what_is_believed(said: datetime | None, believed: datetime) -> None:
    assert happened_at(said, NOON) == believed


@pytest.mark.parametrize("said", [NOON + AHEAD_MAX + SECOND, NOON - AGE_MAX - SECOND, NOON.replace(tzinfo=None)])
def test_what_is_not(said: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        happened_at(said, NOON)
    assert refusal.value.errors[0].field == "at"


@given(st.timedeltas(-AGE_MAX, AHEAD_MAX))
def test_nothing_happened_after_now(apart: timedelta) -> None:
    assert happened_at(NOON + apart, NOON) <= NOON
