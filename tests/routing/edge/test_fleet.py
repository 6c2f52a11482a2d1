"""From a vehicle as it was entered to a vehicle of a problem."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from logistics.kit.errors import Conflict
from logistics.kit.geo import Point
from logistics.routing import cost_units
from logistics.routing.edge.fleet import (
    Free,
    Streets,
    clock_of,
    free_part,
    hours_of,
    joined,
    one_currency,
    shift_of,
    vehicle_of,
    within,
)
from logistics.routing.edge.tables import VehicleRow
from logistics.routing.model import Break, DriveRest, TimeWindow
from tests.routing.edge.days import vehicle
from tests.routing.edge.desk import money

HERE = Point(lat=30.27, lon=120.15)


def clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def row(**limits: Any) -> VehicleRow:
    made = vehicle()
    made.limits = limits
    return made


def test_what_nobody_said_does_not_bind() -> None:
    car = vehicle_of(row(), clock, start=0, end=0)
    assert (car.trips_max, car.overtime_s_max, car.breaks, car.drive_rest, car.skills) == (1, 0, (), None, frozenset())
    assert (car.stops_max, car.distance_m_max, car.duration_s_max) == (None, None, None)


def test_everything_that_was_said_is_in_the_problem() -> None:
    car = vehicle_of(
        row(
            skills=["cold"], overtime_s_max=3600, overtime_cost_per_h=money(3600), duration_s_max=30_000,
            distance_m_max=90_000, stops_max=70, trips_max=3, reload_s=600, drive_rest={"drive_s_max": 7200},
        ),
        clock, start=0, end=None,
    )  # fmt: skip
    assert (car.skills, car.overtime_s_max, car.duration_s_max) == (frozenset({"cold"}), 3600, 30_000)
    assert car.cost_per_s_overtime * 3600 == cost_units.of_minor(3600)
    assert (car.distance_m_max, car.stops_max, car.trips_max, car.reload_s) == (90_000, 70, 3, 600)
    assert (car.drive_rest, car.end) == (DriveRest(7200, 2700), None)


def test_breaks_lie_in_the_shift_in_order_over_midnight_too() -> None:
    late = {"earliest": "01:00", "latest": "02:00", "duration_s": 1800}
    early = {"earliest": "23:30", "latest": "00:30", "duration_s": 900}
    car = row(breaks=[late, early])
    car.shift_start, car.shift_end = "20:00", "04:00"
    assert shift_of(car, clock) == TimeWindow(20 * 3600, 28 * 3600)
    assert vehicle_of(car, clock, start=0, end=0).breaks == (
        Break(TimeWindow(23 * 3600 + 1800, 24 * 3600 + 1800), 900),
        Break(TimeWindow(25 * 3600, 26 * 3600), 1800),
    )


def test_streets_she_does_not_know_cost() -> None:
    area = {"point": {"lat": 30.27, "lon": 120.15}, "radius_m": 500}
    streets = Streets([row(familiar=[area], unfamiliar_cost=money(300))])
    assert streets.costs_at(HERE) == {}
    assert streets.costs_at(Point(lat=30.28, lon=120.15)) == {"van0": cost_units.of_minor(300)}
    assert streets.costs_at(None) == {}
    assert Streets([row(familiar=[area])]).costs_at(Point(lat=31, lon=120)) == {}


def test_clocks_are_read_in_their_zone_and_hours_hold_the_overtime() -> None:
    epoch = datetime(2026, 11, 23, 16, tzinfo=UTC)  # midnight in Shanghai
    assert clock_of(date(2026, 11, 24), "Asia/Shanghai", epoch)("09:30") == clock("09:30")
    first, second = (vehicle_of(row(overtime_s_max=over), clock, start=0, end=0) for over in (0, 3600))
    assert hours_of([first, second]) == TimeWindow(first.shift.start_s, second.shift.end_s + 3600)
    assert hours_of([]) is None


@pytest.mark.parametrize(
    ("windows", "spans"),
    [
        ([(5, 9), (1, 3)], [(1, 3), (5, 9)]),
        ([(1, 5), (5, 9)], [(1, 9)]),
        ([(1, 9), (2, 3)], [(1, 9)]),
        ([], []),
    ],
)
def test_windows_that_touch_are_one(windows: list[tuple[int, int]], spans: list[tuple[int, int]]) -> None:
    assert joined(TimeWindow(*one) for one in windows) == tuple(TimeWindow(*one) for one in spans)


def test_a_plan_has_one_currency() -> None:
    assert (one_currency(["EUR", "EUR"], "CNY"), one_currency([], "CNY")) == ("EUR", "CNY")
    with pytest.raises(Conflict, match="CNY, EUR"):
        one_currency(["EUR", "CNY"], "CNY")


@pytest.mark.parametrize(
    ("busy", "free", "overtime_s"),
    [
        ([], (10, 100), 20),
        ([(10, 30)], (35, 100), 20),  # 5 to load
        ([(80, 100)], (10, 75), 0),
        ([(70, 90)], (10, 65), 0),
        ([(50, 60)], (10, 45), 0),  # as long as from 65 to 100: the earlier one
        ([(40, 50)], (55, 100), 20),
        ([(60, 70), (10, 20)], (25, 55), 0),  # in any order; from 75 on are 25
        ([(10, 60), (20, 30)], (65, 100), 20),  # one within another
        ([(110, 115)], (10, 100), 5),  # overtime until it has loaded for the next
    ],
)
def test_a_vehicle_that_is_out_already_is_free_for_the_longest_part(
    busy: list[tuple[int, int]], free: tuple[int, int], overtime_s: int
) -> None:
    spans = [TimeWindow(*span) for span in busy]
    assert free_part(TimeWindow(10, 100), 20, spans, 5) == Free(TimeWindow(*free), overtime_s)


def test_who_is_out_all_the_time_is_not_free() -> None:
    shift = free_part(TimeWindow(10, 100), 0, [TimeWindow(0, 110)], 5).shift
    assert shift.end_s <= shift.start_s


@pytest.mark.parametrize(
    ("span", "shift", "overtime_s"),
    [((0, 200), (10, 100), 20), ((30, 110), (30, 100), 10), ((0, 90), (10, 90), 0), ((130, 200), (130, 100), 20)],
)
def test_of_a_day_only_what_is_within_a_span_is_left(
    span: tuple[int, int], shift: tuple[int, int], overtime_s: int
) -> None:
    found = within(Free(TimeWindow(10, 100), 20), TimeWindow(*span))
    assert found == Free(TimeWindow(*shift), overtime_s)
