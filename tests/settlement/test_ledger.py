from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.errors import Conflict
from logistics.kit.money import Money
from logistics.settlement.ledger import (
    TRANSFER,
    AccountKind,
    Books,
    Leg,
    Transfer,
    TransferState,
    TransferStep,
    account,
    holder_of,
    kind_of,
    reversal,
)

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def leg(name: str, amount_minor: int, shipment_id: str = "", currency: str = "CNY") -> Leg:
    return Leg(name, Money(amount_minor, currency), shipment_id)


@pytest.mark.parametrize(
    ("legs", "verdict"),
    [
        ((leg("a", 5), leg("b", -5)), "fine"),
        ((leg("a", 5), leg("b", -3), leg("c", -2)), "fine"),
        ((leg("a", 5), leg("b", -4)), "does not balance"),
        ((leg("a", 5),), "two legs"),
        ((leg("a", 0), leg("b", 0)), "a leg of nothing"),
        # As a whole it balances, but in neither currency, or for neither shipment.
        ((leg("a", 5, currency="CNY"), leg("b", -5, currency="EUR")), "does not balance"),
        ((leg("a", 5, "shp_1"), leg("b", -5, "shp_2")), "does not balance"),
        ((leg("a", 5, "shp_1"), leg("b", -5, "shp_1"), leg("a", 2), leg("b", -2)), "fine"),
    ],
)
def test_a_transfer_balances(legs: tuple[Leg, ...], verdict: str) -> None:
    if verdict == "fine":
        assert Transfer("t", "test", legs, AT).state is TransferState.POSTED
        return
    with pytest.raises(AssertionError, match=verdict):
        Transfer("t", "test", legs, AT)


def test_an_account_is_named_by_kind_and_holder() -> None:
    name = account(AccountKind.CUSTODY, "driver", "veh_1")
    assert name == "custody:driver:veh_1"
    assert kind_of(name) is AccountKind.CUSTODY
    assert holder_of(name) == "driver:veh_1"


def test_only_a_pending_transfer_is_posted_or_voided() -> None:
    assert TRANSFER.after(TransferState.PENDING, TransferStep.POST) is TransferState.POSTED
    assert TRANSFER.after(TransferState.PENDING, TransferStep.VOID) is TransferState.VOIDED
    for state in (TransferState.POSTED, TransferState.VOIDED):
        for step in TransferStep:
            with pytest.raises(Conflict):
                TRANSFER.after(state, step)


def test_pending_and_voided_transfers_do_not_count() -> None:
    books = Books()
    legs = (leg("a", 5), leg("b", -5))
    books.book(Transfer("t1", "test", legs, AT, state=TransferState.PENDING))
    books.book(Transfer("t2", "test", legs, AT, state=TransferState.VOIDED))
    assert not books.balances


def test_the_same_transfer_twice_is_one() -> None:
    books = Books()
    transfer = Transfer("t", "test", (leg("a", 5, "shp_1"), leg("b", -5, "shp_1")), AT)
    books.book(transfer, transfer)
    books.book(transfer)
    assert books.balance("a", "CNY") == books.balance("a", "CNY", "shp_1") == 5
    assert books.balance("a", "CNY", "") == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(1, 10**12)), max_size=20))
def test_books_always_balance_and_corrections_undo(moves: list[tuple[str, str, int]]) -> None:
    books = Books()
    transfers = [
        Transfer(f"t{no}", "test", (leg(into, amount), leg(out, -amount)), AT)
        for no, (into, out, amount) in enumerate(moves)
    ]
    books.book(*transfers)
    assert books.imbalance() == 0
    books.book(*(reversal(one, transfer_id=f"{one.id}:back", at=AT, note="test") for one in transfers))
    assert not any(books.balances.values())
