from itertools import count
from random import Random

from logistics.routing.edge.search.anneal import anneal

COSTS = (3, 2, 5, 4, 6, 0)  # the way to the best leads over a hill that is 3 high


class Measure:
    """Costs of places on a road; the infeasible ones cost nothing to stand on, and are never the best."""

    def __init__(self, infeasible: tuple[int, ...] = ()) -> None:
        self._infeasible = infeasible

    def cost(self, place: int) -> float:
        return float("inf") if place in self._infeasible else COSTS[place]

    def penalised_cost(self, place: int) -> float:
        return COSTS[place]


def walk(heat: float, measure: Measure, seed: int = 0, steps: int = 400) -> tuple[int, int]:
    """Walk at random, one place at a time."""
    chance, spent = Random(seed), count()

    def step(place: int) -> tuple[int, Measure]:
        return max(0, min(len(COSTS) - 1, place + chance.choice((-1, 1)))), measure

    return anneal(0, step, lambda: next(spent) / steps, heat, Random(seed))


def test_without_heat_it_stays_in_the_nearest_valley() -> None:
    assert walk(0.0, Measure()) == (1, 400)


def test_heat_carries_it_over_the_hill_and_the_best_is_kept() -> None:
    assert walk(3.0, Measure()) == (5, 400)


def test_what_is_infeasible_may_be_passed_but_is_never_the_best() -> None:
    assert walk(3.0, Measure(infeasible=(1, 5)))[0] == 0
    assert walk(3.0, Measure(infeasible=(4,)))[0] == 5
