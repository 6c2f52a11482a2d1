"""Random small days for the tests of ruin and recreate: every rule it knows occurs in some of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from logistics.routing.edge.search.ruin import Answer, day_of, search
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.matrix import UNREACHABLE, HourlyMatrix, TravelMatrix
from logistics.routing.model import Break, DriveRest, Option, Problem, ServiceLevel, Task, TimeWindow
from tests.routing.builders import line_problem, task, van

ROUNDS = 400


def searched(problem: Problem, *, rounds: int = ROUNDS, seed: int = 1) -> Answer:
    """Search from nothing, so many rounds, however long they take."""
    return search(day_of(problem), (), Orders(seconds=60.0, rounds_max=rounds, seed=seed))


def random_day(seed: int) -> Problem:
    """Make a day of seven tasks on a line, three vehicles of different kinds, a store, a level and a quota."""
    lot = Random(seed)
    places = [0, 90, *(lot.randrange(5, 100) for _ in range(8))]
    return line_problem(
        places,
        tasks=[_task(lot, number, len(places)) for number in range(7)],
        vehicles=[
            van(0, capacity=(5, 60), cost_fixed=lot.choice((0, 30)), stops_max=lot.choice((None, 3))),
            van(1, capacity=(4, 90), start=1, end=lot.choice((None, 0, 1)), cost_per_s=lot.choice((0, 2)),
                shift=TimeWindow(20, 260), overtime_s_max=60, cost_per_s_overtime=3),
            van(2, capacity=(9, 90), cost_per_m=2, distance_m_max=lot.choice((None, 240)),
                duration_s_max=lot.choice((None, 200)), skills=frozenset({"crane"})),
        ],
        room={"shop": lot.randrange(1, 4)},
        levels=(ServiceLevel(0, 60),),
        quotas={"post": 1},
        setup_s=3,
        dimensions=("pieces", "cash_minor"),
    )  # fmt: skip


def played_day(seed: int) -> Problem:
    """Make the same day with hours, breaks, rests and several trips, each in some; goods may be on board already."""
    lot, day = Random(seed), random_day(seed)
    due, trips_max = Break(TimeWindow(40, 90), 15), lot.choice((1, 3))
    vehicles = [
        replace(
            car,
            breaks=(due,) if lot.random() < 0.5 else (),
            drive_rest=DriveRest(120, 10) if lot.random() < 0.3 else None,
            trips_max=lot.randint(1, trips_max) if rank else 1,
            reload_s=7,
            underway=lot.random() < 0.3,
        )
        for rank, car in enumerate(day.vehicles)
    ]
    tasks = [replace(one, aboard="van1") if lot.random() < 0.2 else one for one in day.tasks]
    calm = day.travel[0]
    assert isinstance(calm, TravelMatrix)
    slow = TravelMatrix(2 * calm.seconds, calm.metres)
    travel = HourlyMatrix((0, 60), (calm, slow), calm) if lot.random() < 0.5 else calm
    return replace(day, tasks=tuple(tasks), vehicles=tuple(vehicles), travel=(travel,))


def plain_day(seed: int, *, timeless: bool) -> Problem:
    """Make a day of twenty tasks for vehicles of which only metres, loads and perhaps windows are asked."""
    lot = Random(seed)
    places = [0, *(lot.randrange(5, 200) for _ in range(12))]
    shift = TimeWindow(0, UNREACHABLE if timeless else 900)
    tasks = []
    for one in range(20):
        opens_s = lot.randrange(0, 500)
        windows = () if timeless or lot.random() < 0.3 else (TimeWindow(opens_s, opens_s + lot.randrange(60, 300)),)
        tasks.append(
            task(one, Option(lot.randrange(1, 13), windows, lot.randrange(0, 20)), deliver=(lot.randrange(4),))
        )
    vehicles = [van(one, capacity=(lot.randrange(8, 16),), shift=shift, cost_fixed=50) for one in range(5)]
    return line_problem(places, tasks=tasks, vehicles=vehicles, setup_s=3)


def _task(lot: Random, number: int, places: int) -> Task:
    opens_s = lot.randrange(0, 150)
    ways = [Option(lot.randrange(2, places), (TimeWindow(opens_s, opens_s + lot.randrange(40, 120)),), 5)]
    if lot.random() < 0.5:
        ways.append(Option(2, (), 2, preference=1, cost=lot.randrange(-5, 6), room="shop"))
    return task(
        number,
        *ways,
        deliver=(lot.randrange(0, 3), 0),
        collect=(lot.randrange(0, 2), lot.choice((0, 25))),
        leave_cost=lot.choice((None, None, 60)),
        carrier=lot.choice(("", "post")),
        priority=lot.randrange(0, 3),
        skills=frozenset({"crane"}) if lot.random() < 0.1 else frozenset(),
        vehicles=frozenset({"van0", "van2"}) if lot.random() < 0.2 else None,
        vehicle_cost={"van1": 7} if lot.random() < 0.3 else {},
    )
