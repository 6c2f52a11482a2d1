from __future__ import annotations

from datetime import timedelta

import pytest

from logistics.delivery.model import StopKind
from logistics.delivery.release import read_plan
from tests.builders import NOON
from tests.delivery.plans import carrier, plan, route, stop


def test_routes_become_runs_and_stops_keep_their_numbers() -> None:
    # leaves at noon; stop 1 reached after 10 min, served 5; stop 2 reached at 12:25, waits until 12:40
    read = read_plan(plan(route(stop(1, 10, ["s1", "s2"]), stop(2, 25, ["s3"], wait=15, site_id="sit_9"))))
    (run,) = read.runs
    first, second = run.stops
    assert first.kind is StopKind.DOOR
    assert (first.no, first.travel_s, first.service_s, first.earliest_start_at) == (1, 600, 300, None)
    assert first.shipment_ids == ("s1", "s2")
    assert second.kind is StopKind.SERVICE_POINT
    assert (second.travel_s, second.earliest_start_at) == (600, NOON + timedelta(minutes=40))
    assert read.shipment_ids == ["s1", "s2", "s3"]


def test_the_window_of_the_planned_start_is_when_service_may_begin() -> None:
    windows = [(-60, -30), (5, 30), (100, 120)]
    (run,) = read_plan(plan(route(stop(1, 10, ["s1"], windows=windows)))).runs
    assert run.stops[0].earliest_start_at == NOON + timedelta(minutes=5)


def test_a_halt_without_visits_is_no_stop_but_its_time_counts() -> None:
    # from the depot at 12:15 on it takes 5 minutes to stop 2
    (run,) = read_plan(plan(route(stop(1, 10, []), stop(2, 20, ["s1"])))).runs
    assert [(one.no, one.travel_s) for one in run.stops] == [(2, 300)]


def test_each_trip_is_a_run_of_its_own() -> None:
    # back at 12:30, loaded again until 12:45; the second trip's only stop takes 15 minutes to reach
    stops = [stop(1, 10, ["s1"]), stop(2, 20, ["s2"]), stop(3, 60, ["s3"]) | {"trip": 2}]
    moments = [(NOON + timedelta(minutes=minutes)).isoformat() for minutes in (0, 30, 45, 80)]
    trips = [
        {"no": 1, "start_at": moments[0], "end_at": moments[1]},
        {"no": 2, "start_at": moments[2], "end_at": moments[3]},
    ]
    first, second = read_plan(plan(route(*stops) | {"trips": trips})).runs
    assert [one.shipment_ids for one in first.stops] == [("s1",), ("s2",)]
    assert [(one.no, one.shipment_ids, one.travel_s) for one in second.stops] == [(1, ("s3",), 900)]
    assert [(one.start_at, one.end_at) for one in (first, second)] == [
        (NOON, NOON + timedelta(minutes=30)),
        (NOON + timedelta(minutes=45), NOON + timedelta(minutes=80)),
    ]


def test_a_route_without_visits_is_no_run() -> None:
    assert read_plan(plan(route())).runs == ()


def test_what_is_left_to_carriers() -> None:
    (one,) = read_plan(plan(to_carrier=[carrier("s9", 980)])).to_carrier
    assert (one.shipment_id, one.carrier, one.reason) == ("s9", "pretend", "cheaper")


@pytest.mark.parametrize(
    ("start_min", "end_min", "meets"),
    [(-60, 0, False), (-60, 1, True), (100, 200, True), (-60, 400, True), (299, 400, True), (300, 400, False)],
)
def test_a_run_meets_what_is_out_at_a_moment_between(start_min: int, end_min: int, *, meets: bool) -> None:
    (run,) = read_plan(plan(route(stop(1, 10, ["s1"])))).runs  # out from 0 to 300
    assert run.meets(NOON + timedelta(minutes=start_min), NOON + timedelta(minutes=end_min)) is meets


def test_who_is_on_runs_is_told_apart_from_who_goes_with_a_carrier() -> None:
    read = read_plan(plan(route(stop(1, 10, ["s2"]), stop(2, 20, ["s1"])), to_carrier=[carrier("s9", 980)]))
    assert (read.on_runs, read.shipment_ids) == (["s1", "s2"], ["s1", "s2", "s9"])
