from __future__ import annotations

import pytest

from tests.delivery.edge.replan.road import Road
from tests.delivery.stage import Day
from tests.living import House


@pytest.fixture
def day(house: House) -> Day:
    """Give a day on either database."""
    return Day(house)


@pytest.fixture
def sqlite_day(sqlite_house: House) -> Day:
    """Give a day on SQLite, for tests that are not about the database."""
    return Day(sqlite_house)


@pytest.fixture
def road(sqlite_house: House) -> Road:
    """Give a running day with two vans, on SQLite."""
    return Road(sqlite_house)
