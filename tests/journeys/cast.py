"""The people of a journey, each acting over HTTP as in life: merchant, dispatcher, driver, depot hand, clerk, buyer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from logistics.routing.edge import jobs as planning
from tests.living import HANGZHOU, PASSWORD, House

ON = "2026-11-25"
PLAN_S = 2


def money(amount_minor: int) -> dict[str, Any]:
    return {"amount_minor": amount_minor, "currency": "CNY"}


class Cast:
    """A house with a dispatcher and vans; the clock stands at the evening before ``ON`` until moved."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.phones: dict[str, dict[str, str]] = {}
        for role, place in (("dispatcher", {}), ("depot", {"site_id": house.depot_id})):
            body = {"login": f"the-{role}", "password": PASSWORD, "name": role, "role": role, **place}
            house.made("/v1/accounts", body)
        self.log_in()

    def log_in(self) -> None:
        """Let everybody log in, as they do each morning."""
        self.house.operator = self.house.log_in("operator")
        self.dispatcher = self.house.log_in("the-dispatcher")
        self.depot = self.house.log_in("the-depot")

    def wait(self, *, until: datetime | None = None, **span: float) -> None:
        """Let time pass: so many ``hours=``, ``minutes=``, ``days=``, or ``until`` a moment that is not over."""
        if until:
            span["seconds"] = max(0.0, (until - self.house.clock.now()).total_seconds())
        self.house.clock.advance(**span)
        self.log_in()

    def van(self, name: str, **changes: Any) -> str:
        """Enter a van and pair its driver's phone; return the van's id."""
        body = {
            "name": name, "depot_id": self.house.depot_id, "driver_name": f"driver of {name}", "capacity_g": 500_000,
            "capacity_cm3": 3_000_000, "capacity_parcels": 100, "cash_minor_max": 500_000, "shift_start": "08:00",
            "shift_end": "18:00", "fixed_cost": money(5_000), "cost_per_km": money(100), "cost_per_h": money(3_000),
            **changes,
        }  # fmt: skip
        vehicle_id: str = self.house.made("/v1/vehicles", body, self.dispatcher)["id"]
        self.phones[vehicle_id] = self.house.device(kind="driver", vehicle_id=vehicle_id, name=name)
        return vehicle_id

    def order(self, north: float = 0.01, **more: Any) -> dict[str, Any]:
        """Take on an order for our own fleet, so many degrees north of the depot."""
        point = {"lat": HANGZHOU["lat"] + north, "lon": HANGZHOU["lon"]}
        recipient = {"name": "王小明", "phone": "+86 138 0013 8000", "address": f"文二路 {north}", "point": point}
        wish = {"recipient": recipient, "deliver_on": ON, "mode": "own_fleet"}
        made: dict[str, Any] = self.house.shipment(**{**wish, **more})
        return made

    def plan(self) -> dict[str, Any]:
        """Let the dispatcher optimise the day and wait for the plan."""
        body = {"on": ON, "depot_ids": [self.house.depot_id], "seconds": PLAN_S, "travel": "geodesic"}
        plan_id = self.house.made("/v1/plans", body, self.dispatcher)["id"]
        planning.Worker(self.house.ctx).work()
        plan: dict[str, Any] = self.house.get(f"/v1/plans/{plan_id}", self.dispatcher)
        return plan

    def release(self, plan: dict[str, Any]) -> list[dict[str, Any]]:
        """Let the dispatcher release a plan; return the runs with their stops."""
        return [self.run(run["id"]) for run in self.house.released(plan, self.dispatcher)]

    def run(self, run_id: str) -> dict[str, Any]:
        shown: dict[str, Any] = self.house.get(f"/v1/runs/{run_id}", self.dispatcher)
        return shown

    def receive(self, *orders: dict[str, Any]) -> None:
        """Let the depot scan in what the merchant brought."""
        path = f"/v1/depots/{self.house.depot_id}/receipts"
        self.house.made(path, {"labels": labels(*orders)}, self.depot)

    def leave(self, run: dict[str, Any]) -> None:
        """Let the driver load and depart."""
        scanned = [parcel["label"] for stop in run["stops"] for visit in stop["visits"] for parcel in visit["parcels"]]
        self.drive(run, "loading-scans", {"labels": scanned})
        self.drive(run, "depart", {})

    def deliver(self, run: dict[str, Any], order: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Let the driver arrive at an order's stop and hand it over."""
        stop = next(s for s in run["stops"] if order["id"] in [visit["shipment_id"] for visit in s["visits"]])
        self.drive(run, f"stops/{stop['no']}/arrive", {})
        proof = {"kind": "none"}
        return self.drive(run, "attempts", {"shipment_id": order["id"], "outcome": "delivered", "proof": proof, **more})

    def drive(self, run: dict[str, Any], what: str, body: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = self.house.made(f"/v1/runs/{run['id']}/{what}", body, self.phones[run["vehicle_id"]])
        return answer

    def look(self, order: dict[str, Any]) -> dict[str, Any]:
        """Let the buyer look at her page's data."""
        token = order["tracking_url"].rsplit("/", 1)[1]
        seen: dict[str, Any] = self.house.get(f"/v1/track/{token}", {"Accept": "application/json"})
        return seen


def labels(*orders: dict[str, Any]) -> list[str]:
    return [parcel["label"] for order in orders for parcel in order["parcels"]]
