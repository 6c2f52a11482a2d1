"""A second plan of a day knows of the runs that vehicles have."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.delivery.stage import code_of, labels
from tests.living import House, tag_of
from tests.routing.edge.desk import ON, order, planned, van

MORNING = {"start": f"{ON}T08:30:00+08:00", "end": f"{ON}T09:00:00+08:00"}
NOONTIME = {"start": f"{ON}T12:00:00+08:00", "end": f"{ON}T12:20:00+08:00"}
AFTERNOON = {"start": f"{ON}T15:00:00+08:00", "end": f"{ON}T15:20:00+08:00"}


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


def at(house: House, moment: str) -> None:
    house.clock.advance(seconds=(datetime.fromisoformat(moment) - house.clock.now()).total_seconds())
    house.operator = house.log_in("operator")  # the night was longer than a session


def departed(house: House, made: dict[str, Any], run: dict[str, Any]) -> None:
    scanned = {"labels": labels([made])}
    house.made(f"/v1/depots/{house.depot_id}/receipts", scanned)
    house.made(f"/v1/runs/{run['id']}/loading-scans", scanned)
    house.made(f"/v1/runs/{run['id']}/depart", {})


def first_run(house: House) -> tuple[dict[str, Any], dict[str, Any], datetime]:
    """Release a run that leaves at eight in the morning; return its order, the run, and when it is to be back."""
    van(house)
    made = order(house)
    (run,) = house.released(planned(house))
    at(house, run["planned_start_at"])
    return made, run, datetime.fromisoformat(run["planned_end_at"])


def second_start(house: House) -> datetime:
    order(house, 0.02)
    (route,) = planned(house)["routes"]
    return datetime.fromisoformat(route["start_at"])


def test_a_van_that_left_late_is_planned_from_when_it_is_expected_back(house: House) -> None:
    made, run, back_at = first_run(house)
    house.clock.advance(minutes=90)
    departed(house, made, run)
    starts_at = second_start(house)
    assert timedelta(minutes=90) <= starts_at - back_at < timedelta(minutes=120)  # it loads for a quarter of an hour


def test_a_van_that_has_not_left_when_it_should_leaves_now_at_the_earliest(sqlite_house: House) -> None:
    _, _, back_at = first_run(sqlite_house)
    sqlite_house.clock.advance(minutes=60)
    assert second_start(sqlite_house) >= back_at + timedelta(minutes=60)


def test_a_van_nobody_heard_of_comes_to_its_next_stop_now_at_the_earliest(sqlite_house: House) -> None:
    house = sqlite_house
    made, run, _ = first_run(house)
    departed(house, made, run)
    house.clock.advance(minutes=120)
    assert second_start(house) > house.clock.now()


@pytest.mark.parametrize("delivered", [False, True])
def test_a_delay_that_was_accepted_counts_once(sqlite_house: House, *, delivered: bool) -> None:
    house = sqlite_house
    made, run, back_at = first_run(house)
    departed(house, made, run)
    late = {"kind": "delay", "run_id": run["id"], "minutes": 90}
    replan = house.made("/v1/replans", {"run_ids": [run["id"]], "changes": [late], "seconds": 0})
    house.made(f"/v1/replans/{replan['id']}/accept")
    if delivered:
        house.clock.advance(minutes=100)
        house.made(f"/v1/runs/{run['id']}/attempts", {"shipment_id": made["id"], "outcome": "delivered"})
    assert timedelta(minutes=80) < second_start(house) - back_at < timedelta(minutes=130)


def test_a_van_that_left_early_is_out_since_then(sqlite_house: House) -> None:
    house = sqlite_house
    van(house)
    made = order(house, window=AFTERNOON)
    (run,) = house.released(planned(house))
    at(house, f"{ON}T09:00:00+08:00")
    departed(house, made, run)
    assert second_start(house) > datetime.fromisoformat(run["planned_end_at"])
