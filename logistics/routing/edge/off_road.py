"""What is said about points that lie off the road, and about points nobody reaches: the same for every source.

A point a little off the road is moved onto it, and told where that is far. One so far off that the road map cannot be
meant for it is reached by nobody, as is an island: it is told, and no vehicle is planned to go there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse.csgraph import connected_components

from logistics.kit.findings import Finding
from logistics.routing.edge.roads import Ints
from logistics.routing.matrix import UNREACHABLE, Travel
from logistics.routing.model import Problem

SNAP_M_MAX = 500  # a point further than this from any road is probably wrong, and somebody is told
OFF_M_MAX = 10_000  # a point further than this is not on this map at all
NOWHERE_M = -1  # a source says this where it found no road at all


def lost_points(off_m: Sequence[int]) -> list[int]:
    """Return the points that are so far from any road that they are not on the map."""
    return [number for number, off in enumerate(off_m) if off == NOWHERE_M or off > OFF_M_MAX]


def cut_off(table: Ints, lost: Sequence[int]) -> Ints:
    """Return a table in which no way leads to or from these points, but for a point to itself."""
    if not lost:
        return table
    table, own = table.copy(), table.diagonal().copy()
    table[list(lost), :] = UNREACHABLE
    table[:, list(lost)] = UNREACHABLE
    np.fill_diagonal(table, own)
    return table


def off_road(off_m: Sequence[int], travel: Travel) -> tuple[Finding, ...]:
    """Return findings about points far from any road, and about points apart from most others."""
    apart = set(apart_from_most(travel))
    return tuple(
        finding
        for number, off in enumerate(off_m)
        if (finding := _finding(f"points[{number}]", off, apart=number in apart)) is not None
    )


def apart_from_most(travel: Travel) -> list[int]:
    """Return the points that are not of the largest part in which every point reaches every other.

    Of parts as large, that of the first point is taken: plans put their depots first.
    """
    every = np.arange(len(travel))
    seconds, _ = travel.block(every, every)
    count, labels = connected_components(seconds < UNREACHABLE, connection="strong")
    if count <= 1:
        return []
    sizes = np.bincount(labels)
    most = labels[0] if len(labels) and sizes[labels[0]] == sizes.max() else sizes.argmax()
    return [int(number) for number in np.flatnonzero(labels != most)]


def named(findings: Sequence[Finding], names: Mapping[int, str]) -> tuple[Finding, ...]:
    """Say a point's name instead of its number, where it has one."""
    by_where = {f"points[{number}]": name for number, name in names.items()}
    return tuple(replace(one, where=by_where.get(one.where, one.where)) for one in findings)


def place_names(
    problem: Problem, tasks: Sequence[str], vehicles: Sequence[str], rooms: Mapping[str, str]
) -> dict[int, str]:
    """Name each place by who goes there: the depot of a vehicle, a shared store, or the tasks done there."""
    names: dict[int, str] = {}
    for vehicle, name in zip(problem.vehicles, vehicles, strict=True):
        names.setdefault(vehicle.start, f"the depot of {name}")
    done_at: dict[int, list[str]] = {}
    for task, name in zip(problem.tasks, tasks, strict=True):
        for option in task.options:
            if option.room in rooms:
                names.setdefault(option.place, rooms[option.room])
            elif name not in done_at.setdefault(option.place, []):
                done_at[option.place].append(name)
    for place, here in done_at.items():
        names.setdefault(place, f"shipment {here[0]}" if len(here) == 1 else f"shipments {', '.join(here)}")
    return names


def _finding(where: str, off: int, *, apart: bool) -> Finding | None:
    if off == NOWHERE_M:
        return Finding(
            where, "not_reached", "has no road anywhere near; no vehicle is planned there", "a place by a road"
        )
    if off > OFF_M_MAX:
        message = f"lies {off} m from the nearest road, off this map; no vehicle is planned there"
        return Finding(where, "not_reached", message, f"<= {OFF_M_MAX} m", amount=off, unit="m")
    if apart:
        message = "is not reached from most other places, or they are not from there; no vehicle is planned there"
        return Finding(where, "not_reached", message, "a place by a road that leads there and back")
    if off > SNAP_M_MAX:
        message = f"lies {off} m from the nearest road"
        return Finding(where, "off_road", message, f"<= {SNAP_M_MAX} m", amount=off, unit="m")
    return None
