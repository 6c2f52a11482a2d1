"""A delay of a van that has not left is remembered until it leaves, or something else is told."""

from __future__ import annotations

from tests.delivery.edge.replan.road import Road, insert
from tests.delivery.stage import code_of


def leaves(road: Road, run_id: str) -> str:
    return str(road.run(run_id)["planned_start_at"])


def test_a_delay_of_a_van_at_its_depot_is_kept_until_it_is_over(road: Road) -> None:
    road.refit({})
    (first,) = road.release([road.order(n) for n in (1, 2)])
    road.accepted({"kind": "delay", "run_id": first, "minutes": 60})
    road.accepted(insert(road.order(3)))
    assert leaves(road, first) >= "2026-11-24T13:00"
    road.house.clock.advance(minutes=90)
    before = road.proposed(insert(road.order(4)))
    assert before["inserted"][0]["start_at"] >= "2026-11-24T13:30"


def test_a_delay_holds_though_all_the_van_had_was_given_to_others(road: Road) -> None:
    road.refit({}, {"capacity_parcels": 2})
    first, _ = road.release([road.order(1)], [road.order(-1)])
    road.accepted({"kind": "delay", "run_id": first, "minutes": 120})
    assert road.run(first)["state"] == "cancelled"
    road.accepted(insert(road.order(2)))
    (made,) = [run for run in road.house.get("/v1/runs?state=released")["items"] if run["vehicle_id"] == road.vans[0]]
    assert made["planned_start_at"] >= "2026-11-24T14:00"
    road.accepted({"kind": "delay", "run_id": made["id"], "minutes": 0})
    assert leaves(road, made["id"]) < "2026-11-24T13:40"  # its recipient was promised a time by now


def test_a_delay_that_is_told_anew_replaces_the_one_before(road: Road) -> None:
    road.refit({})
    (first,) = road.release([road.order(n) for n in (1, 2)])
    road.accepted({"kind": "delay", "run_id": first, "minutes": 60})
    road.accepted({"kind": "delay", "run_id": first, "minutes": 20})
    assert "2026-11-24T12:20" <= leaves(road, first) < "2026-11-24T12:30"
    withdrawn = road.accepted({"kind": "delay", "run_id": first, "minutes": 0})
    assert leaves(road, first) < "2026-11-24T12:20"
    assert withdrawn["difference"]["amount_minor"] <= 0


def test_a_replan_that_does_not_know_of_a_delay_is_refused(road: Road) -> None:
    road.refit({})
    (first,) = road.release([road.order(n) for n in (1, 2)])
    too_early = road.proposed(insert(road.order(3)))
    road.accepted({"kind": "delay", "run_id": first, "minutes": 60})
    assert code_of(road.accept(too_early)) == "runs_moved_on"
    assert leaves(road, first) >= "2026-11-24T13:00"


def test_a_delay_of_the_second_run_holds_when_the_first_is_over(road: Road) -> None:
    road.refit({})
    early = [road.order(1)]
    (first,) = road.release(early)
    (second,) = road.release([road.order(3)])
    road.depart(first, early)
    road.accepted({"kind": "delay", "run_id": second, "minutes": 90})
    told = leaves(road, second)
    assert told > "2026-11-24T13:30"
    road.deliver(first, early[0])
    road.ok(road.house.post(f"/v1/runs/{first}/finish", {}))
    road.accepted(insert(road.order(4)))
    assert leaves(road, second) >= told
