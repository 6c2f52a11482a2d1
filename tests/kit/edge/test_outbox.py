from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from logistics.kit.edge import outbox
from logistics.kit.edge.clock import monotonic_s
from logistics.kit.edge.db import Database, Transaction
from logistics.kit.edge.outbox import Dispatcher, Outbox, Wiring, decode, encode, oldest_waiting
from logistics.kit.money import Money
from tests.builders import ManualClock
from tests.house.source import ROOT
from tests.kit.edge.listening import WIRING, NumberSaid, note, noted, prepare, said, say

SOON_S = 10.0


@pytest.fixture
def dispatcher(database: Database) -> Dispatcher:
    prepare(database)
    database.announcer = Outbox(WIRING)
    return Dispatcher(database, WIRING)


def test_news_survives_being_written_down() -> None:
    assert decode("NumberSaid", encode(said(7))) == said(7)


def test_news_with_money_survives_too() -> None:
    from logistics.delivery.events import CashTaken  # noqa: PLC0415 - one real kind, with what real kinds carry

    taken = CashTaken(
        merchant_id="mer_1",
        shipment_id="shp_1",
        occurred_at=said(1).occurred_at,
        receipt_id="rct_1",
        amount=Money(1250, "CNY"),
        means="cash",
        holder="driver:veh_1",
    )
    assert decode("CashTaken", encode(taken)) == taken


def test_a_listener_hears_each_piece_once(database: Database, dispatcher: Dispatcher) -> None:
    say(database, 1, 2)
    say(database, 3)
    assert dispatcher.waiting() == 3
    assert dispatcher.drain() == 3
    assert dispatcher.drain() == 0
    assert noted(database) == [1, 2, 3]
    assert dispatcher.waiting() == 0


def test_a_failed_command_announces_nothing(database: Database, dispatcher: Dispatcher) -> None:
    def command() -> None:
        with database.transaction() as tx:
            tx.announce(said(1))
            raise RuntimeError("the command fails after announcing")

    with pytest.raises(RuntimeError):
        command()
    assert dispatcher.waiting() == 0
    assert dispatcher.drain() == 0


def test_what_is_heard_at_once_is_true_with_the_command_or_not_at_all(database: Database) -> None:
    prepare(database)
    database.announcer = Outbox(Wiring(at_once={NumberSaid: (note,)}))
    say(database, 1)
    assert noted(database) == [1]

    def command() -> None:
        with database.transaction() as tx:
            tx.announce(said(2))
            raise RuntimeError("after the listener has heard")

    with pytest.raises(RuntimeError):
        command()
    assert noted(database) == [1]


class Moody:
    """A listener that writes, then fails on one number so many times."""

    def __init__(self, number: int, failures: int) -> None:
        self.number = number
        self.failures = failures

    def __call__(self, news: NumberSaid, tx: Transaction) -> None:
        note(news, tx)
        if news.number == self.number and self.failures:
            self.failures -= 1
            raise RuntimeError("not in the mood")


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "RETRY_S_FIRST", 0.0)


@pytest.mark.usefixtures("no_pause")
def test_what_a_listener_writes_happens_once_although_it_fails_first(database: Database) -> None:
    prepare(database)
    wiring = Wiring(later={"notes": {NumberSaid: (Moody(2, failures=3),)}})
    database.announcer = Outbox(wiring)
    say(database, 1, 2, 3)
    dispatcher = Dispatcher(database, wiring)
    dispatcher.drain()
    assert noted(database) == [1, 2, 3]
    assert dispatcher.waiting() == 0


def test_one_piece_at_fault_waits_alone_with_its_error(database: Database) -> None:
    prepare(database)
    wiring = Wiring(later={"notes": {NumberSaid: (Moody(2, failures=99),)}})
    database.announcer = Outbox(wiring)
    say(database, 1, 2, 3)
    dispatcher = Dispatcher(database, wiring)
    dispatcher.work("notes")
    assert noted(database) == [1, 3]
    assert dispatcher.waiting() == 1


def test_one_listeners_fault_is_not_anothers(database: Database) -> None:
    prepare(database)

    def refuse(news: NumberSaid, tx: Transaction) -> None:
        raise RuntimeError(news, tx)

    wiring = Wiring(later={"broken": {NumberSaid: (refuse,)}, "notes": {NumberSaid: (note,)}})
    database.announcer = Outbox(wiring)
    say(database, 1)
    dispatcher = Dispatcher(database, wiring)
    for listener in wiring.later:
        dispatcher.work(listener)
    assert noted(database) == [1]
    assert dispatcher.waiting() == 1


def test_listeners_in_threads_are_woken_by_the_commit(database: Database) -> None:
    prepare(database)
    heard = threading.Event()

    def hear(_news: NumberSaid, tx: Transaction) -> None:
        tx.after_commit(heard.set)

    wiring = Wiring(later={"notes": {NumberSaid: (hear,)}})
    dispatcher = Dispatcher(database, wiring)
    database.announcer = Outbox(wiring, dispatcher.wake)
    dispatcher.start()
    try:
        say(database, 1)
        assert heard.wait(SOON_S)
    finally:
        dispatcher.stop()


def test_two_processes_working_one_listener_double_nothing(database: Database) -> None:
    prepare(database)
    database.announcer = Outbox(WIRING)
    for start in range(0, 500, 50):
        say(database, *range(start, start + 50))
    workers = [Dispatcher(database, WIRING) for _ in range(2)]
    threads = [threading.Thread(target=worker.drain) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    workers[0].drain()  # what one skipped because the other held it, and then gave back
    assert noted(database) == list(range(500))


@pytest.mark.parametrize("kill_after", [1, 60])
def test_a_killed_process_loses_and_doubles_nothing(database: Database, kill_after: int) -> None:
    prepare(database)
    program = [sys.executable, "-m", "tests.kit.edge.listening", database.url, "100000"]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        acknowledged = [int(running.stdout.readline()) for _ in range(kill_after)]
        running.kill()
        acknowledged += [int(line) for line in running.stdout.read().split()]
    successor = Dispatcher(database, WIRING)
    until = monotonic_s() + SOON_S
    while successor.waiting() and monotonic_s() < until:  # PostgreSQL may still be ending the dead one's transaction
        successor.drain()
    heard = noted(database)
    assert len(heard) == len(set(heard)), "heard twice"
    assert set(acknowledged) <= set(heard), "acknowledged, but never heard"
    assert len(heard) <= len(acknowledged) + 1, "heard what was never said: only the last one may lack its word"


def test_how_long_the_oldest_waits(database: Database, dispatcher: Dispatcher, clock: ManualClock) -> None:
    assert oldest_waiting(database, clock)[0] is None
    say(database, 1)
    clock.advance(minutes=5)
    first, now = oldest_waiting(database, clock)
    assert first is not None
    assert now - first == timedelta(minutes=5)
    dispatcher.drain()
    assert oldest_waiting(database, clock)[0] is None
