"""Ruin and recreate on one part of a problem that other searches take turns at: asked and answering as PyVRP's is."""

from __future__ import annotations

from dataclasses import replace

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge.pyvrp_solver import Answer
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.edge.search.trips import with_trips
from logistics.routing.model import Problem


def search_part(problem: Problem, start: Drafts, orders: Orders) -> Answer:
    """Search from the routes given, or from nothing; a job for any executor. ``left`` counts priorities, too."""
    from logistics.routing.edge.search.ruin import day_of, search, temperature_of  # noqa: PLC0415 - it loads a compiler: in workers only

    began_s = monotonic_s()
    day = day_of(problem)
    if orders.credit:
        day.tables.level[:, 2] = orders.credit
    if start:
        day = replace(day, temperature=temperature_of(day, start))
    found = search(day, start, replace(orders, seconds=orders.seconds - (monotonic_s() - began_s)))
    return Answer(with_trips(problem, found.drafts), found.missing, found.cost, None, found.rounds)
