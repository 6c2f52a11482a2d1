"""A service point as the rules of pickup see it."""

from __future__ import annotations

from dataclasses import dataclass

from logistics.kit.geo import Point
from logistics.kit.windows import WeekHours


@dataclass(frozen=True, slots=True)
class ServicePoint:
    """A place where recipients collect; ``room`` is how many more parcels it can take (>= 0)."""

    site_id: str
    point: Point
    hours: WeekHours
    room: int
