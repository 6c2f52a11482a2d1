"""How near the other stops of a usual day are, seen from any place: the density that a stop's cost depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sqrt

import numpy as np

from logistics.kit.geo import EARTH_RADIUS_M, Point
from logistics.modes.insertion import M_PER_KM

NEAREST_A_DAY = 5.0  # fewer: the density is chance; more: it is no longer that of this street
NEAR_KM_MIN = 0.05  # stops of one house are not infinitely dense

Seen = tuple[float, float, float]  # latitude, longitude, how many stops it stands for


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The stops of the last ``days`` days; ``seen`` may be a part of them, each then standing for several."""

    seen: Sequence[Seen]
    days: int

    def between_km(self, place: Point) -> float | None:
        """Return 1 / sqrt(stops per km2 and day) around a place; none if nothing is known.

        The circle around the place is as wide as it takes to hold ``NEAREST_A_DAY`` stops of each day (the nearest
        neighbour estimate of a density, Loftsgaarden and Quesenberry 1965).
        """
        if not self.seen or self.days < 1:
            return None
        lat, lon, count = np.asarray(self.seen, dtype=np.float64).T
        turned = (lon - place.lon + 180.0) % 360.0 - 180.0  # the short way round the earth
        east = np.radians(turned) * cos(radians(place.lat))
        apart_km = EARTH_RADIUS_M / M_PER_KM * np.hypot(np.radians(lat - place.lat), east)
        order = np.argsort(apart_km, kind="stable")
        held = np.cumsum(count[order])
        last = min(int(np.searchsorted(held, NEAREST_A_DAY * self.days)), len(held) - 1)
        radius_km = max(float(apart_km[order[last]]), NEAR_KM_MIN)
        return sqrt(pi * radius_km**2 * self.days / float(held[last]))
