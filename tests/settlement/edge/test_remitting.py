from datetime import timedelta

from logistics.kit.edge.db import Database, Transaction
from logistics.merchants.edge.store import get_merchant
from logistics.settlement.edge import books, handlers, remitting, store
from logistics.settlement.edge.remitting import Remitted
from tests.builders import NOON
from tests.settlement.builders import DEPOT, MERCHANT, furnish, hand_in, receipt, whose, yuan

TOMORROW = NOON + timedelta(days=1)


def pay(no: int, amount: float, *, tx: Transaction, means: str = "cash") -> None:
    handlers.owe(whose(no), yuan(amount), NOON, tx=tx)
    handlers.take(receipt(no, amount, means=means), tx=tx)


def remit(tx: Transaction, days: int = 1) -> Remitted:
    return remitting.remit(get_merchant(tx.session, MERCHANT), "rrn_1", NOON + timedelta(days=days), tx=tx)


def test_what_is_banked_goes_out_and_what_is_not_is_late(database: Database) -> None:
    furnish(database, cod_share="0.01")
    with database.transaction() as tx:
        for no in (1, 2):
            pay(no, 100, tx=tx)
        handlers.hand_in(hand_in("run_1", 200), tx=tx)
        handlers.bank(DEPOT, yuan(150), tx=tx)
        done = remit(tx)
        assert done.row is not None
        # 150 are in the bank: all of shipment 1 and half of shipment 2; 1 % of what was taken is kept back.
        assert (done.row.amount_minor, done.row.fees_minor, done.row.shipment_count) == (14800, 200, 2)
        assert [(one.shipment_id, one.payable_minor, one.banked_minor) for one in done.late] == [("shp_2", 10000, 5000)]
        assert [row.paid_minor for no in (1, 2) for row in store.list_cod_charges(tx.session, f"shp_{no}")] == [
            100,
            100,
        ]
        assert books.sum_of(tx.session, f"payable:{MERCHANT}", "CNY") == -5000
    with database.transaction() as tx:
        assert remit(tx).row is None
        handlers.bank(DEPOT, yuan(50), tx=tx)
        rest = remit(tx)
        assert rest.row is not None
        assert (rest.row.amount_minor, rest.row.fees_minor) == (5000, 0)
        assert books.sum_of(tx.session, f"receivable:{MERCHANT}", "CNY") == 0
        assert books.imbalance(tx.session) == 0


def test_the_cycle_of_the_contract_is_kept(database: Database) -> None:
    furnish(database, cod_cycle_days=3)
    with database.transaction() as tx:
        pay(1, 100, tx=tx, means="card")
        assert [remit(tx, days).row is not None for days in (0, 1, 2, 3, 4)] == [False, False, False, True, False]


def test_one_run_a_day_by_the_clock(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        merchant = get_merchant(tx.session, MERCHANT)
        assert remitting.is_open(merchant, TOMORROW, tx=tx)
        pay(1, 100, tx=tx, means="card")
        assert remit(tx).row is not None
        assert not remitting.is_open(merchant, TOMORROW, tx=tx)
        assert remitting.is_open(merchant, TOMORROW + timedelta(days=1), tx=tx)


def test_more_charge_than_money_leaves_a_debt(database: Database) -> None:
    furnish(database, cod_min="5")
    with database.transaction() as tx:
        pay(1, 3, tx=tx, means="card")
        done = remit(tx)
        assert done.row is not None
        assert (done.row.amount_minor, done.row.fees_minor) == (0, 300)
        assert books.sum_of(tx.session, f"receivable:{MERCHANT}", "CNY") == 200


def test_money_of_a_shipment_whose_due_is_not_known_yet_waits(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        handlers.take(receipt(1, 500, means="card"), tx=tx)  # the news of the acceptance is late
        assert remit(tx).row is None
        handlers.owe(whose(1), yuan(100), NOON, tx=tx)
        done = remit(tx)
        # 100 were due: what was taken beyond them is the buyer's, and must not have gone to the merchant before.
        assert done.row is not None
        assert done.row.amount_minor == 10000
        assert books.sum_of(tx.session, f"payable:{MERCHANT}", "CNY") == 0
