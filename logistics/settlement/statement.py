"""A statement is a pure function: what happened, the terms, the period -> lines and totals.

Whoever has the happenings of a merchant (``GET /v1/statements/events``) and the terms can run it and must get the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logistics.kit.money import Money, total
from logistics.settlement.charges import Charge, ChargeKind, Happening, HappeningKind, TakenBefore, charges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from logistics.kit.windows import Window
    from logistics.merchants.contract import Contract


@dataclass(frozen=True, slots=True)
class Line:
    """One charge on paper: the exact amount, and the rounded one that counts."""

    charge: Charge
    amount: Money


@dataclass(frozen=True, slots=True)
class Statement:
    """What became due in a period. ``from_on`` and ``to_on`` are calendar days of the merchant, both included."""

    merchant_id: str
    from_on: date
    to_on: date
    currency: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> Money:
        """What all lines come to: the sum of rounded amounts, so that it can be checked by adding."""
        return total((line.amount for line in self.lines), self.currency)

    def total_of(self, kind: ChargeKind) -> Money:
        """Return what the lines of one kind come to."""
        return total((line.amount for line in self.lines if line.charge.kind is kind), self.currency)

    @property
    def kinds(self) -> list[ChargeKind]:
        """The kinds there are lines of."""
        there = {line.charge.kind for line in self.lines}
        return [kind for kind in ChargeKind if kind in there]


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar days of the merchant, both included, and the moments they are (the end is not in it)."""

    from_on: date
    to_on: date
    window: Window

    def holds(self, happening: Happening) -> bool:
        """Tell whether something was booked in this period."""
        return self.window.start <= happening.booked_at < self.window.end


def make_statement(
    merchant_id: str, happenings: Iterable[Happening], terms: Mapping[int, Contract], period: Period
) -> Statement:
    """Write the statement of a period.

    ``happenings`` are those of the period and, for shipments paid for in it, what had been taken before; others do
    no harm, nor does their order, nor one given twice. ``terms`` has every version of the contract they name.
    """
    lines = []
    before: dict[str, TakenBefore] = {}
    for happening in sorted({one.seq: one for one in happenings}.values(), key=lambda one: one.seq):
        contract = terms[happening.terms]
        earlier = before.get(happening.shipment_id, TakenBefore())
        if period.holds(happening):
            lines += [Line(charge, charge.amount(contract)) for charge in charges(happening, contract, earlier)]
        if happening.kind is HappeningKind.COD_TAKEN and happening.taken:
            amount_minor = earlier.amount_minor + happening.taken.amount_minor
            before[happening.shipment_id] = TakenBefore(amount_minor, (*earlier.event_seqs, happening.seq))
    currency = terms[max(terms)].currency
    return Statement(merchant_id, period.from_on, period.to_on, currency, tuple(lines))
