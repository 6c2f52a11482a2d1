"""What a vehicle has had of a day by runs of earlier plans: limits and prices that count a whole day count it.

Routing knows no run: who sends vehicles out tells it (`tell_had_with`, called by `wiring.py`). Metres are those of the
way from stop to stop as one drives it now, which is a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from weakref import WeakKeyDictionary

from pydantic import Field
from sqlalchemy import Engine
from sqlmodel import Session

from logistics.kit.edge.context import Context
from logistics.kit.edge.wire import PointWire, Wire
from logistics.routing.matrix import Travel
from logistics.routing.model import Vehicle


class Had(Wire):
    """What a vehicle has had of a day, or will have, by runs that are not called off.

    ``left_at``: when it leaves for the first time; ``back_at``: when it is back from the last. ``ways``: run by run the
    points it comes by, from its depot to where it ends.
    """

    trips: int
    stops: int
    left_at: datetime
    back_at: datetime
    ways: list[list[PointWire]] = Field(default_factory=list)


HadOf = Callable[[Session, Collection[str], date, datetime], Mapping[str, Had]]

_told: WeakKeyDictionary[Engine, HadOf] = WeakKeyDictionary()


def tell_had_with(ctx: Context, had_of: HadOf) -> None:
    """Ask this, in this context's database, what vehicles have had of a day, as seen then."""
    _told[ctx.db.writers] = had_of
    _told[ctx.db.readers] = had_of


def read_had(session: Session, vehicle_ids: Collection[str], on: date, now: datetime) -> dict[str, Had]:
    """Return what vehicles have had of a day; who has had nothing is not named."""
    engine = session.get_bind()
    had_of = _told.get(engine) if isinstance(engine, Engine) else None
    return dict(had_of(session, vehicle_ids, on, now)) if had_of else {}


def lessened(vehicle: Vehicle, had: Had | None) -> Vehicle:
    """Take off what counts a day: its price, stops and trips. One trip is what nobody has said anything of."""
    if had is None:
        return vehicle
    return replace(
        vehicle,
        cost_fixed=0,
        stops_max=None if vehicle.stops_max is None else max(0, vehicle.stops_max - had.stops),
        trips_max=1 if vehicle.trips_max == 1 else max(1, vehicle.trips_max - had.trips),
    )


def less_driven(vehicle: Vehicle, ways: Sequence[Sequence[int]], travel: Travel) -> Vehicle:
    """Take the metres of these ways off those a vehicle may drive."""
    if vehicle.distance_m_max is None:
        return vehicle
    driven = sum(travel.travel_m(here, there) for way in ways for here, there in pairwise(way))
    return replace(vehicle, distance_m_max=max(0, vehicle.distance_m_max - driven))
