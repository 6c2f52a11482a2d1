"""Judges a visit in all gaps of a plan at once: what it costs at least there, and what it surely breaks.

For a vehicle that rests, or drives by the hour of the day, times are those of an ordinary hour without rests: a good
guess there; everywhere else nothing is called broken that is not. Who wants to know exactly tries the few gaps that
look best (`openings.py`). Goods that board anywhere but at the depot are for `pairs.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from logistics.routing.gaps import LOADS, NOWHERE, Gaps, Ints
from logistics.routing.insertion import Load, Standing
from logistics.routing.matrix import UNREACHABLE
from logistics.routing.model import CASH, Option, Pick, Problem
from logistics.routing.reasons import BIT, Reason, reasons_of

Bools = NDArray[np.bool_]
UNBOUNDED = 2**60


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What a visit costs at least in every gap, and what it surely breaks there, as the bits of `reasons.BIT`."""

    cost_min: Ints
    broken: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Detour:
    """What a visit adds in every gap: driving and set-up on the way there and on from it, seconds and metres in all."""

    to_s: Ints
    on_s: Ints
    extra_s: Ints
    extra_m: Ints
    halts: Ints
    is_cut_off: Bools


class Glance:
    """What is known of a plan, ready to judge visits by."""

    def __init__(self, standing: Standing, gaps: Gaps) -> None:
        self.standing, self._gaps = standing, gaps
        problem = standing.problem
        cars = problem.vehicles
        self._profile = np.asarray([car.profile for car in cars], dtype=np.int64)[gaps.vehicle]
        self._per_m = _of([car.cost_per_m for car in cars])[gaps.vehicle]
        self._per_s = _of([car.cost_per_s for car in cars])[gaps.vehicle]
        self._opening = np.where(gaps.trips == 0, _of([car.cost_fixed for car in cars]), 0)[gaps.vehicle]
        shape = len(cars), len(problem.dimensions)
        self._capacity = np.asarray([car.capacity for car in cars], dtype=np.int64).reshape(shape)[gaps.vehicle]
        self._duration_s = _of([_or_unbounded(car.duration_s_max) for car in cars])[gaps.vehicle]
        self._distance_m = _of([_or_unbounded(car.distance_m_max) for car in cars])[gaps.vehicle]
        self._stops = _of([_or_unbounded(car.stops_max) for car in cars])[gaps.vehicle]
        is_more = (gaps.trip == gaps.trips[gaps.vehicle]) | (gaps.load > 0)
        beyond = is_more & (gaps.trips >= _of([car.trips_max for car in cars]))[gaps.vehicle]
        opens = gaps.load == LOADS.index(Load.BEFORE)
        self._is_first = (gaps.position == 0) | opens  # of its trip
        self._trip = gaps.trip + opens
        moved = gaps.number < _of([len(car.fixed) for car in cars])[gaps.vehicle]
        self._balance = standing.balance_cost if problem.balance_cost_per_s else 0
        self._always = beyond * BIT[Reason.TRIPS] | moved * BIT[Reason.FIXED]

    def of(self, standing: Standing) -> Glance:
        """Return the same for a plan that stands the same, in a problem where tasks on no route have changed."""
        other = copy(self)
        other.standing = standing
        return other

    @property
    def _problem(self) -> Problem:
        return self.standing.problem

    def judged(self, pick: Pick) -> Judged:
        """Judge a task done by one of its options."""
        option = self._problem.option(pick.task, pick.option)
        detour = self._detour(option)
        broken = (
            self._always
            | self._loads(pick)
            | self._times(option, detour)
            | self._limits(detour)
            | self._who(pick)
            | sum(BIT[reason] for reason in reasons_of(self.standing.shared((pick,)), {pick.task}))
        )
        return Judged(self._cost_min(pick, option, detour), broken)

    def _detour(self, option: Option) -> _Detour:
        gaps, place = self._gaps, option.place
        to_s, to_m, on_s, on_m = self._ways(place)
        setups = _of([one.setup_s for one in self._problem.places])
        opens = self._is_first | (gaps.before != place)
        opens_after = (gaps.to_visit == 1) & (gaps.after != place)
        cut_off = (to_s >= UNREACHABLE) | (on_s >= UNREACHABLE)
        to_s = to_s + opens * setups[place]
        on_s = on_s + opens_after * setups[gaps.after]
        extra_s = to_s + option.service_s + on_s - gaps.now_s
        halts = opens.astype(np.int64) + opens_after - gaps.halts
        return _Detour(to_s, on_s, extra_s, to_m + on_m - gaps.now_m, halts, cut_off)

    def _ways(self, place: int) -> tuple[Ints, Ints, Ints, Ints]:
        """Return seconds and metres to the place from before every gap, and on from it to what comes after."""
        gaps, here = self._gaps, np.asarray([place])
        ways = [np.zeros(len(gaps), dtype=np.int64) for _ in range(4)]
        for profile, matrix in enumerate(self._problem.travel):
            ours = np.flatnonzero(self._profile == profile)
            if not len(ours):
                continue
            goes_on = ours[gaps.after[ours] != NOWHERE]
            ways[0][ours], ways[1][ours] = (block[:, 0] for block in matrix.block(gaps.before[ours], here))
            ways[2][goes_on], ways[3][goes_on] = (block[0] for block in matrix.block(here, gaps.after[goes_on]))
        return ways[0], ways[1], ways[2], ways[3]

    def _times(self, option: Option, detour: _Detour) -> Ints:
        gaps, windows = self._gaps, option.windows
        start_s = ready_s = gaps.ready_s + detour.to_s
        for window in reversed(windows):
            start_s = np.where(ready_s <= window.end_s, np.maximum(ready_s, window.start_s), start_s)
        onward_s = start_s + option.service_s + detour.on_s
        too_late = ready_s > windows[-1].end_s if windows else np.zeros(len(gaps), dtype=np.bool_)
        return (
            too_late * BIT[Reason.WINDOW]
            | (onward_s > gaps.windows_s) * BIT[Reason.OTHERS]
            | (onward_s > gaps.shift_s) * BIT[Reason.SHIFT]
        )

    def _limits(self, detour: _Detour) -> Ints:
        gaps, car = self._gaps, self._gaps.vehicle
        seconds = gaps.seconds[car] + detour.extra_s - gaps.wait_s
        # A limit that is exceeded already is broken anew only where it is exceeded by more.
        return (
            (seconds > np.maximum(self._duration_s, gaps.seconds[car])) * BIT[Reason.SHIFT]
            | (gaps.metres[car] + detour.extra_m > self._distance_m) * (detour.extra_m > 0) * BIT[Reason.DISTANCE]
            | (gaps.stops[car] + detour.halts > self._stops) * (detour.halts > 0) * BIT[Reason.STOPS]
            | detour.is_cut_off * BIT[Reason.UNREACHABLE]
        )

    def _loads(self, pick: Pick) -> Ints:
        gaps = self._gaps
        out = _of(self._problem.delivers(pick.task))
        into = _of(self._problem.collects(pick))
        most = np.maximum(gaps.out + out, gaps.into + into)
        over = most > np.maximum(self._capacity, gaps.peak)
        bits = [BIT[Reason.CASH if name == CASH else Reason.CAPACITY] for name in self._problem.dimensions]
        broken = np.zeros(len(gaps), dtype=np.int64)
        for index, bit in enumerate(bits):
            broken |= over[:, index] * bit
        return broken

    def _who(self, pick: Pick) -> Ints:
        """Judge what depends on the vehicle alone, or on the vehicle and the trip."""
        task = self._problem.tasks[pick.task]
        at_depot = task.aboard is None and task.brings_from is None and any(task.deliver)
        bits, gone = [], []
        for car in self._problem.vehicles:
            unable = BIT[Reason.SKILL] if task.skills - car.skills else 0
            bound = BIT[Reason.BOUND] if task.vehicles is not None and car.id not in task.vehicles else 0
            away = BIT[Reason.ABOARD] if task.aboard is not None and task.aboard != car.id else 0
            bits.append(unable | bound | away)
            gone.append(car.underway and at_depot)
        first = self._trip == 0
        later = ~first & (task.aboard is not None)
        absent = (first & np.asarray(gone, dtype=np.bool_)[self._gaps.vehicle]) | later
        broken: Ints = _of(bits)[self._gaps.vehicle] | absent * BIT[Reason.ABOARD]
        return broken

    def _cost_min(self, pick: Pick, option: Option, detour: _Detour) -> Ints:
        """Return a lower bound: waiting may shrink by as much as there is, routes may come to differ in nothing.

        Overtime is not counted.
        """
        dearer = self._problem.tasks[pick.task].vehicle_cost
        assigned = _of([dearer.get(car.id, 0) for car in self._problem.vehicles])[self._gaps.vehicle]
        seconds = detour.extra_s - self._gaps.wait_s
        cost: Ints = self._per_m * detour.extra_m + self._per_s * seconds + self._opening + option.cost + assigned
        return cost - self._balance


def _of(values: Sequence[int]) -> Ints:
    return np.asarray(values, dtype=np.int64)


def _or_unbounded(limit: int | None) -> int:
    return UNBOUNDED if limit is None else limit
