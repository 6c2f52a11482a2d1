"""What tracking's tests begin with: a house where news is heard, a shipment, and the news of its way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from logistics.access.edge import secrets
from logistics.access.edge.tables import TokenRow
from logistics.delivery.events import (
    ExpectedTimesMoved,
    ParcelsLoaded,
    ParcelsReceived,
    ShipmentDelivered,
    ShipmentDeparted,
    ShipmentPlanned,
)
from logistics.kit.edge.bus import LocalBus
from logistics.kit.edge.context import Context, Settings
from logistics.kit.edge.outbox import Outbox, Wiring
from logistics.kit.news import News
from logistics.merchants.edge.schemas import ContractWire
from logistics.merchants.edge.tables import MerchantRow
from logistics.shipments.edge.handlers import hash_link
from logistics.shipments.edge.tables import LinkRow, ShipmentRow
from logistics.sites.edge.tables import SiteRow
from logistics.tracking.edge import handlers, live
from tests.builders import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from logistics.kit.edge.db import Database

MERCHANT, SHIPMENT, DEPOT, VEHICLE, RUN = "mch_1", "shp_1", "sit_depot", "veh_1", "run_1"
ALL_WEEK = [{"days": [0, 1, 2, 3, 4, 5, 6], "opens": "08:00", "closes": "22:00"}]


@contextmanager
def context(database: Database, **settings: Any) -> Iterator[Context]:
    """Give a context on a database: tracking hears the news, and the live feed is told."""
    database.announcer = Outbox(Wiring(at_once=handlers.AT_ONCE))
    ctx = Context(
        settings=Settings(**{"feed_port": 0, **settings}),
        db=database,
        clock=database.clock,
        bus=LocalBus(),
        executor=ThreadPoolExecutor(1),
    )
    live.attach(ctx)
    try:
        yield ctx
    finally:
        while ctx.stops:
            ctx.stops.pop()()
        ctx.bus.close()
        ctx.executor.shutdown()


def furnish(database: Database, shipments: int = 1, **fields: Any) -> None:
    """Take on a merchant, a depot that is also a store, and shipments ``shp_1`` and on with links ``link-1`` and on."""
    with database.transaction() as tx:
        terms = ContractWire().model_dump(mode="json")
        tx.session.add(MerchantRow(id=MERCHANT, name="Tea House", contract=terms, created_at=NOON))
        tx.session.add(_site())
        tx.session.flush()
        for no in range(1, shipments + 1):
            tx.session.add(_shipment(no, **fields))
            tx.session.flush()
            tx.session.add(LinkRow(token_hash=hash_link(f"link-{no}"), shipment_id=f"shp_{no}", created_at=NOON))


def _site() -> SiteRow:
    return SiteRow(
        id=DEPOT, name="Depot North", kinds=["depot", "store"], lat=30.3, lon=120.1, address="1 Depot Road",
        time_zone="Asia/Shanghai", hours=ALL_WEEK, capacity_parcels_max=100, keep_days=7, created_at=NOON,
    )  # fmt: skip


def _shipment(no: int, **fields: Any) -> ShipmentRow:
    values: dict[str, Any] = {
        "id": f"shp_{no}", "merchant_id": MERCHANT, "order_ref": f"order {no}", "content_hash": "",
        "tracking_no": f"L{no:012d}", "state": "accepted", "recipient_name": "Li Wei", "phone": "+86 138 0013 8000",
        "address": "1 Some Road", "lat": 30.25, "lon": 120.16, "locale": "en", "currency": "CNY",
        "cod_due_minor": 12800, "weight_g": 500, "volume_cm3": 1000, "parcels_count": 1, "deliver_on": NOON.date(),
        "promise_start": NOON, "promise_end": NOON + timedelta(hours=2), "created_at": NOON,
    }  # fmt: skip
    return ShipmentRow(**(values | fields))


def add_token(database: Database, token: str, role: str, **bounds: Any) -> dict[str, str]:
    """Let a token stand for somebody; return the headers that show it."""
    row = TokenRow(
        id=f"tok_{token}", token_hash=secrets.hash_token(token), kind="device", name=token, role=role, created_at=NOON,
        **bounds,
    )  # fmt: skip
    with database.transaction() as tx:
        tx.session.add(row)
    return {"Authorization": f"Bearer {token}"}


def tell(database: Database, *news: News) -> None:
    """Announce news, each in a transaction of its own."""
    for one in news:
        with database.transaction() as tx:
            tx.announce(one)


def base(no: int = 1, minutes: float = 0) -> dict[str, Any]:
    return {"merchant_id": MERCHANT, "shipment_id": f"shp_{no}", "occurred_at": NOON + timedelta(minutes=minutes)}


def received(no: int = 1, minutes: float = 0, parcel: str = "prc_1") -> ParcelsReceived:
    return ParcelsReceived(**base(no, minutes), site_id=DEPOT, parcel_ids=(parcel,))


def planned(no: int = 1, minutes: float = 1) -> ShipmentPlanned:
    start = NOON + timedelta(hours=1)
    return ShipmentPlanned(
        **base(no, minutes), run_id=RUN, stop_no=no, planned_start_at=start, planned_end_at=start, kind="door"
    )


def loaded(no: int = 1, minutes: float = 2) -> ParcelsLoaded:
    return ParcelsLoaded(**base(no, minutes), run_id=RUN, parcel_ids=("prc_1",))


def departed(no: int = 1, minutes: float = 3) -> ShipmentDeparted:
    return ShipmentDeparted(**base(no, minutes), run_id=RUN, vehicle_id=VEHICLE)


def expected(no: int = 1, minutes: float = 4, *, stops_before: int = 3, in_minutes: float = 40) -> ExpectedTimesMoved:
    at: datetime = NOON + timedelta(minutes=in_minutes)
    return ExpectedTimesMoved(
        **base(no, minutes), run_id=RUN, expected_start_at=at, expected_end_at=at, stops_before=stops_before
    )


def delivered(no: int = 1, minutes: float = 30) -> ShipmentDelivered:
    return ShipmentDelivered(
        **base(no, minutes), run_id=RUN, attempt_id="att_1", to_whom="Li Wei", proof_kind="signature"
    )
