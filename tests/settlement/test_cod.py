from datetime import timedelta

import pytest

from logistics.kit.money import Money
from logistics.settlement import cod
from logistics.settlement.cod import HandIn, Held, Pool, Standing
from logistics.settlement.ledger import Books, Transfer, TransferState
from tests.builders import NOON
from tests.settlement.builders import receipt, whose, yuan

DRIVER, SAFE, BANK = "custody:driver:veh_1", "custody:depot:sit_1", "bank:CNY"


def pool(*amounts: int, unnamed: int = 0) -> Pool:
    """Return the driver's cash in whole yuan: shipment 1's first, then 2's ..., and what belongs to none."""
    held = tuple(Held(whose(no), amount * 100, NOON + timedelta(seconds=no)) for no, amount in enumerate(amounts, 1))
    return Pool(DRIVER, "CNY", held, unnamed * 100)


def given(expected: int, amount: int) -> HandIn:
    return HandIn("run_1", "driver:veh_1", "depot:sit_1", yuan(amount), yuan(expected), NOON)


def written(transfer: Transfer | None) -> dict[str, int]:
    """Legs as ``account/shipment: yuan``, those of one account and shipment added up."""
    books = Books()
    if transfer:
        books.book(transfer)
    legs = {f"{name}/{shipment[4:]}": amount // 100 for (name, _, shipment), amount in books.balances.items() if amount}
    return dict(sorted(legs.items()))


@pytest.mark.parametrize(
    ("amount", "parts"),
    [(0, {}), (5, {1: 5}), (10, {1: 10}), (12, {1: 10, 2: 2}), (99, {1: 10, 2: 20})],
)
def test_money_leaves_a_holder_first_in_first_out(amount: int, parts: dict[int, int]) -> None:
    first = pool(10, 20).first(amount * 100)
    assert {int(one.whose.shipment_id[4:]): one.amount_minor // 100 for one in first} == parts


def test_a_pool_is_what_is_in_the_hands() -> None:
    assert pool(10, 20, unnamed=-5).total_minor == 2500


@pytest.mark.parametrize(
    ("held", "expected", "amount", "legs"),
    [
        # all there
        (pool(10, 20), 30, 30, {f"{DRIVER}/1": -10, f"{DRIVER}/2": -20, f"{SAFE}/1": 10, f"{SAFE}/2": 20}),
        # three are missing: of the last shipment's 20, which the house lays out in the bank
        (
            pool(10, 20),
            30,
            27,
            {
                f"{DRIVER}/1": -10,
                f"{DRIVER}/2": -20,
                f"{SAFE}/1": 10,
                f"{SAFE}/2": 17,
                f"{BANK}/2": 3,
                f"{BANK}/": -3,
                "shortage:driver:veh_1/": 3,
            },
        ),
        # two too many: nobody's, and kept apart
        (pool(10), 10, 12, {f"{DRIVER}/1": -10, f"{SAFE}/1": 10, f"{SAFE}/": 2, "surplus:driver:veh_1/": -2}),
        # of 30 expected we know 10 by name so far
        (pool(10), 30, 30, {f"{DRIVER}/1": -10, f"{DRIVER}/": -20, f"{SAFE}/1": 10, f"{SAFE}/": 20}),
        # only what was expected goes: the rest was taken later
        (pool(10, 20), 10, 10, {f"{DRIVER}/1": -10, f"{SAFE}/1": 10}),
        # nothing came at all
        (pool(10), 10, 0, {f"{DRIVER}/1": -10, f"{BANK}/1": 10, f"{BANK}/": -10, "shortage:driver:veh_1/": 10}),
        (pool(), 0, 0, {}),
    ],
)
def test_a_hand_in(held: Pool, expected: int, amount: int, legs: dict[str, int]) -> None:
    assert written(cod.handed_in(given(expected, amount), held)) == dict(sorted(legs.items()))


def test_a_banking_takes_names_along() -> None:
    transfer = cod.banked("bnk_1", yuan(15), pool(10, 20), NOON)
    assert written(transfer) == {f"{BANK}/1": 10, f"{BANK}/2": 5, f"{DRIVER}/1": -10, f"{DRIVER}/2": -5}
    surplus = cod.banked("bnk_1", yuan(12), pool(10, unnamed=2), NOON)
    assert written(surplus) == {f"{BANK}/": 2, f"{BANK}/1": 10, f"{DRIVER}/": -2, f"{DRIVER}/1": -10}


def test_names_follow_the_money_and_amounts_stay() -> None:
    transfer = cod.retag("late", pool(10, 20, unnamed=-15), SAFE, NOON)
    assert written(transfer) == {
        f"{DRIVER}/": 15,
        f"{DRIVER}/1": -10,
        f"{DRIVER}/2": -5,
        f"{SAFE}/": -15,
        f"{SAFE}/1": 10,
        f"{SAFE}/2": 5,
    }
    assert cod.retag("late", pool(10), SAFE, NOON) is None


@pytest.mark.parametrize(
    ("due", "taken", "ended", "void", "overpaid"),
    [
        (100, 0, False, 0, 0),
        (100, 60, False, 0, 0),
        (100, 60, True, 40, 0),
        (100, 0, True, 100, 0),
        (100, 100, True, 0, 0),
        (100, 130, False, 0, 30),
        (None, 60, False, 0, 0),  # not heard of what is due yet: nothing follows
        (None, 0, True, 0, 0),
    ],
)
def test_what_is_void_and_what_overpaid(due: int | None, taken: int, void: int, overpaid: int, *, ended: bool) -> None:
    standing = Standing(whose(1), "CNY", due, taken, ended, 0, 0, 0)
    assert (standing.target_void_minor, standing.target_overpaid_minor) == (void, overpaid)
    transfer = cod.settle(standing, NOON)
    assert (transfer is None) == (void == overpaid == 0)


def test_a_settling_books_only_what_is_lacking() -> None:
    # 100 was void; then 60 was taken after all: only 40 stays void.
    again = cod.settle(Standing(whose(1), "CNY", 10000, 6000, True, 10000, 0, 1), NOON)  # noqa: FBT003 - ended
    assert written(again) == {"cod_due:shp_1/1": 60, "cod_void:mch_1/1": -60}
    assert again is not None
    assert again.id == "settle:shp_1:2"
    assert cod.settle(Standing(whose(1), "CNY", 10000, 6000, True, 4000, 0, 2), NOON) is None  # noqa: FBT003 - ended


def test_cash_stays_with_who_took_it_and_cards_go_to_the_acquirer() -> None:
    (cash,) = cod.taken(receipt(1, 50))
    assert written(cash)[f"{DRIVER}/1"] == 50
    take, credit = cod.taken(receipt(1, 50, means="card"))
    assert written(take)["custody:acquirer:card/1"] == 50
    assert credit.state is TransferState.PENDING
    assert {leg.account: leg.amount for leg in credit.legs} == {
        "custody:acquirer:card": yuan(-50),
        "bank:CNY": Money(5000, "CNY"),
    }
