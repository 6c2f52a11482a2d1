"""News of settlement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from logistics.kit.money import Money
from logistics.kit.news import News


@dataclass(frozen=True, kw_only=True)
class CodRemitted(News):
    """COD money was passed on: ``amount`` went to the merchant's bank, ``fees`` were kept back of what was taken."""

    remittance_id: str
    amount: Money
    fees: Money
    shipment_count: int


@dataclass(frozen=True, kw_only=True)
class StatementReady(News):
    """A month is over and its statement will not change any more; both days are in it."""

    statement_id: str
    from_on: date
    to_on: date
    total: Money
