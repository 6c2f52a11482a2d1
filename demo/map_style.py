"""The look of the map, light and dark: MapLibre styles over our own tiles.

No glyphs, no sprite, no origin but our own: without ``glyphs`` a browser renders labels from its own fonts,
Chinese ones too. The routes drawn on top carry the colour; the ground stays quiet.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ARCHIVE_URL = "pmtiles:///map/city.pmtiles"  # the part after pmtiles:// is fetched from the page's own origin
FONTS = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif"]
SCHEMES = {
    "light": {
        "ground": "#f4f3f0", "water": "#c3d7e4", "green": "#dde7d5", "road": "#ffffff", "casing": "#d3cfc6",
        "major": "#fdf4df", "major_casing": "#dccfb0", "ink": "#5b5a57", "halo": "#f7f6f3", "water_ink": "#5d7f95",
    },
    "dark": {
        "ground": "#1b1d20", "water": "#16262f", "green": "#1e2a22", "road": "#33363b", "casing": "#121416",
        "major": "#46433b", "major_casing": "#121416", "ink": "#a9abad", "halo": "#16181a", "water_ink": "#5f8398",
    },
}  # fmt: skip
MAJOR = ["motorway", "trunk", "primary"]
MEDIUM = ["secondary", "tertiary"]
MINOR = ["unclassified", "residential", "living_street", "pedestrian", "service"]

Layer = dict[str, Any]


def write_styles(folder: Path, *, centre: tuple[float, float]) -> None:
    """Write ``style-light.json`` and ``style-dark.json``; the centre is [lon, lat], as GeoJSON has it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHEMES:
        text = json.dumps(style(name, centre=centre), ensure_ascii=False, indent=1)
        (folder / f"style-{name}.json").write_text(text, encoding="utf-8")


def style(scheme: str, *, centre: tuple[float, float]) -> dict[str, Any]:
    """Return a whole MapLibre style in the colours of ``light`` or ``dark``."""
    colours = SCHEMES[scheme]
    return {
        "version": 8,
        "name": f"city {scheme}",
        "center": list(centre),
        "zoom": 11.5,
        "sources": {"city": {"type": "vector", "url": ARCHIVE_URL, "attribution": "© OpenStreetMap contributors"}},
        "layers": [*_ground(colours), *_roads(colours), *_labels(colours)],
    }


def _ground(colours: dict[str, str]) -> list[Layer]:
    polygon = ["==", ["geometry-type"], "Polygon"]
    line = ["==", ["geometry-type"], "LineString"]
    return [
        {"id": "ground", "type": "background", "paint": {"background-color": colours["ground"]}},
        _layer("green", "fill", "green", polygon, {"fill-color": colours["green"]}),
        _layer("water", "fill", "water", polygon, {"fill-color": colours["water"]}),
        _layer("streams", "line", "water", line, {"line-color": colours["water"], "line-width": _widths(0.6, 3)}),
    ]


def _roads(colours: dict[str, str]) -> list[Layer]:
    kinds = (("minor", MINOR, 0.4, 7.0), ("medium", MEDIUM, 0.8, 11.0), ("major", MAJOR, 1.4, 15.0))
    casings = []
    fills = []
    for name, classes, thin, thick in kinds:
        chosen = ["in", ["get", "class"], ["literal", classes]]
        edge, face = ("major_casing", "major") if name == "major" else ("casing", "road")
        casings.append(_road(f"{name}-casing", chosen, colours[edge], _widths(thin + 0.9, thick + 2)))
        fills.append(_road(name, chosen, colours[face], _widths(thin, thick)))
    return casings + fills


def _road(name: str, chosen: list[Any], colour: str, width: list[Any]) -> Layer:
    layer = _layer(name, "line", "roads", chosen, {"line-color": colour, "line-width": width})
    return layer | {"layout": {"line-cap": "round", "line-join": "round"}}


def _labels(colours: dict[str, str]) -> list[Layer]:
    paint = {"text-color": colours["ink"], "text-halo-color": colours["halo"], "text-halo-width": 1.4}
    water = paint | {"text-color": colours["water_ink"]}
    along = {"symbol-placement": "line", "text-max-angle": 30, "symbol-spacing": 320}
    named = ["has", "name"]
    major = ["all", named, ["in", ["get", "class"], ["literal", MAJOR + MEDIUM]]]
    places = ["in", ["get", "class"], ["literal", ["city", "town", "suburb", "village"]]]
    return [
        _text("street-names-major", "roads", major, along | _size(11), paint) | {"minzoom": 12},
        _text("street-names", "roads", named, along | _size(10.5), paint) | {"minzoom": 15},
        _text("water-names", "water", named, _size(11), water) | {"minzoom": 11},
        _text("green-names", "green", named, _size(10), paint) | {"minzoom": 14},
        _text("place-names", "places", places, _size(13), paint) | {"maxzoom": 14},
    ]


def _text(name: str, source: str, chosen: list[Any], layout: Layer, paint: Layer) -> Layer:
    words = {"text-field": ["coalesce", ["get", "name"], ""], "text-font": FONTS}
    return _layer(name, "symbol", source, chosen, paint) | {"layout": words | layout}


def _size(pixels: float) -> Layer:
    return {"text-size": pixels}


def _widths(thin: float, thick: float) -> list[Any]:
    return ["interpolate", ["exponential", 1.5], ["zoom"], 10, thin, 17, thick]


def _layer(name: str, kind: str, source: str, chosen: list[Any], paint: Layer) -> Layer:
    return {"id": name, "type": kind, "source": "city", "source-layer": source, "filter": chosen, "paint": paint}
