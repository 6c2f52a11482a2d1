"""The running day: a new order, and a van lost, on 300 stops; quality, changes and the time of an answer.

    python -m benchmarks.replan --seeds 1,2,3 --scratch-seconds 25

A day is planned from scratch; then (a) one more order is put in, at once and after one second, and after one second
where no recipient was told a time yet, (b) the van with about 17 stops is lost, and three seconds may be spent. All are
held against a plan from scratch of the changed day, which knows of no promises; the new order after one second also
against one that has to keep the same promises ("told by both"). Prints a line of JSON for each seed and case, and a
table. Gaps are in per cent of the cost from scratch. `--cases insert` leaves the lost van out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import mean, median

from benchmarks.days import make_day
from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge import engine
from logistics.routing.edge.replan import Asked, Replanned, replan
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Plan, Problem, TimeWindow
from logistics.routing.repair import keep_promises

TASKS = 300
LOST_STOPS = 17
ANSWERS = 5  # the time of an answer is the median of so many
EARLY_S, LATE_S = 1800, 3600  # a recipient was told 30 minutes before to 60 after the planned start
MS_A_SECOND = 1000
PERCENT = 100
CHANGE_UNITS = 1_000  # two minutes of a van: who changes must save that much

Case = Callable[[int, float], Iterator["Row"]]


@dataclass(frozen=True, slots=True)
class Row:
    """One case of one seed."""

    case: str
    seed: int
    seconds: float
    took_ms: float
    cost: int
    scratch: int
    others_changed: int
    broken_promises: int
    left_out: int

    @property
    def gap_percent(self) -> float:
        """How much dearer than from scratch; of unequal plans it says nothing."""
        return round(PERCENT * (self.cost - self.scratch) / self.scratch, 3)


def drafts_of(plan: Plan) -> Drafts:
    """Return the decisions of a plan."""
    return tuple((route.vehicle, route.picks) for route in plan.routes)


def promises_of(plan: Plan) -> dict[int, TimeWindow]:
    """Return what the recipients of a plan would have been told."""
    visits = (visit for route in plan.routes for visit in route.visits)
    return {visit.pick.task: TimeWindow(visit.start_s - EARLY_S, visit.start_s + LATE_S) for visit in visits}


def insertions(seed: int, scratch_s: float) -> Iterator[Row]:
    """Put one more order into a planned day."""
    whole, limits = make_day(TASKS + 1, seed), Limits(seconds=scratch_s, seed=seed)
    before = engine.solve(replace(whole, tasks=whole.tasks[:TASKS]), limits).plan
    scratch, told = engine.solve(whole, limits).costs.total, promises_of(before)
    for seconds in (0.0, 1.0):
        yield measured("insert", whole, before, scratch, Asked(seconds, CHANGE_UNITS, told, seed))
    yield measured("insert, nobody told", whole, before, scratch, Asked(1.0, CHANGE_UNITS, {}, seed))
    bound = engine.solve(keep_promises(whole, told), limits).costs.total
    yield measured("insert, told by both", whole, before, bound, Asked(1.0, CHANGE_UNITS, told, seed))


def losses(seed: int, scratch_s: float) -> Iterator[Row]:
    """Lose the van whose number of stops is nearest to 17."""
    day = make_day(TASKS, seed)
    before = engine.solve(day, Limits(seconds=scratch_s, seed=seed)).plan
    lost = min(before.routes, key=lambda route: abs(len(tuple(route.visits)) - LOST_STOPS)).vehicle
    cars = tuple(
        replace(car, shift=TimeWindow(0, 0)) if number == lost else car for number, car in enumerate(day.vehicles)
    )
    after = replace(day, vehicles=cars)
    scratch = engine.solve(after, Limits(seconds=scratch_s, seed=seed)).costs.total
    yield measured("lose a van", after, before, scratch, Asked(3.0, CHANGE_UNITS, promises_of(before), seed), lost)


def measured(case: str, problem: Problem, before: Plan, scratch: int, asked: Asked, lost: int = -1) -> Row:
    """Replan, and count who changed of those it did not happen to."""
    running = tuple((vehicle, trips) for vehicle, trips in drafts_of(before) if vehicle != lost)
    times, done = [], None
    for _ in range(ANSWERS if asked.seconds == 0 else 1):
        began_s = monotonic_s()
        done = replan(problem, running, asked)
        times.append(monotonic_s() - began_s)
    assert done is not None
    return Row(
        case=case,
        seed=asked.seed,
        seconds=asked.seconds,
        took_ms=round(median(times) * MS_A_SECOND, 1),
        cost=done.outcome.costs.total,
        scratch=scratch,
        others_changed=others_changed(done, {pick.task for _, trips in running for trip in trips for pick in trip}),
        broken_promises=len(done.broken_promises),
        left_out=len(done.outcome.plan.left_out),
    )


def others_changed(done: Replanned, others: set[int]) -> int:
    """Count the tasks that were on a route that still runs and go with another van now."""
    return sum(change.moved and change.task in others for change in done.changes)


CASES: dict[str, Case] = {"insert": insertions, "lose": losses}


def main(asked: Sequence[str] = ()) -> None:
    """Measure, and print; ``asked`` are the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--scratch-seconds", type=float, default=25.0)
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    given = parser.parse_args(asked)
    cases, rows = [CASES[case] for case in given.cases], list[Row]()
    for row in measured_days([int(word) for word in given.seeds.split(",")], given.scratch_seconds, cases):
        rows.append(row)
        named = {name: getattr(row, name) for name in Row.__slots__}
        print(json.dumps(named | {"gap_percent": row.gap_percent}), flush=True)
    print(table(rows))


def measured_days(seeds: Sequence[int], scratch_s: float, cases: Sequence[Case]) -> Iterator[Row]:
    """Measure the cases with every seed."""
    engine.warm()
    for seed in seeds:
        for case in cases:
            yield from case(seed, scratch_s)


def table(rows: list[Row]) -> str:
    """Write the means over the seeds, case by case."""
    lines = ["| case | seconds | answer ms | gap % (worst) | others changed (most) | promises broken | left out |"]
    lines.append("|---|---|---|---|---|---|---|")
    for case, seconds in dict.fromkeys((row.case, row.seconds) for row in rows):
        here = [row for row in rows if (row.case, row.seconds) == (case, seconds)]
        gaps, changed = [row.gap_percent for row in here], [row.others_changed for row in here]
        lines.append(
            f"| {case} | {seconds:g} | {mean(row.took_ms for row in here):.1f} | {mean(gaps):.2f} ({max(gaps):.2f}) "
            f"| {mean(changed):.1f} ({max(changed)}) | {sum(row.broken_promises for row in here)} "
            f"| {sum(row.left_out for row in here)} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
