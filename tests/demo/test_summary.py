from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from demo.summary import CodFigures, LiveFigures, Summary, WebhookFigures, count_ends, count_modes, percentile

# due 1000 = taken 700 + void 200 + outstanding 100; taken 700 = remitted 600 + fees 20 + custody 80
COD = CodFigures(1000, 700, 600, 20, 200, {"driver:veh_1": 50, "till:sit_1": 30}, {"shp_9": 100})
GOOD = Summary(
    seed=1,
    city="云江市",
    orders=10,
    shipments=10,
    modes={"own_fleet": 7, "pickup": 2, "carrier": 1},
    planned=9,
    unplanned=1,
    delivered=6,
    picked_up=2,
    refused=1,
    returned=2,
    cancelled=0,
    lost=0,
    still_open=0,
    events=60,
    days=3,
    cod=COD,
    ledger_imbalance_minor=0,
    violations=0,
    webhooks=WebhookFigures(40, 40, 0),
    live=LiveFigures(5, 80, 0, 3.0, 12.0),
)


def test_a_good_day_has_no_problems() -> None:
    assert GOOD.problems() == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"shipments": 9}, "orders became"),
        ({"modes": {"own_fleet": 7, "pickup": 2, "carrier": 0}}, "modes"),
        ({"delivered": 5}, "are not all shipments"),
        ({"returned": 1, "still_open": 1}, "have not ended"),
        ({"ledger_imbalance_minor": 1}, "ledger"),
        ({"violations": 1}, "violations"),
        ({"mishaps": ["24 Nov driver: refused"]}, "went wrong"),
        ({"cod": replace(COD, taken_minor=701)}, "COD due"),
        ({"cod": replace(COD, remitted_minor=599)}, "COD taken"),
        ({"cod": replace(COD, custody={})}, "COD taken"),
        ({"cod": replace(COD, outstanding={})}, "COD due"),
        ({"webhooks": WebhookFigures(40, 39, 0)}, "webhook"),
        ({"live": LiveFigures(5, 80, 1)}, "missed"),
        ({"live": LiveFigures(5, 0, 0)}, "nobody"),
    ],
)
def test_each_thing_that_does_not_hold_is_said(change: dict[str, Any], word: str) -> None:
    assert any(word in problem for problem in replace(GOOD, **change).problems())


def test_the_file_has_every_figure_under_its_name() -> None:
    body = GOOD.as_json()
    assert body["cod_due_minor"] == 1000
    assert body["cod_taken_minor"] == 700
    assert body["cod_remitted_minor"] == 600
    assert body["cod_void_minor"] == 200
    assert body["fees_minor"] == 20
    assert body["cod_custody"] == {"driver:veh_1": 50, "till:sit_1": 30}
    assert body["cod_outstanding"] == {"shp_9": 100}
    assert body["webhooks"] == {"messages": 40, "acknowledged": 40, "gave_up": 0}
    assert body["live"]["p99_ms"] == 12.0
    assert body["problems"] == []


def test_shipments_are_counted_by_mode_and_by_end() -> None:
    shipments = [
        {"mode": "own_fleet", "state": "delivered"},
        {"mode": "pickup", "state": "delivered"},
        {"mode": "pickup", "state": "returned"},
        {"mode": "carrier", "state": "underway"},
        {"mode": "", "state": "accepted"},
    ]
    assert count_modes(shipments) == {"own_fleet": 1, "pickup": 2, "carrier": 1, "none": 1}
    assert count_ends(shipments) == {
        "delivered": 1, "picked_up": 1, "returned": 1, "cancelled": 0, "lost": 0, "still_open": 2,
    }  # fmt: skip


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([5.0, 1.0, 9.0, 3.0], 0.5) == 5.0
    assert percentile([float(k) for k in range(100)], 0.99) == 99.0
    assert percentile([], 0.99) == 0.0
