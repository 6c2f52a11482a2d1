"""Reads delivery-option files (VRPDO): the tables VEHICLE, CUSTOMER, LOCATION, OPTION.

Decides what the tables mean. Two conventions of distance exist and nothing in the content tells them apart, so the
name does: ``small``, ``medium``, ``large`` in it mean the ceiling of 10 x Euclidean per arc with times x 10 (Tilk et
al. 2021), any other name means Euclidean as it is (Dumez et al. 2021); ``distance`` decides instead where given.
Euclidean problems count in thousandths: driving times are rounded up, so what keeps the windows in whole numbers
keeps them exactly; the reported cost is reckoned anew without rounding.

The file's window bounds the start of the halt (before the location's own service), ours the start of the service
after the set-up: so windows move by the set-up. Ours binds every parcel, the file's only the first of a halt; a
problem is therefore a little stricter than its file where many parcels meet a window's very end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.routing.instance import Instance, UnreadableError
from benchmarks.routing.vrpdo_judge import VrpdoJudge
from logistics.routing.matrix import TravelMatrix
from logistics.routing.model import LIMITLESS, Option, Place, Problem, ServiceLevel, Task, TimeWindow, Vehicle

TABLES = {
    "VEHICLE": ("VEHICLE", "CAPACITY", "LOCATIONS", "CUSTOMER", "OPTIONS"),
    "CUSTOMER": ("CUSTOMER", "DEMAND"),
    "LOCATION": ("LOCATION", "XCOORD", "YCOORD", "CAP", "READY", "DUE", "TYP", "SERVICETIME"),
    "OPTION": ("OPTION", "LOCATION", "CUSTOMER", "PRIO", "SERVICETIME", "COST"),
}
CEILED_NAMES = ("small", "medium", "large")
DISTANCES = ("euclid", "ceil10")
SCALE = 1_000  # of Euclidean problems: a thousandth of a distance unit
TENFOLD = 10  # of ceiled problems
LEVELS = (ServiceLevel(0, 80), ServiceLevel(1, 90))  # at least 80 % rank 0, at least 90 % rank 0 or 1

Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class VrpdoLocation:
    """A location; ``room`` counts parcels (None: no limit), times as in the file."""

    x: float
    y: float
    room: int | None
    ready: float
    due: float
    service: float


@dataclass(frozen=True, slots=True)
class VrpdoOption:
    """One way to serve a customer."""

    location: int
    customer: int
    rank: int
    service: float
    cost: float


@dataclass(frozen=True, slots=True)
class VrpdoData:
    """What a file says, as it says it; ids are positions. ``ceiled``: which convention of distance holds."""

    ceiled: bool
    vehicles: int
    capacity: float
    demand: tuple[float, ...]
    locations: tuple[VrpdoLocation, ...]
    options: tuple[VrpdoOption, ...]
    depot: int


def is_vrpdo(text: str) -> bool:
    """Tell by its tables whether a text is a VRPDO file."""
    heads = [line.split() for line in text.splitlines()]
    return all(any(words[: len(head)] == list(head) for words in heads) for head in TABLES.values())


def read_vrpdo(path: Path, text: str, distance: str | None = None) -> Instance:
    """Read a VRPDO file; ``distance`` is one of ``DISTANCES``, or None to go by the name."""
    ceiled = distance == "ceil10" if distance else any(word in path.stem for word in CEILED_NAMES)
    data = read_data(path, text, ceiled=ceiled)
    options = [
        [number for number, one in enumerate(data.options) if one.customer == c] for c in range(len(data.demand))
    ]
    return Instance(
        name=path.stem,
        family="VRPDO",
        problem=problem_of(data, options),
        option_ids=tuple(tuple(one) for one in options),
        customer_ids=tuple(range(len(data.demand))),
        vehicle_ids=tuple(range(data.vehicles)),
        judge=VrpdoJudge(data),
        scale=1 if ceiled else SCALE,
        fewer_routes_first=True,
    )


def read_data(path: Path, text: str, *, ceiled: bool) -> VrpdoData:
    """Read the four tables and hold them against the counts of the first."""
    tables = _tables(path, text)
    if len(tables["VEHICLE"]) != 1:
        raise UnreadableError(path, "VEHICLE", "one row is due")
    fleet = tables["VEHICLE"][0]
    for name, count in (("CUSTOMER", "CUSTOMER"), ("LOCATION", "LOCATIONS"), ("OPTION", "OPTIONS")):
        if [row[name] for row in tables[name]] != list(range(int(fleet[count]))):
            raise UnreadableError(path, name, f"{int(fleet[count])} rows numbered from 0 are due")
    depots = [int(row["LOCATION"]) for row in tables["LOCATION"] if row["TYP"] == 0]
    if len(depots) != 1:
        raise UnreadableError(path, "LOCATION", f"{len(depots)} depots (TYP 0), one is due")
    data = VrpdoData(
        ceiled=ceiled,
        vehicles=int(fleet["VEHICLE"]),
        capacity=fleet["CAPACITY"],
        demand=tuple(row["DEMAND"] for row in tables["CUSTOMER"]),
        locations=tuple(_location(row) for row in tables["LOCATION"]),
        options=tuple(_option(row) for row in tables["OPTION"]),
        depot=depots[0],
    )
    for number, one in enumerate(data.options):
        if not (0 <= one.location < len(data.locations) and 0 <= one.customer < len(data.demand)):
            raise UnreadableError(path, "OPTION", f"option {number} names no location or customer")
    if set(range(len(data.demand))) - {one.customer for one in data.options}:
        raise UnreadableError(path, "OPTION", "a customer has none")
    return data


def _tables(path: Path, text: str) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    head: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        found = next((name for name, due in TABLES.items() if tuple(words[: len(due)]) == due), None)
        if found:
            head, rows = tuple(words), tables.setdefault(found, [])
        elif words and head:
            if len(words) < len(TABLES[head[0]]):
                raise UnreadableError(path, head[0], f"line {number} has {len(words)} words, not {len(head)}")
            try:
                rows.append(dict(zip(head, map(float, words), strict=False)))
            except ValueError:
                raise UnreadableError(path, head[0], f"line {number} holds what is no number") from None
    missing = TABLES.keys() - tables.keys()
    if missing:
        raise UnreadableError(path, ", ".join(sorted(missing)), "is missing")
    return tables


def _location(row: Row) -> VrpdoLocation:
    room = None if row["CAP"] < 0 else int(row["CAP"])
    return VrpdoLocation(row["XCOORD"], row["YCOORD"], room, row["READY"], row["DUE"], row["SERVICETIME"])


def _option(row: Row) -> VrpdoOption:
    return VrpdoOption(int(row["LOCATION"]), int(row["CUSTOMER"]), int(row["PRIO"]), row["SERVICETIME"], row["COST"])


def problem_of(data: VrpdoData, options: list[list[int]]) -> Problem:
    """Make the problem: place = location, task = customer; a fixed cost so high that fewer routes always win."""
    scale = TENFOLD if data.ceiled else SCALE
    xy = np.array([(one.x, one.y) for one in data.locations])
    steps = xy[:, None, :] - xy[None, :, :]
    ways = np.sqrt((steps**2).sum(axis=2)) * scale
    seconds = np.ceil(ways).astype(np.int64)
    metres = seconds if data.ceiled else np.round(ways).astype(np.int64)
    tasks = tuple(
        Task(
            str(customer), tuple(_problem_option(data, number, scale) for number in numbers), (_units(data, customer),)
        )
        for customer, numbers in enumerate(options)
    )
    depot = data.locations[data.depot]
    # No plan worth having drives further than a route of its own to the farthest option of every customer.
    dearest = sum(max(int(metres[data.depot, option.place]) for option in task.options) for task in tasks) * 2 + 1
    shift = TimeWindow(math.ceil(depot.ready * scale), math.floor(depot.due * scale))
    vehicles = tuple(
        Vehicle(
            id=str(number),
            start=data.depot,
            end=data.depot,
            shift=shift,
            capacity=(math.floor(data.capacity),),
            cost_fixed=dearest,
            cost_per_m=1,
        )
        for number in range(data.vehicles)
    )
    return Problem(
        places=tuple(Place(setup_s=math.ceil(one.service * scale)) for one in data.locations),
        tasks=tasks,
        vehicles=vehicles,
        travel=(TravelMatrix(seconds, metres),),
        dimensions=("units",),
        room={str(number): one.room for number, one in enumerate(data.locations) if one.room is not None},
        levels=LEVELS,
    )


def _units(data: VrpdoData, customer: int) -> int:
    return min(LIMITLESS, math.ceil(data.demand[customer]))


def _problem_option(data: VrpdoData, number: int, scale: int) -> Option:
    one = data.options[number]
    location = data.locations[one.location]
    setup_s = math.ceil(location.service * scale)
    return Option(
        place=one.location,
        windows=(TimeWindow(math.ceil(location.ready * scale) + setup_s, math.floor(location.due * scale) + setup_s),),
        service_s=math.ceil(one.service * scale),
        kind="door" if location.room is None else "store",
        preference=one.rank,
        cost=round(one.cost * scale),
        room="" if location.room is None else str(one.location),
    )
