"""Passing COD money on to merchants: what acquirers owe us is counted in, what is due and banked goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from logistics.kit.edge.db import Transaction
from logistics.kit.money import Money
from logistics.kit.windows import zone
from logistics.merchants.edge import store as merchants
from logistics.merchants.edge.tables import MerchantRow
from logistics.settlement import remittance
from logistics.settlement.edge import books, store
from logistics.settlement.edge.tables import RemittanceRow
from logistics.settlement.events import CodRemitted
from logistics.settlement.ledger import TransferStep
from logistics.settlement.remittance import Part, Waiting

ACQUIRER_DAYS = 1  # card and QR money is in our bank the calendar day after it was taken


@dataclass(frozen=True, slots=True)
class Remitted:
    """What a run did for one merchant: its remittance, if anything was due, and what is late."""

    merchant_id: str
    currency: str
    row: RemittanceRow | None
    late: tuple[Waiting, ...]


def run(as_of: datetime, *, tx: Transaction) -> list[Remitted]:
    """Pass on what is due at a moment, to all merchants; a second run finds nothing left to do."""
    run_id = tx.new_id("rrn")
    return [remit(merchant, run_id, as_of, tx=tx) for merchant in merchants.list_merchants(tx.session)]


def remit(merchant: MerchantRow, run_id: str, as_of: datetime, *, tx: Transaction) -> Remitted:
    """Pass on what is due to one merchant at a moment."""
    contract = merchants.get_contract(tx.session, merchant.id)
    books.take_turn(tx.session)
    _credit_acquirers(merchant, as_of, tx)
    last_on = remittance.last_day(as_of, contract.cod_cycle_days, merchant.time_zone)
    waiting = store.list_waiting(tx.session, merchant.id, contract.currency)
    due = remittance.find_due(waiting, last_on=last_on, time_zone=merchant.time_zone)
    if not due.parts:
        return Remitted(merchant.id, contract.currency, None, due.late)
    row = RemittanceRow(
        id=tx.new_id("rmt"),
        run_id=run_id,
        merchant_id=merchant.id,
        currency=contract.currency,
        amount_minor=due.gross_minor - due.fee_minor,
        fees_minor=due.fee_minor,
        shipment_count=len(due.parts),
        last_on=last_on,
        as_of=as_of,
        created_at=tx.now,
    )
    tx.session.add(row)
    books.book(remittance.remit(row.id, merchant.id, due.parts, row.currency, tx.now), tx=tx)
    _mark_paid(due.parts, tx)
    tx.announce(
        CodRemitted(
            merchant_id=merchant.id,
            shipment_id="",
            occurred_at=tx.now,
            remittance_id=row.id,
            amount=Money(row.amount_minor, row.currency),
            fees=Money(row.fees_minor, row.currency),
            shipment_count=row.shipment_count,
        )
    )
    return Remitted(merchant.id, contract.currency, row, due.late)


def is_open(merchant: MerchantRow, as_of: datetime, *, tx: Transaction) -> bool:
    """Tell whether no run has been made for the merchant's day yet: the clock makes one a day."""
    cycle_days = merchants.get_contract(tx.session, merchant.id).cod_cycle_days
    last_on = remittance.last_day(as_of, cycle_days, merchant.time_zone)
    return not store.was_remitted(tx.session, merchant.id, last_on)


def _credit_acquirers(merchant: MerchantRow, as_of: datetime, tx: Transaction) -> None:
    last_on = remittance.last_day(as_of, ACQUIRER_DAYS, merchant.time_zone)
    here = zone(merchant.time_zone)
    for row in store.list_pending_credits(tx.session, merchant.id):
        if row.occurred_at.astimezone(here).date() <= last_on:
            books.finish(row.id, TransferStep.POST, tx=tx)


def _mark_paid(parts: Sequence[Part], tx: Transaction) -> None:
    for part in parts:
        left = part.fee_minor
        for charge in store.list_cod_charges(tx.session, part.shipment_id) if left else ():
            paid = min(left, charge.amount_minor - charge.paid_minor)
            charge.paid_minor += paid
            left -= paid
            tx.session.add(charge)
