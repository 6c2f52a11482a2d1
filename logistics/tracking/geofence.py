"""Whether a vehicle is at a place, as far as one position can tell."""

from __future__ import annotations

from logistics.kit.geo import Point, great_circle_m

NEAR_M = 300.0  # about a minute of city driving: time to put the shoes on
ACCURACY_M_MAX = 200.0  # a fix vaguer than this says nothing about a street


def is_near(at: Point, place: Point, *, accuracy_m: float = 0.0, radius_m: float = NEAR_M) -> bool:
    """Tell whether a fix lies within ``radius_m`` of a place; a vague fix (metres) is near nothing."""
    return accuracy_m <= ACCURACY_M_MAX and great_circle_m(at, place) <= radius_m
