"""All queries of sites."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from logistics.kit.errors import NotFound
from logistics.kit.geo import Point
from logistics.kit.windows import WeekHours
from logistics.sites.edge.schemas import OpeningWire
from logistics.sites.edge.tables import SiteRow
from logistics.sites.model import SiteKind


def get_site(session: Session, site_id: str) -> SiteRow:
    """Return a site; refused if there is none of that id."""
    row = session.get(SiteRow, site_id)
    if row is None:
        raise NotFound("There is no such site.")
    return row


def find_by_name(session: Session, name: str) -> SiteRow | None:
    """Return the site of a name, if there is one."""
    return session.exec(select(SiteRow).where(SiteRow.name == name)).first()


def list_sites(session: Session, kind: SiteKind | None = None) -> Sequence[SiteRow]:
    """Return all sites, or those of a kind, by name."""
    rows = session.exec(select(SiteRow).order_by(col(SiteRow.name))).all()
    return [row for row in rows if kind is None or kind in row.kinds]


def point_of(row: SiteRow) -> Point:
    """Return where a site is."""
    return Point(lat=row.lat, lon=row.lon)


def hours_of(row: SiteRow) -> WeekHours:
    """Return when a site is open."""
    openings = tuple(OpeningWire.model_validate(one).to_opening() for one in row.hours)
    return WeekHours(openings, row.time_zone)
