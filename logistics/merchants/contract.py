"""What was agreed with a merchant: which modes, which charges, how fast COD money is passed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from logistics.kit.errors import Invalid
from logistics.kit.money import Rounding

MODES = ("own_fleet", "pickup", "carrier")
SHARE_MAX = Fraction(1)
COD_CYCLE_DAYS_MAX = 90


@dataclass(frozen=True, slots=True)
class Contract:
    """One merchant's terms. Amounts are exact, in major units of ``currency`` (yuan, euro).

    ``delivery_per_order``, ``_per_item``, ``_per_kg`` add up to the delivery charge of a shipment;
    ``storage_per_m3_month`` is for a month of 30 days; ``commission_share`` is of the price of the goods;
    the COD charge is ``cod_share`` of the money taken, at least ``cod_min``. COD is passed on
    ``cod_cycle_days`` after the day it was taken (T+1: 1). ``return_per_order`` is due for a return.
    """

    currency: str = "CNY"
    modes: tuple[str, ...] = MODES
    delivery_per_order: Fraction = Fraction(0)
    delivery_per_item: Fraction = Fraction(0)
    delivery_per_kg: Fraction = Fraction(0)
    storage_per_m3_month: Fraction = Fraction(0)
    commission_share: Fraction = Fraction(0)
    cod_share: Fraction = Fraction(0)
    cod_min: Fraction = Fraction(0)
    return_per_order: Fraction = Fraction(0)
    cod_cycle_days: int = 1
    rounding: Rounding = Rounding.HALF_EVEN
    notes: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse terms nobody can have meant."""
        unknown = [mode for mode in self.modes if mode not in MODES]
        if unknown or not self.modes:
            raise Invalid("contract.modes", f"{unknown or 'none'} cannot be agreed", "some of " + ", ".join(MODES))
        for name in ("commission_share", "cod_share"):
            if not 0 <= getattr(self, name) <= SHARE_MAX:
                raise Invalid(f"contract.{name}", "is no share", "0 to 1, such as 0.06 for six per cent")
        for name in AMOUNTS:
            if getattr(self, name) < 0:
                raise Invalid(f"contract.{name}", "is negative", "0 or more")
        if not 0 <= self.cod_cycle_days <= COD_CYCLE_DAYS_MAX:
            raise Invalid("contract.cod_cycle_days", "is out of range", f"0 to {COD_CYCLE_DAYS_MAX} days")


AMOUNTS = (
    "delivery_per_order", "delivery_per_item", "delivery_per_kg", "storage_per_m3_month", "cod_min", "return_per_order",
)  # fmt: skip
