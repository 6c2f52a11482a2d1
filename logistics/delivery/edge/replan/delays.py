"""A van that is late before it has left: how long that is remembered, and what ends it.

What was told of a run holds for its vehicle: until it leaves, until something else is told, or until that moment is
over. It outlives the run: a late van whose work was given to others is late for the next run, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from logistics.delivery.edge import store
from logistics.delivery.edge.tables import RunRow
from logistics.delivery.lifecycle import RunState
from logistics.delivery.replanning import Kind, Tail
from logistics.kit.edge.db import Transaction

if TYPE_CHECKING:
    from logistics.delivery.edge.replan.running import RunningDay  # which is made of what is read here


def not_before_of(session: Session, on: date, vehicle_ids: Collection[str]) -> dict[str, datetime]:
    """Return before when vehicles of a day cannot leave, as was told; who is not late is not named."""
    found: dict[str, datetime] = {}
    for run in store.list_late_runs(session, on, vehicle_ids):
        assert run.not_before_at is not None, "only such are listed"
        found[run.vehicle_id] = max(run.not_before_at, found.get(run.vehicle_id, run.not_before_at))
    return found


def tell(run: RunRow, not_before_at: datetime | None, *, tx: Transaction) -> None:
    """Keep what is told of a run now, in place of what was told before of its vehicle; one on the road has left."""
    if run.state == RunState.UNDERWAY:
        return
    for row in store.list_late_runs(tx.session, run.on, [run.vehicle_id]):
        row.not_before_at = None
        tx.session.add(row)
    run.not_before_at = not_before_at
    tx.session.add(run)


def not_before_in(day: RunningDay, tails: Iterable[Tail]) -> Mapping[str, datetime]:
    """Return before when vehicles cannot leave, once what happened is told too.

    A vehicle that is on the road leaves on its next run when that is planned; one at its depot when it can.
    """
    ground, leaves = day.ground, {tail.run_id: tail.start_at for tail in tails}
    known = dict(ground.not_before)
    for one in ground.happened:
        if one.kind is not Kind.DELAY or ground.runs[one.run_id].is_underway:
            continue
        vehicle_id = ground.runs[one.run_id].vehicle_id
        car = next(car for car in day.now.vehicles if car.id == vehicle_id)
        known[vehicle_id] = leaves[one.run_id] if car.underway else day.moment(car.shift.start_s)
        if one.minutes == 0:
            del known[vehicle_id]
    return known
