"""Statements at the edge: gathering what the pure function wants, and closing months."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session

from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Invalid
from logistics.kit.windows import Window, local_day, zone
from logistics.merchants.edge import store as merchants
from logistics.merchants.edge.tables import MerchantRow
from logistics.settlement.edge import store
from logistics.settlement.edge.tables import StatementRow
from logistics.settlement.events import StatementReady
from logistics.settlement.statement import Period, Statement, make_statement

DAYS_MAX = 366


def period_of(from_on: date, to_on: date, time_zone: str) -> Period:
    """Return calendar days of a time zone, both included, as a period."""
    if to_on < from_on:
        raise Invalid("to", "lies before `from`", f"{from_on} or later")
    if (to_on - from_on).days >= DAYS_MAX:
        raise Invalid("to", "is too far from `from`", f"at most {DAYS_MAX} days")
    return Period(from_on, to_on, Window(local_day(from_on, time_zone).start, local_day(to_on, time_zone).end))


def statement(session: Session, merchant_id: str, from_on: date, to_on: date) -> Statement:
    """Write a merchant's statement of these days."""
    merchant = merchants.get_merchant(session, merchant_id)
    period = period_of(from_on, to_on, merchant.time_zone)
    happenings = store.list_happenings(session, merchant_id, period.window)
    return make_statement(merchant_id, happenings, store.list_terms(session, merchant), period)


def close_month(merchant: MerchantRow, *, tx: Transaction) -> StatementRow | None:
    """Announce the statement of the month before, once it is over; none if there is nothing to announce."""
    from_on, to_on = month_before(tx.now, merchant.time_zone)
    known = any(row.from_on == from_on for row in store.list_statements(tx.session, merchant.id))
    first = store.first_booked_at(tx.session, merchant.id)
    if known or first is None or first >= period_of(from_on, to_on, merchant.time_zone).window.end:
        return None
    made = statement(tx.session, merchant.id, from_on, to_on)
    row = StatementRow(
        id=tx.new_id("stm"),
        merchant_id=merchant.id,
        from_on=from_on,
        to_on=to_on,
        currency=made.currency,
        total_minor=made.total.amount_minor,
        lines_count=len(made.lines),
        created_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    tx.announce(
        StatementReady(
            merchant_id=merchant.id,
            shipment_id="",
            occurred_at=tx.now,
            statement_id=row.id,
            from_on=from_on,
            to_on=to_on,
            total=made.total,
        )
    )
    return row


def month_before(now: datetime, time_zone: str) -> tuple[date, date]:
    """Return the first and last day of the calendar month before a moment, at a place."""
    last = now.astimezone(zone(time_zone)).date().replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
