from datetime import date
from fractions import Fraction

from logistics.kit.edge.db import Database
from logistics.kit.money import Money
from logistics.settlement.charges import Charge, ChargeKind
from logistics.settlement.edge import handlers, views
from logistics.settlement.statement import Line, Statement
from tests.builders import NOON
from tests.settlement.builders import MERCHANT, add_merchant, furnish, receipt, whose, yuan


def test_every_minor_unit_is_in_one_place(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        add_merchant(tx.session, "mch_2")
        for no in (1, 2, 3):
            handlers.owe(whose(no), yuan(100), NOON, tx=tx)
        handlers.take(receipt(1, 120), tx=tx)
        handlers.end(whose(2), "DeliveryRefused", NOON, tx=tx)
        out = views.cod_of(tx.session, MERCHANT)
        nothing = views.cod_of(tx.session, "mch_2")
    minor = {name: money["amount_minor"] // 100 for name, money in out.model_dump(exclude={"in_custody"}).items()}
    assert minor == {
        "accepted": 300,
        "due": 100,
        "taken": 120,
        "banked": 0,
        "remitted": 0,
        "fees": 0,
        "void": 100,
        "overpaid": 20,
    }
    assert [(one.holder, one.amount.amount_minor) for one in out.in_custody] == [("driver:veh_1", 12000)]
    assert nothing.accepted.amount_minor == nothing.taken.amount_minor == 0


def test_a_third_is_written_as_a_third() -> None:
    charge = Charge(ChargeKind.STORAGE, "", "1 / 3", "1", Fraction(1, 3), (4, 9))
    made = Statement("mch_1", date(2026, 11, 1), date(2026, 11, 30), "CNY", (Line(charge, Money(33, "CNY")),))
    (line,) = views.show_statement(made).lines
    assert (line.exact, line.amount.amount_minor, line.event_seqs) == ("1/3", 33, [4, 9])
    header, row, total, _ = views.statement_csv(made).split("\r\n")
    assert header.startswith("shipment_id,kind")
    assert row == ",storage,1 / 3,1,1/3,0.33,CNY,4 9"
    assert total == ",total,,,,0.33,CNY,"
