"""Reads the roads of an OSM extract (.osm.pbf or .osm): which ways a van may use, in which direction, how fast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import osmium

from logistics.kit.errors import Invalid
from logistics.routing.edge.roads import CENTISECONDS, ROAD_CLASSES, Floats, Ints, RoadMap, connected
from logistics.routing.ground import great_circles_m

KMH_PER_MPH = 1.609344
# Free-flow speeds in km/h of what a delivery van may use; a posted limit lowers (or raises) them.
SPEED_KMH = {
    "motorway": 100, "trunk": 80, "primary": 55, "secondary": 48, "tertiary": 42, "unclassified": 36,
    "residential": 28, "living_street": 12, "road": 30, "service": 16,
    "motorway_link": 60, "trunk_link": 50, "primary_link": 42, "secondary_link": 38, "tertiary_link": 34,
}  # fmt: skip
LIMIT_SHARE = 0.9  # of a posted limit is what traffic drives on average when nothing is in the way
LIMIT_KMH_MAX = 110  # vans are not faster, whatever the sign says
CLOSED = frozenset({"no", "private", "agricultural", "forestry", "emergency"})
ONEWAY_ALWAYS = frozenset({"motorway", "motorway_link"})
MPS_PER_KMH = 1 / 3.6

Arc = tuple[int, int, int, int]  # OSM node, OSM node, km/h, index of its class

_cache: dict[tuple[str, int, int], RoadMap] = {}
_cache_lock = Lock()


def load_roads(path: Path) -> RoadMap:
    """Return the road map of a file, read and contracted once per process and version of the file."""
    if not path.is_file():
        raise Invalid("map", f"{path} is no file", "an OSM extract (.osm.pbf or .osm)")
    state = path.stat()
    key = (str(path.resolve()), state.st_mtime_ns, state.st_size)
    with _cache_lock:
        if key not in _cache:
            _cache[key] = read_roads(path)
        return _cache[key]


def read_roads(path: Path) -> RoadMap:
    """Read a file and keep the part that hangs together."""
    arcs, ids, lat, lon = _read_arcs(path)
    tail, head = np.searchsorted(ids, arcs[:, 0]), np.searchsorted(ids, arcs[:, 1])
    metres = great_circles_m(lat[tail], lon[tail], lat[head], lon[head])
    centiseconds = np.maximum(np.rint(metres * CENTISECONDS / (arcs[:, 2] * MPS_PER_KMH)), 1).astype(np.int64)
    keep = _fastest_of_doubles(tail, head, centiseconds, metres)
    whole = np.rint(metres).astype(np.int64)
    return connected(RoadMap(lat, lon, tail[keep], head[keep], centiseconds[keep], whole[keep], arcs[keep, 3]))


def speed_kmh(tags: Any) -> int:
    """Return how fast a van drives a way in free flow, in km/h; 0 where it may not drive at all."""
    usual = SPEED_KMH.get(tags.get("highway", ""), 0)
    if any(tags.get(key) in CLOSED for key in ("access", "vehicle", "motor_vehicle")) or tags.get("area") == "yes":
        opened = tags.get("motor_vehicle", tags.get("vehicle", "")) in {"yes", "designated", "permissive"}
        usual = usual if opened else 0
    posted = posted_kmh(tags.get("maxspeed", ""))
    return min(int(posted * LIMIT_SHARE), LIMIT_KMH_MAX) if usual and posted else usual


def posted_kmh(text: str) -> float:
    """Read a posted limit ("50", "30 mph", "80; 50": the lowest) in km/h; 0 if it says nothing usable."""
    found = [
        float(number) * (KMH_PER_MPH if unit else 1) for number, unit in re.findall(r"(\d+(?:\.\d+)?)\s*(mph)?", text)
    ]
    return min((kmh for kmh in found if kmh > 1), default=0.0)


def directions(tags: Any) -> tuple[bool, bool]:
    """Tell whether a way may be driven forwards and backwards."""
    oneway = tags.get("oneway", "")
    if oneway in {"-1", "reverse"}:
        return False, True
    implied = tags.get("highway") in ONEWAY_ALWAYS or tags.get("junction") in {"roundabout", "circular"}
    one = oneway in {"yes", "true", "1"} or (implied and oneway not in {"no", "false", "0"})
    return True, not one


def _read_arcs(path: Path) -> tuple[Ints, Ints, Floats, Floats]:
    """Return arcs by OSM node, and the nodes they use with their coordinates, by ascending id."""
    arcs: list[Arc] = []
    places: dict[int, tuple[float, float]] = {}
    try:
        ways: Any = osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
        for way in ways:
            if way.is_way():
                arcs.extend(_arcs_of(way, places))
    except RuntimeError as cause:
        raise Invalid("map", f"{path.name} cannot be read: {cause}", "an OSM extract (.osm.pbf or .osm)") from cause
    if not arcs:
        raise Invalid("map", f"{path.name} holds no road a van may drive", "an OSM extract with highways")
    ids = np.array(sorted({node for arc in arcs for node in arc[:2]}), dtype=np.int64)
    where = np.array([places[int(node)] for node in ids], dtype=np.float64)
    return np.array(arcs, dtype=np.int64), ids, where[:, 0], where[:, 1]


def _arcs_of(way: Any, places: dict[int, tuple[float, float]]) -> Iterator[Arc]:
    kmh = speed_kmh(way.tags)
    if not kmh:
        return
    forwards, backwards = directions(way.tags)
    nodes = [node for node in way.nodes if node.location.valid()]
    for node in nodes:
        places[node.ref] = (node.lat, node.lon)
    kind = ROAD_CLASSES.index(way.tags["highway"])
    for a, b in pairwise(nodes):
        if a.ref != b.ref and forwards:
            yield a.ref, b.ref, kmh, kind
        if a.ref != b.ref and backwards:
            yield b.ref, a.ref, kmh, kind


def _fastest_of_doubles(tail: Ints, head: Ints, centiseconds: Ints, metres: Floats) -> Ints:
    """Name one arc of each pair of nodes, the fastest: a sparse matrix would add doubles up."""
    order = np.lexsort((metres, centiseconds, head, tail))
    first = np.ones(len(tail), dtype=bool)
    first[1:] = (tail[order][1:] != tail[order][:-1]) | (head[order][1:] != head[order][:-1])
    return np.asarray(order[first], dtype=np.int64)
