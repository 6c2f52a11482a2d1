"""From a running day to a problem: where vans begin, what they may take, which promises hold."""

from __future__ import annotations

import pytest

from tests.delivery.edge.replan.road import Road, insert
from tests.delivery.stage import money
from tests.living import HANGZHOU


def test_a_van_on_the_road_keeps_its_next_stop_and_takes_nothing_from_the_depot(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2, 4)], [road.order(-n) for n in (1, 2)]
    first, _ = road.release(north, south)
    road.depart(first, north)
    new = road.order(3)
    (placed,) = road.proposed(insert(new))["inserted"]
    assert placed["run_id"] != first  # its goods are at the depot, and the van is not


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


def test_a_delay_at_the_depot_gives_to_others_what_would_be_late(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2)], [road.order(-1)]
    first, second = road.release(north, south)
    done = road.accepted({"kind": "delay", "run_id": first, "minutes": 120})
    assert done["broken_promises"] == []
    assert {one["after"]["run_id"] for one in done["changes"] if one["moved"]} == {second}


def test_a_promise_nobody_can_keep_any_more_is_no_reason_for_a_carrier(road: Road) -> None:
    road.enter_carrier()
    at_depot, on_board = [road.order(1)], [road.order(-1)]
    lost, late = road.release(at_depot, on_board)
    road.depart(late, on_board)
    delay = {"kind": "delay", "run_id": late, "minutes": 100}
    done = road.proposed({"kind": "vehicle_lost", "run_id": lost}, delay)
    assert (done["left_out"], done["to_carrier"]) == ([], [])
    assert at_depot[0]["id"] in [one["shipment_id"] for one in done["broken_promises"]]


@pytest.mark.parametrize(("others", "inserted"), [(["13:00", "13:30"], 1), ([], 0)])
def test_any_window_that_suits_will_do(road: Road, others: list[str], inserted: int) -> None:
    road.release([road.order(1)])
    missed = {"start": "2026-11-24T12:00:00Z", "end": "2026-11-24T12:01:00Z"}
    other = [{"start": f"2026-11-24T{others[0]}:00Z", "end": f"2026-11-24T{others[1]}:00Z"}] if others else []
    answer = road.proposed(insert(road.order(2, window=missed, other_windows=other)))
    assert len(answer["inserted"]) == inserted
    for placed in answer["inserted"]:
        assert other[0]["start"] <= placed["promise"]["start"] <= placed["start_at"] <= other[0]["end"]


def test_a_window_that_was_asked_for_instead_stands_alone(road: Road) -> None:
    windows = [
        {"start": f"2026-11-24T{start}:00Z", "end": f"2026-11-24T{end}:00Z"}
        for start, end in (("12:00", "13:00"), ("13:00", "14:00"), ("14:30", "15:00"))
    ]
    order = road.order(1, window=windows[0], other_windows=[windows[1]])
    road.release([order])
    road.accepted({"kind": "window", "shipment_id": order["id"], "window": windows[2]})
    seen = road.house.get(f"/v1/shipments/{order['id']}")
    assert (seen["window"], seen["other_windows"]) == (windows[2], [])


def test_of_two_for_one_place_the_more_urgent_goes_first(road: Road) -> None:
    road.refit({"capacity_parcels": 2})
    road.release([road.order(1)])
    far, urgent = road.order(5), road.order(2, priority=1)
    (placed,) = road.proposed(insert(far), insert(urgent))["inserted"]
    assert placed["shipment_id"] == urgent["id"]


def test_who_was_promised_goes_before_the_most_urgent(road: Road) -> None:
    road.refit({}, {"capacity_parcels": 2})
    promised, urgent = road.order(1), road.order(5, priority=9)
    first, _ = road.release([promised], [road.order(-1)])
    answer = road.proposed({"kind": "vehicle_lost", "run_id": first}, insert(urgent))
    assert [one["shipment_id"] for one in answer["left_out"]] == [urgent["id"]]


def test_streets_a_driver_does_not_know_cost_who_is_given_to_her(road: Road) -> None:
    area = {"point": HANGZHOU, "radius_m": 3000}
    road.refit({}, {"limits": {"familiar": [area], "unfamiliar_cost": money(700)}})
    first, _ = road.release([road.order(4)], [road.order(-1)])
    known = road.proposed({"kind": "vehicle_lost", "run_id": first})["cost_after"]["amount_minor"]
    road.refit({}, {})
    assert known - road.proposed({"kind": "vehicle_lost", "run_id": first})["cost_after"]["amount_minor"] == 700
