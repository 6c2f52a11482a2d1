from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.routing.instance import check
from benchmarks.routing.peers import ENGINES, solve
from benchmarks.routing.pyvrp_peer import translate
from benchmarks.routing.reading import read_instance
from tests.benchmarks.routing.files import CVRP, DEPOTS, MATRIX, MIXED, PRIZES, VRPDO, VRPTW, write


def solved(folder: Path, text: str, engine: str) -> tuple[float, tuple[str, ...]]:
    instance = read_instance(write(folder, "tiny.txt", text))
    answer = solve(instance, engine, seconds=0.3, cores=1, seed=1)
    return check(instance, answer.routes, instance.left_out_by(answer.routes))


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_understands_the_problem(tmp_path: Path, engine: str) -> None:
    # 2 and 3 together (5 + 5 + 10), 4 alone (5 + 5)
    assert solved(tmp_path, CVRP, engine) == (30, ())


@pytest.mark.parametrize("engine", ["ours", "pyvrp", "ortools"])
@pytest.mark.parametrize(
    ("text", "cost"),
    [
        (VRPTW, 217),  # 2, 3, 4 in this order keep the windows: 50 + 50 + 67 + 50
        (PRIZES, 215),  # the way over 4 costs 17 more than 2 and 3 alone, its prize is 15
        (MIXED, 85_124),  # a large one takes all: 20,000 + 3 x (5,000 + 5,000 + 6,708 + 5,000)
        (DEPOTS, 13_162),  # 3 and 4 from the first depot: 5,000 + 3,162 + 5,000
        (DEPOTS.replace("50 60", "50 51"), 20_000),  # together they would last 23,000 of 20,000: one from each depot
        (MATRIX, 38),  # 10 + 7 + 21
    ],
)
def test_every_family_is_translated(tmp_path: Path, engine: str, text: str, cost: int) -> None:
    assert solved(tmp_path, text, engine) == (cost, ())


def test_pyvrp_sets_up_once_per_halt(tmp_path: Path) -> None:
    data, picks, fleets = translate(read_instance(write(tmp_path, "tiny.txt", VRPDO)).problem)
    # 5 driven and 4 for the shop, in thousandths; from one parcel to the next at the shop nothing
    assert (data.duration_matrix(0)[0, 4], data.duration_matrix(0)[4, 4]) == (9_000, 0)
    assert data.distance_matrix(0)[0, 4] == 5_000
    assert [pick.option for pick in picks] == [0, 0, 1, 0, 1]
    assert fleets == [[0, 1, 2]]


@pytest.mark.parametrize("engine", ["pyvrp", "ortools"])
def test_what_a_peer_cannot_say_is_reported_as_broken(tmp_path: Path, engine: str) -> None:
    # Both shop options lie beside the first customer's home: 5 + 0 + 5, but only one of three gets rank 0.
    roomy = VRPDO.replace("4 3 4 1 8 10", "4 3 4 2 0 60")
    cost, violations = solved(tmp_path, roomy, engine)
    assert cost == 10.0
    assert "1 of 3 customers get rank 0 or better, 80 % are due" in violations
