"""Replanning a running day, asked as a dispatcher asks it."""

from __future__ import annotations

import pytest

from tests.delivery.edge.replan.road import Road
from tests.delivery.stage import Day, code_of, money
from tests.living import House


@pytest.fixture
def road(sqlite_house: House) -> Road:
    return Road(sqlite_house)


def insert(order: dict[str, object]) -> dict[str, object]:
    return {"kind": "insert", "shipment_id": order["id"]}


def test_a_new_order_is_put_where_it_is_on_the_way(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2, 4)], [road.order(-n) for n in (1, 2)]
    first, second = road.release(north, south)
    new = road.order(3)
    answer = road.proposed(insert(new))
    (placed,) = answer["inserted"]
    assert (placed["run_id"], placed["position"]) == (first, 3)
    assert answer["difference"] == placed["price"]
    assert 0 < placed["price"]["amount_minor"] < 300  # a door on the way costs its few minutes
    assert answer["changes"] == []
    assert answer["broken_promises"] == []
    assert road.state(new) == "chosen"  # a proposal changes nothing
    accepted = road.ok(road.accept(answer))
    assert accepted["state"] == "accepted"
    assert [one for _, one in road.order_of(first)] == [north[0]["id"], north[1]["id"], new["id"], north[2]["id"]]
    assert [no for no, _ in road.order_of(first)] == [1, 2, 3, 4]
    assert road.state(new) == "planned"
    assert len(road.order_of(second)) == 2


def test_a_lost_van_at_the_depot_gives_all_it_has_to_others(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2, 4)], [road.order(-n) for n in (1, 2)]
    first, second = road.release(north, south)
    done = road.accepted({"kind": "vehicle_lost", "run_id": first})
    assert {one["shipment_id"] for one in done["changes"] if one["moved"]} == {one["id"] for one in north}
    assert road.run(first)["state"] == "cancelled"
    assert len(road.order_of(second)) == 5
    assert set(road.on_runs().values()) == {1}


def test_a_van_on_the_road_keeps_its_next_stop_and_takes_nothing_from_the_depot(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2, 4)], [road.order(-n) for n in (1, 2)]
    first, _ = road.release(north, south)
    road.depart(first, north)
    new = road.order(3)
    (placed,) = road.proposed(insert(new))["inserted"]
    assert placed["run_id"] != first  # its goods are at the depot, and the van is not


def test_what_moved_on_meanwhile_is_refused_in_a_sentence(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    (first,) = road.release(north)
    road.depart(first, north)
    answer = road.proposed({"kind": "delay", "run_id": first, "minutes": 20})
    road.deliver(first, north[0])
    refused = road.accept(answer)
    assert (refused.status_code, code_of(refused)) == (409, "runs_moved_on")
    assert "Van 1 moved on" in refused.json()["detail"]


def test_the_next_stop_stays_and_only_what_is_behind_it_is_renumbered(road: Road) -> None:
    north = [road.order(n) for n in (1, 5, 2, 4)]
    (first,) = road.release(north)
    road.depart(first, north)
    road.deliver(first, north[0])
    road.accepted({"kind": "refuse", "shipment_id": north[3]["id"]}, seconds=1, change_price=money(0))
    assert road.order_of(first)[0] == (2, north[1]["id"])
    stops = {stop["no"]: stop["state"] for stop in road.run(first)["stops"]}
    assert (stops[1], stops[2]) == ("done", "open")
    assert set(road.on_runs()) == {north[1]["id"], north[2]["id"]}


def test_a_van_on_the_road_comes_back_for_a_second_trip(road: Road) -> None:
    road.house.client.delete(f"/v1/vehicles/{road.vans[1]}", headers=road.house.operator)
    north = [road.order(n) for n in (1, 2)]
    (first,) = road.release(north)
    road.depart(first, north)
    new = road.order(3)
    done = road.accepted(insert(new))
    assert [one["run_id"] for one in done["inserted"]] == [""]
    (second,) = [run for run in road.house.get("/v1/runs")["items"] if run["id"] != first]
    assert (second["vehicle_id"], second["state"], second["plan_id"]) == (road.vans[0], "released", done["id"])
    assert second["planned_start_at"] > road.run(first)["stops"][-1]["planned_end_at"]
    # Another one goes with that second trip.
    (placed,) = road.proposed(insert(road.order(4)))["inserted"]
    assert placed["run_id"] == second["id"]


def test_a_free_van_gets_a_run_where_nobody_else_can(road: Road) -> None:
    north = [road.order(n) for n in (1, 2)]
    (first,) = road.release(north)
    done = road.accepted({"kind": "vehicle_lost", "run_id": first})
    assert {one["after"]["vehicle_id"] for one in done["changes"]} == {road.vans[1]}
    (run,) = [one for one in road.house.get("/v1/runs")["items"] if one["id"] != first]
    assert [one for _, one in road.order_of(run["id"])] in ([one["id"] for one in north], [one["id"] for one in north][::-1])


def test_a_free_van_that_got_a_run_meanwhile_is_no_longer_free(road: Road) -> None:
    north = [road.order(n) for n in (1, 2)]
    (first,) = road.release(north)
    lost = {"kind": "vehicle_lost", "run_id": first}
    answer = road.proposed(lost)
    road.release([], [road.order(-1)])
    assert code_of(road.accept(answer)) == "runs_moved_on"
    assert road.run(first)["state"] == "released"


def test_what_is_cancelled_before_it_left_is_called_off(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    (first,) = road.release(north)
    done = road.accepted({"kind": "cancel", "shipment_id": north[1]["id"]})
    assert road.state(north[1]) == "cancelled"
    assert done["difference"]["amount_minor"] < 0
    assert [one for _, one in road.order_of(first)] == [north[0]["id"], north[2]["id"]]


@pytest.mark.parametrize(("kind", "reason"), [("cancel", "merchant_cancelled"), ("refuse", "recipient_refused")])
def test_what_nobody_wants_any_more_and_is_on_the_road_comes_back(road: Road, kind: str, reason: str) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    (first,) = road.release(north)
    road.depart(first, north)
    road.accepted({"kind": kind, "shipment_id": north[1]["id"]})
    assert road.state(north[1]) == "returning"
    (attempt,) = road.house.get(f"/v1/runs/{first}/attempts")
    assert (attempt["outcome"], attempt["reason"]) == ("refused", reason)
    assert road.run(first)["stops"][1]["actual_at"] is None  # nobody was there


def test_the_goods_of_a_van_lost_on_the_road_wait_for_their_return(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2, 4)], [road.order(-1)]
    first, second = road.release(north, south)
    road.depart(first, north)
    road.deliver(first, north[0])
    done = road.accepted({"kind": "vehicle_lost", "run_id": first})
    assert {one["reason"]["code"] for one in done["left_out"]} == {"vehicle_lost"}
    assert {one["shipment_id"] for one in done["broken_promises"]} == {north[1]["id"], north[2]["id"]}
    assert [road.state(one) for one in north] == ["delivered", "chosen", "chosen"]
    reasons = {one["reason"] for one in road.house.get(f"/v1/runs/{first}/attempts") if one["outcome"] == "failed"}
    assert reasons == {"own_vehicle_lost"}
    assert set(road.on_runs()) == {south[0]["id"]}
    assert len(road.order_of(second)) == 1
    road.ok(road.house.post(f"/v1/runs/{first}/finish", {}))  # towed home, its goods are taken off


def test_another_window_is_kept_and_promised(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    (first,) = road.release(north)
    window = {"start": "2026-11-24T13:30:00Z", "end": "2026-11-24T14:00:00Z"}
    done = road.accepted({"kind": "window", "shipment_id": north[0]["id"], "window": window})
    assert done["broken_promises"] == []
    seen = road.house.get(f"/v1/shipments/{north[0]['id']}")
    assert seen["window"] == window
    assert window["start"] <= seen["promise"]["start"] <= seen["promise"]["end"] <= window["end"]
    stop = next(stop for stop in road.run(first)["stops"] for v in stop["visits"] if v["shipment_id"] == north[0]["id"])
    assert window["start"] <= stop["planned_start_at"] <= window["end"]


def test_a_delay_is_told_and_broken_promises_are_named(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    (first,) = road.release(north)
    road.depart(first, north)
    done = road.accepted({"kind": "delay", "run_id": first, "minutes": 90})
    assert {one["shipment_id"] for one in done["broken_promises"]} == {one["id"] for one in north}
    assert not any(one["already"] for one in done["broken_promises"])
    assert all(one["shift_min"] > 60 and not one["moved"] for one in done["changes"])
    assert [one for _, one in road.order_of(first)][0] == north[0]["id"]
    expected = [stop["expected_start_at"] for stop in road.run(first)["stops"]]
    assert expected[0] >= "2026-11-24T13:30:00Z"
    assert expected == sorted(expected)


def test_a_delay_at_the_depot_gives_to_others_what_would_be_late(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2)], [road.order(-1)]
    first, second = road.release(north, south)
    done = road.accepted({"kind": "delay", "run_id": first, "minutes": 120})
    assert done["broken_promises"] == []
    assert {one["after"]["run_id"] for one in done["changes"] if one["moved"]} == {second}


def test_who_finds_no_place_is_told_why(road: Road) -> None:
    (first,) = road.release([road.order(1)])
    gone = {"start": "2026-11-24T11:00:00Z", "end": "2026-11-24T12:00:10Z"}
    answer = road.proposed(insert(road.order(30, window=gone)))
    (left,) = answer["left_out"]
    assert left["reason"]["code"] == "window"
    assert answer["inserted"] == []
    assert road.ok(road.accept(answer))["state"] == "accepted"
    assert len(road.order_of(first)) == 1


def test_what_a_lost_van_had_may_go_to_a_carrier(road: Road) -> None:
    day = _Carriers(road.house)
    day.enter_carrier("pretend")
    road.house.client.delete(f"/v1/vehicles/{road.vans[1]}", headers=road.house.operator)
    north = [road.order(n) for n in (1, 2)]
    (first,) = road.release(north)
    done = road.accepted({"kind": "vehicle_lost", "run_id": first})
    assert {one["carrier"] for one in done["to_carrier"]} == {"pretend"}
    assert [road.state(one) for one in north] == ["planned", "planned"]
    assert road.house.get(f"/v1/shipments/{north[0]['id']}")["mode"] == "carrier"
    assert road.on_runs() == {}


def test_a_proposal_is_accepted_once_or_laid_aside(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    road.release(north)
    kept, other = road.proposed(insert(road.order(3))), road.proposed(insert(road.order(5)))
    road.ok(road.accept(kept))
    assert code_of(road.accept(kept)) == "replan_accepted"
    assert code_of(road.accept(other)) == "runs_moved_on"  # the first one changed its run
    path = f"/v1/replans/{other['id']}/discard"
    assert road.ok(road.house.post(path, None, road.dispatcher))["state"] == "discarded"
    listed = road.house.get("/v1/replans?on=2026-11-24", road.dispatcher)["items"]
    assert [(one["id"], one["state"]) for one in listed] == [(other["id"], "discarded"), (kept["id"], "accepted")]
    assert road.house.get(f"/v1/replans/{kept['id']}", road.dispatcher)["state"] == "accepted"
    assert road.house.get("/v1/replans?on=2026-11-25", road.dispatcher)["items"] == []


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"kind": "vehicle_lost", "run_id": "run_none"}, 404, "not_found"),
        ({"kind": "cancel", "shipment_id": "shp_none"}, 409, "not_on_run"),
        ({"kind": "insert", "shipment_id": "shp_none"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_is_refused(road: Road, change: dict[str, object], status: int, code: str) -> None:
    road.release([road.order(1)])
    answer = road.asked(change)
    assert (answer.status_code, code_of(answer)) == (status, code)


def test_a_day_without_runs_has_nothing_to_replan(road: Road) -> None:
    assert code_of(road.asked(insert(road.order(1)))) == "no_runs"


def test_some_runs_may_be_asked_alone_and_name_the_day(road: Road) -> None:
    first, second = road.release([road.order(1)], [road.order(-1)])
    new = insert(road.order(2))
    body = {"run_ids": [second], "changes": [new], "seconds": 0}
    (placed,) = road.ok(road.house.post("/v1/replans", body, road.dispatcher))["inserted"]
    assert placed["run_id"] == second
    assert road.proposed(new)["inserted"][0]["run_id"] == first


def test_a_change_has_a_price_in_the_currency_of_the_day(road: Road) -> None:
    road.release([road.order(1)])
    answer = road.asked(insert(road.order(2)), change_price={"amount_minor": 5, "currency": "EUR"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "change_price")


class _Carriers(Day):
    """A day that only knows how to enter a carrier."""

    def __init__(self, house: House) -> None:
        self.house = house
