"""Releasing a plan: runs, promises, room; all of it or nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import event

from tests.delivery import plans
from tests.delivery.stage import Day, code_of, ids, labels
from tests.routing.edge.desk import van_body

AT_ONCE = 4
STATEMENTS_AN_ORDER_MAX = 23  # 22 when this was written, each shipment locked once; 29 before that


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
    day.ok(day.release(plan_id))
    again = day.release(plan_id)
    assert (again.status_code, code_of(again)) == (409, "plan_released")
    assert len(day.house.get("/v1/runs")["items"]) == 1


def test_a_plan_that_is_not_done_is_not_released(day: Day) -> None:
    answer = day.release(day.plan(state="solving"))
    assert (answer.status_code, code_of(answer)) == (409, "plan_solving")


def test_what_changed_meanwhile_is_named_and_nothing_is_half_done(day: Day) -> None:
    kept, gone = day.shipment(), day.shipment()
    plan_id = day.plan(day.route(plans.stop(1, 10, ids([kept, gone]))))
    day.cancel(gone)
    answer = day.release(plan_id)
    assert (answer.status_code, code_of(answer)) == (409, "plan_outdated")
    (error,) = answer.json()["errors"]
    assert (error["field"], error["code"], error["facts"]["order"]) == (gone["id"], "not_waiting", gone["tracking_no"])
    assert day.state(kept) == "chosen"
    assert day.house.get("/v1/runs")["items"] == []


def test_a_store_that_is_full_by_now_is_named_too(day: Day) -> None:
    fits, too_many = day.shipment(parcels=30), day.shipment(parcels=30)
    stop = plans.stop(1, 10, ids([fits, too_many]), site_id=day.house.store_id)
    answer = day.release(day.plan(day.route(stop)))
    assert [error["field"] for error in answer.json()["errors"]] == [too_many["id"]]
    assert [day.state(fits), day.state(too_many)] == ["chosen", "chosen"]


def test_nobody_is_sent_to_a_store_without_consent(day: Day) -> None:
    made = day.house.shipment()
    stop = plans.stop(1, 10, ids([made]), site_id=day.house.store_id)
    answer = day.release(day.plan(day.route(stop)))
    assert answer.status_code == 409
    assert "not consented" in answer.json()["detail"]


def test_only_staff_releases(day: Day) -> None:
    answer = day.release(day.plan(), day.driver)
    assert answer.status_code == 403


def test_what_is_left_to_a_carrier_is_booked_there(day: Day) -> None:
    day.enter_carrier("pretend")
    home, away = day.shipment(), day.shipment()
    plan_id = day.plan(day.route(plans.stop(1, 10, ids([home]))), to_carrier=[plans.carrier(away["id"], 980)])
    runs = day.ok(day.release(plan_id))["runs"]
    assert [run["visits_count"] for run in runs] == [1]
    seen = day.seen(away)
    assert (seen["state"], seen["mode"], seen["carrier"]) == ("planned", "carrier", "pretend")


def test_a_carrier_that_does_not_collect_money_holds_the_release_up(day: Day) -> None:
    day.enter_carrier("pretend", collects_cod=False)
    away = day.shipment(cod=500)
    answer = day.release(day.plan(to_carrier=[plans.carrier(away["id"], 980)]))
    assert (answer.status_code, code_of(answer)) == (409, "plan_outdated")


def test_one_purse_one_currency(day: Day) -> None:
    abroad = day.house.made("/v1/merchants", {"name": "Red Shop", "contract": {"currency": "EUR"}})["id"]
    order = day.house.order(cod_due={"amount_minor": 500, "currency": "EUR"})
    in_euro = day.house.made("/v1/shipments", order, day.house.key_of(abroad))
    stop = plans.stop(1, 10, ids([day.shipment(cod=500), in_euro]))
    answer = day.release(day.plan(day.route(stop)))
    assert code_of(answer) == "mixed_currencies"


# --- one version, and no other


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [({}, 422, "invalid"), ({"If-Match": "newest"}, 422, "invalid"), ({"If-Match": '"2"'}, 412, "stale")],
)
def test_only_the_version_that_was_read_is_released(day: Day, headers: dict[str, str], status: int, code: str) -> None:
    made = day.shipment()
    plan_id = day.plan(day.route(plans.stop(1, 10, ids([made]))))
    answer = day.house.post(f"/v1/plans/{plan_id}/release", None, {**day.house.operator, **headers})
    assert (answer.status_code, code_of(answer)) == (status, code)
    assert day.state(made) == "chosen"
    assert day.house.get("/v1/runs")["items"] == []
    day.ok(day.release(plan_id))


def test_what_is_over_is_told_before_which_version(day: Day) -> None:
    plan_id = day.plan(day.route(plans.stop(1, 10, ids([day.shipment()]))))
    day.ok(day.release(plan_id))
    assert code_of(day.release(plan_id, version=7)) == "plan_released"


# --- what waits no more


def test_what_is_over_and_on_no_route_is_not_handed_to_a_carrier(day: Day) -> None:
    day.enter_carrier("pretend")
    home, gone = day.shipment(), day.shipment()
    route = day.route(plans.stop(1, 10, ids([home])))
    plan_id = day.plan(route, to_carrier=[plans.carrier(gone["id"], 980)])
    day.cancel(gone)
    done = day.ok(day.release(plan_id))
    assert [run["visits_count"] for run in done["runs"]] == [1]
    (finding,) = done["findings"]
    assert (finding["where"], finding["code"]) == (gone["id"], "not_waiting")
    assert finding["message"].startswith(f"{gone['tracking_no']} is cancelled by now")
    assert (day.state(home), day.state(gone), day.seen(gone)["carrier"]) == ("planned", "cancelled", "")


def test_what_has_another_run_by_now_is_not_handed_to_a_carrier_either(day: Day) -> None:
    day.enter_carrier("pretend")
    made = day.shipment()
    plan_id = day.plan(to_carrier=[plans.carrier(made["id"], 980)])
    day.released([made])
    done = day.ok(day.release(plan_id))
    assert (done["runs"], [one["where"] for one in done["findings"]]) == ([], [made["id"]])
    assert day.visits() == {made["id"]: "open"}


# --- one vehicle, one run at a time


def test_a_vehicle_that_is_out_is_not_sent_out_again(day: Day) -> None:
    day.released([day.shipment()])  # from noon to five, which is 20:00 to 01:00 in Shanghai
    made = day.shipment()
    answer = day.release(day.plan(day.route(plans.stop(1, 20, ids([made])), start=10, end=60)))
    assert (answer.status_code, code_of(answer)) == (409, "vehicle_busy")
    (error,) = answer.json()["errors"]
    assert (error["field"], error["message"]) == (day.van, f"Van {day.van} has a run from 20:00 to 01:00 already")
    assert "replan" in error["expected"]
    assert (error["code"], error["facts"]["vehicle"]) == ("busy", f"Van {day.van}")
    assert [error["facts"][name][11:16] for name in ("start_at", "end_at")] == ["20:00", "01:00"]
    assert error["message"] in answer.json()["detail"]
    assert day.state(made) == "chosen"
    assert len(day.house.get("/v1/runs")["items"]) == 1


@pytest.mark.parametrize("more", [{"vehicle_id": "veh_2"}, {"start": 300, "end": 360}, {"start": -60, "end": 0}])
def test_another_vehicle_or_another_time_is_free(sqlite_day: Day, more: dict[str, Any]) -> None:
    day = sqlite_day
    day.released([day.shipment()])
    stop = plans.stop(1, more.get("start", 0) + 10, ids([day.shipment()]))
    (run,) = day.ok(day.release(day.plan(day.route(stop, **more))))["runs"]
    assert run["state"] == "released"


def test_trips_of_one_plan_follow_one_another(sqlite_day: Day) -> None:
    day = sqlite_day
    stops = [plans.stop(1, 10, ids([day.shipment()])), plans.stop(2, 50, ids([day.shipment()])) | {"trip": 2}]
    spans = [(0, 30), (30, 80)]
    trips = [
        {"no": no, "start_at": plans.minute(start), "end_at": plans.minute(end)}
        for no, (start, end) in enumerate(spans, start=1)
    ]
    assert len(day.ok(day.release(day.plan(day.route(*stops) | {"trips": trips})))["runs"]) == 2


@pytest.mark.parametrize(
    ("until", "busy"), [("loading", True), ("underway", True), ("back", False), ("cancelled", False)]
)
def test_a_vehicle_is_free_when_its_run_is_over(sqlite_day: Day, until: str, *, busy: bool) -> None:
    day = sqlite_day
    made = day.shipment(parcels=2)
    if until in {"underway", "back"}:
        day.underway([made])
    else:
        day.released([made])
    if until == "loading":
        day.receive(labels([made]))
        day.ok(day.load(labels([made])))
    if until == "back":
        day.ok(day.attempt(made))
        day.ok(day.finish())
    if until == "cancelled":
        day.ok(day.house.post(f"/v1/runs/{day.run_id}/cancel", {}))
    assert (day.run()["state"] == until) or until == "back"
    answer = day.release(day.plan(day.route(plans.stop(1, 20, ids([day.shipment()])))))
    assert (answer.status_code == 409) is busy, answer.text


def test_of_two_plans_released_at_once_one_gets_the_vehicle(day: Day) -> None:
    van = str(day.house.made("/v1/vehicles", van_body(day.house))["id"])
    made = [day.plan(day.route(plans.stop(1, 10, ids([day.shipment()])), vehicle_id=van)) for _ in range(AT_ONCE)]
    together = Barrier(AT_ONCE)

    def release(plan_id: str) -> Response:
        together.wait()
        return day.release(plan_id)

    with ThreadPoolExecutor(AT_ONCE) as people:
        answers = list(people.map(release, made))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (AT_ONCE - 1)
    assert {code_of(answer) for answer in answers if answer.status_code == 409} == {"vehicle_busy"}
    assert len(day.house.get("/v1/runs")["items"]) == 1


# --- how much is asked of the database


def statements_to_release(day: Day, orders: int) -> int:
    """Count what is said to the database to release a run with so many doors."""
    made = [day.shipment() for _ in range(orders)]
    stops = [plans.stop(no, day.begin_min + no * 10, ids([one])) for no, one in enumerate(made, start=1)]
    plan_id = day.plan(day.route(*stops, start=day.begin_min, end=day.begin_min + plans.RUN_MIN))
    day.begin_min += plans.RUN_MIN
    said: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_more: object) -> None:
        said.append(sql)

    writers = day.house.ctx.db.writers
    event.listen(writers, "before_cursor_execute", note)
    day.ok(day.release(plan_id))
    event.remove(writers, "before_cursor_execute", note)
    return len(said)


def test_a_shipment_is_read_and_locked_once_to_be_released(sqlite_day: Day) -> None:
    few, many = statements_to_release(sqlite_day, 5), statements_to_release(sqlite_day, 15)
    assert (many - few) / 10 < STATEMENTS_AN_ORDER_MAX
