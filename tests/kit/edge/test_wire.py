from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from logistics.kit.edge.wire import MINOR_MAX, MoneyWire, Page, PointWire, Problem, WindowWire, Wire
from logistics.kit.errors import Invalid
from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.kit.windows import Window
from tests.strategies import money, points, windows


@given(money(), points, windows())
def test_what_goes_out_comes_back(amount: Money, point: Point, window: Window) -> None:
    assert MoneyWire.model_validate_json(MoneyWire.of(amount).model_dump_json()).to_money() == amount
    assert PointWire.model_validate_json(PointWire.of(point).model_dump_json()).to_point() == point
    assert WindowWire.model_validate_json(WindowWire.of(window).model_dump_json()).to_window() == window


REFUSED: list[tuple[type[Wire], dict[str, Any]]] = [
    (MoneyWire, {"amount_minor": 1.5, "currency": "CNY"}),
    (MoneyWire, {"amount_minor": MINOR_MAX + 1, "currency": "CNY"}),
    (MoneyWire, {"amount_minor": 1, "currency": "yuan"}),
    (MoneyWire, {"amount_minor": 1, "currency": "CNY", "amount": 1}),
    (PointWire, {"lat": 91, "lon": 0}),
    (PointWire, {"lat": float("nan"), "lon": 0}),
    (PointWire, {"lat": 0}),
    (WindowWire, {"start": "2026-11-24T12:00:00", "end": "2026-11-24T13:00:00Z"}),
]


@pytest.mark.parametrize(("shape", "body"), REFUSED)
def test_what_means_nothing_is_refused(shape: type[Wire], body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        shape.model_validate(body)


def test_a_window_is_refused_where_it_is_understood() -> None:
    wire = WindowWire.model_validate({"start": "2026-11-24T13:00:00Z", "end": "2026-11-24T12:00:00Z"})
    with pytest.raises(Invalid):
        wire.to_window()


def test_what_may_be_missing() -> None:
    assert MoneyWire.maybe(None) is None
    assert MoneyWire.maybe(Money.zero("CNY")) == MoneyWire(amount_minor=0, currency="CNY")
    assert WindowWire.maybe(None, None) is None


def test_shapes_of_lists_and_problems() -> None:
    assert Page[int](items=[1]).model_dump() == {"items": [1], "next_cursor": None}
    problem = Problem(type="urn:x", title="X", status=409, detail="no")
    assert problem.errors == []
