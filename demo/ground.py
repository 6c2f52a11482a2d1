"""Chooses the ground of the day: the invented city, a real one, or the places of an order file.

Leaves an OSM file for travel times and, for people who watch, tiles and styles for the map.
"""

from __future__ import annotations

import hashlib
import json
import urllib.request
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from demo import city, orders_file, osm_file, tiles, world
from demo.markets import YUNJIANG, market_at
from demo.osm_file import Address
from logistics.kit.geo import Point

if TYPE_CHECKING:
    from demo.options import Options
    from demo.world import World

SHARED = Path("../shared/data/osm")
# Where an extract comes from if it does not lie beside the project.
DOWNLOADS = {
    "porto": "https://github.com/conveyal/r5/raw/06bc4d3e61ed002671ee219a828779c90c308ff8"
    "/src/test/resources/porto_portugal.osm.pbf",
}
DOWNLOAD_S_MAX = 120
NEXT_DAY = "next-day"
PLACES_MAX = 20_000  # more choice than a day of orders can use


class NoSuchCity(Exception):  # noqa: N818 - a sentence for the person who asked
    """The city's map is neither here nor to be had."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The world and what it stands on; without ``roads`` travel is geodesic."""

    world: World
    roads: Path | None
    map_dir: Path | None


def prepare(options: Options) -> Ground:
    """Draw the world, write or find its map, and cut the tiles if somebody is to look at them."""
    if options.orders_file and not options.map_file:
        return Ground(orders_file.build(options.seed, options.orders_file, day=_day(options)), None, None)
    osm = _osm_file(options)
    if options.orders_file:
        drawn = orders_file.build(options.seed, options.orders_file, day=_day(options))
    else:
        drawn = _draw(options, osm)
    return Ground(drawn, osm, None if options.headless else _tiles(options, osm))


def remember_day(options: Options, day: date) -> None:
    """Keep the first day that has nothing in it yet, for a demo that goes on with this database."""
    (options.folder / NEXT_DAY).write_text(day.isoformat(), encoding="utf-8")


def _day(options: Options) -> date:
    kept = options.folder / NEXT_DAY
    return date.fromisoformat(kept.read_text(encoding="utf-8")) if options.keep and kept.exists() else world.DAY


def _draw(options: Options, osm: Path) -> World:
    places = _addresses(options, osm)
    invented = not (options.map_file or options.city)
    market = YUNJIANG if invented else market_at(places[len(places) // 2].point)
    if options.map_file and market is YUNJIANG:
        market = replace(market, city=options.map_file.name.split(".")[0])
    return world.build(options.seed, market, places, orders=options.shipments, day=_day(options))


def _osm_file(options: Options) -> Path:
    if options.map_file:
        if not options.map_file.exists():
            raise NoSuchCity(f"There is no map {options.map_file}.")
        return options.map_file
    if options.city:
        return _known_city(options.city, options.folder)
    path = options.folder / "city.osm.pbf"
    osm_file.write(city.build(options.seed), path)
    return path


def _known_city(name: str, folder: Path) -> Path:
    for path in (SHARED / f"{name}.osm.pbf", folder.parent / "maps" / f"{name}.osm.pbf"):
        if path.exists():
            return path
    if name not in DOWNLOADS:
        raise NoSuchCity(f"The map of {name} is not here; give an extract with --map FILE.osm.pbf.")
    return _download(name, folder.parent / "maps" / f"{name}.osm.pbf")


def _download(name: str, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with urllib.request.urlopen(DOWNLOADS[name], timeout=DOWNLOAD_S_MAX) as answer:  # noqa: S310 - https above
            path.write_bytes(answer.read())
    except OSError as fault:
        raise NoSuchCity(f"The map of {name} could not be downloaded: {fault}. Give one with --map FILE.") from fault
    return path


def _addresses(options: Options, osm: Path) -> list[Address]:
    """Read the places of a map; those of a large one are kept beside the maps, by the hash of the file."""
    name = hashlib.sha256(osm.read_bytes()).hexdigest()[:16]
    kept = options.folder.parent / "maps" / f"{name}.places.json"
    if kept.exists():
        rows = json.loads(kept.read_text(encoding="utf-8"))
        return [Address(Point(**row.pop("point")), **row) for row in rows]
    places = osm_file.read_addresses(osm)
    places = places[:: 1 + len(places) // PLACES_MAX]
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps([asdict(place) for place in places], ensure_ascii=False), encoding="utf-8")
    return places


def _tiles(options: Options, osm: Path) -> Path:
    folder = options.folder / "map"
    tiles.cut(osm, folder / "city.pmtiles")
    return folder
