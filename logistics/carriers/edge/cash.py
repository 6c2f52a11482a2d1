"""COD money that carriers hold: collected when they deliver, remitted when they pass it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from logistics.carriers.edge import store
from logistics.carriers.edge.tables import ConsignmentRow
from logistics.carriers.events import CarrierCashCollected, CarrierCashRemitted
from logistics.kit.edge.db import Transaction
from logistics.kit.findings import Finding
from logistics.kit.money import Money

Line = tuple[str, Money]  # waybill and amount


def collect(row: ConsignmentRow, at: datetime, *, tx: Transaction) -> None:
    """Record that the carrier took the money due when it delivered; once."""
    if not row.cod_due_minor or row.cod_collected_minor:
        return
    row.cod_collected_minor = row.cod_due_minor
    tx.session.add(row)
    tx.announce(
        CarrierCashCollected(
            merchant_id=row.merchant_id,
            shipment_id=row.shipment_id,
            occurred_at=at,
            carrier=row.carrier,
            waybill_no=row.waybill_no or "",
            amount=Money(row.cod_collected_minor, row.currency),
        )
    )


def remit(carrier: str, lines: Sequence[Line], *, tx: Transaction) -> tuple[int, list[Finding]]:
    """Record money a carrier passed on, waybill by waybill; return how many lines were taken, and what was wrong.

    A line that is refused leaves the others alone. Less than was collected is taken, and said; more than is still
    open, or of a waybill that owes nothing, is refused: it would be money without a reason.
    """
    store.get_carrier(tx.session, carrier)
    rows = store.list_by_waybills(tx.session, carrier, [waybill_no for waybill_no, _ in lines])
    findings: list[Finding] = []
    taken = 0
    for index, (waybill_no, amount) in enumerate(lines):
        where = f"lines[{index}]"
        row = rows.get(waybill_no)
        finding = _refusal(where, row, amount)
        if finding or row is None:
            findings.append(finding or Finding(where, "unknown_waybill", f"We know no waybill {waybill_no}."))
            continue
        _remit(row, amount, tx)
        taken += 1
        if _open_minor(row):
            short = Money(_open_minor(row), row.currency)
            findings.append(Finding(where, "short", f"{short} of {waybill_no} is still to come."))
    return taken, findings


def _refusal(where: str, row: ConsignmentRow | None, amount: Money) -> Finding | None:
    if row is None:
        return None
    if amount.currency != row.currency or amount.amount_minor <= 0:
        return Finding(where, "no_amount", f"{amount} cannot be remitted.", f"more than 0 {row.currency}")
    if not _open_minor(row):
        return Finding(where, "nothing_open", f"Nothing is open of {row.waybill_no}.")
    if amount.amount_minor > _open_minor(row):
        still = Money(_open_minor(row), row.currency)
        return Finding(
            where, "too_much", f"{amount} is more than what is open of {row.waybill_no}.", f"at most {still}"
        )
    return None


def _open_minor(row: ConsignmentRow) -> int:
    return row.cod_collected_minor - row.cod_remitted_minor


def _remit(row: ConsignmentRow, amount: Money, tx: Transaction) -> None:
    row.cod_remitted_minor += amount.amount_minor
    tx.session.add(row)
    tx.announce(
        CarrierCashRemitted(
            merchant_id=row.merchant_id,
            shipment_id=row.shipment_id,
            occurred_at=tx.now,
            carrier=row.carrier,
            waybill_no=row.waybill_no or "",
            amount=amount,
        )
    )
