"""Searches days of all kinds in a process of its own: in one where the limits of arrays are watched, if so started."""

from __future__ import annotations

import sys

from tests.routing.edge.search.ruin_days import plain_day, played_day, random_day, searched

ROUNDS = 2000


def main() -> None:
    """Search; an index that is outside ends the process."""
    for seed in range(8):
        for problem in (
            random_day(seed),
            played_day(seed),
            plain_day(seed, timeless=True),
            plain_day(seed, timeless=False),
        ):
            searched(problem, rounds=ROUNDS, seed=seed)
    sys.stdout.write("nothing was outside\n")


if __name__ == "__main__":
    main()
