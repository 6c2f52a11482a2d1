"""The queue of plans: stopping, cancelling, dying, failing."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest

from logistics.kit.edge.leases import Leases
from logistics.kit.errors import NotFound
from logistics.kit.findings import Finding
from logistics.routing.edge import handlers, jobs, store
from logistics.routing.edge.day_planner import Day
from logistics.routing.edge.engine import Control
from logistics.routing.edge.explaining import explain_day
from logistics.routing.edge.jobs import CURVE_POINTS_MAX, Worker, thinned
from logistics.routing.explain import Explanation
from logistics.routing.model import Plan
from tests.living import House
from tests.routing.edge.desk import asked, order, planned, statements, van, work

PATIENCE_S = 300  # only a search that hangs takes as long, however busy the machine is


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
    thread.join(PATIENCE_S)
    plan = house.get(f"/v1/plans/{plan_id}")
    assert (plan["state"], len(plan["routes"])) == ("stopped", 1)


def test_a_search_whose_process_died_is_taken_up_again(house: House) -> None:
    van(house)
    order(house)
    plan_id = asked(house)
    dead = Leases(house.ctx.db)
    dead.acquire(f"plan.{plan_id}", PATIENCE_S)  # it runs out by the machine's clock
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
    assert (plan["error_code"], plan["error_facts"]) == ("mixed_currencies", {"currencies": "CNY, EUR"})
    (head,) = sqlite_house.get("/v1/plans")["items"]
    assert (head["error_code"], head["error_facts"]) == (plan["error_code"], plan["error_facts"])


def eur(amount_minor: int) -> dict[str, Any]:
    return {"amount_minor": amount_minor, "currency": "EUR"}


def test_a_wish_to_stop_is_kept_until_the_search_begins(sqlite_house: House) -> None:
    plan_id = asked(sqlite_house)
    sqlite_house.made(f"/v1/plans/{plan_id}/stop")
    with sqlite_house.ctx.db.reading() as session:
        assert store.get_plan(session, plan_id).wish == handlers.STOP


def test_a_worker_takes_what_is_asked_for_and_stops(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    solve, solved = jobs.solve_plan, threading.Event()

    def tell(*what: Any, **more: Any) -> None:
        solve(*what, **more)
        solved.set()

    monkeypatch.setattr(jobs, "solve_plan", tell)
    van(house)
    order(house)
    plan_id = asked(house)
    worker = Worker(house.ctx).start()
    try:
        assert solved.wait(PATIENCE_S)
    finally:
        worker.stop()
    assert house.get(f"/v1/plans/{plan_id}")["state"] == "done"


def test_a_long_curve_is_thinned_and_keeps_its_end() -> None:
    curve = [(float(second), 1000 - second) for second in range(501)]
    assert len(thinned(curve)) <= CURVE_POINTS_MAX
    assert thinned(curve)[-1] == curve[-1]
    assert thinned([]) == []


def test_a_search_cancelled_while_it_is_explained_keeps_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    van(house)
    order(house)
    plan_id = asked(house)

    def explain(day: Day, plan: Plan) -> tuple[list[Explanation], list[Finding]]:
        assert house.made(f"/v1/plans/{plan_id}/cancel")["state"] == "solving"
        return explain_day(day, plan)

    monkeypatch.setattr(jobs, "explain_day", explain)
    work(house)
    plan = house.get(f"/v1/plans/{plan_id}")
    assert (plan["state"], plan["routes"], plan["summary"]) == ("cancelled", [], None)


def left_solving(house: House, plan_id: str) -> None:
    """Leave a plan as a process does that dies while it searches."""
    assert jobs._take_up(house.ctx, plan_id) is not None  # noqa: SLF001 - no process dies in a test


def test_what_is_taken_up_again_is_planned_from_then_on(sqlite_house: House) -> None:
    house = sqlite_house
    van(house)
    order(house)
    house.clock.advance(hours=12.5)  # 08:30 there, on the day of the plan
    house.operator = house.log_in("operator")
    plan_id = asked(house)
    left_solving(house, plan_id)
    now = house.clock.advance(hours=4)
    work(house)
    (route,) = house.get(f"/v1/plans/{plan_id}")["routes"]
    assert datetime.fromisoformat(route["start_at"]) >= now


def test_a_plan_that_never_comes_to_an_end_fails_after_three_beginnings(house: House) -> None:
    plan_id = asked(house)
    for _ in range(jobs.TAKINGS_MAX):
        left_solving(house, plan_id)
    work(house)
    plan = house.get(f"/v1/plans/{plan_id}")
    assert (plan["state"], "begun 3 times" in plan["error"]) == ("failed", True)
    assert (plan["error_code"], plan["error_facts"]) == ("broke_off", {"times": 3})
    assert work(house) == 0


def test_giving_a_search_up_in_good_order_does_not_count(sqlite_house: House) -> None:
    van(sqlite_house)
    order(sqlite_house)
    plan_id = asked(sqlite_house)
    over = threading.Event()
    over.set()
    for _ in range(jobs.TAKINGS_MAX + 1):
        control = Control()
        control.cancel()
        jobs.solve_plan(sqlite_house.ctx, plan_id, control, given_up=over)
        assert sqlite_house.get(f"/v1/plans/{plan_id}")["state"] == "solving"
    assert work(sqlite_house) == 1
    assert sqlite_house.get(f"/v1/plans/{plan_id}")["state"] == "done"


def test_a_wish_is_read_without_the_plan(sqlite_house: House) -> None:
    plan_id = asked(sqlite_house)
    with statements(sqlite_house) as said, sqlite_house.ctx.db.reading() as session:
        assert store.get_wish(session, plan_id) == ""
        with pytest.raises(NotFound):
            store.get_wish(session, "pln_none")
    assert not [sql for sql in said if "drafts" in sql]
