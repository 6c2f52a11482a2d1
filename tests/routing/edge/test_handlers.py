"""What was kept of a plan is read again as it was."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from logistics.routing.construct import complete
from logistics.routing.edge import handlers
from logistics.routing.violations import check_plan
from tests.routing.edge.days import day


def test_a_kept_plan_is_read_again_with_what_a_carrier_took_and_what_it_did_not() -> None:
    plain = day()
    tasks = tuple(replace(task, leave_cost=9, carrier="express") for task in plain.problem.tasks)
    full = replace(plain, problem=replace(plain.problem, tasks=tasks, quotas={"express": 1}))
    found = complete(full.problem, ())
    assert (found.to_carrier, found.left_out) == ((0,), (1,))
    again = handlers.plan_of(Session(), full, handlers.drafts_of(full, found))
    assert (again, check_plan(full.problem, again)) == (found, ())
