"""What each run would do behind its next stop, with times its driver can keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.delivery.edge.replan.road import Road, insert


def decided(road: Road) -> list[dict[str, Any]]:
    """Return the tails of the newest replan."""
    row = road.newest()
    assert row is not None
    tails: list[dict[str, Any]] = row.decision["tails"]
    return tails


def test_drives_and_services_fill_the_time_between_stops(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    road.release(north)
    road.proposed(insert(road.order(3)))
    (tail,) = decided(road)
    left = datetime.fromisoformat(tail["start_at"])
    for stop in tail["stops"]:
        start, end = (datetime.fromisoformat(stop[f"planned_{side}_at"]) for side in ("start", "end"))
        waited_s = (start - left).total_seconds() - stop["travel_s"]
        assert waited_s >= 0
        assert waited_s == 0 or stop["earliest_start_at"] is not None
        assert (end - start).total_seconds() == stop["service_s"] > 0
        left = end
    assert left < datetime.fromisoformat(tail["end_at"])


def test_the_next_stop_is_no_part_of_it_but_begins_as_expected(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    (first,) = road.release(north)
    road.depart(first, north)
    road.proposed({"kind": "delay", "run_id": first, "minutes": 10})
    (tail,) = [one for one in decided(road) if one["run_id"] == first]
    assert [stop["no"] for stop in tail["stops"]] == [2, 3]
    before = datetime.fromisoformat(road.run(first)["stops"][0]["expected_start_at"])
    assert (datetime.fromisoformat(tail["next_start_at"]) - before).total_seconds() == 600


def test_an_address_and_a_door_stay_with_their_shipment(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2)], [road.order(-1)]
    first, second = road.release(north, south)
    road.accepted({"kind": "vehicle_lost", "run_id": first})
    where = {
        visit["shipment_id"]: (stop["address"], round(stop["point"]["lat"], 4))
        for stop in road.run(second)["stops"]
        for visit in stop["visits"]
    }
    assert where[north[1]["id"]] == ("2 Long Road", 30.29)
