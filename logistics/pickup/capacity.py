"""Room at a service point, in parcels. What is expected counts like what is there: a promise takes a place."""

from __future__ import annotations

from logistics.kit.errors import Conflict


def free_room(capacity_max: int, taken: int) -> int:
    """Return how many more parcels a place takes; never below zero, also if it holds more than it should."""
    return max(0, capacity_max - taken)


def check_room(room: int, parcels_count: int, name: str) -> None:
    """Refuse (409) what does not fit as a whole."""
    if parcels_count > room:
        raise Conflict(
            f"{name} has room for {room} more, not for {parcels_count} parcels.",
            code="no_room",
            facts={"store": name, "room": room, "parcels": parcels_count},
        )
