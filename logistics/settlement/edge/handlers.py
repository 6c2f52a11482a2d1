"""COD money and the news: load, decide (in ``cod``), book.

Each is called for news that may come late, doubled or in another order; the books end the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, Invalid
from logistics.kit.money import Money
from logistics.merchants.edge import store as merchants
from logistics.settlement import cod
from logistics.settlement.charges import HappeningKind
from logistics.settlement.cod import HandIn, Receipt, Whose
from logistics.settlement.edge import books, charging, store
from logistics.settlement.edge.charging import What
from logistics.settlement.edge.tables import CodRow
from logistics.settlement.ledger import AccountKind, account, kind_of
from logistics.sites.edge import store as sites
from logistics.sites.model import SiteKind

MOVES_MAX = 4  # driver or till, depot, bank: nothing changes hands more often


def owe(whose: Whose, amount: Money, at: datetime, *, tx: Transaction) -> None:
    """Book what a buyer is to pay at handover."""
    row = store.lock_cod(tx.session, whose, amount.currency)
    if books.book(cod.due(whose, amount, at), tx=tx):
        row.due_minor = amount.amount_minor
        _settle(row, at, tx)


def take(receipt: Receipt, *, tx: Transaction) -> None:
    """Book money taken, what it makes void or overpaid, and the charge for taking it."""
    row = store.lock_cod(tx.session, receipt.whose, receipt.amount.currency)
    first, *more = cod.taken(receipt)
    if not books.book(first, tx=tx):
        return
    for transfer in more:
        books.book(transfer, tx=tx)
    row.taken_minor += receipt.amount.amount_minor
    row.taken_at = max(row.taken_at or receipt.taken_at, receipt.taken_at)
    _settle(row, receipt.taken_at, tx)
    _retag(account(AccountKind.CUSTODY, receipt.custodian), receipt.amount.currency, first.id, receipt.taken_at, tx)
    what = What(
        key=f"cod_taken:{receipt.id}",
        kind=HappeningKind.COD_TAKEN,
        merchant_id=receipt.whose.merchant_id,
        shipment_id=receipt.whose.shipment_id,
        occurred_at=receipt.taken_at,
    )
    charging.record(what, tx=tx, taken=receipt.amount)


def end(whose: Whose, ended_by: str, at: datetime, *, tx: Transaction) -> None:
    """Book as void what nobody will take any more: the shipment was refused, returned, cancelled, lost."""
    currency = merchants.get_contract(tx.session, whose.merchant_id).currency
    row = store.lock_cod(tx.session, whose, currency)
    if not row.ended_by:
        row.ended_by = ended_by
        _settle(row, at, tx)


def hand_in(given: HandIn, *, tx: Transaction) -> None:
    """Book cash that changed hands; a difference stands against the one who handed it in."""
    books.take_turn(tx.session)
    if books.is_booked(tx.session, given.transfer_id):
        return
    currency = given.expected.currency
    pool = books.read_pool(tx.session, account(AccountKind.CUSTODY, given.holder), currency)
    transfer = cod.handed_in(given, pool)
    if transfer:
        books.book(transfer, tx=tx)
        _retag(account(AccountKind.CUSTODY, given.to), currency, transfer.id, given.at, tx)


def receive_from_carrier(
    carrier: str, waybill_no: str, whose: Whose, amount: Money, at: datetime, *, tx: Transaction
) -> None:
    """Book what a carrier paid into our bank account."""
    books.book(cod.carrier_remitted(carrier, waybill_no, whose, amount, at), tx=tx)


@dataclass(frozen=True, slots=True)
class Banking:
    """Cash of a depot that went to the bank, and what the depot still has."""

    id: str
    amount: Money
    left: Money


def bank(site_id: str, amount: Money, *, tx: Transaction) -> Banking:
    """Book cash of a depot as paid into our bank account; refused if the depot does not have as much."""
    if SiteKind.DEPOT not in sites.get_site(tx.session, site_id).kinds:
        raise Conflict("This site is no depot.", code="no_depot")
    if amount.amount_minor <= 0:
        raise Invalid("amount.amount_minor", "is not above zero", "what was paid in")
    books.take_turn(tx.session)
    depot = account(AccountKind.CUSTODY, "depot", site_id)
    pool = books.read_pool(tx.session, depot, amount.currency)
    if amount.amount_minor > pool.total_minor:
        there = Money(pool.total_minor, amount.currency)
        raise Conflict(f"The depot has {there}, less than {amount}.", code="not_enough_cash")
    banking_id = tx.new_id("bnk")
    transfer = cod.banked(banking_id, amount, pool, tx.now)
    books.book(transfer, tx=tx)
    _retag(depot, amount.currency, transfer.id, tx.now, tx)
    return Banking(banking_id, amount, Money(pool.total_minor, amount.currency) - amount)


def _settle(row: CodRow, at: datetime, tx: Transaction) -> None:
    standing = cod.Standing(
        whose=Whose(row.shipment_id, row.merchant_id),
        currency=row.currency,
        due_minor=row.due_minor,
        taken_minor=row.taken_minor,
        ended=bool(row.ended_by),
        void_minor=row.void_minor,
        overpaid_minor=row.overpaid_minor,
        settled_count=row.settled_count,
    )
    transfer = cod.settle(standing, at)
    if transfer:
        books.book(transfer, tx=tx)
        row.void_minor, row.overpaid_minor = standing.target_void_minor, standing.target_overpaid_minor
        row.settled_count += 1
    tx.session.add(row)
    tx.session.flush()


def _retag(name: str, currency: str, because_of: str, at: datetime, tx: Transaction) -> None:
    """Follow money that went on before we knew whose it was, and put the names where it is now."""
    for _ in range(MOVES_MAX):
        pool = books.read_pool(tx.session, name, currency)
        way_out = books.find_way_out(tx.session, name) if pool.unnamed_minor < 0 and pool.held else None
        transfer = cod.retag(f"{name}:{because_of}", pool, way_out, at) if way_out else None
        if way_out is None or transfer is None:
            return
        books.book(transfer, tx=tx)
        if kind_of(way_out) is AccountKind.BANK:
            return
        name = way_out
