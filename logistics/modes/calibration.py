"""What past plans teach about the cost of a stop, and how wrong that was on plans it had not seen.

A lesson is one plan: a sample of its stops, each with what the plan would have saved without it. Prices are fitted by
least squares over the last lessons, none below 0, pulled towards the starting values by so much as ``START_WEIGHT``
stops would: with little to go by they stay near them, and a price nothing was seen of stays where it was (ridge
regression, Hoerl and Kennard 1970, around another point than 0). A stop that costs twice as much may be twice as far
off, so each counts by the inverse square of its expected cost. The formula stands in docs/formulas/insertion.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.modes.insertion import FEATURES, InsertionModel, Prices, Stop, features, stop_cost
from logistics.modes.surroundings import Surroundings

PLANS_MIN, STOPS_MIN = 2, 30  # fewer: the starting values hold
LESSONS_KEPT = 20  # a month of working days: older days had other streets, other seasons
START_WEIGHT = 10.0
SHARE = 0.8  # of the stops lie within the interval that is told, as many below it as above
CHEAP = 0.25  # a stop is never taken to be surer than one of this part of the mean cost
SWEEPS_MAX, STILL = 400, 1e-9  # coordinate descent ends when no price moves by more than this part of the dearest

Numbers = NDArray[np.float64]


class Basis(StrEnum):
    """Where the figures of a quote come from."""

    STARTING = "starting"  # entered; too few plans were seen
    POOLED = "pooled"  # from the plans of all depots, for this one has too few
    OWN = "own"  # from this depot's plans


@dataclass(frozen=True, slots=True)
class Halt:
    """A halt of a real plan, as those who planned it tell of it: where, for what, what it cost the plan."""

    place: Point
    stop: Stop
    cost: Money


@dataclass(frozen=True, slots=True)
class Teaching:
    """What a plan tells of the halts of one depot: a sample of them, and where all of them were.

    ``cost`` is that of all its routes together. A plan that can tell nothing has no halts.
    """

    plan_id: str
    depot_id: str
    on: date
    cost: Money
    halts: tuple[Halt, ...] = ()
    stops: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Observed:
    """A stop of a plan and what the plan would have saved without it, in major units."""

    stop: Stop
    cost: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one plan teaches; ``mean_cost``: the whole plan's cost by stop, what all share included."""

    on: date
    observed: tuple[Observed, ...]
    mean_cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Learned prices; of 100 stops ``SHARE`` x 100 cost ``low`` to ``high`` times what they make of it."""

    prices: Prices
    low: float
    high: float
    plans_count: int
    stops_count: int


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known about a depot when a quote is asked; ``figures`` None: its starting values hold."""

    basis: Basis = Basis.STARTING
    figures: Figures | None = None
    surroundings: Surroundings | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a stop is expected to cost, major units; ``low`` and ``high`` are None where nothing was measured."""

    cost: float
    low: float | None = None
    high: float | None = None


def estimate(model: InsertionModel, known: Knowledge, stop: Stop, place: Point) -> Estimate:
    """Return what a stop at a place is expected to cost, and between what most such stops did."""
    if known.figures is None:
        return Estimate(stop_cost(model.prices, stop, model.usual_between_km))
    if known.surroundings:
        stop = replace(stop, between_km=known.surroundings.between_km(place))
    cost = stop_cost(known.figures.prices, stop, model.usual_between_km)
    return Estimate(cost, known.figures.low * cost, known.figures.high * cost)


@dataclass(frozen=True, slots=True)
class Error:
    """How far off quotes would have been on plans that came after what they were learned from; major units.

    ``bias``: mean of quoted less actual, so above 0 too dear. ``coverage``: share of stops that lay in the interval
    told (aim: ``SHARE``). The two of ``start`` are those of the starting values on the same stops.
    """

    plans_count: int
    stops_count: int
    median_absolute: float
    bias: float
    coverage: float
    start_median_absolute: float
    start_bias: float
    mean_actual: float


def learned(lessons: Sequence[Lesson], start: Prices, usual_between_km: float) -> Figures | None:
    """Return what the last lessons (oldest first) teach; none while they are too few."""
    kept = [lesson for lesson in lessons if lesson.observed][-LESSONS_KEPT:]
    stops_count = sum(len(lesson.observed) for lesson in kept)
    if len(kept) < PLANS_MIN or stops_count < STOPS_MIN:
        return None
    taken, cost = _arrays(kept, usual_between_km)
    prices = _fitted(taken, cost, start)
    ratios = cost / np.maximum(taken @ prices, _floor(cost))
    low, high = np.quantile(ratios, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return Figures(prices, max(0.0, min(1.0, float(low))), max(1.0, float(high)), len(kept), stops_count)


def measured(lessons: Sequence[Lesson], start: Prices, usual_between_km: float) -> Error | None:
    """Return how wrong quotes were: each lesson is held against what the ones before it taught."""
    kept = [lesson for lesson in lessons if lesson.observed]
    told: list[tuple[Numbers, ...]] = []
    for number in range(PLANS_MIN, len(kept)):
        figures = learned(kept[:number], start, usual_between_km)
        if figures is None:
            continue
        taken, actual = _arrays(kept[number : number + 1], usual_between_km)
        quoted = taken @ figures.prices
        inside = (actual >= figures.low * quoted) & (actual <= figures.high * quoted)
        told.append((quoted, actual, inside.astype(np.float64), taken @ start))
    if not told:
        return None
    quoted, actual, inside, started = (np.concatenate(column) for column in zip(*told, strict=True))
    return Error(
        plans_count=len(told),
        stops_count=len(actual),
        median_absolute=float(np.median(np.abs(quoted - actual))),
        bias=float(np.mean(quoted - actual)),
        coverage=float(np.mean(inside)),
        start_median_absolute=float(np.median(np.abs(started - actual))),
        start_bias=float(np.mean(started - actual)),
        mean_actual=float(np.mean(actual)),
    )


def _arrays(lessons: Sequence[Lesson], usual_between_km: float) -> tuple[Numbers, Numbers]:
    observed = [one for lesson in lessons for one in lesson.observed]
    taken = np.array([features(one.stop, usual_between_km) for one in observed])
    return taken, np.array([one.cost for one in observed])


def _fitted(taken: Numbers, cost: Numbers, start: Prices) -> Prices:
    """Return prices by least squares; the second time around every stop counts by how sure its cost is."""
    alike = np.ones(len(cost))
    expected = np.maximum(taken @ _pulled(taken, cost, start, alike), _floor(cost))
    return _pulled(taken, cost, start, (np.mean(expected) / expected) ** 2)


def _floor(cost: Numbers) -> float:
    return max(CHEAP * float(np.mean(cost)), 1e-9)


def _pulled(taken: Numbers, cost: Numbers, start: Prices, weights: Numbers) -> Prices:
    """Minimise sum(weights x (cost - taken @ prices)^2) + the pull towards ``start``, over prices >= 0.

    The pull on a price is that of ``START_WEIGHT`` stops that take as much of it as is usual. The function is convex,
    and the coordinate descent that finds its least value (Wright 2015) has nothing to be tuned.
    """
    usual = np.maximum(np.mean(weights[:, None] * taken**2, axis=0), 1e-9)
    curve = (taken.T * weights) @ taken + START_WEIGHT * np.diag(usual)
    slope = taken.T @ (weights * cost) + START_WEIGHT * usual * start
    prices = start.copy()
    for _ in range(SWEEPS_MAX):
        before = prices.copy()
        for one in range(len(FEATURES)):
            rest = slope[one] - curve[one] @ prices + curve[one, one] * prices[one]
            prices[one] = max(0.0, rest / curve[one, one])
        if np.max(np.abs(prices - before)) <= STILL * np.max(prices):
            break
    return prices
