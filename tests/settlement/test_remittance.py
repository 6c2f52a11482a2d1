from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.settlement.ledger import Books
from logistics.settlement.remittance import Part, Waiting, find_due, last_day, remit

AT = datetime(2026, 11, 25, 3, tzinfo=UTC)
SHANGHAI = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("as_of", "cycle_days", "time_zone", "last_on"),
    [
        # 03:00 UTC is 11:00 in Shanghai and 22:00 of the day before in New York.
        ("2026-11-25T03:00:00+00:00", 1, SHANGHAI, "2026-11-24"),
        ("2026-11-25T03:00:00+00:00", 1, "America/New_York", "2026-11-23"),
        ("2026-11-25T03:00:00+00:00", 0, SHANGHAI, "2026-11-25"),
        ("2026-11-24T15:59:59+00:00", 1, SHANGHAI, "2026-11-23"),
        ("2026-11-24T16:00:00+00:00", 1, SHANGHAI, "2026-11-24"),  # midnight in Shanghai
        ("2026-12-02T03:00:00+00:00", 7, SHANGHAI, "2026-11-25"),
    ],
)
def test_money_is_due_so_many_days_after_its_day_at_the_merchants(
    as_of: str, cycle_days: int, time_zone: str, last_on: str
) -> None:
    assert last_day(datetime.fromisoformat(as_of), cycle_days, time_zone) == date.fromisoformat(last_on)


@pytest.mark.parametrize(
    ("taken_at", "banked", "charge", "passed_on", "late"),
    [
        ("2026-11-24T15:59:59+00:00", 100, 3, Part("shp", 100, 3), False),
        ("2026-11-24T16:00:00+00:00", 100, 3, None, False),  # the 25th in Shanghai: not due yet
        ("2026-11-24T10:00:00+00:00", 0, 3, None, True),  # due, and still with the driver
        ("2026-11-24T10:00:00+00:00", 60, 3, Part("shp", 60, 3), True),  # the rest is late
        ("2026-11-24T10:00:00+00:00", 120, 0, Part("shp", 100, 0), False),  # 20 are not the merchant's
        ("2026-11-24T10:00:00+00:00", 100, 150, Part("shp", 100, 100), False),  # nobody pays in at a remittance
    ],
)
def test_what_is_passed_on_and_what_is_late(
    taken_at: str, banked: int, charge: int, passed_on: Part | None, *, late: bool
) -> None:
    waiting = Waiting("shp", datetime.fromisoformat(taken_at), 100, banked, charge)
    due = find_due([waiting], last_on=date(2026, 11, 24), time_zone=SHANGHAI)
    assert due.parts == ((passed_on,) if passed_on else ())
    assert due.late == ((waiting,) if late else ())


def test_a_remittance_pays_the_debt_and_keeps_the_charge() -> None:
    books = Books()
    books.book(remit("rmt_1", "mch_1", [Part("shp_1", 10000, 100), Part("shp_2", 5000, 50)], "CNY", AT))
    assert books.balance("payable:mch_1", "CNY") == 15000  # 150.00 less owed
    assert books.balance("bank:CNY", "CNY") == -14850  # what leaves the bank
    assert books.balance("receivable:mch_1", "CNY") == -150
    assert books.balance("bank:CNY", "CNY", "shp_1") == -10000
    assert books.balance("bank:CNY", "CNY", "") == 150  # the charges are the house's money now


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**4)), max_size=20))
def test_never_more_than_is_owed_nor_than_is_there(rows: list[tuple[int, int, int]]) -> None:
    waiting = [
        Waiting(f"shp_{no}", datetime(2026, 11, 20, tzinfo=UTC), payable, banked, charge)
        for no, (payable, banked, charge) in enumerate(rows)
    ]
    due = find_due(waiting, last_on=date(2026, 11, 24), time_zone=SHANGHAI)
    assert due.gross_minor <= sum(payable for payable, _, _ in rows)
    assert due.gross_minor <= sum(banked for _, banked, _ in rows)
    assert 0 <= due.fee_minor <= due.gross_minor
    assert due.gross_minor == sum(min(payable, banked) for payable, banked, _ in rows)
    assert Fraction(due.fee_minor) == sum(part.fee_minor for part in due.parts)
