from datetime import UTC, date, datetime, timedelta

import pytest

from logistics.kit.edge.db import Database
from logistics.kit.errors import Invalid
from logistics.merchants.edge.store import get_merchant
from logistics.settlement.charges import HappeningKind
from logistics.settlement.edge import charging, statements, store
from logistics.settlement.edge.charging import What
from logistics.settlement.edge.statements import month_before, period_of
from tests.builders import NOON
from tests.settlement.builders import MERCHANT, add_shipment, furnish


@pytest.mark.parametrize(
    ("time_zone", "this_month", "last_month"),
    [("Asia/Shanghai", "2025-12-01", "2025-12-31"), ("America/New_York", "2025-11-01", "2025-11-30")],
)
def test_a_month_ends_where_the_merchant_is(time_zone: str, this_month: str, last_month: str) -> None:
    new_year = datetime(2025, 12, 31, 16, tzinfo=UTC)  # midnight in Shanghai, eleven in the morning in New York
    assert [day.isoformat() for day in month_before(new_year, time_zone)] == [this_month, last_month]


def test_a_period_is_days_of_the_merchant() -> None:
    period = period_of(date(2026, 11, 1), date(2026, 11, 30), "Asia/Shanghai")
    assert period.window.start == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert period.window.end == datetime(2026, 11, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize(("first", "last"), [("2026-11-30", "2026-11-01"), ("2025-01-01", "2026-11-01")])
def test_a_period_that_cannot_be_is_refused(first: str, last: str) -> None:
    with pytest.raises(Invalid):
        period_of(date.fromisoformat(first), date.fromisoformat(last), "Asia/Shanghai")


def test_what_is_heard_late_falls_into_an_open_period(database: Database) -> None:
    furnish(database, delivery_per_order="8")
    december = NOON + timedelta(days=10)
    with database.transaction(december) as tx:
        add_shipment(tx.session, 1)
        what = What("delivered:shp_1", HappeningKind.DELIVERED, MERCHANT, "shp_1", NOON)  # it happened in November
        charging.record(what, tx=tx)
        november, later = (
            statements.statement(tx.session, MERCHANT, date(2026, month, 1), date(2026, month, 28))
            for month in (11, 12)
        )
    assert (len(november.lines), len(later.lines)) == (0, 1)


def test_a_month_in_which_nothing_was_ever_booked_is_not_closed(database: Database) -> None:
    furnish(database)
    with database.transaction() as tx:
        assert statements.close_month(get_merchant(tx.session, MERCHANT), tx=tx) is None
        assert store.list_statements(tx.session, MERCHANT) == []
