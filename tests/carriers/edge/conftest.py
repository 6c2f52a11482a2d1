from __future__ import annotations

from collections.abc import Iterator

import pytest

from logistics.kit.edge.db import Database
from tests.builders import ManualClock
from tests.carriers.edge.box import Box, box


@pytest.fixture
def carrier(database: Database, clock: ManualClock) -> Iterator[Box]:
    """Give a house and a pretend carrier that speak to each other, once on SQLite and once on PostgreSQL."""
    with box(database, clock) as made:
        yield made
