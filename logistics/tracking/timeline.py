"""The fold: all events of a shipment make one story, in whatever order and however often they came.

Events are put in the order in which they *happened*; the last one that moves anything tells the status. A terminal
status is left only by an explicit correction: what a source says late, or after the end, is history and not news.

Invariant: any order, any doubling, same story (tests/tracking/test_timeline.py::test_any_order_and_doubling).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from logistics.tracking.model import MILESTONES, OVERLAYS, RANKS, TERMINAL, Status, TrackingEvent

if TYPE_CHECKING:
    from datetime import datetime

# Kinds that the recipient is told of; all others stay between the merchant and us. `carrier.` stands for all its words.
PUBLIC_KINDS = frozenset({
    "accepted", "cancelled", "lost", "corrected",
    "received", "planned", "unplanned", "loaded", "departed", "arrived", "delivered", "part_delivered", "failed",
    "refused", "handed_to_service_point", "returned_to_depot", "returned_to_merchant", "rest_given_back", "paid",
    "at_service_point", "ready_for_pickup", "fetched", "pickup_expired", "pickup_refused", "left_service_point",
    "carrier_booked", "handed_to_carrier",
})  # fmt: skip
CARRIER_PREFIX = "carrier."
CARRIER_HIDDEN = "carrier.unknown"  # nobody can say what it means, so nobody is told


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the story: ``key`` is an i18n key, ``params`` fill it.

    ``status`` is the event's own word, empty if it moves nothing; ``turn`` tells whether it changed the story's.
    """

    seq: int
    at: datetime
    status: str
    key: str
    place: str
    params: Mapping[str, Any]
    turn: bool


@dataclass(frozen=True, slots=True)
class Story:
    """What the events amount to. ``reason`` belongs to the status; ``overlay`` lies over it until it moves."""

    status: Status = Status.PENDING
    status_at: datetime | None = None
    reason: str = ""
    kind: str = ""
    overlay: str = ""
    ended_at: datetime | None = None
    last_at: datetime | None = None
    is_paid: bool = False
    lines: tuple[Line, ...] = ()

    @property
    def milestone(self) -> int:
        """Return the public step, 0..3."""
        return MILESTONES[self.status]

    @property
    def headline_key(self) -> str:
        """Return the i18n key of the answer in one line."""
        if self.overlay and self.ended_at is None:
            return f"headline.{self.overlay}"
        if self.kind in {"part_delivered", "fetched", "refused"}:
            return f"headline.{self.kind}"
        return f"headline.{self.status}"


def in_order(events: Iterable[TrackingEvent]) -> list[TrackingEvent]:
    """Return each event once, without the superseded, in the order in which they happened.

    The log holds no doubles; a caller who has some keeps the first heard.
    """
    once: dict[tuple[str, str], TrackingEvent] = {}
    for event in events:
        name = (event.said.source, event.said.key)
        if name not in once or event.seq < once[name].seq:
            once[name] = event
    gone = {(event.said.source, event.said.supersedes) for event in once.values() if event.said.supersedes}
    return sorted((event for name, event in once.items() if name not in gone), key=lambda event: event.order_key)


def fold(events: Iterable[TrackingEvent]) -> Story:
    """Tell the story of a shipment's events."""
    story = Story()
    for event in in_order(events):
        story = _after(story, event)
    return replace(story, lines=_without_echoes(story.lines))


def _after(story: Story, event: TrackingEvent) -> Story:
    said = event.said
    moved = _moved(story, event)
    turn = moved.status is not story.status or story.status_at is None
    lines = moved.lines
    if is_public(said.kind):
        line = Line(event.seq, said.occurred_at, said.status, f"event.{said.kind}", said.place, _params(event), turn)
        lines = (*lines, line)
    return replace(moved, lines=lines, last_at=said.occurred_at, is_paid=moved.is_paid or said.kind == "paid")


def _moved(story: Story, event: TrackingEvent) -> Story:
    said = event.said
    if story.status in TERMINAL and not said.corrects:
        return story
    if said.status in OVERLAYS:
        return replace(story, overlay=said.status)
    if said.status not in RANKS:
        return story
    status = Status(said.status)
    return replace(
        story,
        status=status,
        status_at=said.occurred_at,
        reason=said.reason,
        kind=said.kind,
        overlay="",
        ended_at=said.occurred_at if status in TERMINAL else None,
    )


def is_public(kind: str) -> bool:
    """Tell whether the recipient is told of this kind of event."""
    return kind in PUBLIC_KINDS or (kind.startswith(CARRIER_PREFIX) and kind != CARRIER_HIDDEN)


def _params(event: TrackingEvent) -> dict[str, Any]:
    reason = {"reason": event.said.reason} if event.said.reason else {}
    return {**event.said.params, **reason}


def _without_echoes(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Leave out lines that say what the line before said: three parcels scanned are one line."""
    kept: list[Line] = []
    for line in lines:
        last = kept[-1] if kept else None
        if last is None or (last.key, last.place, last.params) != (line.key, line.place, line.params):
            kept.append(line)
    return tuple(kept)
