"""What we charge a merchant: by a tariff of zones and weights for each mode, or by the rates of the contract.

A tariff is reckoned like a rate card (see docs/formulas/tariffs.md). Without one, the contract's rates hold:
per order, per item, per kilogram, and its COD fee.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from logistics.carriers.rate_card import G_PER_KG, Line, Load, RateCard, quote
from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.merchants.contract import Contract
from logistics.shipments.model import Mode


@dataclass(frozen=True, slots=True)
class Tariff:
    """A card for each mode it covers; a mode without one is charged by the contract's rates."""

    cards: Mapping[Mode, RateCard]


@dataclass(frozen=True, slots=True)
class Price:
    """A price and the lines it is made of."""

    amount: Money
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with a merchant about prices."""

    contract: Contract
    tariff: Tariff = field(default_factory=lambda: Tariff({}))

    def price(self, mode: Mode, load: Load, *, origin: Point, place: Point | None) -> Price | None:
        """Return what the merchant is charged; none where the tariff does not reach."""
        card = self.tariff.cards.get(mode)
        if card is None:
            return contract_price(self.contract, load)
        quoted, _ = quote(card, load, origin=origin, place=place)
        return Price(quoted.price, quoted.lines) if quoted else None


def contract_price(contract: Contract, load: Load) -> Price:
    """Return the delivery charge and the COD fee of a contract, rounded once by its rule."""
    kg = Fraction(load.weight_g, G_PER_KG)
    lines = [
        Line("per_order", contract.delivery_per_order),
        Line("per_item", contract.delivery_per_item * load.parcels_count),
        Line("per_kg", contract.delivery_per_kg * kg),
    ]
    if load.cod:
        lines.append(Line("cod_fee", max(contract.cod_min, contract.cod_share * load.cod.exact())))
    kept = tuple(line for line in lines if line.exact)
    exact = sum((line.exact for line in kept), Fraction(0))
    return Price(Money.from_exact(exact, contract.currency, contract.rounding), kept)
