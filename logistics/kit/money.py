"""Money is an integer number of minor units in one currency.

Decides how amounts add, split and round. Does not decide prices, nor exchange rates: amounts of
two currencies never meet in one sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import total_ordering
from typing import TYPE_CHECKING

from logistics.kit.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# ISO 4217: decimal places of the minor unit, where they are not two.
MINOR_DIGITS_DEFAULT = 2
MINOR_DIGITS = {
    "BHD": 3, "CLP": 0, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "PYG": 0,
    "TND": 3, "UGX": 0, "VND": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}  # fmt: skip
CURRENCY_LETTERS = 3


class Rounding(StrEnum):
    """Names a rule for turning an exact amount into whole minor units."""

    HALF_EVEN = "half_even"
    HALF_UP = "half_up"  # halves away from zero, as Chinese tariffs do
    UP = "up"  # away from zero
    DOWN = "down"  # towards zero


def minor_digits(currency: str) -> int:
    """Return the decimal places of a currency's minor unit (CNY 2, JPY 0)."""
    return MINOR_DIGITS.get(currency, MINOR_DIGITS_DEFAULT)


def round_exact(amount: Fraction, rule: Rounding = Rounding.HALF_EVEN) -> int:
    """Round an exact number of minor units to whole ones by a named rule."""
    if rule is Rounding.HALF_EVEN:
        return round(amount)
    sign = -1 if amount < 0 else 1
    size = abs(amount)
    if rule is Rounding.HALF_UP:
        return sign * int(size + Fraction(1, 2))
    if rule is Rounding.UP:
        return sign * -int(-size // 1)
    return sign * int(size)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (fen, cents) of an ISO 4217 currency; may be negative."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is not a currency code of three capital letters."""
        code = self.currency
        if len(code) != CURRENCY_LETTERS or not (code.isascii() and code.isalpha() and code.isupper()):
            raise Invalid("currency", f"{code!r} is no currency code", "three capital letters, such as CNY")

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Return nothing, in a currency."""
        return cls(0, currency)

    @classmethod
    def from_exact(cls, major: Fraction, currency: str, rule: Rounding = Rounding.HALF_EVEN) -> Money:
        """Round an exact amount of major units (yuan, euro) to money, once, by a named rule."""
        return cls(round_exact(major * 10 ** minor_digits(currency), rule), currency)

    def exact(self) -> Fraction:
        """Return the amount in major units, exactly."""
        return Fraction(self.amount_minor, 10 ** minor_digits(self.currency))

    def __add__(self, other: Money) -> Money:
        """Add an amount of the same currency."""
        return Money(self.amount_minor + self._same(other).amount_minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Take away an amount of the same currency."""
        return Money(self.amount_minor - self._same(other).amount_minor, self.currency)

    def __neg__(self) -> Money:
        """Return the opposite amount."""
        return Money(-self.amount_minor, self.currency)

    def __mul__(self, count: int) -> Money:
        """Take the amount a whole number of times."""
        return Money(self.amount_minor * count, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Compare with an amount of the same currency."""
        return self.amount_minor < self._same(other).amount_minor

    def __bool__(self) -> bool:
        """Tell whether there is any amount at all."""
        return self.amount_minor != 0

    def __str__(self) -> str:
        """Show major units and currency, such as ``128.00 CNY``."""
        digits = minor_digits(self.currency)
        whole, rest = divmod(abs(self.amount_minor), 10**digits)
        sign = "-" if self.amount_minor < 0 else ""
        return f"{sign}{whole}{f'.{rest:0{digits}d}' if digits else ''} {self.currency}"

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Share out by weights (each >= 0, not all zero) without losing a minor unit.

        What does not divide goes, one unit each, to the shares cut shortest; ties to the earlier.
        ``Money(100, "EUR").split((1, 1, 1))`` is 34, 33, 33.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise Invalid("weights", "the weights do not share anything out", "numbers >= 0, not all zero")
        shares = [self.amount_minor * weight // total for weight in weights]
        cut = [self.amount_minor * weight % total for weight in weights]
        rest = self.amount_minor - sum(shares)
        for index in sorted(range(len(weights)), key=lambda i: -cut[i])[:rest]:
            shares[index] += 1
        return [Money(share, self.currency) for share in shares]

    def _same(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise Invalid("currency", f"{self.currency} and {other.currency} cannot be mixed", self.currency)
        return other


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Add up amounts of one currency; nothing adds up to zero."""
    return sum(amounts, Money.zero(currency))
