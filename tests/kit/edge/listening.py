"""A small house for the outbox's tests: one kind of news, one listener, and a program that can be killed.

``python -m tests.kit.edge.listening URL COUNT`` announces numbers one by one, says each on its output once it is
committed, and works the news beside it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from sqlalchemy import text

from logistics.kit.edge.db import Database, Transaction
from logistics.kit.edge.outbox import Dispatcher, Outbox, Wiring
from logistics.kit.news import News
from tests.builders import NOON


@dataclass(frozen=True, kw_only=True)
class NumberSaid(News):
    number: int


def said(number: int) -> NumberSaid:
    return NumberSaid(merchant_id="mer_1", shipment_id=f"shp_{number}", occurred_at=NOON, number=number)


def note(news: NumberSaid, tx: Transaction) -> None:
    """Write the number down: twice, if it is heard twice."""
    tx.session.connection().execute(text("INSERT INTO noted (number) VALUES (:number)"), {"number": news.number})


def prepare(database: Database) -> None:
    with database.transaction() as tx:
        tx.session.connection().execute(text("CREATE TABLE IF NOT EXISTS noted (number INTEGER NOT NULL)"))


def noted(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.connection().execute(text("SELECT number FROM noted ORDER BY number")).scalars())


def say(database: Database, *numbers: int) -> None:
    """Announce numbers in one transaction."""
    with database.transaction() as tx:
        tx.announce(*map(said, numbers))


WIRING = Wiring(later={"notes": {NumberSaid: (note,)}})


def main() -> None:
    url, count = sys.argv[1], int(sys.argv[2])
    database = Database(url)
    dispatcher = Dispatcher(database, WIRING)
    database.announcer = Outbox(WIRING, dispatcher.wake)
    dispatcher.start()
    for number in range(count):
        say(database, number)
        print(number, flush=True)  # noqa: T201 - what has been said here is acknowledged
    dispatcher.stop()


if __name__ == "__main__":
    main()
