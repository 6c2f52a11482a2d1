"""An invented city from a seed: rings, arterials, a river with few bridges, quarters, parks, a lake.

Decides the plan on a straight drawing board; ``city_ground`` bends it into geography. Everything that
differs between two cities comes from the chance handed in: the same seed gives the same city.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from math import cos, pi, sin
from random import Random
from typing import Literal

from demo import street_graph
from demo.city_ground import HALF_HEIGHT_M, HALF_WIDTH_M, Ground, Spot, new_ground
from demo.street_graph import Street
from demo.street_names import Name, Names, fixed
from logistics.kit.geo import Point

CENTRE = Point(lat=30.27, lon=120.15)
ARTERIAL_GAP_M = (950.0, 1_450.0)
RIVER_HEIGHT_M = 430.0
RIVER_BANK_M = 70.0  # from the riverside road to the water
INNER_RING_M = (2_300.0, 2_000.0)
OUTER_RING_M = (4_900.0, 4_200.0)
SNAP_M = 45.0  # side streets that meet an arterial closer than this meet it at one crossing
MISSING_STREET = 0.11  # share of street pieces left out, which makes T-junctions and dead ends
ONEWAY_STREET = 0.24
STREETS_TO_LANES = 0.6
GREEN_CELL = 0.05
LAKE_CORNERS = 40
SPEED_KMH = {"trunk": 80, "primary": 60, "secondary": 50, "tertiary": 40, "residential": 30}
LANES = {"trunk": 6, "primary": 4, "secondary": 4, "tertiary": 2, "residential": 2}

Along = Literal["x", "y"]
Crossings = dict[tuple[Along, int], list[float]]  # where an arterial (its direction and number) has nodes
BlockKind = Literal["streets", "park", "lake", "river"]


@dataclass(frozen=True, slots=True)
class Area:
    """A closed ring of places (the first is not repeated) with its OSM tags."""

    ring: tuple[Point, ...]
    tags: dict[str, str]


@dataclass(frozen=True, slots=True)
class Label:
    """A named place, such as a district."""

    point: Point
    tags: dict[str, str]


@dataclass(slots=True)
class City:
    """What a map of the city shows: nodes by number, streets over them, areas, labels."""

    name: Name
    nodes: dict[int, Point] = field(default_factory=dict)
    streets: list[Street] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def build(seed: int, *, centre: Point = CENTRE) -> City:
    """Build the city of this seed around a centre; about 14 x 12 km, 4,000 to 8,000 nodes."""
    return _Draft(Random(seed), centre).finished()


@dataclass(slots=True)
class _Block:
    """What lies between four arterials: columns ``i``, ``i + 1``, rows ``j``, ``j + 1``."""

    i: int
    j: int
    kind: BlockKind
    xs: list[float]  # where streets run north-south, and the two edges
    ys: list[float]


class _Draft:
    """The city while it is being drawn."""

    def __init__(self, chance: Random, centre: Point) -> None:
        self.chance = chance
        self.names = Names(chance)
        self.columns = _lines(chance, HALF_WIDTH_M)
        self.rows = _lines(chance, HALF_HEIGHT_M)
        self.river_row = min(range(1, len(self.rows) - 2), key=lambda j: abs(self.rows[j] + 1_100))
        self._dig_river()
        river_y = self.rows[self.river_row] + RIVER_HEIGHT_M / 2
        self.ground: Ground = new_ground(chance, centre=centre, river_y=river_y)
        self.rings = [self._ring(INNER_RING_M), self._ring(OUTER_RING_M)]
        self.bridges = self._bridge_columns()
        self.city = City(name=Name("云江市", "Yunjiang"))
        self.number_of: dict[Spot, int] = {}

    def finished(self) -> City:
        blocks = self._blocks()
        crossings = self._crossings(blocks)
        self._draw_arterials(crossings)
        for block in blocks:
            if block.kind == "streets":
                self._draw_quarter(block, crossings)
        self._draw_areas(blocks)
        self._draw_districts()
        city = self.city
        city.streets = street_graph.strongly_connected(city.streets)
        used = street_graph.nodes_of(city.streets)
        city.nodes = {number: point for number, point in city.nodes.items() if number in used}
        return city

    # --- the board ---

    def _dig_river(self) -> None:
        j = self.river_row
        shift = RIVER_HEIGHT_M - (self.rows[j + 1] - self.rows[j])
        self.rows = self.rows[: j + 1] + [y + shift for y in self.rows[j + 1 :]]

    def _ring(self, half: tuple[float, float]) -> tuple[int, int, int, int]:
        """West, east column and south, north row of the ring nearest to these half sizes (metres)."""
        return (
            _nearest(self.columns, -half[0]),
            _nearest(self.columns, half[0]),
            _nearest(self.rows, -half[1]),
            _nearest(self.rows, half[1]),
        )

    def _bridge_columns(self) -> set[int]:
        on_rings = {column for ring in self.rings for column in ring[:2]}
        return on_rings | {_nearest(self.columns, 0.0)}

    def _blocks(self) -> list[_Block]:
        lake = (_nearest(self.columns, -1_500.0) - 1, self.river_row + 2)
        blocks = []
        for i in range(len(self.columns) - 1):
            for j in range(len(self.rows) - 1):
                kind = self._block_kind(i, j, lake)
                xs, ys = self.columns[i : i + 2], self.rows[j : j + 2]
                if kind == "streets":
                    xs, ys = self._cuts(xs, ys)
                blocks.append(_Block(i, j, kind, xs, ys))
        return blocks

    def _block_kind(self, i: int, j: int, lake: tuple[int, int]) -> BlockKind:
        if j == self.river_row:
            return "river"
        if (i, j) == lake:
            return "lake"
        edge = self._distance_from_centre(i, j)
        return "park" if self.chance.random() < 0.02 + 0.12 * max(0.0, edge - 0.6) else "streets"

    def _distance_from_centre(self, i: int, j: int) -> float:
        """0 in the middle of the city, 1 at its edge."""
        x = (self.columns[i] + self.columns[i + 1]) / 2 / HALF_WIDTH_M
        y = (self.rows[j] + self.rows[j + 1]) / 2 / HALF_HEIGHT_M
        return min(1.0, max(abs(x), abs(y)))

    def _cuts(self, xs: list[float], ys: list[float]) -> tuple[list[float], list[float]]:
        """Streets of one quarter: its own grain, tighter near the centre, never quite regular."""
        middle = abs(xs[0] + xs[1]) / 2 / HALF_WIDTH_M + abs(ys[0] + ys[1]) / 2 / HALF_HEIGHT_M
        gap = self.chance.uniform(100, 150) + 75 * middle
        stretch = self.chance.uniform(0.8, 1.35)
        return self._cut(xs, gap * stretch), self._cut(ys, gap / stretch)

    def _cut(self, ends: list[float], gap: float) -> list[float]:
        count = max(2, round((ends[1] - ends[0]) / gap))
        step = (ends[1] - ends[0]) / count
        inner = [ends[0] + step * (k + self.chance.uniform(-0.22, 0.22)) for k in range(1, count)]
        return [ends[0], *inner, ends[1]]

    # --- arterials and where side streets meet them ---

    def _crossings(self, blocks: list[_Block]) -> Crossings:
        """Where each arterial has nodes: at other arterials and where side streets meet it."""
        found: Crossings = {("y", i): list(self.rows) for i in range(len(self.columns))}
        found |= {("x", j): list(self.columns) for j in range(len(self.rows))}
        for block in blocks:
            if block.kind == "streets":
                for side in (block.i, block.i + 1):
                    _add_all(found["y", side], block.ys[1:-1])
                for side in (block.j, block.j + 1):
                    _add_all(found["x", side], block.xs[1:-1])
        return found

    def _draw_arterials(self, crossings: Crossings) -> None:
        column_names = [self._line_name(i) for i in range(len(self.columns))]
        row_names = [self._line_name(j) for j in range(len(self.rows))]
        for (along, line), places in crossings.items():
            cuts = self.rows if along == "y" else self.columns
            name = column_names[line] if along == "y" else row_names[line]
            for k in range(len(cuts) - 1):
                piece = [place for place in places if cuts[k] <= place <= cuts[k + 1]]
                self._draw_arterial(along, line, k, piece, name)

    def _line_name(self, index: int) -> Name:
        return self.names.deal("avenue" if index % 2 else "road")

    def _draw_arterial(self, along: Along, line: int, k: int, piece: list[float], name: Name) -> None:
        over_river = along == "y" and k == self.river_row
        if over_river and line not in self.bridges:
            return
        kind, name = self._arterial_class(along, line, k, name)
        tags = _road_tags(kind, name)
        if over_river:
            tags |= {"bridge": "yes", "layer": "1"}
        fixed_place = self.columns[line] if along == "y" else self.rows[line]
        spots = [(fixed_place, place) if along == "y" else (place, fixed_place) for place in piece]
        self._street(spots, tags)

    def _arterial_class(self, along: Along, line: int, k: int, name: Name) -> tuple[str, Name]:
        for ring, kind in zip(self.rings, ("ring_inner", "ring_outer"), strict=True):
            own, across = (ring[:2], ring[2:]) if along == "y" else (ring[2:], ring[:2])
            if line in own and across[0] <= k < across[1]:
                return "trunk", fixed(kind)
        if along == "x" and line in (self.river_row, self.river_row + 1):
            north = line > self.river_row
            return "secondary", fixed("bank", "北" if north else "南", "North" if north else "South")
        last = len(self.columns if along == "y" else self.rows) - 1
        if line in (0, last):
            return "tertiary", name
        return ("primary" if line % 2 else "secondary"), name

    # --- quarters ---

    def _draw_quarter(self, block: _Block, crossings: Crossings) -> None:
        east_west = [_run(crossings, "y", block.i, y, len(block.xs)) for y in block.ys[1:-1]]
        north_south = [_run(crossings, "x", block.j, x, len(block.ys)) for x in block.xs[1:-1]]
        for number, ys in enumerate(east_west):
            self._draw_side_street(list(zip(block.xs, ys, strict=True)), number)
        for number, xs in enumerate(north_south):
            self._draw_side_street(list(zip(xs, block.ys, strict=True)), number)

    def _draw_side_street(self, spots: list[Spot], number: int) -> None:
        collector = number % 4 == 2  # noqa: PLR2004 - every fourth street of a quarter collects the others
        kind = "tertiary" if collector else "residential"
        name = self.names.deal("street" if collector or self.chance.random() < STREETS_TO_LANES else "lane")
        tags = _road_tags(kind, name)
        if self.chance.random() < ONEWAY_STREET:
            tags["oneway"] = "yes"
            spots = spots[::-1] if number % 2 else spots
        piece = [spots[0]]
        for spot in spots[1:]:
            if not collector and self.chance.random() < MISSING_STREET:
                self._street(piece, tags)
                piece = []
            piece.append(spot)
        self._street(piece, tags)

    def _street(self, spots: list[Spot], tags: dict[str, str]) -> None:
        if len(spots) > 1:
            self.city.streets.append(Street([self._node(spot) for spot in spots], dict(tags)))

    def _node(self, spot: Spot) -> int:
        number = self.number_of.setdefault(spot, len(self.number_of) + 1)
        if number not in self.city.nodes:
            self.city.nodes[number] = self.ground.point(spot)
        return number

    # --- areas and labels ---

    def _draw_areas(self, blocks: list[_Block]) -> None:
        south, north = self.rows[self.river_row], self.rows[self.river_row + 1]
        west, east = self.columns[0] - 1_500, self.columns[-1] + 1_500
        river = self.names.deal("river")
        self._area(
            west, south + RIVER_BANK_M, east, north - RIVER_BANK_M, {"natural": "water", "water": "river"}, river
        )
        for block in blocks:
            if block.kind in ("park", "lake"):
                self._draw_park(block)
            if block.kind == "streets":
                self._draw_green_cells(block)

    def _draw_park(self, block: _Block) -> None:
        name = self.names.deal("park")
        west, east, south, north = block.xs[0] + 25, block.xs[1] - 25, block.ys[0] + 25, block.ys[1] - 25
        self._area(west, south, east, north, {"leisure": "park"}, name)
        if block.kind == "lake":
            water = {"natural": "water", "water": "lake"}
            self._lake((west + east) / 2, (south + north) / 2, (east - west) / 2, (north - south) / 2, water)

    def _lake(self, x: float, y: float, half_width: float, half_height: float, tags: dict[str, str]) -> None:
        """Draw a shore that keeps within the box: an oval with two bays of its own."""
        bays = self.chance.uniform(0, 2 * pi), self.chance.uniform(0, 2 * pi)
        ring = []
        for k in range(LAKE_CORNERS):
            angle = 2 * pi * k / LAKE_CORNERS
            reach = 0.72 + 0.1 * sin(2 * angle + bays[0]) + 0.07 * sin(3 * angle + bays[1])
            ring.append(self.ground.point((x + half_width * reach * cos(angle), y + half_height * reach * sin(angle))))
        self.city.areas.append(Area(tuple(ring), tags | _name_tags(self.names.deal("lake"))))

    def _draw_green_cells(self, block: _Block) -> None:
        for a in range(len(block.xs) - 1):
            for b in range(len(block.ys) - 1):
                if self.chance.random() < GREEN_CELL:
                    box = (block.xs[a] + 18, block.ys[b] + 18, block.xs[a + 1] - 18, block.ys[b + 1] - 18)
                    self._area(*box, {"leisure": "park"}, self.names.deal("park"))

    def _area(self, west: float, south: float, east: float, north: float, tags: dict[str, str], name: Name) -> None:
        pieces = max(2, round((east - west) / 150)), max(2, round((north - south) / 150))
        bottom = [(west + (east - west) * k / pieces[0], south) for k in range(pieces[0])]
        right = [(east, south + (north - south) * k / pieces[1]) for k in range(pieces[1])]
        top = [(east - (east - west) * k / pieces[0], north) for k in range(pieces[0])]
        left = [(west, north - (north - south) * k / pieces[1]) for k in range(pieces[1])]
        ring = tuple(self.ground.point(spot) for spot in bottom + right + top + left)
        self.city.areas.append(Area(ring, tags | _name_tags(name)))

    def _draw_districts(self) -> None:
        for x in (-4_300.0, 0.0, 4_300.0):
            for y in (-3_800.0, 300.0, 3_800.0):
                tags = {"place": "suburb"} | _name_tags(self.names.deal("district"))
                self.city.labels.append(Label(self.ground.point((x, y)), tags))
        self.city.labels.append(Label(self.ground.point((0.0, 0.0)), {"place": "city"} | _name_tags(self.city.name)))


def _run(crossings: Crossings, along: Along, line: int, place: float, count: int) -> list[float]:
    """Return where a side street runs: straight inside, at both ends where the arterials have a crossing."""
    first, last = (_nearest_value(crossings[along, side], place) for side in (line, line + 1))
    return [first, *([place] * (count - 2)), last]


def _lines(chance: Random, half_m: float) -> list[float]:
    places = [-half_m]
    while places[-1] < half_m:
        places.append(places[-1] + chance.uniform(*ARTERIAL_GAP_M))
    stretch = 2 * half_m / (places[-1] - places[0])
    return [-half_m + (place + half_m) * stretch for place in places]


def _nearest(values: list[float], wanted: float) -> int:
    return min(range(len(values)), key=lambda index: abs(values[index] - wanted))


def _nearest_value(values: list[float], wanted: float) -> float:
    return values[_nearest(values, wanted)]


def _add_all(places: list[float], more: list[float]) -> None:
    """Add places to a sorted list, except those that fall on one that is there already."""
    for place in more:
        at = bisect_left(places, place)
        if all(abs(place - other) > SNAP_M for other in places[max(0, at - 1) : at + 1]):
            places.insert(at, place)


def _name_tags(name: Name) -> dict[str, str]:
    return {"name": name.zh, "name:zh": name.zh, "name:en": name.en}


def _road_tags(kind: str, name: Name) -> dict[str, str]:
    return {"highway": kind, "maxspeed": str(SPEED_KMH[kind]), "lanes": str(LANES[kind])} | _name_tags(name)
