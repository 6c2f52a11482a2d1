"""Changing a plan by hand over HTTP: going back and forth, locks, previews, comparisons, what each way would cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from logistics.routing.edge import history
from tests.living import House
from tests.routing.edge.desk import CARRIER, asked, order, planned, statements, van, van_body

CONSENT = [{"kind": "store", "channel": "checkout"}]


def patch(house: House, plan: dict[str, Any], status: int = 200, **body: Any) -> dict[str, Any]:
    headers = {**house.operator, "If-Match": f'"{plan["version"]}"'}
    answer = house.client.patch(f"/v1/plans/{plan['id']}", json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def step(house: House, plan: dict[str, Any], what: str, status: int = 200) -> dict[str, Any]:
    headers = {**house.operator, "If-Match": f'"{plan["version"]}"'}
    answer = house.client.post(f"/v1/plans/{plan['id']}/{what}", headers=headers)
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def move(shipment: dict[str, Any], vehicle_id: str | None, position: int = 0, **more: Any) -> dict[str, Any]:
    return {"shipment_id": shipment["id"], "vehicle_id": vehicle_id, "position": position, **more}


def who(plan: dict[str, Any]) -> list[list[str]]:
    return [[v["shipment_id"] for stop in route["stops"] for v in stop["visits"]] for route in plan["routes"]]


def test_changes_are_undone_and_done_again(house: House) -> None:
    first, second = van(house), van(house, name="Van 2")
    one, two = order(house, 0.01), order(house, 0.02)
    found = planned(house)
    assert (found["step"], found["can_undo"], found["can_redo"]) == (0, False, False)
    step(house, found, "undo", 409)
    (route,) = found["routes"]
    other = second if route["vehicle_id"] == first else first
    moved = patch(house, found, moves=[move(one, other)])
    assert (len(moved["routes"]), moved["step"], moved["can_undo"]) == (2, 1, True)
    taken_off = patch(house, moved, moves=[move(two, None)])
    assert [left["shipment_id"] for left in taken_off["left_out"]] == [two["id"]]
    back = step(house, step(house, taken_off, "undo"), "undo")
    assert (who(back), back["summary"], back["step"]) == (who(found), found["summary"], 0)
    assert (back["can_undo"], back["can_redo"], back["version"]) == (False, True, found["version"] + 4)
    forth = step(house, back, "redo")
    assert (who(forth), forth["can_redo"]) == (who(moved), True)
    changed = patch(house, forth, moves=[move(one, other, 9)])
    assert changed["can_redo"] is False
    step(house, changed, "redo", 409)
    step(house, moved, "undo", 412)
    steps = house.get(f"/v1/plans/{found['id']}/steps")
    assert [(each["step"], each["current"]) for each in steps] == [(0, False), (1, False), (2, True)]
    assert (steps[0]["made_by"], steps[1]["made_by"] != "") == ("", True)


def test_only_the_last_steps_are_kept_and_what_was_found(sqlite_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "STEPS_MAX", 2)
    ours = van(sqlite_house)
    one = order(sqlite_house)
    order(sqlite_house, 0.02)
    plan = planned(sqlite_house)
    for position in (0, 1, 0, 1):
        plan = patch(sqlite_house, plan, moves=[move(one, ours, position)])
    with statements(sqlite_house) as said:
        steps = sqlite_house.get(f"/v1/plans/{plan['id']}/steps")
    assert [each["step"] for each in steps] == [0, 3, 4]
    assert steps[2]["summary"] == plan["summary"]
    assert not [sql for sql in said if "plan_steps.drafts" in sql]
    back = step(sqlite_house, plan, "undo")
    assert back["can_undo"] is False
    step(sqlite_house, back, "undo", 409)


def test_a_lock_is_shown_as_broken_kept_in_the_next_plan_and_undone(sqlite_house: House) -> None:
    first, second = (
        van(sqlite_house),
        van(sqlite_house, name="Van 2", fixed_cost={"amount_minor": 90_000, "currency": "CNY"}),
    )
    one = order(sqlite_house)
    plan = planned(sqlite_house)
    assert plan["routes"][0]["vehicle_id"] == first
    locked = patch(sqlite_house, plan, locks=[{"shipment_id": one["id"], "vehicle_id": second}])
    assert locked["locks"] == {one["id"]: second}
    assert [(each["code"], each["shipment_id"]) for each in locked["violations"]] == [("vehicle", one["id"])]
    again = planned(sqlite_house, locks_of=plan["id"])
    assert [route["vehicle_id"] for route in again["routes"]] == [second]
    assert step(sqlite_house, locked, "undo")["locks"] == {}
    free = patch(sqlite_house, again, locks=[{"shipment_id": one["id"], "vehicle_id": None}])
    assert (free["locks"], free["violations"]) == ({}, [])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, ""),
        ({"locks": [{"shipment_id": "shp_none", "vehicle_id": None}]}, "locks[0].shipment_id"),
        ({"locks": [{"shipment_id": "OURS", "vehicle_id": "veh_none"}]}, "locks[0].vehicle_id"),
        (
            {"moves": [{"shipment_id": "OURS", "vehicle_id": "VAN", "kind": "service_point", "site_id": "x"}]},
            "moves[0].kind",
        ),
    ],
)
def test_changes_that_name_nothing_are_refused(sqlite_house: House, body: dict[str, Any], field: str) -> None:
    ids = {"VAN": van(sqlite_house), "OURS": order(sqlite_house)["id"]}
    plan = planned(sqlite_house)
    named = {
        name: [{key: ids.get(value, value) for key, value in one.items()} for one in each]
        for name, each in body.items()
    }
    assert patch(sqlite_house, plan, 422, **named)["errors"][0]["field"].startswith(field)


def test_a_preview_tells_the_price_and_changes_nothing(sqlite_house: House) -> None:
    van(sqlite_house)
    second = van(sqlite_house, name="Van 2", capacity_parcels=0)
    one = order(sqlite_house)
    plan = planned(sqlite_house)
    body: dict[str, Any] = {"moves": [move(one, second)]}
    preview = sqlite_house.made(f"/v1/plans/{plan['id']}/preview", body)
    assert [each["code"] for each in preview["broken"]] == ["capacity"]
    assert (
        preview["difference"]["amount_minor"]
        == preview["cost"]["amount_minor"] - plan["summary"]["cost"]["amount_minor"]
    )
    assert sqlite_house.get(f"/v1/plans/{plan['id']}")["version"] == plan["version"]
    broken = patch(sqlite_house, plan, **body)
    back = sqlite_house.made(f"/v1/plans/{plan['id']}/preview", {"moves": [move(one, plan["routes"][0]["vehicle_id"])]})
    assert [each["code"] for each in back["mended"]] == ["capacity"]
    assert broken["violations"][0]["name"] == "parcels"


def test_a_plan_compares_with_what_was_found_and_with_another(house: House) -> None:
    first = van(house)
    one, two = order(house, 0.01), order(house, 0.02)
    found = planned(house)
    path = f"/v1/plans/{found['id']}/comparison"
    assert house.get(path)["differences"] == []
    moved = patch(house, found, moves=[move(two, None)])
    against = house.get(path)
    assert [(each["shipment_id"], each["change"]) for each in against["differences"] if each["change"] != "time"] == [
        (two["id"], "left_out")
    ]
    assert against["left_out_more"] == 1
    cheaper = moved["summary"]["cost"]["amount_minor"] - found["summary"]["cost"]["amount_minor"]
    assert against["difference"]["amount_minor"] == cheaper < 0
    assert (against["routes"][0]["vehicle_id"], against["routes"][0]["before"]) == (first, found["routes"][0]["cost"])
    again = planned(house)
    other = house.get(f"/v1/plans/{again['id']}/comparison?with={found['id']}")
    assert [(each["shipment_id"], each["change"]) for each in other["differences"] if each["change"] != "time"] == [
        (two["id"], "planned")
    ]
    same = house.get(f"/v1/plans/{again['id']}/comparison?with={found['id']}&step=0")
    assert ({each["change"] for each in same["differences"]} <= {"time"}, same["difference"]["amount_minor"]) == (
        True,
        0,
    )
    assert house.client.get(f"{path}?step=7", headers=house.operator).status_code == 404
    assert one["id"] not in {each["shipment_id"] for each in other["differences"] if each["change"] != "time"}


def test_every_way_of_a_shipment_has_its_price(house: House) -> None:
    house.made("/v1/carriers", CARRIER)
    van(house)
    near = order(house, 0.01, mode=None, consents=CONSENT)
    closed = order(house, 0.012, mode=None)
    plan = planned(house)
    task = house.get(f"/v1/plans/{plan['id']}/tasks/{near['id']}")
    ways = {way["kind"]: way for way in task["ways"]}
    assert set(ways) == {"door", "service_point", "carrier"}
    assert [way["chosen"] for way in task["ways"]] == [True, False, False]
    assert ways["carrier"]["price"]["amount_minor"] == 900
    assert ways["service_point"]["name"] == "Corner Store"
    assert all(way["price"] and not way["needs"] for way in task["ways"])
    other = house.get(f"/v1/plans/{plan['id']}/tasks/{closed['id']}")
    store = next(way for way in other["ways"] if way["kind"] == "service_point")
    assert (store["needs"], store["reason"]["code"], store["moves"]) == (["no_consent"], "closed", [])
    assert store["price"] is not None
    # Taking the other way costs what it says.
    taken = next(way for way in task["ways"] if not way["chosen"])
    changed = patch(house, plan, moves=taken["moves"])
    more = changed["summary"]["cost"]["amount_minor"] - plan["summary"]["cost"]["amount_minor"]
    assert more == pytest.approx(taken["difference"]["amount_minor"], abs=1)
    missing = house.client.get(f"/v1/plans/{plan['id']}/tasks/shp_none", headers=house.operator)
    assert missing.status_code == 404


def test_what_is_left_out_says_why_and_its_repairs_do_what_they_say(house: House) -> None:
    house.made("/v1/carriers", CARRIER)
    van(house, capacity_parcels=1)
    van(house, name="Van 2", capacity_parcels=1, shift_start="08:00", shift_end="08:05")
    orders = [order(house, 0.01), order(house, 0.02)]
    plan = planned(house)
    (left,) = plan["left_out"]
    assert (left["reason"]["code"], left["repair"]) == ("capacity", left["repairs"][0])
    codes = [repair["code"] for repair in left["repairs"]]
    assert set(codes) >= {"capacity", "shift", "trips", "vehicles", "closed"}
    closed = [repair for repair in left["repairs"] if repair["code"] == "closed"]
    assert {need for repair in closed for need in repair["needs"]} >= {"not_wished"}
    assert all(repair["moves"] == [] for repair in closed)
    for code in ("capacity", "shift", "trips"):
        repair = next(one for one in left["repairs"] if one["code"] == code)
        preview = house.made(f"/v1/plans/{plan['id']}/preview", {"moves": repair["moves"]})
        assert [(one["code"], one["amount"]) for one in preview["broken"]] == [(code, repair["amount"])]
        assert preview["difference"] == repair["price"]
    task = house.get(f"/v1/plans/{plan['id']}/tasks/{left['shipment_id']}")
    assert (task["reason"], task["vehicle_id"]) == (left["reason"], None)
    assert len(orders) == plan["summary"]["tasks"]


def test_what_goes_to_a_carrier_tells_what_our_own_way_would_cost_more(sqlite_house: House) -> None:
    sqlite_house.made("/v1/carriers", CARRIER)
    ours = van(sqlite_house)
    order(sqlite_house)
    order(sqlite_house, 0.4, mode=None)
    plan = planned(sqlite_house)
    (sent,) = plan["to_carrier"]
    own = sent["repairs"][0]
    assert (sent["code"], own["code"], own["vehicle_id"]) == ("price", "price", ours)
    changed = patch(sqlite_house, plan, moves=own["moves"])
    more = changed["summary"]["cost"]["amount_minor"] - plan["summary"]["cost"]["amount_minor"]
    assert more == pytest.approx(own["price"]["amount_minor"], abs=1)
    assert more > 0


def test_a_plan_that_is_not_found_yet_explains_nothing(sqlite_house: House) -> None:
    van(sqlite_house)
    ours = order(sqlite_house)
    plan_id = asked(sqlite_house)
    path = f"/v1/plans/{plan_id}"
    assert sqlite_house.client.get(f"{path}/tasks/{ours['id']}", headers=sqlite_house.operator).status_code == 409
    assert sqlite_house.get(f"{path}/steps") == []
    assert sqlite_house.get(f"{path}/comparison")["differences"] == []


def retire(house: House, vehicle_id: str) -> None:
    assert house.client.delete(f"/v1/vehicles/{vehicle_id}", headers=house.operator).status_code == 204


def send_elsewhere(house: House, vehicle_id: str) -> None:
    south = house.site("Depot South", ["depot"])["id"]
    enter(house, vehicle_id, depot_id=south)


def end_its_shift(house: House, vehicle_id: str) -> None:
    enter(house, vehicle_id, shift_start="06:00", shift_end="07:00")


def enter(house: House, vehicle_id: str, **changes: Any) -> None:
    answer = house.client.put(f"/v1/vehicles/{vehicle_id}", json=van_body(house, **changes), headers=house.operator)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (retire, "Vehicle Van 1 was retired; plan again."),
        (send_elsewhere, "Vehicle Van 1 is not on duty for this plan any more"),
        (end_its_shift, "Vehicle Van 1 is not on duty for this plan any more"),
    ],
)
def test_a_plan_whose_van_is_gone_says_which_and_what_to_do(
    sqlite_house: House, happens: Callable[[House, str], None], words: str
) -> None:
    sqlite_house.clock.advance(hours=14)  # 10:00 there, on the day itself
    sqlite_house.operator = sqlite_house.log_in("operator")
    ours, one = van(sqlite_house), order(sqlite_house)
    plan = planned(sqlite_house)
    happens(sqlite_house, ours)
    body = {"moves": [move(one, None)]}
    path, tag = f"/v1/plans/{plan['id']}", {**sqlite_house.operator, "If-Match": f'"{plan["version"]}"'}
    for answer in (
        sqlite_house.client.patch(path, json=body, headers=tag),
        sqlite_house.post(f"{path}/preview", body),
        sqlite_house.client.get(f"{path}/tasks/{one['id']}", headers=sqlite_house.operator),
    ):
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (409, "plan_outdated")
        assert words in answer.json()["detail"]
        (error,) = answer.json()["errors"]
        assert error["code"] in {"vehicle_retired", "vehicle_moved"}
        assert error["facts"] == {"vehicle": "Van 1"}


@pytest.mark.parametrize("tag", ['"' + "9" * 5_000 + '"', "", '"x"'])
def test_an_etag_that_is_none_is_refused_by_its_name(sqlite_house: House, tag: str) -> None:
    headers = {**sqlite_house.operator, "If-Match": tag}
    answer = sqlite_house.client.post(f"/v1/plans/{asked(sqlite_house)}/undo", headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "If-Match")
