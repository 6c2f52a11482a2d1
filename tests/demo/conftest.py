from __future__ import annotations

import pytest

from demo import city, world
from demo.markets import YUNJIANG
from demo.osm_file import Address
from demo.world import World


@pytest.fixture(scope="session")
def places() -> list[Address]:
    made = city.build(1)
    return [
        Address(made.nodes[node], street.tags["name"], street.tags["name:en"], street.tags["highway"])
        for street in made.streets
        for node in street.nodes
    ]


@pytest.fixture(scope="session")
def day(places: list[Address]) -> World:
    return world.build(1, YUNJIANG, places)
