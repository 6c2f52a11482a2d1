from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.routing.instance import FileRoute, check
from benchmarks.routing.reading import read_instance
from tests.benchmarks.routing.files import CVRP, DEPOTS, MATRIX, MIXED, PRIZES, VRPTW, write


def parse(routes: str) -> list[FileRoute]:
    """Read ``1: 2 3 | 2: 4`` as two routes, each with its vehicle in front."""
    split = [route.split(":") for route in routes.split("|") if route.strip()]
    return [FileRoute(int(vehicle), tuple(map(int, visits.split()))) for vehicle, visits in split]


@pytest.mark.parametrize(
    ("text", "routes", "left_out", "cost", "broken"),
    [
        # 5 + 5 + 10, and 5 + 5
        (CVRP, "1: 2 3 | 2: 4", [], 30, ""),
        (CVRP, "1: 2 3 | 99: 4", [], 30, ""),  # nobody limited the fleet
        # 5 + 3 + 7 + 10
        (CVRP, "1: 2 4 3", [], 25, "carries 9 of 5"),
        (CVRP, "1: 2 3", [], 20, "customer 4 occurs 0 times"),
        (CVRP, "1: 2 3 | 2: 4 2", [], 33, "customer 2 occurs 2 times"),
        (CVRP, "1: 2 3", [4], 20, "customer 4 must not be left out"),
        (CVRP, "1: 2 3 | 1: 4", [], 30, "vehicle 1 has 2 routes"),
        (CVRP, "1: 2 3 | 2: 4 1", [], 20, "visits what is no customer"),
        # at 2 at 50, waits to 100; at 3 at 170; tenfold: 50 + 50 + 100, and 50 + 50
        (VRPTW, "1: 2 3 | 2: 4", [], 300, ""),
        # at 3 at 100, leaves at 120, at 2 at 170
        (VRPTW, "1: 3 2 | 2: 4", [], 300, "reaches customer 2 at 170, after 120"),
        (VRPTW, "1: 2 3 | 3: 4", [], 200, "vehicle 3 does not exist"),
        (VRPTW.replace("1 0 50\n2 10", "1 0 28\n2 10"), "1: 2 3 | 2: 4", [], 300, "is back at 290, after 280"),
        # 200 driven, and the prize of 1.5, tenfold
        (PRIZES, "1: 2 3", [4], 215, ""),
        (PRIZES, "1: 2 4", [3], 131, "customer 3 must not be left out"),
        # 10,000 + 2 x 10,000, and 20,000 + 3 x 20,000
        (MIXED, "1: 4 | 2: 2 3", [], 110_000, ""),
        (MIXED, "1: 2 3 | 2: 4", [], 100_000, "carries 5 of 4"),
        # leaves at 52.838 at the latest: 5 + 1 + 3.162 + 2 + 5 = 16.162 of 20
        (DEPOTS, "1: 3 4", [], 13_162, ""),
        # 3 closes at 51: leaves by 46, is back at 69
        (DEPOTS.replace("50 60", "50 51"), "1: 3 4", [], 13_162, "lasts 23000 of 20000"),
        # the second depot is at (6, 8): 5 + 5, and from the first 5 + 5
        (DEPOTS, "2: 3 | 1: 4", [], 20_000, ""),
        (MATRIX, "1: 2 3", [], 38, ""),  # 10 + 7 + 21
        # 20 + 8 + 11: at 3 at 20, leaves at 25, at 2 at 33
        (MATRIX, "1: 3 2", [], 39, ""),
    ],
)  # fmt: skip
def test_an_answer_is_judged_by_the_file(
    tmp_path: Path, text: str, routes: str, left_out: list[int], cost: int, broken: str
) -> None:
    found, violations = check(read_instance(write(tmp_path, "tiny.vrp", text)), parse(routes), left_out)
    assert found == cost
    assert broken in " ".join(violations)
    assert bool(violations) == bool(broken)


def test_a_customer_may_be_kept_from_a_vehicle(tmp_path: Path) -> None:
    clients = "VEHICLES_ALLOWED_CLIENTS_SECTION\n1 2 3\n2 4\nDEPOT_SECTION"
    instance = read_instance(write(tmp_path, "tiny.vrp", VRPTW.replace("DEPOT_SECTION", clients)))
    assert check(instance, parse("1: 2 3 | 2: 4"), []) == (300, ())
    _, violations = check(instance, parse("2: 2 3 | 1: 4"), [])
    assert len(violations) == 2
    assert [task.vehicles for task in instance.problem.tasks] == [frozenset("1"), frozenset("1"), frozenset("2")]
