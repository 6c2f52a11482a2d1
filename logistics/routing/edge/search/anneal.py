"""Iterated local search that cools down: what a step may lose goes to nothing by the end of the time.

PyVRP's own loop accepts by late acceptance, which never allows anything above the cost it starts from. From a plan
that is good already it therefore finds its nearest valley and stays there. Here a step may cost an exponentially
distributed loss more than what stands (the rule of simulated annealing, Kirkpatrick et al. 1983).
"""

from __future__ import annotations

from collections.abc import Callable
from math import log
from random import Random
from typing import Any

Searched = Any  # a solution of the library that searches


def anneal(
    first: Searched,
    step: Callable[[Searched], tuple[Searched, Any]],
    progress: Callable[[], float],
    heat: float,
    lots: Random,
) -> tuple[Searched, int]:
    """Return the best feasible solution and the number of steps, from ``first`` until ``progress`` is 1.

    ``step``: makes a candidate of a solution, and says what measures both. ``heat``: the mean loss accepted at the
    beginning, in cost units.
    """
    best = current = first
    best_cost: int | None = None
    steps = 0
    while (share := progress()) < 1:
        steps += 1
        candidate, measure = step(current)
        if best_cost is None:
            best_cost = measure.cost(best)
        if (cost := measure.cost(candidate)) < best_cost:
            best, best_cost = candidate, cost
        allowed = -heat * (1 - share) * log(1 - lots.random())
        if measure.penalised_cost(candidate) < measure.penalised_cost(current) + allowed:
            current = candidate
    return best, steps
