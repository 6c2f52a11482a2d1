"""Which service points suit somebody who stands at a point: room first, then near and open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from logistics.kit.geo import Point, great_circle_m
from logistics.pickup.model import ServicePoint

CLOSED_DETOUR_M = 500.0  # people walk some minutes farther to a shop that is open than wait for one that is not


@dataclass(frozen=True, slots=True)
class Ranked:
    """A service point with its distance in metres as the crow flies, and whether it is open now."""

    place: ServicePoint
    distance_m: float
    is_open: bool


def rank(places: Iterable[ServicePoint], near: Point, now: datetime) -> list[Ranked]:
    """Order service points, best first; ties by id.

    Those with room come before those without, then the nearer; a closed one counts as ``CLOSED_DETOUR_M`` farther.
    """
    seen = [
        Ranked(place, great_circle_m(near, place.point), place.hours.open_window(now) is not None) for place in places
    ]
    return sorted(seen, key=_order)


def _order(one: Ranked) -> tuple[bool, float, str]:
    detour_m = 0.0 if one.is_open else CLOSED_DETOUR_M
    return one.place.room == 0, one.distance_m + detour_m, one.place.site_id
