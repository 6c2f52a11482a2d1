"""What was not collected leaves the service point for the depot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from logistics.kit.edge.db import Transaction
from logistics.kit.findings import Finding
from logistics.pickup.edge import store
from logistics.pickup.edge.tables import ArrivalRow, StayRow
from logistics.pickup.events import LeftServicePoint
from logistics.pickup.lifecycle import GOING_BACK, STAY, StayState, StayStep
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.edge.tables import ParcelRow
from logistics.shipments.lifecycle import ParcelStep
from logistics.sites.edge.tables import SiteRow


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a return scan did: labels that left, and what may not leave."""

    left: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def leave(site_id: str, labels: Sequence[str], *, at: datetime, tx: Transaction) -> Leaving:
    """Give expired and refused parcels to the depot they came from; scanning twice is scanning once."""
    site = store.lock_service_point(tx.session, site_id)
    done = Leaving()
    for label in dict.fromkeys(labels):
        parcel = shipment_store.find_parcel_by_label(tx.session, label)
        stay = store.find_stay(tx.session, parcel.shipment_id) if parcel else None
        if parcel is None:
            done.findings.append(
                Finding(label, "unknown_label", "There is no parcel of this label.", "a label of ours")
            )
        elif stay is None or stay.site_id != site_id or stay.state not in GOING_BACK | {StayState.LEFT}:
            done.findings.append(Finding(label, "stays_here", "It is neither expired nor refused.", "leave it"))
        else:
            _let_go(parcel, stay, site, at, tx)
            done.left.append(label)
    return done


def _let_go(parcel: ParcelRow, stay: StayRow, site: SiteRow, at: datetime, tx: Transaction) -> None:
    arrival = tx.session.get(ArrivalRow, (stay.id, parcel.id))
    assert arrival is not None, "what expired or was refused had arrived"
    if arrival.left_at:
        return
    arrival.left_at = at
    tx.session.add(arrival)
    shipments.move_parcels([parcel.id], ParcelStep.RECEIVE, holder=f"site:{_depot_of(parcel, site, tx)}", tx=tx)
    if all(row.left_at for row in store.list_arrivals(tx.session, [stay.id])[stay.id]):
        stay.state = STAY.after(StayState(stay.state), StayStep.LEAVE)
        tx.session.add(stay)
        tx.announce(
            LeftServicePoint(
                merchant_id=stay.merchant_id, shipment_id=stay.shipment_id, occurred_at=at, site_id=site.id
            )
        )


def _depot_of(parcel: ParcelRow, site: SiteRow, tx: Transaction) -> str:
    shipment = shipment_store.get_shipment(tx.session, parcel.shipment_id)
    return shipment.depot_id or store.get_nearest_depot(tx.session, site).id
