"""OSM files: writes an invented city as one, reads any of them for what the demo needs.

The invented city goes the same way as a real one: whatever reads roads, reads this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import osmium

from demo import street_graph
from demo.street_graph import Street
from logistics.kit.geo import Point

if TYPE_CHECKING:
    from demo.city import City

AREA_NODES_FROM = 1_000_000  # numbers of area corners, well clear of the street nodes
DRIVABLE = (
    "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link",
    "tertiary", "tertiary_link", "unclassified", "residential", "living_street", "service",
)  # fmt: skip
HOMES_ON = ("residential", "living_street", "unclassified", "tertiary", "secondary", "primary")


@dataclass(frozen=True, slots=True)
class Address:
    """A place on a street where somebody could live, with the street's name (may be empty)."""

    point: Point
    street: str
    street_en: str
    kind: str


def write(city: City, path: Path) -> None:
    """Write the city; the ending of the name (.osm, .osm.pbf) says in which form. Replaces what is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path)) as writer:
        numbered = list(enumerate(_corners(city), AREA_NODES_FROM))
        for number, point in sorted(city.nodes.items()):
            writer.add_node(osmium.osm.mutable.Node(id=number, version=1, location=(point.lon, point.lat)))
        for number, (point, tags) in numbered:
            node = osmium.osm.mutable.Node(id=number, version=1, location=(point.lon, point.lat), tags=tags)
            writer.add_node(node)
        for number, street in enumerate(city.streets, 1):
            writer.add_way(osmium.osm.mutable.Way(id=number, version=1, nodes=street.nodes, tags=street.tags))
        _write_areas(city, writer)


def _corners(city: City) -> list[tuple[Point, dict[str, str]]]:
    corners: list[tuple[Point, dict[str, str]]] = [(point, {}) for area in city.areas for point in area.ring]
    return corners + [(label.point, label.tags) for label in city.labels]


def _write_areas(city: City, writer: osmium.SimpleWriter) -> None:
    first = AREA_NODES_FROM
    for number, area in enumerate(city.areas, len(city.streets) + 1):
        ring = [*range(first, first + len(area.ring)), first]
        first += len(area.ring)
        writer.add_way(osmium.osm.mutable.Way(id=number, version=1, nodes=ring, tags=area.tags))


def read_addresses(path: Path) -> list[Address]:
    """List where people could live on a map: one place a node of its ordinary streets, in file order.

    Only streets of the largest part that hangs together count, so that every place can be reached.
    """
    streets: list[Street] = []
    points: dict[int, Point] = {}
    ways: Any = osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
    for item in ways:
        if item.is_way() and item.tags["highway"] in DRIVABLE and len(item.nodes) > 1:
            streets.append(Street([node.ref for node in item.nodes], dict(item.tags)))
            for node in item.nodes:
                points.setdefault(node.ref, Point(lat=node.lat, lon=node.lon))
    return _addresses(street_graph.largest_part(streets), points)


def _addresses(streets: list[Street], points: dict[int, Point]) -> list[Address]:
    found: dict[int, Address] = {}
    for street in streets:
        tags = street.tags
        if tags["highway"] not in HOMES_ON:
            continue
        name = tags.get("name", "")
        for node in street.nodes:
            address = Address(points[node], name, tags.get("name:en", name), tags["highway"])
            if node not in found or (name and not found[node].street):
                found[node] = address
    return list(found.values())
