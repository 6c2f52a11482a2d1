"""One run: read a file, ask an engine, judge its answer in the file's own terms, and say it as one JSON object.

Each run has a process of its own, so that no peak of memory is carried over; `run_here` is for debugging. Figures are
those of the file's convention; VRPDO costs are distances alone (fewer routes come first, and are given beside).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.routing.instance import Instance
from benchmarks.routing.memory import PeakMemory
from benchmarks.routing.peers import solve
from benchmarks.routing.reading import read_instance

Record = dict[str, Any]
DIGITS = 4  # of costs that are no whole numbers
OVERDUE_S = 300.0  # a run that takes so much longer than it was given is ended
TOLD_MAX = 20  # violations named in a record
ROOT = Path(__file__).resolve().parents[2]


class RunFailedError(Exception):
    """A run ended without an answer: what it said last."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be run."""

    file: Path
    engine: str = "ours"
    seconds: float = 10.0
    cores: int = 2
    seed: int = 0
    distance: str | None = None
    best_known: Path | None = None


def run_here(order: Order) -> Record:
    """Run in this process; the peak of memory is that of all this process has done while it ran."""
    instance = read_instance(order.file, distance=order.distance, best_known=order.best_known)
    with PeakMemory(os.getpid()) as memory:
        answer = solve(instance, order.engine, seconds=order.seconds, cores=order.cores, seed=order.seed)
    return record_of(order, instance, answer.routes, answer.wall_s, answer.curve) | {"peak_memory_mb": memory.megabytes}


def run_apart(order: Order) -> Record:
    """Run in a fresh process; its peak of memory is that of the process and all it started, from start to end."""
    command = [sys.executable, "-m", "benchmarks.routing", str(order.file.resolve()), "--in-process", "--out", "-"]
    command += ["--engine", order.engine, "--seconds", str(order.seconds), "--cores", str(order.cores)]
    command += ["--seed", str(order.seed)]
    command += ["--distance", order.distance] if order.distance else []
    command += ["--best-known", str(order.best_known.resolve())] if order.best_known else []
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    with PeakMemory(process.pid) as memory:
        said, complained = _listen(process, order)
    lines = [line for line in said.splitlines() if line.startswith("{")]
    if process.returncode or not lines:
        raise RunFailedError("\n".join(complained.strip().splitlines()[-5:]) or "it said nothing")
    record: Record = json.loads(lines[-1])
    return record | {"peak_memory_mb": memory.megabytes}


def _listen(process: subprocess.Popen[str], order: Order) -> tuple[str, str]:
    """Return what it says and complains of; whatever it started ends with it."""
    try:
        return process.communicate(timeout=order.seconds + OVERDUE_S)
    except subprocess.TimeoutExpired:
        raise RunFailedError(f"{order.file}: ended {OVERDUE_S:.0f} s after its time") from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def record_of(order: Order, instance: Instance, routes: Any, wall_s: float, curve: Any = ()) -> Record:
    """Judge an answer and say it in the words of the results file."""
    left_out = instance.left_out_by(routes)
    verdict = instance.judge(routes, left_out)
    cost = int(verdict.cost) if verdict.cost == int(verdict.cost) else round(verdict.cost, DIGITS)
    fewest = instance.best_known_routes
    return {
        "instance": instance.name,
        "family": instance.family,
        "customers": instance.customers,
        "engine": order.engine,
        "seed": order.seed,
        "seconds": order.seconds,
        "wall_s": round(wall_s, 3),
        "cores": order.cores if order.engine == "ours" else {"pyvrp2": 2}.get(order.engine, 1),
        "cost": cost,
        "best_known": instance.best_known,
        "gap_percent": instance.gap_percent(cost),
        "feasible": not verdict.violations,
        "violations": list(verdict.violations[:TOLD_MAX]),
        "number_of_routes": len(routes),
        "best_known_routes": fewest,
        "peak_memory_mb": None,
        "routes": [{"vehicle": route.vehicle, "visits": list(route.visits)} for route in routes],
        "left_out": list(left_out),
        "curve": [list(point) for point in curve],
    }
