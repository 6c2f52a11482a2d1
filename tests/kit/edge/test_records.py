from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlmodel import col

from logistics.kit.edge.db import Database
from logistics.kit.edge.records import read_records
from logistics.merchants.edge.tables import MerchantRow
from logistics.shipments.edge.tables import ShipmentRow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Short(NamedTuple):
    """Two columns, in another order than the table's."""

    weight_g: int
    id: str


def fill(database: Database) -> None:
    database.create_tables()
    with database.transaction() as tx:
        tx.session.add(MerchantRow(id="mch", name="M", contract={}, created_at=NOON))
        tx.session.flush()
        for number in range(3):
            tx.session.add(_shipment(number))


def _shipment(number: int, **more: Any) -> ShipmentRow:
    return ShipmentRow(
        id=f"shp{number}", merchant_id="mch", order_ref=f"o{number}", content_hash="", tracking_no=f"T{number}",
        state="accepted", recipient_name="王小明", phone="1", address="文二路 1 号", lat=30.25, lon=None, locale="zh",
        currency="CNY", cod_due_minor=10**12, weight_g=500 + number, volume_cm3=1000, parcels_count=2,
        deliver_on=date(2026, 11, 24), window_start=NOON, window_end=NOON + timedelta(hours=2),
        other_windows=[{"start": "2026-11-25T08:00:00+08:00", "end": "2026-11-25T09:00:00+08:00"}],
        skills=["cold", "fragile"], created_at=NOON, **more,
    )  # fmt: skip


def test_fields_are_filled_by_name_in_the_order_asked_for(database: Database) -> None:
    fill(database)
    with database.reading() as session:
        newest_first = read_records(session, Short, ShipmentRow, order_by=col(ShipmentRow.id).desc())
        heavy = read_records(session, Short, ShipmentRow, col(ShipmentRow.weight_g) > 501)
    assert newest_first == [Short(502, "shp2"), Short(501, "shp1"), Short(500, "shp0")]
    assert heavy == [Short(502, "shp2")]


def test_what_was_changed_in_the_session_is_seen(database: Database) -> None:
    fill(database)
    with database.transaction() as tx:
        row = tx.session.get(ShipmentRow, "shp0")
        assert row is not None
        row.weight_g = 9
        tx.session.add(row)
        assert Short(9, "shp0") in read_records(tx.session, Short, ShipmentRow)
