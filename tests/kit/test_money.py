from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.errors import Invalid
from logistics.kit.money import Money, Rounding, minor_digits, round_exact, total
from tests.strategies import money

HALF = Fraction(1, 2)

ROUNDINGS = [
    # exact            half_even  half_up  up  down
    (Fraction(5, 2), 2, 3, 3, 2),
    (Fraction(7, 2), 4, 4, 4, 3),
    (Fraction(-5, 2), -2, -3, -3, -2),
    (Fraction(24, 10), 2, 2, 3, 2),
    (Fraction(26, 10), 3, 3, 3, 2),
    (Fraction(-24, 10), -2, -2, -3, -2),
    (Fraction(3), 3, 3, 3, 3),
    (Fraction(0), 0, 0, 0, 0),
]


@pytest.mark.parametrize(("exact", "half_even", "half_up", "up", "down"), ROUNDINGS)
def test_rounding_has_a_name(exact: Fraction, half_even: int, half_up: int, up: int, down: int) -> None:
    assert round_exact(exact) == half_even
    assert round_exact(exact, Rounding.HALF_EVEN) == half_even
    assert round_exact(exact, Rounding.HALF_UP) == half_up
    assert round_exact(exact, Rounding.UP) == up
    assert round_exact(exact, Rounding.DOWN) == down


@given(st.fractions(), st.sampled_from(Rounding))
def test_rounding_goes_less_than_one_unit_and_is_the_same_for_debts(exact: Fraction, rule: Rounding) -> None:
    assert abs(round_exact(exact, rule) - exact) < 1
    assert round_exact(-exact, rule) == -round_exact(exact, rule)


@given(st.integers(), st.sampled_from(Rounding))
def test_whole_amounts_are_never_changed(whole: int, rule: Rounding) -> None:
    assert round_exact(Fraction(whole), rule) == whole


SPLITS = [
    # 100 = 34 + 33 + 33: the odd cent goes to the earliest of equals
    (100, (1, 1, 1), [34, 33, 33]),
    # 10 by 1:2 is 3.33 and 6.67: the share cut shortest (0.67) gets the cent
    (10, (1, 2), [3, 7]),
    (10, (1, 0), [10, 0]),
    (0, (3, 4), [0, 0]),
    # -100 = -33 -33 -34: floors are -34, -34, -34; two units come back, to the earliest
    (-100, (1, 1, 1), [-33, -33, -34]),
]


@pytest.mark.parametrize(("amount", "weights", "shares"), SPLITS)
def test_splitting(amount: int, weights: tuple[int, ...], shares: list[int]) -> None:
    assert [share.amount_minor for share in Money(amount, "EUR").split(weights)] == shares


weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any)


@given(money(), weights)
def test_splitting_loses_nothing_and_is_fair_to_a_unit(amount: Money, by: list[int]) -> None:
    shares = amount.split(by)
    assert total(shares, "CNY") == amount
    for share, weight in zip(shares, by, strict=True):
        assert abs(share.amount_minor - Fraction(amount.amount_minor * weight, sum(by))) < 1


@pytest.mark.parametrize("by", [(), (0, 0), (2, -1)])
def test_weights_that_share_nothing_out_are_refused(by: tuple[int, ...]) -> None:
    with pytest.raises(Invalid):
        Money(100, "EUR").split(by)


@given(money(), money())
def test_sums(a: Money, b: Money) -> None:
    assert a + b == b + a
    assert a + b - b == a
    assert a - a == Money.zero("CNY")
    assert Money.zero("CNY") - a == -a
    assert (a < b) == (a.amount_minor < b.amount_minor)


def test_two_currencies_never_meet() -> None:
    euro, dollar = Money(1, "EUR"), Money(1, "USD")
    for act in (operator.add, operator.sub, operator.lt):
        with pytest.raises(Invalid):
            act(euro, dollar)
    assert euro != dollar


@pytest.mark.parametrize("code", ["", "EU", "eur", "EURO", "E1R", "ÄÖÜ"])
def test_what_is_no_currency_is_refused(code: str) -> None:
    with pytest.raises(Invalid):
        Money(1, code)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Money(12800, "CNY"), "128.00 CNY"),
        (Money(-5, "CNY"), "-0.05 CNY"),
        (Money(0, "EUR"), "0.00 EUR"),
        (Money(1500, "JPY"), "1500 JPY"),
        (Money(1234, "KWD"), "1.234 KWD"),
    ],
)
def test_how_it_is_shown(amount: Money, text: str) -> None:
    assert str(amount) == text


@given(money("KWD"))
def test_exact_and_back(amount: Money) -> None:
    assert Money.from_exact(amount.exact(), "KWD") == amount


def test_major_units_become_minor_ones_by_the_named_rule() -> None:
    # 8.475 yuan = 847.5 fen
    assert Money.from_exact(Fraction("8.475"), "CNY", Rounding.HALF_UP) == Money(848, "CNY")
    assert Money.from_exact(Fraction("8.475"), "CNY", Rounding.DOWN) == Money(847, "CNY")
    assert Money.from_exact(Fraction("8.475"), "CNY") == Money(848, "CNY")  # 847.5: the even neighbour is 848
    assert Money.from_exact(1500 + HALF, "JPY") == Money(1500, "JPY")


def test_minor_digits() -> None:
    assert (minor_digits("CNY"), minor_digits("JPY"), minor_digits("KWD")) == (2, 0, 3)


def test_small_arithmetic() -> None:
    assert Money(250, "CNY") * 3 == Money(750, "CNY")
    assert total([], "CNY") == Money.zero("CNY")
    assert not Money.zero("CNY")
    assert Money(-1, "CNY")
