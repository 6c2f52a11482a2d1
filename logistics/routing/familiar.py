"""Which streets a driver knows: circles drawn around what she was sent to again and again.

Familiarity shortens service and search for the door (Zhong, Hall and Dessouky 2007, territory planning with driver
learning); here it is a price on streets outside of the circles, which whoever enters the vehicle decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from logistics.kit.geo import Point, great_circle_m
from logistics.routing.ground import table_m

RADIUS_M = 800  # a neighbourhood: ten minutes on foot across
STOPS_MIN = 3  # who was there twice does not know the streets yet
AREAS_MAX = 20
POINTS_MAX = 2_000  # of more, the newest tell enough; the table between them stays small


@dataclass(frozen=True, slots=True)
class Area:
    """A circle of streets somebody knows; ``radius_m`` in metres over the ground."""

    centre: Point
    radius_m: int

    def __contains__(self, point: Point) -> bool:
        """Tell whether a point lies in the circle, its edge included."""
        return great_circle_m(self.centre, point) <= self.radius_m


def is_familiar(point: Point, areas: Iterable[Area]) -> bool:
    """Tell whether a point lies in one of the areas."""
    return any(point in area for area in areas)


def areas_of(points: Sequence[Point], radius_m: int = RADIUS_M) -> list[Area]:
    """Draw circles around stops, the densest first, until what is left is too thin to be called known.

    ``points``: one for each stop that was made, the newest last; a street visited on many days occurs many times.
    """
    newest = list(points)[-POINTS_MAX:]
    return list(_densest(newest, radius_m)) if len(newest) >= STOPS_MIN else []


def _densest(points: Sequence[Point], radius_m: int) -> Iterator[Area]:
    near: NDArray[np.bool_] = table_m(points) <= radius_m
    left = np.ones(len(points), dtype=np.bool_)
    for _ in range(AREAS_MAX):
        counts = (near & left[None, :]).sum(axis=1)
        best = int(counts.argmax())
        if counts[best] < STOPS_MIN:
            return
        yield Area(points[best], radius_m)
        left &= ~near[best]
