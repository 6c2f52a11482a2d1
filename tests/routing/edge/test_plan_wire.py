"""A plan as it travels: figures that add up, times that are moments, reasons where something is on no route."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from logistics.kit.findings import Finding
from logistics.kit.geo import Point
from logistics.routing.edge.plan_wire import noticed_out, result_of, violation_out
from logistics.routing.explain import explain_plan
from logistics.routing.model import CASH
from logistics.routing.violations import Rule, Violation
from logistics.sites.edge.tables import SiteRow
from tests.routing.builders import plan_of
from tests.routing.edge.days import EPOCH, day

DAY = day()
SITE: dict[str, Any] = {"id": "sit_1", "name": "Corner Store"}
STORES = {"sit_1": SiteRow(**SITE)}


def test_the_figures_of_a_plan_add_up() -> None:
    result = result_of(DAY, plan_of(DAY.problem, "0 1"))
    assert result.summary is not None
    # 400 m and 400 s of driving; two set-ups of 30 s, two services of 60 s.
    figures = result.summary.model_dump(exclude={"cost"})
    assert figures == {
        "distance_m": 400, "travel_s": 400, "wait_s": 0, "service_s": 180, "tasks": 2, "door": 2, "service_point": 0,
        "carrier": 0, "left_out": 0, "vehicles": 1,
    }  # fmt: skip
    assert (result.violations, result.left_out, result.to_carrier) == ([], [], [])


def test_a_route_tells_times_load_and_stops() -> None:
    (route,) = result_of(DAY, plan_of(DAY.problem, "0 1")).routes
    first, second = route.stops
    assert (route.start_at, first.arrive_at, first.start_at, first.depart_at) == (
        EPOCH, EPOCH + timedelta(seconds=100), EPOCH + timedelta(seconds=130), EPOCH + timedelta(seconds=190),
    )  # fmt: skip
    assert (second.address, second.visits[0].tracking_no, second.site_id) == ("Street 1", "T1", None)
    assert second.visits[0].cod_due is not None
    assert route.load.model_dump() == {"g": 1000, "cm3": 2000, "parcels": 2, "cash_minor": 5000}
    assert route.load_percent == 100  # 1000 of 1000 g; half the volume, a quarter of the pieces


def test_the_line_is_drawn_by_who_knows_the_roads() -> None:
    (route,) = result_of(DAY, plan_of(DAY.problem, "0"), path=lambda way: [*way, Point(lat=1.0000049, lon=2)]).routes
    assert route.polyline == [(30.0, 120.0), (30.001, 120.0), (30.0, 120.0), (1.0, 2.0)]


def test_what_is_on_no_route_says_why() -> None:
    plan = plan_of(DAY.problem, "", to_carrier=[1], left_out=[0])
    result = result_of(DAY, plan, explanations=explain_plan(DAY.problem, plan))
    assert (result.to_carrier[0].carrier, result.to_carrier[0].reason) == (
        "express", "Own vehicles would have cost 0.00 CNY.",
    )  # fmt: skip
    assert (result.left_out[0].reason.code, result.left_out[0].tracking_no) == ("fits", "T0")
    assert result_of(DAY, plan).left_out[0].reason.text == "The search is still going on."


def test_what_is_broken_is_named() -> None:
    result = result_of(DAY, plan_of(DAY.problem, "0 0 1"))
    assert [(one.code, one.shipment_id, one.amount, one.unit) for one in result.violations] == [
        ("doubled", "shp_0", 1, "count"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("broken", "shown"),
    [
        (Violation(Rule.CAPACITY, 4200, 0, name="g"), (4200, "g", "g")),
        (Violation(Rule.CASH, 2500, 0, name=CASH), (2500, "minor", CASH)),
        (Violation(Rule.WINDOW, 720, 0, 0), (720, "s", "")),
        (Violation(Rule.DISTANCE, 1500, 0), (1500, "m", "")),
        (Violation(Rule.ROOM, 3, name="sit_1"), (3, "count", "Corner Store")),
        (Violation(Rule.UNREACHABLE, 1, 0, 0), (1, "", "")),
    ],
)
def test_a_broken_rule_says_by_how_much_and_of_what(broken: Violation, shown: tuple[int, str, str]) -> None:
    one = violation_out(replace(DAY, stores=STORES), broken)
    assert (one.amount, one.unit, one.name) == shown


def test_what_was_noticed_keeps_its_figure_and_names_the_store() -> None:
    found = Finding("task shp_0", "room", "taken off its route", amount=3, unit="count", name="sit_1")
    one = noticed_out(STORES, found)
    assert (one.where, one.code, one.amount, one.unit, one.name) == ("task shp_0", "room", 3, "count", "Corner Store")
