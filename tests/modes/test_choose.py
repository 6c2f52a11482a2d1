from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from logistics.carriers.rate_card import RateCard, Zone
from logistics.kit.geo import great_circle_m
from logistics.kit.money import Money
from logistics.modes.choose import choose
from logistics.modes.fleet import Depot, Store
from logistics.modes.hauliers import Haulier
from logistics.modes.offers import Asked, Offer
from logistics.shipments.model import Mode
from tests.modes import makers
from tests.modes.makers import DEPOT, FAR, HAULIER, STORE, asked, choice_of, offers_of

CHEAP = replace(
    HAULIER, code="zt", name="ZT", card=RateCard("CNY", (Zone("all", 1000, Fraction(1), 1000, Fraction(1)),))
)


def codes(offers: tuple[Offer, ...], mode: Mode) -> list[str]:
    return [reason.code for offer in offers if offer.mode is mode for reason in offer.reasons]


def test_the_store_is_cheapest_because_parcels_share_its_stop() -> None:
    choice = choice_of(asked())
    assert choice.taken is not None
    assert choice.taken.mode is Mode.PICKUP
    assert choice.taken.conditions == ("pickup_code", "kept_days:3")


def test_without_consent_the_store_is_not_taken_and_it_is_said_what_it_would_have_saved() -> None:
    choice = choice_of(asked(consent=False))
    assert choice.taken is not None
    assert choice.taken.mode is Mode.OWN_FLEET
    assert codes(choice.offers, Mode.PICKUP) == ["no_consent"]
    store = next(offer for offer in choice.offers if offer.mode is Mode.PICKUP)
    assert choice.taken.total is not None
    assert store.total is not None
    saved = choice.taken.total - store.total
    assert f"Corner Store would have been {saved} cheaper, but no consent." in choice.reasons


def test_far_away_only_a_carrier_goes() -> None:
    choice = choice_of(asked(place=FAR))
    assert choice.taken is not None
    assert choice.taken.carrier == "yt"
    assert codes(choice.offers, Mode.OWN_FLEET) == ["outside_service_area"]


def test_money_goes_with_a_carrier_that_collects_it_however_dear() -> None:
    dear = replace(HAULIER, collects_cod=True)
    cheap = replace(CHEAP, collects_cod=False)
    choice = choice_of(asked(place=FAR, cod_minor=5000), hauliers=[dear, cheap])
    assert choice.taken is not None
    assert choice.taken.carrier == "yt"
    assert "carrier_no_cod" in codes(choice.offers, Mode.CARRIER)


def test_a_promise_kept_can_be_worth_more_than_a_cheap_one_broken() -> None:
    # the carrier costs 1.00, and comes a day late (2.00): 3.08 with its failed attempts
    choice = choice_of(asked(), stores=[], hauliers=[CHEAP])
    cheap = next(offer for offer in choice.offers if offer.carrier)
    assert cheap.total == Money(308, "CNY")
    later = choice_of(asked(wish_on=date(2026, 11, 27)), stores=[], hauliers=[CHEAP])
    assert next(offer for offer in later.offers if offer.carrier).total == Money(108, "CNY")


@pytest.mark.parametrize(
    ("question", "taken"),
    [
        (asked(wish=Mode.CARRIER), "yt"),
        (asked(wish=Mode.OWN_FLEET), ""),
        (asked(wish=Mode.PICKUP), ""),
        (asked(wish=Mode.PICKUP, consent=False), None),  # never bent
        (asked(wish=Mode.OWN_FLEET, place=FAR), None),
        (asked(wish=Mode.PICKUP, site_wish="sit_store", place=FAR), ""),  # her wish, however far she goes
        (asked(wish=Mode.PICKUP, site_wish="sit_elsewhere"), None),
        (asked(allowed=frozenset({"carrier"})), "yt"),
        (asked(allowed=frozenset()), None),
    ],
)
def test_a_wish_is_honoured_or_refused(question: Asked, taken: str | None) -> None:
    choice = choice_of(question)
    assert (choice.taken.carrier if choice.taken else None) == taken
    if choice.taken and question.wish:
        assert choice.taken.mode is question.wish
    if choice.taken is None:
        assert all(offer.reasons for offer in choice.offers)


def test_equal_offers_go_to_our_own_fleet() -> None:
    same = Offer(Mode.OWN_FLEET, "a", cost=Money(5, "CNY"), risk=Money(0, "CNY"))
    others = [replace(same, mode=Mode.CARRIER, carrier="x"), replace(same, mode=Mode.PICKUP, site_id="s"), same]
    choice = choose(asked(), others)
    assert choice.taken is same
    assert choice.reasons[0] == "a would have come to the same."


def test_nothing_to_offer_is_a_choice_of_nothing() -> None:
    assert choose(asked(), []).taken is None


@given(makers.questions, makers.depots, makers.stores, makers.hauliers)
def test_what_is_taken_is_feasible_and_the_cheapest(
    question: Asked, depot: Depot, stores: list[Store], hauliers: list[Haulier]
) -> None:
    choice = choose(question, offers_of(question, [depot], stores, hauliers))
    feasible = [offer for offer in choice.offers if offer.is_feasible]
    assert (choice.taken is None) == (not feasible)
    if choice.taken:
        assert choice.taken.total is not None
        assert all(offer.total is not None and choice.taken.total <= offer.total for offer in feasible)
        assert choice.taken.price is not None
        assert choice.taken.promise is not None
        assert choice.taken.promise.end >= question.now
    assert len(choice.reasons) == len(choice.offers) - bool(choice.taken)


@given(makers.questions, makers.depots, makers.stores, makers.hauliers)
def test_no_rule_is_bent_for_any_price(
    question: Asked, depot: Depot, stores: list[Store], hauliers: list[Haulier]
) -> None:
    choice = choose(question, offers_of(question, [depot], stores, hauliers))
    taken = choice.taken
    if taken is None:
        return
    if taken.mode is Mode.PICKUP:
        store = next(one for one in stores if one.site_id == taken.site_id)
        assert question.has_store_consent
        assert store.room >= question.load.parcels_count
        assert store.opening.openings
    if taken.mode is Mode.CARRIER and question.load.cod:
        assert next(one for one in hauliers if one.code == taken.carrier).collects_cod
    if taken.mode is Mode.OWN_FLEET:
        assert question.place is not None
        assert great_circle_m(depot.point, question.place) <= depot.terms.radius_m_max
    assert question.wish in {None, taken.mode}


@given(makers.questions, makers.depots, makers.stores, makers.hauliers)
def test_one_more_offer_never_makes_it_dearer(
    question: Asked, depot: Depot, stores: list[Store], hauliers: list[Haulier]
) -> None:
    with_all = choose(question, offers_of(question, [depot], stores, hauliers)).taken
    without = choose(question, offers_of(question, [depot], stores, hauliers[1:])).taken
    if without:
        assert with_all is not None
        assert with_all.total is not None
        assert without.total is not None
        assert with_all.total <= without.total


def test_stores_are_offered_from_the_nearest_on() -> None:
    farther = replace(STORE, site_id="sit_2", point=replace(STORE.point, lat=STORE.point.lat + 0.01))
    away = replace(STORE, site_id="sit_3", point=FAR)
    offers = choice_of(asked(), stores=[away, farther, STORE]).offers
    assert {offer.site_id for offer in offers if offer.site_id} == {"sit_store", "sit_2"}
    few = replace(DEPOT, terms=replace(DEPOT.terms, stores_max=1))
    assert {o.site_id for o in choice_of(asked(), [farther, STORE], depot=few).offers if o.site_id} == {"sit_store"}
