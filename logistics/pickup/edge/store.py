"""All queries of pickup."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from logistics.kit.errors import Conflict, NotFound
from logistics.kit.geo import great_circle_m
from logistics.pickup import capacity
from logistics.pickup.edge.tables import ArrivalRow, StayRow, TillReceiptRow
from logistics.pickup.lifecycle import GOING_BACK, OCCUPYING, StayState
from logistics.pickup.model import ServicePoint
from logistics.shipments.cod import Means
from logistics.sites.edge import store as sites
from logistics.sites.edge.tables import SiteRow
from logistics.sites.model import SiteKind


def get_service_point(session: Session, site_id: str) -> SiteRow:
    """Return a store; refused if the site does not exist or recipients cannot collect there."""
    return _as_store(sites.get_site(session, site_id))


def lock_service_point(session: Session, site_id: str) -> SiteRow:
    """Return a store for changing its stays: rooms, codes and tills are counted by one at a time."""
    row = session.exec(select(SiteRow).where(SiteRow.id == site_id).with_for_update()).first()
    if row is None:
        raise NotFound("There is no such site.")
    return _as_store(row)


def free_room(session: Session, site_id: str) -> int:
    """Return how many more parcels a service point takes; what is expected counts like what is there."""
    site = get_service_point(session, site_id)
    return capacity.free_room(site.capacity_parcels_max, _taken_by_site(session, [site_id]).get(site_id, 0))


def get_nearest_depot(session: Session, site: SiteRow) -> SiteRow:
    """Return the depot nearest to a site as the crow flies; refused (409) if there is none at all."""
    here = sites.point_of(site)
    depots = sites.list_sites(session, SiteKind.DEPOT)
    if not depots:
        raise Conflict("There is no depot.", code="no_depot")
    return min(depots, key=lambda one: (great_circle_m(here, sites.point_of(one)), one.id))


def list_service_points(
    session: Session, wanted: Callable[[SiteRow], bool] = lambda _row: True
) -> list[tuple[SiteRow, ServicePoint]]:
    """Return all stores with their room, or those that are wanted: reading opening hours takes its time."""
    rows = [row for row in sites.list_sites(session, SiteKind.STORE) if wanted(row)]
    taken = _taken_by_site(session, [row.id for row in rows])
    found = []
    for row in rows:
        room = capacity.free_room(row.capacity_parcels_max, taken.get(row.id, 0))
        found.append((row, ServicePoint(row.id, sites.point_of(row), sites.hours_of(row), room)))
    return found


def find_stay(session: Session, shipment_id: str) -> StayRow | None:
    """Return a shipment's stay, the newest if there were several; also one that is over."""
    query = select(StayRow).where(StayRow.shipment_id == shipment_id).order_by(col(StayRow.id).desc()).limit(1)
    return session.exec(query).first()


def get_stay_at(session: Session, site_id: str, shipment_id: str) -> StayRow:
    """Return the newest stay of a shipment at this service point; refused if it has none here."""
    row = find_stay(session, shipment_id)
    if row is None or row.site_id != site_id:
        raise NotFound("This shipment does not stay here.")
    return row


def list_stays(
    session: Session, site_id: str, states: Collection[StayState], *, after: str | None = None, limit: int
) -> Sequence[StayRow]:
    """Return the stays of a service point in these states, oldest first."""
    query = select(StayRow).where(StayRow.site_id == site_id, col(StayRow.state).in_(states))
    if after:
        query = query.where(col(StayRow.id) > after)
    return session.exec(query.order_by(col(StayRow.id)).limit(limit)).all()


def list_ready(session: Session, site_id: str) -> Sequence[StayRow]:
    """Return what can be collected at a service point."""
    return session.exec(select(StayRow).where(StayRow.site_id == site_id, StayRow.state == StayState.READY)).all()


def list_due(session: Session, now: datetime, limit: int) -> Sequence[StayRow]:
    """Return stays whose time has run out, longest first, locked; what another process works is left out."""
    due = select(StayRow).where(StayRow.state == StayState.READY, col(StayRow.keep_until) < now)
    due = due.order_by(col(StayRow.keep_until)).limit(limit).with_for_update(skip_locked=True)
    return session.exec(due).all()


def list_going_back(session: Session, site_id: str) -> Sequence[StayRow]:
    """Return what waits at a service point to be fetched by the depot."""
    return session.exec(select(StayRow).where(StayRow.site_id == site_id, col(StayRow.state).in_(GOING_BACK))).all()


def list_arrivals(session: Session, stay_ids: Collection[str]) -> dict[str, list[ArrivalRow]]:
    """Return the parcels that came, by stay."""
    found: dict[str, list[ArrivalRow]] = {stay_id: [] for stay_id in stay_ids}
    for row in session.exec(select(ArrivalRow).where(col(ArrivalRow.stay_id).in_(stay_ids))):
        found[row.stay_id].append(row)
    return found


def list_till_cash(session: Session, site_id: str) -> Sequence[TillReceiptRow]:
    """Return the receipts whose cash the till still holds; card and QR money is held by nobody here."""
    query = select(TillReceiptRow).where(TillReceiptRow.site_id == site_id, TillReceiptRow.hand_in_id == "")
    return session.exec(query.where(TillReceiptRow.means == Means.CASH)).all()


def _taken_by_site(session: Session, site_ids: Collection[str]) -> dict[str, int]:
    query = select(StayRow.site_id, func.sum(StayRow.parcels_count)).group_by(StayRow.site_id)
    query = query.where(col(StayRow.site_id).in_(site_ids), col(StayRow.state).in_(OCCUPYING))
    return {site_id: int(count) for site_id, count in session.exec(query)}


def _as_store(row: SiteRow) -> SiteRow:
    if SiteKind.STORE not in row.kinds:
        raise Conflict(f"{row.name} is no place where recipients collect.", code="no_service_point")
    return row
