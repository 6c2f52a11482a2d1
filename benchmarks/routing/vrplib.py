"""Reads VRPLIB files: with capacities, windows, several depots, mixed fleets, prizes.

Decides what the sections mean and which distance convention holds, by the content alone (never by a name or folder):

| content | family | convention |
|---|---|---|
| ``PRIZE_SECTION`` | PCVRPTW | 10 x, truncated; windows, service times, prizes likewise |
| several depots | MDVRPTW | 1000 x, rounded; all times likewise |
| capacities or costs by vehicle | HFVRP | 1000 x, rounded; fixed costs likewise, costs per distance as written |
| ``EDGE_WEIGHT_TYPE: EXPLICIT`` | ORTEC | whole numbers as written |
| windows | GH | 10 x, truncated; windows and service times likewise |
| none of these | X, and XXL above 3,000 customers | rounded |

An explicit matrix is always taken as written. Distance is time; the cost counts driving, not time. A depot's window
is the shift of its vehicles; the bound on duration runs from leaving to being back, waiting included. A customer
without a prize must be served. Sections nobody reads here are refused, not skipped: they would change the problem.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.routing.instance import Instance
from benchmarks.routing.vrplib_judge import VrplibJudge
from benchmarks.routing.vrplib_text import VrplibText, parse_vrplib
from logistics.routing.matrix import PlaneTravel, Travel, TravelMatrix
from logistics.routing.model import LIMITLESS, Option, Place, Problem, Task, TimeWindow, Vehicle

PLANE_FROM = 3_000  # customers above which no full matrix is made
NO_HURRY_S = 2**40  # the end of a shift nobody limited: above any sum of distances, far below overflow
SPARE_SHARE, SPARE_VEHICLES = 1.3, 3  # an unlimited fleet: the fewest that carry it all, with something to spare

TYPES = {"CVRP", "ACVRP", "VRPTW", "PCVRP", "PCVRPTW", "MDVRP", "MDVRPTW", "HFVRP", "HFVRPTW", "HVRP"}
SECTIONS = {
    "NODE_COORD", "EDGE_WEIGHT", "DEMAND", "TIME_WINDOW", "SERVICE_TIME", "DEPOT", "PRIZE", "CAPACITY",
    "VEHICLES_DEPOT", "VEHICLES_MAX_DURATION", "VEHICLES_MAX_DISTANCE", "VEHICLES_FIXED_COST",
    "VEHICLES_UNIT_DISTANCE_COST", "VEHICLES_ALLOWED_CLIENTS",
}  # fmt: skip
SPECIFICATIONS = {
    "NAME", "COMMENT", "TYPE", "DIMENSION", "VEHICLES", "CAPACITY", "SERVICE_TIME", "EDGE_WEIGHT_TYPE",
    "EDGE_WEIGHT_FORMAT", "NODE_COORD_TYPE", "DISPLAY_DATA_TYPE", "VEHICLES_MAX_DURATION", "VEHICLES_MAX_DISTANCE",
    "VEHICLES_FIXED_COST", "VEHICLES_UNIT_DISTANCE_COST",
}  # fmt: skip
WAYS: dict[str, Callable[[float], float]] = {"EUC_2D": float, "FLOOR_2D": math.floor, "CEIL_2D": math.ceil}


@dataclass(frozen=True, slots=True)
class Convention:
    """How the file's figures become whole numbers: times ``factor``, then rounded (or truncated)."""

    factor: int
    truncates: bool

    def whole(self, figure: float) -> int:
        """Return a figure as a whole number; halves go to the even one, as NumPy's `round` has it."""
        return int(self.factor * figure) if self.truncates else round(self.factor * figure)


ROUNDED, DIMACS, EXACT = (
    Convention(1, truncates=False),
    Convention(10, truncates=True),
    Convention(1000, truncates=False),
)


@dataclass(frozen=True, slots=True)
class VrplibVehicle:
    """One vehicle; ``depot`` is a node from 0, amounts are in the convention; None: no limit."""

    depot: int
    capacity: int
    fixed_cost: int = 0
    unit_cost: int = 1
    max_duration: int | None = None
    max_distance: int | None = None
    clients: frozenset[int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class VrplibData:
    """What a file says, in its convention. Nodes count from 0 here, from 1 in the file; the depots come first."""

    name: str
    family: str
    convention: Convention
    depots: int
    xy: NDArray[np.float64] | None
    matrix: NDArray[np.int64] | None
    way: Callable[[float], float]
    demand: list[int]
    service: list[int]
    windows: list[tuple[int, int]] | None
    prize: list[int]
    vehicles: list[VrplibVehicle]
    fleet_is_limited: bool

    @property
    def nodes(self) -> int:
        """How many nodes there are, depots included."""
        return len(self.demand)

    def distance(self, origin: int, target: int) -> int:
        """Return the distance between two nodes in the convention, reckoned from the file's own figures."""
        if self.matrix is not None:
            return int(self.matrix[origin, target])
        assert self.xy is not None
        (ax, ay), (bx, by) = self.xy[origin], self.xy[target]
        return self.convention.whole(self.way(math.sqrt((ax - bx) ** 2 + (ay - by) ** 2)))


def read_vrplib(path: Path, text: str) -> Instance:
    """Read a VRPLIB file."""
    data = read_data(parse_vrplib(path, text))
    nodes = range(data.depots, data.nodes)
    return Instance(
        name=path.stem,
        family=data.family,
        problem=problem_of(data),
        option_ids=tuple((node + 1,) for node in nodes),
        customer_ids=tuple(node + 1 for node in nodes),
        vehicle_ids=tuple(range(1, len(data.vehicles) + 1)),
        judge=VrplibJudge(data),
        load_scale=data.convention.factor,
    )


def read_data(text: VrplibText) -> VrplibData:
    """Say what the sections mean; refuse what is unknown or does not fit together."""
    _refuse_unknown(text)
    nodes = _count(text, "DIMENSION")
    depots = _depots(text, nodes)
    family, convention = _family(text, depots, nodes - depots)
    whole = convention.whole
    xy = text.rows("NODE_COORD", nodes, 2)
    demand = [_integer(text, "DEMAND_SECTION", one) for one in text.column("DEMAND", nodes) or [0.0] * nodes]
    windows = text.rows("TIME_WINDOW", nodes, 2)
    vehicles, limited = _vehicles(text, convention, depots, demand)
    kind = text.specifications.get("EDGE_WEIGHT_TYPE", "")
    explicit = _matrix(text, nodes) if kind == "EXPLICIT" else None
    if explicit is None and (kind not in WAYS or xy is None):
        raise text.refuse("EDGE_WEIGHT_TYPE", f"{kind!r} is not read here, or has no NODE_COORD_SECTION")
    return VrplibData(
        name=text.specifications.get("NAME", text.path.stem),
        family=family,
        convention=convention,
        depots=depots,
        xy=None if xy is None else np.array(xy),
        matrix=explicit,
        way=WAYS.get(kind, WAYS["EUC_2D"]),
        demand=demand,
        service=_service(text, convention, nodes, depots),
        windows=None if windows is None else [(whole(ready), whole(due)) for ready, due in windows],
        prize=[whole(one) for one in text.column("PRIZE", nodes) or [0.0] * nodes],
        vehicles=vehicles,
        fleet_is_limited=limited,
    )


def _refuse_unknown(text: VrplibText) -> None:
    kind = text.specifications.get("TYPE", "").upper()
    if kind not in TYPES:
        raise text.refuse("TYPE", f"{kind!r} is not read here; these are: {', '.join(sorted(TYPES))}")
    for name in text.sections.keys() - SECTIONS:
        raise text.refuse(f"{name}_SECTION", "is not read here, and leaving it out would make another problem")
    for name in text.specifications.keys() - SPECIFICATIONS:
        raise text.refuse(name, "is not read here, and leaving it out would make another problem")


def _count(text: VrplibText, key: str) -> int:
    found = text.number(key)
    if found is None or found < 1 or found != int(found):
        raise text.refuse(key, "a whole number above 0 is due")
    return int(found)


def _integer(text: VrplibText, where: str, figure: float) -> int:
    if figure != int(figure):
        raise text.refuse(where, f"{figure} is no whole number")
    return int(figure)


def _depots(text: VrplibText, nodes: int) -> int:
    listed = [int(one) for one in text.stream("DEPOT") if one != -1] if "DEPOT" in text.sections else [1]
    if listed != list(range(1, len(listed) + 1)) or not 0 < len(listed) < nodes:
        raise text.refuse("DEPOT_SECTION", f"{listed}: the depots must be the first nodes, from 1")
    return len(listed)


def _family(text: VrplibText, depots: int, customers: int) -> tuple[str, Convention]:
    """Tell the family and its convention by the content."""
    by_vehicle = {"CAPACITY", "VEHICLES_FIXED_COST", "VEHICLES_UNIT_DISTANCE_COST"}
    explicit = text.specifications.get("EDGE_WEIGHT_TYPE") == "EXPLICIT"
    if "PRIZE" in text.sections:
        found = "PCVRPTW", DIMACS
    elif depots > 1:
        found = "MDVRPTW", EXACT
    elif by_vehicle & text.sections.keys():
        found = "HFVRP", EXACT
    elif explicit:
        found = "ORTEC", ROUNDED
    elif "TIME_WINDOW" in text.sections:
        found = "GH", DIMACS
    else:
        found = ("X" if customers <= PLANE_FROM else "XXL"), ROUNDED
    return (found[0], ROUNDED) if explicit else found


def _service(text: VrplibText, convention: Convention, nodes: int, depots: int) -> list[int]:
    """Return service times; one figure for all holds for customers, not for depots."""
    for_all = text.number("SERVICE_TIME") or 0.0
    column = text.column("SERVICE_TIME", nodes) or [0.0] * depots + [for_all] * (nodes - depots)
    return [convention.whole(one) for one in column]


def _matrix(text: VrplibText, nodes: int) -> NDArray[np.int64]:
    """Read FULL_MATRIX (row = from) or LOWER_ROW (without the diagonal) as whole numbers."""
    form = text.specifications.get("EDGE_WEIGHT_FORMAT", "")
    if "EDGE_WEIGHT" not in text.sections:
        raise text.refuse("EDGE_WEIGHT_SECTION", "is missing, though EDGE_WEIGHT_TYPE is EXPLICIT")
    figures = np.array(text.stream("EDGE_WEIGHT"))
    due = {"FULL_MATRIX": nodes * nodes, "LOWER_ROW": nodes * (nodes - 1) // 2}.get(form)
    if due is None:
        raise text.refuse("EDGE_WEIGHT_FORMAT", f"{form!r} is not read here; FULL_MATRIX and LOWER_ROW are")
    if len(figures) != due:
        raise text.refuse("EDGE_WEIGHT_SECTION", f"has {len(figures)} numbers where {form} has {due}")
    if (figures != np.floor(figures)).any() or (figures < 0).any():
        raise text.refuse("EDGE_WEIGHT_SECTION", "holds figures that are no whole numbers from 0")
    if form == "FULL_MATRIX":
        return figures.astype(np.int64).reshape(nodes, nodes)
    below = np.zeros((nodes, nodes), dtype=np.int64)
    below[np.tril_indices(nodes, k=-1)] = figures.astype(np.int64)
    return below + below.T


def _vehicles(
    text: VrplibText, convention: Convention, depots: int, demand: list[int]
) -> tuple[list[VrplibVehicle], bool]:
    """Return the vehicles, and whether there are no more than these."""
    if "VEHICLES" in text.specifications:
        count, limited = _count(text, "VEHICLES"), True
    elif "CAPACITY" in text.specifications:
        fewest = math.ceil(sum(demand) / _count(text, "CAPACITY"))
        count, limited = math.ceil(fewest * SPARE_SHARE) + SPARE_VEHICLES, False
    else:
        raise text.refuse("VEHICLES", "neither their number nor one CAPACITY for all is given")
    homes = text.column("VEHICLES_DEPOT", count) or [1.0] * count
    if not all(one in range(1, depots + 1) for one in homes):
        raise text.refuse("VEHICLES_DEPOT_SECTION", "names a node that is no depot")

    def limits(key: str) -> list[int | None]:
        return [None if one is None else convention.whole(one) for one in _by_vehicle(text, key, count)]

    columns = zip(
        homes,
        _by_vehicle(text, "CAPACITY", count),
        _by_vehicle(text, "VEHICLES_FIXED_COST", count),
        _by_vehicle(text, "VEHICLES_UNIT_DISTANCE_COST", count),
        limits("VEHICLES_MAX_DURATION"),
        limits("VEHICLES_MAX_DISTANCE"),
        _clients(text, count),
        strict=True,
    )
    return [
        VrplibVehicle(
            depot=int(home) - 1,
            capacity=LIMITLESS if capacity is None else math.floor(capacity),
            fixed_cost=convention.whole(fixed or 0.0),
            unit_cost=1 if unit is None else _integer(text, "VEHICLES_UNIT_DISTANCE_COST", unit),
            max_duration=duration,
            max_distance=distance,
            clients=clients,
        )
        for home, capacity, fixed, unit, duration, distance, clients in columns
    ], limited


def _by_vehicle(text: VrplibText, key: str, count: int) -> list[float | None]:
    """Return a figure per vehicle: from a section, or one for all, or none."""
    column = text.column(key, count)
    return list(column) if column is not None else [text.number(key)] * count


def _clients(text: VrplibText, count: int) -> list[frozenset[int] | None]:
    """Return the only customers each vehicle may visit (nodes from 0); None: any."""
    rows = text.sections.get("VEHICLES_ALLOWED_CLIENTS")
    if rows is None:
        return [None] * count
    if len(rows) != count or not all(word.isdigit() for row in rows for word in row):
        raise text.refuse("VEHICLES_ALLOWED_CLIENTS_SECTION", f"{count} rows of node numbers are due")
    return [frozenset(int(word) - 1 for word in row[1:]) for row in rows]


def problem_of(data: VrplibData) -> Problem:
    """Make the problem: place = node, metres = seconds = distance, cost = metres x cost per distance."""
    shift = [
        TimeWindow(*data.windows[node]) if data.windows else TimeWindow(0, NO_HURRY_S) for node in range(data.depots)
    ]
    tasks = tuple(
        Task(
            id=str(node + 1),
            options=(
                Option(
                    node,
                    windows=(TimeWindow(*data.windows[node]),) if data.windows else (),
                    service_s=data.service[node],
                ),
            ),
            deliver=(data.demand[node],),
            leave_cost=data.prize[node] or None,
            vehicles=_vehicles_for(data, node),
        )
        for node in range(data.depots, data.nodes)
    )
    vehicles = tuple(
        Vehicle(
            id=str(number),
            start=one.depot,
            end=one.depot,
            shift=shift[one.depot],
            capacity=(one.capacity,),
            cost_fixed=one.fixed_cost,
            cost_per_m=one.unit_cost,
            duration_s_max=one.max_duration,
            distance_m_max=one.max_distance,
        )
        for number, one in enumerate(data.vehicles, start=1)
    )
    places = tuple(Place() for _ in range(data.nodes))
    return Problem(places, tasks, vehicles, (travel_of(data),), dimensions=("units",))


def _vehicles_for(data: VrplibData, node: int) -> frozenset[str] | None:
    if all(one.clients is None for one in data.vehicles):
        return None
    numbered = enumerate(data.vehicles, start=1)
    return frozenset(str(number) for number, one in numbered if one.clients is None or node in one.clients)


def travel_of(data: VrplibData) -> Travel:
    """Return the distances: a plane without a matrix for many nodes, where the convention allows it."""
    if data.matrix is not None:
        return TravelMatrix(data.matrix, data.matrix)
    assert data.xy is not None
    if data.nodes > PLANE_FROM and data.convention == ROUNDED and data.way is WAYS["EUC_2D"]:
        return PlaneTravel(data.xy)
    steps = data.xy[:, None, :] - data.xy[None, :, :]
    ways = np.sqrt((steps**2).sum(axis=2))
    if data.way is not WAYS["EUC_2D"]:
        ways = np.vectorize(data.way, otypes=[np.float64])(ways)
    scaled = ways * data.convention.factor
    whole = (np.trunc(scaled) if data.convention.truncates else np.round(scaled)).astype(np.int64)
    return TravelMatrix(whole, whole)
