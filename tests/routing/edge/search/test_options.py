from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from logistics.routing.construct import complete
from logistics.routing.cost import weight
from logistics.routing.edge.search.options import fixed_off, routes_min, solve
from logistics.routing.edge.search.ruin import day_of
from logistics.routing.edge.solving import Limits
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, van
from tests.routing.edge.search.inline import Inline
from tests.routing.edge.search.ruin_days import random_day
from tests.routing.edge.search.test_ruin import cheapest
from tests.routing.tiny import tiny

COUNTED = Limits(seconds=600.0, rounds_max=4_000, cores=2, seed=1)


def test_the_tiny_day_is_solved_to_the_optimum() -> None:
    problem = tiny()
    with ThreadPoolExecutor(2) as workers:
        drafts = solve(problem, COUNTED, workers)
    plan = complete(problem, drafts)
    assert check_plan(problem, plan) == ()
    assert weight(problem, plan) == (0, cheapest(problem))


def test_two_runs_by_rounds_are_alike() -> None:
    problem = random_day(7)
    with ThreadPoolExecutor(2) as workers:
        assert solve(problem, COUNTED, workers) == solve(problem, COUNTED, workers)


def test_every_better_plan_is_told() -> None:
    problem = random_day(3)
    told = []
    with ThreadPoolExecutor(2) as workers:
        drafts = solve(
            problem, COUNTED, workers, lambda found, _: told.append(weight(problem, complete(problem, found)))
        )
    assert told == sorted(told, reverse=True)
    assert told[-1] == weight(problem, complete(problem, drafts))


def test_who_wants_nothing_waits_for_nothing() -> None:
    problem = random_day(3)
    with ThreadPoolExecutor(2) as workers:
        assert solve(problem, Limits(seconds=0.5, cores=2), workers, wanted=lambda: False) == ()


def test_dear_vehicles_are_saved_first() -> None:
    """One van is enough; two would save nothing of the way, and a million for the second says it all."""
    cars = [van(n, capacity=(4,), cost_fixed=1_000_000) for n in range(3)]
    problem = line_problem([0, 10, 20, -10, -20], vehicles=cars)
    assert fixed_off(day_of(problem)) == 1_000_000
    with ThreadPoolExecutor(2) as workers:
        assert len(solve(problem, COUNTED, workers)) == 1


def test_a_fixed_cost_that_can_be_weighed_is_weighed() -> None:
    assert fixed_off(day_of(line_problem([0, 10, 20, 30], vehicles=[van(0, cost_fixed=5)]))) == 0


def test_the_least_number_of_vehicles_follows_from_the_loads() -> None:
    """Five pieces: 3 and 1 are too few, 3 and 1 and 1 are enough."""
    cars = [van(n, capacity=(size,)) for n, size in enumerate((1, 3, 1, 1))]
    assert routes_min(line_problem([0, 1, 2, 3, 4, 5], vehicles=cars)) == 3


def test_no_time_is_left_over() -> None:
    """Rounds are spent at once here, so every epoch may take what those before did not need."""
    executor = Inline()
    solve(random_day(3), COUNTED, executor)
    seconds = [orders.seconds for _, _, _, orders, _ in executor.asked]
    assert seconds == sorted(seconds)
    assert seconds[-1] > 0.98 * COUNTED.seconds
    assert seconds[2] < COUNTED.seconds / 5
