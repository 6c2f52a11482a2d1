from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from logistics.pickup import codes


@given(st.integers(min_value=0, max_value=2**128))
def test_a_code_has_six_digits(chance: int) -> None:
    code = codes.new_code(chance, ())
    assert len(code) == 6
    assert code.isdecimal()


def test_a_code_in_use_is_not_given_twice() -> None:
    assert codes.new_code(999_998, {"999998", "999999"}) == "000000"


def test_the_code_said_is_found_among_those_kept() -> None:
    assert codes.find_index("222222", ["111111", "222222"]) == 1
    assert codes.find_index("333333", ["111111", "222222"]) is None


def test_a_stay_without_a_code_is_not_found_by_saying_nothing() -> None:
    assert codes.find_index("", ["", "111111"]) is None


def test_the_last_four_digits_of_the_phone() -> None:
    assert codes.last_digits_fit("8000", "8613800138000")
    assert not codes.last_digits_fit("8001", "8613800138000")
    assert not codes.last_digits_fit("00", "00")
