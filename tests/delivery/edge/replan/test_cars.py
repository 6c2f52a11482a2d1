"""What a vehicle may and may not holds on the road as in the plan: breaking it would be cheaper, and is not done.

Doors are 1.6 km and 179 s of driving apart, a door takes 165 s. The way 1-2-4 and home is 12.9 km and 32 minutes; with
door 5 it is 16.1 km and 41 minutes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.delivery.edge.replan.road import Road, insert
from tests.delivery.stage import money
from tests.living import HANGZHOU

EARLY = {"start": "2026-11-24T12:00:00Z", "end": "2026-11-24T12:35:00Z"}
NEAR_THE_DEPOT = {"point": HANGZHOU, "radius_m": 5000}


def limits(**said: Any) -> dict[str, Any]:
    return {"limits": said}


def who_takes(road: Road, new: dict[str, Any]) -> str:
    """Put an order in where van 1 is at doors 1, 2 and 4 north and van 2 at a door south; return who takes it."""
    runs = road.release([road.order(n) for n in (1, 2, 4)], [road.order(-1)])
    (placed,) = road.proposed(insert(new))["inserted"]
    assert placed["run_id"] in runs
    return str(placed["vehicle_name"])


def test_without_limits_the_nearest_van_takes_it(road: Road) -> None:
    assert who_takes(road, road.order(5, window=EARLY)) == "Van 1"


@pytest.mark.parametrize(
    "first",
    [
        limits(stops_max=3),
        limits(distance_m_max=15_000),
        limits(duration_s_max=36 * 60),
        limits(overtime_s_max=60) | {"shift_end": "20:36"},
        limits(breaks=[{"earliest": "20:20", "latest": "20:25", "duration_s": 7200}]),
        limits(drive_rest={"drive_s_max": 1500, "duration_s": 2 * 3600}),
    ],
    ids=["stops", "distance", "duration", "overtime", "break", "drive_rest"],
)
def test_a_limit_is_kept_though_breaking_it_is_cheaper(road: Road, first: dict[str, Any]) -> None:
    road.refit(first, {})
    assert who_takes(road, road.order(5, window=EARLY)) == "Van 2"


@pytest.mark.parametrize(
    "only",
    [
        limits(overtime_s_max=7200, overtime_cost_per_h=money(200_000)) | {"shift_end": "20:36"},
        limits(familiar=[NEAR_THE_DEPOT], unfamiliar_cost=money(10_000)),
    ],
    ids=["overtime", "streets"],
)
def test_what_a_vehicle_costs_beyond_driving_is_in_the_price(road: Road, only: dict[str, Any]) -> None:
    road.refit(only)
    road.release([road.order(n) for n in (1, 2, 4)])
    (placed,) = road.proposed(insert(road.order(5)))["inserted"]
    assert placed["price"]["amount_minor"] > 10_000  # driving and work come to less than a tenth of it


def test_only_who_can_takes_what_asks_for_it(road: Road) -> None:
    road.refit({}, limits(skills=["cold"]))
    assert who_takes(road, road.order(5, skills=["cold"])) == "Van 2"


def test_where_nobody_said_a_word_late_is_better_than_not_at_all(road: Road) -> None:
    road.refit({"shift_end": "20:36"}, {})
    assert who_takes(road, road.order(5)) == "Van 1"


@pytest.mark.parametrize(("trips", "inserted"), [(1, 1), (2, 3)])
def test_a_vehicle_at_its_depot_has_the_trips_it_may(road: Road, trips: int, inserted: int) -> None:
    road.refit(limits(trips_max=trips) | {"capacity_parcels": 2})
    road.release([road.order(1)])
    news = [road.order(n) for n in (2, 3, 4)]  # two on each trip, one is there already
    answer = road.proposed(*map(insert, news))
    assert len(answer["inserted"]) == inserted


def test_loading_again_takes_as_long_as_it_was_said(road: Road) -> None:
    road.refit(limits(reload_s=7200))
    north = [road.order(n) for n in (1, 2)]
    (first,) = road.release(north)
    road.depart(first, north)
    road.accepted(insert(road.order(3)))
    (second,) = [run for run in road.house.get("/v1/runs")["items"] if run["id"] != first]
    done, leaves = road.run(first)["stops"][-1]["planned_end_at"], second["planned_start_at"]
    assert (datetime.fromisoformat(leaves) - datetime.fromisoformat(done)).total_seconds() > 7000


def test_a_route_with_an_open_end_does_not_pay_the_way_home(road: Road) -> None:
    road.refit(limits(open_end=True))
    (first,) = road.release([road.order(n) for n in (1, 2)])
    road.accepted(insert(road.order(5)))
    assert road.run(first)["planned_end_at"] == road.run(first)["stops"][-1]["planned_end_at"]


def test_a_route_ends_at_the_depot_that_was_said(road: Road) -> None:
    far = road.house.site("Depot Far North", ["depot"], point={"lat": HANGZHOU["lat"] + 0.05, "lon": HANGZHOU["lon"]})
    road.refit(limits(end_depot_id=far["id"]))
    (first,) = road.release([road.order(n) for n in (1, 2)])
    (placed,) = road.proposed(insert(road.order(5)))["inserted"]
    assert placed["run_id"] == first
    assert placed["price"]["amount_minor"] < 300  # it comes by there anyway: 165 s of a van


def test_a_van_on_the_road_loads_again_at_its_own_depot(road: Road) -> None:
    far = road.house.site("Depot Far North", ["depot"], point={"lat": HANGZHOU["lat"] + 0.05, "lon": HANGZHOU["lon"]})
    road.refit(limits(end_depot_id=far["id"], trips_max=2))
    north = [road.order(1)]
    (first,) = road.release(north)
    road.depart(first, north)
    road.accepted(insert(road.order(2)))
    (second,) = [run for run in road.house.get("/v1/runs")["items"] if run["id"] != first]
    (stop,) = road.run(second["id"])["stops"]
    starts = [datetime.fromisoformat(at) for at in (second["planned_start_at"], stop["planned_start_at"])]
    assert 440 < (starts[1] - starts[0]).total_seconds() < 460  # 2 doors from its depot, 3 from the far one


@pytest.mark.parametrize(
    "said",
    [{"shift_end": "20:31"} | limits(overtime_s_max=60), limits(duration_s_max=31 * 60), limits(stops_max=1)],
    ids=["overtime", "duration", "stops"],
)
def test_what_is_on_the_road_is_finished_though_it_is_late(road: Road, said: dict[str, Any]) -> None:
    road.refit(said)
    north = [road.order(n) for n in (1, 2, 4)]
    (first,) = road.release(north)
    road.depart(first, north)
    answer = road.proposed({"kind": "delay", "run_id": first, "minutes": 30})
    assert answer["left_out"] == []
    (left,) = road.proposed(insert(road.order(1)))["left_out"]  # but nothing new is begun
    assert left["reason"]["code"]


def test_goods_on_board_are_brought_by_who_has_them_whatever_they_ask_for(road: Road) -> None:
    north = [road.order(1), road.order(2, skills=["cold"])]
    (first, _) = road.release(north, [road.order(-1)])
    road.depart(first, north)
    assert road.proposed({"kind": "delay", "run_id": first, "minutes": 20})["left_out"] == []
