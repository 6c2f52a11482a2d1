"""Recording what happened: load the log, add to it, fold it, save what it amounts to, announce what changed."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from logistics.carriers.events import CarrierReported
from logistics.delivery.events import (
    DeliveryFailed,
    DeliveryRefused,
    ExpectedTimesMoved,
    HandedToServicePoint,
    PartDelivered,
    ShipmentDelivered,
    ShipmentDeparted,
    ShipmentPlanned,
    ShipmentUnplanned,
)
from logistics.kit.edge.db import Transaction
from logistics.kit.edge.outbox import Handler
from logistics.kit.errors import Conflict, NotFound
from logistics.kit.news import News
from logistics.shipments.edge import handlers as shipment_handlers
from logistics.shipments.edge import store as shipments
from logistics.shipments.lifecycle import ShipmentState
from logistics.shipments.model import Mode
from logistics.sites.edge import store as sites
from logistics.tracking import statuses
from logistics.tracking.edge import cursor, live, store
from logistics.tracking.edge.tables import TrackingEventRow, TrackingStateRow
from logistics.tracking.events import StatusChanged
from logistics.tracking.model import Sighting
from logistics.tracking.timeline import Story, fold

log = logging.getLogger(__name__)

LeftRun = (
    ShipmentDelivered | PartDelivered | DeliveryFailed | DeliveryRefused | HandedToServicePoint | ShipmentUnplanned
)


def on_news(news: News, tx: Transaction) -> None:
    """Record what a step upstream announces of a shipment."""
    if not news.shipment_id:
        return
    said = statuses.sighting_of(news, _scene(news, tx))
    record(news.shipment_id, said, tx=tx)


def on_carrier_reported(news: CarrierReported, tx: Transaction) -> None:
    """Record what a carrier says; a contradiction is logged and spoils nothing else the carrier said."""
    try:
        on_news(news, tx)
    except Conflict as refusal:
        log.warning("carrier %s contradicts itself on %s: %s", news.carrier, news.waybill_no, refusal.detail)


def on_planned(news: ShipmentPlanned, tx: Transaction) -> None:
    """Record which run has it; what to expect is said when the run departs."""
    state = store.lock_state(tx.session, news.shipment_id)
    _leave_the_run(state)
    state.run_id = news.run_id
    tx.session.add(state)
    on_news(news, tx)


def on_departed(news: ShipmentDeparted, tx: Transaction) -> None:
    """Record the departure, and know which vehicle has it."""
    state = store.lock_state(tx.session, news.shipment_id)
    state.run_id, state.vehicle_id = news.run_id, news.vehicle_id
    tx.session.add(state)
    on_news(news, tx)


def on_left_run(news: LeftRun, tx: Transaction) -> None:
    """Record what ends a visit; the vehicle has nothing more to do with this shipment."""
    state = store.lock_state(tx.session, news.shipment_id)
    if state.run_id == news.run_id:
        _leave_the_run(state)
        tx.session.add(state)
    on_news(news, tx)


def on_times_moved(news: ExpectedTimesMoved, tx: Transaction) -> None:
    """Keep what delivery expects now: no event of the story, but the watchers are told."""
    state = store.lock_state(tx.session, news.shipment_id)
    if state.ended_at is not None:
        return
    state.run_id = news.run_id
    state.eta_start, state.eta_end, state.eta_at = news.expected_start_at, news.expected_end_at, news.occurred_at
    state.stops_before = news.stops_before
    tx.session.add(state)
    live.wake(news.shipment_id, state.last_seq, tx=tx)


def record(shipment_id: str, said: Sighting, *, tx: Transaction) -> TrackingStateRow:
    """Add a saying to a shipment's log and tell what it changes.

    The same saying again changes nothing; another saying under the same key is refused (409).
    """
    state = store.lock_state(tx.session, shipment_id)
    if _is_known(state, said, tx):
        return state
    before = state.status, state.overlay
    row = _add(state, said, tx)
    story = fold(store.list_events(tx.session, shipment_id))
    _keep(state, story)
    tx.session.add(state)
    if (state.status, state.overlay) != before or state.last_seq == 1:
        _announce(state, row, previous=before[0], tx=tx)
    live.wake(shipment_id, state.last_seq, tx=tx)
    return state


def _is_known(state: TrackingStateRow, said: Sighting, tx: Transaction) -> bool:
    known = store.find_event(tx.session, state.merchant_id, said.source, said.key)
    if known is None:
        return False
    if known.body_hash != said.body_hash() or known.shipment_id != state.shipment_id:
        raise Conflict(
            f"{said.source} has said something else under the key {said.key!r}; events never change.",
            code="event_key_taken",
        )
    return True


def _add(state: TrackingStateRow, said: Sighting, tx: Transaction) -> TrackingEventRow:
    state.last_seq += 1
    row = TrackingEventRow(
        id=tx.new_id("evt"),
        merchant_id=state.merchant_id,
        shipment_id=state.shipment_id,
        seq=state.last_seq,
        source=said.source,
        key=said.key,
        body_hash=said.body_hash(),
        kind=said.kind,
        status=said.status,
        reason=said.reason,
        place=said.place,
        source_seq=said.source_seq,
        params=dict(said.params),
        corrects=said.corrects,
        supersedes=said.supersedes,
        occurred_at=said.occurred_at,
        received_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    cursor.enter(tx.session, row.id, row.merchant_id)
    return row


def _keep(state: TrackingStateRow, story: Story) -> None:
    state.status, state.overlay, state.reason = story.status, story.overlay, story.reason
    state.milestone, state.is_paid = story.milestone, story.is_paid
    state.last_at, state.ended_at = story.last_at, story.ended_at
    if story.ended_at:
        _leave_the_run(state)


def _leave_the_run(state: TrackingStateRow) -> None:
    state.run_id, state.vehicle_id, state.stops_before = "", "", None
    state.eta_start, state.eta_end, state.eta_at = None, None, None


def _announce(state: TrackingStateRow, row: TrackingEventRow, *, previous: str, tx: Transaction) -> None:
    shipment_handlers.note_status(state.shipment_id, state.status, row.occurred_at, tx=tx)
    tx.announce(
        StatusChanged(
            merchant_id=state.merchant_id,
            shipment_id=state.shipment_id,
            occurred_at=row.occurred_at,
            seq=state.last_seq,
            status=state.status,
            previous=previous,
            milestone=state.milestone,
            reason=state.reason,
            eta_start=state.eta_start,
            eta_end=state.eta_end,
            overlay=state.overlay,
        )
    )


def _scene(news: News, tx: Transaction) -> statuses.Scene:
    shipment = shipments.get_shipment(tx.session, news.shipment_id)
    return statuses.Scene(
        place=_place_name(getattr(news, "site_id", ""), tx),
        is_returning=shipment.state in {ShipmentState.RETURNING, ShipmentState.RETURNED},
        is_to_store=shipment.mode == Mode.PICKUP,
    )


def _place_name(site_id: str, tx: Transaction) -> str:
    if not site_id:
        return ""
    try:
        return sites.get_site(tx.session, site_id).name
    except NotFound:
        return ""


# Heard in the transaction that announces: the story is readable as soon as the command is answered.
AT_ONCE: Mapping[type[News], Sequence[Handler]] = {
    **dict.fromkeys(statuses.TABLE, (on_news,)),
    CarrierReported: (on_carrier_reported,),
    ShipmentPlanned: (on_planned,),
    ShipmentDeparted: (on_departed,),
    ExpectedTimesMoved: (on_times_moved,),
    ShipmentDelivered: (on_left_run,),
    PartDelivered: (on_left_run,),
    DeliveryFailed: (on_left_run,),
    DeliveryRefused: (on_left_run,),
    HandedToServicePoint: (on_left_run,),
    ShipmentUnplanned: (on_left_run,),
}
