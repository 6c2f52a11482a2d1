"""Routes of a plan that was found: changing it by hand, going back, comparing, asking why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from logistics.access.edge.guard import allow
from logistics.access.model import Principal
from logistics.kit.edge.context import Context
from logistics.kit.edge.etags import Seen
from logistics.kit.edge.http import Ctx, Reading, Tx, audit, problems
from logistics.kit.errors import Conflict
from logistics.routing.edge import explaining, handlers, history, store
from logistics.routing.edge.comparing import comparison_out
from logistics.routing.edge.day_planner import Day, gather_day
from logistics.routing.edge.matrix_source import TravelSource
from logistics.routing.edge.plan_answer import preview_of, tagged
from logistics.routing.edge.plan_wire import result_of
from logistics.routing.edge.schemas import ComparisonOut, MovesIn, PlanOut, PreviewOut, ResultOut, StepOut, TaskOut
from logistics.routing.edge.sources import travel_at_hand
from logistics.routing.edge.tables import PlanRow
from logistics.routing.model import Plan

router = APIRouter(prefix="/v1/plans/{plan_id}", tags=["routing"])
Dispatcher = Annotated[Principal, Depends(allow("plans.write"))]


@router.patch("", responses=problems(404, 409, 412, 503))
def edit_plan(
    plan_id: str, body: MovesIn, request: Request, response: Response, ctx: Ctx, who: Dispatcher, version: Seen
) -> PlanOut:
    """Change a plan by hand. What breaks is shown as violations; `If-Match` carries the ETag that was read."""
    then = _edited(ctx, plan_id, body, version)
    why, unexplained = explaining.explain_day(then.day, then.after)
    result = result_of(then.day, then.after, path=then.source.path, explanations=why, findings=unexplained)
    new = history.Changed(result, handlers.drafts_of(then.day, then.after), then.locks)
    with ctx.db.transaction() as tx:
        kept = history.keep(plan_id, version, new, who.name, tx=tx)
        audit(request, tx)
        return tagged(tx.session, kept, response)


@router.post("/preview", responses=problems(404, 409, 503), dependencies=[Depends(allow("plans.write"))])
def preview_edit(plan_id: str, body: MovesIn, ctx: Ctx) -> PreviewOut:
    """Tell what a change by hand would cost and break, without doing it."""
    then = _edited(ctx, plan_id, body, None)
    return preview_of(then.day, then.before, then.after)


@router.post("/undo", responses=problems(404, 409, 412), dependencies=[Depends(allow("plans.write"))])
def undo_edit(plan_id: str, response: Response, tx: Tx, version: Seen) -> PlanOut:
    """Go back to what the plan was before the last change by hand."""
    return tagged(tx.session, history.go_back(plan_id, version, tx=tx), response)


@router.post("/redo", responses=problems(404, 409, 412), dependencies=[Depends(allow("plans.write"))])
def redo_edit(plan_id: str, response: Response, tx: Tx, version: Seen) -> PlanOut:
    """Do again what was undone last."""
    return tagged(tx.session, history.go_forth(plan_id, version, tx=tx), response)


@router.get("/steps", responses=problems(404), dependencies=[Depends(allow("plans.read"))])
def list_steps(plan_id: str, session: Reading) -> list[StepOut]:
    """List what the plan was after each change by hand, as far as it is kept; none before the first change."""
    return history.steps_out(session, store.get_plan(session, plan_id))


@router.get("/tasks/{shipment_id}", responses=problems(404, 409, 503), dependencies=[Depends(allow("plans.read"))])
def show_task(plan_id: str, shipment_id: str, ctx: Ctx) -> TaskOut:
    """Tell what each way of a shipment costs in this plan, and if it is on no route, why and what would help."""
    with ctx.db.reading() as session:
        row = _found(store.get_plan(session, plan_id))
        gathered = gather_day(session, row, wide=True)
    day = gathered.build(travel_at_hand(row.travel, ctx.settings))
    with ctx.db.reading() as session:
        plan = handlers.plan_of(session, day, row.drafts)
    return explaining.task_out(day, plan, shipment_id, row.locks.get(shipment_id))


@router.get("/comparison", responses=problems(404, 409), dependencies=[Depends(allow("plans.read"))])
def compare_plans(
    plan_id: str,
    session: Reading,
    other_id: Annotated[str, Query(alias="with", max_length=64, description="another plan; empty: this one")] = "",
    step: Annotated[int | None, Query(ge=0, description="the other plan at this step, instead of as it is")] = None,
) -> ComparisonOut:
    """Compare a plan with another one, or with an earlier step of its own (without more: with what was found)."""
    row = store.get_plan(session, plan_id)
    other = store.get_plan(session, other_id) if other_id else row
    at = step if step is not None else other.step if other_id else 0
    then = history.get_step(session, other, at)
    return comparison_out(ResultOut.model_validate(row.result or {}), ResultOut.model_validate(then or {}))


@dataclass(frozen=True, slots=True)
class _Edited:
    """A plan before and after changes that are not kept, on the day both are judged by."""

    day: Day
    before: Plan
    after: Plan
    locks: dict[str, str]
    source: TravelSource


def _edited(ctx: Context, plan_id: str, body: MovesIn, version: int | None) -> _Edited:
    """Return the plan with changes done, not kept; reckoning takes its time, so nobody waits for it.

    Nor does the database: travel times may come from a server.
    """
    with ctx.db.reading() as session:
        row = store.get_plan(session, plan_id)
        handlers.check_version(row, row.version if version is None else version)
        ours = handlers.changed(row, locks=handlers.locked(row.locks, body.locks))
        gathered = gather_day(session, ours, wide=True)
    source = travel_at_hand(row.travel, ctx.settings)
    day = gathered.build(source)
    with ctx.db.reading() as session:
        before = handlers.plan_of(session, day, row.drafts)
    handlers.check_locks(day, body.locks)
    return _Edited(day, before, handlers.moved(day, before, body.moves), ours.locks, source)


def _found(row: PlanRow) -> PlanRow:
    if not row.shipment_ids:
        raise Conflict("The plan holds no shipments as yet.", code="not_planned")
    return row
