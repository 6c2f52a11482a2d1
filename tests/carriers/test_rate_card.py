from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.carriers.rate_card import Box, Circle, Load, RateCard, Surcharge, Zone, charged_g, quote
from logistics.kit.errors import Invalid
from logistics.kit.geo import Point
from logistics.kit.money import Money

DEPOT = Point(lat=36.65, lon=117.0)
NEAR = Point(lat=36.70, lon=117.0)  # 5.6 km
FAR = Point(lat=38.0, lon=117.0)  # 150 km
SEA = Point(lat=0.0, lon=-140.0)

CITY = Zone("city", 1000, Fraction(8), 500, Fraction(1), distance_m_max=20_000)
PROVINCE = Zone("province", 1000, Fraction(10), 500, Fraction(3, 2), distance_m_max=400_000, days=2)
CARD = RateCard("CNY", (CITY, PROVINCE), volumetric_cm3_per_kg=8000, cod_share=Fraction(1, 100), cod_min=Fraction(2))


@pytest.mark.parametrize(
    ("weight_g", "volume_cm3", "cod_minor", "place", "price_minor"),
    [
        (1, 0, 0, NEAR, 800),  # the first weight is paid for in full
        (1000, 0, 0, NEAR, 800),  # up to its end
        (1001, 0, 0, NEAR, 900),  # 8 + 1 step of 1
        (2500, 0, 0, NEAR, 1100),  # 8 + 3 steps
        (2500, 0, 0, FAR, 1450),  # 10 + 3 x 1.50
        (500, 8000, 0, NEAR, 800),  # 8000 cm3 are 1 kg
        (500, 8001, 0, NEAR, 900),  # a cm3 more begins a step
        (500, 24_000, 0, NEAR, 1200),  # 3 kg by volume: 8 + 4 x 1
        (500, 0, 10_000, NEAR, 1000),  # 8 + at least 2
        (500, 0, 50_000, NEAR, 1300),  # 8 + 1 % of 500
    ],
)
def test_a_price_is_first_weight_and_begun_steps(
    weight_g: int, volume_cm3: int, cod_minor: int, place: Point, price_minor: int
) -> None:
    cod = Money(cod_minor, "CNY") if cod_minor else None
    found, findings = quote(CARD, Load(weight_g, volume_cm3, 1, cod), origin=DEPOT, place=place)
    assert not findings
    assert found is not None
    assert found.price == Money(price_minor, "CNY")


def test_the_lines_add_up_to_the_price_before_it_is_rounded_once() -> None:
    third = Surcharge("fuel", share=Fraction(1, 3))
    card = RateCard("CNY", (Zone("all", 1000, Fraction("8.005"), 500, Fraction(1)),), surcharges=(third, third))
    found, _ = quote(card, Load(900), origin=DEPOT, place=NEAR)
    assert found is not None
    # 8.005 x (1 + 1/3 + 1/3) = 13.341666; each line rounded alone would make 8.01 + 2.67 + 2.67 = 13.35
    assert sum(line.exact for line in found.lines) == Fraction("8.005") * Fraction(5, 3)
    assert found.price == Money(1334, "CNY")


def test_surcharges_apply_where_they_say() -> None:
    remote = Surcharge("remote", flat=Fraction(5), zones=("province",))
    heavy = Surcharge("heavy", flat=Fraction(2), per_parcel=True, above_g=3000)
    card = RateCard("CNY", (CITY, PROVINCE), surcharges=(remote, heavy))

    def price(load: Load, place: Point) -> int:
        found, _ = quote(card, load, origin=DEPOT, place=place)
        assert found is not None
        return found.price.amount_minor

    assert price(Load(1000), NEAR) == 800
    assert price(Load(1000), FAR) == 1500
    assert price(Load(3000, 0, 2), NEAR) == 1200
    assert price(Load(3001, 0, 2), NEAR) == 1700  # 8 + 5 steps + 2 for each of two parcels


@pytest.mark.parametrize(
    ("load", "place", "code"),
    [
        (Load(1000), SEA, "outside_service_area"),
        (Load(1000), None, "outside_service_area"),
        (Load(30_001), NEAR, "too_heavy"),
        (Load(1000, cod=Money(500_001, "CNY")), NEAR, "cod_too_high"),
        (Load(1000, cod=Money(100, "EUR")), NEAR, "cod_currency"),
    ],
)
def test_where_there_is_no_price_there_is_a_reason(load: Load, place: Point | None, code: str) -> None:
    card = RateCard("CNY", (CITY,), weight_g_max=30_000, cod_max=Fraction(5000))
    found, findings = quote(card, load, origin=DEPOT, place=place)
    assert found is None
    assert [finding.code for finding in findings] == [code]


def test_zones_are_areas_or_distances_or_everywhere_and_the_first_wins() -> None:
    island = Zone("island", 1, Fraction(30), 1, Fraction(1), areas=(Circle(NEAR, 100),))
    north = Zone("north", 1, Fraction(20), 1, Fraction(1), areas=(Box(37.5, 110, 40, 120),))
    card = RateCard("CNY", (island, north, CITY, Zone("rest", 1, Fraction(9), 1, Fraction(1))))
    names = [card.find_zone(DEPOT, place) for place in (NEAR, FAR, DEPOT, SEA, None)]
    assert [zone.name for zone in names if zone] == ["island", "north", "city", "rest", "rest"]


@pytest.mark.parametrize(
    "card",
    [
        {"zones": ()},
        {"zones": (CITY, CITY)},
        {"zones": (Zone("a", 1, Fraction(1), 0, Fraction(1)),)},
        {"zones": (Zone("a", 1, Fraction(-1), 1, Fraction(1)),)},
        {"zones": (CITY,), "cod_share": Fraction(2)},
        {"zones": (CITY,), "volumetric_cm3_per_kg": -1},
        {"zones": (CITY,), "surcharges": (Surcharge("rebate", flat=Fraction(-1)),)},
    ],
)
def test_a_card_nobody_can_reckon_with_is_refused(card: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        RateCard("CNY", **card)  # type: ignore[arg-type]  # the table holds different fields


prices = st.fractions(min_value=0, max_value=100, max_denominator=1000)
zones = st.builds(
    Zone,
    name=st.just("all"),
    first_weight_g=st.integers(0, 5000),
    first_price=prices,
    step_g=st.integers(1, 2000),
    step_price=prices,
)
surcharges = st.builds(
    Surcharge,
    code=st.just("any"),
    flat=prices,
    per_parcel=st.booleans(),
    share=st.fractions(0, 1, max_denominator=100),
    above_g=st.integers(0, 5000),
)
cards = st.builds(
    RateCard,
    currency=st.just("CNY"),
    zones=zones.map(lambda zone: (zone,)),
    volumetric_cm3_per_kg=st.sampled_from([0, 5000, 6000, 8000, 12_000]),
    surcharges=st.lists(surcharges, max_size=3).map(tuple),
    cod_share=st.fractions(0, 1, max_denominator=200),
    cod_min=prices,
)
loads = st.builds(
    Load,
    weight_g=st.integers(1, 100_000),
    volume_cm3=st.integers(0, 10**6),
    parcels_count=st.integers(1, 50),
    cod=st.none() | st.integers(1, 10**6).map(lambda minor: Money(minor, "CNY")),
)


def price_of(card: RateCard, load: Load) -> Money:
    found, findings = quote(card, load, origin=DEPOT, place=NEAR)
    assert not findings
    assert found is not None
    return found.price


@given(cards, loads, st.integers(0, 50_000), st.integers(0, 10**6))
def test_more_weight_or_volume_never_costs_less(card: RateCard, load: Load, more_g: int, more_cm3: int) -> None:
    heavier = Load(load.weight_g + more_g, load.volume_cm3 + more_cm3, load.parcels_count, load.cod)
    assert price_of(card, heavier) >= price_of(card, load)


@given(cards, loads)
def test_nothing_is_cheaper_than_the_first_weight(card: RateCard, load: Load) -> None:
    assert price_of(card, load) >= Money.from_exact(card.zones[0].first_price, "CNY", card.rounding)


@given(cards, loads)
def test_the_steps_paid_for_hold_the_weight_and_no_step_is_idle(card: RateCard, load: Load) -> None:
    zone = card.zones[0]
    found, _ = quote(card, load, origin=DEPOT, place=NEAR)
    assert found is not None
    step = next((line.exact for line in found.lines if line.code == "step_weight"), Fraction(0))
    if zone.step_price:
        steps = step / zone.step_price
        assert steps.denominator == 1
        held = zone.first_weight_g + steps * zone.step_g
        assert held >= charged_g(card, load)
        assert steps == 0 or held - zone.step_g < charged_g(card, load)


@given(cards, loads)
def test_money_to_collect_costs_its_fee_and_no_more(card: RateCard, load: Load) -> None:
    bare = Load(load.weight_g, load.volume_cm3, load.parcels_count)
    fee = max(card.cod_min, card.cod_share * load.cod.exact()) if load.cod else Fraction(0)
    found, _ = quote(card, load, origin=DEPOT, place=NEAR)
    without, _ = quote(card, bare, origin=DEPOT, place=NEAR)
    assert found is not None
    assert without is not None
    assert sum(x.exact for x in found.lines) - sum(x.exact for x in without.lines) == fee
