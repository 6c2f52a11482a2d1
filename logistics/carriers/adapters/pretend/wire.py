"""What travels between us and the pretend carrier's API. Reading never raises: see the findings."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from logistics.carriers.adapters.pretend.codes import TABLE
from logistics.carriers.model import CarrierEvent, CarrierOrder
from logistics.kit.findings import Finding


def write_order(order: CarrierOrder) -> dict[str, Any]:
    """Write an order as the carrier takes it."""
    return {
        "reference": order.reference,
        "recipient": {"name": order.recipient_name, "phone": order.phone, "address": order.address},
        "point": {"lat": order.point.lat, "lon": order.point.lon} if order.point else None,
        "weight_g": order.weight_g,
        "volume_cm3": order.volume_cm3,
        "labels": list(order.labels),
        "cod": {"amount_minor": order.cod.amount_minor, "currency": order.cod.currency} if order.cod else None,
    }


def parse(body: bytes) -> tuple[list[CarrierEvent], list[Finding]]:
    """Return the story the carrier tells, in its order, and what could not be understood."""
    story = read_object(body)
    waybill_no, entries = story.get("waybill_no"), story.get("events")
    if not isinstance(waybill_no, str) or not isinstance(entries, list):
        return [], [Finding("body", "no_story", "The answer is no story of a waybill.")]
    events: list[CarrierEvent] = []
    findings: list[Finding] = []
    for index, entry in enumerate(entries):
        event = _event(entry, waybill_no, index)
        if event:
            events.append(event)
        else:
            findings.append(Finding(f"events[{index}]", "no_entry", "The entry has no code or no time."))
    return events, findings


def read_object(body: bytes) -> dict[str, Any]:
    """Return a JSON object; an empty one where there is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _event(entry: Any, waybill_no: str, index: int) -> CarrierEvent | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("code"), str):
        return None
    try:
        occurred_at = datetime.fromisoformat(str(entry.get("at")))
    except ValueError:
        return None
    if occurred_at.tzinfo is None:
        return None
    meaning = TABLE.meaning_of(entry["code"])
    return CarrierEvent(
        source=TABLE.source,
        waybill_no=waybill_no,
        code=entry["code"],
        text=str(entry.get("text") or ""),
        place=str(entry.get("place") or ""),
        occurred_at=occurred_at,
        sequence=index,
        status=meaning.status,
        reason=meaning.reason,
        is_mapped=meaning.is_mapped,
    )
