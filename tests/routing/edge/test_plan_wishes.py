"""What may be asked of a plan as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from logistics.kit.errors import Invalid
from logistics.routing.edge.plan_wishes import LevelWire, PlanWishes, check, columns_of, levels_of
from tests.routing.edge.desk import money

EIGHTY = {"preference_max": 0, "percent": 80}


def test_who_says_nothing_gets_what_the_operator_set() -> None:
    assert levels_of(PlanWishes(), 0) == []
    assert levels_of(PlanWishes(), 75) == [LevelWire(preference_max=0, percent=75)]
    assert levels_of(PlanWishes(levels=[]), 75) == []
    assert columns_of(PlanWishes(levels=[LevelWire(percent=80)], quotas={"sf": 2}), 75) == {
        "levels": [EIGHTY],
        "quotas": {"sf": 2},
        "balance_cost_per_h": None,
    }


@pytest.mark.parametrize(
    ("wishes", "field", "expected"),
    [
        ({"levels": [EIGHTY, EIGHTY]}, "levels[0].preference_max", "each once"),
        ({"quotas": {"nobody": 3}}, "quotas.nobody", "express, sf"),
        ({"balance_cost_per_h": money(-1)}, "balance_cost_per_h", "0 or more"),
        ({"balance_cost_per_h": {"amount_minor": 1, "currency": "EUR"}}, "balance_cost_per_h", "CNY"),
    ],
)
def test_what_nobody_could_fulfil_is_refused(wishes: dict[str, Any], field: str, expected: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(PlanWishes.model_validate(wishes), carriers=["sf", "express"], currencies=["CNY"])
    assert (refused.value.errors[0].field, refused.value.errors[0].expected) == (field, expected)


def test_what_can_be_done_is_not_refused() -> None:
    wishes = {"levels": [EIGHTY, {"preference_max": 1, "percent": 95}], "quotas": {"sf": 0}}
    check(PlanWishes.model_validate(wishes), carriers=["sf"], currencies=[])
    check(PlanWishes(), carriers=[], currencies=[])
