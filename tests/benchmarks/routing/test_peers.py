from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.routing.instance import check
from benchmarks.routing.peers import ENGINES, solve
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
        (MATRIX, 38),  # 10 + 7 + 21
    ],
)
def test_every_family_is_translated(tmp_path: Path, engine: str, text: str, cost: int) -> None:
    assert solved(tmp_path, text, engine) == (cost, ())


@pytest.mark.parametrize("engine", ["pyvrp", "ortools"])
def test_what_a_peer_cannot_say_is_reported_as_broken(tmp_path: Path, engine: str) -> None:
    # Both shop options lie beside the first customer's home: 5 + 0 + 5, but only one of three gets rank 0.
    roomy = VRPDO.replace("4 3 4 1 8 10", "4 3 4 2 0 60")
    cost, violations = solved(tmp_path, roomy, engine)
    assert cost == 10.0
    assert "1 of 3 customers get rank 0 or better, 80 % are due" in violations
