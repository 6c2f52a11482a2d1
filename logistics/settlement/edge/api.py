"""Routes of money: the books, COD, remittances, statements."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Response

from logistics.access.edge.guard import allow
from logistics.access.edge.handlers import own_merchant
from logistics.access.model import Principal
from logistics.kit.edge.http import Once, Paging, Reading, Tx, problems
from logistics.kit.edge.wire import Day, MoneyWire, Page
from logistics.kit.errors import NotFound
from logistics.merchants.edge import store as merchants
from logistics.settlement.charges import HappeningKind, Stored
from logistics.settlement.edge import books, charging, handlers, remitting, statements, store, views
from logistics.settlement.edge.bank_file import bank_file
from logistics.settlement.edge.charging import What
from logistics.settlement.edge.csv_text import CSV
from logistics.settlement.edge.schemas import (
    AccountOut,
    BankingIn,
    BankingOut,
    CheckOut,
    CodOut,
    HappeningOut,
    RemittanceOut,
    RunIn,
    RunOut,
    StatementOut,
    StorageIn,
    StorageOut,
    TransferOut,
)
from logistics.settlement.ledger import AccountKind, TransferStep

router = APIRouter(prefix="/v1", tags=["settlement"])
CodReader = Annotated[Principal, Depends(allow("cod.read"))]
StatementReader = Annotated[Principal, Depends(allow("statements.read"))]
OfMerchant = Annotated[str, Query(max_length=64, description="for staff: whose; a merchant need not name itself")]
FromDay = Annotated[Day, Query(alias="from", description="the first calendar day of the merchant's")]
ToDay = Annotated[Day, Query(alias="to", description="the last one, included")]
CSV_ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: {"schema": {"type": "string"}}}}}


@router.get("/ledger/accounts", responses=problems(), dependencies=[Depends(allow("ledger.read"))])
def list_accounts(
    session: Reading, kind: Annotated[AccountKind | None, Query(description="only accounts of this kind")] = None
) -> list[AccountOut]:
    """List the accounts that have anything in them: debit positive, credit negative."""
    return [
        AccountOut(account=name, currency=currency, balance_minor=amount)
        for name, currency, amount in books.list_balances(session, kind=kind or "")
    ]


@router.get("/ledger/check", responses=problems(), dependencies=[Depends(allow("ledger.read"))])
def check(session: Reading) -> CheckOut:
    """Add up all postings again, by currency and shipment, and hold the balances against them."""
    return CheckOut(imbalance_minor=books.imbalance(session))


@router.get("/ledger/transfers", responses=problems(404), dependencies=[Depends(allow("ledger.read"))])
def list_transfers(
    session: Reading, paging: Paging, account: Annotated[str, Query(max_length=200)] = ""
) -> Page[TransferOut]:
    """List transfers, those booked last first, of one account or of all."""
    rows = books.list_transfers(session, account, after=paging.after, limit=paging.limit)
    more = rows[-1].id if len(rows) == paging.limit else None
    return Page(items=views.show_transfers(session, rows), next_cursor=more)


@router.post(
    "/ledger/transfers/{transfer_id}/post", responses=problems(404, 409), dependencies=[Depends(allow("ledger.write"))]
)
def post_transfer(transfer_id: str, tx: Tx) -> TransferOut:
    """Say that a pending transfer took place: an acquirer's credit stands in our bank statement."""
    row = books.finish(transfer_id, TransferStep.POST, tx=tx)
    return views.show_transfers(tx.session, [row])[0]


@router.post(
    "/ledger/transfers/{transfer_id}/void", responses=problems(404, 409), dependencies=[Depends(allow("ledger.write"))]
)
def void_transfer(transfer_id: str, tx: Tx) -> TransferOut:
    """Say that a pending transfer will not take place: an acquirer does not pay."""
    row = books.finish(transfer_id, TransferStep.VOID, tx=tx)
    return views.show_transfers(tx.session, [row])[0]


@router.get("/merchants/{merchant_id}/cod", responses=problems(404))
def show_cod(merchant_id: str, session: Reading, who: CodReader) -> CodOut:
    """Show where a merchant's COD money is; every minor unit is in exactly one place."""
    return views.cod_of(session, own_merchant(who, merchant_id))


@router.post(
    "/depots/{site_id}/bankings",
    status_code=201,
    response_model=BankingOut,
    responses=problems(400, 404, 409),
    dependencies=[Depends(allow("ledger.write"))],
)
def bank(site_id: str, body: BankingIn, tx: Tx, once: Once) -> Response:
    """Enter cash of a depot that was paid into our bank account."""

    def make() -> BankingOut:
        done = handlers.bank(site_id, body.amount.to_money(), tx=tx)
        return BankingOut(id=done.id, amount=MoneyWire.of(done.amount), left=MoneyWire.of(done.left))

    return once(make)


@router.post("/remittances/run", responses=problems(), dependencies=[Depends(allow("remittances.run"))])
def run_remittances(tx: Tx, body: RunIn | None = None) -> RunOut:
    """Pass on now what is due and banked. Running it twice does no harm: the second finds nothing due."""
    done = remitting.run((body and body.as_of) or tx.now, tx=tx)
    return RunOut(
        remittances=[views.show_remittance(one.row) for one in done if one.row],
        late=[late for one in done for late in views.show_late(one)],
    )


@router.get("/remittances", responses=problems(404))
def list_remittances(
    session: Reading, paging: Paging, who: CodReader, merchant_id: OfMerchant = ""
) -> Page[RemittanceOut]:
    """List remittances, newest first."""
    wanted = own_merchant(who, merchant_id) if merchant_id or who.merchant_id else ""
    rows = store.list_remittances(session, merchant_id=wanted, after=paging.after, limit=paging.limit)
    more = rows[-1].id if len(rows) == paging.limit else None
    return Page(items=[views.show_remittance(row) for row in rows], next_cursor=more)


@router.get(
    "/remittances/runs/{run_id}/bank-file",
    response_class=Response,
    responses=problems(404) | CSV_ANSWER,
    dependencies=[Depends(allow("remittances.run"))],
)
def export_bank_file(run_id: str, session: Reading) -> Response:
    """Write the payments of a run as CSV, to be given to the bank."""
    rows = store.list_remittances(session, run_id=run_id)
    if not rows:
        raise NotFound("There is no such run, or it passed nothing on.")
    names = {row.id: row.name for row in merchants.list_merchants(session)}
    return _csv(bank_file(rows, names), f"{run_id}.csv")


@router.post(
    "/merchants/{merchant_id}/storage",
    status_code=201,
    response_model=StorageOut,
    responses=problems(400, 404),
    dependencies=[Depends(allow("ledger.write"))],
)
def record_storage(merchant_id: str, body: StorageIn, tx: Tx, once: Once) -> Response:
    """Enter what a warehouse stored for a merchant: each lot with its volume and days."""

    def make() -> StorageOut:
        what = What(
            key=f"stored:{merchant_id}:{body.reference}",
            kind=HappeningKind.STORED,
            merchant_id=merchant_id,
            shipment_id=body.shipment_id,
            occurred_at=tx.now,
        )
        lots = tuple(Stored(lot.volume_cm3, lot.days) for lot in body.lots)
        return StorageOut(seq=charging.record(what, tx=tx, stored=lots))

    return once(make)


@router.get("/statements", response_model=StatementOut, responses=problems(404) | CSV_ANSWER)
def show_statement(
    session: Reading,
    who: StatementReader,
    from_on: FromDay,
    to_on: ToDay,
    merchant_id: OfMerchant = "",
    form: Annotated[str, Query(alias="format", pattern="^(json|csv)?$", description="`csv` for a table")] = "",
    accept: Annotated[str, Header()] = "",
) -> Response | StatementOut:
    """Write the statement of a period: what became due, line by line, as JSON or (`Accept: text/csv`) as a table."""
    owner = own_merchant(who, merchant_id)
    made = statements.statement(session, owner, from_on, to_on)
    if form == "csv" or (not form and CSV in accept):
        return _csv(views.statement_csv(made), f"statement-{from_on}-{to_on}.csv")
    return views.show_statement(made)


@router.get("/statements/events", responses=problems(404))
def list_happenings(
    session: Reading, who: StatementReader, from_on: FromDay, to_on: ToDay, merchant_id: OfMerchant = ""
) -> list[HappeningOut]:
    """List what the statement of a period follows from, so that anybody can recompute it."""
    merchant = merchants.get_merchant(session, own_merchant(who, merchant_id))
    period = statements.period_of(from_on, to_on, merchant.time_zone)
    return [views.show_happening(one) for one in store.list_happenings(session, merchant.id, period.window)]


def _csv(text: str, name: str) -> Response:
    return Response(text, media_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'})
