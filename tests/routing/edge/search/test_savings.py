from typing import Any

import numpy as np
import pytest

from logistics.routing.edge.search import savings
from logistics.routing.edge.search.expressible import kinds_of
from logistics.routing.matrix import TravelMatrix
from logistics.routing.model import LIMITLESS, Option, TimeWindow
from tests.routing.builders import line_problem, task, van
from tests.routing.edge.search.towns import OPEN, town


def test_neighbours_on_a_ray_are_joined_as_far_as_one_vehicle_carries() -> None:
    cars = [van(number, capacity=(2,), shift=OPEN) for number in range(4)]
    problem = line_problem([0, 10, 11, -10, -11], vehicles=cars)
    # Joining the pair at 10 and 11 saves 10 + 11 - 1; across the depot nothing is saved.
    assert sorted(sorted(route) for route in savings.join(problem, 0, (2,))) == [[0, 1], [2, 3]]
    assert len(savings.join(problem, 0, (1,))) == 4
    assert len(savings.join(problem, 0, (LIMITLESS,))) == 2


def test_ends_are_joined_to_ends_only() -> None:
    problem = line_problem([0, 10, 20, 30, 40], vehicles=[van(0, shift=OPEN)])
    assert savings.join(problem, 0, (9,))[0] in ([0, 1, 2, 3], [3, 2, 1, 0])


def test_a_plane_and_its_matrix_have_the_same_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(savings, "NEIGHBOURS", 5)
    monkeypatch.setattr(savings, "BLOCK_ROWS", 7)
    problem = town(30)
    places = np.arange(31)
    seconds, metres = problem.travel[0].block(places, places)
    full = line_problem(list(range(31)), travel=(TravelMatrix(seconds, metres),))
    ways = [np.sort(savings.neighbours(one, places[1:])[1], axis=1) for one in (problem, full)]
    assert (ways[0] == ways[1]).all()


def test_too_few_vehicles_carry_the_fullest_routes() -> None:
    problem = line_problem([0, 10, 11, -10], vehicles=[van(0, capacity=(2,), shift=OPEN)])
    assert [sorted(pick.task for pick in trips[0]) for _, trips in savings.construct(problem, [[0]])] == [[0, 1]]


@pytest.mark.parametrize(
    ("car", "noun", "verdict"),
    [
        ({}, {}, True),
        ({"shift": TimeWindow(0, 900)}, {}, False),
        ({"end": None}, {}, False),
        ({"distance_m_max": 90}, {}, False),
        ({}, {"leave_cost": 9}, False),
        ({}, {"skills": frozenset({"ice"})}, False),
    ],
)
def test_it_is_used_only_where_loads_alone_bind(car: dict[str, Any], noun: dict[str, Any], *, verdict: bool) -> None:
    problem = line_problem([0, 10], tasks=[task(0, **noun)], vehicles=[van(0, **({"shift": OPEN} | car))])
    assert savings.fits(problem, kinds_of(problem)) is verdict
    windowed = line_problem(
        [0, 10], tasks=[task(0, Option(1, windows=(TimeWindow(0, 9),)))], vehicles=[van(0, shift=OPEN)]
    )
    assert not savings.fits(windowed, kinds_of(windowed))
