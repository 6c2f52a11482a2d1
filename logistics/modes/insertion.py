"""What one more stop will cost our own fleet, before any route exists.

Continuous approximation (Daganzo, "The distance traveled to visit N points", 1984): in a tour of many stops, the
way from one to the next is about k / sqrt(stops per km2), and each stop carries its share of the way out and back.
``scale`` is what real plans teach: it moves towards actual / predicted, plan by plan. The formula stands in
docs/formulas/tariffs.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from logistics.kit.errors import Invalid

M_PER_KM = 1000.0
SCALE_MIN, SCALE_MAX = 0.2, 5.0  # beyond, the model is not miscalibrated but wrong
LEARNING = 0.3  # of the way towards the newest plan: some five plans make up the picture


@dataclass(frozen=True, slots=True)
class InsertionModel:
    """The parameters of a depot's fleet; amounts in major units.

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
    scale: float = 1.0

    def __post_init__(self) -> None:
        """Refuse parameters that make no cost."""
        if min(self.stop_cost, self.km_cost, self.k) < 0 or self.detour < 1:
            raise Invalid("insertion", "has a cost below 0 or a detour below 1", "costs >= 0, detour >= 1")
        if min(self.stops_per_route, self.stops_per_km2) <= 0 or not SCALE_MIN <= self.scale <= SCALE_MAX:
            raise Invalid("insertion", "has no stops, or a scale out of range", f"scale {SCALE_MIN} to {SCALE_MAX}")


def stop_cost(model: InsertionModel, depot_m: float, *, shared_by: float = 1.0) -> float:
    """Return what a stop costs, in major units, ``depot_m`` metres from the depot as the crow flies.

    ``shared_by``: how many parcels are handed over at the same stop (1 at a door, more at a store).
    """
    between_km = model.k / sqrt(model.stops_per_km2)
    out_and_back_km = 2 * depot_m / M_PER_KM / model.stops_per_route
    driving = model.km_cost * model.detour * (between_km + out_and_back_km)
    return model.scale * (model.stop_cost + driving) / shared_by


def calibrate(model: InsertionModel, *, predicted: float, actual: float) -> InsertionModel:
    """Return the model after a plan whose stops were predicted to cost so much and did cost so much (major units)."""
    if predicted <= 0 or actual <= 0:
        return model
    aim = model.scale * actual / predicted
    scale = model.scale + LEARNING * (aim - model.scale)
    return replace(model, scale=min(max(scale, SCALE_MIN), SCALE_MAX))
