from __future__ import annotations

from typing import Any

import pytest

from logistics.delivery.edge import release
from logistics.kit.edge.db import Transaction
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.lifecycle import ShipmentStep
from tests.delivery.stage import Day
from tests.living import House


@pytest.fixture(autouse=True)
def _no_modes(monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(shipment_id: str, *_: Any, tx: Transaction) -> None:
        shipments.record(shipment_id, ShipmentStep.CHOOSE, tx=tx)

    monkeypatch.setattr(release, "_choose", choose)


@pytest.fixture
def day(house: House) -> Day:
    """Give a day on either database."""
    return Day(house)


@pytest.fixture
def sqlite_day(sqlite_house: House) -> Day:
    """Give a day on SQLite, for tests that are not about the database."""
    return Day(sqlite_house)
