from __future__ import annotations

from dataclasses import replace

import pytest

from logistics.kit.geo import Point
from logistics.kit.windows import WeekHours
from logistics.modes.fleet import Depot, FleetTerms, Store, door_offer, nearest, store_offers
from logistics.modes.offers import Asked
from tests.modes.makers import CENTRE, DEPOT, DOOR, FAR, PRICING, SHANGHAI, STORE, asked

SMALL = replace(DEPOT, terms=FleetTerms(weight_g_max=5_000, volume_cm3_max=10, store_parcel_g_max=1_000))


@pytest.mark.parametrize(
    ("question", "depot", "codes"),
    [
        (asked(), DEPOT, []),
        (asked(place=FAR), DEPOT, ["outside_service_area"]),
        (asked(place=None), DEPOT, ["no_place"]),
        (asked(weight_g=5_001), SMALL, ["too_heavy"]),
        (asked(weight_g=5_000), SMALL, []),
    ],
)
def test_the_door(question: Asked, depot: Depot, codes: list[str]) -> None:
    assert [reason.code for reason in door_offer(question, depot, PRICING).reasons] == codes


@pytest.mark.parametrize(
    ("question", "store", "codes"),
    [
        (asked(), STORE, []),
        (asked(consent=False), STORE, ["no_consent"]),
        (asked(parcels_count=6), STORE, ["no_room"]),
        (asked(parcels_count=5), STORE, []),
        (asked(consent=False, parcels_count=6), STORE, ["no_consent", "no_room"]),
        (asked(), replace(STORE, opening=WeekHours((), SHANGHAI)), ["store_closed"]),
    ],
)
def test_the_store(question: Asked, store: Store, codes: list[str]) -> None:
    (offer,) = store_offers(question, DEPOT, [store], PRICING)
    assert [reason.code for reason in offer.reasons] == codes


def test_a_heavy_piece_goes_to_no_store() -> None:
    (offer,) = store_offers(asked(weight_g=1_001), SMALL, [STORE], PRICING)
    assert [reason.code for reason in offer.reasons] == ["parcel_too_heavy"]


def test_a_store_beyond_our_vans_is_not_served_even_if_wished_for() -> None:
    away = replace(STORE, point=FAR)
    (offer,) = store_offers(asked(site_wish="sit_store", place=FAR), DEPOT, [away], PRICING)
    assert [reason.code for reason in offer.reasons] == ["outside_service_area"]
    assert store_offers(asked(), DEPOT, [away], PRICING) == []


def test_where_the_door_is_unknown_only_the_wished_store_is_offered() -> None:
    assert store_offers(asked(place=None), DEPOT, [STORE], PRICING) == []
    (offer,) = store_offers(asked(place=None, site_wish="sit_store"), DEPOT, [STORE], PRICING)
    assert offer.is_feasible


def test_money_due_is_paid_at_the_store() -> None:
    (offer,) = store_offers(asked(cod_minor=100), DEPOT, [STORE], PRICING)
    assert "pay_at_store" in offer.conditions


def test_the_nearest_depot_sends() -> None:
    other = replace(DEPOT, site_id="sit_other", point=Point(lat=36.71, lon=117.05))
    assert nearest([DEPOT, other], DOOR) is other
    assert nearest([DEPOT, other], None) is DEPOT
    assert nearest([], CENTRE) is None
