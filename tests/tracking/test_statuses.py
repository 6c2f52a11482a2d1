from __future__ import annotations

import dataclasses
import types
import typing
from datetime import datetime
from typing import Any

import pytest

from logistics.carriers import events as carrier_events
from logistics.delivery import events as delivery_events
from logistics.kit.money import Money
from logistics.kit.news import News
from logistics.modes import events as mode_events
from logistics.pickup import events as pickup_events
from logistics.shipments import events as shipment_events
from logistics.tracking.edge.handlers import AT_ONCE
from logistics.tracking.model import OVERLAYS, RANKS, UNKNOWN
from logistics.tracking.privacy import PARAM_RULES
from logistics.tracking.statuses import TABLE, Scene, sighting_of
from logistics.tracking.timeline import is_public
from tests.builders import NOON

MODULES = (shipment_events, mode_events, carrier_events, pickup_events, delivery_events)
# News that is no event of one shipment's story, and why.
NOT_TOLD = {
    "CashHandedIn": "money of a run, of no single shipment",
    "TillCashHandedIn": "money of a till, of no single shipment",
    "CarrierCashRemitted": "money between a carrier and us, after the story",
    "ShipmentClosed": "said by the events that closed it",
}
KINDS = sorted(
    (one for module in MODULES for one in vars(module).values() if isinstance(one, type) and issubclass(one, News)),
    key=lambda one: one.__name__,
)
EXAMPLES = {str: "x", int: 1, bool: False, datetime: NOON, Money: Money(1, "CNY"), tuple: ("x",)}


def example(kind: type[News], **fields: Any) -> News:
    hints = typing.get_type_hints(kind)
    values = {one.name: _value(hints[one.name]) for one in dataclasses.fields(kind)}
    return kind(**{**values, **fields})


def _value(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return None
    return EXAMPLES[typing.get_origin(hint) or hint]


def test_every_piece_of_news_upstream_is_heard_or_has_its_reason() -> None:
    unheard = {kind.__name__ for kind in KINDS if kind is not News and kind not in AT_ONCE}
    assert unheard <= set(NOT_TOLD)


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
def test_what_is_said_is_a_word_of_ours_and_stable(kind: type[News]) -> None:
    said = sighting_of(example(kind), Scene(place="Depot"))
    assert said.status in {*RANKS, *OVERLAYS, UNKNOWN, "", "x"}  # a carrier's word is passed on as it is
    assert said.occurred_at == NOON
    again = sighting_of(example(kind), Scene(place="Depot"))
    assert (said.key, said.body_hash()) == (again.key, again.body_hash())


# What a public line may hold and no rule shows to anybody: our own names, and codes for the merchant.
INTERNAL = {"run_id", "vehicle_id", "why", "code"}


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
def test_what_fills_a_public_line_has_a_rule(kind: type[News]) -> None:
    said = sighting_of(example(kind), Scene())
    if is_public(said.kind):
        assert set(said.params) - INTERNAL <= set(PARAM_RULES)


def status(kind: type[News], scene: Scene, **fields: Any) -> str:
    return sighting_of(example(kind, **fields), scene).status


def test_refusal_at_the_door_is_a_failure_with_its_reason() -> None:
    said = sighting_of(example(delivery_events.DeliveryRefused, reason=""), Scene())
    assert (said.status, said.reason) == ("delivery_failed", "recipient_refused")


def test_the_same_news_means_another_thing_on_the_way_back_or_to_a_store() -> None:
    assert status(delivery_events.ParcelsReceived, Scene()) == "picked_up"
    assert status(delivery_events.ParcelsReceived, Scene(is_returning=True)) == "return_to_sender"
    assert status(delivery_events.ReturnedToDepot, Scene()) == ""
    assert status(delivery_events.ReturnedToDepot, Scene(is_returning=True)) == "return_to_sender"
    assert status(delivery_events.ShipmentDeparted, Scene()) == "out_for_delivery"
    assert status(delivery_events.ShipmentDeparted, Scene(is_to_store=True)) == "in_transit"


def test_a_store_holds_it_it_is_not_delivered() -> None:
    assert status(pickup_events.ArrivedAtServicePoint, Scene()) == "in_transit"
    assert status(pickup_events.ReadyForPickup, Scene()) == "ready_for_pickup"
    assert status(pickup_events.PickedUp, Scene()) == "delivered"
