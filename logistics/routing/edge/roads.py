"""A graph of roads a van can drive, and the fastest ways through it.

Every corner of every road is a node, so a path is its own drawing. Times are hundredths of a second inside. The graph
is contracted once (`routingkit_cch`), given its weights anew for each slowness of traffic, and asked for whole tables;
SciPy's Dijkstra is its check, and its stand-in where the wheel does not load. Where the graph comes from is for
`osm_roads.py`, how slow traffic is for `speed_profile.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from logistics.kit.errors import Invalid
from logistics.kit.geo import EARTH_RADIUS_M, Point
from logistics.routing.matrix import UNREACHABLE, TravelMatrix

try:
    import routingkit_cch
except ImportError:
    HAS_CCH = False  # no wheel for this machine: slower, the same answers
else:
    HAS_CCH = True

CENTISECONDS = 100
# A centisecond of the second metric weighs as much as this many metres; see `RoadMap.matrix`.
METRES_A_CENTISECOND = 256
INFINITE = 2**31 - 1  # the library's word for "no way"; ways up to 23 hours stay below it in both metrics
PERCENT = 100
# OSM's `highway` values a van may use; the graph keeps the kind of each arc as an index into this.
ROAD_CLASSES = (
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street", "road",
    "service", "motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link",
)  # fmt: skip
METRICS_MAX = 16  # weights kept at once: the parts of a day, twice; the oldest go
KEEP_INFINITE = False  # the library takes it by position: arcs are not filtered

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# How long ways take, in percent of free flow (200: twice as long): one figure for all roads, or one for each class.
Slowness = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a way weighs: its time, or time and metres ``mixed``; ``percents`` by road class, none: free flow."""

    mixed: bool = False
    percents: tuple[int, ...] = ()


FASTEST, MIXED = Metric(), Metric(mixed=True)


@dataclass(frozen=True, slots=True)
class Snap:
    """Where a point meets the roads: the node, and how far off it lies in metres."""

    node: int
    off_m: int


@dataclass(frozen=True, slots=True, eq=False)
class RoadMap:
    """A drivable graph: node coordinates in degrees; arcs, none doubled, of at least 1 centisecond, and metres.

    ``kinds`` are indices into `ROAD_CLASSES`; without them all arcs are plain roads.
    """

    lat: Floats
    lon: Floats
    tail: Ints
    head: Ints
    centiseconds: Ints
    metres: Ints
    kinds: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    _memo: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.lat)

    def point(self, node: int) -> Point:
        """Return where a node lies."""
        return Point(lat=float(self.lat[node]), lon=float(self.lon[node]))

    def snap(self, points: list[Point]) -> list[Snap]:
        """Find the nearest node of each point."""
        if "tree" not in self._memo:
            self._memo["tree"] = cKDTree(_on_sphere(self.lat, self.lon))
        asked = _on_sphere(np.array([point.lat for point in points]), np.array([point.lon for point in points]))
        off_m, nodes = self._memo["tree"].query(asked)
        return [Snap(int(node), int(off)) for node, off in zip(nodes, off_m, strict=True)]

    def matrix(self, nodes: list[int], *, slowness: Slowness = PERCENT) -> TravelMatrix:
        """Return travel between nodes when traffic is that slow.

        Metres come from a second metric in which a centisecond weighs `METRES_A_CENTISECOND` metres: its cheapest way
        is the fastest but for hundredths of a second, so what remains after taking off the time is the metres.
        """
        unique, back = np.unique(np.array(nodes, dtype=np.int64), return_inverse=True)
        percent, percents = _split(slowness)
        fastest, mixed = self.table(unique, Metric(percents=percents)), self.table(unique, Metric(True, percents))  # noqa: FBT003 - its one flag
        lost = (fastest >= INFINITE) | (mixed >= INFINITE)
        metres = np.maximum(mixed - fastest * METRES_A_CENTISECOND, 0)
        seconds = _seconds(fastest, percent)
        seconds[lost] = metres[lost] = UNREACHABLE
        return TravelMatrix(seconds[np.ix_(back, back)], metres[np.ix_(back, back)])

    def seconds(self, nodes: list[int], *, slowness: Slowness) -> Ints:
        """Return the seconds between nodes alone, at half the price; ``UNREACHABLE`` where no way leads."""
        unique, back = np.unique(np.array(nodes, dtype=np.int64), return_inverse=True)
        percent, percents = _split(slowness)
        fastest = self.table(unique, Metric(percents=percents))
        seconds = _seconds(fastest, percent)
        seconds[fastest >= INFINITE] = UNREACHABLE
        return np.asarray(seconds[np.ix_(back, back)], dtype=np.int64)

    def table(self, nodes: Ints, metric: Metric) -> Ints:
        """Return the weights of the cheapest ways between nodes by a metric; `INFINITE` where there is none."""
        if not HAS_CCH:
            return self.table_by_dijkstra(nodes, metric)
        targets = [int(node) for node in nodes]
        search = routingkit_cch.CCHOneToMany(self._contracted(metric), targets)
        rows = [search.distances_from(source) for source in targets]
        return np.array([[INFINITE if cell is None else cell for cell in row] for row in rows], dtype=np.int64)

    def table_by_dijkstra(self, nodes: Ints, metric: Metric) -> Ints:
        """Return the same as `table` by SciPy; its check, and its stand-in."""
        weights = dijkstra(self._sparse(metric), indices=nodes)[:, nodes]
        return np.where(np.isinf(weights), INFINITE, weights).astype(np.int64)

    def path(self, origin: int, target: int, *, slowness: Slowness = PERCENT) -> list[Point]:
        """Return the corners of the fastest way between two nodes, both included; empty if there is none."""
        if origin == target:
            return [self.point(origin)]
        metric = Metric(percents=_split(slowness)[1])
        find = self._path if HAS_CCH else self._path_by_dijkstra
        return [self.point(node) for node in find(origin, target, metric)]

    def _path(self, origin: int, target: int, metric: Metric) -> list[int]:
        found = routingkit_cch.CCHQuery(self._contracted(metric)).run(origin, target)
        return list(found.node_path) if found.distance is not None else []

    def _path_by_dijkstra(self, origin: int, target: int, metric: Metric) -> list[int]:
        _, before = dijkstra(self._sparse(metric), indices=origin, return_predecessors=True)
        nodes = [target]
        while nodes[-1] != origin and before[nodes[-1]] >= 0:
            nodes.append(int(before[nodes[-1]]))
        return nodes[::-1] if nodes[-1] == origin else []

    def _weights(self, metric: Metric) -> Ints:
        centiseconds = self.centiseconds
        if metric.percents:
            percents = np.array(metric.percents, dtype=np.int64)[self._kinds()]
            centiseconds = np.maximum(-(-centiseconds * percents // PERCENT), 1)
        return centiseconds * METRES_A_CENTISECOND + self.metres if metric.mixed else centiseconds

    def _kinds(self) -> Ints:
        return self.kinds if len(self.kinds) else np.full(len(self.tail), ROAD_CLASSES.index("road"), dtype=np.int64)

    def _sparse(self, metric: Metric) -> Any:
        return csr_matrix((self._weights(metric), (self.tail, self.head)), shape=(len(self), len(self)))

    def _contracted(self, metric: Metric) -> Any:
        """Return the contracted graph with the weights of a metric; contracted once, weighed once for each."""
        if "cch" not in self._memo:
            tail, head = self.tail.tolist(), self.head.tolist()
            order = routingkit_cch.compute_order_inertial(len(self), tail, head, self.lat.tolist(), self.lon.tolist())
            self._memo["cch"] = routingkit_cch.CCH(order, tail, head, KEEP_INFINITE)
        weighed: dict[Metric, Any] = self._memo.setdefault("weighed", {})
        found = weighed.get(metric)
        if found is None:
            for old in list(weighed)[: max(0, len(weighed) - METRICS_MAX + 1)]:
                weighed.pop(old, None)  # another thread may have been here
            found = weighed[metric] = routingkit_cch.CCHMetric(self._memo["cch"], self._weights(metric).tolist())
        return found


def connected(roads: RoadMap) -> RoadMap:
    """Keep the largest part in which every node reaches every other; islands and clipped ends are dropped."""
    if not len(roads.tail):
        raise Invalid("map", "holds no road a van may drive", "an OSM extract with highways")
    _, labels = connected_components(roads._sparse(FASTEST), connection="strong")  # noqa: SLF001 - our own class
    keep = labels == np.bincount(labels).argmax()
    number = np.cumsum(keep) - 1
    arcs = keep[roads.tail] & keep[roads.head]
    return RoadMap(
        roads.lat[keep],
        roads.lon[keep],
        number[roads.tail[arcs]],
        number[roads.head[arcs]],
        roads.centiseconds[arcs],
        roads.metres[arcs],
        roads.kinds[arcs] if len(roads.kinds) else roads.kinds,
    )


def _split(slowness: Slowness) -> tuple[int, tuple[int, ...]]:
    """Return one figure for all roads to stretch a table by, and figures by class to weigh the graph by.

    Where all classes are alike the fastest ways are those of free flow: no weights of their own are needed.
    """
    if isinstance(slowness, int):
        return slowness, ()
    assert len(slowness) == len(ROAD_CLASSES), "one figure for each class of road"
    return (slowness[0], ()) if len(set(slowness)) == 1 else (PERCENT, slowness)


def _seconds(centiseconds: Ints, percent: int) -> Ints:
    """Return whole seconds, rounded up."""
    return -(-centiseconds * percent // (PERCENT * CENTISECONDS))


def _on_sphere(lat: Floats, lon: Floats) -> Floats:
    """Return points in space, in metres, so that the nearest in a straight line is the nearest on the ground."""
    phi, lam = np.radians(lat), np.radians(lon)
    space = np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))
    return np.asarray(space * EARTH_RADIUS_M, dtype=np.float64)
