"""Plans as they travel, in minutes after noon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.builders import NOON
from tests.living import HANGZHOU

SERVICE_MIN = 5
RUN_MIN = 300


def plan(*routes: dict[str, Any], to_carrier: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """Make a plan's result."""
    return {"routes": list(routes), "to_carrier": list(to_carrier), "left_out": []}


def route(
    *stops: dict[str, Any], vehicle_id: str = "veh_1", depot_id: str = "sit_1", start: int = 0, end: int = RUN_MIN
) -> dict[str, Any]:
    """Make a route that leaves at noon, if nothing else is said."""
    return {
        "vehicle_id": vehicle_id,
        "vehicle_name": f"Van {vehicle_id}",
        "driver_name": "Li Lei",
        "depot_id": depot_id,
        "start_at": minute(start),
        "end_at": minute(end),
        "stops": list(stops),
    }


def stop(
    no: int,
    arrive: int,
    shipments: Sequence[str],
    *,
    wait: int = 0,
    site_id: str | None = None,
    windows: Sequence[tuple[int, int]] = (),
) -> dict[str, Any]:
    """Make a stop of five minutes' service."""
    return {
        "no": no,
        "kind": "service_point" if site_id else "door",
        "point": HANGZHOU,
        "address": f"street {no}",
        "arrive_at": minute(arrive),
        "start_at": minute(arrive + wait),
        "depart_at": minute(arrive + wait + SERVICE_MIN),
        "wait_s": wait * 60,
        "service_s": SERVICE_MIN * 60,
        "windows": [{"start": minute(start), "end": minute(end)} for start, end in windows],
        "site_id": site_id,
        "visits": [{"shipment_id": one} for one in shipments],
    }


def carrier(shipment_id: str, price: int) -> dict[str, Any]:
    """Leave a shipment to the pretend carrier."""
    return {
        "shipment_id": shipment_id,
        "carrier": "pretend",
        "price": {"amount_minor": price, "currency": "CNY"},
        "reason": "cheaper",
    }


def minute(number: int) -> str:
    return (NOON + timedelta(minutes=number)).isoformat()
