from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.money import Money
from logistics.routing.cost_units import of_minor, per_metre, per_second, to_minor, to_money


@given(st.integers(-(10**9), 10**9))
def test_money_comes_back_as_it_went_in(amount_minor: int) -> None:
    assert to_minor(of_minor(amount_minor)) == amount_minor


@given(st.integers(0, 10**5), st.integers(0, 500))
def test_prices_by_kilometre_and_hour_are_exact(price_minor: int, count: int) -> None:
    assert to_minor(per_metre(price_minor) * 1000 * count) == price_minor * count
    assert to_minor(per_second(price_minor) * 3600 * count) == price_minor * count


def test_a_sum_is_rounded_once() -> None:
    # 1.00 an hour for one second is 0.0278 minor units; 90 of them are 2.5, to even 2.
    assert to_money(per_second(100) * 90, "CNY") == Money(2, "CNY")
