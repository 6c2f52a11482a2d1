"""Reads files of deliveries for planning without a database: the Loggi delivery JSON, and our own JSON or CSV.

Own CSV: a header ``id,lat,lon`` and, as far as needed, ``size``, ``service_min``, ``from``, ``to`` (local times such as
09:30), a second window ``from2``, ``to2``, ``carrier_price``, ``skills`` (parted by ``;``), ``priority`` (the higher
first), ``collect`` (what is fetched there, on board until the depot) and ``pair`` (the row where its goods are fetched,
instead of the depot). The row named ``depot`` says where vehicles start (several such rows: several depots). Own JSON:
a list of objects with the same names, or ``{"orders": [...], "vehicles": [...]}`` (see `vehicle_file.py`). Rows that
make no sense are named with their column, and so are columns that are not known; nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from logistics.kit.errors import FieldError, Invalid
from logistics.kit.geo import Point
from logistics.routing.edge.cells import CELL_CHARS_MAX, WHOLE, Cells, is_whole, refuse

DEPOT = "depot"
SERVICE_MIN_DEFAULT = 3
KNOWN = (
    "id", "lat", "lon", "size", "service_min", "from", "to", "from2", "to2", "carrier_price", "skills", "priority",
    "collect", "pair",
)  # fmt: skip
MORE_CELLS = "(more cells than titles)"
SECONDS_A_MINUTE, DAY_S = 60, 86_400


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery: where, how big (in the unit of the vehicle's capacity), how long, when (seconds of the day).

    ``pair``: the id of the row where its goods are fetched; empty: at the depot. ``collect``: what is fetched there.
    """

    id: str
    point: Point
    size: int = 1
    service_s: int = SERVICE_MIN_DEFAULT * SECONDS_A_MINUTE
    windows_s: tuple[tuple[int, int], ...] = ()
    carrier_price: int | None = None
    skills: frozenset[str] = frozenset()
    priority: int = 0
    collect: int = 0
    pair: str = ""


@dataclass(frozen=True, slots=True)
class OrderFile:
    """What a file holds; ``capacity`` of each vehicle if the file says it; ``vehicles`` as they are written."""

    depots: tuple[Point, ...]
    deliveries: tuple[Delivery, ...]
    capacity: int | None = None
    vehicles: tuple[Any, ...] | None = None


def read_orders(name: str, text: str) -> OrderFile:
    """Read a file by its ending and content; refused with row and column of whatever is wrong."""
    if name.lower().endswith(".csv"):
        return _own(_table(text), first_row=2)
    try:
        content = json.loads(text)
    except ValueError as fault:
        raise Invalid("file", f"is neither CSV nor JSON: {fault}", "a .csv or .json file") from None
    if isinstance(content, dict) and "deliveries" in content:
        return _loggi(content)
    if isinstance(content, list):
        return _own(content, first_row=1)
    if isinstance(content, dict) and isinstance(content.get("orders"), list):
        vehicles = content.get("vehicles")
        if vehicles is not None and not isinstance(vehicles, list):
            raise Invalid("vehicles", "is no list", "a list of vehicles, or none at all")
        return replace(_own(content["orders"], first_row=1), vehicles=None if vehicles is None else tuple(vehicles))
    raise Invalid("file", "has no form that is known", "a list of deliveries, or the Loggi form with `deliveries`")


def _table(text: str) -> list[dict[str, Any]]:
    try:
        return list(csv.DictReader(io.StringIO(text), restkey=MORE_CELLS))
    except csv.Error as fault:
        raise Invalid("file", f"is no CSV: {fault}", "a .csv or .json file") from None


def _loggi(content: Mapping[str, Any]) -> OrderFile:
    errors: list[FieldError] = []
    origin = _point(content.get("origin"), "origin", errors, lon="lng")
    deliveries = []
    rows = content["deliveries"]
    if not isinstance(rows, list):
        errors.append(FieldError("deliveries", "is no list", "a list of deliveries"))
        rows = []
    seen: Counter[str] = Counter()  # real files name several parcels of one order alike
    for number, row in enumerate(rows):
        where = f"deliveries[{number}]"
        if not isinstance(row, Mapping):
            errors.append(FieldError(where, "is no object", "an object with id, point and size"))
            continue
        point = _point(row.get("point"), f"{where}.point", errors, lon="lng")
        size = _whole(row.get("size", 1), f"{where}.size", errors)
        if point:
            name = str(row.get("id", number))
            seen[name] += 1
            deliveries.append(Delivery(name if seen[name] == 1 else f"{name}#{seen[name]}", point, size))
    capacity = _whole(content.get("vehicle_capacity") or 0, "vehicle_capacity", errors)
    refuse(errors)
    return OrderFile((origin,) if origin else (), tuple(deliveries), capacity or None)


def _own(rows: Sequence[Any], first_row: int) -> OrderFile:
    errors: list[FieldError] = []
    depots: list[Point] = []
    deliveries: list[Delivery] = []
    errors += _unknown_columns(rows)
    for number, row in enumerate(rows, start=first_row):
        where = f"row {number}"
        if not isinstance(row, Mapping):
            errors.append(FieldError(where, "is no object", "an object with id, lat and lon"))
            continue
        point = _point(row, where, errors)
        name = str(row.get("id") or "").strip()
        if not name:
            errors.append(FieldError(f"{where}, column id", "is missing", "a name for the delivery, or depot"))
        if point and name == DEPOT:
            depots.append(point)
        elif point and name:
            deliveries.append(_delivery(name, point, row, where, errors))
    if not depots:
        errors.append(FieldError("file", "names no depot", "a row with the id `depot`"))
    if len({one.id for one in deliveries}) < len(deliveries):
        errors.append(FieldError("column id", "holds a name twice", "one name a delivery"))
    _check_pairs(deliveries, errors)
    refuse(errors)
    return OrderFile(tuple(depots), tuple(_fetched(deliveries)))


def _unknown_columns(rows: Sequence[Any]) -> Iterator[FieldError]:
    """Yield a word on each column that is not known; empty ones without a title, as spreadsheets write, say nothing."""
    cells = [item for row in rows if isinstance(row, Mapping) for item in row.items() if item[0] not in KNOWN]
    for name in dict.fromkeys(name for name, cell in cells if name not in {"", MORE_CELLS} or _says_something(cell)):
        yield FieldError(f"column {name or '(without a title)'}", "is not known", ", ".join(KNOWN))


def _says_something(cell: Any) -> bool:
    return any(cell) if isinstance(cell, list) else bool(cell)


def _check_pairs(deliveries: Sequence[Delivery], errors: list[FieldError]) -> None:
    known = {one.id: one for one in deliveries}
    for one in deliveries:
        if one.pair and (one.pair not in known or one.pair == one.id or known[one.pair].pair):
            expected = "the id of a row that has no pair itself"
            errors.append(
                FieldError(f"delivery {one.id}, column pair", f"{one.pair!r} is no place to fetch at", expected)
            )


def _fetched(deliveries: Sequence[Delivery]) -> Iterator[Delivery]:
    """Bring nothing from the depot to where goods are only fetched."""
    origins = {one.pair for one in deliveries}
    for one in deliveries:
        yield replace(one, size=0) if one.id in origins else one


def _delivery(name: str, point: Point, row: Mapping[str, Any], where: str, errors: list[FieldError]) -> Delivery:
    cells = Cells(row, where, errors, "column ")
    windows = sorted({window for end in ("", "2") if (window := _window(cells, end))})
    if any(one[1] >= other[0] for one, other in pairwise(windows)):
        cells.wrong("from2", "overlaps the first window", "two windows apart")
    return Delivery(
        id=name,
        point=point,
        size=cells.whole("size", 1),
        service_s=cells.whole("service_min", SERVICE_MIN_DEFAULT) * SECONDS_A_MINUTE,
        windows_s=tuple(windows),
        carrier_price=cells.maybe("carrier_price"),
        skills=cells.words("skills"),
        priority=cells.whole("priority", 0),
        collect=cells.whole("collect", 0),
        pair=cells.text("pair"),
    )


def _window(cells: Cells, which: str) -> tuple[int, int] | None:
    start_s, end_s = cells.clock(f"from{which}"), cells.clock(f"to{which}")
    if start_s is None and end_s is None:
        return None
    window = (start_s or 0, DAY_S if end_s is None else end_s)
    if window[1] < window[0]:
        cells.wrong(f"to{which}", f"lies before `from{which}`", "a later time")
    return window


def _point(row: Any, where: str, errors: list[FieldError], lon: str = "lon") -> Point | None:
    values = []
    for column, limit in (("lat", 90.0), (lon, 180.0)):
        try:
            value = float(row[column])
        except (TypeError, KeyError, ValueError):
            value = float("nan")
        if not -limit <= value <= limit:
            errors.append(FieldError(f"{where}, column {column}", "is no coordinate", f"-{limit:g}..{limit:g} degrees"))
        values.append(value)
    good = all(-limit <= value <= limit for value, limit in zip(values, (90.0, 180.0), strict=True))
    return Point(lat=values[0], lon=values[1]) if good else None


def _whole(value: Any, where: str, errors: list[FieldError]) -> int:
    text = str(value).strip()
    if is_whole(text):
        return int(text)
    errors.append(FieldError(where, f"{text[:CELL_CHARS_MAX]!r} is no whole number", WHOLE))
    return 0
