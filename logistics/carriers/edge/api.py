"""Routes of carriers."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request, Response

from logistics.access.edge.guard import allow
from logistics.access.model import Principal
from logistics.carriers.adapters.kuaidi100 import wire
from logistics.carriers.edge import cash, handlers, inbound, store
from logistics.carriers.edge.schemas import (
    CarrierIn,
    CarrierOut,
    CodRemittanceIn,
    CodRemittanceOut,
    ConsignmentOut,
    FindingOut,
    HandoverIn,
    HandoverOut,
    NewCarrierOut,
    PushAnswer,
    UnmappedCodeOut,
)
from logistics.carriers.edge.tables import CarrierRow, ConsignmentRow
from logistics.carriers.lifecycle import ConsignmentState
from logistics.kit.edge.db import Database
from logistics.kit.edge.egress import Egress
from logistics.kit.edge.http import Ctx, Once, Paging, Reading, Tx, problems
from logistics.kit.edge.wire import MoneyWire, Page
from logistics.kit.errors import Forbidden
from logistics.kit.findings import Finding

log = logging.getLogger(__name__)
router = APIRouter(prefix="/v1", tags=["carriers"])
HIDDEN = {"secret", "callback_hash"}
MONEY = ("expected_cost", "cod_due", "cod_collected", "cod_remitted")


@router.post("/carriers", status_code=201, responses=problems(409), dependencies=[Depends(allow("carriers.write"))])
def create_carrier(body: CarrierIn, tx: Tx, ctx: Ctx) -> NewCarrierOut:
    """Enter a carrier; the answer holds the hidden part of its callback address, this once."""
    made = handlers.create_carrier(body, egress=Egress(loopback=ctx.settings.egress_loopback), tx=tx)
    path = f"/v1/carriers/{made.row.code}/callback/{made.callback_secret}"
    values = made.row.model_dump(exclude=HIDDEN)
    return NewCarrierOut.model_validate(values | {"callback_secret": made.callback_secret, "callback_path": path})


@router.get("/carriers", responses=problems(), dependencies=[Depends(allow("carriers.read"))])
def list_carriers(session: Reading) -> list[CarrierOut]:
    """List the carriers, without their secrets."""
    return [_carrier(row) for row in store.list_carriers(session)]


@router.get("/carriers/unmapped", responses=problems(), dependencies=[Depends(allow("carriers.read"))])
def list_unmapped(session: Reading) -> list[UnmappedCodeOut]:
    """List the codes that are in no table, with how often each came."""
    return [UnmappedCodeOut.model_validate(row.model_dump()) for row in store.list_unmapped(session)]


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post("/carriers/{code}/callback/{secret}", response_model=PushAnswer, responses=problems(404))
def take_push(
    code: str,
    secret: str,
    request: Request,
    body: Annotated[bytes, Depends(_body)],
    ctx: Ctx,
    background: BackgroundTasks,
) -> dict[str, bool | str]:
    """Take a carrier's push (public; form fields `sign` and `param`): kept first, answered, then read."""
    with ctx.db.transaction() as tx:
        push = inbound.keep_push(code, secret, body, request.headers, tx=tx)
    if push.state == "refused":
        return wire.refused("签名验证失败")
    background.add_task(_read, push.id, ctx.db)
    return wire.accepted()


@router.post(
    "/carriers/{code}/cod-remittances",
    response_model=CodRemittanceOut,
    status_code=201,
    responses=problems(400, 404, 409),
    dependencies=[Depends(allow("carriers.remit"))],
)
def take_cod_remittance(code: str, body: CodRemittanceIn, tx: Tx, once: Once) -> Response:
    """Record COD money a carrier passed on; a line that does not fit is said, and leaves the others alone."""
    lines = [(line.waybill_no, line.amount.to_money()) for line in body.lines]

    def take() -> CodRemittanceOut:
        taken, findings = cash.remit(code, lines, tx=tx)
        return CodRemittanceOut(taken_count=taken, findings=_findings(findings))

    return once(take)


@router.get("/consignments", responses=problems(), dependencies=[Depends(allow("carriers.read"))])
def list_consignments(
    session: Reading,
    paging: Paging,
    carrier: str = "",
    state: Annotated[ConsignmentState | None, Query()] = None,
    shipment_id: str = "",
) -> Page[ConsignmentOut]:
    """List what carriers got from us, newest first."""
    rows = store.list_consignments(
        session, carrier=carrier, state=state or "", shipment_id=shipment_id, after=paging.after, limit=paging.limit
    )
    following = rows[-1].id if len(rows) == paging.limit else None
    return Page(items=[_consignment(row) for row in rows], next_cursor=following)


@router.post("/depots/{site_id}/carrier-handovers", responses=problems(404))
def hand_over(
    site_id: str, body: HandoverIn, tx: Tx, who: Annotated[Principal, Depends(allow("carriers.handover"))]
) -> HandoverOut:
    """Record what a carrier's driver took along; a repeated scan is a finding, not an error."""
    if who.site_id and who.site_id != site_id:
        raise Forbidden("You work at another site.")
    left, findings = handlers.hand_over(site_id, body.carrier, body.waybill_nos, body.labels, tx=tx)
    return HandoverOut(handed_over=left, findings=_findings(findings))


def _read(push_id: str, db: Database) -> None:
    try:
        inbound.read_push(push_id, db)
    except Exception:  # it is kept: clock work reads it again
        log.exception("the push %s could not be read", push_id)


def _carrier(row: CarrierRow) -> CarrierOut:
    return CarrierOut.model_validate(row.model_dump(exclude=HIDDEN))


def _consignment(row: ConsignmentRow) -> ConsignmentOut:
    values = row.model_dump(include=set(ConsignmentOut.model_fields))
    amounts = {name: MoneyWire(amount_minor=getattr(row, f"{name}_minor"), currency=row.currency) for name in MONEY}
    return ConsignmentOut.model_validate(values | amounts)


def _findings(findings: list[Finding]) -> list[FindingOut]:
    return [FindingOut(where=f.where, code=f.code, message=f.message, expected=f.expected) for f in findings]
