"""The books in the database: booking transfers, settling pending ones, reading balances.

A balance is kept beside the legs it sums, in the same transaction; ``check`` adds the legs up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col, select

from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, NotFound
from logistics.kit.money import Money
from logistics.settlement.cod import Held, Pool, Whose
from logistics.settlement.edge.tables import BalanceRow, LegRow, TransferRow
from logistics.settlement.ledger import (
    TRANSFER,
    AccountKind,
    Leg,
    Transfer,
    TransferState,
    TransferStep,
    kind_of,
)

TURN = 5_197_017  # the number of our advisory lock on PostgreSQL; any that nobody else uses
MOVES_ON = ("hand_in", "bank")  # kinds of transfers by which money leaves a holder's hands


def insert_into(session: Session, table: Any) -> Any:
    """Return this database's own INSERT, which knows what to do on a conflict."""
    return sqlite_insert(table) if session.get_bind().dialect.name == "sqlite" else postgres_insert(table)


def book(transfer: Transfer, *, tx: Transaction) -> bool:
    """Book a transfer; false if it is booked already, refused if its id stands for another one."""
    known = tx.session.get(TransferRow, transfer.id)
    if known:
        if _legs_of(tx.session, transfer.id) != transfer.legs:
            raise Conflict(f"The transfer {transfer.id} is booked with other legs.", code="transfer_differs")
        return False
    tx.session.add(
        TransferRow(
            id=transfer.id,
            kind=transfer.kind,
            state=transfer.state,
            occurred_at=transfer.occurred_at,
            booked_at=tx.now,
            note=transfer.note,
        )
    )
    tx.session.flush()
    for no, leg in enumerate(transfer.legs):
        tx.session.add(
            LegRow(
                transfer_id=transfer.id,
                no=no,
                account=leg.account,
                currency=leg.amount.currency,
                amount_minor=leg.amount.amount_minor,
                shipment_id=leg.shipment_id,
                merchant_id=leg.merchant_id,
            )
        )
    tx.session.flush()
    if transfer.state is TransferState.POSTED:
        _count(transfer.legs, transfer.occurred_at, tx.session)
    return True


def is_booked(session: Session, transfer_id: str) -> bool:
    """Tell whether a transfer is in the books, in whatever state."""
    return session.get(TransferRow, transfer_id) is not None


def finish(transfer_id: str, step: TransferStep, *, tx: Transaction) -> TransferRow:
    """Post or void a pending transfer; refused (409) if it is not pending."""
    wanted = select(TransferRow).where(TransferRow.id == transfer_id).with_for_update()
    row = tx.session.exec(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound("There is no such transfer.")
    row.state = TRANSFER.after(TransferState(row.state), step)
    row.settled_at = tx.now
    tx.session.add(row)
    if row.state == TransferState.POSTED:
        _count(_legs_of(tx.session, transfer_id), tx.now, tx.session)
    return row


def _count(legs: Sequence[Leg], at: datetime, session: Session) -> None:
    """Add legs to the balances, always in the same order, so that two transactions cannot wait for each other."""
    merged: dict[tuple[str, str, str], tuple[int, str]] = {}
    for leg in legs:
        key = (leg.account, leg.amount.currency, leg.shipment_id)
        merged[key] = (merged.get(key, (0, ""))[0] + leg.amount.amount_minor, leg.merchant_id)
    for (name, currency, shipment_id), (amount_minor, merchant_id) in sorted(merged.items()):
        statement = insert_into(session, BalanceRow).values(
            account=name,
            currency=currency,
            shipment_id=shipment_id,
            kind=kind_of(name),
            merchant_id=merchant_id,
            balance_minor=amount_minor,
            since=at,
        )
        now_there = col(BalanceRow.balance_minor)
        statement = statement.on_conflict_do_update(
            index_elements=["account", "currency", "shipment_id"],
            set_={
                "balance_minor": now_there + statement.excluded.balance_minor,
                "since": case((now_there == 0, statement.excluded.since), else_=col(BalanceRow.since)),
            },
        )
        session.exec(statement)


def _legs_of(session: Session, transfer_id: str) -> tuple[Leg, ...]:
    rows = session.exec(select(LegRow).where(LegRow.transfer_id == transfer_id).order_by(col(LegRow.no)))
    return tuple(
        Leg(row.account, Money(row.amount_minor, row.currency), row.shipment_id, row.merchant_id) for row in rows
    )


def take_turn(session: Session) -> None:
    """Wait until nobody else moves a holder's whole pool: such moves touch many rows, in an order of their own.

    On SQLite there is one writer anyway.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(select(func.pg_advisory_xact_lock(TURN)))


def read_pool(session: Session, name: str, currency: str) -> Pool:
    """Return whose money is in an account, locked until the transaction ends."""
    wanted = (
        select(BalanceRow.shipment_id, BalanceRow.merchant_id, BalanceRow.balance_minor, BalanceRow.since)
        .where(BalanceRow.account == name, BalanceRow.currency == currency, BalanceRow.balance_minor != 0)
        .order_by(col(BalanceRow.shipment_id))
        .with_for_update()
    )
    rows = session.exec(wanted).all()
    held = tuple(
        Held(Whose(shipment_id, merchant_id), amount_minor, since)
        for shipment_id, merchant_id, amount_minor, since in rows
        if shipment_id and amount_minor > 0
    )
    unnamed = sum(amount_minor for shipment_id, _, amount_minor, _ in rows if not shipment_id)
    return Pool(name, currency, held, unnamed)


def find_way_out(session: Session, name: str) -> str | None:
    """Return the account where money went that left this one last: hands, or the bank; none if none ever did."""
    last = (
        select(TransferRow.id)
        .join(LegRow, col(LegRow.transfer_id) == col(TransferRow.id))
        .where(LegRow.account == name, LegRow.amount_minor < 0, col(TransferRow.kind).in_(MOVES_ON))
        .order_by(col(TransferRow.occurred_at).desc(), col(TransferRow.id).desc())
        .limit(1)
    )
    transfer_id = session.exec(last).first()
    if transfer_id is None:
        return None
    into = [leg for leg in _legs_of(session, transfer_id) if leg.amount.amount_minor > 0 and leg.account != name]
    hands = [leg.account for leg in into if kind_of(leg.account) is AccountKind.CUSTODY]
    currency = _legs_of(session, transfer_id)[0].amount.currency
    return hands[0] if hands else f"{AccountKind.BANK}:{currency}"


def list_balances(session: Session, *, kind: str = "") -> list[tuple[str, str, int]]:
    """Return the accounts with anything in them: (account, currency, minor units), by name."""
    total = func.sum(BalanceRow.balance_minor)
    query = select(BalanceRow.account, BalanceRow.currency, total).group_by(
        col(BalanceRow.account), col(BalanceRow.currency)
    )
    if kind:
        query = query.where(BalanceRow.kind == kind)
    rows = session.exec(query.having(total != 0).order_by(col(BalanceRow.account), col(BalanceRow.currency)))
    return [(name, currency, int(amount)) for name, currency, amount in rows]


def sum_of(session: Session, name: str, currency: str) -> int:
    """Return an account's balance in minor units."""
    wanted = select(func.sum(BalanceRow.balance_minor)).where(
        BalanceRow.account == name, BalanceRow.currency == currency
    )
    return int(session.exec(wanted).one() or 0)


def list_transfers(session: Session, name: str, *, after: str | None, limit: int) -> Sequence[TransferRow]:
    """Return the transfers that touch an account (or all), newest booking first; ``after`` is the cursor."""
    query = select(TransferRow).order_by(col(TransferRow.booked_at).desc(), col(TransferRow.id).desc()).limit(limit)
    if name:
        touching = select(LegRow.transfer_id).where(LegRow.account == name)
        query = query.where(col(TransferRow.id).in_(touching))
    if after:
        last = session.get(TransferRow, after)
        if last is None:
            raise NotFound("There is no such transfer to go on after.")
        older = col(TransferRow.booked_at) < last.booked_at
        same_and_before = (col(TransferRow.booked_at) == last.booked_at) & (col(TransferRow.id) < last.id)
        query = query.where(older | same_and_before)
    return session.exec(query).all()


def list_legs(session: Session, transfer_ids: Sequence[str]) -> dict[str, list[LegRow]]:
    """Return the legs of transfers, by transfer, in their order."""
    found: dict[str, list[LegRow]] = {transfer_id: [] for transfer_id in transfer_ids}
    wanted = select(LegRow).where(col(LegRow.transfer_id).in_(transfer_ids)).order_by(col(LegRow.no))
    for row in session.exec(wanted):
        found[row.transfer_id].append(row)
    return found


def imbalance(session: Session) -> int:
    """Add up all posted legs by currency and shipment, and hold the balances against them; zero if all is right."""
    posted = select(TransferRow.id).where(TransferRow.state == TransferState.POSTED)
    legs = func.sum(LegRow.amount_minor)
    by_owner = (
        select(func.abs(legs))
        .where(col(LegRow.transfer_id).in_(posted))
        .group_by(col(LegRow.currency), col(LegRow.shipment_id))
    )
    wrong = sum(int(amount) for amount in session.exec(by_owner))
    of_legs = (
        select(LegRow.account, LegRow.currency, LegRow.shipment_id, legs)
        .where(col(LegRow.transfer_id).in_(posted))
        .group_by(col(LegRow.account), col(LegRow.currency), col(LegRow.shipment_id))
    )
    added = {(a, c, s): int(amount) for a, c, s, amount in session.exec(of_legs) if amount}
    kept_rows = select(BalanceRow.account, BalanceRow.currency, BalanceRow.shipment_id, BalanceRow.balance_minor)
    kept = {(a, c, s): amount for a, c, s, amount in session.exec(kept_rows) if amount}
    return wrong + sum(abs(added.get(key, 0) - kept.get(key, 0)) for key in added.keys() | kept.keys())
