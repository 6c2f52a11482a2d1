"""Routes of sites."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from logistics.access.edge.guard import allow
from logistics.kit.edge.http import Reading, Tx, problems
from logistics.kit.edge.wire import PointWire
from logistics.sites.edge import handlers, store
from logistics.sites.edge.schemas import SiteIn, SiteOut
from logistics.sites.edge.tables import SiteRow
from logistics.sites.model import SiteKind

router = APIRouter(prefix="/v1/sites", tags=["sites"])


@router.post("", status_code=201, responses=problems(409), dependencies=[Depends(allow("sites.write"))])
def create_site(body: SiteIn, tx: Tx) -> SiteOut:
    """Enter a depot, warehouse or store."""
    return _out(handlers.create_site(body, tx=tx))


@router.get("", responses=problems(), dependencies=[Depends(allow("sites.read"))])
def list_sites(session: Reading, kind: Annotated[SiteKind | None, Query()] = None) -> list[SiteOut]:
    """List the sites, or those of a kind."""
    return [_out(row) for row in store.list_sites(session, kind)]


@router.get("/{site_id}", responses=problems(404), dependencies=[Depends(allow("sites.read"))])
def get_site(site_id: str, session: Reading) -> SiteOut:
    """Show a site."""
    return _out(store.get_site(session, site_id))


def _out(row: SiteRow) -> SiteOut:
    values = row.model_dump(exclude={"lat", "lon"})
    return SiteOut.model_validate(values | {"point": PointWire.of(store.point_of(row))})
