"""How slow traffic is at which hour, on which roads: a table somebody may replace by a file of their own.

A day falls into parts; each says how long ways take in percent of free flow, for all roads or by class of road. Within
a part speed is constant, so nobody arrives earlier by leaving later (Ichoua, Gendreau and Potvin 2003; see
`HourlyMatrix`). The profile repeats every day, in the local time of the plan.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from logistics.kit.errors import FieldError, Invalid
from logistics.routing.edge.roads import ROAD_CLASSES, Ints, Slowness
from logistics.routing.matrix import HourlyMatrix, Travel, TravelMatrix
from logistics.routing.model import TimeWindow

DAY_S = 86_400
PERCENT_MIN, PERCENT_MAX = 50, 1000  # of free flow; a file outside of this means something else
PARTS_MAX = 96  # a quarter of an hour each
WORKDAY = TimeWindow(8 * 3600, 18 * 3600)  # an ordinary hour is the mean of these, where nobody names the hours
LINK = "_link"

Tables = Callable[[Slowness], TravelMatrix]
TablesOfSeconds = Callable[[Slowness], Ints]


@dataclass(frozen=True, slots=True)
class Part:
    """From ``start_s`` of the day on, ways take ``percent`` of free flow, those of ``classes`` their own percent."""

    start_s: int
    percent: int
    classes: Mapping[str, int] = field(default_factory=dict)

    @property
    def slowness(self) -> tuple[int, ...]:
        """Return the percent of each class of `ROAD_CLASSES`; a link goes like its road, if it is not named."""
        return tuple(
            self.classes.get(name, self.classes.get(name.removesuffix(LINK), self.percent)) for name in ROAD_CLASSES
        )


@dataclass(frozen=True, slots=True)
class SpeedProfile:
    """The parts of a day in order, the first at midnight."""

    parts: tuple[Part, ...]

    def within(self, hours: TimeWindow) -> list[tuple[int, tuple[int, ...]]]:
        """Return (start, slowness) of the parts that overlap these hours, equal neighbours as one.

        Hours are seconds from the midnight before; beyond the next midnight the profile begins anew.
        """
        found: list[tuple[int, tuple[int, ...]]] = []
        for day in range(hours.start_s // DAY_S, hours.end_s // DAY_S + 1):
            ends = [*(part.start_s for part in self.parts[1:]), DAY_S]
            for part, end_s in zip(self.parts, ends, strict=True):
                start_s = day * DAY_S + part.start_s
                overlaps = start_s <= hours.end_s and day * DAY_S + end_s > hours.start_s
                if overlaps and (not found or found[-1][1] != part.slowness):
                    found.append((start_s, part.slowness))
        return found

    def ordinary(self, hours: TimeWindow) -> tuple[int, ...]:
        """Return the mean slowness over these hours, by the time each part lasts."""
        spans = self.within(hours)
        ends = [*(start_s for start_s, _ in spans[1:]), hours.end_s]
        lasts = [max(1, end_s - max(start_s, hours.start_s)) for (start_s, _), end_s in zip(spans, ends, strict=True)]
        total = sum(lasts)
        columns = zip(*(slowness for _, slowness in spans), strict=True)
        return tuple(
            round(sum(percent * last for percent, last in zip(column, lasts, strict=True)) / total)
            for column in columns
        )

    def of_all_roads(self) -> SpeedProfile:
        """Return the same without differences between roads, for a source that does not tell them apart."""
        return SpeedProfile(tuple(Part(part.start_s, part.percent) for part in self.parts))

    def travel(self, hours: TimeWindow | None, tables: Tables, seconds: TablesOfSeconds) -> Travel:
        """Return travel by the hour where it differs within these hours, else one matrix; None: one at all events.

        Metres are those of an ordinary hour: a detour around slow roads is driven by the clock, and paid as usual.
        """
        ordinary = tables(self.ordinary(hours or WORKDAY))
        spans = self.within(hours) if hours else []
        if len(spans) <= 1:
            return ordinary
        parts = tuple(TravelMatrix(seconds(slowness), ordinary.metres) for _, slowness in spans)
        return HourlyMatrix(tuple(start_s for start_s, _ in spans), parts, ordinary)


def _hour(hours: float) -> int:
    return int(hours * 3600)


# Free-flow times on Porto's roads meet real ones of taxis at about twice their length in the rush hour; the other hours
# are a moderate guess around one and a half, to be replaced by what a city's own vehicles measure.
USUAL = SpeedProfile(
    (
        Part(0, 110),
        Part(_hour(6.5), 150),
        Part(_hour(7.5), 200),
        Part(_hour(9.5), 150),
        Part(_hour(17), 200),
        Part(_hour(19.5), 150),
        Part(_hour(21.5), 110),
    )
)


def read_profile(path: Path | None) -> SpeedProfile:
    """Read a profile from its file, or return the usual one; refused with every field that is wrong.

    The form: ``{"parts": [{"from": "07:30", "percent": 200, "classes": {"motorway": 150}}, ...]}``, from 00:00 on.
    """
    if path is None:
        return USUAL
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as fault:
        raise Invalid(f"speed profile {path.name}", f"cannot be read: {fault}", "a JSON file") from fault
    except ValueError as fault:
        raise Invalid(f"speed profile {path.name}", f"is no JSON: {fault}", "a JSON file") from fault
    parts, errors = _parts(values)
    if errors:
        named = [FieldError(f"speed profile {path.name}, {e.field}", e.message, e.expected) for e in errors]
        raise Invalid(named[0].field, f"{named[0].message}; {named[0].expected}", named[0].expected, more=(*named[1:],))
    return SpeedProfile(tuple(parts))


def _parts(values: Any) -> tuple[list[Part], list[FieldError]]:
    rows = values.get("parts") if isinstance(values, dict) else None
    if not isinstance(rows, list) or not 1 <= len(rows) <= PARTS_MAX:
        return [], [FieldError("parts", "is no list of parts of the day", f"1 to {PARTS_MAX} of them")]
    parts, errors = [], []
    for number, row in enumerate(rows):
        part, wrong = _part(f"parts[{number}]", row)
        parts.append(part)
        errors += wrong
    if not errors:
        errors = _order(parts)
    return parts, errors


def _part(where: str, row: Any) -> tuple[Part, list[FieldError]]:
    if not isinstance(row, dict):
        return Part(0, 0), [FieldError(where, "is no object", 'such as {"from": "07:30", "percent": 200}')]
    errors = [
        FieldError(f"{where}.{name}", "is not known", "from, percent, classes") for name in row if name not in KEYS
    ]
    start_s = _clock_s(row.get("from"))
    if start_s is None:
        errors.append(FieldError(f"{where}.from", f"{row.get('from')!r} is no time of day", "such as 07:30"))
    classes = row.get("classes", {})
    if not isinstance(classes, dict):
        errors.append(FieldError(f"{where}.classes", "is no object", 'such as {"motorway": 150}'))
        classes = {}
    strangers = [name for name in classes if name not in ROAD_CLASSES]
    errors += [
        FieldError(f"{where}.classes.{name}", "is no class of road", ", ".join(ROAD_CLASSES)) for name in strangers
    ]
    figures = {f"{where}.percent": row.get("percent")} | {f"{where}.classes.{name}": classes[name] for name in classes}
    for path, figure in figures.items():
        if isinstance(figure, bool) or not isinstance(figure, int) or not PERCENT_MIN <= figure <= PERCENT_MAX:
            wanted = f"a whole number from {PERCENT_MIN} to {PERCENT_MAX}, 100 being free flow"
            errors.append(FieldError(path, f"{figure!r} is no percent of free-flow time", wanted))
    return Part(start_s or 0, row.get("percent", 0), classes), errors


KEYS = frozenset({"from", "percent", "classes"})


def _clock_s(text: Any) -> int | None:
    if not isinstance(text, str) or len(text) != len("00:00") or text[2] != ":":
        return None
    hour, minute = text[:2], text[3:]
    if not (hour.isascii() and minute.isascii() and hour.isdigit() and minute.isdigit()):
        return None
    seconds = int(hour) * 3600 + int(minute) * 60
    return seconds if int(minute) < 60 and seconds < DAY_S else None  # noqa: PLR2004 - minutes of an hour


def _order(parts: list[Part]) -> list[FieldError]:
    """Check that a day is covered once, from midnight on."""
    first = [FieldError("parts[0].from", "leaves the hours before it out", "00:00")] if parts[0].start_s else []
    return first + [
        FieldError(f"parts[{number}].from", "is not after the part before it", "ascending times")
        for number, (before, part) in enumerate(pairwise(parts), start=1)
        if part.start_s <= before.start_s
    ]
