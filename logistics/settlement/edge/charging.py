"""What happened becomes charges, by the contract as it is at that moment, and charges become postings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from logistics.kit.edge.db import Transaction
from logistics.kit.money import Money
from logistics.merchants.contract import Contract
from logistics.merchants.edge import store as merchants
from logistics.settlement.charges import (
    Charge,
    Happening,
    HappeningKind,
    Stored,
    TakenBefore,
    charges,
    exact_text,
)
from logistics.settlement.edge import books, store
from logistics.settlement.edge.tables import ChargeRow, HappeningRow
from logistics.settlement.ledger import AccountKind, Leg, Transfer, account
from logistics.shipments.edge import store as shipments


@dataclass(frozen=True, slots=True)
class What:
    """What happened, under a key by which it is booked once."""

    key: str
    kind: HappeningKind
    merchant_id: str
    shipment_id: str
    occurred_at: datetime


def record(what: What, *, tx: Transaction, taken: Money | None = None, stored: tuple[Stored, ...] = ()) -> int:
    """Book what happened and what it costs; return its number (the one it has, if it was booked before)."""
    known = store.find_happening(tx.session, what.key)
    if known:
        return known.seq
    merchant = merchants.get_merchant(tx.session, what.merchant_id)
    contract = merchants.get_contract(tx.session, what.merchant_id)
    store.keep_terms(tx.session, merchant)
    before = store.taken_before(tx.session, what.shipment_id) if taken else TakenBefore()
    happening = Happening(
        seq=store.next_seq(tx.session, what.merchant_id),
        kind=what.kind,
        booked_at=tx.now,
        terms=merchant.version,
        shipment_id=what.shipment_id,
        taken=taken,
        stored=stored,
        **_goods(what, tx),
    )
    tx.session.add(
        HappeningRow(
            merchant_id=what.merchant_id,
            seq=happening.seq,
            key=what.key,
            kind=what.kind,
            shipment_id=what.shipment_id,
            booked_at=tx.now,
            occurred_at=what.occurred_at,
            body=msgspec.json.encode(happening).decode(),
        )
    )
    tx.session.flush()
    for charge in charges(happening, contract, before):
        _post(charge, what, happening.seq, contract, tx)
    return happening.seq


def _goods(what: What, tx: Transaction) -> dict[str, Any]:
    """Return what a delivery or return is charged by."""
    if what.kind not in {HappeningKind.DELIVERED, HappeningKind.RETURNED}:
        return {}
    row = shipments.get_shipment(tx.session, what.shipment_id)
    price = Money(row.value_minor, row.currency) if row.value_minor else None
    return {"parcels_count": row.parcels_count, "weight_g": row.weight_g, "price": price}


def _post(charge: Charge, what: What, seq: int, contract: Contract, tx: Transaction) -> None:
    amount = charge.amount(contract)
    tx.session.add(
        ChargeRow(
            merchant_id=what.merchant_id,
            seq=seq,
            kind=charge.kind,
            shipment_id=charge.shipment_id,
            exact=exact_text(charge.exact),
            amount_minor=amount.amount_minor,
            currency=amount.currency,
        )
    )
    if amount:
        legs = (
            Leg(account(AccountKind.RECEIVABLE, what.merchant_id), amount, merchant_id=what.merchant_id),
            Leg(account(AccountKind.REVENUE, charge.kind), -amount),
        )
        transfer_id = f"charge:{what.merchant_id}:{seq}:{charge.kind}"
        books.book(Transfer(transfer_id, "charge", legs, what.occurred_at, note=charge.shipment_id), tx=tx)
