"""Where a van is between two stops: a planned line becomes position fixes.

Pure: places and times in, fixes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from logistics.kit.geo import Point, great_circle_m

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Fix:
    """One position: where, when, how fast (metres a second)."""

    point: Point
    at: datetime
    speed_mps: float


def legs(line: Sequence[Point], stops: Sequence[Point]) -> list[list[Point]]:
    """Cut a route's line into one piece per pair of following stops.

    The line passes the stops in order; each stop takes the nearest vertex at or after the one before. Where
    the line is missing or does not come near, the piece is straight.
    """
    pieces = []
    first = 0
    for start, end in pairwise(stops):
        last = _nearest_after(line, end, first)
        inner = list(line[first : last + 1]) if last > first else []
        pieces.append([start, *inner, end])
        first = max(first, last)
    return pieces


NEAR_ENOUGH_M = 250.0  # a stop this close to the line is where the line passes it; take the first such place


def _nearest_after(line: Sequence[Point], stop: Point, first: int) -> int:
    best, best_m = first, float("inf")
    for index in range(first, len(line)):
        away_m = great_circle_m(line[index], stop)
        if away_m < best_m:
            best, best_m = index, away_m
        elif best_m < NEAR_ENOUGH_M and away_m > 4 * NEAR_ENOUGH_M:
            break
    return best


def length_m(line: Sequence[Point]) -> float:
    """Return the length of a line in metres."""
    return sum(great_circle_m(a, b) for a, b in pairwise(line))


def fixes(line: Sequence[Point], leave: datetime, arrive: datetime, every_s: float) -> list[Fix]:
    """Return a fix every so many seconds along a line driven at even speed, the one on arrival included."""
    span_s = (arrive - leave).total_seconds()
    total_m = length_m(line)
    if span_s <= 0:
        return [Fix(line[-1], arrive, 0.0)]
    speed = total_m / span_s
    moments = [every_s * k for k in range(1, int(span_s / every_s) + 1) if every_s * k < span_s]
    passed = [Fix(place, leave + timedelta(seconds=s), speed) for s, place in _along(line, speed, moments)]
    return [*passed, Fix(line[-1], arrive, 0.0)]


def _along(line: Sequence[Point], speed: float, moments: Sequence[float]) -> list[tuple[float, Point]]:
    found = []
    index, behind_m = 0, 0.0
    for moment in moments:
        wanted_m = moment * speed
        while index < len(line) - 2 and behind_m + great_circle_m(line[index], line[index + 1]) < wanted_m:
            behind_m += great_circle_m(line[index], line[index + 1])
            index += 1
        piece_m = great_circle_m(line[index], line[index + 1])
        share = min(1.0, (wanted_m - behind_m) / piece_m) if piece_m else 0.0
        found.append((moment, _between(line[index], line[index + 1], share)))
    return found


def _between(a: Point, b: Point, share: float) -> Point:
    return Point(lat=a.lat + (b.lat - a.lat) * share, lon=a.lon + (b.lon - a.lon) * share)
