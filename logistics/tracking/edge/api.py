"""Routes of tracking: the buyer's story, the merchant's events, the dispatcher's vehicles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse

from logistics.access.edge import attempts
from logistics.access.edge.guard import allow
from logistics.access.edge.handlers import own_merchant
from logistics.access.model import Principal
from logistics.kit.edge.context import Context
from logistics.kit.edge.http import LIMIT_MAX, Ctx, Reading, problems
from logistics.kit.edge.wire import Moment
from logistics.kit.errors import Invalid
from logistics.shipments.edge import store as shipments
from logistics.tracking.edge import links, page, store, stream, view
from logistics.tracking.edge.cursor import epoch_of
from logistics.tracking.edge.schemas import (
    EventOut,
    EventsOut,
    FeedEventOut,
    LookupIn,
    PositionOut,
    TimelineOut,
    TrackOut,
    VehiclePositionOut,
)
from logistics.tracking.edge.socket import addresses
from logistics.tracking.model import TrackingEvent
from logistics.tracking.privacy import Disclosure
from logistics.tracking.timeline import fold, in_order

router = APIRouter(tags=["tracking"])
HISTORY_MAX = timedelta(days=1)


@router.get("/v1/track/{token}", responses=problems(404, 410))
def track(token: str, response: Response, ctx: Ctx) -> TrackOut:
    """Tell the whole story to whoever has the link; until 30 days after its end."""
    response.headers.update(page.PRIVATE)
    return _by_link(ctx, token)


@router.post("/v1/track/lookup", responses=problems(404, 410, 429))
def look_up(body: LookupIn, request: Request, response: Response, ctx: Ctx) -> TrackOut:
    """Tell the milestones to whoever has the number, and masked detail with four digits of the phone.

    Five tries an hour for each address, and with digits for each number.
    """
    response.headers.update(page.PRIVATE)
    attempts.check("track", f"from {request.client.host if request.client else ''}", ctx)
    if body.phone_last4:
        attempts.check("track", body.tracking_no, ctx)
    now = ctx.clock.now()
    with ctx.db.reading() as session:
        row, depth = links.look_up(session, body.tracking_no, body.phone_last4, now=now)
        facts = view.read(session, row.id, now=now).facts
    return _track_out(view.told(facts, depth, epoch_of(ctx.db), now=now), None)


@router.get("/v1/track/{token}/events", responses=problems(404, 410), response_class=StreamingResponse)
def track_events(
    token: str,
    ctx: Ctx,
    since: Annotated[str, Query(description="`epoch:seq` or `seq`: go on after it", max_length=40)] = "",
    last_event_id: Annotated[str, Header(description="as browsers send it when they come back", max_length=40)] = "",
) -> StreamingResponse:
    """Follow the story as server-sent events: first a snapshot or what was missed, then what happens."""
    with ctx.db.reading() as session:
        row = links.open_link(session, token, now=ctx.clock.now())
    chunks = stream.follow(ctx, row.id, token, last_event_id or since)
    return StreamingResponse(chunks, media_type="text/event-stream", headers=stream.HEADERS)


@router.get("/t/{token}", include_in_schema=False)
def tracking_page(token: str, request: Request, ctx: Ctx, lang: str = "") -> Response:
    """Show the buyer's page; the answer and the story are in it also without any script."""
    language = page.language_of(lang, request.headers.get("accept-language", ""))
    return page.show(ctx, token, language)


@router.get("/track", include_in_schema=False)
def lookup_page(ctx: Ctx) -> Response:
    """Show the page on which a parcel is found by its number."""
    return page.lookup(ctx)


@router.get("/v1/shipments/{shipment_id}/timeline", responses=problems(404))
def timeline(
    shipment_id: str, session: Reading, who: Annotated[Principal, Depends(allow("timeline.read"))]
) -> TimelineOut:
    """List all that was heard of a shipment, with its sources, in the order in which it happened."""
    row = shipments.get_shipment(session, shipment_id, merchant_id=who.merchant_id)
    events = store.list_events(session, row.id)
    story = fold(events)
    return TimelineOut(
        shipment_id=row.id,
        status=story.status,
        overlay=story.overlay,
        reason=story.reason,
        milestone_no=story.milestone,
        ended_at=story.ended_at,
        events=[EventOut(**_event(event)) for event in in_order(events)],
    )


@router.get("/v1/events", responses=problems())
def events(
    session: Reading,
    who: Annotated[Principal, Depends(allow("events.read"))],
    after: Annotated[str, Query(description="`next_cursor` of the page before; empty: from the beginning")] = "",
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 100,
    merchant_id: Annotated[str, Query(description="for staff: only this merchant's")] = "",
) -> EventsOut:
    """Follow all events of a merchant without a gap: positions become visible in their order."""
    if after and not (after.isascii() and after.isdecimal()):
        raise Invalid("after", f"{after!r} is no cursor", "`next_cursor` of the page before")
    whose = merchant_id if who.is_staff else own_merchant(who, merchant_id)
    rows = store.list_feed(session, whose, after=int(after or 0), limit=limit)
    items = [FeedEventOut(**_event(store.event_of(row)), position=position) for position, row in rows]
    return EventsOut(items=items, next_cursor=str(rows[-1][0] if rows else int(after or 0)))


@router.get("/v1/vehicles/positions", responses=problems(), dependencies=[Depends(allow("positions.read"))])
def vehicle_positions(session: Reading) -> list[VehiclePositionOut]:
    """List where each vehicle is, by its newest believed fix."""
    return [VehiclePositionOut(**row.model_dump()) for row in store.list_live_positions(session)]


@router.get(
    "/v1/vehicles/{vehicle_id}/positions", responses=problems(), dependencies=[Depends(allow("positions.read"))]
)
def position_history(vehicle_id: str, session: Reading, start: Moment, end: Moment) -> list[PositionOut]:
    """List what a vehicle's devices reported in a span of at most a day, also what is not believed."""
    if not timedelta(0) < end - start <= HISTORY_MAX:
        raise Invalid("end", "does not lie within a day after the start", "at most 24 hours")
    rows = store.list_positions(session, vehicle_id, _utc(start), _utc(end))
    return [PositionOut(**row.model_dump(exclude={"battery"})) for row in rows]


def _by_link(ctx: Context, token: str) -> TrackOut:
    now = ctx.clock.now()
    with ctx.db.reading() as session:
        row = links.open_link(session, token, now=now)
        facts = view.read(session, row.id, now=now).facts
    told = view.told(facts, Disclosure.FULL, epoch_of(ctx.db), now=now)
    return _track_out(told, msgspec.json.decode(addresses(ctx, token)))


def _track_out(told: dict[str, Any], feed: dict[str, str] | None) -> TrackOut:
    return TrackOut.model_validate({**told, "feed": feed})


def _event(event: TrackingEvent) -> dict[str, Any]:
    said = event.said
    return {
        "id": event.id,
        "shipment_id": event.shipment_id,
        "seq": event.seq,
        "source": said.source,
        "kind": said.kind,
        "status": said.status,
        "reason": said.reason,
        "place": said.place,
        "params": dict(said.params),
        "supersedes": said.supersedes,
        "occurred_at": said.occurred_at,
        "received_at": event.received_at,
    }


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
