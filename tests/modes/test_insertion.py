from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.errors import Invalid
from logistics.modes.insertion import FEATURES, InsertionModel, Stop, features, stop_cost
from tests.modes.makers import models, stops


def test_a_stop_starts_at_its_time_the_way_from_the_one_before_and_its_share_of_out_and_back() -> None:
    model = InsertionModel(stop_cost=3, km_cost=2, detour=1.5, stops_per_route=40, stops_per_km2=4, k=0.8)
    # between stops 0.8 / 2 = 0.4 km; out and back 2 x 20 / 40 = 1 km; 3 + 2 x 1.5 x 1.4 = 7.2
    assert stop_cost(model.prices, Stop(20_000), model.usual_between_km) == pytest.approx(7.2)
    # where a street is four times as dense, half the way: 3 + 2 x 1.5 x 1.2 = 6.6
    assert stop_cost(model.prices, Stop(20_000, between_km=0.25), 0.5) == pytest.approx(6.6)


def test_each_price_is_for_one_thing_that_is_known() -> None:
    stop = Stop(4_000, 0.5, parcels_count=3, takes_cash=True, is_store=True, window_s=9_000)
    # three quarters of a ten hours' day are shut: 1 - 2.5 h / 10 h
    assert dict(zip(FEATURES, features(stop, 9.0), strict=True)) == pytest.approx(
        {
            "stop": 1,
            "more_parcels": 2,
            "cash": 1,
            "store": 1,
            "out_and_back_km": 8,
            "between_km": 0.5,
            "window": 0.75,
            "window_between_km": 0.375,
        }
    )
    assert features(replace(stop, between_km=None, window_s=None), 9.0)[5:].tolist() == [9.0, 0.0, 0.0]


@given(models, stops, st.floats(0, 100_000))
def test_farther_is_never_cheaper(model: InsertionModel, stop: Stop, more_m: float) -> None:
    there = stop_cost(model.prices, replace(stop, depot_m=stop.depot_m + more_m), model.usual_between_km)
    assert there >= stop_cost(model.prices, stop, model.usual_between_km) >= 0


def test_a_denser_day_is_cheaper() -> None:
    sparse, dense = InsertionModel(stops_per_km2=1), InsertionModel(stops_per_km2=10)
    stop = Stop(5_000)
    assert stop_cost(dense.prices, stop, dense.usual_between_km) < stop_cost(sparse.prices, stop, 1.0)


@given(stops)
def test_a_window_binds_more_the_narrower_it_is(stop: Stop) -> None:
    prices = np.ones(len(FEATURES))
    widths = [None, 36_000.0, 7_200.0, 0.0]
    costs = [stop_cost(prices, replace(stop, window_s=width), 1.0) for width in widths]
    assert costs == sorted(costs)
    assert costs[0] == costs[1]


@pytest.mark.parametrize("wrong", [{"km_cost": -1}, {"detour": 0.9}, {"stops_per_km2": 0}, {"stops_per_route": 0}])
def test_parameters_that_make_no_cost_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Invalid):
        InsertionModel(**wrong)
