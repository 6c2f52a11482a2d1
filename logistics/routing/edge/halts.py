"""Halts: each place once, how long a service takes there, and what a shipment takes on board."""

from __future__ import annotations

from dataclasses import dataclass, field

from logistics.kit.geo import Point
from logistics.routing.model import Place
from logistics.shipments.edge.brief import AnyShipment

# Starting values from ordinary parcel rounds, to be replaced by measured dwell.
DOOR_SETUP_S, DOOR_SERVICE_S, DOOR_PARCEL_S, DOOR_CASH_S = 90, 60, 15, 45
STORE_SETUP_S, STORE_SERVICE_S, STORE_PARCEL_S = 180, 15, 10
SAME_DOOR_DIGITS = 5  # decimals of a degree, about a metre: what is closer is one halt


@dataclass(slots=True)
class Places:
    """Every place once, by its use: two parcels for one door are one halt."""

    points: list[Point] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    _known: dict[tuple[str, float, float], int] = field(default_factory=dict)

    def index(self, kind: str, point: Point, setup_s: int) -> int:
        """Return the number of a place; one that is new is added."""
        key = (kind, round(point.lat, SAME_DOOR_DIGITS), round(point.lon, SAME_DOOR_DIGITS))
        if key not in self._known:
            self._known[key] = len(self.points)
            self.points.append(point)
            self.places.append(Place(point, setup_s))
        return self._known[key]


def service_s(row: AnyShipment, *, at_door: bool) -> int:
    """Return the seconds of work at a door or at a service point, door and till included."""
    if not at_door:
        return STORE_SERVICE_S + STORE_PARCEL_S * row.parcels_count
    cash_s = DOOR_CASH_S if row.cod_due_minor else 0
    return DOOR_SERVICE_S + DOOR_PARCEL_S * row.parcels_count + cash_s


def load_of(row: AnyShipment) -> tuple[int, ...]:
    """Return what a shipment takes on board, in the dimensions of a plan; cash comes later."""
    return (row.weight_g, row.volume_cm3, row.parcels_count, 0)
