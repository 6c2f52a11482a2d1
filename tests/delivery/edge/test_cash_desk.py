"""Cash handed in: expected, counted, different; once."""

from __future__ import annotations

from sqlmodel import select

from logistics.delivery.events import CashHandedIn
from logistics.kit.edge.outbox import decode
from logistics.kit.edge.tables import OutboxRow
from logistics.kit.money import Money
from tests.delivery.stage import Day, code_of, money


def back_with(day: Day, *cod: int) -> None:
    made = [day.shipment(cod=amount) for amount in cod]
    day.underway(made)
    for one, amount in zip(made, cod, strict=True):
        day.ok(day.paid(one, amount))
    day.ok(day.finish())


def test_the_driver_has_nothing_afterwards_whatever_was_counted(day: Day) -> None:
    back_with(day, 500, 700)
    assert day.run()["state"] == "back"
    done = day.ok(day.hand_in(1150))
    assert done == {"expected": money(1200), "amount": money(1150), "difference": money(-50)}
    run = day.run()
    assert run["state"] == "closed"
    assert run["cash"] == {"taken": money(1200), "handed_in": money(1150)}
    with day.house.ctx.db.reading() as session:
        row = session.exec(select(OutboxRow).where(OutboxRow.kind == "CashHandedIn")).one()
    news = decode(row.kind, row.body)
    assert isinstance(news, CashHandedIn)
    assert (news.amount, news.expected) == (Money(1150, "CNY"), Money(1200, "CNY"))
    assert (news.holder, news.to) == ("driver:veh_1", f"depot:{day.house.depot_id}")


def test_the_same_hand_in_sent_twice_counts_once(day: Day) -> None:
    back_with(day, 500)
    first = day.ok(day.hand_in(500))
    assert day.ok(day.hand_in(500)) == first
    assert day.news().count("CashHandedIn") == 1
    other = day.hand_in(400)
    assert (other.status_code, code_of(other)) == (409, "handed_in")


def test_where_nothing_was_taken_nothing_is_handed_in(day: Day) -> None:
    made = day.shipment()
    day.underway([made])
    assert code_of(day.hand_in(0)) == "run_underway"
    day.ok(day.attempt(made))
    day.ok(day.finish())
    assert day.ok(day.hand_in(0))["expected"] == money(0)
    assert code_of(day.hand_in(5)) == "nothing_to_hand_in"
    assert day.news() == []


def test_another_currency_is_refused(day: Day) -> None:
    back_with(day, 500)
    answer = day.on_run("hand-in", {"amount": {"amount_minor": 500, "currency": "EUR"}})
    assert answer.status_code == 422
