"""Tables of results: ``python -m benchmarks.routing.report RESULTS.jsonl...`` prints Markdown.

Decides what belongs together. The mean is over instances, of each the mean over its seeds. Only feasible runs count;
how many were not is said. A VRPDO plan with more routes than the best known is marked, for fewer routes come first.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

Record = dict[str, Any]
SPECIAL = {"PCVRPTW": "leave-to-carrier", "MDVRPTW": "several depots", "HFVRP": "mixed fleet"}
SIZES = ((400, "200-400 stops"), (700, "400-700"), (3_000, "1,000"))
ORDER = ("ours", "ortools", "pyvrp", "pyvrp2")


def main(files: Sequence[str]) -> int:
    """Print both tables."""
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    records = [json.loads(line) for file in files for line in Path(file).read_text(encoding="utf-8").splitlines()]
    engines = sorted({record["engine"] for record in records}, key=_place)
    print(table(records, engines, "size", size_class))
    print()
    print(table(records, engines, "instance", lambda record: f"{record['family']}/{record['instance']}"))
    return 0


def size_class(record: Record) -> str:
    """Tell which line of the table a run belongs to."""
    if record["family"] == "VRPDO":
        return f"delivery options, {record['customers']} customers"
    if record["family"] in SPECIAL:
        return f"{SPECIAL[record['family']]} ({record['family']})"
    return next((name for most, name in SIZES if record["customers"] <= most), "10,000")


def table(records: Sequence[Record], engines: Sequence[str], head: str, name_of: Any) -> str:
    """Return one Markdown table: a line per name and time limit, a column per engine."""
    cells: dict[tuple[str, float], dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        cells[name_of(record), record["seconds"]][record["engine"]].append(record)
    lines = [f"| {head} | time | {' | '.join(engines)} |", f"|{'---|' * (len(engines) + 2)}"]
    for (name, seconds), by_engine in sorted(cells.items(), key=lambda item: (_size(item[1]), item[0])):
        told = " | ".join(cell(by_engine.get(engine, [])) for engine in engines)
        lines.append(f"| {name} | {seconds:g} s | {told} |")
    return "\n".join(lines)


def cell(runs: Sequence[Record]) -> str:
    """Say the mean gap, the number of runs, and what is wrong with any of them."""
    if not runs:
        return ""
    good = [run for run in runs if run["feasible"]]
    gaps = mean_gap(good)
    told = "-" if gaps is None else f"{gaps:+.2f} %"
    notes = [f"{len(runs)} runs"]
    if len(good) < len(runs):
        notes.append(f"{len(runs) - len(good)} infeasible")
    over = sum(run["number_of_routes"] > run["best_known_routes"] for run in good if run["best_known_routes"])
    if over:
        notes.append(f"{over} with too many routes")
    memory = max((run["peak_memory_mb"] or 0 for run in runs), default=0)
    return f"{told} ({', '.join(notes)}, {memory:.0f} MB)"


def mean_gap(runs: Iterable[Record]) -> float | None:
    """Return the mean over instances of the mean over their runs, in per cent; None if no gap is known."""
    gaps: dict[str, list[float]] = defaultdict(list)
    for run in runs:
        if run["gap_percent"] is not None:
            gaps[f"{run['family']}/{run['instance']}"].append(run["gap_percent"])
    return mean(mean(one) for one in gaps.values()) if gaps else None


def _place(engine: str) -> tuple[int, str]:
    return (ORDER.index(engine) if engine in ORDER else len(ORDER), engine)


def _size(by_engine: dict[str, list[Record]]) -> tuple[bool, bool, int]:
    first = next(iter(by_engine.values()))[0]
    return first["family"] == "VRPDO", first["family"] in SPECIAL, first["customers"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
