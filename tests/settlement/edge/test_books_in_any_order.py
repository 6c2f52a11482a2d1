"""The books against a plain model, whatever the order of the news and however often each is heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import SQLModel, delete, select

from logistics.kit.edge.db import Database, Transaction
from logistics.kit.money import Money
from logistics.merchants.edge.tables import MerchantRow
from logistics.settlement.cod import HandIn, Receipt
from logistics.settlement.edge import books, handlers, remitting
from logistics.settlement.edge.tables import (
    BalanceRow,
    ChargeRow,
    CodRow,
    HappeningCounterRow,
    HappeningRow,
    LegRow,
    RemittanceRow,
    TransferRow,
)
from tests.builders import NOON
from tests.settlement.builders import DEPOT, MERCHANT, furnish, whose

TABLES: tuple[type[SQLModel], ...] = (
    LegRow, TransferRow, BalanceRow, CodRow, HappeningRow, HappeningCounterRow, ChargeRow, RemittanceRow,
)  # fmt: skip
SHIPMENTS = range(4)
CHARGE_MINOR = 100  # the terms: one yuan of COD charge for each shipment that was paid
NEXT_WEEK = NOON + timedelta(days=7)
Heard = Callable[[Transaction], None]


def cny(amount_minor: int) -> Money:
    return Money(amount_minor, "CNY")


class Model:
    """What the totals of all accounts must be, from what has been heard, each thing once and in no order."""

    def __init__(self) -> None:
        self.due: dict[int, int] = {}
        self.taken: dict[str, Receipt] = {}
        self.ended: set[int] = set()
        self.hand_ins: dict[str, HandIn] = {}
        self.from_carrier: dict[int, int] = {}
        self.credited: set[str] = set()  # receipts whose acquirer has paid us
        self.banked = self.remitted = self.withheld = 0

    def totals(self) -> dict[str, int]:
        sums: Counter[str] = Counter()
        for no in SHIPMENTS:
            self._shipment(no, sums)
        for receipt in self.taken.values():
            where = "bank:CNY" if receipt.id in self.credited else f"custody:{receipt.custodian}"
            sums[where] += receipt.amount.amount_minor
        for one in self.hand_ins.values():
            amount, expected = one.amount.amount_minor, one.expected.amount_minor
            sums[f"custody:{one.holder}"] -= expected
            sums[f"custody:{one.to}"] += amount
            sums[f"shortage:{one.holder}"] += max(expected - amount, 0)
            sums[f"surplus:{one.holder}"] -= max(amount - expected, 0)
        for amount in self.from_carrier.values():
            sums["custody:carrier:pretend"] -= amount
        sums[f"custody:depot:{DEPOT}"] -= self.banked
        sums["bank:CNY"] += self.banked + sum(self.from_carrier.values()) - self.remitted
        sums[f"payable:{MERCHANT}"] += self.remitted + self.withheld
        sums[f"receivable:{MERCHANT}"] -= self.withheld
        return {name: amount for name, amount in sums.items() if amount}

    def _shipment(self, no: int, sums: Counter[str]) -> None:
        taken = sum(one.amount.amount_minor for one in self.taken.values() if one.whose == whose(no))
        due = self.due.get(no, 0)
        over = max(taken - due, 0) if no in self.due else 0
        void = max(due - taken, 0) if no in self.ended else 0
        sums[f"cod_due:shp_{no}"] = due - taken - void + over
        sums[f"claim:{MERCHANT}"] += taken - due - over
        sums[f"cod_void:{MERCHANT}"] += void
        sums[f"overpaid:{MERCHANT}"] -= over
        sums[f"payable:{MERCHANT}"] -= taken - over
        sums[f"receivable:{MERCHANT}"] += CHARGE_MINOR if taken else 0
        sums["revenue:cod"] -= CHARGE_MINOR if taken else 0


class BooksMachine(RuleBasedStateMachine):
    """Things happen in the order of the world; the books hear of them in another one."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        self.model = Model()
        self.unheard: list[Heard] = []
        self.heard: list[Heard] = []
        self.with_driver = 0
        self.accepted: dict[int, int] = {}
        self.with_carrier: set[int] = set()
        self.count = 0

    @initialize()
    def begin(self) -> None:
        with self.database.transaction() as tx:
            for table in TABLES:
                tx.session.exec(delete(table))

    @rule(no=st.sampled_from(SHIPMENTS), amount=st.integers(1, 50_000))
    def is_accepted(self, no: int, amount: int) -> None:
        if no not in self.accepted:
            self.accepted[no] = amount
            self.unheard.append(partial(self._hear_due, no, amount))

    @rule(no=st.sampled_from(SHIPMENTS), amount=st.integers(1, 60_000), means=st.sampled_from(["cash", "card"]))
    def pays(self, no: int, amount: int, means: str) -> None:
        if no not in self.with_carrier:
            self.with_driver += amount if means == "cash" else 0
            self.unheard.append(partial(self._hear_taken, self._receipt(no, amount, means, "driver:veh_1")))

    @rule(no=st.sampled_from(SHIPMENTS))
    def pays_the_carrier(self, no: int) -> None:
        if no in self.accepted and no not in self.with_carrier:
            self.with_carrier.add(no)
            receipt = self._receipt(no, self.accepted[no], "cash", "carrier:pretend")
            self.unheard.append(partial(self._hear_taken, replace(receipt, id=f"carrier:{no}")))
            self.unheard.append(partial(self._hear_carrier, no, self.accepted[no]))

    @rule(no=st.sampled_from(SHIPMENTS))
    def refuses(self, no: int) -> None:
        self.unheard.append(partial(self._hear_end, no))

    @rule(difference=st.sampled_from([0, 0, 0, -300, 200, -(10**9)]))
    def hands_in(self, difference: int) -> None:
        if self.with_driver:
            self.count += 1
            amount = cny(max(self.with_driver + difference, 0))
            at = NOON + timedelta(seconds=self.count)
            one = HandIn(f"run_{self.count}", "driver:veh_1", f"depot:{DEPOT}", amount, cny(self.with_driver), at)
            self.with_driver = 0
            self.unheard.append(partial(self._hear_hand_in, one))

    @rule(data=st.data())
    def news_arrives(self, data: st.DataObject) -> None:
        if self.unheard:
            self._listen(self.unheard.pop(data.draw(st.integers(0, len(self.unheard) - 1))))

    @rule(data=st.data())
    def news_arrives_again(self, data: st.DataObject) -> None:
        if self.heard:
            self._listen(data.draw(st.sampled_from(self.heard)))

    @rule(percent=st.integers(1, 100))
    def the_depot_banks(self, percent: int) -> None:
        with self.database.transaction() as tx:
            there = books.sum_of(tx.session, f"custody:depot:{DEPOT}", "CNY")
            amount = there * percent // 100
            if amount > 0:
                handlers.bank(DEPOT, cny(amount), tx=tx)
                self.model.banked += amount

    @rule()
    def merchants_get_their_money(self) -> None:
        with self.database.transaction() as tx:
            merchant = tx.session.exec(select(MerchantRow)).one()
            done = remitting.remit(merchant, "run", NEXT_WEEK, tx=tx)
            self.model.credited = {one.id for one in self.model.taken.values() if one.means == "card"}
            if done.row:
                self.model.remitted += done.row.amount_minor
                self.model.withheld += done.row.fees_minor

    @invariant()
    def the_books_are_the_model(self) -> None:
        with self.database.reading() as session:
            assert books.imbalance(session) == 0
            assert {name: amount for name, _, amount in books.list_balances(session)} == self.model.totals()

    def teardown(self) -> None:
        """Let everything arrive and everybody pay: then nothing may be left but what belongs to others."""
        self.hands_in(0)
        while self.unheard:
            self._listen(self.unheard.pop())
        self.the_depot_banks(100)
        self.merchants_get_their_money()
        self.the_books_are_the_model()
        with self.database.reading() as session:
            left = {name: amount for name, _, amount in books.list_balances(session)}
            bank = books.read_pool(session, "bank:CNY", "CNY")
        assert not [name for name in left if name.startswith("custody:") and left[name] > 0]
        for no in set(self.accepted):  # whoever was paid and known is settled to the last fen
            assert sum(one.amount_minor for one in bank.held if one.whose == whose(no)) == self._overpaid(no)

    def _overpaid(self, no: int) -> int:
        taken = sum(one.amount.amount_minor for one in self.model.taken.values() if one.whose == whose(no))
        return max(taken - self.model.due[no], 0)

    def _receipt(self, no: int, amount: int, means: str, holder: str) -> Receipt:
        self.count += 1
        return Receipt(f"rcp_{self.count}", whose(no), cny(amount), means, holder, NOON + timedelta(seconds=self.count))

    def _listen(self, hear: Heard) -> None:
        with self.database.transaction() as tx:
            hear(tx)
        self.heard.append(hear)

    def _hear_due(self, no: int, amount: int, tx: Transaction) -> None:
        handlers.owe(whose(no), cny(amount), NOON, tx=tx)
        self.model.due[no] = amount

    def _hear_taken(self, receipt: Receipt, tx: Transaction) -> None:
        handlers.take(receipt, tx=tx)
        self.model.taken[receipt.id] = receipt

    def _hear_end(self, no: int, tx: Transaction) -> None:
        handlers.end(whose(no), "DeliveryRefused", NOON, tx=tx)
        self.model.ended.add(no)

    def _hear_hand_in(self, one: HandIn, tx: Transaction) -> None:
        handlers.hand_in(one, tx=tx)
        self.model.hand_ins[one.id] = one

    def _hear_carrier(self, no: int, amount: int, tx: Transaction) -> None:
        handlers.receive_from_carrier("pretend", f"W{no}", whose(no), cny(amount), NOON, tx=tx)
        self.model.from_carrier[no] = amount


def test_the_books_are_right_in_any_order(sqlite_database: Database) -> None:
    furnish(sqlite_database, cod_min="1")
    run_state_machine_as_test(
        partial(BooksMachine, sqlite_database),  # type: ignore[arg-type]  # it makes a machine, as a class would
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            # Shrinking commits tens of thousands of times; run it by hand when there is something to shrink.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        ),
    )
