"""Entering a site."""

from __future__ import annotations

from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict
from logistics.kit.windows import zone
from logistics.sites.edge import store
from logistics.sites.edge.schemas import SiteIn
from logistics.sites.edge.tables import SiteRow


def create_site(new: SiteIn, *, tx: Transaction) -> SiteRow:
    """Enter a site; refuses a name that is taken and a time zone that does not exist."""
    zone(new.time_zone)
    if store.find_by_name(tx.session, new.name):
        raise Conflict(f"There is a site named {new.name!r} already.", code="name_taken")
    row = SiteRow(
        id=tx.new_id("sit"),
        name=new.name,
        kinds=[str(kind) for kind in new.kinds],
        lat=new.point.lat,
        lon=new.point.lon,
        address=new.address,
        time_zone=new.time_zone,
        hours=[one.model_dump(mode="json") for one in new.hours],
        capacity_parcels_max=new.capacity_parcels_max,
        keep_days=new.keep_days,
        created_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row
