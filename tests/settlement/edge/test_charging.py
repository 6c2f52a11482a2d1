import pytest
from sqlmodel import select

from logistics.kit.edge.db import Database
from logistics.kit.errors import NotFound
from logistics.kit.money import Money
from logistics.merchants.edge.schemas import ContractWire
from logistics.merchants.edge.store import get_merchant
from logistics.settlement.charges import HappeningKind
from logistics.settlement.edge import books, charging, store
from logistics.settlement.edge.charging import What
from logistics.settlement.edge.tables import ChargeRow
from tests.builders import NOON
from tests.settlement.builders import MERCHANT, add_merchant, add_shipment, furnish


def delivered(no: int, merchant_id: str = MERCHANT) -> What:
    return What(f"delivered:shp_{no}", HappeningKind.DELIVERED, merchant_id, f"shp_{no}", NOON)


def test_a_happening_is_numbered_charged_and_posted_once(database: Database) -> None:
    furnish(database, delivery_per_order="8", delivery_per_item="1.005")
    with database.transaction() as tx:
        add_shipment(tx.session, 1)
        assert [charging.record(delivered(1), tx=tx) for _ in range(2)] == [1, 1]
        (charge,) = tx.session.exec(select(ChargeRow)).all()
        # 8 + 1.005 x 2 parcels
        assert (charge.exact, charge.amount_minor, charge.paid_minor) == ("10.01", 1001, 0)
        assert books.list_balances(tx.session) == [
            ("receivable:mch_1", "CNY", 1001),
            ("revenue:delivery", "CNY", -1001),
        ]


def test_numbers_are_dense_for_each_merchant(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        add_merchant(tx.session, "mch_2")
        for no in (1, 2):
            add_shipment(tx.session, no)
        add_shipment(tx.session, 3, merchant_id="mch_2")
        seqs = [charging.record(delivered(no), tx=tx) for no in (1, 2)]
        assert [*seqs, charging.record(delivered(3, "mch_2"), tx=tx)] == [1, 2, 1]


def test_the_terms_of_the_day_are_kept(database: Database) -> None:
    furnish(database, delivery_per_order="8")
    with database.transaction() as tx:
        for no in (1, 2):
            add_shipment(tx.session, no)
        charging.record(delivered(1), tx=tx)
        merchant = get_merchant(tx.session, MERCHANT)
        merchant.contract = ContractWire.model_validate({"delivery_per_order": "9"}).model_dump(mode="json")
        merchant.version = 2
        tx.session.add(merchant)
        charging.record(delivered(2), tx=tx)
        terms = store.list_terms(tx.session, merchant)
        assert {version: contract.delivery_per_order for version, contract in terms.items()} == {1: 8, 2: 9}
        amounts = [row.amount_minor for row in tx.session.exec(select(ChargeRow).order_by(ChargeRow.seq))]  # type: ignore[arg-type]  # a column
        assert amounts == [800, 900]


def test_a_shipment_paid_in_parts_pays_one_charge(database: Database) -> None:
    furnish(database, cod_share="0.01", cod_min="1")
    with database.transaction() as tx:
        for no, amount in enumerate((3000, 17000), 1):
            what = What(f"cod_taken:{no}", HappeningKind.COD_TAKEN, MERCHANT, "shp_1", NOON)
            charging.record(what, tx=tx, taken=Money(amount, "CNY"))
        charged = [row.amount_minor for row in store.list_cod_charges(tx.session, "shp_1")]
        assert charged == [100, 100]  # the minimum on 30; 2 on 200 in all


def test_a_merchant_nobody_knows_is_charged_nothing(database: Database) -> None:
    with database.transaction() as tx, pytest.raises(NotFound):
        charging.record(delivered(1), tx=tx)
