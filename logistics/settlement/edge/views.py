"""Money as it is shown: a merchant's COD, transfers, remittances, statements, happenings."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from logistics.kit.edge.wire import MoneyWire
from logistics.kit.money import Money, total
from logistics.merchants.edge import store as merchants
from logistics.settlement.charges import Happening, exact_text
from logistics.settlement.edge import books, store
from logistics.settlement.edge.bank_file import decimal_text
from logistics.settlement.edge.csv_text import write_csv
from logistics.settlement.edge.remitting import Remitted
from logistics.settlement.edge.schemas import (
    CodOut,
    HappeningOut,
    HolderOut,
    LateOut,
    LegOut,
    LineOut,
    RemittanceOut,
    StatementOut,
    StoredIn,
    TotalOut,
    TransferOut,
)
from logistics.settlement.edge.tables import LegRow, RemittanceRow, TransferRow
from logistics.settlement.ledger import AccountKind, TransferState, holder_of, kind_of
from logistics.settlement.statement import Line, Statement

IN_PLACE = (AccountKind.COD_DUE, AccountKind.CUSTODY, AccountKind.BANK, AccountKind.COD_VOID, AccountKind.OVERPAID)
STATEMENT_HEADER = ("shipment_id", "kind", "text", "quantity", "exact", "amount", "currency", "event_seqs")


def cod_of(session: Session, merchant_id: str) -> CodOut:
    """Show where a merchant's COD money is: each minor unit in one place, by the books."""
    currency = merchants.get_contract(session, merchant_id).currency
    places = store.sum_by_account(session, merchant_id, currency, IN_PLACE)
    found = {kind: _sum_of(kind, places, currency) for kind in IN_PLACE}
    remitted, fees = store.sum_remitted(session, merchant_id, currency)
    custody = [
        HolderOut(holder=holder_of(name), amount=MoneyWire.of(Money(amount, currency)))
        for name, amount in places
        if kind_of(name) is AccountKind.CUSTODY
    ]
    taken = total((found[AccountKind.CUSTODY], found[AccountKind.BANK], remitted, fees), currency)
    return CodOut(
        accepted=MoneyWire.of(store.sum_accepted(session, merchant_id, currency)),
        due=MoneyWire.of(found[AccountKind.COD_DUE]),
        taken=MoneyWire.of(taken),
        in_custody=custody,
        banked=MoneyWire.of(found[AccountKind.BANK]),
        remitted=MoneyWire.of(remitted),
        fees=MoneyWire.of(fees),
        void=MoneyWire.of(found[AccountKind.COD_VOID]),
        overpaid=MoneyWire.of(-found[AccountKind.OVERPAID]),
    )


def _sum_of(kind: AccountKind, places: Sequence[tuple[str, int]], currency: str) -> Money:
    return Money(sum(amount for name, amount in places if kind_of(name) is kind), currency)


def show_transfers(session: Session, rows: Sequence[TransferRow]) -> list[TransferOut]:
    """Show transfers with their legs."""
    legs = books.list_legs(session, [row.id for row in rows])
    return [
        TransferOut(
            id=row.id,
            kind=row.kind,
            state=TransferState(row.state),
            occurred_at=row.occurred_at,
            booked_at=row.booked_at,
            note=row.note,
            legs=[_leg(leg) for leg in legs[row.id]],
        )
        for row in rows
    ]


def _leg(row: LegRow) -> LegOut:
    amount = MoneyWire(amount_minor=row.amount_minor, currency=row.currency)
    return LegOut(account=row.account, amount=amount, shipment_id=row.shipment_id, merchant_id=row.merchant_id)


def show_remittance(row: RemittanceRow) -> RemittanceOut:
    """Show a remittance."""
    return RemittanceOut(
        id=row.id,
        run_id=row.run_id,
        merchant_id=row.merchant_id,
        amount=MoneyWire(amount_minor=row.amount_minor, currency=row.currency),
        fees=MoneyWire(amount_minor=row.fees_minor, currency=row.currency),
        shipment_count=row.shipment_count,
        last_on=row.last_on,
        created_at=row.created_at,
    )


def show_late(done: Remitted) -> list[LateOut]:
    """Show what was due and could not be passed on."""
    return [
        LateOut(
            merchant_id=done.merchant_id,
            shipment_id=one.shipment_id,
            amount=MoneyWire(amount_minor=one.payable_minor - max(one.banked_minor, 0), currency=done.currency),
            taken_at=one.taken_at,
        )
        for one in done.late
    ]


def show_statement(made: Statement) -> StatementOut:
    """Show a statement."""
    return StatementOut(
        merchant_id=made.merchant_id,
        from_on=made.from_on,
        to_on=made.to_on,
        lines=[_line(line) for line in made.lines],
        totals=[TotalOut(kind=kind, amount=MoneyWire.of(made.total_of(kind))) for kind in made.kinds],
        total=MoneyWire.of(made.total),
    )


def _line(line: Line) -> LineOut:
    charge = line.charge
    return LineOut(
        shipment_id=charge.shipment_id,
        kind=charge.kind,
        text=charge.text,
        quantity=charge.quantity,
        exact=exact_text(charge.exact),
        amount=MoneyWire.of(line.amount),
        event_seqs=list(charge.event_seqs),
    )


def statement_csv(made: Statement) -> str:
    """Write a statement as a table, with the total as its last line."""
    rows = [
        (
            line.charge.shipment_id,
            line.charge.kind,
            line.charge.text,
            line.charge.quantity,
            exact_text(line.charge.exact),
            decimal_text(line.amount),
            line.amount.currency,
            " ".join(map(str, line.charge.event_seqs)),
        )
        for line in made.lines
    ]
    total_row = ("", "total", "", "", "", decimal_text(made.total), made.currency, "")
    return write_csv(STATEMENT_HEADER, [*rows, total_row])


def show_happening(one: Happening) -> HappeningOut:
    """Show what a line can be recomputed from."""
    return HappeningOut(
        seq=one.seq,
        kind=one.kind,
        booked_at=one.booked_at,
        terms=one.terms,
        shipment_id=one.shipment_id,
        parcels_count=one.parcels_count,
        weight_g=one.weight_g,
        price=MoneyWire.maybe(one.price),
        taken=MoneyWire.maybe(one.taken),
        stored=[StoredIn(volume_cm3=lot.volume_cm3, days=lot.days) for lot in one.stored],
    )
