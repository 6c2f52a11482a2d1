from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.routing.instance import Instance, UnreadableError
from benchmarks.routing.reading import read_instance
from logistics.routing.model import ServiceLevel, TimeWindow
from tests.benchmarks.routing.files import VRPDO, write


def read(folder: Path, text: str = VRPDO, name: str = "tiny.txt", distance: str | None = None) -> Instance:
    return read_instance(write(folder, name, text), distance=distance)


def test_customers_become_tasks_with_their_options(tmp_path: Path) -> None:
    instance = read(tmp_path)
    shop = instance.problem.tasks[1].options[1]
    assert instance.option_ids == ((0,), (1, 2), (3, 4))
    assert (shop.place, shop.preference, shop.service_s, shop.room, shop.room_use) == (4, 1, 2_000, "4", 1)
    assert instance.problem.room == {"4": 1}
    assert instance.problem.levels == (ServiceLevel(0, 80), ServiceLevel(1, 90))
    assert [task.deliver for task in instance.problem.tasks] == [(2,), (3,), (4,)]


def test_a_window_moves_by_the_set_up_for_ours_bounds_what_comes_after(tmp_path: Path) -> None:
    problem = read(tmp_path).problem
    assert problem.places[4].setup_s == 4_000
    assert problem.tasks[1].options[1].windows == (TimeWindow(12_000, 14_000),)


def test_driving_times_are_rounded_up_distances_to_the_nearest(tmp_path: Path) -> None:
    # 1-2 is sqrt(9 + 1) = 3.16228, in thousandths
    travel = read(tmp_path).problem.travel[0]
    assert (travel.travel_s(1, 2), travel.travel_m(1, 2)) == (3_163, 3_162)


def test_one_route_less_is_worth_any_way(tmp_path: Path) -> None:
    # each customer's farthest option and back: 2 x (5,000 + 5,000 + 6,000), and 1
    assert {car.cost_fixed for car in read(tmp_path).problem.vehicles} == {32_001}


@pytest.mark.parametrize(
    ("name", "distance", "metres", "due_s"),
    [
        ("tiny.txt", None, 3_162, 60_000),
        ("U_3small_1.txt", None, 32, 600),
        ("U_3medium_1.txt", None, 32, 600),
        ("U_3large_1.txt", None, 32, 600),
        ("tiny.txt", "ceil10", 32, 600),
        ("U_3small_1.txt", "euclid", 3_162, 60_000),
    ],
)
def test_the_name_decides_the_distance_unless_it_is_said(
    tmp_path: Path, name: str, distance: str | None, metres: int, due_s: int
) -> None:
    problem = read(tmp_path, name=name, distance=distance).problem
    assert problem.travel[0].travel_m(1, 2) == metres
    assert problem.vehicles[0].shift.end_s == due_s


def test_other_line_ends_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, VRPDO.replace("\n", "\r\n")).option_ids == read(tmp_path).option_ids


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("4 4 2 2 2 0\n", "", "OPTION: 5 rows numbered from 0 are due"),
        ("4 4 2 2 2 0\n", "4 9 2 2 2 0\n", "OPTION: option 4 names no location"),
        ("4 4 2 2 2 0\n", "4 4 2\n", "OPTION: line .* has 3 words"),
        ("4 4 2 2 2 0\n", "4 4 2 2 two 0\n", "OPTION: line .* holds what is no number"),
        ("0 1 0 0 5 0\n", "0 1 1 0 5 0\n", "OPTION: a customer has none"),
        ("0 0 0 -1 0 60 0 0", "0 0 0 -1 0 60 2 0", "LOCATION: 0 depots"),
    ],
)
def test_what_does_not_fit_is_refused_by_table(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    assert was in VRPDO
    with pytest.raises(UnreadableError, match=f"tiny.txt: {said}"):
        read(tmp_path, VRPDO.replace(was, becomes))
