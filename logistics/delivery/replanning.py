"""The running day, when something happened: what is past, what comes next, what is open, and what a replan changes.

The past is what is done; the next stop of a driver under way is hers and stays; all behind it is open. Goods in a
vehicle are brought by that vehicle or by none; goods at the depot go with whoever is still to leave. Decides nothing
about which vehicle does what: see `routing/edge/replan.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from logistics.delivery.lifecycle import RunState, StopState
from logistics.delivery.release import CarrierDraft, StopDraft
from logistics.kit.errors import Conflict, Invalid, NotFound
from logistics.kit.windows import Window

SECONDS_A_MINUTE = 60
Hours = tuple[datetime, datetime]  # when a run is planned to leave, and to be back
SHIFT_MIN = 15  # a start that moves by less is no news for anybody: promises are wider


class Kind(StrEnum):
    """What happened."""

    INSERT = "insert"
    VEHICLE_LOST = "vehicle_lost"
    WINDOW = "window"
    CANCEL = "cancel"
    REFUSE = "refuse"
    DELAY = "delay"


OF_A_RUN = frozenset({Kind.VEHICLE_LOST, Kind.DELAY})
ENDING = frozenset({Kind.CANCEL, Kind.REFUSE})


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened: to a run (lost, delayed by so many minutes), or to a shipment.

    A delay of 0 minutes takes back what was told of a run that has not left.
    """

    kind: Kind
    shipment_id: str = ""
    run_id: str = ""
    window: Window | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A shipment that is still to be brought; ``aboard``: its goods, or some of them, are in the vehicle."""

    shipment_id: str
    aboard: bool


@dataclass(frozen=True, slots=True)
class StopNow:
    """A stop with its visits that are still open (none: it is over); ``start_at`` as expected now.

    ``has_ended``: others that were to be made here have ended, so that the stop is part of the run's story.
    """

    no: int
    state: StopState
    start_at: datetime
    came_at: datetime | None
    visits: tuple[OpenVisit, ...]
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class RunNow:
    """A run as it stands, its stops in their order; ``not_before_at``: before when it cannot leave, if told."""

    id: str
    vehicle_id: str
    vehicle_name: str
    state: RunState
    stops: tuple[StopNow, ...]
    not_before_at: datetime | None = None

    @property
    def is_underway(self) -> bool:
        """Whether it has left the depot."""
        return self.state is RunState.UNDERWAY

    @property
    def is_late_to_leave(self) -> bool:
        """Whether a delay was told of it that still holds it at its depot."""
        return self.not_before_at is not None and not self.is_underway

    @property
    def open_stops(self) -> tuple[StopNow, ...]:
        """Stops at which something is still to be done."""
        return tuple(stop for stop in self.stops if stop.visits)

    @property
    def next_stop(self) -> StopNow | None:
        """The stop its driver is at or drives to; none before she leaves."""
        if not self.is_underway:
            return None
        here = (stop for stop in self.open_stops if stop.state is StopState.ARRIVED)
        return next(here, next(iter(self.open_stops), None))

    @property
    def behind(self) -> tuple[StopNow, ...]:
        """The stops that are free to change."""
        return tuple(stop for stop in self.open_stops if stop is not self.next_stop)

    def kept_no(self, ended: Collection[str]) -> int:
        """Return the highest number of a stop that stays; what comes behind is numbered from there on.

        A stop where a visit has ended, or that of somebody in ``ended`` does, stays in the run's story: who is still
        open there gets another stop.
        """
        free = {
            stop.no
            for stop in self.behind
            if not stop.has_ended and not any(one.shipment_id in ended for one in stop.visits)
        }
        return max((stop.no for stop in self.stops if stop.no not in free), default=0)

    @property
    def mark(self) -> str:
        """A mark of everything a proposal builds on: another mark, and the run has moved on."""
        words = [self.state.value]
        if self.is_late_to_leave:
            words.append(f"{self.not_before_at}")
        for stop in self.open_stops:
            words.append(f"{stop.no}:{stop.state}{'!' if stop.has_ended else ''}")
            words += sorted(f"{one.shipment_id}{'+' if one.aboard else ''}" for one in stop.visits)
        return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a shipment is on the way: which run, its place among the stops, when service starts."""

    run_id: str
    vehicle_name: str
    no: int
    start_at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """What becomes of a shipment; none: it is on no run."""

    shipment_id: str
    before: Spot | None
    after: Spot | None

    @property
    def is_moved(self) -> bool:
        """Tell whether another run brings it, or none any more, or one now."""
        if self.before is None or self.after is None:
            return self.before is not self.after
        return self.before.run_id != self.after.run_id

    @property
    def shift_min(self) -> int:
        """By how many whole minutes service starts later (negative: earlier); 0 where nothing can be compared."""
        if self.before is None or self.after is None:
            return 0
        return round((self.after.start_at - self.before.start_at).total_seconds() / SECONDS_A_MINUTE)


@dataclass(frozen=True, slots=True)
class Tail:
    """What a run does behind its next stop; no ``run_id``: a run to be made for this vehicle.

    ``next_start_at``: when the next stop begins, as far as known now. ``start_at``, ``end_at``: at the depot.
    """

    run_id: str
    vehicle_id: str
    start_at: datetime
    end_at: datetime
    next_start_at: datetime | None
    stops: tuple[StopDraft, ...]

    @property
    def is_out(self) -> bool:
        """Whether anything is left to do."""
        return bool(self.stops) or self.next_start_at is not None

    def meets(self, hours: Hours) -> bool:
        """Tell whether it is out at a moment between these two; one run may begin when another ends."""
        return self.is_out and self.start_at < hours[1] and hours[0] < self.end_at


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A shipment that was on a run and finds no place: it waits to be planned anew."""

    shipment_id: str
    run_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything an accepted replan does. ``marks``: how the runs it touches stood when it was made.

    ``beside``: the hours then of what else its vehicles have to do, which it knew and leaves as it is.
    ``not_before``: before when a vehicle cannot leave, where that was told.
    """

    happened: tuple[Happened, ...]
    marks: Mapping[str, str]
    tails: tuple[Tail, ...]
    to_carrier: tuple[CarrierDraft, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    beside: Mapping[str, Hours] = field(default_factory=dict)
    not_before: Mapping[str, datetime] = field(default_factory=dict)

    def clashes(self, run_id: str, vehicle_id: str, hours: Hours) -> bool:
        """Tell whether a run it did not know, or not at these hours, would be out at once with what it does."""
        if self.beside.get(run_id) == hours or any(tail.run_id == run_id for tail in self.tails):
            return False
        return any(tail.vehicle_id == vehicle_id and tail.meets(hours) for tail in self.tails)


def check_happened(happened: Sequence[Happened], runs: Sequence[RunNow]) -> None:
    """Refuse what cannot be: unknown runs, shipments that are on no run (or are already), two words on one thing."""
    if not happened:
        raise Invalid("changes", "is empty", "at least one thing that happened")
    by_id = {run.id: run for run in runs}
    on_runs = {visit.shipment_id for run in runs for stop in run.open_stops for visit in stop.visits}
    seen: set[str] = set()
    for number, one in enumerate(happened):
        where = f"changes[{number}]"
        _check_one(where, one, by_id, on_runs)
        thing = one.run_id or one.shipment_id
        if thing in seen:
            raise Invalid(where, f"{thing} was named before", "one change for each run and shipment")
        seen.add(thing)


def _check_one(where: str, one: Happened, runs: Mapping[str, RunNow], on_runs: set[str]) -> None:
    if one.kind in OF_A_RUN:
        if one.run_id not in runs:
            raise NotFound(f"{where}: there is no such run on the road or at its depot that day.")
    elif one.kind is Kind.INSERT and one.shipment_id in on_runs:
        raise Conflict(f"{where}: the shipment is on a run already.", code="on_run")
    elif one.kind is not Kind.INSERT and one.shipment_id not in on_runs:
        raise Conflict(f"{where}: the shipment is on no run that could change.", code="not_on_run")
    if one.kind is Kind.WINDOW and one.window is None:
        raise Invalid(f"{where}.window", "is missing", "when the recipient is there")
    if one.kind is Kind.DELAY and one.minutes <= 0 and not runs[one.run_id].is_late_to_leave:
        raise Invalid(f"{where}.minutes", "is 0, and it is not late", "by how many minutes it is late")


def spots_of(runs: Iterable[RunNow]) -> dict[str, Spot]:
    """Tell where every open shipment is as the runs stand."""
    return {
        visit.shipment_id: Spot(run.id, run.vehicle_name, stop.no, stop.start_at)
        for run in runs
        for stop in run.open_stops
        for visit in stop.visits
    }


def list_moves(before: Mapping[str, Spot], after: Mapping[str, Spot]) -> list[Moved]:
    """List who goes with another run, with none, with one now, or whose service starts at quite another time."""
    both = (Moved(one, before.get(one), after.get(one)) for one in sorted(before.keys() | after.keys()))
    return [one for one in both if one.is_moved or abs(one.shift_min) > SHIFT_MIN]


def check_marks(decision: Decision, runs: Iterable[RunNow]) -> None:
    """Refuse (409) a replan whose runs have moved on since it was made, naming the vehicles."""
    now = {run.id: run for run in runs}
    late = sorted(now[run_id].vehicle_name for run_id, mark in decision.marks.items() if now[run_id].mark != mark)
    if late:
        raise Conflict(
            f"{', '.join(late)} moved on since this replan was made: a stop was reached or done, or another replan "
            "was accepted. Nothing was changed; ask anew.",
            code="runs_moved_on",
            facts={"vehicles": ", ".join(late)},
        )


def same_work(run: RunNow, tail: Tail) -> bool:
    """Tell whether a tail leaves a run's order as it is; in which order the parcels of one door go is no matter."""
    rest = [shipment_id for stop in tail.stops for shipment_id in stop.shipment_ids]
    for stop in run.behind:
        here = {one.shipment_id for one in stop.visits}
        if set(rest[: len(here)]) != here:
            return False
        rest = rest[len(here) :]
    return not rest
