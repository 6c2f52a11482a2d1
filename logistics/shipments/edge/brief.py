"""What planning asks of a shipment: where it goes, when, what it takes on board; to be looked at, not changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col

from logistics.kit.edge.records import read_records
from logistics.shipments.edge.tables import ShipmentRow


class Brief(NamedTuple):
    """Some columns of `ShipmentRow`, under the same names."""

    id: str
    tracking_no: str
    state: str
    mode_wish: str
    site_id: str
    depot_id: str
    recipient_name: str
    address: str
    lat: float | None
    lon: float | None
    currency: str
    cod_due_minor: int
    weight_g: int
    volume_cm3: int
    parcels_count: int
    deliver_on: date
    window_start: datetime | None
    window_end: datetime | None
    other_windows: list[dict[str, Any]]
    promise_start: datetime | None
    promise_end: datetime | None
    skills: list[str]
    priority: int


AnyShipment = ShipmentRow | Brief


def list_briefs(session: Session, shipment_ids: Collection[str]) -> list[Brief]:
    """Return the shipments of these ids, in no particular order."""
    return read_records(session, Brief, ShipmentRow, col(ShipmentRow.id).in_(shipment_ids))
