"""Routes of shipments: one, many, a file; the list; cancelling, consents, links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response, UploadFile

from logistics.access.edge.guard import allow
from logistics.access.edge.handlers import own_merchant
from logistics.access.model import Principal
from logistics.kit.edge.context import Context
from logistics.kit.edge.http import Ctx, Once, Paging, Reading, Tx, problems
from logistics.kit.edge.wire import FieldProblem, MoneyWire, Page, PointWire, WindowWire
from logistics.kit.errors import FieldError, Refusal, TooLarge
from logistics.kit.geo import Point
from logistics.merchants.edge import store as merchants
from logistics.shipments.edge import handlers, order_files, store
from logistics.shipments.edge.schemas import (
    BatchIn,
    BatchOut,
    CancelIn,
    ConsentIn,
    ConsentOut,
    LinkOut,
    ParcelOut,
    RecipientOut,
    RowResult,
    ShipmentIn,
    ShipmentOut,
)
from logistics.shipments.edge.tables import ParcelRow, ShipmentRow
from logistics.shipments.intake import Row
from logistics.shipments.lifecycle import ShipmentState
from logistics.shipments.model import Draft, Mode

router = APIRouter(prefix="/v1/shipments", tags=["shipments"])
Reader = Annotated[Principal, Depends(allow("shipments.read"))]
Writer = Annotated[Principal, Depends(allow("shipments.write"))]
ROWS_PER_COMMIT = 200  # a long file must not keep the other writers waiting
FILE_BYTES_MAX = 8 * 1024 * 1024
ForMerchant = Annotated[str, Query(max_length=64, description="for staff: whose shipments these are")]


@router.post("", status_code=201, response_model=ShipmentOut, responses=problems(400, 409))
def create_shipment(
    body: ShipmentIn, ctx: Ctx, tx: Tx, once: Once, who: Writer, merchant_id: ForMerchant = ""
) -> Response:
    """Take on one shipment. The same order again (same `order_ref`, same content) is the same shipment."""
    owner = own_merchant(who, merchant_id)

    def make() -> ShipmentOut:
        accepted = handlers.accept(body.to_draft(), merchant_id=owner, tx=tx)
        parcels = store.list_parcels(tx.session, accepted.row.id)
        return to_wire(accepted.row, parcels, _url(ctx, accepted.link))

    return once(make)


@router.post("/batch", responses=problems(400))
def create_batch(body: BatchIn, ctx: Ctx, who: Writer, merchant_id: ForMerchant = "") -> BatchOut:
    """Take on several shipments; each is taken or refused by itself, and sending them again doubles nothing."""
    owner = own_merchant(who, merchant_id)
    rows = [Row(no, one.order_ref, *_draft_or_errors(one)) for no, one in enumerate(body.shipments, start=1)]
    return _batch(rows, owner, dry_run=False, ctx=ctx)


@router.post("/import", responses=problems(413))
def import_file(
    file: UploadFile, ctx: Ctx, who: Writer, merchant_id: ForMerchant = "", *, dry_run: bool = False
) -> BatchOut:
    """Take on a file: CSV, XLSX or JSON. Every row is taken, or answered with what is wrong in which column."""
    owner = own_merchant(who, merchant_id)
    content = file.file.read(FILE_BYTES_MAX + 1)
    if len(content) > FILE_BYTES_MAX:
        raise TooLarge(f"The file is larger than {FILE_BYTES_MAX} bytes; send it in parts.")
    with ctx.db.reading() as session:
        contract = merchants.get_contract(session, owner)
    read = order_files.read(content, currency=contract.currency)
    answer = _batch(read.rows, owner, dry_run=dry_run, ctx=ctx)
    answer.findings = [
        FieldProblem(field=one.where, message=one.message, expected=one.expected) for one in read.findings
    ]
    return answer


@router.get("", responses=problems())
def list_shipments(  # noqa: PLR0913 - one parameter per filter
    *,
    session: Reading,
    page: Paging,
    who: Reader,
    status: Annotated[str, Query(max_length=40, description="public status")] = "",
    state: ShipmentState | None = None,
    mode: Mode | None = None,
    on: Annotated[date | None, Query(description="day of delivery")] = None,
    q: Annotated[str, Query(max_length=100, description="part of a number, a name or an address")] = "",
    merchant_id: ForMerchant = "",
) -> Page[ShipmentOut]:
    """List shipments, newest first; a merchant sees its own."""
    owner = who.merchant_id or merchant_id
    wanted = store.Filter(owner, status, state or "", mode or "", on, q)
    rows = store.list_shipments(session, wanted, after=page.after, limit=page.limit + 1)
    shown = rows[: page.limit]
    parcels = store.list_parcels_of(session, [row.id for row in shown])
    more = shown[-1].id if len(rows) > page.limit else None
    return Page(items=[to_wire(row, parcels[row.id]) for row in shown], next_cursor=more)


@router.get("/{shipment_id}", responses=problems(404))
def get_shipment(shipment_id: str, session: Reading, who: Reader) -> ShipmentOut:
    """Show a shipment."""
    row = store.get_shipment(session, shipment_id, merchant_id=who.merchant_id)
    return to_wire(row, store.list_parcels(session, row.id))


@router.post("/{shipment_id}/cancel", responses=problems(404, 409))
def cancel_shipment(shipment_id: str, body: CancelIn, tx: Tx, who: Writer) -> ShipmentOut:
    """Call a shipment off before it leaves."""
    store.get_shipment(tx.session, shipment_id, merchant_id=who.merchant_id)
    row = handlers.cancel(shipment_id, body.reason, tx=tx)
    return to_wire(row, store.list_parcels(tx.session, row.id))


@router.post("/{shipment_id}/consents", status_code=201, responses=problems(404))
def record_consent(
    shipment_id: str, body: ConsentIn, tx: Tx, who: Annotated[Principal, Depends(allow("consents.write"))]
) -> ConsentOut:
    """Record that the recipient gave or withdrew a permission, and on which channel."""
    store.get_shipment(tx.session, shipment_id, merchant_id=who.merchant_id)
    row = handlers.record_consent(shipment_id, body.to_consent(), tx=tx)
    return ConsentOut(**body.model_dump(), recorded_at=row.recorded_at)


@router.get("/{shipment_id}/consents", responses=problems(404))
def list_consents(shipment_id: str, session: Reading, who: Reader) -> list[ConsentOut]:
    """List all permissions given and withdrawn, oldest first."""
    store.get_shipment(session, shipment_id, merchant_id=who.merchant_id)
    return [
        ConsentOut.model_validate(row.model_dump(exclude={"id", "shipment_id"}))
        for row in store.list_consents(session, shipment_id)
    ]


@router.post("/{shipment_id}/links", status_code=201, responses=problems(404))
def create_link(shipment_id: str, ctx: Ctx, tx: Tx, who: Writer) -> LinkOut:
    """Make another public link to the shipment's page; earlier ones stay good."""
    row = store.get_shipment(tx.session, shipment_id, merchant_id=who.merchant_id)
    return LinkOut(tracking_url=_url(ctx, handlers.new_link(row.id, tx=tx)) or "")


def to_wire(row: ShipmentRow, parcels: Sequence[ParcelRow], tracking_url: str | None = None) -> ShipmentOut:
    """Write a shipment."""
    point = Point(lat=row.lat, lon=row.lon) if row.lat is not None and row.lon is not None else None
    return ShipmentOut(
        **row.model_dump(include=PLAIN),
        state=ShipmentState(row.state),
        recipient=RecipientOut(
            name=row.recipient_name,
            phone=row.phone,
            address=row.address,
            point=PointWire.of(point) if point else None,
            locale=row.locale,
        ),
        parcels=[ParcelOut.model_validate(one.model_dump(include=PARCEL_PLAIN)) for one in parcels],
        cod_due=MoneyWire(amount_minor=row.cod_due_minor, currency=row.currency) if row.cod_due_minor else None,
        value=MoneyWire(amount_minor=row.value_minor, currency=row.currency) if row.value_minor else None,
        window=WindowWire.maybe(row.window_start, row.window_end),
        other_windows=[WindowWire.model_validate(window) for window in row.other_windows],
        promise=WindowWire.maybe(row.promise_start, row.promise_end),
        tracking_url=tracking_url,
    )


PLAIN = {
    "id", "merchant_id", "tracking_no", "order_ref", "status", "status_at", "mode", "mode_wish", "site_id", "carrier",
    "waybill_no", "depot_id", "weight_g", "volume_cm3", "deliver_on", "note", "skills", "priority", "created_at",
    "ended_at",
}  # fmt: skip
PARCEL_PLAIN = {"id", "label", "state", "holder", "weight_g", "volume_cm3", "description"}


def _draft_or_errors(one: ShipmentIn) -> tuple[Draft | None, list[FieldError]]:
    try:
        return (one.to_draft(), [])
    except Refusal as refusal:
        return (None, list(refusal.errors))


def _batch(rows: Sequence[Row], owner: str, *, dry_run: bool, ctx: Context) -> BatchOut:
    # A dry run looks at the file as one, so that it sees what stands in it twice.
    step = max(len(rows), 1) if dry_run else ROWS_PER_COMMIT
    results = []
    for start in range(0, len(rows), step):
        with ctx.db.transaction() as tx:
            part = rows[start : start + step]
            outcomes = handlers.accept_rows(part, merchant_id=owner, dry_run=dry_run, tx=tx)
            results += [_result(row, outcome, ctx, dry_run=dry_run) for row, outcome in outcomes]
    states = [result.status for result in results]
    return BatchOut(
        created=states.count("created"),
        duplicates=states.count("duplicate"),
        rejected=states.count("rejected"),
        dry_run=dry_run,
        results=results,
    )


def _result(row: Row, outcome: handlers.Accepted | Refusal, ctx: Context, *, dry_run: bool) -> RowResult:
    if isinstance(outcome, Refusal):
        errors = [
            FieldProblem(field=row.columns.get(e.field, e.field), message=e.message, expected=e.expected)
            for e in outcome.errors
        ]
        errors = errors or [FieldProblem(field="order_ref", message=outcome.detail)]
        return RowResult(row=row.no, order_ref=row.order_ref, status="rejected", errors=errors)
    if dry_run:
        return RowResult(row=row.no, order_ref=row.order_ref, status="created" if outcome.is_new else "duplicate")
    return RowResult(
        row=row.no,
        order_ref=row.order_ref,
        status="created" if outcome.is_new else "duplicate",
        shipment_id=outcome.row.id,
        tracking_no=outcome.row.tracking_no,
        tracking_url=_url(ctx, outcome.link),
    )


def _url(ctx: Context, link: str) -> str | None:
    return f"{ctx.settings.public_url}/t/{link}" if link else None
