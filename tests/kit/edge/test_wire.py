from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from pydantic import ValidationError

from logistics.kit.edge.wire import MINOR_MAX, MoneyWire, Page, PointWire, Problem, WindowWire, Wire
from logistics.kit.errors import Invalid
from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.kit.windows import Window
from tests.living import HANGZHOU, House
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


NOON_ON = "2026-11-24"
MOMENTS_BODIES: dict[str, dict[str, Any]] = {
    "depots/{depot}/receipts": {"labels": ["P1"], "at": ""},
    "runs/run_1/depart": {"at": ""},
    "service-points/{store}/arrivals": {"labels": ["P1"], "at": ""},
    "service-points/{store}/returns": {"labels": ["P1"], "reason": "own_recall", "at": ""},
    "remittances/run": {"as_of": ""},
    "webhook-endpoints/whe_1/replay": {"since": ""},
    "replans": {"on": NOON_ON, "changes": [{"kind": "window", "shipment_id": "s", "window": {"start": "", "end": ""}}]},
    "quotes": {"window": {"start": "", "end": ""}},
    "shipments": {"window": {"start": "", "end": ""}},
}


def _with(body: Any, at: str) -> Any:
    if isinstance(body, dict):
        return {name: _with(value, at) for name, value in body.items()}
    return [_with(one, at) for one in body] if isinstance(body, list) else body or at


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("path", MOMENTS_BODIES)
def test_a_moment_at_the_end_of_the_calendar_is_refused(sqlite_house: House, path: str, at: str) -> None:
    house = sqlite_house
    own = house.order() if path == "shipments" else {}
    body = {**own, **_with(MOMENTS_BODIES[path], at)}
    whose = house.merchant if path in {"shipments", "quotes"} else house.operator
    answer = house.post("/v1/" + path.format(depot=house.depot_id, store=house.store_id), body, whose)
    assert answer.status_code == 422, answer.text
    assert f"lies in the year {int(at[:4])}" in answer.text
    assert "a year from 2 to 9998" in answer.text


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59-12:00"])
def test_a_span_at_the_end_of_the_calendar_is_refused(sqlite_house: House, at: str) -> None:
    query = urlencode({"start": at, "end": at})
    house = sqlite_house
    answer = house.client.get(f"/v1/vehicles/veh_1/positions?{query}", headers=house.operator)
    assert answer.status_code == 422, answer.text
    answer = house.client.put("/v1/clock", json={"now": at, "speed": 1}, headers=house.operator)
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "path",
    [
        "plans?on=",
        "pool?on=",
        "replans?on=",
        "runs?on=",
        "shipments?on=",
        "statements?from={on}&to=",
        "statements/events?from={on}&to=",
    ],
)
def test_a_day_at_the_end_of_the_calendar_is_no_fault_of_ours(sqlite_house: House, path: str, on: str) -> None:
    house = sqlite_house
    merchant = house.made("/v1/merchants", {"name": "East", "contract": {"currency": "CNY"}})["id"]
    query = f"/v1/{path.format(on=on)}{on}&merchant_id={merchant}"
    answer = house.client.get(query, headers=house.operator)
    assert answer.status_code in {200, 422}, answer.text


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_what_is_wished_for_a_day_at_the_end_of_the_calendar_is_no_fault_of_ours(sqlite_house: House, on: str) -> None:
    house = sqlite_house
    for path, body in (("replans", {"on": on, "changes": []}), ("plans", {"on": on, "depot_ids": [house.depot_id]})):
        assert house.post(f"/v1/{path}", body).status_code in {404, 409, 422}
    answer = house.post("/v1/shipments", house.order(deliver_on=on), house.merchant)
    assert answer.status_code in {201, 422}, answer.text
    asked = {"recipient": {"point": HANGZHOU}, "parcels": [{"weight_g": 500, "volume_cm3": 1000}], "deliver_on": on}
    answer = house.post("/v1/quotes", asked, house.merchant)
    assert answer.status_code in {201, 200, 422}, answer.text
