from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from logistics.delivery.cash import HandIn, carried, due_for
from logistics.kit.money import Money
from logistics.shipments.cod import Means, Taken

THREE = ("a", "b", "c")


def due(amount: int, handed: str) -> int:
    return due_for(Money(amount, "CNY"), THREE, set(handed)).amount_minor


def test_a_part_pays_its_parcels_equal_share() -> None:
    # 1000 over three parcels: 334, 333, 333
    assert due(1000, "a") == 334
    assert due(1000, "b") == 333
    assert due(1000, "bc") == 666
    assert due(1000, "abc") == 1000


@given(st.integers(0, 10**9), st.integers(1, 50), st.data())
def test_a_part_and_the_rest_make_up_the_whole(amount: int, count: int, data: st.DataObject) -> None:
    parcels = [str(number) for number in range(count)]
    part = data.draw(st.sets(st.sampled_from(parcels)))
    whole = Money(amount, "CNY")
    assert due_for(whole, parcels, part) + due_for(whole, parcels, set(parcels) - part) == whole


def test_a_driver_carries_cash_alone() -> None:
    taken = [Taken(Money(100, "CNY"), means) for means in Means]
    assert carried(taken, "CNY") == Money(100, "CNY")
    assert carried([], "CNY") == Money(0, "CNY")


def test_the_difference_is_what_is_too_much() -> None:
    assert HandIn(Money(90, "CNY"), Money(100, "CNY")).difference == Money(-10, "CNY")
