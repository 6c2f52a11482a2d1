"""What travels about sites."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated

from pydantic import Field

from logistics.kit.edge.wire import PointWire, Wire
from logistics.kit.windows import Opening, WeekHours
from logistics.sites.model import SiteKind

Weekday = Annotated[int, Field(ge=0, le=6, description="0 Monday .. 6 Sunday")]


class OpeningWire(Wire):
    """Open on these weekdays from ``opens`` until ``closes``, local time; past midnight if closes <= opens."""

    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)]
    opens: time
    closes: time

    def to_opening(self) -> Opening:
        """Return the opening as the house reckons with it."""
        return Opening(tuple(self.days), self.opens, self.closes)


class SiteIn(Wire):
    """A site to be entered."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    kinds: Annotated[list[SiteKind], Field(min_length=1)]
    point: PointWire
    address: Annotated[str, Field(max_length=300)]
    time_zone: Annotated[str, Field(max_length=64)] = "Asia/Shanghai"
    hours: list[OpeningWire] = Field(default_factory=list, max_length=50)
    capacity_parcels_max: Annotated[int, Field(ge=0, le=10**6, description="room for waiting parcels")] = 0
    keep_days: Annotated[int, Field(ge=1, le=60, description="how long a parcel waits for its recipient")] = 3

    def week(self) -> WeekHours:
        """Return the opening hours in the site's own time zone."""
        return WeekHours(tuple(one.to_opening() for one in self.hours), self.time_zone)


class SiteOut(SiteIn):
    """A site."""

    id: str
    created_at: datetime
