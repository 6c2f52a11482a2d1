"""Loading by scan, and leaving."""

from __future__ import annotations

from tests.delivery.stage import Day, code_of, labels


def test_loading_says_what_is_on_board_what_is_missing_and_what_is_wrong(sqlite_day: Day) -> None:
    day = sqlite_day
    mine, other = day.shipment(parcels=2), day.shipment()
    day.released([mine])
    one, two = labels([mine])
    day.receive([one, two, *labels([other])])
    done = day.ok(day.load([one, one, "nonsense", *labels([other])]))
    assert done["loaded"] == [one]
    assert done["missing"] == [two]
    assert [finding["code"] for finding in done["findings"]] == ["unknown_label", "other_run"]
    assert day.run()["state"] == "loading"
    assert day.holders(mine) == ["vehicle", "site"]


def test_scanning_twice_is_scanning_once(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    day.released([made])
    first = day.ok(day.load(labels([made])))
    assert day.ok(day.load(labels([made]))) == first
    assert day.news(made).count("ParcelsLoaded") == 1


def test_what_was_not_loaded_waits_to_be_planned_anew(sqlite_day: Day) -> None:
    day = sqlite_day
    comes, stays, shop = day.shipment(), day.shipment(), day.shipment()
    day.released([comes], [stays], store=[shop])
    day.ok(day.load(labels([comes])))
    run = day.ok(day.depart())
    assert run["state"] == "underway"
    assert [day.state(one) for one in (comes, stays, shop)] == ["underway", "chosen", "chosen"]
    assert day.news(stays)[-1] == "ShipmentUnplanned"
    assert [stop["state"] for stop in run["stops"]] == ["open", "done", "done"]
    (place,) = day.house.get("/v1/service-points?lat=30.27&lon=120.15")
    assert place["room"] == 50


def test_a_shipment_travels_whole_or_not_at_all(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment(parcels=2)
    day.released([made])
    one, two = labels([made])
    day.ok(day.load([one]))
    answer = day.depart()
    assert (answer.status_code, code_of(answer)) == (409, "parcels_on_board")
    assert [error["field"] for error in answer.json()["errors"]] == [one]
    day.bring_back([one])
    assert code_of(day.depart()) == "nothing_on_board"
    day.ok(day.load([one, two]))
    assert day.ok(day.depart())["aboard"] == [one, two]


def test_a_cancelled_shipment_does_not_go_along(sqlite_day: Day) -> None:
    day = sqlite_day
    goes, called_off = day.shipment(), day.shipment()
    day.released([goes], [called_off])
    day.ok(day.load(labels([goes, called_off])))
    day.cancel(called_off)
    assert day.visits()[called_off["id"]] == "cancelled"
    assert code_of(day.depart()) == "parcels_on_board"
    day.bring_back(labels([called_off]))
    assert day.ok(day.load(labels([called_off])))["findings"][0]["code"] == "cancelled"
    day.ok(day.depart())
    # it came in, so it goes back to its merchant, though the shipment is over
    assert day.give_back(labels([called_off]))["accepted"] == labels([called_off])
    assert day.news(called_off)[-1] == "RestGivenBack"


def test_leaving_twice_is_leaving_once(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    day.underway([made])
    assert day.ok(day.depart())["state"] == "underway"
    assert day.news(made).count("ShipmentDeparted") == 1


def test_another_drivers_run_is_not_to_be_seen(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    day.released([made])
    stranger = day.house.device(kind="driver", vehicle_id="veh_2", name="Han Mei")
    path = f"/v1/runs/{day.run_id}"
    assert day.house.client.get(path, headers=stranger).status_code == 404
    assert day.house.post(f"{path}/depart", {}, stranger).status_code == 404
    assert day.house.client.get("/v1/runs/current", headers=stranger).status_code == 404
    assert day.house.get("/v1/runs", stranger)["items"] == []
    assert day.house.get("/v1/runs/current", day.driver)["id"] == day.run_id


def test_another_depots_hand_neither(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    day.released([made])
    elsewhere = day.house.site("Depot South", ["depot"])["id"]
    hand = day.house.account("depot", site_id=elsewhere)
    assert day.house.client.get(f"/v1/runs/{day.run_id}", headers=hand).status_code == 404
    answer = day.house.post(f"/v1/depots/{day.house.depot_id}/receipts", {"labels": labels([made])}, hand)
    assert answer.status_code == 403


def test_a_run_called_off_gives_everything_free(sqlite_day: Day) -> None:
    day = sqlite_day
    made, shop = day.shipment(), day.shipment()
    day.released([made], store=[shop])
    day.ok(day.load(labels([made])))
    assert code_of(day.house.post(f"/v1/runs/{day.run_id}/cancel", {})) == "parcels_on_board"
    day.bring_back(labels([made]))
    assert day.ok(day.house.post(f"/v1/runs/{day.run_id}/cancel", {}))["state"] == "cancelled"
    assert [day.state(made), day.state(shop)] == ["chosen", "chosen"]
    assert day.news(shop)[-1] == "ShipmentUnplanned"
