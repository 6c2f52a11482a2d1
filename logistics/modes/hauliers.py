"""What third-party carriers offer: their rate card, their cut-off, whether they collect money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from logistics.carriers.rate_card import RateCard, quote
from logistics.kit.geo import Point
from logistics.modes import promises
from logistics.modes.offers import Asked, Offer, Reason
from logistics.modes.pricing import Pricing
from logistics.modes.promises import Hours
from logistics.shipments.model import Mode

DELIVERS_FROM, DELIVERS_TILL = time(9), time(20)  # a carrier promises a day, hardly ever an hour


@dataclass(frozen=True, slots=True)
class Haulier:
    """A carrier and its terms; ``cutoff`` is local time: what comes later is collected the next day."""

    code: str
    name: str
    card: RateCard
    collects_cod: bool
    cutoff: time
    time_zone: str
    takes_orders: bool = True


def carrier_offer(asked: Asked, haulier: Haulier, origin: Point, pricing: Pricing) -> Offer:
    """Return a carrier's offer from an origin."""
    reasons = []
    if asked.load.cod and not haulier.collects_cod:
        reasons.append(Reason("carrier_no_cod", "it does not collect money"))
    if not haulier.takes_orders:
        reasons.append(Reason("carrier_inactive", "it takes no orders from us"))
    quoted, findings = quote(haulier.card, asked.load, origin=origin, place=asked.place)
    reasons += [Reason(finding.code, finding.message.rstrip(".").lower()) for finding in findings]
    offer = Offer(Mode.CARRIER, haulier.name, carrier=haulier.code, reasons=tuple(reasons), conditions=("day_only",))
    if quoted is None:
        return offer
    hours = Hours(DELIVERS_FROM, DELIVERS_TILL, haulier.time_zone)
    days = quoted.zone.days
    promise = promises.of_carrier(hours, asked.now, asked.wish_on, cutoff=haulier.cutoff, days=days)
    return pricing.complete(offer, asked, origin=origin, cost=quoted.price, promise=promise)
