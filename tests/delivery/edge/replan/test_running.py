"""From a running day to a problem: where vans begin, what they may take, which promises hold."""

from __future__ import annotations

from tests.delivery.edge.replan.road import Road, insert


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
