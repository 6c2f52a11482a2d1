"""Explaining a day within its time, and one shipment when somebody looks at it."""

from __future__ import annotations

import pytest

from logistics.kit.errors import NotFound
from logistics.routing.edge import explaining
from tests.routing.builders import plan_of
from tests.routing.edge.days import day

DAY = day()
PLAN = plan_of(DAY.problem, "", to_carrier=[1], left_out=[0])


def test_what_is_left_out_is_explained_first() -> None:
    explained, findings = explaining.explain_day(DAY, PLAN)
    assert ([one.task for one in explained], findings) == ([0, 1], [])


def test_when_time_is_up_it_says_how_many_are_not_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining, "EXPLAIN_S_MAX", -1.0)
    explained, (finding,) = explaining.explain_day(DAY, PLAN)
    assert (explained, finding.code) == ([], "unexplained")
    assert "2 shipments" in finding.message


def test_a_shipment_tells_its_ways_and_why_it_is_on_no_route() -> None:
    task = explaining.task_out(DAY, PLAN, "shp_1", "van0")
    assert (task.vehicle_id, task.locked_to, task.reason and task.reason.code) == (None, "van0", "price")
    assert [(way.kind, way.chosen) for way in task.ways] == [("carrier", True), ("door", False)]
    on_route = explaining.task_out(DAY, plan_of(DAY.problem, "0 1"), "shp_0", None)
    assert (on_route.vehicle_id, on_route.reason, on_route.repairs) == ("van0", None, [])


def test_who_is_not_in_the_plan_is_refused() -> None:
    with pytest.raises(NotFound):
        explaining.task_out(DAY, PLAN, "shp_9", None)
