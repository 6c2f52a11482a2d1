"""Days are planned and released over HTTP; then a checkout is told what plans taught, and how far off that was."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from logistics.modes.edge import store as modes
from logistics.routing import cost_units
from logistics.routing.cost import plan_cost
from logistics.routing.edge import calibrating
from logistics.routing.edge.calibrating import learn_from_plans, teachings
from logistics.routing.edge.tables import PlanRow
from logistics.routing.marginal import marginal_cost
from logistics.routing.model import Pick
from logistics.routing.schedule import schedule_plan
from tests.living import HANGZHOU, House
from tests.routing.edge.days import EPOCH, day
from tests.routing.edge.desk import ON, order, planned, van

PLACE = {"lat": HANGZHOU["lat"] + 0.02, "lon": HANGZHOU["lon"] + 0.01}
STOPS_A_DAY = 16


def plan_row(**changes: Any) -> PlanRow:
    fields = {"id": "pln_1", "on": EPOCH.date(), "depot_ids": ["sit_1"], "seconds": 1, "travel": "geodesic"}
    return PlanRow(**{**fields, "state": "released", "created_at": EPOCH, **changes})


def test_a_halt_is_told_as_a_checkout_would_ask_about_it_with_what_the_plan_saves() -> None:
    whole = day()
    plan = schedule_plan(whole.problem, [(0, [[Pick(0), Pick(1)]])])
    (told,) = teachings(plan_row(depot_ids=[whole.vehicles[0].depot_id]), whole, plan)
    assert sorted(point.lat for point in told.stops) == [30.001, 30.002]
    assert told.cost == cost_units.to_money(plan_cost(whole.problem, plan).total, "CNY")
    near, far = sorted(told.halts, key=lambda halt: halt.stop.depot_m)
    assert near.stop.depot_m == pytest.approx(111.2, abs=0.1)
    assert (near.stop.takes_cash, far.stop.takes_cash) == (False, True)
    assert far.cost == cost_units.to_money(marginal_cost(whole.problem, plan, [1]), "CNY")
    assert (far.stop.is_store, far.stop.window_s, far.stop.parcels_count) == (False, None, 1)


def test_another_depots_routes_teach_nothing_about_this_one() -> None:
    whole = day()
    plan = schedule_plan(whole.problem, [(0, [[Pick(0), Pick(1)]])])
    (told,) = teachings(plan_row(depot_ids=["sit_other"]), whole, plan)
    assert (told.halts, told.stops) == ((), ())


def day_of(house: House, number: int) -> dict[str, Any]:
    """Plan and release a day of doors around the depot, some with a window, some that pay."""
    chance = Random(number)
    on = f"2026-11-{25 + number}"
    for _ in range(STOPS_A_DAY):
        north, east = chance.uniform(-0.05, 0.05), chance.uniform(-0.05, 0.05)
        point = {"lat": HANGZHOU["lat"] + north, "lon": HANGZHOU["lon"] + east}
        recipient = {"name": "a", "phone": "13800138000", "address": f"{north} {east}", "point": point}
        narrow: dict[str, Any] = {"window": {"start": f"{on}T10:00:00+08:00", "end": f"{on}T12:00:00+08:00"}}
        order(house, recipient=recipient, deliver_on=on, **(narrow if chance.random() < 0.3 else {}))
    plan = planned(house, on=on)
    house.released(plan)
    return plan


def quoted(house: House) -> dict[str, Any]:
    body = {"recipient": {"point": PLACE}, "parcels": [{"weight_g": 900}]}
    offers = house.made("/v1/quotes", body, house.merchant)["offers"]
    return dict(next(one for one in offers if one["mode"] == "own_fleet"))


def test_released_plans_teach_what_a_quote_says_and_how_far_off_it_is(sqlite_house: House) -> None:
    house = sqlite_house
    van(house)
    before = quoted(house)
    assert before["expected"]["basis"] == "starting"
    day_of(house, 0)
    learn_from_plans(house.ctx)
    assert quoted(house)["cost"] == before["cost"]  # one plan is too few
    (_, own) = house.get("/v1/quotes/calibration")["items"]
    assert (own["basis"], own["plans_count"], own["stops_count"]) == ("starting", 1, STOPS_A_DAY)
    assert "starting values" in own["text"]

    day_of(house, 1)
    learn_from_plans(house.ctx)
    after = quoted(house)
    assert after["expected"]["basis"] == "own"
    low, high = after["expected"]["low"]["amount_minor"], after["expected"]["high"]["amount_minor"]
    assert 0 <= low < after["cost"]["amount_minor"] < high
    assert after["cost"] != before["cost"]
    assert "usually between" in after["expected"]["text"]

    plan = day_of(house, 2)
    learn_from_plans(house.ctx)
    pooled, own = house.get("/v1/quotes/calibration")["items"]
    assert (pooled["depot_id"], own["depot_id"]) == ("", house.depot_id)
    error = own["error"]
    assert (error["plans_count"], error["stops_count"]) == (1, STOPS_A_DAY)
    assert error["median_absolute"]["amount_minor"] < error["starting_median_absolute"]["amount_minor"]
    # what its stops cost one by one is less than the day as a whole, for that is shared
    assert 0 < error["mean_actual"]["amount_minor"] * STOPS_A_DAY < plan["summary"]["cost"]["amount_minor"]
    assert 0 <= error["coverage_percent"] <= 100


def test_a_plan_teaches_once_and_only_when_drivers_have_it(sqlite_house: House) -> None:
    house = sqlite_house
    van(house)
    order(house)
    plan = planned(house, on=ON)
    learn_from_plans(house.ctx)
    assert house.get("/v1/quotes/calibration") == {"items": []}
    house.released(plan)
    learn_from_plans(house.ctx)
    first = house.get("/v1/quotes/calibration")
    assert first["items"][0]["stops_count"] == 1
    house.clock.advance(seconds=60)
    learn_from_plans(house.ctx)
    assert house.get("/v1/quotes/calibration") == first


def test_a_plan_whose_day_cannot_be_read_again_is_asked_once(
    sqlite_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house = sqlite_house
    lost = van(house)
    order(house)
    plan = planned(house, on=ON)
    house.released(plan)
    assert house.client.delete(f"/v1/vehicles/{lost}", headers=house.operator).status_code < 300
    learn_from_plans(house.ctx)
    learn_from_plans(house.ctx)
    assert caplog.text.count("teaches nothing") == 1
    with house.ctx.db.reading() as session:
        (row,) = modes.list_lessons(session, house.depot_id, "CNY", 9)
    assert (row.observed, row.seen) == ([], [])


def test_of_a_long_day_a_sample_is_taken_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrating, "HALTS_MAX", 1)
    whole = day()
    plan = schedule_plan(whole.problem, [(0, [[Pick(0), Pick(1)]])])
    row = plan_row(depot_ids=[whole.vehicles[0].depot_id])
    (told,) = teachings(row, whole, plan)
    assert (len(told.halts), len(told.stops)) == (1, 2)
    assert teachings(row, whole, plan) == [told]
