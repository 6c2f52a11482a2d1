"""The queue of plans: stopping, cancelling, dying, failing."""

from __future__ import annotations

import threading
from typing import Any

from logistics.kit.edge.leases import Leases
from logistics.routing.edge import handlers, store
from logistics.routing.edge.jobs import CURVE_POINTS_MAX, Worker, thinned
from tests.living import House
from tests.routing.edge.desk import asked, order, planned, van, work


def test_a_plan_that_waits_is_cancelled_at_once(house: House) -> None:
    plan_id = asked(house)
    assert house.made(f"/v1/plans/{plan_id}/cancel")["state"] == "cancelled"
    assert work(house) == 0
    assert house.post(f"/v1/plans/{plan_id}/cancel").status_code == 409


def test_a_search_is_stopped_and_its_best_plan_taken(house: House) -> None:
    van(house)
    order(house)
    plan_id = asked(house, seconds=60)
    thread = threading.Thread(target=work, args=(house,))
    thread.start()
    house.made(f"/v1/plans/{plan_id}/stop")
    thread.join(20)
    plan = house.get(f"/v1/plans/{plan_id}")
    assert (plan["state"], len(plan["routes"])) == ("stopped", 1)


def test_a_search_whose_process_died_is_taken_up_again(house: House) -> None:
    van(house)
    order(house)
    plan_id = asked(house)
    dead = Leases(house.ctx.db)
    dead.acquire(f"plan.{plan_id}", 30)
    with house.ctx.db.transaction() as tx:
        row = store.lock_plan(tx.session, plan_id)
        row.state = "solving"
        tx.session.add(row)
    assert work(house) == 0  # somebody holds it
    dead.release(f"plan.{plan_id}")
    assert work(house) == 1
    assert house.get(f"/v1/plans/{plan_id}")["state"] == "done"


def test_a_plan_that_cannot_be_made_says_so(sqlite_house: House) -> None:
    van(sqlite_house, fixed_cost=eur(1), cost_per_km=eur(1), cost_per_h=eur(1))
    order(sqlite_house)
    plan = planned(sqlite_house)
    assert plan["state"] == "failed"
    assert "CNY, EUR" in plan["error"]


def eur(amount_minor: int) -> dict[str, Any]:
    return {"amount_minor": amount_minor, "currency": "EUR"}


def test_a_wish_to_stop_is_kept_until_the_search_begins(sqlite_house: House) -> None:
    plan_id = asked(sqlite_house)
    sqlite_house.made(f"/v1/plans/{plan_id}/stop")
    with sqlite_house.ctx.db.reading() as session:
        assert store.get_plan(session, plan_id).wish == handlers.STOP


def test_a_worker_takes_what_is_asked_for_and_stops(house: House) -> None:
    van(house)
    order(house)
    plan_id = asked(house)
    worker = Worker(house.ctx).start()
    try:
        for _ in range(200):
            if house.get(f"/v1/plans/{plan_id}")["state"] == "done":
                break
            threading.Event().wait(0.1)
    finally:
        worker.stop()
    assert house.get(f"/v1/plans/{plan_id}")["state"] == "done"


def test_a_long_curve_is_thinned_and_keeps_its_end() -> None:
    curve = [(float(second), 1000 - second) for second in range(501)]
    assert len(thinned(curve)) <= CURVE_POINTS_MAX
    assert thinned(curve)[-1] == curve[-1]
    assert thinned([]) == []
