"""Completes an offer: what the merchant is charged, what the risk is worth, and whether the contract allows it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.modes.offers import Asked, Offer, Reason
from logistics.modes.policy import Policy
from logistics.modes.promises import Promise
from logistics.modes.tariff import Terms


@dataclass(frozen=True, slots=True)
class Pricing:
    """What was agreed with the merchant, and how we weigh risk."""

    terms: Terms
    policy: Policy = field(default_factory=Policy)

    def money(self, major: float) -> Money:
        """Round an estimated cost to the contract's currency."""
        return Money.from_exact(Fraction(major), self.terms.contract.currency)

    def complete(self, offer: Offer, asked: Asked, *, origin: Point, cost: Money, promise: Promise) -> Offer:
        """Return the offer with price, cost, risk and promise, and with a reason where one of them cannot be."""
        currency = self.terms.contract.currency
        reasons = list(offer.reasons)
        if offer.mode not in asked.allowed:
            reasons.append(Reason("not_in_contract", "the contract does not allow it"))
        if cost.currency != currency:
            reasons.append(Reason("other_currency", f"it costs {cost.currency}, and the contract is in {currency}"))
            return replace(offer, reasons=tuple(reasons), promise=promise.window)
        price = self.terms.price(offer.mode, asked.load, origin=origin, place=asked.place)
        if price is None:
            reasons.append(Reason("outside_tariff", "the merchant's tariff has no price for it"))
        return replace(
            offer,
            price=price.amount if price else None,
            cost=cost,
            risk=self.policy.risk(offer.mode, cost, asked, promise.window, promise.on),
            promise=promise.window,
            reasons=tuple(reasons),
        )
