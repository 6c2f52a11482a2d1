"""What cannot be done at all is kept from searches, with whoever goes only together with it."""

from __future__ import annotations

from dataclasses import replace

from logistics.routing.doable import doable
from logistics.routing.model import Option, Pick, Problem, Task
from tests.routing.builders import line_problem, task, van


def nowhere(number: int, **changes: object) -> Task:
    return replace(task(number, Option(1)), options=(), **changes)  # type: ignore[arg-type] # fields of a task


def day() -> Problem:
    """Task 1 is nowhere, 3 brings from it, and 5 brings from 4."""
    tasks = [
        task(0),
        nowhere(1, leave_cost=7, carrier="x"),
        task(2),
        task(3, brings_from=1),
        task(4),
        task(5, brings_from=4),
    ]
    cars = [van(0, fixed=(Pick(2),)), van(1)]
    return line_problem([0, 10, 20, 30, 40, 50, 60], tasks=tasks, vehicles=cars, quotas={"x": 1, "y": 2})


def test_a_day_on_which_all_can_be_done_is_left_as_it_is() -> None:
    assert doable(line_problem([0, 10, 20])) is None


def test_what_is_nowhere_goes_with_all_that_go_only_together_with_it() -> None:
    part = doable(day())
    assert part is not None
    assert part.tasks == (0, 2, 4, 5)
    assert [one.id for one in part.problem.tasks] == ["t0", "t2", "t4", "t5"]
    assert [one.brings_from for one in part.problem.tasks] == [None, None, None, 2]
    assert part.problem.vehicles[0].fixed == (Pick(1),)
    assert part.problem.quotas == {"x": 0, "y": 2}


def test_routes_go_there_and_back() -> None:
    part = doable(day())
    assert part is not None
    whole = ((0, ((Pick(2), Pick(0)),)), (1, ((Pick(4), Pick(5)),)))
    smaller = ((0, ((Pick(1), Pick(0)),)), (1, ((Pick(2), Pick(3)),)))
    assert part.of_whole(whole) == smaller
    assert part.back(smaller) == whole
    assert part.of_whole(((0, ((Pick(2), Pick(3)),)),)) == ((0, ((Pick(1),),)),)


def test_a_bringing_that_is_nowhere_takes_its_fetching_along_unless_that_is_fixed() -> None:
    tasks = [task(0), nowhere(1, brings_from=0)]
    problem = line_problem([0, 10, 20], tasks=tasks)
    part = doable(problem)
    assert part is not None
    assert part.tasks == ()
    held = doable(replace(problem, vehicles=(van(0, fixed=(Pick(0),)),)))
    assert held is not None
    assert held.tasks == (0,)
