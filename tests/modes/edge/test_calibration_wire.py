from __future__ import annotations

import pytest

from logistics.modes.edge.calibration_wire import written
from logistics.modes.edge.tables import FiguresRow
from logistics.modes.insertion import FEATURES
from tests.builders import NOON

PRICES = [float(number) for number in range(len(FEATURES))]
ERROR = {
    "plans_count": 3,
    "stops_count": 150,
    "median_absolute": 0.854,
    "bias": -0.1,
    "coverage": 0.7912,
    "start_median_absolute": 3.3,
    "start_bias": 2.25,
    "mean_actual": 2.0,
}


def row(depot_id: str = "sit_1", *, learned: bool = True, measured: bool = True) -> FiguresRow:
    return FiguresRow(
        depot_id=depot_id,
        currency="CNY",
        prices=PRICES if learned else None,
        starting=[1.0] * len(FEATURES),
        low=0.4,
        high=1.9,
        plans_count=5,
        stops_count=250,
        mean_cost=6.0,
        error=ERROR if measured else None,
        seen=[],
        days=0,
        learned_at=NOON,
    )


def test_the_error_is_said_beside_that_of_the_starting_values() -> None:
    (one,) = written([row()])
    assert one.basis == "own"
    assert "On 3 plans not seen before, half of them were off by" in one.text
    assert "79 of 100" in one.text
    assert one.error is not None
    assert (one.error.median_absolute.amount_minor, one.error.starting_median_absolute.amount_minor) == (85, 330)
    assert (one.error.mean.amount_minor, one.error.coverage_percent) == (-10, 79.1)
    assert (one.percent, one.low, one.high) == (80, 0.4, 1.9)
    assert [(price.name, price.learned) for price in one.prices] == list(zip(FEATURES, PRICES, strict=True))


@pytest.mark.parametrize(
    ("rows", "basis", "said"),
    [
        ([row(learned=False, measured=False)], "starting", "go by the starting values"),
        ([row(learned=False), row("")], "pooled", "go by the figures of all depots"),
        ([row(measured=False)], "own", "known after the next plan"),
        ([row("")], "pooled", "half of them were off by"),
    ],
)
def test_it_says_what_quotes_go_by(rows: list[FiguresRow], basis: str, said: str) -> None:
    one = written(rows)[0]
    assert one.basis == basis
    assert said in one.text


def test_no_interval_is_told_before_there_is_one() -> None:
    (one,) = written([row(learned=False, measured=False)])
    assert (one.low, one.high, one.error) == (None, None, None)
    assert {price.learned for price in one.prices} == {None}
