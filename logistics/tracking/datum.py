"""From the shifted coordinates of Chinese maps to WGS-84.

GCJ-02 is WGS-84 moved by a published polynomial (up to about 700 m within China, nothing outside); BD-09 moves that
once more. Only this direction has formulas; the way back is found by repeating them. The house keeps WGS-84 only: a
source *declares* its datum and is converted at the door, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt

from logistics.kit.geo import Point

AXIS_M = 6_378_245.0  # Krasovsky 1940, as GCJ-02 uses it
ECCENTRICITY2 = 0.006_693_421_622_965_943
CHINA_LAT, CHINA_LON = (0.8293, 55.8271), (72.004, 137.8347)
BD_TURN = pi * 3000 / 180
BD_LAT, BD_LON = 0.006, 0.0065
REPEATS = 4  # each repeat shrinks the error about a thousandfold; four are far below a millimetre


class Datum(StrEnum):
    """What a source's coordinates are measured in."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(point: Point, datum: Datum) -> Point:
    """Return the place in WGS-84, to less than a millimetre of the formulas (not of the earth)."""
    if datum is Datum.BD09:
        point = _undo(to_bd09, point)
    return point if datum is Datum.WGS84 else _undo(to_gcj02, point)


def _undo(shift: Callable[[Point], Point], point: Point) -> Point:
    guess = point
    for _ in range(REPEATS):
        shifted = shift(guess)
        guess = Point(lat=guess.lat + point.lat - shifted.lat, lon=guess.lon + point.lon - shifted.lon)
    return guess


def to_gcj02(point: Point) -> Point:
    """Shift a WGS-84 place to GCJ-02; outside China nothing is shifted."""
    if not _in_china(point):
        return point
    north, east = _shift(point.lon - 105.0, point.lat - 35.0)
    lat = radians(point.lat)
    bend = 1 - ECCENTRICITY2 * sin(lat) ** 2
    return Point(
        lat=point.lat + north * 180 / (AXIS_M * (1 - ECCENTRICITY2) / (bend * sqrt(bend)) * pi),
        lon=point.lon + east * 180 / (AXIS_M / sqrt(bend) * cos(lat) * pi),
    )


def to_bd09(point: Point) -> Point:
    """Shift a GCJ-02 place to BD-09."""
    far = hypot(point.lon, point.lat) + 0.000_02 * sin(point.lat * BD_TURN)
    angle = atan2(point.lat, point.lon) + 0.000_003 * cos(point.lon * BD_TURN)
    return Point(lat=far * sin(angle) + BD_LAT, lon=far * cos(angle) + BD_LON)


def _shift(x: float, y: float) -> tuple[float, float]:
    wave = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi) + 160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi) + 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    return north, east


def _in_china(point: Point) -> bool:
    return CHINA_LAT[0] <= point.lat <= CHINA_LAT[1] and CHINA_LON[0] <= point.lon <= CHINA_LON[1]
