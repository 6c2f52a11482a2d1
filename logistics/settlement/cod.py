"""The way of COD money, from the buyer's door to the merchant's bank: which transfer each step is.

Due -> taken -> handed in -> banked -> remitted; what is refused, cancelled or returned is void. Each function returns
transfers whose ids follow from what happened, so that news heard twice books once. News may also come in the wrong
order; the books end the same: every step moves its account by the same amount whenever it comes, what depends on
several steps (void, overpaid) is *settled* anew after each, and money that was handed in before we heard who had paid
it is *retagged* when we do.

Whose money a holder has is first in, first out. A shortage at a hand-in never falls on a merchant: the house lays its
own money for it and claims it from the holder, by name. Formulas: docs/formulas/cod.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logistics.kit.money import Money
from logistics.settlement.ledger import AccountKind, Leg, Transfer, TransferState, account
from logistics.shipments.cod import Means

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Whose:
    """Which shipment's money, and its merchant."""

    shipment_id: str
    merchant_id: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money taken: ``holder`` is who took it (``driver:<vehicle>``, ``till:<site>``, ``carrier:<code>``)."""

    id: str
    whose: Whose
    amount: Money
    means: str
    holder: str
    taken_at: datetime

    @property
    def custodian(self) -> str:
        """Return who has the money: the holder has cash; card and QR money goes to an acquirer, never through hands."""
        return self.holder if self.means == Means.CASH else f"acquirer:{self.means}"


def due(whose: Whose, amount: Money, at: datetime) -> Transfer:
    """Book what a buyer is to pay at handover."""
    legs = (_leg(_due(whose), amount, whose), _leg(_claim(whose), -amount, whose))
    return Transfer(f"due:{whose.shipment_id}", "due", legs, at)


def taken(receipt: Receipt) -> list[Transfer]:
    """Book money taken; what an acquirer took is also announced, pending, for our bank."""
    whose, amount = receipt.whose, receipt.amount
    legs = (
        _leg(_custody(receipt.custodian), amount, whose),
        _leg(_due(whose), -amount, whose),
        _leg(_claim(whose), amount, whose),
        _leg(_payable(whose), -amount, whose),
    )
    take = Transfer(f"take:{receipt.id}", "take", legs, receipt.taken_at)
    return [take] if receipt.means == Means.CASH else [take, _acquirer_credit(receipt)]


def _acquirer_credit(receipt: Receipt) -> Transfer:
    whose, amount = receipt.whose, receipt.amount
    legs = (
        _leg(_custody(receipt.custodian), -amount, whose),
        _leg(_bank(amount.currency), amount, whose),
    )
    return Transfer(f"credit:{receipt.id}", "credit", legs, receipt.taken_at, state=TransferState.PENDING)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one shipment's COD, in minor units: ``due_minor`` is none until we hear of it.

    ``void_minor`` and ``overpaid_minor`` are booked already; ``settled_count`` is how often that changed.
    """

    whose: Whose
    currency: str
    due_minor: int | None
    taken_minor: int
    ended: bool
    void_minor: int
    overpaid_minor: int
    settled_count: int

    @property
    def target_void_minor(self) -> int:
        """What of the due amount nobody will take any more."""
        return max((self.due_minor or 0) - self.taken_minor, 0) if self.ended else 0

    @property
    def target_overpaid_minor(self) -> int:
        """What was taken beyond the due amount; unknown, so nothing, until we hear of that."""
        return 0 if self.due_minor is None else max(self.taken_minor - self.due_minor, 0)


def settle(standing: Standing, at: datetime) -> Transfer | None:
    """Book what void and overpaid lack (or have too much), if anything, to be what they should be."""
    whose = standing.whose
    void = Money(standing.target_void_minor - standing.void_minor, standing.currency)
    over = Money(standing.target_overpaid_minor - standing.overpaid_minor, standing.currency)
    legs = _balanced(
        _leg(_due(whose), over - void, whose),
        _leg(account(AccountKind.COD_VOID, whose.merchant_id), void, whose),
        _leg(_claim(whose), -over, whose),
        _leg(_payable(whose), over, whose),
        _leg(account(AccountKind.OVERPAID, whose.merchant_id), -over, whose),
    )
    return Transfer(f"settle:{whose.shipment_id}:{standing.settled_count + 1}", "settle", legs, at) if legs else None


@dataclass(frozen=True, slots=True)
class Held:
    """One shipment's part of what a holder has, and since when."""

    whose: Whose
    amount_minor: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Pool:
    """What a holder has in one currency: whose (parts > 0), and what belongs to no shipment.

    ``unnamed_minor`` is below zero while money has been handed on of which we do not yet know whose it was.
    """

    account: str
    currency: str
    held: tuple[Held, ...]
    unnamed_minor: int

    @property
    def total_minor(self) -> int:
        """What is in the holder's hands."""
        return self.unnamed_minor + sum(one.amount_minor for one in self.held)

    def first(self, amount_minor: int) -> list[Held]:
        """Return the parts that make up an amount, first in first out; less, if there is less."""
        parts, missing = [], amount_minor
        for one in sorted(self.held, key=lambda held: (held.since, held.whose.shipment_id)):
            if missing > 0:
                parts.append(Held(one.whose, min(missing, one.amount_minor), one.since))
                missing -= parts[-1].amount_minor
        return parts


@dataclass(frozen=True, slots=True)
class HandIn:
    """Cash changed hands: ``amount`` was counted where ``expected`` was to be; ``to`` is a holder, too."""

    id: str
    holder: str
    to: str
    amount: Money
    expected: Money
    at: datetime

    @property
    def transfer_id(self) -> str:
        """Return the id under which it is booked."""
        return f"hand_in:{self.id}"


def handed_in(hand_in: HandIn, pool: Pool) -> Transfer | None:
    """Book a hand-in: the holder is quit of what was expected, and stands for the difference, by name.

    None if nothing was expected and nothing came.
    """
    currency = hand_in.amount.currency
    arrived, missing = _cut(pool.first(hand_in.expected.amount_minor), hand_in.amount.amount_minor)
    arrived_minor, missing_minor = _sum(arrived), _sum(missing)
    unnamed_out = hand_in.expected.amount_minor - arrived_minor - missing_minor
    short = (hand_in.expected - hand_in.amount).amount_minor
    legs = _balanced(
        *_parts(pool.account, [*arrived, *missing], currency, -1),
        *_parts(_custody(hand_in.to), arrived, currency, 1),
        *_parts(_bank(currency), missing, currency, 1),
        Leg(_bank(currency), Money(-missing_minor, currency)),
        Leg(pool.account, Money(-unnamed_out, currency)),
        Leg(_custody(hand_in.to), Money(hand_in.amount.amount_minor - arrived_minor, currency)),
        Leg(account(AccountKind.SHORTAGE, hand_in.holder), Money(max(short, 0), currency)),
        Leg(account(AccountKind.SURPLUS, hand_in.holder), Money(min(short, 0), currency)),
    )
    return Transfer(hand_in.transfer_id, "hand_in", legs, hand_in.at) if legs else None


def banked(banking_id: str, amount: Money, pool: Pool, at: datetime) -> Transfer:
    """Book cash that a depot paid into our bank account; the caller has checked that it was there."""
    parts = pool.first(amount.amount_minor)
    unnamed = Money(amount.amount_minor - _sum(parts), amount.currency)
    legs = _balanced(
        *_parts(pool.account, parts, amount.currency, -1),
        *_parts(_bank(amount.currency), parts, amount.currency, 1),
        Leg(pool.account, -unnamed),
        Leg(_bank(amount.currency), unnamed),
    )
    return Transfer(f"bank:{banking_id}", "bank", legs, at)


def retag(retag_id: str, pool: Pool, went_to: str, at: datetime) -> Transfer | None:
    """Say whose the money was that left a pool unnamed, once that is known: names move, amounts do not."""
    parts = pool.first(-pool.unnamed_minor)
    amount = Money(_sum(parts), pool.currency)
    legs = _balanced(
        *_parts(pool.account, parts, pool.currency, -1),
        *_parts(went_to, parts, pool.currency, 1),
        Leg(pool.account, amount),
        Leg(went_to, -amount),
    )
    return Transfer(f"retag:{retag_id}", "retag", legs, at) if legs else None


def carrier_remitted(carrier: str, waybill_no: str, whose: Whose, amount: Money, at: datetime) -> Transfer:
    """Book what a carrier paid into our bank account for one shipment, perhaps in several parts."""
    legs = (
        _leg(_custody(f"carrier:{carrier}"), -amount, whose),
        _leg(_bank(amount.currency), amount, whose),
    )
    part = f"{at.isoformat()}:{amount.amount_minor}"
    return Transfer(f"carrier_remit:{carrier}:{waybill_no}:{part}", "carrier_remit", legs, at)


def _due(whose: Whose) -> str:
    return account(AccountKind.COD_DUE, whose.shipment_id)


def _claim(whose: Whose) -> str:
    return account(AccountKind.CLAIM, whose.merchant_id)


def _payable(whose: Whose) -> str:
    return account(AccountKind.PAYABLE, whose.merchant_id)


def _custody(holder: str) -> str:
    return account(AccountKind.CUSTODY, holder)


def _bank(currency: str) -> str:
    return account(AccountKind.BANK, currency)


def _leg(name: str, amount: Money, whose: Whose) -> Leg:
    return Leg(name, amount, whose.shipment_id, whose.merchant_id)


def _parts(name: str, parts: Iterable[Held], currency: str, sign: int) -> list[Leg]:
    return [_leg(name, Money(sign * one.amount_minor, currency), one.whose) for one in parts]


def _balanced(*legs: Leg) -> tuple[Leg, ...]:
    """Leave out the legs of nothing."""
    return tuple(leg for leg in legs if leg.amount)


def _sum(parts: Iterable[Held]) -> int:
    return sum(one.amount_minor for one in parts)


def _cut(parts: Sequence[Held], amount_minor: int) -> tuple[list[Held], list[Held]]:
    """Divide parts in those that make up the amount and the rest."""
    before, after, room = [], [], amount_minor
    for one in parts:
        inside = min(one.amount_minor, room)
        room -= inside
        if inside:
            before.append(Held(one.whose, inside, one.since))
        if one.amount_minor > inside:
            after.append(Held(one.whose, one.amount_minor - inside, one.since))
    return before, after
