"""The ground a city stands on: from a straight drawing board to bent, believable geography.

Everything is drawn on a board in metres (x east, y north, the centre at 0, 0), and bent once at the end, so
that rings come out round, the river meanders, and no two blocks have the same corners.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, exp, pi, radians, sin
from typing import TYPE_CHECKING

from logistics.kit.geo import Point

if TYPE_CHECKING:
    from random import Random

Spot = tuple[float, float]

HALF_WIDTH_M = 7_000.0
HALF_HEIGHT_M = 6_000.0
METRES_PER_DEGREE = 111_320.0
ROUNDNESS = 0.34  # 0 leaves squares square, 1 makes them circles; above 0.5 the corners crowd
SQUIRCLE = 5.0  # the norm whose unit circle the rings follow before they are rounded
MEANDER_M = 520.0
MEANDER_REACH_M = 2_400.0  # how far from the river the ground still follows its bends
WAVES = 4
WAVE_HEIGHT_M = 95.0


@dataclass(frozen=True, slots=True)
class Ground:
    """One bending of the drawing board; ``waves`` are (x length, y length, phase, height x, height y)."""

    centre: Point
    turn_rad: float
    river_y: float
    meander_length_m: float
    meander_phase: float
    waves: tuple[tuple[float, float, float, float, float], ...]

    def bend(self, spot: Spot) -> Spot:
        """Return where a spot of the board comes to lie, in metres."""
        x, y = _rounded(spot)
        near_river = exp(-(((y - self.river_y) / MEANDER_REACH_M) ** 2))
        y += MEANDER_M * near_river * sin(x / self.meander_length_m + self.meander_phase)
        for length_x, length_y, phase, height_x, height_y in self.waves:
            swing = sin(spot[0] / length_x + spot[1] / length_y + phase)
            x, y = x + height_x * swing, y + height_y * swing
        return x * cos(self.turn_rad) - y * sin(self.turn_rad), x * sin(self.turn_rad) + y * cos(self.turn_rad)

    def point(self, spot: Spot) -> Point:
        """Return the place on earth of a spot on the board (7 decimals, as OSM keeps them)."""
        x, y = self.bend(spot)
        lat = self.centre.lat + y / METRES_PER_DEGREE
        lon = self.centre.lon + x / (METRES_PER_DEGREE * cos(radians(self.centre.lat)))
        return Point(lat=round(lat, 7), lon=round(lon, 7))


def new_ground(chance: Random, *, centre: Point, river_y: float) -> Ground:
    """Draw a bending: a turn of up to 9 degrees, a river with two or three bends, soft waves."""
    waves = tuple(
        (
            chance.uniform(500, 1_900) * chance.choice((-1, 1)),
            chance.uniform(500, 1_900),
            chance.uniform(0, 2 * pi),
            chance.uniform(-WAVE_HEIGHT_M, WAVE_HEIGHT_M),
            chance.uniform(-WAVE_HEIGHT_M, WAVE_HEIGHT_M),
        )
        for _ in range(WAVES)
    )
    return Ground(
        centre=centre,
        turn_rad=radians(chance.uniform(-9, 9)),
        river_y=river_y,
        meander_length_m=chance.uniform(1_700, 2_300),
        meander_phase=chance.uniform(0, 2 * pi),
        waves=waves,
    )


def _rounded(spot: Spot) -> Spot:
    x, y = spot
    u, v = abs(x) / HALF_WIDTH_M, abs(y) / HALF_HEIGHT_M
    straight = (u * u + v * v) ** 0.5
    if not straight:
        return spot
    squircle = (u**SQUIRCLE + v**SQUIRCLE) ** (1 / SQUIRCLE)
    factor = 1 - ROUNDNESS + ROUNDNESS * squircle / straight
    return x * factor, y * factor
