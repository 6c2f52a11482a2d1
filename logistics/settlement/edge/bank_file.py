"""A run's remittances as a file for the bank: one payment a line, amounts in major units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from logistics.kit.money import Money
from logistics.settlement.edge.csv_text import write_csv
from logistics.settlement.edge.tables import RemittanceRow

HEADER = ("reference", "payee", "amount", "currency", "purpose")


def bank_file(rows: Sequence[RemittanceRow], names: Mapping[str, str]) -> str:
    """Write the payments of a run; ``names`` has the merchants' names by id. What comes to nothing is no payment."""
    return write_csv(HEADER, [_payment(row, names[row.merchant_id]) for row in rows if row.amount_minor > 0])


def decimal_text(money: Money) -> str:
    """Write an amount in major units with all its decimal places (``128.00``)."""
    return str(money).removesuffix(f" {money.currency}")


def _payment(row: RemittanceRow, name: str) -> tuple[str, ...]:
    amount = Money(row.amount_minor, row.currency)
    purpose = f"COD {row.shipment_count} shipments up to {row.last_on.isoformat()}"
    return (row.id, name, decimal_text(amount), row.currency, purpose)
