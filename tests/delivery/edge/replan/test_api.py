"""Replanning a running day, asked as a dispatcher asks it."""

from __future__ import annotations

import pytest

from tests.delivery.edge.replan.road import Road
from tests.delivery.stage import code_of
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
