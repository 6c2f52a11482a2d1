from __future__ import annotations

import importlib

from sqlmodel import select

from logistics.modes.edge.jobs import JOBS, LESSONS_KEPT_FOR, forget_lessons, forget_quotes
from logistics.modes.edge.tables import LessonRow, QuoteRow
from tests.living import HANGZHOU, House
from tests.modes.edge.test_learning import teach, teaching


def test_the_table_names_functions_that_exist() -> None:
    for _, path in JOBS.values():
        module, _, name = path.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_quotes_are_forgotten_a_week_after_they_ended(house: House) -> None:
    house.made("/v1/quotes", {"recipient": {"point": HANGZHOU}, "parcels": [{"weight_g": 1}]}, house.merchant)

    def kept() -> int:
        with house.ctx.db.reading() as session:
            return len(session.exec(select(QuoteRow)).all())

    house.clock.advance(days=7)
    forget_quotes(house.ctx)
    assert kept() == 1
    house.clock.advance(hours=1)
    forget_quotes(house.ctx)
    assert kept() == 0


def test_lessons_are_forgotten_after_a_season(house: House) -> None:
    teach(house, teaching(1))

    def kept() -> int:
        with house.ctx.db.reading() as session:
            return len(session.exec(select(LessonRow)).all())

    house.clock.advance(days=LESSONS_KEPT_FOR.days)
    forget_lessons(house.ctx)
    assert kept() == 1
    house.clock.advance(hours=1)
    forget_lessons(house.ctx)
    assert kept() == 0
