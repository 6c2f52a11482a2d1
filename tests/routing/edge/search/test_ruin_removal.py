from __future__ import annotations

from logistics.routing.construct import complete
from logistics.routing.edge.search.ruin import day_of, search
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.model import Pick
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, van

HOT = Orders(seconds=60.0, rounds_max=300, heat=(50.0, 50.0))


def test_what_is_fixed_is_never_taken_off() -> None:
    """The far stop first costs 2 x 30 more than the others on the way; it was promised so."""
    fixed = (Pick(3), Pick(0))
    problem = line_problem([0, 10, 20, 30, 40], vehicles=[van(0, fixed=fixed), van(1)])
    answer = search(day_of(problem), ((0, (fixed,)),), HOT)
    assert check_plan(problem, complete(problem, answer.drafts)) == ()
    assert answer.missing == 0


def test_neighbours_leave_and_come_back_in_a_better_order() -> None:
    """There and back along a line is 2 x 60; the start zigzags."""
    problem = line_problem([0, 10, 20, 30, 40, 50, 60])
    zigzag = ((0, (tuple(Pick(number) for number in (5, 0, 4, 1, 3, 2)),)),)
    assert search(day_of(problem), zigzag, HOT).cost == 120
