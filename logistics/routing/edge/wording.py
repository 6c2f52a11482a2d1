"""Says in sentences what explanations and violations hold in figures.

English here; screens translate by the codes beside the sentences.
"""

from __future__ import annotations

from logistics.kit.money import Money
from logistics.routing import cost_units
from logistics.routing.edge.day_planner import DIMENSIONS, Day
from logistics.routing.explain import Explanation, Repair
from logistics.routing.reasons import Reason
from logistics.routing.violations import EARLY, LATE, Rule, Violation

SECONDS_A_MINUTE = 60
METRES_A_KM = 1000

WHY = {
    Reason.CAPACITY: "No vehicle that passes has room left on board.",
    Reason.WINDOW: "No vehicle can be there in its time window.",
    Reason.SHIFT: "It does not fit into any driver's shift.",
    Reason.OTHERS: "Somebody else would be served too late.",
    Reason.SKILL: "No vehicle with room left can do what it asks for.",
    Reason.BOUND: "It is bound to vehicles that are full or not on duty.",
    Reason.CASH: "The cash on board would exceed the limit of every vehicle.",
    Reason.ROOM: "The service point has no room left.",
    Reason.DISTANCE: "It lies beyond what the vehicles may drive.",
    Reason.STOPS: "The vehicles make as many stops as they may.",
    Reason.TRIPS: "The vehicles make as many trips as they may.",
    Reason.BREAK: "A driver would miss a rest.",
    Reason.ABOARD: "Its goods are in another vehicle, or at a depot that was left without them.",
    Reason.LEVEL: "Too few recipients would get what they like best.",
    Reason.QUOTA: "The carrier takes no more.",
    Reason.FITS: "There is room for it: the search did not come round to it, or it was taken off by hand.",
    Reason.PRICE: "Own vehicles could take it, but the carrier is cheaper.",
    Reason.CARRIER: "A carrier may take it.",
    Reason.CLOSED: "The ways it has left are not open yet.",
    Reason.VEHICLES: "There are too few vehicles.",
    Reason.UNREACHABLE: "There is no place on the map that a vehicle could reach.",
    Reason.PAIR: "It goes only together with what is fetched or brought elsewhere.",
    Reason.FIXED: "The next stops of the driver are fixed.",
}
NEEDS = {
    "no_consent": "needs the recipient's consent",
    "not_wished": "though something else was wished for",
    "not_in_contract": "needs to be in the contract",
    "carrier_no_cod": "though it collects no money",
}
RULE_WORDS = {
    Rule.CAPACITY: "{amount} {name} too much on board",
    Rule.CASH: "{money} too much cash on board",
    Rule.SHIFT: "{minutes} min outside the shift",
    Rule.DURATION: "{minutes} min too long on the road",
    Rule.DISTANCE: "{km} km too far",
    Rule.SKILL: "the vehicle lacks {name}",
    Rule.VEHICLE: "it is bound to other vehicles",
    Rule.TRIPS: "{amount} trips too many",
    Rule.STOPS: "{amount} stops too many",
    Rule.BREAK: "{minutes} min of rest missing",
    Rule.PAIR: "it is not fetched before it is brought",
    Rule.ABOARD: "its goods are not in this vehicle",
    Rule.FIXED: "the next stops of the driver are fixed",
    Rule.LEVEL: "{amount} too few get a choice of rank {name} or better",
    Rule.QUOTA: "{amount} parcels too many for the carrier {name}",
    Rule.ROOM: "{amount} parcels too many for the service point",
    Rule.TIMES: "{minutes} min too fast to be true",
    Rule.UNREACHABLE: "no way leads there",
    Rule.CARRIER: "it must not be left to a carrier",
    Rule.LOST: "it is nowhere in the plan",
    Rule.DOUBLED: "it is planned {amount} times too often",
}
SIDES = {EARLY: "before the {} opens", LATE: "after the {} closes"}


def reason_text(day: Day, explanation: Explanation) -> str:
    """Say why a shipment is on no route."""
    if explanation.reason is Reason.SEVERAL:
        return "Several things stand against it at once: " + ", ".join(explanation.together) + "."
    if explanation.reason is Reason.UNREACHABLE and not day.problem.tasks[explanation.task].options:
        ways = day.ways[explanation.task]
        return "It has no way but a carrier." if not (ways.at_door or ways.store_ids) else WHY[Reason.UNREACHABLE]
    return WHY[explanation.reason]


def repair_text(day: Day, repair: Repair) -> str:
    """Say what would do it."""
    if repair.relaxes is Reason.CLOSED:
        return f"{_way_text(day, repair)}, {' and '.join(need_text(code) for code in repair.needs)}"
    name = "" if repair.vehicle is None else day.vehicles[repair.vehicle].name
    minutes, km = _minutes(repair.amount), _km(repair.amount)
    return {
        Reason.CAPACITY: _room_text(repair, name),
        Reason.WINDOW: f"{name} comes {minutes} min {_side_text('window', repair.name)}",
        Reason.SHIFT: f"{minutes} min more of {name}",
        Reason.OTHERS: f"{name} takes it and comes {minutes} min late elsewhere",
        Reason.SKILL: f"{name} takes it all the same",
        Reason.BOUND: f"{name} takes it all the same",
        Reason.CASH: f"{Money(repair.amount, day.currency)} more cash on board of {name}",
        Reason.ROOM: f"room for {repair.amount} more at the service point, brought by {name}",
        Reason.DISTANCE: f"{km} km more for {name}",
        Reason.STOPS: f"{repair.amount} stops more for {name}",
        Reason.TRIPS: f"one more trip of {name}",
        Reason.BREAK: f"{name} rests {minutes} min less",
        Reason.ABOARD: f"{name} takes it, once the goods are there",
        Reason.FIXED: f"{name} takes it before what is fixed",
        Reason.LEVEL: f"{repair.amount} recipients fewer get what they like best; {name} takes it",
        Reason.FITS: f"{name} takes it",
        Reason.PRICE: f"{name} takes it",
        Reason.CARRIER: f"leave it to the carrier {repair.name}".rstrip(),
        Reason.QUOTA: f"{repair.amount} more for the carrier {repair.name}".rstrip(),
        Reason.VEHICLES: f"one more vehicle like {name}",
    }[repair.relaxes]


def _room_text(repair: Repair, vehicle: str) -> str:
    """Say how much more goes on board; of weight and pieces at once there is no one figure."""
    if repair.name not in DIMENSIONS:
        return f"more room on {vehicle}"
    return f"{repair.amount} {_unit(repair.name, repair.amount)} more on {vehicle}"


def _way_text(day: Day, repair: Repair) -> str:
    """Name a way that is not open yet."""
    if repair.vehicle is None:
        return f"leave it to the carrier {repair.name}".rstrip()
    option = day.problem.option(repair.pick.task, repair.pick.option)
    site = day.stores.get(option.room)
    return f"{site.name}" if site else f"{day.vehicles[repair.vehicle].name} to the door"


def need_text(code: str) -> str:
    """Say what a way that is not open yet asks for."""
    return NEEDS.get(code, f"needs {code}")


def carrier_reason(day: Day, explanation: Explanation) -> str:
    """Say why a shipment goes to a carrier, with what our own way would have cost."""
    ours = next((repair for repair in explanation.repairs if repair.relaxes is Reason.PRICE), None)
    if explanation.reason is Reason.PRICE and ours:
        own = cost_units.to_money(ours.extra_cost, day.currency)
        return f"Own vehicles would have cost {own}."
    return reason_text(day, explanation)


def rule_words(violation: Violation) -> str:
    """Return the words for what is broken, with places for its figures."""
    if violation.rule is Rule.WINDOW:
        return "{minutes} min " + _side_text("time window", violation.name)
    return RULE_WORDS[violation.rule]


def _side_text(window: str, side: str) -> str:
    """Say on which side of a window; of several that are missed on both sides, only that it is outside."""
    return SIDES.get(side, "outside the {}").format(window)


def violation_text(day: Day, violation: Violation) -> str:
    """Say what is broken and by how much."""
    is_load = violation.rule is Rule.CAPACITY
    return rule_words(violation).format(
        amount=violation.amount,
        name=_unit(violation.name, violation.amount) if is_load else violation.name,
        money=Money(violation.amount, day.currency),
        minutes=_minutes(violation.amount),
        km=_km(violation.amount),
    )


def _unit(dimension: str, amount: int) -> str:
    """Return the name of a dimension as it is said of so many: one parcel, two parcels, one g."""
    return dimension.removesuffix("s") if amount == 1 else dimension


def _minutes(seconds: int) -> int:
    """Return whole minutes, rounded up: a promise of less would be short."""
    return -(-seconds // SECONDS_A_MINUTE)


def _km(metres: int) -> str:
    return f"{metres / METRES_A_KM:.1f}"
