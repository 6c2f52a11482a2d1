"""A running day over HTTP: vans with their drivers, doors along a road, a dispatcher who replans."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from httpx import Response
from sqlmodel import col, select

from logistics.delivery.edge.tables import ReplanRow, RunVisitRow
from logistics.delivery.lifecycle import VisitState
from tests.builders import NOON
from tests.delivery import plans
from tests.delivery.stage import Day, ids, labels, money
from tests.living import HANGZHOU, House

NORTH = 0.01  # degrees between two doors: 1.1 km over the ground, about three minutes


class Road:
    """Two vans of one depot; doors lie north (positive numbers) or south of it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.vans = [self.van(f"Van {number}") for number in (1, 2)]
        self.dispatcher = house.account("dispatcher")
        self.days: dict[str, Day] = {}
        self.free_min: dict[str, int] = {}  # by van, after noon: when its last run is planned to end

    def van(self, name: str, **more: Any) -> str:
        """Enter a van as `_van` describes it, changed by ``more``."""
        return str(self.house.made("/v1/vehicles", self._van(name) | more)["id"])

    def _van(self, name: str) -> dict[str, Any]:
        """Return a van that costs 50 a day, 1 a kilometre and 30 an hour, on duty from 8:00 to 23:30 in Shanghai."""
        return {
            "name": name, "depot_id": self.house.depot_id, "driver_name": f"Driver of {name}", "capacity_g": 500_000,
            "capacity_cm3": 3_000_000, "capacity_parcels": 100, "cash_minor_max": 500_000, "shift_start": "08:00",
            "shift_end": "23:30", "fixed_cost": money(5_000), "cost_per_km": money(100), "cost_per_h": money(3_000),
        }  # fmt: skip

    def refit(self, *vans: dict[str, Any]) -> None:
        """Have exactly these vans, each with what it may and may not, as ``limits`` or otherwise."""
        while len(self.vans) > len(vans):
            self.house.client.delete(f"/v1/vehicles/{self.vans.pop()}", headers=self.house.operator)
        while len(self.vans) < len(vans):
            self.vans.append(self.van(f"Van {len(self.vans) + 1}"))
        for number, (van, more) in enumerate(zip(self.vans, vans, strict=True), start=1):
            body = self._van(f"Van {number}") | more
            self.ok(self.house.client.put(f"/v1/vehicles/{van}", json=body, headers=self.house.operator))

    def enter_carrier(self) -> None:
        """Offer every later order to the pretend carrier, too."""
        _Stage(self.house).enter_carrier("pretend")

    def order(self, north: int, **more: Any) -> dict[str, Any]:
        """Take on an order for a door so many steps north of the depot."""
        recipient = {
            "name": f"door {north}", "phone": "+86 138 0013 8000", "address": f"{north} Long Road",
            "point": {"lat": HANGZHOU["lat"] + NORTH * north, "lon": HANGZHOU["lon"]},
        }  # fmt: skip
        parcels = [{"weight_g": 500, "volume_cm3": 1000}]
        made: dict[str, Any] = self.house.made(
            "/v1/shipments",
            {**self.house.order(), "recipient": recipient, "parcels": parcels, **more},
            self.house.merchant,
        )
        return made | {"north": north}

    def release(self, *routes: list[dict[str, Any]]) -> list[str]:
        """Release a plan: a route for each van in turn, doors ten minutes apart; return the ids of the runs.

        Who follows one another at the same door is visited together. A second run of a van begins when its first is
        planned to end.
        """
        planned = [
            self._route(van, orders) | {"vehicle_name": f"Van {number}"}
            for number, (van, orders) in enumerate(zip(self.vans, routes, strict=False), start=1)
        ]
        stage = _Stage(self.house)
        runs = self.ok(stage.release(stage.plan(*planned)))["runs"]
        by_van = {run["vehicle_id"]: run["id"] for run in runs}
        return [by_van[van] for van in self.vans if van in by_van]

    def _route(self, van: str, orders: list[dict[str, Any]]) -> dict[str, Any]:
        begin = self.free_min.get(van, 0)
        stops = []
        for no, (north, group) in enumerate(groupby(orders, key=lambda one: one["north"]), start=1):
            place = {"lat": HANGZHOU["lat"] + NORTH * north, "lon": HANGZHOU["lon"]}
            stop = plans.stop(no, begin + no * 10, ids(list(group)))
            stops.append(stop | {"point": place, "address": f"{north} Long Road"})
        end = begin + (len(stops) + 1) * 10
        self.free_min[van] = end if stops else begin
        return plans.route(*stops, depot_id=self.house.depot_id, vehicle_id=van, start=begin, end=end)

    def depart(self, run_id: str, orders: list[dict[str, Any]]) -> None:
        """Receive, load and leave."""
        self.ok(self.house.post(f"/v1/depots/{self.house.depot_id}/receipts", {"labels": labels(orders)}))
        self.ok(self.house.post(f"/v1/runs/{run_id}/loading-scans", {"labels": labels(orders)}))
        self.ok(self.house.post(f"/v1/runs/{run_id}/depart", {}))

    def deliver(self, run_id: str, order: dict[str, Any]) -> None:
        self.ok(self.house.post(f"/v1/runs/{run_id}/attempts", {"shipment_id": order["id"], "outcome": "delivered"}))

    def asked(self, *changes: dict[str, Any], seconds: float = 0, **more: Any) -> Response:
        body = {"on": NOON.date().isoformat(), "changes": list(changes), "seconds": seconds, **more}
        return self.house.post("/v1/replans", body, self.dispatcher)

    def proposed(self, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
        return self.ok(self.asked(*changes, **more))

    def accept(self, replan: dict[str, Any]) -> Response:
        return self.house.post(f"/v1/replans/{replan['id']}/accept", None, self.dispatcher)

    def accepted(self, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Propose and accept."""
        return self.ok(self.accept(self.proposed(*changes, **more)))

    def run(self, run_id: str) -> dict[str, Any]:
        seen: dict[str, Any] = self.house.get(f"/v1/runs/{run_id}")
        return seen

    def order_of(self, run_id: str) -> list[tuple[int, str]]:
        """List the open visits of a run: stop number and shipment, in order."""
        return [
            (stop["no"], visit["shipment_id"])
            for stop in self.run(run_id)["stops"]
            for visit in stop["visits"]
            if visit["state"] == "open"
        ]

    def on_runs(self) -> dict[str, int]:
        """Count the open visits of every shipment that has one."""
        with self.house.ctx.db.reading() as session:
            rows = session.exec(select(RunVisitRow).where(RunVisitRow.state == VisitState.OPEN)).all()
        counted: dict[str, int] = {}
        for row in rows:
            counted[row.shipment_id] = counted.get(row.shipment_id, 0) + 1
        return counted

    def state(self, order: dict[str, Any]) -> str:
        return str(self.house.get(f"/v1/shipments/{order['id']}")["state"])

    def newest(self) -> ReplanRow | None:
        with self.house.ctx.db.reading() as session:
            return session.exec(select(ReplanRow).order_by(col(ReplanRow.id).desc())).first()

    @staticmethod
    def ok(answer: Response) -> dict[str, Any]:
        assert answer.status_code in {200, 201}, answer.text
        body: dict[str, Any] = answer.json()
        return body


class _Stage(Day):
    """A day without devices: plans are entered, the dispatcher's own headers do the rest."""

    def __init__(self, house: House) -> None:
        self.house = house


def insert(order: dict[str, Any]) -> dict[str, Any]:
    """Say that an order is new."""
    return {"kind": "insert", "shipment_id": order["id"]}
