"""Runs instances: ``python -m benchmarks.routing FILE... --seconds S --cores 2 --out RESULTS.jsonl``.

One JSON object a line is added to the results; ``-`` writes them to standard output. A line on progress goes to
standard error. Ends with 1 if a file could not be read or a run failed; the others are run all the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.routing.instance import UnreadableError
from benchmarks.routing.peers import ENGINES
from benchmarks.routing.run import Order, Record, RunFailedError, run_apart, run_here
from benchmarks.routing.vrpdo import DISTANCES


def main(words: list[str] | None = None) -> int:
    """Run what is asked for, file by file."""
    asked = _parser().parse_args(words)
    run, failed = run_here if asked.in_process else run_apart, 0
    for file in asked.files:
        order = Order(file, asked.engine, asked.seconds, asked.cores, asked.seed, asked.distance, asked.best_known)
        try:
            record = run(order)
        except (UnreadableError, RunFailedError) as error:
            print(error, file=sys.stderr)
            failed += 1
            continue
        _write(asked.out, record)
        print(progress(record), file=sys.stderr, flush=True)
    return 1 if failed else 0


def progress(record: Record) -> str:
    """Say in a line how a run went."""
    gap = "no best known" if record["gap_percent"] is None else f"{record['gap_percent']:+.2f} %"
    held = "feasible" if record["feasible"] else f"INFEASIBLE ({record['violations'][0]})"
    return (
        f"{record['instance']} {record['engine']} seed {record['seed']}: {record['cost']} ({gap}), {held}, "
        f"{record['number_of_routes']} routes, {record['wall_s']} s, {record['peak_memory_mb']} MB"
    )


def _write(out: str, record: Record) -> None:
    line = json.dumps(record)
    if out == "-":
        print(line, flush=True)
        return
    with Path(out).open("a", encoding="utf-8") as results:
        results.write(f"{line}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routing", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="VRPLIB or VRPDO instances")
    parser.add_argument("--seconds", type=float, default=10.0, help="time limit of each run (default 10)")
    parser.add_argument("--cores", type=int, default=2, help="processes our engine may use (default 2)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", choices=ENGINES, default="ours", help="pyvrp2 is the better of two at once")
    parser.add_argument("--out", default="-", help="results are added to this file; - is standard output")
    parser.add_argument("--best-known", type=Path, help="table with columns instance, best_known, routes")
    parser.add_argument("--distance", choices=DISTANCES, help="VRPDO only; else decided by the name, see vrpdo.py")
    parser.add_argument("--in-process", action="store_true", help="for debugging: no process of its own for each run")
    return parser


if __name__ == "__main__":
    sys.exit(main())
