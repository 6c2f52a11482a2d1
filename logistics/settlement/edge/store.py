"""All queries of settlement but those of the books themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import func
from sqlmodel import Session, col, select

from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.merchants.contract import Contract
from logistics.merchants.edge.schemas import ContractWire
from logistics.merchants.edge.tables import MerchantRow
from logistics.settlement.charges import ChargeKind, Happening, HappeningKind, TakenBefore
from logistics.settlement.cod import Whose
from logistics.settlement.edge.books import insert_into
from logistics.settlement.edge.tables import (
    BalanceRow,
    ChargeRow,
    CodRow,
    HappeningCounterRow,
    HappeningRow,
    LegRow,
    RemittanceRow,
    StatementRow,
    TermsRow,
    TransferRow,
)
from logistics.settlement.ledger import AccountKind, TransferState
from logistics.settlement.remittance import Waiting


def lock_cod(session: Session, whose: Whose, currency: str) -> CodRow:
    """Return a shipment's COD for changing; made if this is the first we hear of it."""
    first = insert_into(session, CodRow).values(
        shipment_id=whose.shipment_id,
        merchant_id=whose.merchant_id,
        currency=currency,
        taken_minor=0,
        void_minor=0,
        overpaid_minor=0,
        settled_count=0,
        ended_by="",
    )
    session.exec(first.on_conflict_do_nothing())
    wanted = select(CodRow).where(CodRow.shipment_id == whose.shipment_id).with_for_update()
    return session.exec(wanted.execution_options(populate_existing=True)).one()


def next_seq(session: Session, merchant_id: str) -> int:
    """Return the next number of a merchant's happenings: dense, for nobody else gets one until this commits."""
    first = insert_into(session, HappeningCounterRow).values(merchant_id=merchant_id, last_seq=0)
    session.exec(first.on_conflict_do_nothing())
    wanted = select(HappeningCounterRow).where(HappeningCounterRow.merchant_id == merchant_id).with_for_update()
    row = session.exec(wanted.execution_options(populate_existing=True)).one()
    row.last_seq += 1
    session.add(row)
    return row.last_seq


def find_happening(session: Session, key: str) -> HappeningRow | None:
    """Return what happened under a key, if it is booked."""
    return session.exec(select(HappeningRow).where(HappeningRow.key == key)).first()


def happening_of(row: HappeningRow) -> Happening:
    """Return the happening a row keeps."""
    return msgspec.json.decode(row.body, type=Happening)


def list_happenings(session: Session, merchant_id: str, window: Window) -> list[Happening]:
    """Return what was booked in a window (its end not included), and the takings before of what was paid in it."""
    mine = select(HappeningRow).where(HappeningRow.merchant_id == merchant_id).order_by(col(HappeningRow.seq))
    inside = mine.where(HappeningRow.booked_at >= window.start, HappeningRow.booked_at < window.end)
    found = [happening_of(row) for row in session.exec(inside)]
    paid = {one.shipment_id for one in found if one.kind is HappeningKind.COD_TAKEN}
    before = mine.where(HappeningRow.booked_at < window.start, HappeningRow.kind == HappeningKind.COD_TAKEN)
    earlier = (row for row in session.exec(before) if row.shipment_id in paid) if paid else ()
    return [*map(happening_of, earlier), *found]


def taken_before(session: Session, shipment_id: str) -> TakenBefore:
    """Return what has been taken for a shipment so far."""
    wanted = select(HappeningRow).where(
        HappeningRow.shipment_id == shipment_id, HappeningRow.kind == HappeningKind.COD_TAKEN
    )
    earlier = [happening_of(row) for row in session.exec(wanted.order_by(col(HappeningRow.seq)))]
    amount_minor = sum(one.taken.amount_minor for one in earlier if one.taken)
    return TakenBefore(amount_minor, tuple(one.seq for one in earlier))


def keep_terms(session: Session, merchant: MerchantRow) -> None:
    """Keep the contract as it is now, under its version."""
    if session.get(TermsRow, (merchant.id, merchant.version)) is None:
        row = insert_into(session, TermsRow).values(
            merchant_id=merchant.id, version=merchant.version, contract=merchant.contract
        )
        session.exec(row.on_conflict_do_nothing())


def list_terms(session: Session, merchant: MerchantRow) -> dict[int, Contract]:
    """Return all versions of a contract that something happened under, and the present one."""
    rows = session.exec(select(TermsRow).where(TermsRow.merchant_id == merchant.id))
    kept: dict[int, dict[str, Any]] = {row.version: row.contract for row in rows}
    written = kept | {merchant.version: merchant.contract}
    return {version: ContractWire.model_validate(contract).to_contract() for version, contract in written.items()}


def list_waiting(session: Session, merchant_id: str, currency: str) -> list[Waiting]:
    """Return what we owe a merchant, by shipment, with what of it is banked; locked until the transaction ends.

    A shipment whose due is not known yet (its news is late) is not among them: how much of what was taken is the
    merchant's cannot be told.
    """
    owed = _by_shipment(session, merchant_id, currency, AccountKind.PAYABLE)
    banked = _by_shipment(session, merchant_id, currency, AccountKind.BANK)
    unpaid = _unpaid_charges(session, merchant_id, currency)
    times = select(CodRow.shipment_id, CodRow.taken_at).where(
        CodRow.merchant_id == merchant_id, col(CodRow.due_minor).is_not(None)
    )
    taken_at = dict(session.exec(times).all())
    return [
        Waiting(shipment_id, at, -amount_minor, banked.get(shipment_id, 0), unpaid.get(shipment_id, 0))
        for shipment_id, amount_minor in owed.items()
        if (at := taken_at.get(shipment_id)) and amount_minor < 0
    ]


def _by_shipment(session: Session, merchant_id: str, currency: str, kind: AccountKind) -> dict[str, int]:
    wanted = (
        select(BalanceRow.shipment_id, BalanceRow.balance_minor)
        .where(
            BalanceRow.merchant_id == merchant_id,
            BalanceRow.kind == kind,
            BalanceRow.currency == currency,
            BalanceRow.balance_minor != 0,
        )
        .order_by(col(BalanceRow.account), col(BalanceRow.shipment_id))
        .with_for_update()
    )
    return dict(session.exec(wanted).all())


def _unpaid_charges(session: Session, merchant_id: str, currency: str) -> dict[str, int]:
    unpaid = func.sum(ChargeRow.amount_minor - ChargeRow.paid_minor)
    wanted = select(ChargeRow.shipment_id, unpaid).where(
        ChargeRow.merchant_id == merchant_id, ChargeRow.kind == ChargeKind.COD, ChargeRow.currency == currency
    )
    return {
        shipment_id: int(amount) for shipment_id, amount in session.exec(wanted.group_by(col(ChargeRow.shipment_id)))
    }


def list_cod_charges(session: Session, shipment_id: str) -> Sequence[ChargeRow]:
    """Return a shipment's COD charges, oldest first."""
    wanted = select(ChargeRow).where(ChargeRow.shipment_id == shipment_id, ChargeRow.kind == ChargeKind.COD)
    return session.exec(wanted.order_by(col(ChargeRow.seq))).all()


def list_pending_credits(session: Session, merchant_id: str) -> list[TransferRow]:
    """Return what acquirers took for a merchant and have not paid to us yet, oldest first."""
    mine = select(LegRow.transfer_id).where(LegRow.merchant_id == merchant_id)
    wanted = select(TransferRow).where(
        TransferRow.state == TransferState.PENDING, TransferRow.kind == "credit", col(TransferRow.id).in_(mine)
    )
    return list(session.exec(wanted.order_by(col(TransferRow.occurred_at))))


def list_remittances(
    session: Session, *, merchant_id: str = "", run_id: str = "", after: str | None = None, limit: int = 500
) -> Sequence[RemittanceRow]:
    """Return remittances, newest first; ``merchant_id`` empty: all (staff only)."""
    query = select(RemittanceRow).order_by(col(RemittanceRow.id).desc()).limit(limit)
    if merchant_id:
        query = query.where(RemittanceRow.merchant_id == merchant_id)
    if run_id:
        query = query.where(RemittanceRow.run_id == run_id)
    if after:
        query = query.where(col(RemittanceRow.id) < after)
    return session.exec(query).all()


def was_remitted(session: Session, merchant_id: str, last_on: date) -> bool:
    """Tell whether a run has already passed on what was due for a day."""
    wanted = select(RemittanceRow.id).where(RemittanceRow.merchant_id == merchant_id, RemittanceRow.last_on >= last_on)
    return session.exec(wanted.limit(1)).first() is not None


def sum_remitted(session: Session, merchant_id: str, currency: str) -> tuple[Money, Money]:
    """Return what a merchant got in all its remittances, and what was kept back."""
    wanted = select(func.sum(RemittanceRow.amount_minor), func.sum(RemittanceRow.fees_minor)).where(
        RemittanceRow.merchant_id == merchant_id, RemittanceRow.currency == currency
    )
    amount, fees = session.exec(wanted).one()
    return Money(int(amount or 0), currency), Money(int(fees or 0), currency)


def sum_accepted(session: Session, merchant_id: str, currency: str) -> Money:
    """Return what buyers were asked for in all, from the transfers that asked."""
    wanted = (
        select(func.sum(LegRow.amount_minor))
        .join(TransferRow, col(TransferRow.id) == col(LegRow.transfer_id))
        .where(LegRow.merchant_id == merchant_id, LegRow.currency == currency)
        .where(TransferRow.kind == "due", LegRow.amount_minor > 0)
    )
    return Money(int(session.exec(wanted).one() or 0), currency)


def sum_by_account(
    session: Session, merchant_id: str, currency: str, kinds: Collection[AccountKind]
) -> list[tuple[str, int]]:
    """Return where a merchant's shipments' money is: (account, minor units), by account."""
    total = func.sum(BalanceRow.balance_minor)
    wanted = (
        select(BalanceRow.account, total)
        .where(
            BalanceRow.merchant_id == merchant_id,
            BalanceRow.currency == currency,
            BalanceRow.shipment_id != "",
            col(BalanceRow.kind).in_(kinds),
        )
        .group_by(col(BalanceRow.account))
        .order_by(col(BalanceRow.account))
    )
    return [(name, int(amount)) for name, amount in session.exec(wanted.having(total != 0))]


def list_statements(session: Session, merchant_id: str) -> Sequence[StatementRow]:
    """Return a merchant's closed statements, newest first."""
    wanted = select(StatementRow).where(StatementRow.merchant_id == merchant_id)
    return session.exec(wanted.order_by(col(StatementRow.from_on).desc())).all()


def first_booked_at(session: Session, merchant_id: str) -> datetime | None:
    """Return when the first thing of a merchant was booked, if any was."""
    mine = select(HappeningRow.booked_at).where(HappeningRow.merchant_id == merchant_id)
    return session.exec(mine.order_by(col(HappeningRow.seq)).limit(1)).first()
