"""What one more stop costs our own fleet: a sum of a few prices, each times something that is known at a checkout.

Continuous approximation (Daganzo, "The distance traveled to visit N points", 1984): in a tour of many stops, the
way from one to the next is about k / sqrt(stops per km2), and each stop carries its share of the way out and back.
The prices a depot starts with follow from what was entered (`InsertionModel`); plans put better ones in their place
(`calibration.py`). No price is below 0, so a stop never costs less for being farther away, and never less than
nothing. The formula stands in docs/formulas/insertion.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from logistics.kit.errors import Invalid

M_PER_KM = 1000.0
DAY_S = 36_000.0  # a window of ten hours and more binds nobody

# What is paid for, in the order of every vector of prices.
FEATURES = ("stop", "more_parcels", "cash", "store", "out_and_back_km", "between_km", "window", "window_between_km")

Prices = NDArray[np.float64]  # major units for each of FEATURES


@dataclass(frozen=True, slots=True)
class Stop:
    """What is known of a stop before any route exists.

    ``depot_m``: from the depot, metres as the crow flies. ``between_km``: 1 / sqrt(stops per km2 and day around it),
    none: as usual for the depot. ``parcels_count``: what is handed over in all. ``takes_cash``: there is money to take.
    ``window_s``: how wide the wished window is, none for any time of the day.
    """

    depot_m: float
    between_km: float | None = None
    parcels_count: float = 1.0
    takes_cash: bool = False
    is_store: bool = False
    window_s: float | None = None

    @property
    def tightness(self) -> float:
        """How much the window binds: 0 not at all, 1 to a moment."""
        return 0.0 if self.window_s is None else min(1.0, max(0.0, 1.0 - self.window_s / DAY_S))


@dataclass(frozen=True, slots=True)
class InsertionModel:
    """The values a depot's fleet starts with; amounts in major units.

    ``stop_cost``: standing at the door; ``km_cost``: driving; ``detour``: road metres per metre as the crow flies;
    ``stops_per_route`` share the way out and back; ``stops_per_km2`` is how dense a usual day is; ``k`` is
    Daganzo's constant, 0.57 for Euclidean distance and strips, more for streets at right angles.
    """

    stop_cost: float = 3.0
    km_cost: float = 2.0
    detour: float = 1.3
    stops_per_route: float = 40.0
    stops_per_km2: float = 2.0
    k: float = 0.7

    def __post_init__(self) -> None:
        """Refuse parameters that make no cost."""
        if min(self.stop_cost, self.km_cost, self.k) < 0 or self.detour < 1:
            raise Invalid("insertion", "has a cost below 0 or a detour below 1", "costs >= 0, detour >= 1")
        if min(self.stops_per_route, self.stops_per_km2) <= 0:
            raise Invalid("insertion", "has no stops", "more than 0 stops per route and km2")

    @property
    def usual_between_km(self) -> float:
        """1 / sqrt(stops per km2) on a usual day."""
        return 1 / sqrt(self.stops_per_km2)

    @property
    def prices(self) -> Prices:
        """The prices that hold until plans have taught better ones; what has none costs nothing extra."""
        driven = self.km_cost * self.detour
        known = {
            "stop": self.stop_cost,
            "out_and_back_km": driven / self.stops_per_route,
            "between_km": driven * self.k,
        }
        return np.array([known.get(name, 0.0) for name in FEATURES])


def features(stop: Stop, usual_between_km: float) -> NDArray[np.float64]:
    """Return how much of each of ``FEATURES`` a stop takes; kilometres as the crow flies."""
    between_km = usual_between_km if stop.between_km is None else stop.between_km
    return np.array(
        [
            1.0,
            max(0.0, stop.parcels_count - 1.0),
            float(stop.takes_cash),
            float(stop.is_store),
            2 * stop.depot_m / M_PER_KM,
            between_km,
            stop.tightness,
            stop.tightness * between_km,
        ]
    )


def stop_cost(prices: Prices, stop: Stop, usual_between_km: float) -> float:
    """Return what a stop costs, in major units."""
    return float(prices @ features(stop, usual_between_km))
