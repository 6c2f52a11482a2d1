from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import pyvrp

from benchmarks.routing.instance import Instance, UnreadableError
from benchmarks.routing.pyvrp_peer import translate
from benchmarks.routing.reading import read_instance
from benchmarks.routing.vrplib import NO_HURRY_S
from logistics.routing.matrix import PlaneTravel
from logistics.routing.model import TimeWindow
from tests.benchmarks.routing.files import CVRP, DEPOTS, MATRIX, MIXED, PRIZES, VRPTW, write

ROUNDING = {"X": "round", "GH": "dimacs", "PCVRPTW": "dimacs", "MDVRPTW": "exact", "HFVRP": "exact", "ORTEC": "round"}


def read(folder: Path, text: str) -> Instance:
    return read_instance(write(folder, "tiny.vrp", text))


@pytest.mark.parametrize(
    ("text", "family"),
    [
        (CVRP, "X"),
        (VRPTW, "GH"),
        (PRIZES, "PCVRPTW"),
        (MIXED, "HFVRP"),
        (DEPOTS, "MDVRPTW"),
        (MATRIX, "ORTEC"),
        (VRPTW.replace("\n", "\r\n"), "GH"),
        (CVRP.replace(" : ", ":"), "X"),
    ],
)
def test_the_content_tells_the_family(tmp_path: Path, text: str, family: str) -> None:
    assert read(tmp_path, text).family == family


@pytest.mark.parametrize("text", [CVRP, VRPTW, PRIZES, MIXED, DEPOTS, MATRIX])
def test_it_is_read_as_pyvrp_reads_it(tmp_path: Path, text: str) -> None:
    check_against_pyvrp(write(tmp_path, "tiny.vrp", text))


def check_against_pyvrp(path: Path) -> None:
    instance = read_instance(path)
    theirs = pyvrp.read(path, ROUNDING[instance.family])
    ours, _, fleets = translate(instance.problem, instance.load_scale)
    assert np.array_equal(ours.distance_matrix(0), theirs.distance_matrix(0))
    assert np.array_equal(ours.duration_matrix(0), theirs.duration_matrix(0))
    for one, other in zip(ours.clients(), theirs.clients(), strict=True):
        for name in ("location", "delivery", "service_duration", "tw_early", "tw_late", "prize", "required"):
            assert getattr(one, name) == getattr(other, name), name
    for kind, other_kind in zip(ours.vehicle_types(), theirs.vehicle_types(), strict=True):
        for name in ("capacity", "fixed_cost", "unit_distance_cost", "tw_early", "tw_late", "shift_duration"):
            assert getattr(kind, name) == getattr(other_kind, name), name
        assert ours.depot(kind.start_depot).location == theirs.depot(other_kind.start_depot).location
    if instance.family != "X":  # without VEHICLES, PyVRP takes one per customer
        assert sum(map(len, fleets)) == theirs.num_vehicles


def test_distances_are_rounded_where_nothing_else_is_asked_for(tmp_path: Path) -> None:
    # 2-4 is sqrt(9 + 1) = 3.16, 3-4 is sqrt(36 + 9) = 6.71
    travel = read(tmp_path, CVRP).problem.travel[0]
    assert [travel.travel_m(1, 3), travel.travel_m(2, 3), travel.travel_s(2, 3)] == [3, 7, 7]


def test_windows_make_everything_tenfold_and_truncated(tmp_path: Path) -> None:
    problem = read(tmp_path, VRPTW).problem
    assert problem.travel[0].travel_m(1, 3) == 31
    assert problem.tasks[1].options[0].windows == (TimeWindow(0, 301),)
    assert [task.options[0].service_s for task in problem.tasks] == [20, 20, 20]
    assert problem.vehicles[0].shift == TimeWindow(0, 500)
    assert len(problem.vehicles) == 2


def test_several_depots_make_everything_thousandfold_and_rounded(tmp_path: Path) -> None:
    problem = read(tmp_path, DEPOTS).problem
    assert problem.travel[0].travel_m(2, 3) == 3162
    assert [(car.start, car.end, car.duration_s_max) for car in problem.vehicles] == [(0, 0, 20_000), (1, 1, 20_000)]
    assert [task.id for task in problem.tasks] == ["3", "4"]


def test_a_mixed_fleet_keeps_its_costs(tmp_path: Path) -> None:
    vehicles = read(tmp_path, MIXED).problem.vehicles
    assert [(car.capacity[0], car.cost_fixed, car.cost_per_m) for car in vehicles] == [
        (4, 10_000, 2),
        (9, 20_000, 3),
        (9, 20_000, 3),
    ]


def test_a_prize_is_the_price_of_leaving_and_none_forbids_it(tmp_path: Path) -> None:
    assert [task.leave_cost for task in read(tmp_path, PRIZES).problem.tasks] == [70, None, 15]


def test_an_explicit_matrix_is_taken_as_written(tmp_path: Path) -> None:
    problem = read(tmp_path, MATRIX).problem
    assert [problem.travel[0].travel_m(0, 1), problem.travel[0].travel_m(1, 0)] == [10, 11]
    assert problem.tasks[0].options[0].service_s == 5


def test_a_fleet_without_a_number_is_large_enough(tmp_path: Path) -> None:
    # 9 units at 5 a vehicle: 2 vehicles at least, 1.3 x 2 rounded up and 3 to spare
    problem = read(tmp_path, CVRP).problem
    assert len(problem.vehicles) == 6
    assert problem.vehicles[0].shift.end_s == NO_HURRY_S


def test_thousands_of_customers_get_no_matrix(tmp_path: Path) -> None:
    nodes = range(1, 3_003)
    places = "".join(f"{node} {node} {node % 7}\n" for node in nodes)
    loads = "".join(f"{node} 1\n" for node in nodes)
    head = "TYPE : CVRP\nDIMENSION : 3002\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 100\n"
    instance = read(tmp_path, f"{head}NODE_COORD_SECTION\n{places}DEMAND_SECTION\n{loads}DEPOT_SECTION\n1\n-1\n")
    assert instance.family == "XXL"
    assert isinstance(instance.problem.travel[0], PlaneTravel)


def test_a_lower_row_matrix_is_the_same_both_ways(tmp_path: Path) -> None:
    lower = MATRIX.replace("FULL_MATRIX", "LOWER_ROW").replace("0 10 20\n11 0 7\n21 8 0\n", "10\n20 7\n")
    travel = read(tmp_path, lower).problem.travel[0]
    assert [travel.travel_m(0, 2), travel.travel_m(2, 0), travel.travel_m(2, 1)] == [20, 20, 7]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CVRP.replace("TYPE : CVRP", "TYPE : VRPB"), "TYPE: 'VRPB' is not read here"),
        (CVRP.replace("CAPACITY", "DISTANCE : 9\nCAPACITY"), "DISTANCE: is not read here"),
        (CVRP.replace("DEPOT_S", "BACKHAUL_SECTION\nDEPOT_S"), "BACKHAUL_SECTION: is not read here"),
        (CVRP.replace("CAPACITY : 5\n", ""), "VEHICLES: neither their number nor one CAPACITY"),
        (CVRP.replace("EUC_2D", "GEO"), "EDGE_WEIGHT_TYPE: 'GEO' is not read here"),
        (CVRP.replace("4 4\n", "4 4.5\n"), "DEMAND_SECTION: 4.5 is no whole number"),
        (CVRP.replace("SECTION\n1\n-1", "SECTION\n4\n-1"), "DEPOT_SECTION: .* must be the first nodes"),
        (CVRP.replace(": 4", ": four"), "DIMENSION: 'four' is no number"),
        (MATRIX.replace("21 8 0\n", "21 8\n"), "EDGE_WEIGHT_SECTION: has 8 numbers where FULL_MATRIX has 9"),
        (MATRIX.replace("FULL_MATRIX", "UPPER_ROW"), "EDGE_WEIGHT_FORMAT: 'UPPER_ROW' is not read here"),
        (MATRIX.replace("21 8 0", "21 8.5 0"), "EDGE_WEIGHT_SECTION: holds figures that are no whole numbers"),
        (DEPOTS.replace("2 2\r\nDEPOT", "2 3\r\nDEPOT"), "VEHICLES_DEPOT_SECTION: names a node that is no depot"),
    ],
)
def test_what_cannot_be_read_is_refused_by_file_and_section(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=f"tiny.vrp: {said}"):
        read(tmp_path, text)


@pytest.mark.data
def test_the_shared_files_are_read_as_pyvrp_reads_them(shared_data: Path) -> None:
    """Ghent1 is left out: PyVRP's own reader would take gigabytes for it."""
    files = [path for family in ROUNDING for path in sorted((shared_data / "routing" / family).glob("*"))]
    assert len(files) >= 10
    for path in files:
        check_against_pyvrp(path)
