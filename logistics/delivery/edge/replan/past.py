"""What a vehicle has done today, as far as its runs tell: limits that count a whole day count it.

What is known are stops that were reached and when a run left. What is a guess: between them it drove as one drives
between these points, in the order of its arrivals, and from the last one straight home.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from logistics.delivery.edge.store import StopBrief
from logistics.delivery.edge.tables import RunRow
from logistics.delivery.replanning import RunNow
from logistics.kit.geo import Point


@dataclass(frozen=True, slots=True)
class Past:
    """A vehicle's day until now.

    ``trips`` that are over; ``stops`` it made; ``left_at``: when it left for the first time (None: not yet today).
    ``ways``: run by run the points it came by, from its depot to its next stop, or home.
    """

    trips: int = 0
    stops: int = 0
    left_at: datetime | None = None
    ways: tuple[tuple[Point, ...], ...] = ()


NOTHING = Past()


def past_of(
    rows: Iterable[RunRow],
    runs: Mapping[str, RunNow],
    stops: Mapping[str, Sequence[StopBrief]],
    depots: Mapping[str, Point],
) -> dict[str, Past]:
    """Return the past of every vehicle that left today; of ``rows`` those count that left.

    ``runs``: how those that can still change stand; one that is not among them is over.
    """
    found: dict[str, Past] = {}
    for row in rows:
        if row.departed_at is not None:
            before = found.get(row.vehicle_id, NOTHING)
            found[row.vehicle_id] = _with(before, row, row.departed_at, runs.get(row.id), stops[row.id], depots)
    return found


def _with(
    before: Past,
    row: RunRow,
    left_at: datetime,
    run: RunNow | None,
    stops: Sequence[StopBrief],
    depots: Mapping[str, Point],
) -> Past:
    ahead = run.open_stops if run else ()
    made = _made(stops, {stop.no for stop in ahead})
    upcoming = run.next_stop if run else None
    there = [stop for stop in stops if upcoming and stop.no == upcoming.no]
    depot = depots[row.depot_id]
    way = (depot, *map(_point, made), *(map(_point, there) if there else (depot,)))
    return Past(
        trips=before.trips + (not ahead),
        stops=before.stops + len(made),
        left_at=min(left_at, before.left_at or left_at),
        ways=(*before.ways, way),
    )


def _made(stops: Sequence[StopBrief], ahead: Collection[int]) -> list[StopBrief]:
    """Return the stops somebody was at, by arrival; one whose visits ended ahead of it was never driven to."""
    came = [(stop.actual_at, stop.no, stop) for stop in stops if stop.actual_at is not None and stop.no not in ahead]
    return [stop for _, _, stop in sorted(came, key=lambda one: one[:2])]


def _point(stop: StopBrief) -> Point:
    return Point(lat=stop.lat, lon=stop.lon)
