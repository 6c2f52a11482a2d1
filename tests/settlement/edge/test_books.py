from collections.abc import Iterator

import pytest
from sqlmodel import Session, update

from logistics.kit.edge.db import Database
from logistics.kit.errors import Conflict, NotFound
from logistics.kit.money import Money
from logistics.settlement.edge import books
from logistics.settlement.edge.tables import BalanceRow, LegRow
from logistics.settlement.ledger import Leg, Transfer, TransferState, TransferStep
from tests.builders import NOON

DRIVER, SAFE = "custody:driver:veh_1", "custody:depot:sit_1"


def moved(name: str, amount_minor: int, *, state: TransferState = TransferState.POSTED) -> Transfer:
    legs = (
        Leg(DRIVER, Money(-amount_minor, "CNY"), "shp_1", "mch_1"),
        Leg(SAFE, Money(amount_minor, "CNY"), "shp_1", "mch_1"),
    )
    return Transfer(name, "hand_in", legs, NOON, state=state)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as tx:
        assert books.book(moved("t1", 100), tx=tx)
        assert books.book(moved("t2", 50, state=TransferState.PENDING), tx=tx)
        yield tx.session


def test_posted_transfers_count_and_pending_ones_do_not(session: Session) -> None:
    assert books.list_balances(session) == [(SAFE, "CNY", 100), (DRIVER, "CNY", -100)]
    assert books.sum_of(session, SAFE, "CNY") == 100
    assert books.sum_of(session, SAFE, "EUR") == 0
    assert books.imbalance(session) == 0


def test_a_pending_transfer_counts_once_it_is_posted(database: Database) -> None:
    with database.transaction() as tx:
        books.book(moved("t", 50, state=TransferState.PENDING), tx=tx)
        books.finish("t", TransferStep.POST, tx=tx)
        assert books.sum_of(tx.session, SAFE, "CNY") == 50
        for step in TransferStep:
            with pytest.raises(Conflict):
                books.finish("t", step, tx=tx)
        with pytest.raises(NotFound):
            books.finish("none", TransferStep.POST, tx=tx)


def test_the_same_transfer_is_booked_once_and_another_under_its_name_refused(database: Database) -> None:
    with database.transaction() as tx:
        assert books.book(moved("t", 50), tx=tx)
        assert not books.book(moved("t", 50), tx=tx)
        with pytest.raises(Conflict, match="other legs"):
            books.book(moved("t", 51), tx=tx)
        assert books.sum_of(tx.session, SAFE, "CNY") == 50


def test_the_check_finds_a_leg_and_a_balance_that_were_tampered_with(session: Session) -> None:
    session.exec(update(BalanceRow).where(BalanceRow.account == SAFE).values(balance_minor=97))  # type: ignore[arg-type]  # a column's comparison
    assert books.imbalance(session) == 3
    session.exec(update(BalanceRow).where(BalanceRow.account == SAFE).values(balance_minor=100))  # type: ignore[arg-type]  # likewise
    session.exec(update(LegRow).where(LegRow.account == SAFE, LegRow.transfer_id == "t1").values(amount_minor=99))  # type: ignore[arg-type]  # likewise
    assert books.imbalance(session) == 2  # the transfer lacks 1, and the balance has 1 more than its legs


def test_money_is_followed_to_where_it_went_last(session: Session) -> None:
    assert books.find_way_out(session, DRIVER) == SAFE
    assert books.find_way_out(session, SAFE) is None
