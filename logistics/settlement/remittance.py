"""Which COD money is due to be passed on, and what is kept back of it.

A merchant's money is due ``cod_cycle_days`` after the calendar day it was taken on, in the merchant's time zone. It is
passed on when it is due *and* in our bank account: we never pay one merchant with another's money. What is due and
still in somebody's hands is reported as late, with the holder's name (docs/decisions/0016-ledger.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from logistics.kit.money import Money
from logistics.kit.windows import zone
from logistics.settlement.ledger import AccountKind, Leg, Transfer, account

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A shipment's money that we owe its merchant, in minor units.

    ``payable_minor`` is owed, ``banked_minor`` of it is in our bank; ``charge_minor`` of COD charge is not yet paid.
    """

    shipment_id: str
    taken_at: datetime
    payable_minor: int
    banked_minor: int
    charge_minor: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One shipment in a remittance: ``gross_minor`` leaves the debt, ``fee_minor`` of it stays with us."""

    shipment_id: str
    gross_minor: int
    fee_minor: int


@dataclass(frozen=True, slots=True)
class Due:
    """What a run does for one merchant: what is passed on, and what ought to be but is not in the bank."""

    parts: tuple[Part, ...]
    late: tuple[Waiting, ...]

    @property
    def gross_minor(self) -> int:
        """What leaves the debt."""
        return sum(part.gross_minor for part in self.parts)

    @property
    def fee_minor(self) -> int:
        """What stays with us."""
        return sum(part.fee_minor for part in self.parts)


def last_day(as_of: datetime, cycle_days: int, time_zone: str) -> date:
    """Return the last calendar day of taking whose money is due at a moment: T with T + n <= today."""
    return as_of.astimezone(zone(time_zone)).date() - timedelta(days=cycle_days)


def find_due(waiting: Iterable[Waiting], *, last_on: date, time_zone: str) -> Due:
    """Divide what waits: passed on now, late, and (in neither) not due yet."""
    here = zone(time_zone)
    ripe = [one for one in waiting if one.payable_minor > 0 and one.taken_at.astimezone(here).date() <= last_on]
    parts = [_part(one) for one in ripe]
    late = [one for one in ripe if one.banked_minor < one.payable_minor]
    return Due(tuple(part for part in parts if part.gross_minor > 0), tuple(late))


def _part(one: Waiting) -> Part:
    gross_minor = max(min(one.banked_minor, one.payable_minor), 0)
    return Part(one.shipment_id, gross_minor, min(one.charge_minor, gross_minor))


def remit(remittance_id: str, merchant_id: str, parts: Sequence[Part], currency: str, at: datetime) -> Transfer:
    """Book a remittance: the debt is paid from the bank, less the COD charges, which are thereby paid too."""
    bank = account(AccountKind.BANK, currency)
    legs = []
    for part in parts:
        gross = Money(part.gross_minor, currency)
        legs += [
            Leg(account(AccountKind.PAYABLE, merchant_id), gross, part.shipment_id, merchant_id),
            Leg(bank, -gross, part.shipment_id, merchant_id),
        ]
    fees = Money(sum(part.fee_minor for part in parts), currency)
    if fees:
        legs += [
            Leg(bank, fees),
            Leg(account(AccountKind.RECEIVABLE, merchant_id), -fees, merchant_id=merchant_id),
        ]
    return Transfer(f"remit:{remittance_id}", "remit", tuple(legs), at)
