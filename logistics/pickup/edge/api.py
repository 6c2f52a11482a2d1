"""Routes of pickup: service points near a place, and what clerks do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlmodel import Session

from logistics.access.edge import attempts
from logistics.access.edge.guard import allow
from logistics.access.model import Principal
from logistics.kit.edge.http import Ctx, Once, Paging, Reading, Tx, problems
from logistics.kit.edge.wire import FindingWire, MoneyWire, Page, PointWire
from logistics.kit.errors import Forbidden, Invalid
from logistics.kit.geo import Point
from logistics.kit.moments import happened_at
from logistics.pickup import rank
from logistics.pickup.edge import handlers, jobs, returning, store, till
from logistics.pickup.edge.schemas import (
    ArrivalsIn,
    ArrivalsOut,
    ExpiredOut,
    HandoverIn,
    LeavingIn,
    LeavingOut,
    RefusalIn,
    ServicePointOut,
    StayOut,
    StayParcelOut,
    TillHandInIn,
    TillHandInOut,
)
from logistics.pickup.edge.tables import ArrivalRow, StayRow
from logistics.pickup.lifecycle import OCCUPYING, StayState
from logistics.shipments.edge import store as shipments
from logistics.shipments.edge.tables import ParcelRow, ShipmentRow
from logistics.shipments.masking import mask_phone
from logistics.sites.edge.schemas import OpeningWire
from logistics.sites.edge.tables import SiteRow

router = APIRouter(prefix="/v1", tags=["pickup"])
PLACES_MAX = 50


def own_site(site_id: str, who: Annotated[Principal, Depends(allow("pickup.read"))]) -> str:
    """Return the service point asked for; a clerk is bound to its own (403)."""
    if who.site_id and who.site_id != site_id:
        raise Forbidden("This is another service point.")
    return site_id


Writer = Annotated[Principal, Depends(allow("pickup.write"))]
OwnSite = Annotated[str, Depends(own_site)]


@router.get("/service-points", responses=problems(), dependencies=[Depends(allow("sites.read"))])
def list_service_points(
    session: Reading,
    ctx: Ctx,
    lat: Annotated[float, Query(ge=-90, le=90)],
    lon: Annotated[float, Query(ge=-180, le=180)],
    limit: Annotated[int, Query(ge=1, le=PLACES_MAX)] = 10,
) -> list[ServicePointOut]:
    """List service points that suit somebody at a place: with room, near, open; best first."""
    found = store.list_service_points(session)
    rows = {place.site_id: row for row, place in found}
    ranked = rank.rank((place for _, place in found), Point(lat=lat, lon=lon), ctx.clock.now())
    return [_place(one, rows[one.place.site_id]) for one in ranked[:limit]]


@router.get("/service-points/{site_id}/parcels", responses=problems(404, 409))
def list_parcels(
    site_id: OwnSite, session: Reading, page: Paging, state: Annotated[StayState | None, Query()] = None
) -> Page[StayOut]:
    """List what is expected and what lies on the shelf, oldest first; or what is in one state."""
    store.get_service_point(session, site_id)
    wanted = {state} if state else OCCUPYING
    rows = store.list_stays(session, site_id, wanted, after=page.after, limit=page.limit + 1)
    shown = rows[: page.limit]
    more = shown[-1].id if len(rows) > page.limit else None
    return Page(items=_stays(shown, session), next_cursor=more)


@router.post("/service-points/{site_id}/arrivals", responses=problems(404, 409))
def arrive(site_id: OwnSite, body: ArrivalsIn, tx: Tx, _who: Writer) -> ArrivalsOut:
    """Store parcels by their labels; with its last parcel a shipment is ready. Scan twice, nothing doubles."""
    at = happened_at(body.at, tx.now)
    done = handlers.arrive(site_id, body.labels, shelf=body.shelf, at=at, tx=tx)
    findings = [FindingWire.of(one) for one in done.findings]
    return ArrivalsOut(stored=done.stored, ready=done.ready, findings=findings)


@router.post(
    "/service-points/{site_id}/handovers",
    status_code=201,
    response_model=StayOut,
    responses=problems(400, 404, 409, 429),
)
def hand_over(site_id: OwnSite, body: HandoverIn, ctx: Ctx, tx: Tx, once: Once, who: Writer) -> Response:
    """Hand a shipment to who brings the code, or knows the phone's last four digits; take what is due, exactly."""
    asker = f"{site_id}|{who.id}"
    attempts.check("handover", asker, ctx)
    at = happened_at(body.at, tx.now)

    def make() -> StayOut:
        stay = handlers.hand_over(site_id, _handover(body), at=at, tx=tx)
        return _stays([stay], tx.session)[0]

    answer = once(make)
    attempts.forget("handover", asker, ctx)
    return answer


@router.post("/service-points/{site_id}/refusals", responses=problems(404, 409))
def refuse(site_id: OwnSite, body: RefusalIn, tx: Tx, _who: Writer) -> StayOut:
    """Record that the recipient does not want it; it stays on the shelf until the depot fetches it."""
    stay = handlers.refuse(site_id, body.shipment_id, body.reason, at=happened_at(body.at, tx.now), tx=tx)
    return _stays([stay], tx.session)[0]


@router.post("/service-points/{site_id}/returns", responses=problems(404, 409))
def leave(site_id: OwnSite, body: LeavingIn, tx: Tx, _who: Writer) -> LeavingOut:
    """Give refused and expired parcels to the depot."""
    done = returning.leave(site_id, body.labels, at=happened_at(body.at, tx.now), tx=tx)
    return LeavingOut(left=done.left, findings=[FindingWire.of(one) for one in done.findings])


@router.post("/service-points/{site_id}/hand-in", responses=problems(404, 409))
def hand_in(site_id: OwnSite, body: TillHandInIn, tx: Tx, _who: Writer) -> TillHandInOut:
    """Hand in all cash of the till; counted and expected may differ, and both are kept."""
    at = happened_at(body.at, tx.now)
    done = till.hand_in(site_id, body.amount.to_money(), depot_id=body.depot_id, at=at, tx=tx)
    return TillHandInOut(
        expected=MoneyWire.of(done.expected),
        amount=MoneyWire.of(done.amount),
        difference=MoneyWire.of(done.difference),
        depot_id=done.depot_id,
    )


@router.post("/pickup/expire", responses=problems(), dependencies=[Depends(allow("pickup.expire"))])
def expire(ctx: Ctx) -> ExpiredOut:
    """Turn back now what nobody collected in time; the clock does so by itself."""
    return ExpiredOut(expired=jobs.expire_due(ctx))


def _handover(body: HandoverIn) -> handlers.Handover:
    if body.code is None and (body.shipment_id is None or body.phone_last4 is None):
        raise Invalid("code", "is missing", "the pickup code, or shipment_id and phone_last4")
    return handlers.Handover(
        code=body.code or "",
        shipment_id=body.shipment_id or "",
        phone_last4=body.phone_last4 or "",
        taken=body.cash.to_taken() if body.cash else None,
        to_whom=body.to_whom,
    )


def _place(one: rank.Ranked, row: SiteRow) -> ServicePointOut:
    return ServicePointOut(
        id=row.id,
        name=row.name,
        point=PointWire.of(one.place.point),
        address=row.address,
        time_zone=row.time_zone,
        hours=[OpeningWire.model_validate(hours) for hours in row.hours],
        keep_days=row.keep_days,
        room=one.place.room,
        open=one.is_open,
        distance_m=round(one.distance_m),
    )


def _stays(rows: Sequence[StayRow], session: Session) -> list[StayOut]:
    shipment_ids = [row.shipment_id for row in rows]
    known = {one.id: one for one in shipments.list_by_ids(session, shipment_ids)}
    parcels = shipments.list_parcels_of(session, shipment_ids)
    arrivals = store.list_arrivals(session, [row.id for row in rows])
    return [_stay(row, known[row.shipment_id], parcels[row.shipment_id], arrivals[row.id]) for row in rows]


def _stay(row: StayRow, shipment: ShipmentRow, parcels: Sequence[ParcelRow], arrivals: Sequence[ArrivalRow]) -> StayOut:
    came = {one.parcel_id: one for one in arrivals}
    due = shipment.cod_due_minor
    return StayOut(
        **row.model_dump(include={"shipment_id", "ready_at", "keep_until", "to_whom", "reason"}),
        state=StayState(row.state),
        tracking_no=shipment.tracking_no,
        recipient_name=shipment.recipient_name,
        phone_masked=mask_phone(shipment.phone),
        parcels=[_stay_parcel(one, came.get(one.id)) for one in parcels],
        cod_due=MoneyWire(amount_minor=due, currency=shipment.currency) if due else None,
    )


def _stay_parcel(parcel: ParcelRow, arrival: ArrivalRow | None) -> StayParcelOut:
    return StayParcelOut(
        id=parcel.id,
        label=parcel.label,
        shelf=arrival.shelf if arrival else "",
        arrived_at=arrival.arrived_at if arrival else None,
    )
