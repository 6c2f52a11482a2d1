from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.routing.instance import FileRoute, check
from benchmarks.routing.reading import read_instance
from tests.benchmarks.routing.files import VRPDO, write

NO_LEVELS = VRPDO.replace("2 4 1 1 2 0", "2 4 1 0 2 0").replace("4 4 2 2 2 0", "4 4 2 0 2 0")
ROOMY = NO_LEVELS.replace("4 3 4 1 8 10", "4 3 4 2 8 10")


def parse(routes: str) -> list[FileRoute]:
    """Read ``0 1 | 3`` as two routes of options; vehicles count from 0."""
    split = [tuple(map(int, route.split())) for route in routes.split("|")]
    return [FileRoute(vehicle, visits) for vehicle, visits in enumerate(split)]


@pytest.mark.parametrize(
    ("text", "routes", "cost", "broken"),
    [
        # 5 + sqrt(10) + 5, and 6 + 6
        (VRPDO, "0 1 | 3", 25.1623, ""),
        (VRPDO, "0 | 1 | 3", 32.0, ""),
        (VRPDO, "0 | 2 | 3", 32.0, "2 of 3 customers get rank 0 or better, 80 % are due"),
        (VRPDO, "0 1 | 4", 23.1623, "2 of 3 customers get rank 1 or better, 90 % are due"),
        (VRPDO, "0 1", 13.1623, "customer 2 is served 0 times"),
        (VRPDO, "0 1 2 | 3", 28.3246, "customer 1 is served 2 times"),
        (VRPDO.replace("3\t9", "3\t8"), "0 | 3 1", 28.8102, ""),
        (VRPDO.replace("3\t9", "3\t6"), "0 | 3 1", 28.8102, "carries 7 of 6"),
        (VRPDO.replace("3\t9", "1\t9"), "0 1 | 3", 25.1623, "2 routes, but 1 vehicles"),
        (NO_LEVELS, "0 | 2 4", 20.0, "location 4 gets 2 parcels, but has room for 1"),
        # one halt: there at 5, waits to 8, 4 for the halt and 2 + 2: nobody minds the second starting after 10
        (ROOMY, "0 | 2 4", 20.0, ""),
        # at 1 at 5, 6 + 5: at the shop next door at 16
        (ROOMY, "0 2 4", 10.0, "reaches location 4 at 16.000, after 10"),
        # 8 + 4 + 2 + 2 = 16 and 5 home; two halts would be home at 25
        (ROOMY.replace("-1 0 60 0", "-1 0 21 0"), "0 | 2 4", 20.0, ""),
        (ROOMY.replace("-1 0 60 0", "-1 0 20 0"), "0 | 2 4", 20.0, "is back at 21.000, after 20"),
        (VRPDO, "0 1 | 9", 0.0, "no option"),
    ],
)
def test_an_answer_is_judged_by_the_file(tmp_path: Path, text: str, routes: str, cost: float, broken: str) -> None:
    instance = read_instance(write(tmp_path, "tiny.txt", text))
    found, violations = check(instance, parse(routes), [])
    assert found == pytest.approx(cost, abs=1e-4)
    assert broken in " ".join(violations)
    assert bool(violations) == bool(broken)


def test_ceiled_distances_are_tenfold_and_so_are_the_times(tmp_path: Path) -> None:
    # 50 + 32 + 50, and 60 + 60; in tenths the route 0 1 is back at 50 + 110 + 32 + 110 + 50 = 352
    instance = read_instance(write(tmp_path, "U_3small_1.txt", VRPDO.replace("-1 0 60 0", "-1 0 35.2 0")))
    assert check(instance, parse("0 1 | 3"), []) == (252, ())
    late = read_instance(write(tmp_path, "U_3small_2.txt", VRPDO.replace("-1 0 60 0", "-1 0 35.1 0")))
    assert "is back at 352" in check(late, parse("0 1 | 3"), [])[1][0]


def test_a_customer_left_out_is_never_feasible(tmp_path: Path) -> None:
    instance = read_instance(write(tmp_path, "tiny.txt", VRPDO))
    assert "customers are left out: [2]" in check(instance, parse("0 1"), instance.left_out_by(parse("0 1")))[1]
