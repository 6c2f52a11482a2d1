"""Vehicles of a file that is planned without a database."""

from __future__ import annotations

from typing import Any

import pytest

from logistics.kit.errors import Invalid
from logistics.routing.edge.vehicle_file import read_vehicles
from logistics.routing.model import Break, DriveRest, TimeWindow, Vehicle

LIKE = Vehicle(id="", start=0, end=0, shift=TimeWindow(28_800, 64_800), capacity=(9,), cost_fixed=5)


def test_what_a_row_does_not_say_is_as_ever() -> None:
    (car,) = read_vehicles([{}], LIKE, 1)
    assert (car.id, car.capacity, car.shift, car.cost_fixed, car.trips_max) == ("1", (9,), LIKE.shift, 5, 1)
    assert (car.stops_max, car.distance_m_max, car.duration_s_max, car.drive_rest, car.end) == (None,) * 4 + (0,)


def test_what_it_says_holds() -> None:
    row = {
        "id": "van", "count": 2, "depot": 2, "capacity": 40, "from": "09:00", "to": "17:00", "skills": "cold",
        "overtime_min": 30, "day_min": 420, "way_km": 90, "stops": 50, "trips": 2, "reload_min": 15,
        "open_end": True, "breaks": [{"from": "11:30", "to": "13:30", "min": 30}], "drive_min": 270,
    }  # fmt: skip
    first, second = read_vehicles([row], LIKE, 2)
    assert (first.id, second.id, first.start, first.end) == ("van.1", "van.2", 1, None)
    assert (first.capacity, first.shift, first.skills) == ((40,), TimeWindow(32_400, 61_200), frozenset({"cold"}))
    assert (first.overtime_s_max, first.duration_s_max, first.distance_m_max) == (1800, 25_200, 90_000)
    assert (first.stops_max, first.trips_max, first.reload_s) == (50, 2, 900)
    assert first.breaks == (Break(TimeWindow(41_400, 48_600), 1800),)
    assert first.drive_rest == DriveRest(16_200, 2_700)  # 45 minutes unless something else is said


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "vehicles"),
        (["van"], "vehicle 1"),
        ([{"speed": 3}], "vehicle 1, speed"),
        ([{}, {"depot": 2}], "vehicle 2, depot"),
        ([{"from": "18:30"}], "vehicle 1, to"),
        ([{"stops": "many"}], "vehicle 1, stops"),
        ([{"breaks": 3}], "vehicle 1, breaks"),
        ([{"breaks": [{"from": "12:00", "to": "11:00"}]}], "vehicle 1, break 1, to"),
        ([{"id": "a"}, {"id": "a"}], "vehicles"),
    ],
)
def test_what_is_wrong_is_named(rows: list[Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_vehicles(rows, LIKE, 1)
    assert refused.value.errors[0].field == field
