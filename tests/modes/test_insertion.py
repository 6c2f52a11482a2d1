from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.errors import Invalid
from logistics.modes.insertion import SCALE_MAX, InsertionModel, calibrate, stop_cost
from tests.modes.makers import models


def test_a_stop_costs_its_time_the_way_from_the_one_before_and_its_share_of_out_and_back() -> None:
    model = InsertionModel(stop_cost=3, km_cost=2, detour=1.5, stops_per_route=40, stops_per_km2=4, k=0.8)
    # between stops 0.8 / 2 = 0.4 km; out and back 2 x 20 / 40 = 1 km; 3 + 2 x 1.5 x 1.4 = 7.2
    assert stop_cost(model, 20_000) == pytest.approx(7.2)
    assert stop_cost(model, 20_000, shared_by=6) == pytest.approx(1.2)


@given(models, st.floats(0, 100_000), st.floats(0, 100_000))
def test_farther_is_never_cheaper(model: InsertionModel, one_m: float, more_m: float) -> None:
    assert stop_cost(model, one_m + more_m) >= stop_cost(model, one_m)


def test_a_denser_day_is_cheaper() -> None:
    assert stop_cost(InsertionModel(stops_per_km2=10), 5000) < stop_cost(InsertionModel(stops_per_km2=1), 5000)


def test_plans_teach_the_scale_until_it_fits() -> None:
    model, true_scale = InsertionModel(), 1.6
    for _ in range(30):
        predicted = 100 * model.scale
        model = calibrate(model, predicted=predicted, actual=100 * true_scale)
    assert model.scale == pytest.approx(true_scale, rel=1e-3)


@given(models, st.floats(-10, 1e6), st.floats(-10, 1e6))
def test_no_plan_makes_the_model_absurd(model: InsertionModel, predicted: float, actual: float) -> None:
    assert calibrate(model, predicted=predicted, actual=actual).scale <= SCALE_MAX


@pytest.mark.parametrize("wrong", [{"km_cost": -1}, {"detour": 0.9}, {"stops_per_km2": 0}, {"scale": 9}])
def test_parameters_that_make_no_cost_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Invalid):
        InsertionModel(**wrong)
