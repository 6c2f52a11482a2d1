"""A till's money: taken at the counter, held, handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict
from logistics.kit.money import Money, total
from logistics.pickup.edge import store
from logistics.pickup.edge.tables import StayRow, TillHandInRow, TillReceiptRow
from logistics.pickup.events import TillCashHandedIn, TillCashTaken
from logistics.shipments.cod import Taken
from logistics.sites.edge import store as sites


@dataclass(frozen=True, slots=True)
class HandIn:
    """A till's cash handed in to a depot: what was counted and what the receipts say."""

    amount: Money
    expected: Money
    depot_id: str

    @property
    def difference(self) -> Money:
        """Return what is too much (or, below zero, missing)."""
        return self.amount - self.expected


def holder(site_id: str) -> str:
    """Name the till of a service point as a holder of money."""
    return f"till:{site_id}"


def take(stay: StayRow, taken: Taken, *, at: datetime, tx: Transaction) -> None:
    """Enter money that was taken for a stay."""
    receipt = TillReceiptRow(
        id=tx.new_id("rcp"),
        site_id=stay.site_id,
        shipment_id=stay.shipment_id,
        amount_minor=taken.amount.amount_minor,
        currency=taken.amount.currency,
        means=taken.means,
        taken_at=at,
    )
    tx.session.add(receipt)
    tx.announce(
        TillCashTaken(
            merchant_id=stay.merchant_id,
            shipment_id=stay.shipment_id,
            occurred_at=at,
            receipt_id=receipt.id,
            amount=taken.amount,
            means=taken.means,
            holder=holder(stay.site_id),
        )
    )


def hand_in(site_id: str, amount: Money, *, depot_id: str, at: datetime, tx: Transaction) -> HandIn:
    """Hand in all cash of a till to a depot (the nearest, if none is named); the till is empty afterwards.

    Where the till holds nothing, an amount is refused (409): so the same hand-in sent twice counts once.
    """
    site = store.lock_service_point(tx.session, site_id)
    held = [row for row in store.list_till_cash(tx.session, site_id) if row.currency == amount.currency]
    expected = total((Money(row.amount_minor, row.currency) for row in held), amount.currency)
    depot = sites.get_site(tx.session, depot_id) if depot_id else store.get_nearest_depot(tx.session, site)
    done = HandIn(amount, expected, depot.id)
    if not expected and not amount:
        return done
    if not expected:
        raise Conflict("The till holds no cash that was not handed in already.", code="nothing_to_hand_in")
    row = TillHandInRow(
        id=tx.new_id("hin"),
        site_id=site_id,
        depot_id=depot.id,
        amount_minor=amount.amount_minor,
        expected_minor=expected.amount_minor,
        currency=amount.currency,
        at=at,
    )
    tx.session.add(row)
    for receipt in held:
        receipt.hand_in_id = row.id
        tx.session.add(receipt)
    tx.announce(
        TillCashHandedIn(
            merchant_id="",
            shipment_id="",
            occurred_at=at,
            amount=amount,
            expected=expected,
            holder=holder(site_id),
            to=f"depot:{depot.id}",
        )
    )
    return done
