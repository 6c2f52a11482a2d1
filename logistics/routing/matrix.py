"""How long and how far it is from every place to every other.

Decides what travel is: one matrix, one for each part of the day, or a plane without any. Does not decide where the
figures come from; see `edge/matrix_source.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from logistics.kit.errors import Invalid

Metres = NDArray[np.int64]
Seconds = NDArray[np.int64]
Indices = NDArray[np.int64]

# Stands for "no way leads there" in both arrays: more than thirty years, and sums of many still fit 64 bits.
UNREACHABLE = 1_000_000_000


class Travel(Protocol):
    """What a plan asks about driving; places by index, whole seconds and metres, ``UNREACHABLE`` for no way."""

    def __len__(self) -> int:
        """Count the places."""
        ...

    def travel_s(self, origin: int, target: int, at_s: int | None = None) -> int:
        """Return the seconds of driving for who leaves at ``at_s`` (None: at an ordinary hour)."""
        ...

    def travel_m(self, origin: int, target: int) -> int:
        """Return the metres between two places."""
        ...

    def reaches(self, origin: int, target: int) -> bool:
        """Tell whether any way leads from one place to the other."""
        ...

    def block(self, origins: Indices, targets: Indices) -> tuple[Seconds, Metres]:
        """Return seconds and metres (at an ordinary hour) from some places (rows) to others (columns)."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class TravelMatrix:
    """Square arrays of whole seconds and metres, row = from, column = to; ``UNREACHABLE`` where no way leads."""

    seconds: Seconds
    metres: Metres

    def __post_init__(self) -> None:
        """Refuse arrays that are not square, of different size, or negative."""
        rows = self.seconds.shape[0]
        if self.seconds.shape != (rows, rows) or self.metres.shape != (rows, rows):
            raise Invalid("travel", "seconds and metres are not square arrays of one size", "two n x n arrays")
        if rows and (self.seconds.min() < 0 or self.metres.min() < 0):
            raise Invalid("travel", "holds a negative figure", "seconds and metres >= 0")

    def __len__(self) -> int:
        """Count the places."""
        return int(self.seconds.shape[0])

    def travel_s(self, origin: int, target: int, at_s: int | None = None) -> int:  # noqa: ARG002 - no hour matters here
        """Return the seconds of driving between two places; a place is no distance from itself."""
        return 0 if origin == target else int(self.seconds[origin, target])

    def travel_m(self, origin: int, target: int) -> int:
        """Return the metres between two places."""
        return 0 if origin == target else int(self.metres[origin, target])

    def reaches(self, origin: int, target: int) -> bool:
        """Tell whether any way leads from one place to the other."""
        return self.travel_s(origin, target) < UNREACHABLE

    def block(self, origins: Indices, targets: Indices) -> tuple[Seconds, Metres]:
        """Return seconds and metres from some places (rows) to others (columns)."""
        apart = (origins[:, None] != targets[None, :]).astype(np.int64)
        where = np.ix_(origins, targets)
        return self.seconds[where] * apart, self.metres[where] * apart


@dataclass(frozen=True, slots=True, eq=False)
class HourlyMatrix:
    """One matrix for each part of the day; part ``k`` begins at ``starts_s[k]``, the first also holds before.

    Within a part, speed on a way is constant (Ichoua, Gendreau and Potvin 2003): who is under way when the next part
    begins drives the rest of the way at the next part's speed. So nobody arrives earlier by leaving later.
    """

    starts_s: tuple[int, ...]
    parts: tuple[TravelMatrix, ...]
    ordinary: TravelMatrix

    def __post_init__(self) -> None:
        """Refuse parts without a start, starts out of order, parts of different size."""
        if not self.parts or len(self.starts_s) != len(self.parts):
            raise Invalid("travel", "parts of the day and their starts do not match", "one start for each part")
        if any(a >= b for a, b in zip(self.starts_s, self.starts_s[1:], strict=False)):
            raise Invalid("travel", "the parts of the day are out of order", "ascending starts")
        if any(len(part) != len(self.ordinary) for part in self.parts):
            raise Invalid("travel", "the parts of the day are of different size", "matrices of the same places")

    def __len__(self) -> int:
        """Count the places."""
        return len(self.ordinary)

    def travel_s(self, origin: int, target: int, at_s: int | None = None) -> int:
        """Return the seconds of driving for who leaves at ``at_s``, rounded up; at an ordinary hour without it."""
        if at_s is None or origin == target:
            return self.ordinary.travel_s(origin, target)
        part = max(0, bisect_right(self.starts_s, at_s) - 1)
        left, now_s = 1.0, float(at_s)  # the share of the way that lies ahead
        while part + 1 < len(self.parts):
            whole_s = max(1, self.parts[part].travel_s(origin, target))
            until_s = self.starts_s[part + 1]
            if now_s + left * whole_s <= until_s:
                break
            left -= (until_s - now_s) / whole_s
            now_s, part = float(until_s), part + 1
        return int(np.ceil(round(now_s + left * self.parts[part].travel_s(origin, target) - at_s, 6)))

    def travel_m(self, origin: int, target: int) -> int:
        """Return the metres between two places."""
        return self.ordinary.travel_m(origin, target)

    def reaches(self, origin: int, target: int) -> bool:
        """Tell whether any way leads from one place to the other."""
        return self.ordinary.reaches(origin, target)

    def block(self, origins: Indices, targets: Indices) -> tuple[Seconds, Metres]:
        """Return seconds and metres at an ordinary hour from some places (rows) to others (columns)."""
        return self.ordinary.block(origins, targets)


@dataclass(frozen=True, slots=True, eq=False)
class PlaneTravel:
    """Straight ways between points of a plane, never held as a matrix: for problems of many thousand places.

    ``xy`` is n x 2; a way is ``scale`` x the Euclidean distance, rounded to the nearest whole number, in seconds and
    in metres alike.
    """

    xy: NDArray[np.float64]
    scale: float = 1.0

    def __len__(self) -> int:
        """Count the places."""
        return int(self.xy.shape[0])

    def travel_s(self, origin: int, target: int, at_s: int | None = None) -> int:  # noqa: ARG002 - no hour matters here
        """Return the seconds of driving between two places."""
        return self.travel_m(origin, target)

    def travel_m(self, origin: int, target: int) -> int:
        """Return the metres between two places."""
        (ax, ay), (bx, by) = self.xy[origin], self.xy[target]
        return int(np.floor(self.scale * np.hypot(ax - bx, ay - by) + 0.5))

    def reaches(self, origin: int, target: int) -> bool:  # noqa: ARG002 - every point of a plane is reached
        """Tell that every place is reached."""
        return True

    def block(self, origins: Indices, targets: Indices) -> tuple[Seconds, Metres]:
        """Return seconds and metres from some places (rows) to others (columns)."""
        steps = self.xy[origins][:, None, :] - self.xy[targets][None, :, :]
        metres = np.floor(self.scale * np.hypot(steps[..., 0], steps[..., 1]) + 0.5).astype(np.int64)
        return metres, metres


def matrix_of(seconds: list[list[int]], metres: list[list[int]] | None = None) -> TravelMatrix:
    """Make a matrix from lists of rows; without metres they equal the seconds (as benchmark instances have it)."""
    time = np.asarray(seconds, dtype=np.int64)
    return TravelMatrix(time, time if metres is None else np.asarray(metres, dtype=np.int64))
