"""What is left of a day's quotas: the newest word, less what carriers have."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from logistics.routing.edge.carried import count_carried, left_of_day, quotas_of_day, tell_replanned_with
from tests.living import House
from tests.routing.edge.desk import CARRIER, ON, money, order, planned, van

DAY = date.fromisoformat(ON)


def test_the_newest_released_plan_that_names_a_carrier_says_its_quota(sqlite_house: House) -> None:
    house = sqlite_house
    house.made("/v1/carriers", CARRIER)
    van(house, fixed_cost=money(90_000))
    left = order(house, north=0.1, mode=None)
    house.released(planned(house, quotas={"express": 3}))
    house.released(planned(house))
    planned(house, quotas={"express": 9})  # nobody released it
    replanned = order(house, north=0.2, mode=None)
    with house.ctx.db.reading() as session:
        assert (quotas_of_day(session, DAY), left_of_day(session, DAY)) == ({"express": 3}, {"express": 2})
        assert count_carried(session, DAY, but=[left["id"]]) == {}
    house.released(planned(house, quotas={"express": 5}))

    def told(_session: Session, on: date) -> set[str]:
        return {replanned["id"]} if on == DAY else set()

    tell_replanned_with(house.ctx, told)
    with house.ctx.db.reading() as session:
        assert left_of_day(session, DAY) == {"express": 3}  # of whoever leaves it to her, each counts once
