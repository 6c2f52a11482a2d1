from logistics.routing.compare import Moved, compare
from tests.routing.builders import line_problem, plan_of, van


def test_what_moved_and_what_it_costs() -> None:
    problem = line_problem([0, 10, -10, 20], vehicles=[van(0), van(1)])
    before = plan_of(problem, "0 1", left_out=[2])  # 10 + 20 + 10 = 40
    after = plan_of(problem, "0 2 / 1")  # 40 + 20 = 60
    comparison = compare(problem, before, after)
    assert comparison.moved == (Moved(1, 0, 1), Moved(2, None, 0))
    assert (comparison.extra_cost, comparison.extra_left_out) == (20, -1)
