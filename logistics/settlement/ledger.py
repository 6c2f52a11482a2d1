"""Double entry: what a transfer is, and what must hold of it.

Amounts are integer minor units; a debit is positive, a credit negative. What we hold or may claim has a positive
balance, what we owe or earned a negative one, and all accounts together sum to zero, in every currency.

A leg may name the shipment whose money it is. A transfer sums to zero not only as a whole but for each shipment, and
for what belongs to none (the house's own money): so every minor unit of a shipment's COD is, at any time, in exactly
one place, by construction and not by reckoning.

This room knows no business; what happens to COD money is decided in ``cod``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from logistics.kit.lifecycle import Lifecycle
from logistics.kit.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

LEGS_MIN = 2


class AccountKind(StrEnum):
    """What an account says; its name goes on with the holder: ``custody:driver:veh_1``."""

    COD_DUE = "cod_due"  # a buyer is to pay this at handover
    CLAIM = "claim"  # the other side of due and void: what the merchant asked us to take
    COD_VOID = "cod_void"  # was due and will not be taken: refused, cancelled, returned
    CUSTODY = "custody"  # money taken, in the hands of a named holder
    BANK = "bank"  # our bank account of a currency
    PAYABLE = "payable"  # taken for a merchant, not yet passed on
    OVERPAID = "overpaid"  # taken beyond what was due; belongs to the buyer
    SHORTAGE = "shortage"  # a holder handed in less than it had taken
    SURPLUS = "surplus"  # a holder handed in more than it had taken
    RECEIVABLE = "receivable"  # charges a merchant owes us
    REVENUE = "revenue"  # charges we earned, by kind


def account(kind: AccountKind, *holder: str) -> str:
    """Name an account: its kind, then its holder, with colons between."""
    assert holder, "an account has a holder"
    assert all(holder), "a part of the account's name is empty"
    return ":".join((kind, *holder))


def kind_of(name: str) -> AccountKind:
    """Return what kind of account a name stands for."""
    return AccountKind(name.partition(":")[0])


def holder_of(name: str) -> str:
    """Return the holder in an account's name: ``driver:veh_1`` of ``custody:driver:veh_1``."""
    return name.partition(":")[2]


class TransferState(StrEnum):
    """Where a transfer stands; only posted ones count in balances."""

    PENDING = "pending"
    POSTED = "posted"
    VOIDED = "voided"


class TransferStep(StrEnum):
    """What settles a pending transfer."""

    POST = "post"
    VOID = "void"


TRANSFER = Lifecycle(
    "transfer",
    TransferState.PENDING,
    {
        TransferState.PENDING: {
            TransferStep.POST: TransferState.POSTED,
            TransferStep.VOID: TransferState.VOIDED,
        },
        TransferState.POSTED: {},  # what was posted stands; a correction is a new transfer
        TransferState.VOIDED: {},
    },
)


@dataclass(frozen=True, slots=True)
class Leg:
    """One account's side: debit positive, credit negative, never zero; and whose shipment's money it is, if any's."""

    account: str
    amount: Money
    shipment_id: str = ""
    merchant_id: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One balanced whole. ``id`` is chosen by the caller, from what it records: the same twice is one."""

    id: str
    kind: str
    legs: tuple[Leg, ...]
    occurred_at: datetime
    state: TransferState = TransferState.POSTED
    note: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Assert that the transfer balances: one that does not is a programmer's error."""
        assert len(self.legs) >= LEGS_MIN, f"{self.id}: a transfer has two legs or more"
        assert all(leg.amount for leg in self.legs), f"{self.id}: a leg of nothing"
        assert not any(balances_by_shipment(self.legs).values()), f"{self.id} does not balance"


def balances_by_shipment(legs: Iterable[Leg]) -> Counter[tuple[str, str]]:
    """Sum legs by (currency, shipment): all zero where they balance."""
    sums: Counter[tuple[str, str]] = Counter()
    for leg in legs:
        sums[leg.amount.currency, leg.shipment_id] += leg.amount.amount_minor
    return sums


def reversal(of: Transfer, *, transfer_id: str, at: datetime, note: str) -> Transfer:
    """Return the correction of a posted transfer: the same legs the other way round."""
    legs = tuple(replace(leg, amount=-leg.amount) for leg in of.legs)
    return Transfer(transfer_id, f"{of.kind}_reversed", legs, at, note=note)


@dataclass
class Books:
    """Accounts in memory: balances by (account, currency, shipment). The same transfer twice is one."""

    balances: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    known: set[str] = field(default_factory=set)

    def book(self, *transfers: Transfer) -> None:
        """Book posted transfers that are not known yet."""
        for transfer in transfers:
            if transfer.id not in self.known and transfer.state is TransferState.POSTED:
                self.known.add(transfer.id)
                for leg in transfer.legs:
                    self.balances[leg.account, leg.amount.currency, leg.shipment_id] += leg.amount.amount_minor

    def balance(self, name: str, currency: str, shipment_id: str | None = None) -> int:
        """Return an account's balance in minor units; with a shipment, that one's part of it ("" the house's own)."""
        return sum(
            amount
            for (account_name, unit, shipment), amount in self.balances.items()
            if account_name == name and unit == currency and shipment_id in (None, shipment)
        )

    def imbalance(self) -> int:
        """Return what is wrong, in minor units over all currencies: zero in any books that are books."""
        sums: Counter[str] = Counter()
        for (_, currency, _), amount in self.balances.items():
            sums[currency] += amount
        return sum(abs(amount) for amount in sums.values())
