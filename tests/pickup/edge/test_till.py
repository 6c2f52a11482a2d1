"""A till's money."""

from __future__ import annotations

from sqlmodel import select

from logistics.kit.edge.outbox import decode
from logistics.kit.edge.tables import OutboxRow
from logistics.kit.money import Money
from logistics.pickup.events import TillCashHandedIn
from tests.delivery.stage import Day, code_of, money


def collect(day: Day, amount: int, means: str) -> None:
    made = day.waiting(cod=amount)
    cash = {"amount": money(amount), "means": means}
    day.ok(day.store("handovers", {"shipment_id": made["id"], "phone_last4": "8000", "cash": cash}))


def test_all_cash_of_a_till_is_handed_in_at_once(day: Day) -> None:
    collect(day, 500, "cash")
    collect(day, 700, "cash")
    collect(day, 900, "card")
    done = day.ok(day.store("hand-in", {"amount": money(1210)}))
    assert done == {
        "expected": money(1200),
        "amount": money(1210),
        "difference": money(10),
        "depot_id": day.house.depot_id,
    }
    with day.house.ctx.db.reading() as session:
        row = session.exec(select(OutboxRow).where(OutboxRow.kind == "TillCashHandedIn")).one()
    news = decode(row.kind, row.body)
    assert isinstance(news, TillCashHandedIn)
    assert (news.amount, news.expected) == (Money(1210, "CNY"), Money(1200, "CNY"))
    assert (news.holder, news.to) == (f"till:{day.house.store_id}", f"depot:{day.house.depot_id}")


def test_the_same_hand_in_sent_twice_counts_once(day: Day) -> None:
    collect(day, 500, "cash")
    day.ok(day.store("hand-in", {"amount": money(500)}))
    again = day.store("hand-in", {"amount": money(500)})
    assert (again.status_code, code_of(again)) == (409, "nothing_to_hand_in")
    assert day.ok(day.store("hand-in", {"amount": money(0)}))["expected"] == money(0)
    assert day.news().count("TillCashHandedIn") == 1
