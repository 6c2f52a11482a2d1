from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.natural import natural_key


def test_numbers_count_as_numbers_and_case_only_among_equals() -> None:
    names = ["Van 10", "van 2", "Van 2", "10", "Van", "Van 2b", "9", "货车 12", "货车 3", ""]
    ordered = ["", "9", "10", "Van", "Van 2", "van 2", "Van 2b", "Van 10", "货车 3", "货车 12"]
    assert sorted(names, key=natural_key) == ordered


@given(st.lists(st.text(), max_size=6))
def test_any_names_have_an_order(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(names, key=natural_key) == sorted(backwards, key=natural_key)


def test_a_number_longer_than_any_has_its_place() -> None:
    assert natural_key("Van 9") < natural_key("Van " + "1" * 10_000)


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_the_smaller_number_comes_first(one: int, other: int) -> None:
    assert (natural_key(f"Van {one}") < natural_key(f"Van {other}")) == (one < other)
