"""What settlement's tests begin with: a merchant with terms, and steps of money in few words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from logistics.kit.edge.db import Database
from logistics.kit.money import Money
from logistics.merchants.edge.schemas import ContractWire
from logistics.merchants.edge.tables import MerchantRow
from logistics.settlement.cod import HandIn, Receipt, Whose
from logistics.shipments.edge.tables import ShipmentRow
from logistics.sites.edge.tables import SiteRow
from tests.builders import NOON

MERCHANT, DEPOT = "mch_1", "sit_depot"


def yuan(amount: float) -> Money:
    return Money(round(amount * 100), "CNY")


def whose(no: int) -> Whose:
    return Whose(f"shp_{no}", MERCHANT)


def receipt(no: int, amount: float, *, means: str = "cash", holder: str = "driver:veh_1", after_s: int = 0) -> Receipt:
    """Money taken for shipment ``no``, so many seconds after noon."""
    return Receipt(f"rcp_{no}", whose(no), yuan(amount), means, holder, NOON + timedelta(seconds=after_s))


def hand_in(name: str, expected: float, amount: float | None = None, *, holder: str = "driver:veh_1") -> HandIn:
    """Cash handed in to the depot: exactly what was expected, unless said otherwise."""
    counted = yuan(expected if amount is None else amount)
    return HandIn(name, holder, f"depot:{DEPOT}", counted, yuan(expected), NOON + timedelta(hours=6))


def add_merchant(session: Session, merchant_id: str = MERCHANT, **terms: Any) -> MerchantRow:
    row = MerchantRow(
        id=merchant_id,
        name=f"Merchant {merchant_id}",
        contract=ContractWire(**terms).model_dump(mode="json"),
        created_at=NOON,
    )
    session.add(row)
    session.flush()
    return row


def add_depot(session: Session, site_id: str = DEPOT) -> SiteRow:
    row = SiteRow(
        id=site_id,
        name=f"Depot {site_id}",
        kinds=["depot"],
        lat=0.0,
        lon=0.0,
        address="1 Depot Road",
        time_zone="Asia/Shanghai",
        hours=[],
        capacity_parcels_max=1000,
        keep_days=7,
        created_at=NOON,
    )
    session.add(row)
    session.flush()
    return row


def add_shipment(session: Session, no: int, *, at: datetime = NOON, **fields: Any) -> ShipmentRow:
    values: dict[str, Any] = {
        "id": f"shp_{no}",
        "merchant_id": MERCHANT,
        "order_ref": f"order {no}",
        "content_hash": "",
        "tracking_no": f"L{no:012d}",
        "state": "underway",
        "recipient_name": "Li Wei",
        "phone": "13800138000",
        "address": "1 Some Road",
        "locale": "zh-CN",
        "currency": "CNY",
        "weight_g": 150,
        "volume_cm3": 7000,
        "parcels_count": 2,
        "deliver_on": at.date(),
        "created_at": at,
    }
    row = ShipmentRow(**(values | fields))
    session.add(row)
    session.flush()
    return row


def furnish(database: Database, **terms: Any) -> None:
    """Take on the merchant under these terms, and open the depot."""
    with database.transaction() as tx:
        add_merchant(tx.session, **terms)
        add_depot(tx.session)
