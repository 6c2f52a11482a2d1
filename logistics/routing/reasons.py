"""What can stand between a task and a route: the judge's rules in the words of the person who asks why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from logistics.routing.violations import Rule, Violation


class Reason(StrEnum):
    """What keeps a task off the routes, or off one way of doing it."""

    CAPACITY = "capacity"
    WINDOW = "window"  # its own hours
    SHIFT = "shift"  # also the longest time a vehicle may be out
    OTHERS = "others"  # somebody else would be served outside her hours
    SKILL = "skill"
    BOUND = "bound"  # to other vehicles, by its depot or by hand
    CASH = "cash"
    ROOM = "room"
    DISTANCE = "distance"
    STOPS = "stops"
    TRIPS = "trips"
    BREAK = "break"
    ABOARD = "aboard"  # the goods are in another vehicle, or at a depot this one has left
    FIXED = "fixed"  # the driver's next stops are fixed
    LEVEL = "level"  # too few would get what they like best
    QUOTA = "quota"  # the carrier takes no more
    PAIR = "pair"  # it goes only together with what is fetched or brought
    FITS = "fits"  # nothing at all: the search did not come round to it
    PRICE = "price"  # it fits, but the carrier is cheaper
    CARRIER = "carrier"  # it may be left to one
    CLOSED = "closed"  # a way that is not open yet: consent is missing, something else was wished for
    VEHICLES = "vehicles"  # only one more vehicle would do
    UNREACHABLE = "unreachable"  # no road leads there
    SEVERAL = "several"  # no single relaxation is enough


# One thing at a time gives way, in this order: what a dispatcher can change most easily comes before what nobody can.
RELAXED_IN_ORDER = (
    Reason.CAPACITY,
    Reason.WINDOW,
    Reason.SHIFT,
    Reason.OTHERS,
    Reason.SKILL,
    Reason.BOUND,
    Reason.CASH,
    Reason.ROOM,
    Reason.DISTANCE,
    Reason.STOPS,
    Reason.TRIPS,
    Reason.BREAK,
    Reason.LEVEL,
    Reason.ABOARD,
    Reason.FIXED,
)

REASON_OF_RULE = {
    Rule.CAPACITY: Reason.CAPACITY,
    Rule.CASH: Reason.CASH,
    Rule.WINDOW: Reason.WINDOW,
    Rule.SHIFT: Reason.SHIFT,
    Rule.DURATION: Reason.SHIFT,
    Rule.TIMES: Reason.SHIFT,
    Rule.DISTANCE: Reason.DISTANCE,
    Rule.SKILL: Reason.SKILL,
    Rule.VEHICLE: Reason.BOUND,
    Rule.TRIPS: Reason.TRIPS,
    Rule.STOPS: Reason.STOPS,
    Rule.BREAK: Reason.BREAK,
    Rule.PAIR: Reason.PAIR,
    Rule.ABOARD: Reason.ABOARD,
    Rule.FIXED: Reason.FIXED,
    Rule.LEVEL: Reason.LEVEL,
    Rule.QUOTA: Reason.QUOTA,
    Rule.ROOM: Reason.ROOM,
    Rule.UNREACHABLE: Reason.UNREACHABLE,
}

# Sets of reasons as the bits of a whole number, so that arrays can hold them.
BIT = {reason: 1 << number for number, reason in enumerate(Reason)}


def reasons_of(broken: Iterable[Violation], tasks: Collection[int]) -> frozenset[Reason]:
    """Return what the violations mean for these tasks: a missed window of somebody else is not their own."""
    return frozenset(
        Reason.OTHERS if one.rule is Rule.WINDOW and one.task not in tasks else REASON_OF_RULE[one.rule]
        for one in broken
    )
