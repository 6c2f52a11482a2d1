"""Explains what came out of a search or an edit, as far as time allows; what was not reached can be asked for later.

Everything is explained with the whole plan (`explain_day`, bounded by `EXPLAIN_S_MAX`), one shipment with all its ways
when somebody looks at it (`task_out`): that takes a moment, so it is done only then.
"""

from __future__ import annotations

from sqlmodel import Session

from logistics.kit.edge.clock import monotonic_s
from logistics.kit.errors import NotFound
from logistics.kit.findings import Finding
from logistics.routing.alternatives import find_alternatives
from logistics.routing.edge import handlers
from logistics.routing.edge.day_planner import Day, read_day
from logistics.routing.edge.explaining_wire import group_out, reason_out, repairs_out, way_out
from logistics.routing.edge.matrix_source import TravelSource
from logistics.routing.edge.schemas import TaskOut
from logistics.routing.edge.tables import PlanRow
from logistics.routing.explain import Explainer, Explanation
from logistics.routing.model import Plan

EXPLAIN_S_MAX = 4.0  # explaining is for people; after so long the plan itself is more urgent


def explain_day(day: Day, plan: Plan) -> tuple[list[Explanation], list[Finding]]:
    """Explain what is on no route, left out first, as far as time allows; say how many were not explained."""
    until_s = monotonic_s() + EXPLAIN_S_MAX
    tasks = (*plan.left_out, *plan.to_carrier)
    explainer = Explainer(day.problem, plan, day.closed)
    explained: list[Explanation] = []
    for task in tasks:
        if monotonic_s() > until_s:
            rest = len(tasks) - len(explained)
            message = f"{rest} shipments on no route were not explained yet"
            return explained, [Finding("plan", "unexplained", message, amount=rest, unit="count")]
        explained.append(explainer.explain(task))
    return explained, []


def widened(session: Session, row: PlanRow, day: Day, plan: Plan, source: TravelSource) -> tuple[Day, Plan]:
    """Return the same day and plan with the ways that are not open yet, if anybody on no route has such ways."""
    if not any(day.ways[task].closed for task in (*plan.left_out, *plan.to_carrier)):
        return day, plan
    ours = handlers.changed(row, shipment_ids=[shipment.id for shipment in day.shipments])
    wide = read_day(session, ours, source, wide=True)
    return wide, handlers.plan_of(session, wide, handlers.drafts_of(day, plan))


def task_out(day: Day, plan: Plan, shipment_id: str, locked_to: str | None) -> TaskOut:
    """Tell all ways of one shipment, and if it is on no route, why and what would help."""
    task = next((number for number, row in enumerate(day.shipments) if row.id == shipment_id), None)
    if task is None:
        raise NotFound("There is no such shipment in this plan.")
    row, vehicle = day.shipments[task], plan.vehicle_of().get(task)
    found = find_alternatives(day.problem, plan, task, day.closed)
    why = Explainer(day.problem, plan, day.closed).explain(task) if vehicle is None else None
    leave = day.problem.tasks[task].leave_cost if task in plan.to_carrier else None
    chosen = next((way.price for way in found.ways if way.is_chosen), None)
    return TaskOut(
        shipment_id=row.id,
        tracking_no=row.tracking_no,
        recipient_name=row.recipient_name,
        vehicle_id=None if vehicle is None else day.vehicles[vehicle].id,
        locked_to=locked_to,
        group=group_out(day, found.group),
        ways=[way_out(day, plan, found, way, chosen) for way in found.ways],
        reason=reason_out(day, why) if why else None,
        repairs=repairs_out(day, why, instead_of=leave) if why else [],
    )
