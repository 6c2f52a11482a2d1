"""Routes of the running day: what happened, what would follow, and doing it."""

from __future__ import annotations

from datetime import date

import msgspec
from fastapi import APIRouter, Depends, Request

from logistics.access.edge.guard import allow
from logistics.delivery.edge import store
from logistics.delivery.edge.replan import accepting
from logistics.delivery.edge.replan.ground import Part, read_ground
from logistics.delivery.edge.replan.proposal import Proposed, propose
from logistics.delivery.edge.replan.running import Gathered
from logistics.delivery.edge.replan.schemas import HappenedWire, ProposalOut, ReplanHead, ReplanIn, ReplanOut
from logistics.delivery.edge.tables import ReplanRow
from logistics.delivery.lifecycle import REPLAN, ReplanState
from logistics.delivery.replanning import Happened, Kind
from logistics.kit.edge.clock import monotonic_s
from logistics.kit.edge.context import Context
from logistics.kit.edge.http import Ctx, Paging, Reading, Tx, audit, problems
from logistics.kit.edge.wire import Page
from logistics.kit.errors import Invalid
from logistics.kit.money import Money
from logistics.routing.edge.sources import travel_source

router = APIRouter(prefix="/v1", tags=["delivery"])


@router.post("/replans", status_code=201, responses=problems(404, 409), dependencies=[Depends(allow("replans.write"))])
def propose_replan(body: ReplanIn, request: Request, ctx: Ctx) -> ReplanOut:
    """Say what happened, and get a proposal: a place and a price for who is new, and everything that would change.

    Nothing changes until it is accepted. With `seconds` 0 it is answered at once, by insertion alone.
    """
    began_s = monotonic_s()
    on, travel, proposed = _proposed(body, ctx, began_s)
    with ctx.db.transaction() as tx:  # searching takes its time; nobody shall wait for it
        row = ReplanRow(
            id=tx.new_id("rpl"),
            on=on,
            state=REPLAN.start,
            travel=travel,
            proposal=proposed.shown.model_dump(mode="json"),
            decision=msgspec.to_builtins(proposed.decision),
            created_at=tx.now,
        )
        tx.session.add(row)
        audit(request, tx)
    return _out(row)


@router.get("/replans", responses=problems(), dependencies=[Depends(allow("replans.read"))])
def list_replans(session: Reading, page: Paging, on: date | None = None) -> Page[ReplanHead]:
    """List replans, newest first."""
    rows = store.list_replans(session, on, after=page.after, limit=page.limit)
    more = rows[-1].id if len(rows) == page.limit else None
    return Page(items=[_head(row) for row in rows], next_cursor=more)


@router.get("/replans/{replan_id}", responses=problems(404), dependencies=[Depends(allow("replans.read"))])
def get_replan(replan_id: str, session: Reading) -> ReplanOut:
    """Show a proposal as it was made."""
    return _out(store.get_replan(session, replan_id))


@router.post(
    "/replans/{replan_id}/accept", responses=problems(404, 409), dependencies=[Depends(allow("replans.write"))]
)
def accept_replan(replan_id: str, tx: Tx) -> ReplanOut:
    """Change the runs as proposed, all of it or nothing; refused where a run it touches has moved on since.

    Refused, too, where a van would be out on two runs at once by now (`vehicle_busy`), or a carrier would get more than
    its quota (`quota_used_up`).
    """
    return _out(accepting.accept(replan_id, tx=tx))


@router.post(
    "/replans/{replan_id}/discard", responses=problems(404, 409), dependencies=[Depends(allow("replans.write"))]
)
def discard_replan(replan_id: str, tx: Tx) -> ReplanOut:
    """Lay a proposal aside; nothing of it was done."""
    return _out(accepting.discard(replan_id, tx=tx))


def _proposed(body: ReplanIn, ctx: Context, began_s: float) -> tuple[date, str, Proposed]:
    happened = [_happened(number, one) for number, one in enumerate(body.changes)]
    part = Part(frozenset(body.run_ids), frozenset(body.depot_ids))
    with ctx.db.reading() as session:
        on = body.on or store.find_day(session, body.run_ids)
        if on is None:
            raise Invalid("on", "is missing", "the day, or the ids of runs of one day")
        ground = read_ground(session, on, part, happened, now=ctx.clock.now())
        gathered = Gathered(session, ground)
    day = gathered.build(travel_source(ground.travel, ctx.settings))  # a server may be slow: it holds no connection
    price = body.change_price.to_money() if body.change_price else None
    if price is not None and (price.currency != day.currency or price.amount_minor < 0):
        raise Invalid("change_price", "cannot be weighed", f"0 or more, in {day.currency}")
    price = price or Money(ctx.settings.replan_change_price_minor, day.currency)
    return on, ground.travel, propose(day, seconds=body.seconds, change_price=price, began_s=began_s)


def _happened(number: int, one: HappenedWire) -> Happened:
    if one.kind is Kind.DELAY and "minutes" not in one.model_fields_set:  # 0 would take back what was told
        raise Invalid(f"changes[{number}].minutes", "is missing", "by how many minutes it is late")
    window = one.window.to_window() if one.window else None
    return Happened(one.kind, one.shipment_id, one.run_id, window, one.minutes)


def _asked(row: ReplanRow) -> list[HappenedWire]:
    return [HappenedWire.model_validate(one) for one in row.decision["happened"]]


def _out(row: ReplanRow) -> ReplanOut:
    shown = ProposalOut.model_validate(row.proposal)
    return ReplanOut(
        **shown.model_dump(),
        id=row.id,
        on=row.on,
        state=ReplanState(row.state),
        asked=_asked(row),
        created_at=row.created_at,
        decided_at=row.decided_at,
    )


def _head(row: ReplanRow) -> ReplanHead:
    shown = ProposalOut.model_validate(row.proposal)
    return ReplanHead(
        id=row.id,
        on=row.on,
        state=ReplanState(row.state),
        asked=_asked(row),
        moved_count=sum(one.moved for one in shown.changes),
        difference=shown.difference,
        created_at=row.created_at,
        decided_at=row.decided_at,
    )
