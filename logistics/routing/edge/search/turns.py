"""Deals the time, or the rounds, of a search to turns that come one after the other.

What asks for them searches a day that nothing searches whole, as a row of days that ask for less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import ceil

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Plan, Problem

OnFound = Callable[[Drafts, float], None]
Search = Callable[[Problem, Limits, Drafts, OnFound], Drafts]


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of one search, from when this was made; ``wanted``: whether anybody still waits for it."""

    limits: Limits
    wanted: Callable[[], bool]
    _began_s: float = field(default_factory=monotonic_s)

    @property
    def passed_s(self) -> float:
        """How long it has searched."""
        return monotonic_s() - self._began_s

    def next(self, share: float) -> Limits | None:
        """Return the limits of a turn that may take a share of the time, or None if it is over."""
        limits = self.limits
        seconds = min(limits.seconds * share, limits.seconds - self.passed_s)
        rounds = None if limits.rounds_max is None else ceil(limits.rounds_max * share)
        return replace(limits, seconds=seconds, rounds_max=rounds) if seconds > 0.0 and self.wanted() else None

    def has_time(self, share: float) -> Callable[[], bool]:
        """Return whether what begins now may go on, to be asked: for a share of the time, or as long as it is wanted.

        The latter where rounds are counted.
        """
        end_s = min(self.passed_s + self.limits.seconds * share, self.limits.seconds)
        return lambda: self.wanted() and (self.limits.rounds_max is not None or self.passed_s < end_s)


def drafts_of(plan: Plan) -> Drafts:
    """Return the decisions of a plan."""
    return tuple((route.vehicle, route.picks) for route in plan.routes)
