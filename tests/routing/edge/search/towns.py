"""Towns on a plane, made from a seed: enough tasks to be cut into parts."""

from dataclasses import replace
from random import Random

import numpy as np

from logistics.routing.edge.search.expressible import can_express
from logistics.routing.matrix import PlaneTravel
from logistics.routing.model import Option, Place, Problem, Task, TimeWindow, Vehicle

OPEN = TimeWindow(0, 2**40)


def town(tasks: int, seed: int = 1, *, timed: bool = False) -> Problem:
    """Every van carries ten; with ``timed`` half of the tasks have a window, and a carrier would take any for 400."""
    random = Random(seed)
    xy = np.asarray([[500.0, 500.0], *([random.uniform(0, 1000), random.uniform(0, 1000)] for _ in range(tasks))])
    early_s = random.choices(range(3000), k=tasks)
    windows = [(TimeWindow(early, early + 900),) if timed and early % 2 else () for early in early_s]
    nouns = tuple(
        Task(f"t{number}", (Option(number + 1, windows[number]),), deliver=(1,), leave_cost=400 if timed else None)
        for number in range(tasks)
    )
    shift = TimeWindow(0, 5000) if timed else OPEN
    cars = tuple(
        Vehicle(f"v{number}", 0, 0, shift, capacity=(10,), cost_per_m=1, cost_fixed=50) for number in range(tasks // 8)
    )
    problem = Problem(tuple(Place() for _ in xy), nouns, cars, (PlaneTravel(xy),), dimensions=("pieces",))
    assert can_express(problem)
    return problem


def town_of_trips(tasks: int, seed: int = 1) -> Problem:
    """Make the same with half as many vans, which cost more and go up to three times a day."""
    problem = town(tasks, seed)
    cars = problem.vehicles[: max(1, tasks // 16)]
    return replace(problem, vehicles=tuple(replace(car, trips_max=3, cost_fixed=5000) for car in cars))
