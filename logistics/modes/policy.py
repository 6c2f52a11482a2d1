"""What a promise that may be broken is worth: risk in money, so that it can be compared with cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from logistics.kit.money import Money, Rounding
from logistics.kit.windows import Window
from logistics.modes.offers import Asked
from logistics.shipments.model import Mode


@dataclass(frozen=True, slots=True)
class Policy:
    """Shares are of attempts that fail and cost about as much again; amounts in major units of the currency.

    ``late_day`` is what a day later than wished for costs us in goodwill, ``window_missed`` a time that cannot be
    promised. Starting values, to be replaced by measured ones.
    """

    failed_share: tuple[tuple[Mode, Fraction], ...] = (
        (Mode.OWN_FLEET, Fraction(6, 100)),
        (Mode.PICKUP, Fraction(5, 100)),
        (Mode.CARRIER, Fraction(8, 100)),
    )
    late_day: Fraction = Fraction(2)
    window_missed: Fraction = Fraction(3)

    def risk(self, mode: Mode, cost: Money, asked: Asked, promise: Window, promised_on: date) -> Money:
        """Return what may go wrong with an offer, in money."""
        late_days = max(0, (promised_on - asked.wish_on).days)
        exact = dict(self.failed_share)[mode] * cost.exact() + late_days * self.late_day
        if asked.window and _misses(mode, promise, asked.window):
            exact += self.window_missed
        return Money.from_exact(exact, cost.currency, Rounding.HALF_EVEN)


def _misses(mode: Mode, promise: Window, wished: Window) -> bool:
    if mode is Mode.PICKUP:  # she fetches it when she likes, from the promise's start on
        return promise.start > wished.end
    return promise.start < wished.start or promise.end > wished.end
