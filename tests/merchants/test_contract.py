from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from logistics.kit.errors import Invalid
from logistics.merchants.contract import Contract


@pytest.mark.parametrize(
    "terms",
    [
        {"modes": ()},
        {"modes": ("drone",)},
        {"cod_share": Fraction(3, 2)},
        {"commission_share": Fraction(-1, 100)},
        {"delivery_per_kg": Fraction(-1)},
        {"cod_cycle_days": 91},
    ],
)
def test_terms_nobody_can_have_meant_are_refused(terms: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        Contract(**terms)
    assert caught.value.errors[0].field == f"contract.{next(iter(terms))}"


def test_the_edges_are_allowed() -> None:
    assert Contract(modes=("carrier",), cod_share=Fraction(1), commission_share=Fraction(0), cod_cycle_days=90)
