"""What a benchmark file becomes: a problem for the engines, names for the answer, and a judge of the file's own.

Decides how decisions are named as in the file and how good they are called; not how a format is read (`vrplib.py`,
`vrpdo.py`), nor what counts as broken (`vrplib_judge.py`, `vrpdo_judge.py`, which share no code with our engine).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from logistics.routing.construct import Drafts
from logistics.routing.model import Pick, Plan, Problem


class UnreadableError(Exception):
    """A file that is not understood: the sentence names the file and the section."""

    def __init__(self, path: Path | str, section: str, why: str) -> None:
        super().__init__(f"{path}: {section}: {why}")


@dataclass(frozen=True, slots=True)
class FileRoute:
    """One route in the file's own numbers: its vehicle, and the customers (options in VRPDO) in order."""

    vehicle: int
    visits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the file's own terms say of an answer: its cost, and every broken rule as a sentence (none: feasible)."""

    cost: float
    violations: tuple[str, ...]


class Judge(Protocol):
    """Recomputes an answer from nothing but the file."""

    def __call__(self, routes: Sequence[FileRoute], left_out: Sequence[int]) -> Verdict:
        """Return cost and violations of routes and of the customers that are on none."""
        ...


@dataclass(frozen=True, slots=True)
class Instance:
    """A file that was read.

    ``problem`` counts in whole units of ``scale`` to one of the file's (so the problem's cost / ``scale`` is about the
    reported cost; with a fleet to be kept small, ``problem`` also has a fixed cost per vehicle that is not reported).
    ``option_ids[task][option]``: what the file calls a decision; ``customer_ids[task]``: what it calls a customer.
    ``vehicle_ids[vehicle]``: the number of a vehicle in the file. ``load_scale``: by what PyVRP's own reader multiplies
    loads, though nothing is rounded; its penalties need it where costs are large.
    """

    name: str
    family: str
    problem: Problem
    option_ids: tuple[tuple[int, ...], ...]
    customer_ids: tuple[int, ...]
    vehicle_ids: tuple[int, ...]
    judge: Judge
    scale: int = 1
    load_scale: int = 1
    fewer_routes_first: bool = False
    best_known: float | None = None
    best_known_routes: int | None = None

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.customer_ids)

    def routes_of_plan(self, plan: Plan) -> tuple[FileRoute, ...]:
        """Name the routes of a plan as in the file."""
        return self.routes_of_drafts(tuple((route.vehicle, route.picks) for route in plan.routes))

    def routes_of_drafts(self, drafts: Drafts) -> tuple[FileRoute, ...]:
        """Name drafted routes as in the file; empty ones vanish."""
        named = (
            FileRoute(self.vehicle_ids[vehicle], tuple(self._id(pick) for trip in trips for pick in trip))
            for vehicle, trips in drafts
        )
        return tuple(route for route in named if route.visits)

    def left_out_by(self, routes: Sequence[FileRoute]) -> tuple[int, ...]:
        """Return the customers on no route."""
        done = {visit for route in routes for visit in route.visits}
        pairs = zip(self.customer_ids, self.option_ids, strict=True)
        return tuple(customer for customer, options in pairs if done.isdisjoint(options))

    def gap_percent(self, cost: float) -> float | None:
        """Return by how many per cent a cost lies above the best known; None if none is known."""
        return None if not self.best_known else round(100 * (cost / self.best_known - 1), 4)

    def _id(self, pick: Pick) -> int:
        return self.option_ids[pick.task][pick.option]


def check(instance: Instance, routes: Sequence[FileRoute], left_out: Sequence[int]) -> tuple[float, tuple[str, ...]]:
    """Return the cost in the file's convention and all that is broken, recomputed from the file's data alone."""
    verdict = instance.judge(routes, left_out)
    return verdict.cost, verdict.violations
