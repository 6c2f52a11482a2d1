from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.routing.__main__ import main, progress
from benchmarks.routing.instance import FileRoute
from benchmarks.routing.reading import read_instance
from benchmarks.routing.run import Order, record_of
from tests.benchmarks.routing.files import CVRP, PRIZES, VRPDO, write


def test_a_file_is_run_in_a_process_of_its_own_and_said_as_a_line(tmp_path: Path) -> None:
    file, out = write(tmp_path, "tiny.vrp", CVRP), tmp_path / "results.jsonl"
    table = write(tmp_path, "known.csv", "instance,best_known\ntiny,24\n")
    words = [str(file), "--seconds", "0.2", "--cores", "1", "--seed", "3", "--engine", "pyvrp", "--out", str(out)]
    assert main([*words, "--best-known", str(table)]) == 0
    assert main(words) == 0
    known, unknown = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert (known["instance"], known["family"], known["cores"], known["seed"]) == ("tiny", "X", 1, 3)
    assert (known["cost"], known["best_known"], known["gap_percent"]) == (30, 24, 25.0)
    assert (unknown["cost"], unknown["best_known"], unknown["gap_percent"]) == (30, None, None)
    assert known["feasible"]
    assert sorted(sorted(route["visits"]) for route in known["routes"]) == [[2, 3], [4]]
    assert known["left_out"] == []
    assert known["wall_s"] >= 0.2
    assert known["peak_memory_mb"] > 20


def test_our_engine_is_what_is_run_if_nothing_else_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write(tmp_path, "tiny.vrp", CVRP)), "--seconds", "0.5", "--in-process"]) == 0
    said = capsys.readouterr()
    record = json.loads(said.out.splitlines()[-1])
    assert (record["engine"], record["cost"], record["feasible"]) == ("ours", 30, True)
    assert "tiny ours seed 0: 30 (no best known), feasible, 2 routes" in said.err


@pytest.mark.parametrize("where", [["--in-process"], []])
def test_a_file_that_cannot_be_read_is_said_and_the_others_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], where: list[str]
) -> None:
    bad = write(tmp_path, "bad.vrp", CVRP.replace("EUC_2D", "GEO"))
    good = write(tmp_path, "good.vrp", CVRP)
    assert main([str(bad), str(good), "--engine", "pyvrp", "--seconds", "0.1", *where]) == 1
    said = capsys.readouterr()
    assert "bad.vrp: EDGE_WEIGHT_TYPE: 'GEO' is not read here" in said.err
    assert json.loads(said.out.splitlines()[-1])["instance"] == "good"


def test_an_infeasible_answer_is_said_to_be(tmp_path: Path) -> None:
    file = write(tmp_path, "tiny.vrp", CVRP)
    record = record_of(Order(file), read_instance(file), (FileRoute(1, (2, 3, 4)),), 1.0)
    assert (record["feasible"], record["violations"]) == (False, ["route of vehicle 1: carries 9 of 5"])
    assert "INFEASIBLE (route of vehicle 1: carries 9 of 5)" in progress(record)


def test_customers_left_out_are_named_and_paid_for(tmp_path: Path) -> None:
    file = write(tmp_path, "tiny.vrp", PRIZES)
    record = record_of(Order(file), read_instance(file), (FileRoute(1, (2, 3)),), 1.0)
    assert (record["left_out"], record["cost"], record["feasible"]) == ([4], 215, True)


def test_delivery_options_are_named_by_option_and_routes_counted(tmp_path: Path) -> None:
    file = write(tmp_path, "tiny.txt", VRPDO)
    routes = (FileRoute(0, (0, 1)), FileRoute(1, (3,)))
    record = record_of(Order(file), read_instance(file), routes, 1.0)
    assert record["routes"] == [{"vehicle": 0, "visits": [0, 1]}, {"vehicle": 1, "visits": [3]}]
    assert (record["cost"], record["number_of_routes"], record["feasible"]) == (25.1623, 2, True)
