"""What planning asks of a shipment is what its row says."""

from __future__ import annotations

from sqlmodel import select

from logistics.shipments.edge.brief import Brief, list_briefs
from logistics.shipments.edge.tables import ShipmentRow
from tests.living import House

WINDOWS = [
    {"start": "2026-11-25T09:00:00+08:00", "end": "2026-11-25T11:00:00+08:00"},
    {"start": "2026-11-25T18:00:00+08:00", "end": "2026-11-25T20:00:00+08:00"},
]


def test_a_brief_says_what_its_row_says(house: House) -> None:
    full = house.shipment(window=WINDOWS[0], other_windows=WINDOWS[1:], skills=["cold"], priority=3)["id"]
    plain = house.shipment()["id"]
    house.shipment()
    with house.ctx.db.reading() as session:
        briefs = {one.id: one for one in list_briefs(session, [full, plain, "nobody"])}
        rows = {row.id: row for row in session.exec(select(ShipmentRow))}
    assert briefs.keys() == {full, plain}
    assert briefs[full].other_windows
    assert briefs[full].skills == ["cold"]
    for shipment_id, brief in briefs.items():
        assert brief._asdict() == {name: getattr(rows[shipment_id], name) for name in Brief._fields}
