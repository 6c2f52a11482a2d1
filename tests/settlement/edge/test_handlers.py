import itertools

import pytest

from logistics.kit.edge.db import Database
from logistics.kit.errors import Conflict, Invalid
from logistics.settlement.edge import books, handlers
from logistics.settlement.ledger import TransferStep
from tests.builders import NOON
from tests.settlement.builders import DEPOT, furnish, hand_in, receipt, whose, yuan

DRIVER, SAFE = "custody:driver:veh_1", f"custody:depot:{DEPOT}"


def balances(database: Database) -> dict[str, int]:
    """All accounts with anything in them, in whole yuan."""
    with database.reading() as session:
        assert books.imbalance(session) == 0
        return {name: amount // 100 for name, _currency, amount in books.list_balances(session)}


def test_the_way_of_money_from_the_door_to_the_bank(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        handlers.owe(whose(1), yuan(100), NOON, tx=tx)
    assert balances(database) == {"cod_due:shp_1": 100, "claim:mch_1": -100}
    with database.transaction() as tx:
        handlers.take(receipt(1, 100), tx=tx)
    assert balances(database) == {DRIVER: 100, "payable:mch_1": -100}
    with database.transaction() as tx:
        handlers.hand_in(hand_in("run_1", 100), tx=tx)
    assert balances(database) == {SAFE: 100, "payable:mch_1": -100}
    with database.transaction() as tx:
        banking = handlers.bank(DEPOT, yuan(100), tx=tx)
    assert banking.left == yuan(0)
    assert balances(database) == {"bank:CNY": 100, "payable:mch_1": -100}


def test_a_shortage_is_the_drivers_and_not_the_merchants(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        for no in (1, 2):
            handlers.owe(whose(no), yuan(100), NOON, tx=tx)
            handlers.take(receipt(no, 100, after_s=no), tx=tx)
        handlers.hand_in(hand_in("run_1", 200, 190), tx=tx)
    assert balances(database) == {SAFE: 190, "shortage:driver:veh_1": 10, "payable:mch_1": -200}
    with database.transaction() as tx:
        handlers.bank(DEPOT, yuan(190), tx=tx)
        # All of the merchant's 200 is in the bank by name: 10 of it the house has laid out.
        pool = books.read_pool(tx.session, "bank:CNY", "CNY")
    assert [one.amount_minor for one in pool.held] == [10000, 10000]
    assert pool.unnamed_minor == -1000


def test_a_surplus_is_kept_apart(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        handlers.owe(whose(1), yuan(100), NOON, tx=tx)
        handlers.take(receipt(1, 100), tx=tx)
        handlers.hand_in(hand_in("run_1", 100, 103), tx=tx)
    assert balances(database) == {SAFE: 103, "surplus:driver:veh_1": -3, "payable:mch_1": -100}


@pytest.mark.parametrize("order", [*itertools.permutations(["owe", "take", "end"])])
def test_what_is_void_does_not_depend_on_the_order(database: Database, order: tuple[str, ...]) -> None:
    furnish(database)
    steps = {
        "owe": lambda tx: handlers.owe(whose(1), yuan(100), NOON, tx=tx),
        "take": lambda tx: handlers.take(receipt(1, 60), tx=tx),
        "end": lambda tx: handlers.end(whose(1), "PartDelivered", NOON, tx=tx),
    }
    for name in (*order, *order):
        with database.transaction() as tx:
            steps[name](tx)
    # 100 was due, 60 was taken, the rest will not be.
    assert balances(database) == {DRIVER: 60, "payable:mch_1": -60, "cod_void:mch_1": 40, "claim:mch_1": -40}


def test_what_was_paid_too_much_belongs_to_the_buyer(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        handlers.owe(whose(1), yuan(100), NOON, tx=tx)
        handlers.take(receipt(1, 130), tx=tx)
    assert balances(database) == {DRIVER: 130, "payable:mch_1": -100, "overpaid:mch_1": -30}


def test_money_handed_in_before_we_hear_who_paid_it_gets_its_name_where_it_is_now(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        handlers.owe(whose(1), yuan(100), NOON, tx=tx)
        handlers.hand_in(hand_in("run_1", 100), tx=tx)
        handlers.bank(DEPOT, yuan(100), tx=tx)
    assert balances(database)[DRIVER] == -100
    with database.transaction() as tx:
        handlers.take(receipt(1, 100), tx=tx)
        pool = books.read_pool(tx.session, "bank:CNY", "CNY")
    assert balances(database) == {"bank:CNY": 100, "payable:mch_1": -100}
    assert [(one.whose, one.amount_minor) for one in pool.held] == [(whose(1), 10000)]
    assert pool.unnamed_minor == 0


def test_card_money_goes_to_the_acquirer_and_waits_pending_for_the_bank(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        handlers.owe(whose(1), yuan(100), NOON, tx=tx)
        handlers.take(receipt(1, 100, means="card"), tx=tx)
    assert balances(database) == {"custody:acquirer:card": 100, "payable:mch_1": -100}
    with database.transaction() as tx:
        books.finish("credit:rcp_1", TransferStep.POST, tx=tx)
    assert balances(database) == {"bank:CNY": 100, "payable:mch_1": -100}
    with database.transaction() as tx, pytest.raises(Conflict):
        books.finish("credit:rcp_1", TransferStep.VOID, tx=tx)


def test_a_depot_banks_what_it_has_and_no_more(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx, pytest.raises(Conflict, match=r"less than 1\.00 CNY"):
        handlers.bank(DEPOT, yuan(1), tx=tx)
    with database.transaction() as tx, pytest.raises(Invalid):
        handlers.bank(DEPOT, yuan(0), tx=tx)


def test_a_carrier_stands_for_what_it_took_until_it_pays(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        handlers.owe(whose(1), yuan(100), NOON, tx=tx)
        handlers.receive_from_carrier("pretend", "W1", whose(1), yuan(60), NOON, tx=tx)
        handlers.take(receipt(1, 100, holder="carrier:pretend"), tx=tx)
        handlers.receive_from_carrier("pretend", "W1", whose(1), yuan(60), NOON, tx=tx)
    assert balances(database) == {"custody:carrier:pretend": 40, "bank:CNY": 60, "payable:mch_1": -100}
