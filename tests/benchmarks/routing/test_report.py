from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.routing.report import cell, main, mean_gap, size_class


def run(instance: str = "a", gap: float | None = 1.0, **more: Any) -> dict[str, Any]:
    plain = {"family": "X", "customers": 300, "engine": "ours", "seconds": 10.0, "feasible": True}
    counts = {"number_of_routes": 5, "best_known_routes": None, "peak_memory_mb": 100.4}
    return {"instance": instance, "gap_percent": gap, **plain, **counts, **more}


@pytest.mark.parametrize(
    ("family", "customers", "name"),
    [
        ("X", 283, "200-400 stops"),
        ("GH", 400, "200-400 stops"),
        ("ORTEC", 696, "400-700"),
        ("GH", 1_000, "1,000"),
        ("XXL", 10_000, "10,000"),
        ("PCVRPTW", 1_000, "leave-to-carrier (PCVRPTW)"),
        ("VRPDO", 50, "delivery options, 50 customers"),
    ],
)
def test_a_run_belongs_to_a_line(family: str, customers: int, name: str) -> None:
    assert size_class(run(family=family, customers=customers)) == name


def test_every_instance_weighs_the_same_however_often_it_ran() -> None:
    # a: (1 + 3) / 2 = 2, b: 4; of both 3
    assert mean_gap([run("a", 1.0), run("a", 3.0), run("b", 4.0)]) == 3.0
    assert mean_gap([run(gap=None)]) is None


def test_a_cell_tells_what_went_wrong() -> None:
    assert cell([]) == ""
    assert cell([run("a", 1.0), run("a", -9.0, feasible=False)]) == "+1.00 % (2 runs, 1 infeasible, 100 MB)"
    assert cell([run(feasible=False)]) == "- (1 runs, 1 infeasible, 100 MB)"
    assert cell([run(best_known_routes=4)]) == "+1.00 % (1 runs, 1 with too many routes, 100 MB)"


def test_the_table_has_a_line_per_size_and_time_and_a_column_per_engine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [run(), run(engine="pyvrp2", gap=2.0), run(customers=1_000, seconds=60.0, gap=0.5)]
    results = tmp_path / "results.jsonl"
    results.write_text("".join(f"{json.dumps(one)}\n" for one in runs), encoding="utf-8")
    assert main([str(results)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "| size | time | ours | pyvrp2 |",
        "|---|---|---|---|",
        "| 200-400 stops | 10 s | +1.00 % (1 runs, 100 MB) | +2.00 % (1 runs, 100 MB) |",
        "| 1,000 | 60 s | +0.50 % (1 runs, 100 MB) |  |",
    ]
    assert main([]) == 2
