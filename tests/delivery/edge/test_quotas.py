"""A carrier's quota of a day holds for whoever decides on that day, and in whatever order."""

from __future__ import annotations

from typing import Any

import pytest

from logistics.delivery.edge.tables import RunRow
from logistics.routing.edge import store as plans_store
from tests.delivery import plans
from tests.delivery.edge.replan.road import Road
from tests.delivery.stage import Day, code_of
from tests.living import House

QUOTA = {"pretend": 2}


def wish(house: House, plan_id: str, quotas: dict[str, int]) -> str:
    """Give a plan these quotas, as if they had been asked for."""
    with house.ctx.db.transaction() as tx:
        plan = plans_store.lock_plan(tx.session, plan_id)
        plan.quotas = quotas
        tx.session.add(plan)
    return plan_id


def left_to_carrier(day: Day, *orders: dict[str, Any]) -> str:
    plan_id = day.plan(to_carrier=[plans.carrier(one["id"], 980) for one in orders])
    return wish(day.house, plan_id, QUOTA)


def test_of_two_plans_that_were_searched_for_at_once_the_second_is_refused(day: Day) -> None:
    day.enter_carrier("pretend")
    orders = [day.shipment() for _ in range(4)]
    first, second = left_to_carrier(day, *orders[:2]), left_to_carrier(day, *orders[2:])
    day.ok(day.release(first))
    answer = day.release(second)
    assert (answer.status_code, code_of(answer)) == (409, "quota_used_up")
    (error,) = answer.json()["errors"]
    assert (error["field"], error["code"]) == ("quotas.pretend", "quota")
    assert error["facts"] == {"carrier": "pretend", "most": 2, "taken": 2, "more": 2}
    assert [day.state(one) for one in orders] == ["planned", "planned", "chosen", "chosen"]
    day.cancel(orders[0])
    day.cancel(orders[1])
    day.ok(day.release(second))  # what was called off is not taken


def test_what_another_plan_has_handed_over_already_counts_once(sqlite_day: Day) -> None:
    day = sqlite_day
    day.enter_carrier("pretend")
    orders = [day.shipment() for _ in range(2)]
    first, second = left_to_carrier(day, orders[0]), left_to_carrier(day, *orders)
    day.ok(day.release(first))
    done = day.ok(day.release(second))
    assert [one["code"] for one in done["findings"]] == ["not_waiting"]


def test_who_sees_that_a_plan_is_too_much_for_a_carrier_may_release_it(sqlite_day: Day) -> None:
    day = sqlite_day
    day.enter_carrier("pretend")
    seen = left_to_carrier(day, *(day.shipment() for _ in range(3)))  # it is among its violations
    assert day.ok(day.release(seen))["findings"] == []


@pytest.fixture
def lonely(road: Road) -> Road:
    """Give a day with one van that has two orders, and a carrier."""
    road.enter_carrier()
    road.refit({})
    return road


@pytest.mark.parametrize(("most", "carried"), [(0, 0), (1, 1), (5, 2)])
def test_a_replan_leaves_no_more_to_a_carrier_than_is_left_of_its_quota(lonely: Road, most: int, carried: int) -> None:
    (first,) = lonely.release([lonely.order(n) for n in (1, 2)])
    wish(lonely.house, plan_of(lonely, first), {"pretend": most})
    answer = lonely.proposed({"kind": "vehicle_lost", "run_id": first})
    assert (len(answer["to_carrier"]), len(answer["left_out"])) == (carried, 2 - carried)


def test_what_a_replan_left_to_a_carrier_counts_for_the_next_one(lonely: Road) -> None:
    road = lonely
    road.refit({}, {})
    runs = road.release([road.order(n) for n in (1, 2)], [road.order(-1)])
    wish(road.house, plan_of(road, runs[0]), {"pretend": 1})
    lost = [{"kind": "vehicle_lost", "run_id": run_id} for run_id in runs]
    beside = road.proposed(lost[1], run_ids=[runs[1]])
    assert len(road.accepted(lost[0], run_ids=[runs[0]])["to_carrier"]) == 1
    assert road.proposed(lost[1], run_ids=[runs[1]])["to_carrier"] == []
    refused = road.accept(beside)
    assert (len(beside["to_carrier"]), refused.status_code, code_of(refused)) == (1, 409, "quota_used_up")
    assert road.run(runs[1])["state"] == "released"


def plan_of(road: Road, run_id: str) -> str:
    with road.house.ctx.db.reading() as session:
        run = session.get(RunRow, run_id)
        assert run is not None
        return run.plan_id
