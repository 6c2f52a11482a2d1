"""Each handover by scan is kept: what, who, when."""

from __future__ import annotations

from sqlmodel import col, select

from logistics.delivery.edge.tables import ScanRow
from tests.delivery.stage import Day, labels


def test_the_way_of_a_parcel_is_kept_scan_by_scan(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    day.underway([made])
    day.ok(day.attempt(made, "refused"))
    day.ok(day.finish())
    day.bring_back(labels([made]))
    day.give_back(labels([made]))
    with day.house.ctx.db.reading() as session:
        rows = session.exec(select(ScanRow).order_by(col(ScanRow.id))).all()
    assert [row.kind for row in rows] == ["receive", "load", "return", "give_back"]
    assert {row.parcel_id for row in rows} == {made["parcels"][0]["id"]}
    assert all(row.by for row in rows)
    assert rows[1].run_id == day.run_id
