"""Tells those who plan in which hours vehicles are out already."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session

from logistics.delivery.edge import store
from logistics.kit.edge.context import Context
from logistics.routing.edge.decided import Hours, tell_hours_with


def attach(ctx: Context) -> None:
    """Let the plans of this context's database know of its runs."""
    tell_hours_with(ctx, hours_of)


def hours_of(session: Session, vehicle_ids: Collection[str]) -> dict[str, list[Hours]]:
    """Return by vehicle when it is out on runs that are on the road or still to leave, as they are planned."""
    found: dict[str, list[Hours]] = {}
    for run in store.list_changeable_runs_of(session, vehicle_ids):
        found.setdefault(run.vehicle_id, []).append((run.planned_start_at, run.planned_end_at))
    return found
