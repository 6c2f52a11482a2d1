"""Which ways a shipment has: our van to the door, the stores it may go to, the carrier and what it costs us.

Reads the offers that `modes` keeps with each choice: what is not feasible there (no consent, a fixed wish, no carrier
that collects the money) is no way here. Whatever was chosen at the checkout, a plan weighs all ways that are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from logistics.kit.money import Money
from logistics.modes.edge import store as modes
from logistics.modes.edge.tables import ChoiceRow
from logistics.modes.offers import Offer
from logistics.shipments.edge.brief import AnyShipment
from logistics.shipments.model import Mode

# What somebody could still give or allow; what is too heavy or too far stays so. Room is for the plan to judge.
CAN_BE_GIVEN = frozenset({"no_consent", "not_wished", "not_in_contract", "carrier_no_cod"})
JUDGED_BY_PLANS = frozenset({"no_room"})


@dataclass(frozen=True, slots=True)
class ClosedWay:
    """A way that is not open, and the codes of what it ``needs``; ``cost`` is a carrier's."""

    mode: Mode
    needs: tuple[str, ...]
    site_id: str = ""
    carrier: str = ""
    cost: Money | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways of one shipment; ``store_ids`` in order of preference; ``carrier_cost`` None: no carrier may take it.

    ``closed``: ways that would open if somebody agreed; no plan takes them, but it is said what they would cost.
    """

    at_door: bool
    store_ids: tuple[str, ...] = ()
    carrier: str = ""
    carrier_cost: Money | None = None
    closed: tuple[ClosedWay, ...] = ()


def list_ways(session: Session, rows: Sequence[AnyShipment]) -> Mapping[str, Ways]:
    """Return the ways of each shipment, by its id; one that no mode was chosen for yet goes by its wish."""
    choices = modes.list_choices(session, [row.id for row in rows])
    return {row.id: _by_offers(choices[row.id]) if row.id in choices else _by_wish(row) for row in rows}


def _by_offers(choice: ChoiceRow) -> Ways:
    carrier = modes.carrier_offer_of(choice)
    return Ways(
        at_door=any(one.mode is Mode.OWN_FLEET and one.is_feasible for one in modes.offers_of(choice)),
        store_ids=tuple(one.site_id for one in modes.service_points_of(choice)),
        carrier=carrier.carrier if carrier else "",
        carrier_cost=carrier.cost if carrier else None,
        closed=tuple(_closed(modes.offers_of(choice))),
    )


def _closed(offers: Iterable[Offer]) -> Iterator[ClosedWay]:
    for offer in offers:
        codes = frozenset(reason.code for reason in offer.reasons)
        needs = tuple(sorted(codes - JUDGED_BY_PLANS))
        if needs and codes <= CAN_BE_GIVEN | JUDGED_BY_PLANS:
            yield ClosedWay(offer.mode, needs, offer.site_id, offer.carrier, offer.cost)


def _by_wish(row: AnyShipment) -> Ways:
    at_store = row.mode_wish == Mode.PICKUP and bool(row.site_id)
    return Ways(at_door=row.mode_wish in {"", Mode.OWN_FLEET}, store_ids=(row.site_id,) if at_store else ())
