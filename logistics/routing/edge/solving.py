"""What a solver is asked and what it answers, in values that travel between processes.

Decides nothing; `engine.py` asks, `ortools_solver.py` answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from logistics.routing.construct import Drafts

SECONDS_DEFAULT = 10.0
CORES_DEFAULT = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """When a solver stops: after ``seconds`` in all, model building included, or after ``rounds_max`` moves.

    A move is an accepted solution of its search; counting them makes two runs alike, however busy the machine is.
    ``cores``: how many processes search side by side. ``seed``: the same seed, problem and ``rounds_max`` give the
    same plan.
    """

    seconds: float = SECONDS_DEFAULT
    rounds_max: int | None = None
    cores: int = CORES_DEFAULT
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The best so far: ``rounds`` moves accepted after ``seconds``; tasks that are on no route are not mentioned."""

    seconds: float
    rounds: int
    drafts: Drafts


@dataclass(frozen=True, slots=True)
class Ended:
    """The solver's last word: its time was up, or nothing more was to be found."""


@dataclass(frozen=True, slots=True)
class Broke:
    """The solver's last word when something went wrong in it: what."""

    why: str


class Died(Exception):  # noqa: N818 - what happened, not what is wrong: the best plan so far is taken
    """A search gave up; the message says why. What it found before is kept by whoever asked."""
