"""Reads the vehicles of a file that is planned without a database; what is wrong is named by row and field.

A vehicle is an object; every field may be missing: ``id``, ``count`` (so many alike), ``depot`` (its number in the
file, 1 first), ``capacity``, ``from`` and ``to`` (its shift), ``skills`` (parted by ``;``), ``overtime_min``,
``day_min`` (the longest day), ``way_km`` (the longest way), ``stops``, ``trips``, ``reload_min``, ``open_end``,
``breaks`` (a list of ``from``, ``to``, ``min``), ``drive_min`` and ``rest_min`` (a rest after so much driving).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from logistics.kit.errors import FieldError, Invalid
from logistics.routing.edge.cells import Cells, refuse
from logistics.routing.model import LIMITLESS, Break, DriveRest, TimeWindow, Vehicle

KNOWN = frozenset({
    "id", "count", "depot", "capacity", "from", "to", "skills", "overtime_min", "day_min", "way_km", "stops", "trips",
    "reload_min", "open_end", "breaks", "drive_min", "rest_min",
})  # fmt: skip
MINUTE_S, METRES_A_KM, REST_MIN = 60, 1000, 45


def read_vehicles(rows: Sequence[Any], like: Vehicle, depots: int) -> tuple[Vehicle, ...]:
    """Return the vehicles of a file; what a row does not say is as in ``like``. Refused where a row is wrong."""
    errors: list[FieldError] = []
    cars = [car for number, row in enumerate(rows, start=1) for car in _cars(number, row, like, depots, errors)]
    if len({car.id for car in cars}) < len(cars):
        errors.append(FieldError("vehicles", "a name occurs twice", "one name a vehicle"))
    refuse(errors)
    if not cars:
        raise Invalid("vehicles", "names none", "a list of vehicles, or none at all")
    return tuple(cars)


def _cars(number: int, row: Any, like: Vehicle, depots: int, errors: list[FieldError]) -> list[Vehicle]:
    where = f"vehicle {number}"
    if not isinstance(row, Mapping):
        errors.append(FieldError(where, "is no object", 'an object such as {"id": "van 1"}'))
        return []
    errors += [FieldError(f"{where}, {name}", "is not known", ", ".join(sorted(KNOWN))) for name in set(row) - KNOWN]
    cells = Cells(row, where, errors)
    depot = cells.whole("depot", 1)
    if not 1 <= depot <= depots:
        errors.append(FieldError(f"{where}, depot", f"{depot} is none", f"1..{depots}"))
    car = _car(cells, replace(like, id=str(row.get("id") or number), start=depot - 1, end=depot - 1))
    count = cells.whole("count", 1)
    return [car] if count == 1 else [replace(car, id=f"{car.id}.{one}") for one in range(1, count + 1)]


def _car(cells: Cells, like: Vehicle) -> Vehicle:
    start_s, end_s = cells.clock("from"), cells.clock("to")
    shift = TimeWindow(like.shift.start_s if start_s is None else start_s, like.shift.end_s if end_s is None else end_s)
    if shift.end_s < shift.start_s:
        cells.wrong("to", "lies before `from`", "a later time")
    drive_min = cells.maybe("drive_min")
    way_km, day_min = cells.maybe("way_km"), cells.maybe("day_min")
    return replace(
        like,
        end=None if cells.flag("open_end") else like.end,
        shift=shift,
        capacity=(cells.whole("capacity", like.capacity[0] if like.capacity else LIMITLESS),),
        skills=cells.words("skills"),
        overtime_s_max=cells.whole("overtime_min", 0) * MINUTE_S,
        duration_s_max=None if day_min is None else day_min * MINUTE_S,
        distance_m_max=None if way_km is None else way_km * METRES_A_KM,
        stops_max=cells.maybe("stops"),
        trips_max=max(1, cells.whole("trips", 1)),
        reload_s=cells.whole("reload_min", 0) * MINUTE_S,
        breaks=tuple(_breaks(cells)),
        drive_rest=None
        if drive_min is None
        else DriveRest(drive_min * MINUTE_S, cells.whole("rest_min", REST_MIN) * MINUTE_S),
    )


def _breaks(cells: Cells) -> list[Break]:
    rows = cells.row.get("breaks") or []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        cells.wrong("breaks", "is no list of objects", '[{"from": "11:30", "to": "13:30", "min": 30}]')
        return []
    breaks = []
    for number, row in enumerate(rows, start=1):
        one = Cells(row, f"{cells.where}, break {number}", cells.errors)
        start_s, end_s = one.clock("from"), one.clock("to")
        if start_s is None or end_s is None or end_s < start_s:
            one.wrong("to", "names no span", "from and to, the earliest and the latest start")
        else:
            breaks.append(Break(TimeWindow(start_s, end_s), one.whole("min", REST_MIN) * MINUTE_S))
    return sorted(breaks, key=lambda one: one.window.start_s)
