"""Busy days for benchmarks, from a seed: doors in clusters, vans from one depot, some narrow windows, some stores.

Days of one ``city`` have their clusters in the same places, so that one day can teach something about the next.
"""

from __future__ import annotations

from math import degrees
from random import Random

import numpy as np
from numpy.typing import NDArray

from logistics.kit.geo import EARTH_RADIUS_M, Point
from logistics.routing.matrix import TravelMatrix
from logistics.routing.model import Option, Place, Problem, Task, TimeWindow, Vehicle

METRES_A_SECOND = 7.0
DETOUR = 1.3
SIDE_M, CLUSTERS, CLUSTER_M = 16_000, 12, 1_200
DAY = TimeWindow(8 * 3600, 18 * 3600)
PARCELS_OF_A_VAN = 40
NARROW_SHARE = 0.4  # of the doors have a window of two hours
UNITS_A_METRE, UNITS_A_SECOND, UNITS_A_VAN = 3, 8, 60_000


def make_day(tasks: int, seed: int, *, stores: int = 0, city: int | None = None) -> Problem:
    """Make a day of so many doors; with stores, every second task may also go to the two nearest of them."""
    chance = Random(seed)
    places = _points(tasks, stores, chance, chance if city is None else Random(city))
    nouns = tuple(_task(number, places, tasks, stores, chance) for number in range(tasks))
    vans = tuple(
        Vehicle(
            f"van{number}",
            0,
            0,
            DAY,
            (PARCELS_OF_A_VAN,),
            cost_fixed=UNITS_A_VAN,
            cost_per_m=UNITS_A_METRE,
            cost_per_s=UNITS_A_SECOND,
        )
        for number in range(-(-tasks * 5 // (4 * PARCELS_OF_A_VAN)) * 2)
    )
    return Problem(
        places=tuple(Place(_on_earth(*xy), 0 if number == 0 else 60) for number, xy in enumerate(places.tolist())),
        tasks=nouns,
        vehicles=vans,
        travel=(_travel(places),),
        dimensions=("parcels",),
        room={f"store{number}": 15 for number in range(stores)},
    )


def _points(tasks: int, stores: int, chance: Random, founder: Random) -> NDArray[np.float64]:
    centres = [(founder.uniform(0, SIDE_M), founder.uniform(0, SIDE_M)) for _ in range(CLUSTERS)]
    points = [(SIDE_M / 2, SIDE_M / 2)]
    for _ in range(tasks):
        x, y = centres[chance.randrange(CLUSTERS)]
        points.append((chance.gauss(x, CLUSTER_M), chance.gauss(y, CLUSTER_M)))
    points += [centres[number % CLUSTERS] for number in range(stores)]
    return np.array(points)


def _on_earth(x_m: float, y_m: float) -> Point:
    """Lay the plane on the equator, where a degree is the same to the east and to the north."""
    return Point(lat=degrees(y_m / EARTH_RADIUS_M), lon=degrees(x_m / EARTH_RADIUS_M))


def _task(number: int, points: NDArray[np.float64], tasks: int, stores: int, chance: Random) -> Task:
    windows: tuple[TimeWindow, ...] = ()
    if chance.random() < NARROW_SHARE:
        start_s = chance.randrange(DAY.start_s, DAY.end_s - 2 * 3600, 1800)
        windows = (TimeWindow(start_s, start_s + 2 * 3600),)
    options = [Option(number + 1, windows=windows, service_s=chance.choice((60, 90, 120, 180)))]
    if stores and number % 2 == 0:
        apart = np.hypot(*(points[tasks + 1 :] - points[number + 1]).T)
        options += [
            Option(tasks + 1 + int(store), service_s=20, kind="store", preference=1, room=f"store{int(store)}")
            for store in np.argsort(apart)[:2]
        ]
    return Task(f"t{number}", tuple(options), deliver=(chance.choice((1, 1, 1, 2)),))


def _travel(points: NDArray[np.float64]) -> TravelMatrix:
    steps = points[:, None, :] - points[None, :, :]
    metres = np.rint(DETOUR * np.hypot(steps[..., 0], steps[..., 1])).astype(np.int64)
    return TravelMatrix(np.ceil(metres / METRES_A_SECOND).astype(np.int64), metres)
