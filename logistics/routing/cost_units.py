"""The one door between money and the solver's whole numbers.

A cost unit is so small a part of a minor unit of money that prices by kilometre and by hour are whole numbers of units
by metre and by second: 1 / (1000 m x 3600 s). Nothing is rounded on the way in; sums are rounded once on the way out.
"""

from __future__ import annotations

from fractions import Fraction

from logistics.kit.money import Money, round_exact

METRES_A_KM = 1_000
SECONDS_AN_HOUR = 3_600
UNITS_A_MINOR = METRES_A_KM * SECONDS_AN_HOUR


def of_minor(amount_minor: int) -> int:
    """Return an amount of money in cost units."""
    return amount_minor * UNITS_A_MINOR


def per_metre(per_km_minor: int) -> int:
    """Return a price by kilometre in cost units by metre."""
    return per_km_minor * (UNITS_A_MINOR // METRES_A_KM)


def per_second(per_h_minor: int) -> int:
    """Return a price by hour in cost units by second."""
    return per_h_minor * (UNITS_A_MINOR // SECONDS_AN_HOUR)


def to_minor(cost: int) -> int:
    """Return a cost in whole minor units, halves to even."""
    return round_exact(Fraction(cost, UNITS_A_MINOR))


def to_money(cost: int, currency: str) -> Money:
    """Return a cost as money."""
    return Money(to_minor(cost), currency)
