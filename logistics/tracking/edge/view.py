"""Reading the story of one shipment from the database, and writing it as the feed's messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlmodel import Session

from logistics.kit.geo import find_point
from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.merchants.edge import store as merchants
from logistics.pickup.edge import store as pickups
from logistics.shipments.edge import store as shipments
from logistics.shipments.edge.tables import ShipmentRow
from logistics.shipments.model import Mode
from logistics.sites.edge import store as sites
from logistics.tracking import eta
from logistics.tracking.edge import live, store
from logistics.tracking.edge.tables import TrackingStateRow
from logistics.tracking.feed import REPLAY_MAX, Kind, Message
from logistics.tracking.model import TrackingEvent
from logistics.tracking.privacy import Cod, Disclosure, Facts, Pickup, disclose
from logistics.tracking.timeline import Line, Story, fold

FEED_FIELDS = ("timeline", "seq", "feed", "epoch")  # what an event says in its own way, or not at all


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of a shipment at once: its facts, its log, and which vehicle has it."""

    facts: Facts
    events: tuple[TrackingEvent, ...]
    vehicle_id: str


def read(session: Session, shipment_id: str, *, now: datetime) -> Reading:
    """Read what is known of a shipment now."""
    shipment = shipments.get_shipment(session, shipment_id)
    # The state first: an event committed in between is then in the log and not counted, never the other way round.
    state = store.find_state(session, shipment_id)
    last_seq = state.last_seq if state else 0
    events = tuple(event for event in store.list_events(session, shipment_id) if event.seq <= last_seq)
    merchant = merchants.get_merchant(session, shipment.merchant_id)
    story = fold(events)
    facts = Facts(
        tracking_no=shipment.tracking_no,
        merchant_name=merchant.name,
        time_zone=merchant.time_zone,
        seq=last_seq,
        story=story,
        promise=_promise(shipment),
        eta=_eta(state, shipment, now),
        stops_before=state.stops_before if state else None,
        fix=_fix(session, state),
        destination=find_point(shipment.lat, shipment.lon),
        cod=_cod(shipment, story),
        pickup=_pickup(session, shipment, now),
    )
    return Reading(facts, events, state.vehicle_id if state else "")


def told(facts: Facts, depth: Disclosure, epoch: str, *, now: datetime) -> dict[str, Any]:
    """Write what an asker of this depth is told, as it travels."""
    return {**_built(disclose(facts, depth, now=now)), "epoch": epoch}


def snapshot(reading: Reading, epoch: str, *, now: datetime) -> Message:
    """Write the whole story as the feed's first message; for those who have the link."""
    body = {"type": Kind.SNAPSHOT.value, **told(reading.facts, Disclosure.FULL, epoch, now=now), **_published()}
    return Message(Kind.SNAPSHOT, epoch, reading.facts.seq, body)


def missed(reading: Reading, epoch: str, since: int, *, now: datetime, published_at_ms: int = 0) -> list[Message]:
    """Write what came after ``since`` as events, each with its line; or one snapshot, where that says it better.

    Better it is when lines that had been told are told no more or otherwise, or when too much was missed.
    """
    new = [event.seq for event in reading.events if event.seq > since]
    before = _lines(fold(event for event in reading.events if event.seq <= since))
    after = _lines(reading.facts.story)
    if len(new) > REPLAY_MAX or any(after.get(seq) != line for seq, line in before.items()):
        return [snapshot(reading, epoch, now=now)]
    rest = told(reading.facts, Disclosure.FULL, epoch, now=now)
    lines = {line["seq"]: line for line in rest["timeline"]}
    rest = {name: value for name, value in rest.items() if name not in FEED_FIELDS} | _published(published_at_ms)
    return [
        Message(
            Kind.EVENT,
            epoch,
            seq,
            {"type": Kind.EVENT.value, "epoch": epoch, "seq": seq, "event": lines.get(seq), **rest},
        )
        for seq in new
    ]


def moved(facts: Facts, epoch: str, *, now: datetime, published_at_ms: int = 0) -> Message:
    """Write where the van is, how many stops come before, and when we expect to be there."""
    rest = told(facts, Disclosure.FULL, epoch, now=now)
    names = ("vehicle", "stops_before", "eta", "headline_key", "as_of")
    body = {name: rest[name] for name in names} | _published(published_at_ms)
    body = {"type": Kind.POSITION.value, "epoch": epoch, "seq": facts.seq, **body}
    return Message(Kind.POSITION, epoch, facts.seq, body)


def _published(at_ms: int = 0) -> dict[str, int]:
    return {"published_at_ms": at_ms or live.now_ms()}


def _built(view: object) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(view)
    return built


def _lines(story: Story) -> dict[int, Line]:
    return {line.seq: line for line in story.lines}


def _promise(shipment: ShipmentRow) -> Window | None:
    start, end = shipment.promise_start, shipment.promise_end
    return Window(start, end) if start and end else None


def _eta(state: TrackingStateRow | None, shipment: ShipmentRow, now: datetime) -> eta.Eta | None:
    if state is None or state.eta_start is None or state.eta_end is None or state.eta_at is None:
        return None
    expected = Window(state.eta_start, state.eta_end)
    return eta.expect(expected, as_of=state.eta_at, now=now, promise=_promise(shipment))


def _fix(session: Session, state: TrackingStateRow | None) -> Any:
    row = store.find_live_position(session, state.vehicle_id) if state else None
    return store.fix_of(row) if row else None


def _cod(shipment: ShipmentRow, story: Story) -> Cod | None:
    if not shipment.cod_due_minor:
        return None
    return Cod(Money(shipment.cod_due_minor, shipment.currency), paid=story.is_paid)


def _pickup(session: Session, shipment: ShipmentRow, now: datetime) -> Pickup | None:
    stay = pickups.find_stay(session, shipment.id)
    if shipment.mode != Mode.PICKUP or not (stay or shipment.site_id):
        return None
    site = sites.get_site(session, stay.site_id if stay else shipment.site_id)
    open_now = sites.hours_of(site).open_window(now)
    return Pickup(
        code=(stay.code or None) if stay else None,
        site_name=site.name,
        address=site.address,
        point=sites.point_of(site),
        open_until=open_now.end if open_now else None,
        keep_until=stay.keep_until if stay else None,
    )
