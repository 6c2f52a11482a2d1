from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect

from logistics.kit.edge.columns import UtcDateTime, read_json
from logistics.kit.edge.db import Database
from tests.strategies import moments

DIALECTS: tuple[Dialect, ...] = (SQLiteDialect_pysqlite(), PGDialect_psycopg())  # type: ignore[no-untyped-call]  # theirs
SHANGHAI = timezone(timedelta(hours=8))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(moments, offsets)
def test_a_moment_stays_the_same_moment(moment: datetime, offset: timezone) -> None:
    column = UtcDateTime()
    for dialect in DIALECTS:
        kept = column.process_bind_param(moment.astimezone(offset), dialect)
        back = column.process_result_value(kept, dialect)
        assert back == moment
        assert back is not None
        assert back.utcoffset() == timedelta(0)


def test_sqlite_gets_the_bare_utc_time() -> None:
    kept = UtcDateTime().process_bind_param(datetime(2026, 11, 24, 20, tzinfo=SHANGHAI), DIALECTS[0])
    assert kept is not None
    assert kept.isoformat() == "2026-11-24T12:00:00"


def test_nothing_stays_nothing() -> None:
    for dialect in DIALECTS:
        assert UtcDateTime().process_bind_param(None, dialect) is None
        assert UtcDateTime().process_result_value(None, dialect) is None


def test_a_naive_moment_is_a_programmers_error() -> None:
    naive = datetime(2026, 11, 24)  # noqa: DTZ001 - this is what is refused
    with pytest.raises(AssertionError):
        UtcDateTime().process_bind_param(naive, DIALECTS[0])


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(categories=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(anything)
def test_json_comes_back_as_python_wrote_it(value: object) -> None:
    back = read_json(json.dumps(value))
    assert back == value
    assert json.dumps(back) == json.dumps(value)


@pytest.mark.parametrize("text", ['"\\ud800"', "Infinity", "[1e999]"])
def test_json_that_is_none_is_read_all_the_same(text: str) -> None:
    assert read_json(text) == json.loads(text)


def test_whole_numbers_have_64_bits_on_both(database: Database) -> None:
    table = Table("wide", MetaData(), Column("id", Integer, primary_key=True), Column("amount_minor", Integer))
    with database.transaction() as tx:
        table.create(tx.session.connection())
        tx.session.connection().execute(table.insert().values(id=2**40, amount_minor=10**15))
        assert tx.session.connection().execute(table.select()).one() == (2**40, 10**15)
