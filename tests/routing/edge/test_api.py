"""Planning over HTTP: vehicles, the pool, a plan from asking to what came out, stopping, changing by hand."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from tests.living import HANGZHOU, House
from tests.routing.edge.desk import CARRIER, ON, asked, money, order, planned, statements, van, van_body


def test_a_vehicle_is_entered_changed_and_retired(house: House) -> None:
    vehicle_id = van(house)
    assert [one["name"] for one in house.get("/v1/vehicles")] == ["Van 1"]
    body = van_body(house, name="Van 9", cost_per_km=money(150))
    changed = house.client.put(f"/v1/vehicles/{vehicle_id}", json=body, headers=house.operator).json()
    assert (changed["name"], changed["cost_per_km"]) == ("Van 9", money(150))
    assert house.client.delete(f"/v1/vehicles/{vehicle_id}", headers=house.operator).status_code == 204
    assert house.get("/v1/vehicles") == []


def test_the_name_of_a_retired_vehicle_is_free_again(house: House) -> None:
    first = van(house)
    for before in (first, van(house, name="Van 2")):
        assert house.client.delete(f"/v1/vehicles/{before}", headers=house.operator).status_code == 204
    second = van(house)  # Van 1, as the first one was
    third = van(house, name="Van 3")
    body = van_body(house, name="Van 2")
    assert house.client.put(f"/v1/vehicles/{third}", json=body, headers=house.operator).status_code == 200
    seen = [(one["id"], one["name"]) for one in house.get("/v1/vehicles")]
    assert seen == [(second, "Van 1"), (third, "Van 2")]
    again = house.post("/v1/vehicles", van_body(house))
    assert (again.status_code, again.json()["type"].rpartition(":")[2]) == (409, "name_taken")


def test_a_retired_vehicle_is_changed_without_regard_to_those_in_service(sqlite_house: House) -> None:
    gone = van(sqlite_house)
    sqlite_house.client.delete(f"/v1/vehicles/{gone}", headers=sqlite_house.operator)
    van(sqlite_house)
    body = van_body(sqlite_house, driver_name="Wu")
    changed = sqlite_house.client.put(f"/v1/vehicles/{gone}", json=body, headers=sqlite_house.operator)
    assert (changed.status_code, changed.json()["driver_name"]) == (200, "Wu")


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"depot_id": "sit_none"}, 404, None),
        ({"shift_start": "8:00"}, 422, "shift_start"),
        ({"capacity_g": -1}, 422, "capacity_g"),
        ({"cost_per_km": {"amount_minor": 1, "currency": "EUR"}}, 422, "cost_per_km"),
        ({"fixed_cost": money(-1)}, 422, "fixed_cost"),
        ({"name": "Van 1"}, 409, None),
    ],
)
def test_what_is_wrong_with_a_vehicle_is_named(
    sqlite_house: House, changes: dict[str, Any], status: int, field: str | None
) -> None:
    van(sqlite_house)
    answer = sqlite_house.post("/v1/vehicles", van_body(sqlite_house, **{"name": "Van 2", **changes}))
    assert answer.status_code == status
    assert field is None or answer.json()["errors"][0]["field"] == field


def test_a_store_is_no_depot(sqlite_house: House) -> None:
    assert sqlite_house.post("/v1/vehicles", van_body(sqlite_house, depot_id=sqlite_house.store_id)).status_code == 422


def test_a_day_is_planned(house: House) -> None:
    vehicle_id = van(house)
    near, far = order(house, 0.01), order(house, 0.02, cod_due=money(12_800))
    plan = planned(house)
    assert (plan["state"], plan["error"], plan["violations"]) == ("done", "", [])
    assert plan["summary"] | {"cost": None, "distance_m": 0, "travel_s": 0, "service_s": 0} == {
        "cost": None, "distance_m": 0, "travel_s": 0, "wait_s": 0, "service_s": 0,
        "tasks": 2, "door": 2, "service_point": 0, "carrier": 0, "left_out": 0, "vehicles": 1,
    }  # fmt: skip
    (route,) = plan["routes"]
    assert (route["vehicle_id"], route["driver_name"], route["load"]["cash_minor"]) == (vehicle_id, "Li", 12_800)
    assert {visit["shipment_id"] for stop in route["stops"] for visit in stop["visits"]} == {near["id"], far["id"]}
    # 0.02 degrees are 2224 m over the ground, 1.45 times as long by road, there and back.
    assert route["distance_m"] == pytest.approx(2 * 2224 * 1.45, abs=5)
    # 50.00 for the van, 6.45 km at 1.00, the time at 30.00 an hour.
    hours = (datetime.fromisoformat(route["end_at"]) - datetime.fromisoformat(route["start_at"])).total_seconds() / 3600
    assert route["cost"]["amount_minor"] == pytest.approx(5000 + route["distance_m"] / 10 + hours * 3000, abs=1)
    assert plan["summary"]["cost"] == route["cost"]
    assert route["polyline"][0] == [HANGZHOU["lat"], HANGZHOU["lon"]]
    assert plan["progress"]["curve"] == [] or plan["progress"]["cost"] is not None


def test_what_cannot_be_planned_says_why_and_what_would_help(sqlite_house: House) -> None:
    van(sqlite_house, capacity_parcels=1)
    order(sqlite_house, 0.01)
    order(sqlite_house, 0.02)
    (left_out,) = planned(sqlite_house)["left_out"]
    assert left_out["reason"]["code"] == "capacity"
    assert left_out["repair"]["text"] == "1 parcel more on Van 1"
    assert left_out["repair"]["price"]["amount_minor"] > 0


def test_a_carrier_takes_what_is_cheaper_for_it(sqlite_house: House) -> None:
    sqlite_house.made("/v1/carriers", CARRIER)
    van(sqlite_house)
    near, far = order(sqlite_house), order(sqlite_house, 0.4, mode=None)
    plan = planned(sqlite_house)
    assert [visit["shipment_id"] for visit in plan["routes"][0]["stops"][0]["visits"]] == [near["id"]]
    (left,) = plan["to_carrier"]
    assert (left["shipment_id"], left["carrier"], left["price"]) == (far["id"], "express", money(900))
    assert "Own vehicles would have cost" in left["reason"]


def test_a_plan_is_changed_by_hand_and_what_breaks_is_shown(house: House) -> None:
    first, second = van(house, capacity_parcels=1), van(house, name="Van 2", capacity_parcels=1)
    one, two = order(house, 0.01), order(house, 0.02)
    plan = planned(house)
    assert len(plan["routes"]) == 2
    path, tag = f"/v1/plans/{plan['id']}", f'"{plan["version"]}"'
    moves = {"moves": [{"shipment_id": shipment["id"], "vehicle_id": first, "position": 0} for shipment in (one, two)]}
    answer = house.client.patch(path, json=moves, headers={**house.operator, "If-Match": tag})
    edited = answer.json()
    assert [route["vehicle_id"] for route in edited["routes"]] == [first]
    assert [(broken["code"], broken["amount"]) for broken in edited["violations"]] == [("capacity", 1)]
    assert answer.headers["etag"] != tag
    again = house.client.patch(path, json=moves, headers={**house.operator, "If-Match": tag})
    assert again.status_code == 412
    off = {"moves": [{"shipment_id": one["id"], "vehicle_id": None}]}
    repaired = house.client.patch(path, json=off, headers={**house.operator, "If-Match": answer.headers["etag"]}).json()
    assert (repaired["violations"], len(repaired["left_out"])) == ([], 1)
    assert second not in {route["vehicle_id"] for route in repaired["routes"]}


@pytest.mark.parametrize(
    "move",
    [
        {"shipment_id": "shp_none", "vehicle_id": None},
        {"shipment_id": "OURS", "vehicle_id": "veh_none"},
        {"shipment_id": "OURS", "vehicle_id": None, "position": -1},
    ],
)
def test_a_move_that_names_nothing_is_refused(sqlite_house: House, move: dict[str, Any]) -> None:
    van(sqlite_house)
    ours = order(sqlite_house)["id"]
    plan = planned(sqlite_house)
    body = {"moves": [{**move, "shipment_id": ours if move["shipment_id"] == "OURS" else move["shipment_id"]}]}
    headers = {**sqlite_house.operator, "If-Match": f'"{plan["version"]}"'}
    answer = sqlite_house.client.patch(f"/v1/plans/{plan['id']}", json=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith("moves[0]")


def test_progress_is_told_as_it_comes_and_ends(sqlite_house: House) -> None:
    van(sqlite_house)
    order(sqlite_house)
    plan = planned(sqlite_house)
    answer = sqlite_house.client.get(f"/v1/plans/{plan['id']}/events", headers=sqlite_house.operator)
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [line.removeprefix("event: ") for line in answer.text.splitlines() if line.startswith("event: ")]
    assert events == ["progress", "done"]
    assert json.loads(answer.text.splitlines()[-2].removeprefix("data: ")) == {"state": "done"}
    assert sqlite_house.client.get("/v1/plans/pln_none/events", headers=sqlite_house.operator).status_code == 404


def test_plans_of_a_day_are_listed_newest_first(sqlite_house: House) -> None:
    first, second = asked(sqlite_house), asked(sqlite_house, name="again")
    asked(sqlite_house, on="2026-11-26")
    page = sqlite_house.get(f"/v1/plans?on={ON}")
    assert [one["id"] for one in page["items"]] == [second, first]
    shorter = sqlite_house.get(f"/v1/plans?on={ON}&limit=1")
    assert [one["id"] for one in sqlite_house.get(f"/v1/plans?on={ON}&cursor={shorter['next_cursor']}")["items"]] == [
        first
    ]


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"depot_ids": []}, 422), ({"depot_ids": ["sit_none"]}, 404), ({"travel": "roads"}, 422), ({"seconds": 0}, 422)],
)
def test_a_plan_that_makes_no_sense_is_refused(sqlite_house: House, changes: dict[str, Any], status: int) -> None:
    body = {"on": ON, "depot_ids": [sqlite_house.depot_id], **changes}
    assert sqlite_house.post("/v1/plans", body).status_code == status


def test_a_list_reads_of_a_plan_only_what_it_shows(house: House) -> None:
    van(house)
    order(house)
    plan, waiting = planned(house), asked(house)
    with statements(house) as said:
        items = house.get(f"/v1/plans?on={ON}")["items"]
    assert [one["id"] for one in items] == [waiting, plan["id"]]
    assert items[1] == {name: plan[name] for name in items[1]}
    assert (items[0]["summary"], items[1]["summary"]["tasks"]) == (None, 1)
    assert not [sql for sql in said if "drafts" in sql]


def test_a_look_at_progress_reads_no_more_than_that(sqlite_house: House) -> None:
    van(sqlite_house)
    order(sqlite_house)
    plan = planned(sqlite_house)
    with statements(sqlite_house) as said:
        sqlite_house.client.get(f"/v1/plans/{plan['id']}/events", headers=sqlite_house.operator)
    assert not [sql for sql in said if "drafts" in sql]


@pytest.mark.parametrize("on", ["0001-01-01", "2025-11-22", "2028-11-26", "9999-12-31"])
def test_a_day_far_off_is_refused_with_the_days_that_may_be(sqlite_house: House, on: str) -> None:
    answer = sqlite_house.post("/v1/plans", {"on": on, "depot_ids": [sqlite_house.depot_id]})
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert (error["field"], error["expected"]) == ("on", "2025-11-23 to 2028-11-25")


@pytest.mark.parametrize("on", ["2025-11-23", "2028-11-25"])
def test_a_day_within_is_not(sqlite_house: House, on: str) -> None:
    assert asked(sqlite_house, on=on)


def test_merchants_do_not_plan(sqlite_house: House) -> None:
    for path in ("/v1/vehicles", "/v1/plans", f"/v1/pool?on={ON}"):
        assert sqlite_house.client.get(path, headers=sqlite_house.merchant).status_code == 403
