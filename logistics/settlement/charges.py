"""Which charges follow from what happened, by contract, exactly.

An amount is an exact fraction of major units (yuan, euro) until it becomes a line; there it is rounded, once, by the
contract's named rule. Each happening has a ``seq``, dense per merchant, and each charge names those it follows from.
Formulas: docs/formulas/charges.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from logistics.kit.money import Money

if TYPE_CHECKING:
    from logistics.merchants.contract import Contract

CM3_PER_M3 = 1_000_000
G_PER_KG = 1000
DAYS_PER_MONTH = 30  # a contract's month, whatever the calendar says


class HappeningKind(StrEnum):
    """What may cost the merchant something."""

    DELIVERED = "delivered"
    RETURNED = "returned"
    COD_TAKEN = "cod_taken"
    STORED = "stored"


class ChargeKind(StrEnum):
    """What an amount is due for."""

    DELIVERY = "delivery"
    COMMISSION = "commission"
    RETURN = "return"
    COD = "cod"
    STORAGE = "storage"


@dataclass(frozen=True, slots=True)
class Stored:
    """Goods of a volume, for a number of days."""

    volume_cm3: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened, as it was booked: ``seq`` 1, 2, 3 ... of its merchant, under these ``terms``.

    ``terms`` is the version of the contract at the time; ``booked_at`` decides the period, so that what is heard
    late falls into an open period and a closed statement never changes. ``price`` is that of the goods.
    """

    seq: int
    kind: HappeningKind
    booked_at: datetime
    terms: int
    shipment_id: str = ""
    parcels_count: int = 0
    weight_g: int = 0
    price: Money | None = None
    taken: Money | None = None
    stored: tuple[Stored, ...] = ()


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount that became due: exact, in major units, with how it comes about and from which happenings."""

    kind: ChargeKind
    shipment_id: str
    text: str
    quantity: str
    exact: Fraction
    event_seqs: tuple[int, ...]

    def amount(self, contract: Contract) -> Money:
        """Round to money: the only rounding an amount ever gets."""
        return Money.from_exact(self.exact, contract.currency, contract.rounding)


@dataclass(frozen=True, slots=True)
class TakenBefore:
    """What had been taken for a shipment before, in which happenings."""

    amount_minor: int = 0
    event_seqs: tuple[int, ...] = ()


def charges(happening: Happening, contract: Contract, before: TakenBefore | None = None) -> list[Charge]:
    """Return what becomes due by one happening; nothing where the contract says nothing.

    ``before`` matters for money taken: the COD charge is one of a shipment, however many times it was paid.
    """
    before = before or TakenBefore()
    if happening.kind is HappeningKind.DELIVERED:
        found = [_delivery(happening, contract), _commission(happening, contract)]
    elif happening.kind is HappeningKind.RETURNED:
        found = [_return(happening, contract)]
    elif happening.kind is HappeningKind.COD_TAKEN:
        found = [_cod(happening, contract, before)]
    else:
        found = [_storage(happening, contract)]
    return [charge for charge in found if charge.exact]


def cod_exact(taken: Fraction, contract: Contract) -> Fraction:
    """Return the COD charge on money taken (major units): a share of it, at least the minimum; nothing on nothing."""
    return max(contract.cod_share * taken, contract.cod_min) if taken else Fraction(0)


def exact_text(exact: Fraction) -> str:
    """Write an exact amount: as a decimal number if it is one, otherwise as a fraction (``1/3``)."""
    digits = 0
    while (exact * 10**digits).denominator > 1:
        digits += 1
        if digits > exact.denominator.bit_length():  # no power of ten is a multiple of the denominator
            return f"{exact.numerator}/{exact.denominator}"
    sign = "-" if exact < 0 else ""
    whole, rest = divmod(abs(int(exact * 10**digits)), 10**digits)
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"


def _delivery(happening: Happening, contract: Contract) -> Charge:
    weight_kg = Fraction(happening.weight_g, G_PER_KG)
    exact = (
        contract.delivery_per_order
        + contract.delivery_per_item * happening.parcels_count
        + contract.delivery_per_kg * weight_kg
    )
    text = (
        f"{exact_text(contract.delivery_per_order)} + {exact_text(contract.delivery_per_item)} x "
        f"{happening.parcels_count} + {exact_text(contract.delivery_per_kg)} x {exact_text(weight_kg)} kg"
    )
    quantity = f"1 order, {happening.parcels_count} items, {exact_text(weight_kg)} kg"
    return _charge(ChargeKind.DELIVERY, happening, text, quantity, exact)


def _commission(happening: Happening, contract: Contract) -> Charge:
    price = happening.price.exact() if happening.price else Fraction(0)
    share = contract.commission_share
    text = f"{exact_text(share)} x {exact_text(price)}"
    return _charge(ChargeKind.COMMISSION, happening, text, exact_text(price), share * price)


def _return(happening: Happening, contract: Contract) -> Charge:
    exact = contract.return_per_order
    return _charge(ChargeKind.RETURN, happening, exact_text(exact), "1 order", exact)


def _cod(happening: Happening, contract: Contract, before: TakenBefore) -> Charge:
    assert happening.taken is not None, "money taken without an amount"
    earlier = Money(before.amount_minor, happening.taken.currency)
    now = (earlier + happening.taken).exact()
    exact = cod_exact(now, contract) - cod_exact(earlier.exact(), contract)
    text = f"max({exact_text(contract.cod_share)} x {exact_text(now)}, {exact_text(contract.cod_min)})"
    if before.amount_minor:
        text += f" - {exact_text(cod_exact(earlier.exact(), contract))}"
    quantity = exact_text(happening.taken.exact())
    seqs = (*before.event_seqs, happening.seq)
    return Charge(ChargeKind.COD, happening.shipment_id, text, quantity, exact, seqs)


def _storage(happening: Happening, contract: Contract) -> Charge:
    per_month = contract.storage_per_m3_month
    months = sum((_m3_months(lot) for lot in happening.stored), Fraction(0))
    lots = " + ".join(
        f"{exact_text(Fraction(lot.volume_cm3, CM3_PER_M3))} m3 x {lot.days} d" for lot in happening.stored
    )
    text = f"{exact_text(per_month)} x ({lots}) / {DAYS_PER_MONTH}"
    return _charge(ChargeKind.STORAGE, happening, text, f"{exact_text(months)} m3 months", per_month * months)


def _m3_months(lot: Stored) -> Fraction:
    return Fraction(lot.volume_cm3 * lot.days, CM3_PER_M3 * DAYS_PER_MONTH)


def _charge(kind: ChargeKind, happening: Happening, text: str, quantity: str, exact: Fraction) -> Charge:
    return Charge(kind, happening.shipment_id, text, quantity, exact, (happening.seq,))
