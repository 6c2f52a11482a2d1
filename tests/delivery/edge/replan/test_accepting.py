"""What an accepted replan does to the runs, the shipments and what their recipients are told."""

from __future__ import annotations

import pytest

from tests.delivery.edge.replan.road import Road, insert
from tests.delivery.stage import code_of, money


def test_a_lost_van_at_the_depot_gives_all_it_has_to_others(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2, 4)], [road.order(-n) for n in (1, 2)]
    first, second = road.release(north, south)
    done = road.accepted({"kind": "vehicle_lost", "run_id": first})
    assert {one["shipment_id"] for one in done["changes"] if one["moved"]} == {one["id"] for one in north}
    assert road.run(first)["state"] == "cancelled"
    assert len(road.order_of(second)) == 5
    assert set(road.on_runs().values()) == {1}


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


def test_a_free_van_gets_a_run_where_nobody_else_can(road: Road) -> None:
    north = [road.order(n) for n in (1, 2)]
    (first,) = road.release(north)
    done = road.accepted({"kind": "vehicle_lost", "run_id": first})
    assert {one["after"]["vehicle_id"] for one in done["changes"]} == {road.vans[1]}
    (run,) = [one for one in road.house.get("/v1/runs")["items"] if one["id"] != first]
    assert [one for _, one in road.order_of(run["id"])] in (
        [one["id"] for one in north],
        [one["id"] for one in north][::-1],
    )


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


def test_who_is_left_at_a_door_whose_neighbour_was_called_off_gets_another_stop(road: Road) -> None:
    called_off, stays, far = road.order(2), road.order(2), road.order(3)
    (first,) = road.release([called_off, stays, far])
    road.ok(road.house.post(f"/v1/shipments/{called_off['id']}/cancel", {"reason": "merchant_cancelled"}))
    new = road.order(1)
    road.accepted(insert(new))
    stops = road.run(first)["stops"]
    states = [(stop["no"], stop["state"], [visit["state"] for visit in stop["visits"]]) for stop in stops]
    assert states == [(1, "done", ["cancelled"]), (2, "open", ["open"]), (3, "open", ["open"]), (4, "open", ["open"])]
    assert [stop["stops_before"] for stop in stops[1:]] == [0, 1, 2]
    assert set(road.on_runs()) == {new["id"], stays["id"], far["id"]}
    road.depart(first, [new, stays, far])
    assert [stop["stops_before"] for stop in road.run(first)["stops"][1:]] == [0, 1, 2]


def test_a_door_where_one_of_two_refused_on_the_road_is_done_and_nobody_drives_there_twice(road: Road) -> None:
    near, refused, stays, far = road.order(1), road.order(2), road.order(2), road.order(3)
    (first,) = road.release([near, refused, stays, far])
    road.depart(first, [near, refused, stays, far])
    road.accepted({"kind": "refuse", "shipment_id": refused["id"]})
    road.deliver(first, near)
    stops = road.run(first)["stops"]
    assert [(stop["no"], stop["state"]) for stop in stops] == [(1, "done"), (2, "done"), (3, "open"), (4, "open")]
    assert road.order_of(first) == [(3, stays["id"]), (4, far["id"])]
    assert [stop["stops_before"] for stop in stops[2:]] == [0, 1]


def test_who_was_left_out_of_a_run_may_come_back_to_it(road: Road) -> None:
    road.refit({"limits": {"overtime_s_max": 60}, "shift_end": "20:40"})
    (first,) = road.release([road.order(n) for n in (1, 2, 4)])
    (left,) = road.accepted({"kind": "delay", "run_id": first, "minutes": 12})["left_out"]
    road.refit({"shift_end": "23:30"})
    road.accepted({"kind": "insert", "shipment_id": left["shipment_id"]})
    stops = road.run(first)["stops"]
    assert [[visit["state"] for visit in stop["visits"]] for stop in stops] == [["open"]] * 3
    assert left["shipment_id"] in road.on_runs()


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


def test_what_a_lost_van_had_may_go_to_a_carrier(road: Road) -> None:
    road.enter_carrier()
    road.house.client.delete(f"/v1/vehicles/{road.vans[1]}", headers=road.house.operator)
    north = [road.order(n) for n in (1, 2)]
    (first,) = road.release(north)
    done = road.accepted({"kind": "vehicle_lost", "run_id": first})
    assert {one["carrier"] for one in done["to_carrier"]} == {"pretend"}
    assert [road.state(one) for one in north] == ["planned", "planned"]
    assert road.house.get(f"/v1/shipments/{north[0]['id']}")["mode"] == "carrier"
    assert road.on_runs() == {}


def test_what_moved_on_meanwhile_is_refused_in_a_sentence(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    (first,) = road.release(north)
    road.depart(first, north)
    answer = road.proposed({"kind": "delay", "run_id": first, "minutes": 20})
    road.deliver(first, north[0])
    refused = road.accept(answer)
    assert (refused.status_code, code_of(refused)) == (409, "runs_moved_on")
    assert "Van 1 moved on" in refused.json()["detail"]


def hours(road: Road, run_id: str) -> tuple[str, str]:
    run = road.run(run_id)
    return run["planned_start_at"], run["planned_end_at"]


def test_a_run_that_takes_longer_moves_the_next_of_its_van(road: Road) -> None:
    road.refit({})
    (first,) = road.release([road.order(n) for n in (1, 2)])  # 12:00 to 12:30
    (second,) = road.release([road.order(n) for n in (3, 4)])  # 12:30 to 13:00
    road.accepted({"kind": "delay", "run_id": first, "minutes": 60})
    assert hours(road, first)[1] > "2026-11-24T13:00"
    assert hours(road, second)[0] >= hours(road, first)[1]
    assert len(road.order_of(second)) == 2


def test_of_two_replans_the_second_gives_no_van_two_runs_at_once(road: Road) -> None:
    road.refit({})
    later = [road.order(n) for n in (3, 4)]
    (first,) = road.release([road.order(n) for n in (1, 2)])
    (second,) = road.release(later)
    of_second = road.proposed({"kind": "cancel", "shipment_id": later[0]["id"]})  # 12:30, as it is planned now
    road.accepted({"kind": "delay", "run_id": first, "minutes": 20})
    before = hours(road, second)
    refused = road.accept(of_second)
    assert (refused.status_code, code_of(refused)) == (409, "vehicle_busy")
    (error,) = refused.json()["errors"]
    assert (error["field"], error["message"].partition(" from ")[0]) == (road.vans[0], "Van 1 has a run")
    assert "ask anew" in error["expected"]
    assert (hours(road, second), road.state(later[0])) == (before, "planned")
    road.accepted({"kind": "cancel", "shipment_id": later[0]["id"]})
    assert hours(road, second)[0] >= hours(road, first)[1]


def test_a_run_does_not_grow_into_one_that_was_released_meanwhile(road: Road) -> None:
    road.refit({})
    (first,) = road.release([road.order(n) for n in (1, 2)])  # 12:00 to 12:30
    longer = road.proposed({"kind": "delay", "run_id": first, "minutes": 20})
    (second,) = road.release([road.order(3)])  # from 12:30
    refused = road.accept(longer)
    assert (refused.status_code, code_of(refused)) == (409, "vehicle_busy")
    assert "20:30" in refused.json()["detail"]  # in Shanghai
    assert hours(road, second)[0].startswith("2026-11-24T12:30")
    road.accepted({"kind": "delay", "run_id": first, "minutes": 20})
    assert hours(road, second)[0] >= hours(road, first)[1]


def test_a_run_that_goes_on_beside_a_proposal_is_not_in_its_way(road: Road) -> None:
    road.refit({})
    early, later = [road.order(n) for n in (1, 2)], [road.order(n) for n in (3, 4)]
    (first,) = road.release(early)
    (second,) = road.release(later)
    road.depart(first, early)
    of_second = road.proposed({"kind": "cancel", "shipment_id": later[0]["id"]})
    road.deliver(first, early[0])  # it moves on, but its hours stay
    road.ok(road.accept(of_second))
    assert [one for _, one in road.order_of(second)] == [later[1]["id"]]
