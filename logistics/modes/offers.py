"""What is asked, and what can be offered: a mode with price, cost, promise, risk and conditions.

An offer is feasible, or says why not: every reason has a stable code. An offer that is not feasible keeps its
price where it has one, so that it can be said what it would have saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from logistics.carriers.rate_card import Load
from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.modes.calibration import SHARE, Basis
from logistics.shipments.model import Mode


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to reach whom. ``wish_on`` is the day wished for, ``window`` the time; both may be missed at a price.

    ``parcel_weight_g_max`` is the heaviest piece. ``wish`` and ``site_wish`` are fixed: nothing else is taken.
    ``allowed`` are the modes of the merchant's contract.
    """

    now: datetime
    load: Load
    parcel_weight_g_max: int
    place: Point | None
    wish_on: date
    window: Window | None = None
    wish: Mode | None = None
    site_wish: str = ""
    has_store_consent: bool = False
    allowed: frozenset[str] = frozenset(Mode)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an offer cannot be taken: a stable code, and the rest of a sentence that begins with "but"."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Expected:
    """How sure an estimated cost is: where its figures come from, and between what most such stops did cost.

    ``low`` and ``high`` are missing while the starting values hold, for nobody knows how far off they are.
    """

    basis: Basis
    low: Money | None = None
    high: Money | None = None

    @property
    def text(self) -> str:
        """Say it in half a sentence, to follow the cost."""
        if self.low is None or self.high is None:
            return "by starting values: too few plans were seen to say how far off that may be"
        whose = "of all depots" if self.basis is Basis.POOLED else "of this depot"
        return f"usually between {self.low} and {self.high}: so it was for {SHARE:.0%} of the stops in plans {whose}"


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to do it. ``price`` is what the merchant is charged, ``cost`` what we spend.

    ``risk`` is what may go wrong in money: failed attempts, lateness (see ``policy``). Price, cost and promise are
    missing only where the offer is not feasible. ``expected``: how sure the cost is; none where it is agreed.
    """

    mode: Mode
    name: str
    site_id: str = ""
    carrier: str = ""
    price: Money | None = None
    cost: Money | None = None
    risk: Money | None = None
    promise: Window | None = None
    reasons: tuple[Reason, ...] = ()
    conditions: tuple[str, ...] = ()
    expected: Expected | None = None

    @property
    def is_feasible(self) -> bool:
        """Tell whether it can be taken."""
        return not self.reasons

    @property
    def total(self) -> Money | None:
        """Return cost and risk together: what offers are compared by."""
        return self.cost + self.risk if self.cost is not None and self.risk is not None else None

    @property
    def key(self) -> tuple[str, str, str]:
        """Name the offer among others."""
        return self.mode, self.site_id, self.carrier
