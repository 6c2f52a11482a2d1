"""Which ways a shipment has: our van to the door, the stores it may go to, the carrier and what it costs us.

Reads what `modes` has recorded as offers; a fixed wish leaves one way only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from logistics.kit.money import Money
from logistics.shipments.edge.tables import ShipmentRow
from logistics.shipments.model import Mode


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways of one shipment; ``store_ids`` in order of preference; ``carrier_cost`` None: no carrier may take it."""

    at_door: bool
    store_ids: tuple[str, ...] = ()
    carrier: str = ""
    carrier_cost: Money | None = None


def list_ways(session: Session, rows: Sequence[ShipmentRow]) -> Mapping[str, Ways]:
    """Return the ways of each shipment, by its id."""
    del session
    return {row.id: _ways(row) for row in rows}


def _ways(row: ShipmentRow) -> Ways:
    return Ways(
        at_door=row.mode_wish in {"", Mode.OWN_FLEET}, store_ids=(row.site_id,) if row.mode_wish == Mode.PICKUP else ()
    )
