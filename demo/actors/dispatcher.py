"""The dispatcher: lets the day be planned, looks at the plan, releases it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from demo.stage import Stage
from logistics.shipments.lifecycle import ShipmentState

POLL_S = 0.3
WAIT_S_MAX = 90.0
ENDED = ("done", "failed", "cancelled", "stopped")


class DispatcherActor:
    """Plans one day after the other."""

    def __init__(self, stage: Stage, *, seconds: int, travel: str) -> None:
        self.stage = stage
        self.seconds = seconds
        self.travel = travel
        self.plans: list[dict[str, Any]] = []
        self.wall_s = 0.0

    def plan_day(self, at: datetime) -> None:
        """Plan what waits for this (local) day, and release it."""
        on = at.date()
        line = self.stage.cast.dispatcher
        waiting = line.get("/v1/pool", on=on.isoformat())["items"]
        if not waiting:
            return
        began = time.monotonic()
        body = {
            "on": on.isoformat(),
            "depot_ids": [depot.id for depot in self.stage.cast.depots],
            "seconds": self.seconds if not self.plans else max(1, self.seconds // 4),
            "travel": self.travel,
        }
        plan = self._finished(line.post("/v1/plans", body, key=f"plan {on}"))
        self.wall_s += time.monotonic() - began
        if plan["state"] == "failed":
            self.stage.notice(at, "dispatcher", f"the plan of {on} failed: {plan.get('error')}")
            return
        self.plans.append(plan)
        self._release(at, plan)
        self._call_off(plan)

    def _call_off(self, plan: dict[str, Any]) -> None:
        """Call off what has no way at all: too far for the vans, no carrier in its merchant's contract."""
        line = self.stage.cast.dispatcher
        for left in plan["left_out"]:
            shipment = line.get(f"/v1/shipments/{left['shipment_id']}")
            if shipment["state"] == ShipmentState.ACCEPTED:  # no mode could be chosen for it
                body = {"reason": "nobody we work with goes there"}
                line.post(f"/v1/shipments/{shipment['id']}/cancel", body, key=f"call off {shipment['id']}")

    def _finished(self, plan: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + WAIT_S_MAX
        while plan["state"] not in ENDED and time.monotonic() < deadline:
            time.sleep(POLL_S)
            plan = self.stage.cast.dispatcher.get(f"/v1/plans/{plan['id']}")
        return plan

    def _release(self, at: datetime, plan: dict[str, Any]) -> None:
        line = self.stage.cast.dispatcher
        seen = {"If-Match": f'"{plan["version"]}"'}
        released = line.post_done(f"/v1/plans/{plan['id']}/release", {}, key=f"release {plan['id']}", **seen)
        runs = released["runs"] if released else line.get("/v1/runs", on=plan["on"])["items"]
        routes = {route["vehicle_id"]: route for route in plan["routes"]}
        for run in runs:
            route = routes[run["vehicle_id"]]
            self.stage.driver(run["vehicle_id"]).take_run(at + timedelta(minutes=3), route)

    def figures(self) -> dict[str, int]:
        """Return the first plan's planned and unplanned shipments, and the violations of all."""
        if not self.plans:
            return {"planned": 0, "unplanned": 0, "violations": 0}
        summary = self.plans[0]["summary"]
        return {
            "planned": summary["tasks"] - summary["left_out"],
            "unplanned": summary["left_out"],
            "violations": sum(len(plan["violations"]) for plan in self.plans),
        }
