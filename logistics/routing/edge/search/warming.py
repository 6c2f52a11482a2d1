"""Makes the compiled search ready: compiled if it never was, loaded from disk otherwise.

Compiling takes half a minute: done when the house is set up (`python -m logistics.routing.edge.search.warming`),
and never while somebody waits for a plan.
"""

from __future__ import annotations

from logistics.routing.edge.search.ruin import day_of, search
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.matrix import matrix_of
from logistics.routing.model import Option, Place, Problem, Task, TimeWindow, Vehicle

HOUR = TimeWindow(0, 3600)


def warm() -> int:
    """Search the smallest problem there is with all compiled functions; return the tasks it did."""
    problem = Problem(
        places=(Place(), Place()),
        tasks=(Task("task", (Option(1),)),),
        vehicles=(Vehicle("van", 0, 0, HOUR),),
        travel=(matrix_of([[0, 1], [1, 0]]),),
    )
    answer = search(day_of(problem), (), Orders(seconds=3600.0, rounds_max=2))
    return len(answer.drafts)


if __name__ == "__main__":
    warm()
