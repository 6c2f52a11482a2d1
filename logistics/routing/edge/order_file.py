"""Reads files of deliveries for planning without a database: the Loggi delivery JSON, and our own JSON or CSV.

Own CSV: a header ``id,lat,lon`` and, as far as needed, ``size``, ``service_min``, ``from``, ``to`` (local times such as
09:30), ``carrier_price``; the row named ``depot`` says where vehicles start (several such rows: several depots). Own
JSON: a list of objects with the same names. Rows that make no sense are named with their column; nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from logistics.kit.errors import FieldError, Invalid
from logistics.kit.geo import Point

DEPOT = "depot"
SERVICE_MIN_DEFAULT = 3
SECONDS_A_MINUTE, MINUTES_AN_HOUR = 60, 60
CLOCK = re.compile(r"^([01]?\d|2[0-4]):([0-5]\d)$")
ERRORS_SHOWN_MAX = 20


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery: where, how big (in the unit of the vehicle's capacity), how long, when (seconds of the day)."""

    id: str
    point: Point
    size: int = 1
    service_s: int = SERVICE_MIN_DEFAULT * SECONDS_A_MINUTE
    window_s: tuple[int, int] | None = None
    carrier_price: int | None = None


@dataclass(frozen=True, slots=True)
class OrderFile:
    """What a file holds; ``capacity`` of each vehicle if the file says it."""

    depots: tuple[Point, ...]
    deliveries: tuple[Delivery, ...]
    capacity: int | None = None


def read_orders(name: str, text: str) -> OrderFile:
    """Read a file by its ending and content; refused with row and column of whatever is wrong."""
    if name.lower().endswith(".csv"):
        return _own(list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")))), first_row=2)
    try:
        content = json.loads(text)
    except ValueError as fault:
        raise Invalid("file", f"is neither CSV nor JSON: {fault}", "a .csv or .json file") from None
    if isinstance(content, dict) and "deliveries" in content:
        return _loggi(content)
    if isinstance(content, list):
        return _own(content, first_row=1)
    raise Invalid("file", "has no form that is known", "a list of deliveries, or the Loggi form with `deliveries`")


def _loggi(content: Mapping[str, Any]) -> OrderFile:
    errors: list[FieldError] = []
    origin = _point(content.get("origin"), "origin", errors, lon="lng")
    deliveries = []
    seen: Counter[str] = Counter()  # real files name several parcels of one order alike
    for number, row in enumerate(content["deliveries"]):
        where = f"deliveries[{number}]"
        point = _point(row.get("point"), f"{where}.point", errors, lon="lng")
        size = _whole(row.get("size", 1), f"{where}.size", errors)
        if point:
            name = str(row.get("id", number))
            seen[name] += 1
            deliveries.append(Delivery(name if seen[name] == 1 else f"{name}#{seen[name]}", point, size))
    _refuse(errors)
    capacity = content.get("vehicle_capacity")
    return OrderFile((origin,) if origin else (), tuple(deliveries), int(capacity) if capacity else None)


def _own(rows: Sequence[Any], first_row: int) -> OrderFile:
    errors: list[FieldError] = []
    depots: list[Point] = []
    deliveries: list[Delivery] = []
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
    _refuse(errors)
    return OrderFile(tuple(depots), tuple(deliveries))


def _delivery(name: str, point: Point, row: Mapping[str, Any], where: str, errors: list[FieldError]) -> Delivery:
    start, end = (_clock(row.get(column), f"{where}, column {column}", errors) for column in ("from", "to"))
    if start is not None and end is not None and end < start:
        errors.append(FieldError(f"{where}, column to", "lies before `from`", "a later time"))
    minutes = _whole(row.get("service_min") or SERVICE_MIN_DEFAULT, f"{where}, column service_min", errors)
    price = row.get("carrier_price")
    return Delivery(
        id=name,
        point=point,
        size=_whole(row.get("size") or 1, f"{where}, column size", errors),
        service_s=minutes * SECONDS_A_MINUTE,
        window_s=None if start is None and end is None else (start or 0, 86_400 if end is None else end),
        carrier_price=None if price in {None, ""} else _whole(price, f"{where}, column carrier_price", errors),
    )


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
    if text.isdigit():
        return int(text)
    errors.append(FieldError(where, f"{text!r} is no whole number", "0 or more"))
    return 0


def _clock(value: Any, where: str, errors: list[FieldError]) -> int | None:
    text = str(value or "").strip()
    if not text:
        return None
    found = CLOCK.match(text)
    if found is None:
        errors.append(FieldError(where, f"{text!r} is no time of day", "such as 09:30"))
        return None
    return (int(found[1]) * MINUTES_AN_HOUR + int(found[2])) * SECONDS_A_MINUTE


def _refuse(errors: list[FieldError]) -> None:
    if errors:
        first = errors[0]
        raise Invalid(first.field, first.message, first.expected, more=tuple(errors[1:ERRORS_SHOWN_MAX]))
