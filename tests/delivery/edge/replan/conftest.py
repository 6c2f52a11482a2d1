from __future__ import annotations

import pytest

from tests.delivery.edge.replan.road import Road
from tests.living import House


@pytest.fixture
def road(sqlite_house: House) -> Road:
    """Give a running day with two vans, on SQLite."""
    return Road(sqlite_house)
