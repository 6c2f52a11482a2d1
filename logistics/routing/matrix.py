"""How long and how far it is from every place to every other.

Decides what a travel matrix is. Does not decide where the figures come from; see `edge/matrix_source.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from logistics.kit.errors import Invalid

Metres = NDArray[np.int64]
Seconds = NDArray[np.int64]

# Stands for "no way leads there" in both arrays: more than thirty years, and sums of many still fit 64 bits.
UNREACHABLE = 1_000_000_000


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

    def travel_s(self, origin: int, target: int) -> int:
        """Return the seconds of driving between two places; a place is no distance from itself."""
        return 0 if origin == target else int(self.seconds[origin, target])

    def travel_m(self, origin: int, target: int) -> int:
        """Return the metres between two places."""
        return 0 if origin == target else int(self.metres[origin, target])

    def reaches(self, origin: int, target: int) -> bool:
        """Tell whether any way leads from one place to the other."""
        return self.travel_s(origin, target) < UNREACHABLE


def matrix_of(seconds: list[list[int]], metres: list[list[int]] | None = None) -> TravelMatrix:
    """Make a matrix from lists of rows; without metres they equal the seconds (as benchmark instances have it)."""
    time = np.asarray(seconds, dtype=np.int64)
    return TravelMatrix(time, time if metres is None else np.asarray(metres, dtype=np.int64))
