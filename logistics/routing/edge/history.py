"""The steps of a plan: every change by hand is kept for a while, can be undone, and done again.

Step 0 is what the search found. A change after something was undone drops what could have been done again. Each step
back or forth is a change like any other: the version goes up, and whoever read an older one is refused (412).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, NotFound
from logistics.routing.edge import handlers, store
from logistics.routing.edge.schemas import ResultOut, StepOut
from logistics.routing.edge.tables import PlanRow, PlanStepRow

STEPS_MAX = 30  # of one plan, besides what the search found


@dataclass(frozen=True, slots=True)
class Changed:
    """What a plan is after a change: what is shown of it, its decisions, its locks."""

    result: ResultOut
    drafts: handlers.Drafts
    locks: dict[str, str]


def keep(plan_id: str, version: int, new: Changed, made_by: str, *, tx: Transaction) -> PlanRow:
    """Keep a change by hand as the next step, if nobody else changed the plan meanwhile (else 412)."""
    row = store.lock_plan(tx.session, plan_id)
    handlers.check_version(row, version)
    kept = store.step_numbers(tx.session, plan_id)
    if row.step not in kept:
        tx.session.add(_step(row, "", tx))
    gone = [step for step in kept if step > row.step or 0 < step <= row.step + 1 - STEPS_MAX]
    store.forget_steps(tx.session, plan_id, gone)
    tx.session.flush()
    row.result, row.drafts, row.locks = new.result.model_dump(mode="json"), new.drafts, new.locks
    row.step, row.version = row.step + 1, row.version + 1
    tx.session.add(row)
    tx.session.add(_step(row, made_by, tx))
    return row


def go_back(plan_id: str, version: int, *, tx: Transaction) -> PlanRow:
    """Undo the last change by hand; refused (409) if there is none that is kept."""
    return _go(plan_id, version, -1, "There is nothing to undo.", tx)


def go_forth(plan_id: str, version: int, *, tx: Transaction) -> PlanRow:
    """Do again what was undone last; refused (409) if nothing was."""
    return _go(plan_id, version, 1, "There is nothing to do again.", tx)


def get_step(session: Session, row: PlanRow, step: int) -> dict[str, Any] | None:
    """Return what is shown of a plan at a step; refused (404) if it is not kept."""
    if step == row.step:
        return row.result
    kept = store.find_step(session, row.id, step)
    if kept is None:
        raise NotFound("This step of the plan is not kept.")
    return kept.result


def steps_out(session: Session, row: PlanRow) -> list[StepOut]:
    """List the steps that are kept, the first one first."""
    return [
        StepOut.model_validate({**head, "current": head["step"] == row.step})
        for head in store.list_step_heads(session, row.id)
    ]


def neighbours(numbers: Sequence[int], step: int) -> tuple[bool, bool]:
    """Tell whether there is a step before and one after; step 0 is the one before the oldest only if that is 1."""
    return step - 1 in numbers, step + 1 in numbers


def _go(plan_id: str, version: int, by: int, nothing: str, tx: Transaction) -> PlanRow:
    row = store.lock_plan(tx.session, plan_id)
    handlers.check_version(row, version)
    kept = store.find_step(tx.session, plan_id, row.step + by)
    if kept is None:
        raise Conflict(nothing, code="no_such_step")
    row.result, row.drafts, row.locks = kept.result, kept.drafts, kept.locks
    row.step, row.version = kept.step, row.version + 1
    tx.session.add(row)
    return row


def _step(row: PlanRow, made_by: str, tx: Transaction) -> PlanStepRow:
    return PlanStepRow(
        plan_id=row.id,
        step=row.step,
        made_by=made_by,
        made_at=tx.now,
        locks=row.locks,
        drafts=row.drafts,
        result=row.result or {},
    )
