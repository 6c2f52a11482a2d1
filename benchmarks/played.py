"""Days that must be played through - traffic by the hour, breaks, several trips - against OR-Tools alone.

    python -m benchmarks.played --stops 200 --seconds 10 --seeds 1,2,3
    python -m benchmarks.played --stops 300 --shops 12 --kinds plain

Each day is that of `benchmarks/days.py` with one such rule more, or all (or none: ``plain``); with ``--shops`` every
second order may also go to one of two shops that have room for fifteen each. Both search for the same time, one after
the other, and the same judge says what the plans cost. OR-Tools' RoutingModel knows breaks and trips, and plans hours
by the ordinary one; its plans are put on the hours and mended, as ours are. Prints a line of JSON for each search, and
a table.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from unittest import mock

import numpy as np

from benchmarks.days import UNITS_A_SECOND, make_day
from logistics.routing.edge import engine, ortools_process, portfolio
from logistics.routing.edge.engine import Outcome
from logistics.routing.edge.solving import Limits
from logistics.routing.matrix import HourlyMatrix, TravelMatrix
from logistics.routing.model import Break, Problem, TimeWindow

HOUR_S = 3600
PARTS = ((0, 1.0), (7.5, 1.5), (9.5, 1.05), (16.0, 1.6))  # from which hour on, and how much slower than at night
PARCELS_OF_A_TRIP, TRIPS, RELOAD_S = 14, 3, 900
NOON = Break(TimeWindow(23 * HOUR_S // 2, 27 * HOUR_S // 2), 2700)
EVERY = 25  # orders, one is fetched on the way
PERCENT = 100


def by_the_hour(day: Problem) -> Problem:
    """Slow the ways between some places down in the rush hours more than others."""
    calm = day.travel[0]
    everywhere = np.arange(len(calm))
    seconds, metres = calm.block(everywhere, everywhere)
    jammed = np.random.default_rng(1).random(len(calm))
    slower = jammed[:, None] + jammed[None, :]
    parts = tuple(
        TravelMatrix(np.ceil(seconds * (1.0 + (factor - 1.0) * slower)).astype(np.int64), metres) for _, factor in PARTS
    )
    assert isinstance(calm, TravelMatrix)
    return replace(day, travel=(HourlyMatrix(tuple(int(hour * HOUR_S) for hour, _ in PARTS), parts, calm),))


def with_breaks(day: Problem) -> Problem:
    """Have every driver rest for 45 minutes about noon."""
    return replace(day, vehicles=tuple(replace(car, breaks=(NOON,)) for car in day.vehicles))


def with_trips(day: Problem) -> Problem:
    """Have smaller vans, which come back to load up to twice."""
    smaller = {"capacity": (PARCELS_OF_A_TRIP,), "trips_max": TRIPS, "reload_s": RELOAD_S}
    return replace(day, vehicles=tuple(replace(car, **smaller) for car in day.vehicles))  # type: ignore[arg-type]


def level(day: Problem) -> Problem:
    """Have each second by which the longest route is longer than the mean cost as much as four of a van."""
    return replace(day, balance_cost_per_s=4 * UNITS_A_SECOND)


def with_transfers(day: Problem) -> Problem:
    """Have every 25th order fetched at the door of the one before, and brought."""
    tasks = list(day.tasks)
    for number in range(EVERY, len(tasks), EVERY):
        tasks[number - 1] = replace(tasks[number - 1], deliver=(0,))
        tasks[number] = replace(tasks[number], brings_from=number - 1)
    return replace(day, tasks=tuple(tasks))


KINDS: dict[str, Callable[[Problem], Problem]] = {
    "plain": lambda day: day,
    "by the hour": by_the_hour,
    "breaks": with_breaks,
    "trips": with_trips,
    "trips by the hour": lambda day: by_the_hour(with_trips(day)),
    "even days": level,
    "transfers": with_transfers,
    "all": lambda day: by_the_hour(with_breaks(with_trips(day))),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One search: ``left_out`` tasks and what the plan costs, in the day's units."""

    kind: str
    seed: int
    engine: str
    left_out: int
    cost: int
    vans: int


def searched(day: Problem, limits: Limits, *, alone: bool) -> Outcome:
    """Search with the whole engine, or with OR-Tools in its place (``alone``)."""
    if not alone:
        return engine.solve(day, limits)
    with mock.patch.object(portfolio, "search", ortools_process.solve):
        return engine.solve(day, limits)


def measured(asked: argparse.Namespace) -> Iterator[Row]:
    """Search each day by both."""
    engine.warm()
    for kind in asked.kinds.split(","):
        for seed in map(int, asked.seeds.split(",")):
            day = KINDS[kind](make_day(asked.stops, seed, stores=asked.shops))
            for name in ("ours", "ortools"):
                found = searched(day, Limits(seconds=asked.seconds, seed=seed, cores=2), alone=name == "ortools")
                assert not found.violations
                yield Row(kind, seed, name, len(found.plan.left_out), found.costs.total, len(found.plan.routes))


def table(rows: Sequence[Row]) -> str:
    """Write for each kind of day how much dearer OR-Tools' plans are in the mean."""
    lines = ["| day | days | vans, ours | vans, OR-Tools | left out, ours | OR-Tools | OR-Tools dearer by |"]
    lines.append("|---|---|---|---|---|---|---|")
    for kind in dict.fromkeys(row.kind for row in rows):
        ours = [row for row in rows if row.kind == kind and row.engine == "ours"]
        theirs = [row for row in rows if row.kind == kind and row.engine == "ortools"]
        dearer = fmean(PERCENT * (b.cost / a.cost - 1.0) for a, b in zip(ours, theirs, strict=True))
        lines.append(
            f"| {kind} | {len(ours)} | {fmean(row.vans for row in ours):.1f} | {fmean(row.vans for row in theirs):.1f} "
            f"| {sum(row.left_out for row in ours)} | {sum(row.left_out for row in theirs)} | {dearer:.1f} % |"
        )
    return "\n".join(lines)


def main(asked: Sequence[str] = ()) -> None:
    """Measure, and print; ``asked`` are the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stops", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--shops", type=int, default=0)
    parser.add_argument("--kinds", default=",".join(list(KINDS)[1:]))
    rows: list[Row] = []
    for row in measured(parser.parse_args(asked)):
        rows.append(row)
        print(json.dumps({name: getattr(row, name) for name in Row.__slots__}), flush=True)
    print(table(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
