"""What a vehicle has had of a day comes off what it may."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from sqlmodel import Session

from logistics.routing.edge.had import Had, less_driven, lessened, read_had
from logistics.routing.matrix import TravelMatrix
from logistics.routing.model import TimeWindow, Vehicle
from tests.builders import NOON
from tests.living import House

HAD = Had(trips=2, stops=5, left_at=NOON, back_at=NOON)
PLAIN = Vehicle("van", 0, 0, TimeWindow(0, 100), cost_fixed=7)


@pytest.mark.parametrize(
    ("stops_max", "trips_max", "left"),
    [(None, 1, (None, 1)), (8, 3, (3, 1)), (4, 9, (0, 7))],
)
def test_stops_and_trips_come_off(stops_max: int | None, trips_max: int, left: tuple[int | None, int]) -> None:
    car = Vehicle("van", 0, 0, TimeWindow(0, 100), cost_fixed=7, stops_max=stops_max, trips_max=trips_max)
    found = lessened(car, HAD)
    assert (found.stops_max, found.trips_max) == left
    assert (found.cost_fixed, lessened(car, None)) == (0, car)


def test_metres_come_off_where_they_are_counted() -> None:
    travel = TravelMatrix(np.array([[0, 30], [30, 0]]), np.array([[0, 40], [40, 0]]))
    counted = Vehicle("van", 0, 0, TimeWindow(0, 100), distance_m_max=100)
    assert less_driven(counted, [[0, 1, 0]], travel).distance_m_max == 20
    assert less_driven(counted, [[0, 1, 0], [0, 1]], travel).distance_m_max == 0
    assert less_driven(PLAIN, [[0, 1, 0]], travel) is PLAIN


def test_who_has_had_nothing_is_not_named(sqlite_house: House) -> None:
    def read(session: Session) -> dict[str, Had]:
        return read_had(session, ["veh_none"], date(2026, 11, 25), NOON)

    with sqlite_house.ctx.db.reading() as session:
        assert read(session) == {}
