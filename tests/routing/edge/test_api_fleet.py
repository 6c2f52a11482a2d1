"""What users say of vehicles, shipments and whole plans over HTTP changes the plan that comes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.living import HANGZHOU, House
from tests.routing.edge.desk import CARRIER, ON, counted, money, order, planned, van, van_body

LIFT: dict[str, Any] = {"skills": ["tail lift"]}


def stops_of(plan: dict[str, Any]) -> dict[str, list[int]]:
    """Return the trip of each stop, by the name of the vehicle."""
    return {route["vehicle_name"]: [stop["trip"] for stop in route["stops"]] for route in plan["routes"]}


def test_what_needs_a_tail_lift_goes_with_the_vehicle_that_has_one(sqlite_house: House) -> None:
    van(sqlite_house, name="Plain", fixed_cost=money(0))
    van(sqlite_house, name="Lift", limits=LIFT)
    order(sqlite_house)
    heavy = order(sqlite_house, north=0.02, **LIFT)
    plan = planned(sqlite_house)
    where = {
        visit["shipment_id"]: route["vehicle_name"]
        for route in plan["routes"]
        for stop in route["stops"]
        for visit in stop["visits"]
    }
    assert (where[heavy["id"]], plan["left_out"], plan["violations"]) == ("Lift", [], [])


def test_what_no_vehicle_can_do_is_left_out_and_said_why(sqlite_house: House) -> None:
    van(sqlite_house)
    order(sqlite_house, **LIFT)
    (left,) = planned(sqlite_house)["left_out"]
    assert left["reason"]["code"] == "skill"


def test_a_driver_rests(sqlite_house: House) -> None:
    rest = {"earliest": "09:00", "latest": "09:30", "duration_s": 2700}
    van(sqlite_house, limits={"breaks": [rest]})
    windows = [{"start": f"{ON}T{hour}:00:00+08:00", "end": f"{ON}T{hour}:30:00+08:00"} for hour in ("08", "11")]
    for number, window in enumerate(windows):
        order(sqlite_house, north=0.01 * (number + 1), window=window)
    plan = planned(sqlite_house)
    (route,) = plan["routes"]
    ((begins, ends),) = [(one["start"], one["end"]) for one in route["rests"]]
    assert f"{ON}T01:00:00Z" <= begins <= f"{ON}T01:30:00Z"  # 09:00 to 09:30 there
    assert (plan["violations"], ends > begins) == ([], True)


def test_a_small_vehicle_loads_again_and_each_trip_is_a_run(sqlite_house: House) -> None:
    van(sqlite_house, capacity_parcels=1, limits={"trips_max": 3, "reload_s": 600})
    for number in (1, 2):
        order(sqlite_house, north=0.01 * number)
    plan = planned(sqlite_house)
    assert (stops_of(plan), plan["left_out"]) == ({"Van 1": [1, 2]}, [])
    first, second = plan["routes"][0]["trips"]
    assert first["end_at"] < second["start_at"]
    runs = sqlite_house.released(plan)
    assert [len(sqlite_house.get(f"/v1/runs/{run['id']}")["stops"]) for run in runs] == [1, 1]


def test_without_a_second_trip_it_leaves_one_behind(sqlite_house: House) -> None:
    van(sqlite_house, capacity_parcels=1)
    for number in (1, 2):
        order(sqlite_house, north=0.01 * number)
    assert len(planned(sqlite_house)["left_out"]) == 1


def test_who_may_make_one_stop_makes_one(sqlite_house: House) -> None:
    van(sqlite_house, limits={"stops_max": 1})
    van(sqlite_house, name="Dear", fixed_cost=money(90_000))
    for number in (1, 2):
        order(sqlite_house, north=0.01 * number)
    assert stops_of(planned(sqlite_house)) in ({"Van 1": [1], "Dear": [1]}, {"Dear": [1, 1]})


def test_a_driver_gets_the_streets_she_knows(sqlite_house: House) -> None:
    north, south = ({"lat": HANGZHOU["lat"] + side * 0.02, "lon": HANGZHOU["lon"]} for side in (1, -1))
    for name, centre in (("North", north), ("South", south)):
        area = {"point": centre, "radius_m": 1500}
        limits = {"familiar": [area], "unfamiliar_cost": money(20_000), "stops_max": 2}
        van(sqlite_house, name=name, fixed_cost=money(0), limits=limits)
    for side in (1, -1):
        order(sqlite_house, north=side * 0.02)
        order(sqlite_house, north=side * 0.021)
    plan = planned(sqlite_house)
    sides = {
        route["vehicle_name"]: {stop["point"]["lat"] > 30.27 for stop in route["stops"]} for route in plan["routes"]
    }
    assert sides == {"North": {True}, "South": {False}}


def test_a_route_may_end_at_its_last_stop(sqlite_house: House) -> None:
    van(sqlite_house, limits={"open_end": True})
    order(sqlite_house, north=0.02)
    (route,) = planned(sqlite_house)["routes"]
    assert (route["end_depot_id"], route["end_at"]) == (None, route["stops"][-1]["depart_at"])


def two_ways(house: House) -> None:
    """Take on two shipments that may go to the door or, for less, to a store next to the depot."""
    for number in (1, 2):
        order(house, north=0.01 * number, mode=None, consents=[{"kind": "store", "channel": "checkout"}])


def test_a_service_level_brings_more_to_the_door(sqlite_house: House) -> None:
    van(sqlite_house)
    two_ways(sqlite_house)
    cheap = planned(sqlite_house)["summary"]
    kept = planned(sqlite_house, levels=[{"preference_max": 0, "percent": 100}])
    assert (cheap["door"], cheap["service_point"]) == (0, 2)
    assert (kept["summary"]["door"], kept["violations"]) == (2, [])
    assert kept["levels"] == [{"preference_max": 0, "percent": 100}]
    assert kept["summary"]["cost"]["amount_minor"] > cheap["cost"]["amount_minor"]


@pytest.fixture
def counted_rounds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a busy machine search as far as a quick one."""
    with counted(monkeypatch):
        yield


@pytest.mark.usefixtures("counted_rounds")
def test_a_carrier_takes_no_more_than_its_quota(sqlite_house: House) -> None:
    sqlite_house.made("/v1/carriers", CARRIER)
    van(sqlite_house, fixed_cost=money(90_000))
    for number in (1, 2, 3):  # each is so far from the others that a carrier is cheaper than the way on
        order(sqlite_house, north=0.1 * number, mode=None)
    free = planned(sqlite_house)["summary"]
    bound = planned(sqlite_house, quotas={"express": 1})
    assert (free["carrier"], free["door"]) == (3, 0)
    assert (bound["summary"]["carrier"], bound["summary"]["door"], bound["violations"]) == (1, 2, [])


@pytest.mark.usefixtures("counted_rounds")
def test_a_quota_is_one_of_the_day(house: House) -> None:
    house.made("/v1/carriers", CARRIER)
    van(house, fixed_cost=money(90_000))
    far = [order(house, north=0.1 * number, mode=None) for number in (1, 2)]
    first = planned(house, quotas={"express": 3})
    house.released(first)
    gone = first["to_carrier"][0]["shipment_id"]
    assert len(first["to_carrier"]) == 2
    for number in (3, 4, 5):
        order(house, north=0.1 * number, mode=None)
    second = planned(house, quotas={"express": 3})  # the third of the day is left
    assert (second["summary"]["carrier"], second["violations"]) == (1, [])
    body = {"reason": "changed mind"}
    assert house.post(f"/v1/shipments/{gone}/cancel", body, house.merchant).status_code == 200
    third = planned(house, quotas={"express": 3})  # what was called off is not taken
    assert (third["summary"]["carrier"], third["violations"]) == (2, [])
    assert planned(house)["summary"]["carrier"] == 3
    assert {one["id"] for one in far} >= {gone}


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"levels": [{"preference_max": 0, "percent": 101}]}, "levels[0].percent"),
        ({"quotas": {"nobody": 1}}, "quotas.nobody"),
        ({"balance_cost_per_h": {"amount_minor": 1, "currency": "EUR"}}, "balance_cost_per_h"),
    ],
)
def test_a_plan_that_cannot_be_asked_for_is_refused(sqlite_house: House, wishes: dict[str, Any], field: str) -> None:
    van(sqlite_house)
    answer = sqlite_house.post("/v1/plans", {"on": ON, "depot_ids": [sqlite_house.depot_id], **wishes})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert answer.json()["errors"][0]["expected"]


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        ({"trips_max": 0}, "limits.trips_max"),
        ({"breaks": [{"earliest": "07:00", "latest": "12:00", "duration_s": 900}]}, "limits.breaks[0].earliest"),
        ({"unfamiliar_cost": money(5)}, "limits.familiar"),
        ({"colour": "red"}, "limits.colour"),
    ],
)
def test_a_vehicle_that_cannot_be_meant_is_refused(sqlite_house: House, limits: dict[str, Any], field: str) -> None:
    answer = sqlite_house.post("/v1/vehicles", van_body(sqlite_house, limits=limits))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_a_route_ends_at_a_depot_or_nowhere_else(sqlite_house: House) -> None:
    body = van_body(sqlite_house, limits={"end_depot_id": sqlite_house.store_id})
    answer = sqlite_house.post("/v1/vehicles", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "limits.end_depot_id")


def test_streets_are_learned_from_what_was_released(sqlite_house: House) -> None:
    vehicle_id = van(sqlite_house)
    for number in range(3):
        order(sqlite_house, north=0.02 + 0.001 * number)
    plan = planned(sqlite_house)
    assert sqlite_house.get(f"/v1/vehicles/{vehicle_id}/streets")["areas"] == []
    sqlite_house.released(plan)
    streets = sqlite_house.get(f"/v1/vehicles/{vehicle_id}/streets")
    (area,) = streets["areas"]
    assert (streets["stops_count"], round(area["point"]["lat"], 2)) == (3, 30.29)
    body = van_body(sqlite_house, limits={"familiar": streets["areas"], "unfamiliar_cost": money(100)})
    changed = sqlite_house.client.put(f"/v1/vehicles/{vehicle_id}", json=body, headers=sqlite_house.operator)
    assert changed.json()["limits"]["familiar"] == streets["areas"]
    sqlite_house.clock.advance(days=31)
    assert sqlite_house.get(f"/v1/vehicles/{vehicle_id}/streets", sqlite_house.log_in("operator"))["stops_count"] == 0


def test_of_two_windows_the_promise_lies_in_the_one_that_is_kept(sqlite_house: House) -> None:
    van(sqlite_house, shift_start="13:00")
    windows = [{"start": f"{ON}T{hour}:00:00+08:00", "end": f"{ON}T{hour + 1}:00:00+08:00"} for hour in (10, 14)]
    made = order(sqlite_house, window=windows[0], other_windows=windows[1:])
    plan = planned(sqlite_house)
    assert (plan["left_out"], plan["violations"]) == ([], [])
    sqlite_house.released(plan)
    promise = sqlite_house.get(f"/v1/shipments/{made['id']}")["promise"]
    assert f"{ON}T06:00:00Z" <= promise["start"] < promise["end"] <= f"{ON}T07:00:00Z"
