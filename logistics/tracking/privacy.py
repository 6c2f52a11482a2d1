"""Who may read what: one rule for each field of the public page.

Three ways of asking show three depths. The tracking number alone shows milestones: numbers can be read off a label.
The number and the last four digits of the phone show masked detail. The link, 128 random bits, shows everything the
recipient may know. Whatever the depth: the vehicle only when it is near, only while its position is fresh, and only
to about a street, until ours is the next stop - else it would show where the other buyers live.

Invariant: a page tells nothing of other buyers (tests/tracking/test_privacy.py::test_other_buyers_cannot_be_inferred).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.tracking.eta import Eta
from logistics.tracking.geofence import is_near
from logistics.tracking.model import Status
from logistics.tracking.positions import Fix
from logistics.tracking.timeline import Line, Story

VEHICLE_STOPS_MAX = 5  # stops before ours within which the van may be seen: the last half hour or so
COUNT_STOPS_MAX = 10  # beyond this "stops before you" would be no help, and count other buyers
POSITION_AGE_MAX = timedelta(minutes=3)
LINK_FOR = timedelta(days=30)  # after the end the link shows nothing any more
PARTIES = frozenset({"own", "merchant", "recipient", "carrier", "force"})  # whose doing a reason is
CELL_DIGITS = 3  # thousandths of a degree, about 100 m: a street, not a door


class Disclosure(IntEnum):
    """How much the asker has shown to know."""

    MILESTONES = 0
    MASKED = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """When a field appears: from a depth on; within so many stops; in these statuses. ``depth`` none: never."""

    depth: Disclosure | None
    stops_max: int | None = None
    age_max: timedelta | None = None
    statuses: frozenset[Status] | None = None


ALWAYS = Rule(Disclosure.MILESTONES)
MASKED = Rule(Disclosure.MASKED)
FULL = Rule(Disclosure.FULL)
NEVER = Rule(None)
_ON_THE_WAY = frozenset({Status.OUT_FOR_DELIVERY})

RULES: Mapping[str, Rule] = {
    "tracking_no": ALWAYS,
    "status": ALWAYS,
    "headline_key": ALWAYS,
    "milestone_no": ALWAYS,
    "timeline": ALWAYS,  # shortened by depth, see `_lines`
    "time_zone": ALWAYS,
    "ended_at": ALWAYS,
    "merchant_name": MASKED,
    "promise": MASKED,
    "eta": MASKED,
    "reason": MASKED,
    "pickup": MASKED,  # the place; its code by a rule of its own
    "pickup.code": Rule(Disclosure.FULL, statuses=frozenset({Status.READY_FOR_PICKUP})),
    "stops_before": Rule(Disclosure.FULL, stops_max=COUNT_STOPS_MAX, statuses=_ON_THE_WAY),
    "vehicle": Rule(Disclosure.FULL, stops_max=VEHICLE_STOPS_MAX, age_max=POSITION_AGE_MAX, statuses=_ON_THE_WAY),
    "destination": FULL,
    "cod": FULL,
    # Known inside, shown to nobody: who else is on the van, who drives, and our own names for things.
    "shipment_id": NEVER,
    "merchant_id": NEVER,
    "vehicle_id": NEVER,
    "run_id": NEVER,
    "recipient_name": NEVER,  # a link can be passed on
    "phone": NEVER,
    "address": NEVER,
    "source": NEVER,
}
# What may stand in a line's params, from which depth on; what is not written never leaves.
PARAM_RULES: Mapping[str, Rule] = {
    "reason": MASKED,
    "carrier": MASKED,
    "start": MASKED,
    "end": MASKED,
    "keep_until": MASKED,
    "delivered_count": MASKED,
    "returned_count": MASKED,
    "to_whom": FULL,
    "proof": FULL,
    "waybill_no": FULL,
    "text": FULL,  # a carrier's own words may name people
    "amount_minor": FULL,
    "currency": FULL,
    "means": FULL,
}


@dataclass(frozen=True, slots=True)
class Vehicle:
    """Where the van is, as far as it is told."""

    lat: float
    lon: float
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Cod:
    """The money due at handover, and whether it has been paid."""

    due: Money
    paid: bool


@dataclass(frozen=True, slots=True)
class Pickup:
    """Where to collect; ``code`` only when there is something to collect."""

    code: str | None
    site_name: str
    address: str
    point: Point
    open_until: datetime | None
    keep_until: datetime | None


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A line as it is told; ``status`` is none where it is no news of the status."""

    seq: int
    at: datetime
    status: str | None
    key: str
    place: str | None
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one shipment - of this one only, so that nothing else can slip out."""

    tracking_no: str
    merchant_name: str
    time_zone: str
    seq: int
    story: Story
    promise: Window | None = None
    eta: Eta | None = None
    stops_before: int | None = None
    fix: Fix | None = None
    destination: Point | None = None
    cod: Cod | None = None
    pickup: Pickup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one asker is told now."""

    tracking_no: str
    merchant_name: str | None
    status: str
    headline_key: str
    reason: str | None
    milestone_no: int
    promise: Window | None
    eta: Eta | None
    stops_before: int | None
    vehicle: Vehicle | None
    destination: Point | None
    cod: Cod | None
    pickup: Pickup | None
    timeline: tuple[PublicLine, ...]
    seq: int
    as_of: datetime
    time_zone: str
    ended_at: datetime | None
    disclosure: str


def disclose(facts: Facts, depth: Disclosure, *, now: datetime) -> View:
    """Return what an asker of this depth is told at this moment."""

    def may(field: str) -> bool:
        return is_shown(RULES[field], facts, depth, now=now)

    story = facts.story
    return View(
        tracking_no=facts.tracking_no,
        merchant_name=facts.merchant_name if may("merchant_name") else None,
        status=story.status,
        headline_key=_headline(facts, depth) if may("reason") else f"headline.{story.status}",
        reason=_code(story.reason) if may("reason") else None,
        milestone_no=story.milestone,
        promise=facts.promise if may("promise") else None,
        eta=facts.eta if may("eta") and story.ended_at is None else None,
        stops_before=facts.stops_before if may("stops_before") else None,
        vehicle=_vehicle(facts) if may("vehicle") else None,
        destination=facts.destination if may("destination") else None,
        cod=facts.cod if may("cod") else None,
        pickup=_pickup(facts, may("pickup.code")) if may("pickup") else None,
        timeline=_lines(story.lines, depth),
        seq=facts.seq,
        as_of=now,
        time_zone=facts.time_zone,
        ended_at=story.ended_at,
        disclosure=depth.name.lower(),
    )


def is_shown(rule: Rule, facts: Facts, depth: Disclosure, *, now: datetime) -> bool:
    """Tell whether a rule lets its field appear now."""
    if rule.depth is None or depth < rule.depth:
        return False
    if rule.statuses is not None and facts.story.status not in rule.statuses:
        return False
    if rule.stops_max is not None and (facts.stops_before is None or facts.stops_before > rule.stops_max):
        return False
    return rule.age_max is None or (facts.fix is not None and now - facts.fix.fixed_at <= rule.age_max)


def has_ended(ended_at: datetime | None, *, now: datetime) -> bool:
    """Tell whether a link to a shipment that ended then shows nothing any more."""
    return ended_at is not None and now > ended_at + LINK_FOR


def digits_fit(phone: str, last_four: str) -> bool:
    """Tell whether four digits are the last of a phone number; of a shorter number none are."""
    digits = "".join(letter for letter in phone if letter.isascii() and letter.isdecimal())
    wanted = 4
    return len(last_four) == wanted and len(digits) >= wanted and digits[-wanted:] == last_four


def _headline(facts: Facts, depth: Disclosure) -> str:
    key = facts.story.headline_key
    if key == f"headline.{Status.OUT_FOR_DELIVERY}" and depth is Disclosure.FULL and facts.stops_before == 0:
        return "headline.at_the_door" if _is_at_the_door(facts) else "headline.next_stop"
    return key


def _is_at_the_door(facts: Facts) -> bool:
    fix, door = facts.fix, facts.destination
    return bool(fix and door and is_near(fix.point, door, accuracy_m=fix.accuracy_m or 0.0))


def _vehicle(facts: Facts) -> Vehicle | None:
    if facts.fix is None:
        return None
    point = facts.fix.point if facts.stops_before == 0 else cell_of(facts.fix.point)
    return Vehicle(point.lat, point.lon, facts.fix.fixed_at)


def cell_of(point: Point) -> Point:
    """Return the middle of the cell of about 100 m a place lies in."""
    return Point(lat=round(point.lat, CELL_DIGITS), lon=round(point.lon, CELL_DIGITS))


def _pickup(facts: Facts, with_code: bool) -> Pickup | None:  # noqa: FBT001 - the answer of a rule
    if facts.pickup is None:
        return None
    return facts.pickup if with_code else replace(facts.pickup, code=None)


def _lines(lines: tuple[Line, ...], depth: Disclosure) -> tuple[PublicLine, ...]:
    if depth is Disclosure.MILESTONES:
        turns = (line for line in lines if line.turn)
        return tuple(PublicLine(t.seq, t.at, t.status, f"status.{t.status}", None, {}) for t in turns)
    return tuple(
        PublicLine(line.seq, line.at, line.status or None, line.key, line.place or None, _params(line, depth))
        for line in lines
    )


def _params(line: Line, depth: Disclosure) -> dict[str, Any]:
    def may(name: str) -> bool:
        rule = PARAM_RULES.get(name, NEVER)
        return rule.depth is not None and depth >= rule.depth

    told = {name: value for name, value in line.params.items() if may(name)}
    if "reason" in told and not _code(str(told["reason"])):
        del told["reason"]
    return told


def _code(reason: str) -> str | None:
    """Return a reason that is a code with its responsible party; what somebody wrote freely is not told."""
    party, _, what = reason.partition("_")
    return reason if party in PARTIES and what.replace("_", "").isalnum() and what.islower() else None
