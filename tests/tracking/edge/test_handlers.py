from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from logistics.carriers.events import CarrierReported
from logistics.delivery.events import CashTaken, DeliveryFailed, HandedToServicePoint, ReturnedToDepot
from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Database
from logistics.kit.edge.tables import OutboxRow
from logistics.kit.errors import Conflict, NotFound
from logistics.kit.money import Money
from logistics.shipments.edge.tables import ShipmentRow
from logistics.tracking.edge import handlers, store
from logistics.tracking.edge.tables import TrackingStateRow
from logistics.tracking.model import Sighting
from tests.builders import NOON
from tests.tracking.builders import (
    DEPOT,
    RUN,
    SHIPMENT,
    VEHICLE,
    base,
    context,
    delivered,
    departed,
    expected,
    furnish,
    loaded,
    planned,
    received,
    tell,
)


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    furnish(database)
    with context(database) as made:
        yield made


def state_of(ctx: Context, shipment_id: str = SHIPMENT) -> TrackingStateRow:
    with ctx.db.reading() as session:
        row = store.find_state(session, shipment_id)
    assert row
    return row


def kinds(ctx: Context) -> list[str]:
    with ctx.db.reading() as session:
        return [event.said.kind for event in store.list_events(session, SHIPMENT)]


def announced(ctx: Context) -> list[str]:
    with ctx.db.reading() as session:
        rows = session.exec(select(OutboxRow).where(OutboxRow.kind == "StatusChanged").order_by(OutboxRow.id))
        return [row.body.split('"status":"')[1].split('"')[0] for row in rows]


def test_a_day_is_recorded_folded_and_announced(ctx: Context) -> None:
    for news in (received(), planned(), loaded(), departed(), expected(), delivered()):
        tell(ctx.db, news)
        ctx.clock.advance(seconds=1)  # type: ignore[attr-defined]  # a clock for tests
    assert kinds(ctx) == ["received", "planned", "loaded", "departed", "delivered"]
    assert announced(ctx) == ["picked_up", "in_transit", "out_for_delivery", "delivered"]
    state = state_of(ctx)
    assert (state.last_seq, state.status, state.milestone, state.vehicle_id) == (5, "delivered", 3, "")
    with ctx.db.reading() as session:
        shipment = session.get(ShipmentRow, SHIPMENT)
    assert shipment
    assert (shipment.status, shipment.status_at) == ("delivered", NOON + timedelta(minutes=30))


def test_while_it_is_underway_we_know_vehicle_stops_and_times(ctx: Context) -> None:
    tell(ctx.db, planned(), departed(), expected(stops_before=4))
    state = state_of(ctx)
    assert (state.run_id, state.vehicle_id, state.stops_before) == (RUN, VEHICLE, 4)
    assert state.eta_start == NOON + timedelta(minutes=40)
    tell(ctx.db, DeliveryFailed(**base(minutes=5), run_id=RUN, attempt_id="a", reason="recipient_absent"))
    state = state_of(ctx)
    assert (state.run_id, state.vehicle_id, state.stops_before, state.eta_start) == ("", "", None, None)
    assert (state.status, state.reason) == ("delivery_failed", "recipient_absent")
    tell(ctx.db, planned(minutes=60))
    assert state_of(ctx).run_id == RUN
    tell(ctx.db, expected(minutes=61))  # history that comes late touches nothing of the new run
    assert state_of(ctx).run_id == RUN


def test_a_store_bound_shipment_is_in_transit_and_leaves_the_van_at_the_store(ctx: Context) -> None:
    with ctx.db.transaction() as tx:
        shipment = tx.session.get(ShipmentRow, SHIPMENT)
        assert shipment
        shipment.mode = "pickup"
        tx.session.add(shipment)
    tell(ctx.db, planned(), departed())
    assert state_of(ctx).status == "in_transit"
    tell(ctx.db, HandedToServicePoint(**base(minutes=5), run_id=RUN, site_id=DEPOT))
    assert state_of(ctx).vehicle_id == ""


def test_back_at_the_depot_means_what_the_shipment_is_there_for(ctx: Context) -> None:
    tell(ctx.db, departed(), DeliveryFailed(**base(minutes=5), run_id=RUN, attempt_id="a", reason="recipient_absent"))
    tell(ctx.db, ReturnedToDepot(**base(minutes=9), run_id=RUN, site_id=DEPOT))
    assert state_of(ctx).status == "delivery_failed"  # it will be tried again
    with ctx.db.transaction() as tx:
        shipment = tx.session.get(ShipmentRow, SHIPMENT)
        assert shipment
        shipment.state = "returning"
        tx.session.add(shipment)
    tell(ctx.db, ReturnedToDepot(**base(minutes=10), run_id=RUN, site_id=DEPOT))
    assert state_of(ctx).status == "return_to_sender"


def test_news_told_twice_is_one_event(ctx: Context) -> None:
    tell(ctx.db, received(), received(), replace(received(), parcel_ids=("prc_2",)))
    assert kinds(ctx) == ["received", "received"]
    assert announced(ctx) == ["picked_up"]


def report(status: str, minutes: float, **more: Any) -> CarrierReported:
    said: dict[str, Any] = {
        "carrier": "swift", "waybill_no": "W1", "source": "kuaidi100", "code": "0", "status": status, "reason": "",
        "text": "", "place": "Hangzhou", "source_key": f"{status}{minutes}", "sequence": 0, "superseded": False,
    }  # fmt: skip
    return CarrierReported(**base(minutes=minutes), **{**said, **more})


def test_a_carrier_late_doubled_and_contradicting_itself_spoils_nothing(ctx: Context) -> None:
    tell(ctx.db, report("delivered", 50), report("in_transit", 10), report("in_transit", 10))
    tell(ctx.db, report("in_transit", 10, text="something else under the same key"), report("unknown", 60))
    assert kinds(ctx) == ["carrier.delivered", "carrier.in_transit", "carrier.unknown"]
    assert state_of(ctx).status == "delivered"
    tell(ctx.db, report("delivered", 50, superseded=True))
    assert state_of(ctx).status == "in_transit"
    assert announced(ctx) == ["delivered", "in_transit"]


def test_another_saying_under_the_same_key_is_refused(ctx: Context) -> None:
    said = Sighting(source="own", key="k", kind="received", occurred_at=NOON, status="picked_up")
    with ctx.db.transaction() as tx:
        handlers.record(SHIPMENT, said, tx=tx)
    with pytest.raises(Conflict), ctx.db.transaction() as tx:
        handlers.record(SHIPMENT, replace(said, status="delivered"), tx=tx)
    assert state_of(ctx).last_seq == 1


def test_an_overlay_is_announced_and_goes_with_the_next_move(ctx: Context) -> None:
    tell(ctx.db, report("in_transit", 1), report("delayed", 2), report("in_transit", 3))
    assert announced(ctx) == ["in_transit", "in_transit", "in_transit"]
    assert state_of(ctx).overlay == ""


def test_nothing_is_recorded_of_a_shipment_nobody_knows(ctx: Context) -> None:
    with pytest.raises(NotFound):
        tell(ctx.db, received(no=99))


def test_seqs_are_dense_however_many_speak_at_once(ctx: Context) -> None:
    news = [received(minutes=n, parcel=f"prc_{n}") for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: tell(ctx.db, one), news))
    with ctx.db.reading() as session:
        events = store.list_events(session, SHIPMENT)
    assert [event.seq for event in events] == list(range(1, 25))


def test_money_taken_is_paid(ctx: Context) -> None:
    tell(ctx.db, CashTaken(**base(), receipt_id="r", amount=Money(12800, "CNY"), means="cash", holder="driver:veh_1"))
    assert state_of(ctx).is_paid
