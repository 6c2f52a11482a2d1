"""What a proposal shows: places, prices, changes, promises, reasons."""

from __future__ import annotations

import pytest

from logistics.routing.violations import LATE, Rule, Violation
from tests.delivery.edge.replan.road import Road, insert


def test_a_delay_is_told_and_broken_promises_are_named(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    (first,) = road.release(north)
    road.depart(first, north)
    done = road.accepted({"kind": "delay", "run_id": first, "minutes": 90})
    assert {one["shipment_id"] for one in done["broken_promises"]} == {one["id"] for one in north}
    assert not any(one["already"] for one in done["broken_promises"])
    assert all(one["shift_min"] > 60 and not one["moved"] for one in done["changes"])
    assert road.order_of(first)[0] == (1, north[0]["id"])
    expected = [stop["expected_start_at"] for stop in road.run(first)["stops"]]
    assert expected[0] >= "2026-11-24T13:30:00Z"
    assert expected == sorted(expected)


def test_a_broken_rule_names_van_and_recipient_and_says_by_how_much(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = road.order(2)
    (first,) = road.release([late])
    road.depart(first, [late])
    # A day that loosens whatever cannot be kept any more breaks next to nothing: the judge is told what to find.
    found = (Violation(Rule.WINDOW, 720, 0, 0, LATE), Violation(Rule.CAPACITY, 4200, 1, name="g"))
    monkeypatch.setattr("logistics.routing.edge.replan.check_plan", lambda _problem, _plan: found)
    window, weight = road.proposed({"kind": "delay", "run_id": first, "minutes": 20})["violations"]
    assert (window["vehicle_name"], window["unit"], window["amount"]) == ("Van 1", "s", 720)
    assert (window["name"], window["text"]) == (LATE, "12 min after the time window closes")
    assert (window["tracking_no"], window["recipient_name"]) == (late["tracking_no"], late["recipient"]["name"])
    assert (weight["vehicle_name"], weight["unit"], weight["name"], weight["recipient_name"]) == ("Van 2", "g", "g", "")


def test_who_finds_no_place_is_told_why(road: Road) -> None:
    (first,) = road.release([road.order(1)])
    gone = {"start": "2026-11-24T11:00:00Z", "end": "2026-11-24T12:00:10Z"}
    answer = road.proposed(insert(road.order(30, window=gone)))
    (left,) = answer["left_out"]
    assert left["reason"]["code"] == "window"
    assert answer["inserted"] == []
    assert road.ok(road.accept(answer))["state"] == "accepted"
    assert len(road.order_of(first)) == 1
