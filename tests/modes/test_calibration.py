"""The model is held against plans made up from known prices: what was put in has to come out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from statistics import fmean, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logistics.kit.geo import Point
from logistics.modes.calibration import (
    LESSONS_KEPT,
    PLANS_MIN,
    SHARE,
    STOPS_MIN,
    Basis,
    Figures,
    Knowledge,
    Lesson,
    Observed,
    estimate,
    learned,
    measured,
)
from logistics.modes.insertion import FEATURES, InsertionModel, Prices, Stop, stop_cost
from logistics.modes.surroundings import Surroundings
from tests.modes.makers import stops

START = InsertionModel()
TRUE = np.array([1.0, 0.2, 0.5, 2.0, 0.1, 2.5, 1.5, 0.8])
HERE = Point(lat=30, lon=120)


def stop_of(chance: Random) -> Stop:
    return Stop(
        depot_m=chance.uniform(500, 20_000),
        between_km=chance.uniform(0.2, 1.5),
        parcels_count=chance.choice([1, 1, 1, 2, 4]),
        takes_cash=chance.random() < 0.4,
        is_store=chance.random() < 0.2,
        window_s=chance.choice([None, 3_600.0, 7_200.0, 14_400.0]),
    )


def lesson(number: int, stops_count: int = 60, noise: float = 0.0, prices: Prices = TRUE) -> Lesson:
    """Make a plan whose stops cost what the prices say, times chance around 1."""
    chance = Random(number)
    drawn = [stop_of(chance) for _ in range(stops_count)]
    luck = [chance.gammavariate(1 / noise, noise) if noise else 1.0 for _ in drawn]
    observed = [Observed(one, stop_cost(prices, one, 1.0) * by) for one, by in zip(drawn, luck, strict=True)]
    return Lesson(date(2026, 1, 1) + timedelta(days=number), tuple(observed))


def learned_from(lessons: list[Lesson]) -> Figures | None:
    return learned(lessons, START.prices, START.usual_between_km)


def test_prices_that_made_the_plans_are_found_again() -> None:
    found = learned_from([lesson(number) for number in range(10)])
    assert found is not None
    drawn = [stop_of(Random(f"new {number}")) for number in range(50)]  # 10 stops of 610 say the starting values
    for stop in drawn:
        assert stop_cost(found.prices, stop, 1.0) == pytest.approx(stop_cost(TRUE, stop, 1.0), rel=0.08)
    assert (found.plans_count, found.stops_count) == (10, 600)


@pytest.mark.parametrize(
    ("plans", "stops_each", "is_enough"),
    [
        (PLANS_MIN, STOPS_MIN, True),
        (PLANS_MIN - 1, STOPS_MIN * 9, False),
        (PLANS_MIN, STOPS_MIN // PLANS_MIN, True),
        (PLANS_MIN, STOPS_MIN // PLANS_MIN - 1, False),
        (0, 0, False),
    ],
)
def test_until_enough_was_seen_nothing_was_learned(plans: int, stops_each: int, is_enough: bool) -> None:  # noqa: FBT001 - the verdict of a table
    assert (learned_from([lesson(number, stops_each) for number in range(plans)]) is not None) is is_enough


def test_plans_that_tell_nothing_do_not_count() -> None:
    empty = Lesson(date(2026, 1, 1), ())
    assert learned_from([lesson(1, 100), empty, empty]) is None


def test_what_was_never_seen_keeps_its_starting_price() -> None:
    no_stores = [
        replace(one, observed=tuple(seen for seen in one.observed if not seen.stop.is_store))
        for one in (lesson(number) for number in range(4))
    ]
    start = START.prices.copy()
    start[FEATURES.index("store")] = 7.5
    found = learned(no_stores, start, 1.0)
    assert found is not None
    assert found.prices[FEATURES.index("store")] == pytest.approx(7.5)


def test_the_more_is_seen_the_less_the_starting_values_hold() -> None:
    def off(plans: int) -> float:
        found = learned_from([lesson(number, 20) for number in range(plans)])
        assert found is not None
        return float(np.abs(found.prices - TRUE).max())

    assert off(16) < off(2)


def test_only_the_last_lessons_count() -> None:
    old = [lesson(number, prices=TRUE * 5) for number in range(LESSONS_KEPT)]
    new = [lesson(100 + number) for number in range(LESSONS_KEPT)]
    both, alone = learned_from(old + new), learned_from(new)
    assert both is not None
    assert alone is not None
    assert both.prices == pytest.approx(alone.prices)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.tuples(stops, st.floats(-20, 500)), min_size=15, max_size=20), min_size=2, max_size=4),
    st.floats(0, 50_000),
)
def test_whatever_plans_say_no_price_is_negative_and_farther_is_never_cheaper(
    plans: list[list[tuple[Stop, float]]], more_m: float
) -> None:
    lessons = [Lesson(date(2026, 1, 1), tuple(Observed(*one) for one in plan)) for plan in plans]
    found = learned_from(lessons)
    assert found is not None
    assert np.isfinite(found.prices).all()
    assert (found.prices >= 0).all()
    assert 0 <= found.low <= 1 <= found.high
    stop = plans[0][0][0]
    there = stop_cost(found.prices, replace(stop, depot_m=stop.depot_m + more_m), 1.0)
    assert there >= stop_cost(found.prices, stop, 1.0) >= 0


@settings(max_examples=20, deadline=None)
@given(st.floats(0.01, 1000))
def test_another_currency_is_another_scale_and_nothing_else(rate: float) -> None:
    def exchanged(one: Lesson) -> Lesson:
        return replace(one, observed=tuple(replace(seen, cost=seen.cost * rate) for seen in one.observed))

    lessons = [lesson(number, 30, noise=0.5) for number in range(3)]
    here = learned(lessons, START.prices, 1.0)
    there = learned([exchanged(one) for one in lessons], START.prices * rate, 1.0)
    assert here is not None
    assert there is not None
    assert there.prices == pytest.approx(here.prices * rate, rel=1e-4, abs=1e-4 * rate)
    assert (there.low, there.high) == pytest.approx((here.low, here.high), rel=1e-3)


def test_the_error_is_that_of_plans_not_seen_before() -> None:
    lessons = [lesson(number, noise=0.5) for number in range(12)]
    error = measured(lessons, START.prices, 1.0)
    assert error is not None
    assert (error.plans_count, error.stops_count) == (12 - PLANS_MIN, 60 * (12 - PLANS_MIN))
    assert abs(error.bias) < 0.1 * error.mean_actual
    assert error.coverage == pytest.approx(SHARE, abs=0.06)
    assert abs(error.bias) < abs(error.start_bias) / 5
    # the last plan is another world: what was said of it before cannot have known
    strange = measured([*lessons[:3], lesson(3, prices=TRUE * 10)], START.prices, 1.0)
    assert strange is not None
    assert strange.bias < -0.4 * strange.mean_actual
    assert strange.coverage < SHARE


def test_what_a_plan_teaches_is_not_used_to_quote_it() -> None:
    first, second, third = (lesson(number, prices=TRUE * (1 + number)) for number in range(3))
    before = learned_from([first, second])
    error = measured([first, second, third], START.prices, START.usual_between_km)
    assert before is not None
    assert error is not None
    off = [stop_cost(before.prices, one.stop, 1.0) - one.cost for one in third.observed]
    assert error.bias == pytest.approx(fmean(off))
    assert error.median_absolute == pytest.approx(median(abs(one) for one in off))


def test_no_error_is_told_before_there_is_a_plan_to_measure_it_on() -> None:
    assert measured([lesson(number) for number in range(PLANS_MIN)], START.prices, 1.0) is None
    assert measured([lesson(number, 5) for number in range(PLANS_MIN + 1)], START.prices, 1.0) is None


def test_an_estimate_goes_by_what_is_known_of_the_place() -> None:
    figures = Figures(TRUE, 0.5, 1.5, 9, 500)
    around = Surroundings([(30.0, 120.0, 20.0)], 1)
    stop = Stop(5_000)
    start = estimate(START, Knowledge(surroundings=around), stop, HERE)
    assert start.cost == pytest.approx(stop_cost(START.prices, stop, START.usual_between_km))
    assert start.low is None
    found = estimate(START, Knowledge(Basis.OWN, figures, around), stop, HERE)
    aware = replace(stop, between_km=around.between_km(HERE))
    assert found.cost == pytest.approx(stop_cost(TRUE, aware, 0.0))
    assert (found.low, found.high) == pytest.approx((0.5 * found.cost, 1.5 * found.cost))
    pooled = estimate(START, Knowledge(Basis.POOLED, figures), stop, HERE)
    assert pooled.cost == pytest.approx(stop_cost(TRUE, stop, START.usual_between_km))
