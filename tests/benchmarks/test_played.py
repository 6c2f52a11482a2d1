"""The benchmark of days that are played through makes such days, and has both searches on the same."""

from __future__ import annotations

from benchmarks.days import make_day
from benchmarks.played import KINDS, RELOAD_S, Row, searched, table
from logistics.routing.edge.solving import Limits
from logistics.routing.matrix import HourlyMatrix


def test_a_day_of_all_kinds_has_hours_breaks_and_trips() -> None:
    day = KINDS["all"](make_day(6, 1))
    assert isinstance(day.travel[0], HourlyMatrix)
    assert all((car.trips_max, car.reload_s, len(car.breaks)) == (3, RELOAD_S, 1) for car in day.vehicles)
    out, back, rush_s = 1, 2, 8 * 3600
    assert day.travel[0].travel_s(out, back, rush_s) > day.travel[0].travel_s(out, back, 0)


def test_both_searches_bring_everything_of_a_small_day() -> None:
    day = KINDS["trips"](make_day(6, 1))
    for alone in (False, True):
        found = searched(day, Limits(seconds=2.0, seed=1, cores=1), alone=alone)
        assert (found.violations, found.plan.left_out) == ((), ())


def test_the_table_says_how_much_dearer_the_peer_is() -> None:
    rows = [Row("trips", 1, "ours", 0, 100, 2), Row("trips", 1, "ortools", 1, 130, 3)]
    assert "| trips | 1 | 2.0 | 3.0 | 0 | 1 | 30.0 % |" in table(rows)
