from __future__ import annotations

from typing import Any

import numba

from logistics.routing.edge.search import ruin_chance
from logistics.routing.edge.search.ruin_chance import new_lots

# Kernels cannot be called from Python: here they are compiled so that they can. The stubs know neither.
kernels: Any = ruin_chance
callable_: Any = numba.njit
chance, below = callable_(kernels.chance.py_func), callable_(kernels.below.py_func)


def test_the_same_seed_gives_the_same_numbers_and_another_others() -> None:
    one, same, other = new_lots(1), new_lots(1), new_lots(2)
    first = [chance(one) for _ in range(5)]
    assert first == [chance(same) for _ in range(5)]
    assert first != [chance(other) for _ in range(5)]


def test_numbers_spread_evenly_from_nought_to_one() -> None:
    """Of 4,000 numbers 1,000 are due in each quarter; their standard deviation is sqrt(4000 * 3 / 16) = 27."""
    lots = new_lots(3)
    quarters = [0, 0, 0, 0]
    for _ in range(4_000):
        quarters[int(4 * chance(lots))] += 1
    assert max(quarters) - min(quarters) < 8 * 27


def test_whole_numbers_stay_below_their_limit() -> None:
    lots = new_lots(4)
    assert {below(lots, 3) for _ in range(100)} == {0, 1, 2}
