"""What travels about merchants."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field

from logistics.kit.edge.wire import Wire
from logistics.kit.money import Rounding
from logistics.merchants.contract import Contract

Exact = Annotated[Decimal, Field(ge=0, le=10**9, decimal_places=6, description="major units, as decimal text")]
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=6, description="a share: 0.06 is six per cent")]
ZERO = Decimal(0)


class ContractWire(Wire):
    """A merchant's terms; see docs/formulas for how charges follow from them."""

    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"
    modes: tuple[Literal["own_fleet", "pickup", "carrier"], ...] = ("own_fleet", "pickup", "carrier")
    delivery_per_order: Exact = ZERO
    delivery_per_item: Exact = ZERO
    delivery_per_kg: Exact = ZERO
    storage_per_m3_month: Exact = ZERO
    commission_share: Share = ZERO
    cod_share: Share = ZERO
    cod_min: Exact = ZERO
    return_per_order: Exact = ZERO
    cod_cycle_days: Annotated[int, Field(ge=0, le=90)] = 1
    rounding: Rounding = Rounding.HALF_EVEN
    notes: Annotated[str, Field(max_length=2000)] = ""

    def to_contract(self) -> Contract:
        """Return the terms as the house reckons with them: exactly."""
        values: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(Contract)}
        exact = {name: Fraction(value) for name, value in values.items() if isinstance(value, Decimal)}
        return Contract(**(values | exact))


class MerchantIn(Wire):
    """A merchant we are to work for."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    locale: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Za-z]{2,4})?$")] = "zh-CN"
    time_zone: Annotated[str, Field(max_length=64)] = "Asia/Shanghai"
    contract: ContractWire = ContractWire()


class MerchantOut(MerchantIn):
    """A merchant we work for; ``version`` is the contract's, and its ETag."""

    id: str
    version: int
    created_at: datetime
