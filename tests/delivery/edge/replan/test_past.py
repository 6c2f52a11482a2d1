"""Limits that count a whole day count what of it is over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.delivery.edge.replan.road import Road, insert
from tests.delivery.stage import money


def over(road: Road, *north: int, finish: bool = False) -> str:
    """Drive to these doors and deliver there; with ``finish`` be back at the depot. Return the id of the run."""
    orders = [road.order(n) for n in north]
    (run_id,) = road.release(orders)
    road.depart(run_id, orders)
    for order in orders:
        road.deliver(run_id, order)
    if finish:
        road.ok(road.house.post(f"/v1/runs/{run_id}/finish", {}))
    return run_id


def refit(road: Road, **said: Any) -> None:
    road.refit({"limits": said})


@pytest.mark.parametrize("finish", [False, True])
def test_stops_that_were_made_count(road: Road, *, finish: bool) -> None:
    refit(road, stops_max=4)
    over(road, 1, 2, finish=finish)
    road.release([road.order(3)])
    answer = road.proposed(insert(road.order(4)), insert(road.order(5)))
    assert len(answer["inserted"]) == 1
    assert [one["reason"]["code"] for one in answer["left_out"]] == ["stops"]


def test_a_stop_whose_visits_ended_ahead_of_it_was_not_made(road: Road) -> None:
    refit(road, stops_max=2)
    north = [road.order(1), road.order(2)]
    (first,) = road.release(north)
    road.depart(first, north)
    road.accepted({"kind": "refuse", "shipment_id": north[1]["id"]})
    road.deliver(first, north[0])
    assert len(road.proposed(insert(road.order(3)))["inserted"]) == 1


@pytest.mark.parametrize("finish", [False, True])
@pytest.mark.parametrize(("north", "inserted"), [(2, 1), (3, 0)])
def test_metres_that_were_driven_count(road: Road, north: int, inserted: int, *, finish: bool) -> None:
    refit(road, distance_m_max=20_000)
    over(road, 4, finish=finish)  # 12.9 km with the way home
    road.release([road.order(1)])
    answer = road.proposed(insert(road.order(north)))  # 6.4 or 9.7 km
    assert len(answer["inserted"]) == inserted


def test_metres_to_the_next_stop_count_as_driven(road: Road) -> None:
    refit(road, distance_m_max=20_000, trips_max=2)
    north = [road.order(2), road.order(4)]
    (first,) = road.release(north)
    road.depart(first, north)
    road.deliver(first, north[0])
    assert road.proposed(insert(road.order(3)))["inserted"] == []
    assert len(road.proposed(insert(road.order(2)))["inserted"]) == 1


@pytest.mark.parametrize("finish", [False, True])
@pytest.mark.parametrize(("north", "inserted"), [(1, 1), (3, 0)])
def test_time_since_it_left_counts(road: Road, north: int, inserted: int, *, finish: bool) -> None:
    refit(road, duration_s_max=90 * 60)
    orders = [road.order(1)]
    (first,) = road.release(orders, [])
    road.depart(first, orders)
    road.house.clock.advance(minutes=60)
    road.deliver(first, orders[0])
    if finish:
        road.ok(road.house.post(f"/v1/runs/{first}/finish", {}))
        road.house.clock.advance(minutes=18)  # as long as home and loading again would have taken
    road.release([road.order(1)])
    answer = road.proposed(insert(road.order(north)))
    assert len(answer["inserted"]) == inserted


def test_time_on_the_road_counts_for_a_second_trip(road: Road) -> None:
    refit(road, duration_s_max=90 * 60, trips_max=2)
    north = [road.order(1), road.order(1)]
    (first,) = road.release([north[0]])
    road.depart(first, [north[0]])
    road.house.clock.advance(minutes=60)
    assert road.proposed(insert(road.order(3)))["inserted"] == []
    assert len(road.proposed(insert(road.order(1)))["inserted"]) == 1


@pytest.mark.parametrize(("trips", "inserted"), [(2, 0), (3, 1)])
def test_trips_that_were_made_count(road: Road, trips: int, inserted: int) -> None:
    refit(road, trips_max=trips)
    over(road, 1, finish=True)
    second = [road.order(2)]
    (run_id,) = road.release(second)
    road.depart(run_id, second)
    assert len(road.proposed(insert(road.order(3)))["inserted"]) == inserted


def test_a_vehicle_that_made_all_its_trips_makes_no_other(road: Road) -> None:
    road.refit({"limits": {"trips_max": 2}}, {})
    over(road, 1, finish=True)
    over(road, 2, finish=True)
    south = [road.order(-1)]
    road.release([], south)
    (placed,) = road.proposed(insert(road.order(1)))["inserted"]
    assert placed["vehicle_name"] == "Van 2"


def test_a_break_whose_time_is_over_is_not_due_again(road: Road) -> None:
    refit(road, breaks=[{"earliest": "20:05", "latest": "20:10", "duration_s": 3600}])
    north = [road.order(1), road.order(2)]
    (first,) = road.release(north)
    road.depart(first, north)
    road.house.clock.advance(minutes=10, seconds=30)  # she parks at the first door, which began before
    answer = road.proposed({"kind": "delay", "run_id": first, "minutes": 1})
    assert answer["broken_promises"] == []
    assert answer["changes"] == []


def test_a_vehicle_that_left_today_has_cost_what_a_day_costs(road: Road) -> None:
    road.refit({}, {"fixed_cost": money(4_900)}, {"capacity_parcels": 1})
    over(road, 1, finish=True)
    road.release([], [], [road.order(-1)])
    (placed,) = road.proposed(insert(road.order(2)))["inserted"]
    assert placed["vehicle_name"] == "Van 1"
