from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass

import pytest

from logistics.kit.news import News
from tests.builders import NOON


@dataclass(frozen=True, kw_only=True)
class LampLit(News):
    watts: int


def lit() -> LampLit:
    return LampLit(merchant_id="mer_1", shipment_id="", occurred_at=NOON, watts=40)


def test_each_kind_is_found_by_its_name() -> None:
    assert News.kinds["LampLit"] is LampLit


def test_news_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        lit().watts = 60  # type: ignore[misc]  # this is what is refused
    assert lit() == lit()


def test_two_kinds_of_one_name_are_a_programmers_error() -> None:
    with pytest.raises(AssertionError, match="two kinds of news named LampLit"):
        type("LampLit", (News,), {"__module__": "somewhere.else"})
    assert News.kinds["LampLit"] is LampLit
