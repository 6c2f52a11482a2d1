"""What counts a whole day counts what runs of earlier plans of that day have of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.living import House
from tests.routing.edge.desk import CARRIER, ON, money, order, planned, van

NOONTIME = {"start": f"{ON}T12:00:00+08:00", "end": f"{ON}T12:20:00+08:00"}


def second(house: House, *north: float, first: float = 0.04, **said: Any) -> dict[str, Any]:
    """Release a run to a door (12.9 km there and back, if nothing else is said), and plan these others after it."""
    van(house, **said)
    order(house, first)
    house.released(planned(house))
    for one in north:
        order(house, one)
    return planned(house)


@pytest.mark.parametrize(("stops", "done"), [(None, 2), (2, 1), (1, 0)])
def test_stops_of_another_run_count(sqlite_house: House, stops: int | None, done: int) -> None:
    plan = second(sqlite_house, 0.01, 0.02, limits={"stops_max": stops})
    assert (plan["summary"]["door"], len(plan["left_out"])) == (done, 2 - done)


@pytest.mark.parametrize(("north", "done"), [(0.02, 1), (0.03, 0)])  # 6.4 or 9.7 km
def test_metres_of_another_run_count(sqlite_house: House, north: float, done: int) -> None:
    assert second(sqlite_house, north, limits={"distance_m_max": 20_000})["summary"]["door"] == done


@pytest.mark.parametrize(("minutes", "done"), [(70, 1), (50, 0)])  # 27 out, 15 to load, 15 out
def test_time_since_another_run_left_counts(sqlite_house: House, minutes: int, done: int) -> None:
    plan = second(sqlite_house, 0.02, limits={"duration_s_max": minutes * 60})
    assert plan["summary"]["door"] == done


@pytest.mark.parametrize(("minutes", "done"), [(240, 0), (300, 1)])
def test_a_run_that_is_to_come_ends_the_day_that_begins_before_it(sqlite_house: House, minutes: int, done: int) -> None:
    house = sqlite_house
    van(house, shift_end="12:40", limits={"duration_s_max": minutes * 60})
    order(house, window=NOONTIME)
    house.released(planned(house))
    order(house, window={"start": f"{ON}T07:30:00+08:00", "end": f"{ON}T08:05:00+08:00"})
    assert planned(house)["summary"]["door"] == done


@pytest.mark.parametrize(("trips", "done"), [(2, 1), (1, 1)])
def test_trips_of_another_run_count_where_somebody_said_how_many(sqlite_house: House, trips: int, done: int) -> None:
    house = sqlite_house
    plan = second(house, 0.02, limits={"trips_max": trips})
    assert plan["summary"]["door"] == done
    if trips == 2:
        house.released(plan)
        order(house, 0.03)
        assert planned(house)["summary"]["door"] == 0


@pytest.mark.parametrize("over", [False, True])
def test_the_price_of_a_day_is_due_once(sqlite_house: House, *, over: bool) -> None:
    house = sqlite_house
    house.made("/v1/carriers", CARRIER)
    van(house, fixed_cost=money(2_000))
    order(house)  # for our own fleet
    (run,) = house.released(planned(house))
    if over:
        house.made(f"/v1/runs/{run['id']}/cancel", {})
    order(house, mode=None)
    plan = planned(house)
    assert (plan["summary"]["carrier"], plan["summary"]["door"]) == ((0, 2) if over else (0, 1))
    assert (plan["summary"]["cost"]["amount_minor"] < 2_000) is not over
