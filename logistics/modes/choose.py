"""Takes one offer and says why not the others.

The choice is the feasible offer with the least total of cost and risk. A fixed wish is honoured or refused, never
bent: where nothing that was wished for is feasible, nothing is taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from logistics.kit.money import Money
from logistics.modes.offers import Asked, Offer, Reason
from logistics.shipments.model import Mode

MODE_ORDER = tuple(Mode)  # equal totals: our own fleet first, then stores, then carriers


@dataclass(frozen=True, slots=True)
class Choice:
    """All offers, best first, the one taken (or none), and a sentence for each that was not."""

    offers: tuple[Offer, ...]
    taken: Offer | None
    reasons: tuple[str, ...]

    def difference(self, offer: Offer) -> Money | None:
        """Return how much more (or less: negative) an offer would have come to than the one taken."""
        if self.taken is None or self.taken.total is None or offer.total is None:
            return None
        return offer.total - self.taken.total


def choose(asked: Asked, offers: Iterable[Offer]) -> Choice:
    """Take the cheapest feasible offer that fits the wish."""
    wished = [_against_wish(asked, offer) for offer in offers]
    ordered = tuple(sorted(wished, key=_order))
    taken = next((offer for offer in ordered if offer.is_feasible), None)
    choice = Choice(ordered, taken, ())
    return replace(choice, reasons=tuple(_sentence(choice, offer) for offer in ordered if offer is not taken))


def _against_wish(asked: Asked, offer: Offer) -> Offer:
    if asked.wish and offer.mode is not asked.wish:
        text = f"{_words(asked.wish)} was wished for"
        return replace(offer, reasons=(*offer.reasons, Reason("not_wished", text)))
    if asked.site_wish and offer.mode is Mode.PICKUP and offer.site_id != asked.site_wish:
        return replace(offer, reasons=(*offer.reasons, Reason("not_wished", "another store was wished for")))
    return offer


def _order(offer: Offer) -> tuple[bool, bool, int, int, tuple[str, str, str]]:
    """Order offers: feasible ones first, the cheapest first, ties by mode and name."""
    total = offer.total
    return (
        not offer.is_feasible,
        total is None,
        total.amount_minor if total else 0,
        MODE_ORDER.index(offer.mode),
        offer.key,
    )


def _sentence(choice: Choice, offer: Offer) -> str:
    difference = choice.difference(offer)
    but = ", ".join(reason.text for reason in offer.reasons)
    if difference is None:
        return f"{offer.name}: not taken, {but}." if but else f"{offer.name}: not taken."
    if not difference:
        compared = "would have come to the same"
    elif difference.amount_minor < 0:
        compared = f"would have been {-difference} cheaper"
    else:
        compared = f"would have been {difference} dearer"
    if not but:
        return f"{offer.name} {compared}."
    return f"{offer.name} {compared}, {'and' if difference.amount_minor > 0 else 'but'} {but}."


def _words(mode: Mode) -> str:
    return mode.replace("_", " ")
