"""Releasing a plan: runs, promises, room; all of it or nothing."""

from __future__ import annotations

from tests.delivery import plans
from tests.delivery.stage import Day, code_of, ids


def test_a_plan_becomes_runs_and_promises(day: Day) -> None:
    home, shop = day.shipment(), day.shipment(parcels=2)
    run = day.released([home], store=[shop])
    assert run["state"] == "released"
    assert [(stop["no"], stop["kind"]) for stop in run["stops"]] == [(1, "door"), (2, "service_point")]
    # planned for 12:10: from 11:40 to 13:10
    assert day.seen(home)["promise"] == {"start": "2026-11-24T11:40:00Z", "end": "2026-11-24T13:10:00Z"}
    assert [day.state(home), day.state(shop)] == ["planned", "planned"]
    assert day.news(home)[-1] == "ShipmentPlanned"
    (place,) = day.house.get("/v1/service-points?lat=30.27&lon=120.15")
    assert place["room"] == 48


def test_a_promise_keeps_to_the_window_that_was_asked_for(day: Day) -> None:
    window = {"start": "2026-11-24T12:00:00Z", "end": "2026-11-24T12:30:00Z"}
    made = day.shipment(window=window)
    day.released([made])
    assert day.seen(made)["promise"] == window


def test_a_plan_is_released_once(day: Day) -> None:
    plan_id = day.plan(day.route(plans.stop(1, 10, ids([day.shipment()]))))
    day.ok(day.house.post(f"/v1/plans/{plan_id}/release"))
    again = day.house.post(f"/v1/plans/{plan_id}/release")
    assert (again.status_code, code_of(again)) == (409, "plan_released")
    assert len(day.house.get("/v1/runs")["items"]) == 1


def test_a_plan_that_is_not_done_is_not_released(day: Day) -> None:
    answer = day.house.post(f"/v1/plans/{day.plan(state='solving')}/release")
    assert (answer.status_code, code_of(answer)) == (409, "plan_solving")


def test_what_changed_meanwhile_is_named_and_nothing_is_half_done(day: Day) -> None:
    kept, gone = day.shipment(), day.shipment()
    plan_id = day.plan(day.route(plans.stop(1, 10, ids([kept, gone]))))
    day.cancel(gone)
    answer = day.house.post(f"/v1/plans/{plan_id}/release")
    assert (answer.status_code, code_of(answer)) == (409, "plan_outdated")
    assert [error["field"] for error in answer.json()["errors"]] == [gone["id"]]
    assert day.state(kept) == "chosen"
    assert day.house.get("/v1/runs")["items"] == []


def test_a_store_that_is_full_by_now_is_named_too(day: Day) -> None:
    fits, too_many = day.shipment(parcels=30), day.shipment(parcels=30)
    stop = plans.stop(1, 10, ids([fits, too_many]), site_id=day.house.store_id)
    answer = day.house.post(f"/v1/plans/{day.plan(day.route(stop))}/release")
    assert [error["field"] for error in answer.json()["errors"]] == [too_many["id"]]
    assert [day.state(fits), day.state(too_many)] == ["chosen", "chosen"]


def test_nobody_is_sent_to_a_store_without_consent(day: Day) -> None:
    made = day.house.shipment()
    stop = plans.stop(1, 10, ids([made]), site_id=day.house.store_id)
    answer = day.house.post(f"/v1/plans/{day.plan(day.route(stop))}/release")
    assert answer.status_code == 409
    assert "not consented" in answer.json()["detail"]


def test_only_staff_releases(day: Day) -> None:
    answer = day.house.post(f"/v1/plans/{day.plan()}/release", headers=day.driver)
    assert answer.status_code == 403


def test_what_is_left_to_a_carrier_is_booked_there(day: Day) -> None:
    day.enter_carrier("pretend")
    home, away = day.shipment(), day.shipment()
    plan_id = day.plan(day.route(plans.stop(1, 10, ids([home]))), to_carrier=[plans.carrier(away["id"], 980)])
    runs = day.ok(day.house.post(f"/v1/plans/{plan_id}/release"))["runs"]
    assert [run["visits_count"] for run in runs] == [1]
    seen = day.seen(away)
    assert (seen["state"], seen["mode"], seen["carrier"]) == ("planned", "carrier", "pretend")


def test_a_carrier_that_does_not_collect_money_holds_the_release_up(day: Day) -> None:
    day.enter_carrier("pretend", collects_cod=False)
    away = day.shipment(cod=500)
    answer = day.house.post(f"/v1/plans/{day.plan(to_carrier=[plans.carrier(away['id'], 980)])}/release")
    assert (answer.status_code, code_of(answer)) == (409, "plan_outdated")


def test_one_purse_one_currency(day: Day) -> None:
    abroad = day.house.made("/v1/merchants", {"name": "Red Shop", "contract": {"currency": "EUR"}})["id"]
    order = day.house.order(cod_due={"amount_minor": 500, "currency": "EUR"})
    in_euro = day.house.made("/v1/shipments", order, day.house.key_of(abroad))
    stop = plans.stop(1, 10, ids([day.shipment(cod=500), in_euro]))
    answer = day.house.post(f"/v1/plans/{day.plan(day.route(stop))}/release")
    assert code_of(answer) == "mixed_currencies"
