"""The engines by name: ours and its peers, all asked in the same way.

Decides what is asked of each. Peers get the whole time for their search, after their own data are built; ours builds
within it. What lets our engine be ready before an order comes (`engine.warm`, where it exists) runs before the clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.routing import ortools_peer, pyvrp_peer
from benchmarks.routing.instance import FileRoute, Instance
from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge import engine
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Problem

Peer = Callable[[Problem, float, int, int], Drafts]  # of seconds, a seed and the scale of loads
PEERS: dict[str, Peer] = {"ortools": ortools_peer.solve, "pyvrp": pyvrp_peer.solve, "pyvrp2": pyvrp_peer.solve_twice}
ENGINES = ("ours", *PEERS)


@dataclass(frozen=True, slots=True)
class Answer:
    """Routes in the file's numbers; ``wall_s`` of the whole call; ``curve``: seconds and cost of every better plan."""

    routes: tuple[FileRoute, ...]
    wall_s: float
    curve: tuple[tuple[float, int], ...] = ()


def solve(instance: Instance, name: str, *, seconds: float, cores: int, seed: int) -> Answer:
    """Ask an engine for a plan."""
    if name == "ours":
        return _ask_ours(instance, Limits(seconds=seconds, cores=cores, seed=seed))
    started_s = monotonic_s()
    drafts = PEERS[name](instance.problem, seconds, seed, instance.load_scale)
    return Answer(instance.routes_of_drafts(drafts), monotonic_s() - started_s)


def _ask_ours(instance: Instance, limits: Limits) -> Answer:
    warm: Any = getattr(engine, "warm", None)
    if warm is not None:
        warm(limits.cores)
    started_s = monotonic_s()
    outcome = engine.solve(instance.problem, limits)
    return Answer(instance.routes_of_plan(outcome.plan), monotonic_s() - started_s, outcome.curve)
