"""What a search by ruin and recreate is asked; apart from the search, so that who asks need not load its compiler."""

from __future__ import annotations

from dataclasses import dataclass

from logistics.routing.construct import Drafts
from logistics.routing.model import Problem

COLD = 0.03  # times the first temperature, at the end
RUINS_A_ROUND = 30  # rounds of ruin and recreate that take as long as one iteration of PyVRP's search


@dataclass(frozen=True, slots=True)
class Orders:
    """How long a search goes on, and how it goes about it.

    ``seconds`` and ``rounds_max`` (None: any number): whichever is over first. ``ticket``: see `pool.py`. ``heat``:
    first and last temperature, as multiples of the natural one. ``routes_max``: how many vehicles may move (None:
    all). ``fixed_off``: what of each vehicle's fixed cost is not looked at. ``route_price``: what each route costs on
    top, in the search and in choosing the best plan. ``fewer``: whether to go on with one vehicle less as soon as a
    plan is complete, down to ``routes_min``. ``pools``: whether good routes are collected for a master. ``best_from``:
    the answer is the best plan seen after this share of the time, dearer than earlier ones or not; 0 is the best ever
    seen, that from which it began too, and 1 the plan as it stands at the end. ``credit``: by how many hundredths of a
    task each service level may be missed (`sharing.py`).
    """

    seconds: float
    seed: int = 0
    rounds_max: int | None = None
    ticket: int = 0
    heat: tuple[float, float] = (1.0, COLD)
    routes_max: int | None = None
    fixed_off: int = 0
    route_price: int = 0
    fewer: bool = False
    routes_min: int = 1
    pools: bool = True
    best_from: float = 0.0
    credit: tuple[int, ...] = ()


def is_plan(problem: Problem, start: Drafts) -> bool:
    """Tell whether most tasks are on routes: then a search goes on from there, and a hot one would only lose it."""
    return 2 * sum(len(trip) for _, trips in start for trip in trips) > len(problem.tasks)
