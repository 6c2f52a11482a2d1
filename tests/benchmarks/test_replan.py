"""The benchmark of the running day counts what it says it counts."""

from __future__ import annotations

from benchmarks.days import make_day
from benchmarks.replan import Row, drafts_of, measured, promises_of, table
from logistics.routing.construct import construct
from logistics.routing.edge.replan import Asked
from logistics.routing.model import TimeWindow
from tests.routing.builders import line_problem, plan_of, van


def test_a_van_that_comes_by_takes_the_new_order_and_nobody_else_changes() -> None:
    before = line_problem([0, 10, 20, -10], vehicles=[van(0), van(1)])
    whole = line_problem([0, 10, 20, -10, 15], vehicles=[van(0), van(1)])
    row = measured("insert", whole, plan_of(before, "0 1 / 2"), 60, Asked(0, 5))
    assert (row.cost, row.gap_percent, row.others_changed, row.left_out) == (60, 0.0, 0, 0)


def test_the_orders_of_the_lost_van_are_not_counted_among_the_others() -> None:
    day = line_problem([0, 10, 20, -10], vehicles=[van(0), van(1, shift=TimeWindow(0, 0))])
    row = measured("lose a van", day, plan_of(day, "0 1 / 2"), 60, Asked(0, 5), lost=1)
    assert (row.cost, row.others_changed, row.left_out) == (60, 0, 0)


def test_a_small_day_is_made_planned_and_promised() -> None:
    day = make_day(12, 1)
    plan = construct(day)
    promised = promises_of(plan)
    assert set(promised) == {pick.task for _, trips in drafts_of(plan) for trip in trips for pick in trip}
    starts = {visit.pick.task: visit.start_s for route in plan.routes for visit in route.visits}
    assert all(promised[task].start_s < start < promised[task].end_s for task, start in starts.items())


def test_the_table_shows_means_and_the_worst() -> None:
    rows = [Row("insert", seed, 1.0, 1000.0, cost, 1000, seed, 0, 0) for seed, cost in ((1, 1001), (2, 1003))]
    assert "| insert | 1 | 1000.0 | 0.20 (0.30) | 1.5 (2) | 0 | 0 |" in table(rows)
