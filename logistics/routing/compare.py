"""What changed between two plans: who moved, who comes at another time, and what it costs.

The plans may be of different days, made at different times, of different problems: tasks and vehicles are known by
their ids. Two versions of one plan compare likewise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

RETIMED_S_MIN = 60  # less is the unevenness of any recalculation


class Change(StrEnum):
    """How a task differs, the most telling first."""

    ADDED = "added"  # only the second plan knows it
    GONE = "gone"  # only the first does
    PLANNED = "planned"  # was left out
    LEFT_OUT = "left_out"
    TO_CARRIER = "to_carrier"
    FROM_CARRIER = "from_carrier"
    VEHICLE = "vehicle"
    WAY = "way"  # the same vehicle, another option: a store instead of the door
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Where:
    """What a plan does with a task: nothing at all (left out), or a carrier, or a vehicle by a way at a time.

    ``at_s``: seconds since any epoch that both plans share. ``no``: its place on the route, 1 first.
    """

    vehicle: str = ""
    way: str = ""
    at_s: int | None = None
    no: int = 0
    carrier: str | None = None

    @property
    def is_left_out(self) -> bool:
        """Tell whether nobody does it."""
        return not self.vehicle and self.carrier is None


@dataclass(frozen=True, slots=True)
class Sketch:
    """A plan as far as it is compared: where every task is, what each route and the whole cost."""

    where: Mapping[str, Where]
    cost: int = 0
    routes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One task that differs; None: the plan does not know it. ``later_s``: how much later it is served, if it is."""

    task: str
    change: Change
    before: Where | None
    after: Where | None
    later_s: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second plan against the first: what differs, cost more (negative: less), left out more, by vehicle too."""

    differences: tuple[Difference, ...]
    extra_cost: int
    extra_left_out: int
    routes: tuple[tuple[str, int | None, int | None], ...]  # vehicle, its cost before and after; None: at home

    @property
    def same(self) -> bool:
        """Tell whether nothing differs."""
        return not self.differences and not self.extra_cost


def compare(before: Sketch, after: Sketch) -> Comparison:
    """Compare two plans."""
    tasks = [*before.where, *(task for task in after.where if task not in before.where)]
    differences = [_difference(task, before.where.get(task), after.where.get(task)) for task in tasks]
    vehicles = [*before.routes, *(vehicle for vehicle in after.routes if vehicle not in before.routes)]
    changed = [(one, before.routes.get(one), after.routes.get(one)) for one in vehicles]
    return Comparison(
        tuple(one for one in differences if one),
        after.cost - before.cost,
        _left_out(after) - _left_out(before),
        tuple(one for one in changed if one[1] != one[2]),
    )


def _difference(task: str, before: Where | None, after: Where | None) -> Difference | None:
    later_s = 0
    if before and after and before.at_s is not None and after.at_s is not None:
        later_s = after.at_s - before.at_s
    change = _change(before, after, later_s)
    return Difference(task, change, before, after, later_s) if change else None


def _change(before: Where | None, after: Where | None, later_s: int) -> Change | None:
    if before is None or after is None:
        return Change.GONE if before else Change.ADDED
    rows = (
        (before.is_left_out != after.is_left_out, Change.LEFT_OUT if after.is_left_out else Change.PLANNED),
        (before.carrier is None and after.carrier is not None, Change.TO_CARRIER),
        (before.carrier is not None and after.carrier is None, Change.FROM_CARRIER),
        (before.vehicle != after.vehicle, Change.VEHICLE),
        (before.way != after.way or before.carrier != after.carrier, Change.WAY),
        (abs(later_s) >= RETIMED_S_MIN, Change.TIME),
    )
    return next((change for holds, change in rows if holds), None)


def _left_out(sketch: Sketch) -> int:
    return sum(where.is_left_out for where in sketch.where.values())
