from logistics.routing.edge.search.ruin_orders import is_plan
from logistics.routing.model import Pick
from tests.routing.builders import line_problem


def test_a_start_is_a_plan_when_most_tasks_are_on_its_routes() -> None:
    problem = line_problem([0, 10, 20, 30, 40])
    two_of_four = ((0, ((Pick(0),), (Pick(1),))),)
    assert not is_plan(problem, ())
    assert not is_plan(problem, two_of_four)
    assert is_plan(problem, (*two_of_four, (1, ((Pick(2),),))))
