from __future__ import annotations

import threading
from datetime import timedelta

from logistics.kit.edge.db import Database
from logistics.kit.edge.leases import Leases
from tests.builders import NOON


def test_one_holder_at_a_time(database: Database) -> None:
    ours, theirs = Leases(database, "ours"), Leases(database, "theirs")
    assert ours.acquire("cut-off", 30, now=NOON)
    assert not theirs.acquire("cut-off", 30, now=NOON)
    assert theirs.acquire("other", 30, now=NOON)


def test_the_holder_renews(database: Database) -> None:
    ours, theirs = Leases(database, "ours"), Leases(database, "theirs")
    ours.acquire("cut-off", 30, now=NOON)
    assert ours.acquire("cut-off", 30, now=NOON + timedelta(seconds=29))
    # 29 s + 30 s = 59 s: still held then, over at the second itself
    assert not theirs.acquire("cut-off", 30, now=NOON + timedelta(seconds=58))
    assert theirs.acquire("cut-off", 30, now=NOON + timedelta(seconds=59))
    assert not ours.acquire("cut-off", 30, now=NOON + timedelta(seconds=60))


def test_a_lease_given_back_is_free_and_only_its_holder_gives_it_back(database: Database) -> None:
    ours, theirs = Leases(database, "ours"), Leases(database, "theirs")
    ours.acquire("cut-off", 30, now=NOON)
    theirs.release("cut-off")
    assert not theirs.acquire("cut-off", 30, now=NOON)
    ours.release("cut-off")
    assert theirs.acquire("cut-off", 30, now=NOON)


def test_of_many_at_once_one_gets_it(database: Database) -> None:
    start = threading.Barrier(8)
    got: list[str] = []

    def grab(name: str) -> None:
        start.wait()
        if Leases(database, name).acquire("cut-off", 30):
            got.append(name)

    threads = [threading.Thread(target=grab, args=(f"p{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1


def test_a_held_lease_outlives_its_span_and_ends_with_the_block(database: Database) -> None:
    ours, theirs = Leases(database, "ours"), Leases(database, "theirs")
    with ours.held("solve", 0.5) as mine:
        assert mine
        assert not threading.Event().wait(0.8)  # longer than the span
        with theirs.held("solve", 0.5) as yours:
            assert not yours
    assert theirs.acquire("solve", 0.5)
