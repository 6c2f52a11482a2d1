"""A day so small that every plan of it can be written down."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from logistics.routing.model import Option, Pick, Problem, TimeWindow
from tests.routing.builders import line_problem, task, van

W = TimeWindow


def tiny() -> Problem:
    """Three tasks, one with a store; two vans from two depots; windows, capacity, cash and room all bind."""
    shop = Option(3, service_s=4, cost=-3, room="shop")
    tasks = [
        task(0, Option(1, windows=(W(0, 30), W(60, 90)), service_s=5), shop, deliver=(1, 0), collect=(0, 20)),
        task(1, Option(2, windows=(W(20, 45),), service_s=5), shop, deliver=(1, 0), collect=(0, 30)),
        task(2, Option(4, service_s=5), deliver=(1, 0), leave_cost=25),
    ]
    cars = [
        van(0, capacity=(2, 40), cost_fixed=5, cost_per_s=1),
        van(1, start=5, end=5, capacity=(3, 60), shift=W(10, 110), cost_per_m=2),
    ]
    return line_problem(
        [0, 12, 30, 20, 50, 44],
        tasks=tasks,
        vehicles=cars,
        room={"shop": 1},
        setup_s=2,
        dimensions=("pieces", "cash_minor"),
    )


Decision = tuple[tuple[tuple[Pick, ...], tuple[Pick, ...]], bool]


def every_plan(problem: Problem) -> Iterator[Decision]:
    for options in ((a, b) for a in range(2) for b in range(2)):
        for carrier in (False, True):
            picks = [Pick(0, options[0]), Pick(1, options[1]), *([] if carrier else [Pick(2)])]
            for order in permutations(picks):
                for cut in range(len(order) + 1):
                    yield (order[:cut], order[cut:]), carrier
