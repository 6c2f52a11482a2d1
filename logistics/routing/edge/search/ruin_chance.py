"""Chance for compiled code: a generator whose state is handed in, so that the same seed gives the same search."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from logistics.routing.edge.search.compiled import part

Lots = NDArray[np.uint64]  # one word of state, never 0

# Steps of the 64-bit xorshift of Marsaglia (2003), "Xorshift RNGs", section 4; numbers of one width stay whole.
LEFT, RIGHT, AGAIN, FOR_REAL = np.uint64(13), np.uint64(7), np.uint64(17), np.uint64(11)
STEP = 2.0**-53  # between two of the real numbers that can come


def new_lots(seed: int) -> Lots:
    """Return the state that belongs to a seed."""
    return np.random.default_rng(seed).integers(1, 2**63, 1, dtype=np.uint64)


@part
def chance(lots: Lots) -> float:
    """Return a random number in [0, 1)."""
    word = lots[0]
    word ^= word << LEFT
    word ^= word >> RIGHT
    word ^= word << AGAIN
    lots[0] = word
    return np.float64(word >> FOR_REAL) * STEP


@part
def below(lots: Lots, limit: int) -> int:
    """Return a random whole number in ``0..limit - 1``."""
    return int(chance(lots) * limit)
