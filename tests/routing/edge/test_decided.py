"""What of a day was decided before is read when a search begins, and stays with the plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from logistics.routing.edge import store
from logistics.routing.edge.decided import Decided, Hours, decided_of, read_decided, tell_hours_with
from tests.builders import NOON
from tests.living import House
from tests.routing.edge.desk import asked, van, work


def test_hours_are_kept_as_they_were_told_when_the_search_began(sqlite_house: House) -> None:
    house = sqlite_house
    mine = van(house)
    van(house, name="Van 2", depot_id=house.site("South", ["depot"])["id"])
    spans: list[Hours] = [(NOON, NOON + timedelta(hours=1))]
    wanted: list[str] = []

    def hours_of(_session: Session, vehicle_ids: Collection[str], _now: datetime) -> dict[str, list[Hours]]:
        wanted.extend(vehicle_ids)
        return {mine: list(spans)}

    tell_hours_with(house.ctx, hours_of)
    plan_id = asked(house)
    work(house)
    spans.append((NOON, NOON))
    with house.ctx.db.reading() as session:
        row = store.get_plan(session, plan_id)
        assert decided_of(row).hours == {mine: [(NOON, NOON + timedelta(hours=1))]}
        assert len(read_decided(session, row)["hours"][mine]) == 2
    assert set(wanted) == {mine}


def test_no_more_is_left_of_a_quota_than_it_had() -> None:
    decided = Decided(carried={"express": 3, "slow": 1})
    assert decided.left_of({"express": 2, "slow": 4, "new": 5}) == {"express": 0, "slow": 3, "new": 5}
