from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.ids import ALPHABET, CHANCE_BITS, base32, new_id
from tests.builders import NOON
from tests.strategies import moments

chances = st.integers(0, 2**128 - 1)


@given(moments, chances)
def test_an_id_is_a_prefix_and_26_plain_characters(now: datetime, chance: int) -> None:
    prefix, _, rest = new_id("shp", now, chance).partition("_")
    assert prefix == "shp"
    assert len(rest) == 26
    assert set(rest) <= set(ALPHABET)


@given(moments, moments, chances, chances)
def test_ids_sort_by_time_whatever_chance_says(a: datetime, b: datetime, x: int, y: int) -> None:
    later = max(a, b) + timedelta(milliseconds=1)
    assert new_id("shp", min(a, b), x) < new_id("shp", later, y)


@given(st.integers(0, 2**CHANCE_BITS - 1), st.integers(0, 2**CHANCE_BITS - 1))
def test_other_chance_gives_another_id(x: int, y: int) -> None:
    assert (new_id("shp", NOON, x) == new_id("shp", NOON, y)) == (x == y)


def test_the_alphabet_has_nothing_to_be_mistaken() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ilou") & set(ALPHABET)
    assert list(ALPHABET) == sorted(ALPHABET)  # else ids would not sort as their times do


@pytest.mark.parametrize(("number", "length", "text"), [(0, 3, "000"), (31, 2, "0z"), (32, 2, "10"), (1023, 2, "zz")])
def test_base32(number: int, length: int, text: str) -> None:
    assert base32(number, length) == text


def test_ids_are_far_from_running_out() -> None:
    assert new_id("shp", datetime(9999, 12, 31, tzinfo=UTC), 0) > new_id("shp", NOON, 2**80 - 1)
