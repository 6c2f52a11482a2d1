"""Answers about plans that are kept: the row as it travels, with its version; what a change would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from fastapi import Response
from sqlmodel import Session

from logistics.kit.edge.wire import MoneyWire
from logistics.routing import cost_units
from logistics.routing.cost import plan_cost
from logistics.routing.edge import store
from logistics.routing.edge.day_planner import Day
from logistics.routing.edge.history import neighbours
from logistics.routing.edge.plan_wire import violation_out
from logistics.routing.edge.schemas import PlanHead, PlanOut, PreviewOut, ResultOut
from logistics.routing.edge.tables import FAILURE, PlanRow
from logistics.routing.model import Plan
from logistics.routing.violations import check_plan


def preview_of(day: Day, now: Plan, then: Plan) -> PreviewOut:
    """Write what a change would do: cost, rules broken anew, rules kept again."""
    before, after = Counter(check_plan(day.problem, now)), Counter(check_plan(day.problem, then))
    costs = [plan_cost(day.problem, plan).total for plan in (now, then)]
    return PreviewOut(
        cost=_money(costs[1], day),
        difference=_money(costs[1] - costs[0], day),
        broken=[violation_out(day, one) for one in (after - before).elements()],
        mended=[violation_out(day, one) for one in (before - after).elements()],
    )


def tagged(session: Session, row: PlanRow, response: Response) -> PlanOut:
    """Write a plan with its version as ETag, and whether there is a step to go back or forth to."""
    response.headers["ETag"] = f'"{row.version}"'
    can_undo, can_redo = neighbours(store.step_numbers(session, row.id), row.step)
    return plan_out(row).model_copy(update={"can_undo": can_undo, "can_redo": can_redo})


def plan_out(row: PlanRow) -> PlanOut:
    """Write a plan with everything that came out."""
    result = ResultOut.model_validate(row.result or {})
    return PlanOut.model_validate(plan_head(row).model_dump() | result.model_dump())


def plan_head(row: PlanRow) -> PlanHead:
    """Write a plan without its routes."""
    values = row.model_dump(exclude={"result", "drafts"})
    return head_out(values | {"summary": (row.result or {}).get("summary")})


def head_out(values: Mapping[str, Any]) -> PlanHead:
    """Write the columns of a plan that lists show, with the summary of what came out."""
    progress = values["progress"] or {}
    failure = progress.get(FAILURE, {})
    why = {"error_code": failure.get("code", ""), "error_facts": failure.get("facts", {})}
    return PlanHead.model_validate({**values, **why, "progress": progress})


def _money(cost: int, day: Day) -> MoneyWire:
    return MoneyWire.of(cost_units.to_money(cost, day.currency))
