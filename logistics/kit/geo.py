"""Places on the earth, in WGS-84 degrees."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from logistics.kit.errors import FieldError, Invalid

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
LAT_MAX = 90.0
LON_MAX = 180.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place: ``lat`` in -90..90 and ``lon`` in -180..180 degrees, WGS-84."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse what lies nowhere on the earth (NaN included)."""
        if not -LAT_MAX <= self.lat <= LAT_MAX:
            raise Invalid("lat", f"{self.lat} is no latitude", "-90..90 degrees")
        if not -LON_MAX <= self.lon <= LON_MAX:
            raise Invalid("lon", f"{self.lon} is no longitude", "-180..180 degrees")


def find_point(lat: float | None, lon: float | None) -> Point | None:
    """Return the point, or none if both are missing; one alone is refused."""
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        missing = FieldError("lat" if lat is None else "lon", "is missing", "both lat and lon, or neither")
        raise Invalid(missing.field, missing.message, missing.expected)
    return Point(lat=lat, lon=lon)


def great_circle_m(a: Point, b: Point) -> float:
    """Return the distance over the sphere in metres (haversine; within 0.6 % of the ellipsoid)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half)))
