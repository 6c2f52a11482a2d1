"""Replanning a running day, asked as a dispatcher asks it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import QueuePool

from logistics.delivery.edge.tables import RunRow
from logistics.kit.findings import Finding
from logistics.kit.geo import Point
from logistics.routing.edge.matrix_source import Geodesic
from logistics.routing.matrix import Travel
from logistics.routing.model import TimeWindow
from tests.delivery.edge.replan.road import Road, insert
from tests.delivery.stage import code_of


def test_a_new_order_is_put_where_it_is_on_the_way(road: Road) -> None:
    north, south = [road.order(n) for n in (1, 2, 4)], [road.order(-n) for n in (1, 2)]
    first, second = road.release(north, south)
    new = road.order(3)
    answer = road.proposed(insert(new))
    (placed,) = answer["inserted"]
    assert (placed["run_id"], placed["position"]) == (first, 3)
    assert answer["difference"] == placed["price"]
    assert 0 < placed["price"]["amount_minor"] < 300  # a door on the way costs its few minutes
    assert answer["changes"] == []
    assert answer["broken_promises"] == []
    assert road.state(new) == "chosen"  # a proposal changes nothing
    accepted = road.ok(road.accept(answer))
    assert accepted["state"] == "accepted"
    assert [one for _, one in road.order_of(first)] == [north[0]["id"], north[1]["id"], new["id"], north[2]["id"]]
    assert [no for no, _ in road.order_of(first)] == [1, 2, 3, 4]
    assert road.state(new) == "planned"
    assert len(road.order_of(second)) == 2


def test_a_proposal_is_accepted_once_or_laid_aside(road: Road) -> None:
    north = [road.order(n) for n in (1, 2, 4)]
    road.release(north)
    kept, other = road.proposed(insert(road.order(3))), road.proposed(insert(road.order(5)))
    road.ok(road.accept(kept))
    assert code_of(road.accept(kept)) == "replan_accepted"
    assert code_of(road.accept(other)) == "runs_moved_on"  # the first one changed its run
    path = f"/v1/replans/{other['id']}/discard"
    assert road.ok(road.house.post(path, None, road.dispatcher))["state"] == "discarded"
    listed = road.house.get("/v1/replans?on=2026-11-24", road.dispatcher)["items"]
    assert [(one["id"], one["state"]) for one in listed] == [(other["id"], "discarded"), (kept["id"], "accepted")]
    assert road.house.get(f"/v1/replans/{kept['id']}", road.dispatcher)["state"] == "accepted"
    assert road.house.get("/v1/replans?on=2026-11-25", road.dispatcher)["items"] == []


def test_a_change_has_a_price_in_the_currency_of_the_day(road: Road) -> None:
    road.release([road.order(1)])
    answer = road.asked(insert(road.order(2)), change_price={"amount_minor": 5, "currency": "EUR"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "change_price")


def test_a_part_of_the_day_is_the_vehicles_of_the_chosen_depots(road: Road) -> None:
    first, second = road.release([road.order(1), road.order(2)], [road.order(-1), road.order(-2)])
    south = road.house.site("Depot South", ["depot"])["id"]
    with road.house.ctx.db.transaction() as tx:
        run = tx.session.get(RunRow, second)
        assert run is not None
        run.depot_id = south
        tx.session.add(run)
    new = road.order(3)
    assert road.proposed(insert(new))["inserted"][0]["run_id"] == first
    theirs = road.proposed(insert(new), depot_ids=[south])
    assert theirs["inserted"][0]["run_id"] == second
    late = {"kind": "delay", "run_id": second, "minutes": 20}
    assert road.asked(late, depot_ids=[road.house.depot_id]).status_code == 404
    assert road.asked(late, depot_ids=[south]).status_code == 201
    empty = road.house.site("Depot East", ["depot"])["id"]
    nobody = road.asked(insert(new), depot_ids=[empty])
    assert (nobody.status_code, code_of(nobody)) == (409, "no_runs")


def test_a_delay_says_how_long_and_none_can_be_taken_back_that_was_not_told(road: Road) -> None:
    (first,) = road.release([road.order(1)])
    for said in ({}, {"minutes": 0}):
        answer = road.asked({"kind": "delay", "run_id": first, **said})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "changes[0].minutes")
    road.accepted({"kind": "delay", "run_id": first, "minutes": 5})
    answer = road.asked({"kind": "delay", "run_id": first})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "changes[0].minutes")


class _Asking:
    """A source that counts the connections somebody holds while it is asked."""

    def __init__(self, pool: QueuePool) -> None:
        self.pool, self.held = pool, list[int]()

    def matrix(self, points: Sequence[Point], hours: TimeWindow | None = None) -> tuple[Travel, tuple[Finding, ...]]:
        self.held.append(self.pool.checkedout())
        return Geodesic().matrix(points, hours)


def test_a_slow_travel_server_holds_no_connection(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    road.release([road.order(1)])
    pool = road.house.ctx.db.readers.pool
    assert isinstance(pool, QueuePool)
    source = _Asking(pool)
    monkeypatch.setattr("logistics.delivery.edge.replan.api.travel_source", lambda _kind, _settings: source)
    assert len(road.proposed(insert(road.order(2)))["inserted"]) == 1
    assert set(source.held) == {0}
