"""One scan, one handover: parcels change hands, and the scan is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from logistics.delivery.edge.tables import ScanRow
from logistics.kit.edge.db import Transaction
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge.tables import ParcelRow
from logistics.shipments.lifecycle import ParcelStep


@dataclass(frozen=True, slots=True)
class Moved:
    """Parcels of one shipment that changed hands together."""

    merchant_id: str
    shipment_id: str
    parcel_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Which handover a scan is: its kind, what it does to a parcel, who has it afterwards, and who scanned."""

    kind: str  # receive, load, return, give_back
    step: ParcelStep
    holder: str
    run_id: str = ""
    site_id: str = ""
    by: str = ""


def move(parcels: Iterable[ParcelRow], step: Step, *, at: datetime, tx: Transaction) -> list[Moved]:
    """Let parcels change hands, keep the scans, and return what moved, by shipment."""
    moved: dict[str, list[ParcelRow]] = {}
    for parcel in parcels:
        moved.setdefault(parcel.shipment_id, []).append(parcel)
        tx.session.add(
            ScanRow(
                id=tx.new_id("scn"),
                kind=step.kind,
                parcel_id=parcel.id,
                run_id=step.run_id,
                site_id=step.site_id,
                by=step.by,
                at=at,
            )
        )
    ids = [parcel.id for group in moved.values() for parcel in group]
    shipments.move_parcels(ids, step.step, holder=step.holder, tx=tx)
    return [
        Moved(group[0].merchant_id, shipment_id, tuple(parcel.id for parcel in group))
        for shipment_id, group in moved.items()
    ]
