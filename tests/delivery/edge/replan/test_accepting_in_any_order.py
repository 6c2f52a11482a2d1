"""Whatever happens in whatever order, no shipment is lost, none is brought twice, and no next stop changes."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.delivery.edge.replan.road import Road, insert
from tests.delivery.stage import code_of

STEPS = 7
OVER = {"delivered", "cancelled", "returning"}  # with a visit that ended, or none
WAITING = {"chosen", "accepted"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_lost_and_no_next_stop_changes(road: Road, seed: int) -> None:
    chance = Random(seed)
    orders = [road.order(n) for n in chance.sample([*range(-9, 0), *range(1, 10)], 9)]
    runs = road.release(orders[:5], orders[5:])
    road.depart(runs[0], orders[:5])
    for _ in range(STEPS):
        before = next_stops(road)
        change = happens(road, chance, orders)
        answer = road.asked(change)
        if answer.status_code == 409:
            assert code_of(answer) in {"no_runs", "not_on_run"}
            continue
        replan = road.ok(answer)
        road.ok(road.accept(replan))
        check(road, orders, replan)
        check_next_stops(road, before, change)
        deliver_one(road, chance)


def happens(road: Road, chance: Random, orders: list[dict[str, Any]]) -> dict[str, Any]:
    """Let something happen."""
    open_runs = [run["id"] for run in road.house.get("/v1/runs")["items"] if run["state"] in {"released", "underway"}]
    kind = chance.choice(["insert", "insert", "delay", "cancel", "refuse", "window", "vehicle_lost"])
    if kind == "insert" or not open_runs:
        orders.append(road.order(chance.randint(-12, 12) or 1))
        return insert(orders[-1])
    if kind == "vehicle_lost":
        return {"kind": kind, "run_id": chance.choice(open_runs)}
    if kind == "delay":
        return {"kind": kind, "run_id": chance.choice(open_runs), "minutes": chance.choice([10, 60, 180])}
    change = {"kind": kind, "shipment_id": chance.choice(orders)["id"]}
    if kind == "window":
        change["window"] = {"start": "2026-11-24T13:00:00Z", "end": "2026-11-24T13:40:00Z"}
    return change


def deliver_one(road: Road, chance: Random) -> None:
    road.house.clock.advance(minutes=chance.choice([1, 5, 15]))
    for run in road.house.get("/v1/runs?state=underway")["items"]:
        for _, shipment_id in road.order_of(run["id"])[:1]:
            road.deliver(run["id"], {"id": shipment_id})


def next_stops(road: Road) -> dict[str, list[str]]:
    """Return who is at the next stop of each run on the road."""
    found = {}
    for run in road.house.get("/v1/runs?state=underway")["items"]:
        open_visits = road.order_of(run["id"])
        if open_visits:
            found[run["id"]] = [one for no, one in open_visits if no == open_visits[0][0]]
    return found


def check(road: Road, orders: list[dict[str, Any]], replan: dict[str, Any]) -> None:
    """Every shipment is on exactly one run, or waits, or is over; who waits and was asked for has a reason."""
    on_runs = road.on_runs()
    assert set(on_runs.values()) <= {1}
    told = {one["shipment_id"] for one in replan["left_out"]}
    named = {one["shipment_id"] for one in replan["asked"] if one["kind"] == "insert"}
    for order in orders:
        state = road.state(order)
        assert (order["id"] in on_runs) == (state in {"planned", "underway"}), (order["id"], state)
        assert state in {"planned", "underway"} | OVER | WAITING
        if state in WAITING and order["id"] in named:
            assert order["id"] in told


def check_next_stops(road: Road, before: dict[str, list[str]], change: dict[str, Any]) -> None:
    after = next_stops(road)
    for run_id, shipments in before.items():
        staying = [one for one in shipments if change.get("shipment_id") != one]
        if (staying and change.get("run_id") != run_id) or (change["kind"] == "delay" and staying):
            assert set(staying) <= set(after[run_id])
