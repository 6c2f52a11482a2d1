"""A second plan of a day knows of the runs that vehicles have."""

from __future__ import annotations

from typing import Any

from tests.delivery.stage import code_of
from tests.living import House, tag_of
from tests.routing.edge.desk import ON, order, planned, van

MORNING = {"start": f"{ON}T08:30:00+08:00", "end": f"{ON}T09:00:00+08:00"}
NOONTIME = {"start": f"{ON}T12:00:00+08:00", "end": f"{ON}T12:20:00+08:00"}


def has_runs(plan: dict[str, Any]) -> list[str]:
    return [one["message"] for one in plan["findings"] if one["code"] == "has_runs"]


def test_a_second_plan_of_a_day_begins_when_the_first_run_is_back(house: House) -> None:
    van(house)
    order(house)
    (first,) = house.released(planned(house))
    order(house, 0.02)
    plan = planned(house)
    (route,) = plan["routes"]
    assert route["start_at"] > first["planned_end_at"]
    assert len(has_runs(plan)) == 1
    (second,) = house.released(plan)
    assert second["vehicle_id"] == first["vehicle_id"]


def test_of_a_day_with_a_run_in_it_the_longest_part_is_planned(sqlite_house: House) -> None:
    house = sqlite_house
    van(house)
    order(house, window=NOONTIME)
    (first,) = house.released(planned(house))
    early, any_time = order(house, 0.02, window=MORNING), order(house, 0.02)
    plan = planned(house)
    assert [one["shipment_id"] for one in plan["left_out"]] == [
        early["id"]
    ]  # from noon on it is longer than until noon
    (route,) = plan["routes"]
    assert [visit["shipment_id"] for stop in route["stops"] for visit in stop["visits"]] == [any_time["id"]]
    assert route["start_at"] > first["planned_end_at"]
    assert has_runs(plan)[0].endswith("to 18:00 only")


def test_a_run_that_was_called_off_is_in_nobodys_way(sqlite_house: House) -> None:
    house = sqlite_house
    van(house)
    order(house)
    (first,) = house.released(planned(house))
    house.made(f"/v1/runs/{first['id']}/cancel", {})
    plan = planned(house)
    assert (len(plan["routes"]), has_runs(plan)) == (1, [])


def test_a_plan_is_seen_as_it_was_made_once_it_is_released(sqlite_house: House) -> None:
    house = sqlite_house
    van(house)
    made = order(house)
    plan = planned(house)
    house.released(plan)
    task = house.get(f"/v1/plans/{plan['id']}/tasks/{made['id']}")
    assert task["shipment_id"] == made["id"]


def test_what_was_released_since_the_search_is_for_the_release_to_refuse(sqlite_house: House) -> None:
    house = sqlite_house
    van(house)
    first, second = planned_pair(house)
    house.released(first)
    answer = house.post(f"/v1/plans/{second['id']}/release", None, {**house.operator, **tag_of(second)})
    assert (answer.status_code, code_of(answer)) == (409, "vehicle_busy")


def planned_pair(house: House) -> tuple[dict[str, Any], dict[str, Any]]:
    """Plan the same order twice."""
    order(house)
    return planned(house), planned(house)
