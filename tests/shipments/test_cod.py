from __future__ import annotations

import pytest

from logistics.kit.errors import Conflict
from logistics.kit.money import Money
from logistics.shipments.cod import Means, Taken, check_taken


def check(due: int, taken: int | None) -> None:
    given = Taken(Money(taken, "CNY"), Means.CASH) if taken is not None else None
    check_taken(Money(due, "CNY"), given)


@pytest.mark.parametrize(("due", "taken"), [(1200, 1200), (0, None)])
def test_exactly_what_is_due_is_taken(due: int, taken: int | None) -> None:
    check(due, taken)


@pytest.mark.parametrize(
    ("due", "taken", "verdict"),
    [
        (1200, None, "cod_not_taken"),
        (1200, 1199, "cod_wrong_amount"),
        (1200, 1201, "cod_wrong_amount"),
        (0, 1, "cod_nothing_due"),
        (0, 0, "cod_nothing_due"),
    ],
)
def test_neither_more_nor_less(due: int, taken: int | None, verdict: str) -> None:
    with pytest.raises(Conflict) as caught:
        check(due, taken)
    assert caught.value.refusal_code == verdict


def test_another_currency_is_another_amount() -> None:
    with pytest.raises(Conflict):
        check_taken(Money(1200, "CNY"), Taken(Money(1200, "USD"), Means.CASH))
