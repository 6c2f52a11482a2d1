"""Doors and attempts to test with."""

from __future__ import annotations

from typing import Any

from logistics.delivery.model import Attempt, Outcome, StopKind, Visit
from logistics.kit.money import Money
from logistics.shipments.cod import Means, Taken
from tests.builders import NOON


def visit(cod: int = 0, parcels: int = 1, **changes: Any) -> Visit:
    """Make a visit at a door with so many parcels ``prc_1 ...`` and so much due."""
    fields: dict[str, Any] = {
        "run_id": "run_1",
        "vehicle_id": "veh_1",
        "stop_no": 1,
        "kind": StopKind.DOOR,
        "site_id": "",
        "merchant_id": "mch_1",
        "shipment_id": "shp_1",
        "parcel_ids": tuple(f"prc_{number}" for number in range(1, parcels + 1)),
        "cod_due": Money(cod, "CNY"),
    }
    return Visit(**(fields | changes))


def attempt(outcome: str = "delivered", cash: int | None = None, means: str = "cash", **changes: Any) -> Attempt:
    """Make an attempt at noon."""
    taken = Taken(Money(cash, "CNY"), Means(means)) if cash is not None else None
    return Attempt(id="att_1", outcome=Outcome(outcome), at=NOON, taken=taken, **changes)
