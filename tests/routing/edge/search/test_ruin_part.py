import pytest

from logistics.routing.construct import complete
from logistics.routing.cost import plan_cost, weight
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.edge.search.ruin_part import search_part
from logistics.routing.model import Option, ServiceLevel
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, task
from tests.routing.edge.search.towns import town, town_of_trips


def test_a_part_gets_better_and_its_cost_is_the_judges() -> None:
    problem = town(40, timed=True)
    first = search_part(problem, (), Orders(seconds=3600, rounds_max=20, seed=1))
    then = search_part(problem, first.drafts, Orders(seconds=3600, rounds_max=3000, seed=1, heat=(0.5, 0.05)))
    before, after = complete(problem, first.drafts), complete(problem, then.drafts)
    assert not check_plan(problem, after)
    assert weight(problem, after) < weight(problem, before)
    assert (then.left, then.cost) == (0, plan_cost(problem, after).total)
    assert then.penalties is None


def test_making_the_arrays_is_part_of_its_time() -> None:
    found = search_part(line_problem([0, 10, 20]), (), Orders(seconds=0.0))
    assert found.iterations == 0


def test_trips_are_told_one_by_one() -> None:
    problem = town_of_trips(40)
    found = search_part(problem, (), Orders(seconds=3600, rounds_max=1500))
    plan = complete(problem, found.drafts)
    assert max(len(trips) for _, trips in found.drafts) > 1
    assert not check_plan(problem, plan)
    assert (found.left, found.cost) == weight(problem, plan)


@pytest.mark.parametrize(
    ("credit", "seconds"), [((), 2), ((100,), 3), ((199,), 3), ((-1,), 1), ((-100,), 1), ((200,), 4)]
)
@pytest.mark.parametrize("best_from", [0.0, 1.0])
def test_a_level_may_be_missed_by_the_credit_of_others(credit: tuple[int, ...], seconds: int, best_from: float) -> None:
    """All four would rather go to the shop, at 10; the doors are 30 away each."""
    tasks = [task(number, Option(number + 2), Option(1, preference=1)) for number in range(4)]
    line = line_problem([0, 10, 30, 60, 90, 120], tasks=tasks, levels=(ServiceLevel(0, 50),))
    orders = Orders(seconds=3600, rounds_max=3000, credit=credit, best_from=best_from, heat=(0.2, 0.001))
    found = search_part(line, (), orders)
    chosen = [pick.option for _, trips in found.drafts for trip in trips for pick in trip]
    assert (found.left, sum(chosen)) == (0, seconds)
