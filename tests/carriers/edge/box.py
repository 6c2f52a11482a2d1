"""A house and a pretend carrier that really speak to each other, over their own routes, without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from fastapi.testclient import TestClient

from logistics.carriers.edge import api, booking, handlers
from logistics.carriers.edge.ports import ADAPTERS, Ports
from logistics.carriers.edge.pretend.desk import Desk, Manner
from logistics.carriers.edge.pretend.server import create_app
from logistics.carriers.edge.pretend.story import Fate
from logistics.carriers.edge.tables import CarrierRow
from logistics.carriers.port import Account, Ask, CarrierPort
from logistics.kit.edge.db import Database
from logistics.kit.errors import Failure
from tests.builders import ManualClock
from tests.living import House, house

SALT = "pepper and salt"
SECRET = "callback-secret-0123456789"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
RATE_CARD = {
    "currency": "CNY",
    "volumetric_cm3_per_kg": 8000,
    "zones": [{"name": "all", "first_weight_g": 1000, "first_price": "8", "step_g": 1000, "step_price": "2"}],
    "cod_share": "0.01",
    "cod_min": "2",
}


class Box:
    """``house`` with the carrier ``pretend``; ``desk`` is the carrier's; ``is_down`` makes it unreachable."""

    def __init__(self, living: House, manner: Manner) -> None:
        self.house = living
        self.db: Database = living.ctx.db
        if not any(route.path == "/v1/carriers" for route in living.app.routes if hasattr(route, "path")):
            living.app.include_router(api.router)
        self.desk = Desk(None, manner, self.push)
        self.desk.advance(living.clock.now())
        self.carrier = TestClient(create_app(self.desk))
        self.is_down = False
        self.asked: list[Ask] = []
        self.enter("pretend", collects_cod=True)

    def enter(self, code: str, **more: Any) -> dict[str, Any]:
        body = {
            "code": code, "name": f"{code} express", "base_url": "http://127.0.0.1:8100", "adapter": "pretend",
            "secret": SALT, "callback_secret": SECRET, "rate_card": RATE_CARD, **more,
        }  # fmt: skip
        made: dict[str, Any] = self.house.made("/v1/carriers", body)
        return made

    def push(self, form: bytes, secret: str = SECRET) -> bool:
        """Let the carrier post a form to our callback; tell whether it was taken."""
        answer = self.house.client.post(f"/v1/carriers/pretend/callback/{secret}", content=form, headers=FORM)
        return answer.status_code == 200 and bool(answer.json()["result"])

    def ports(self, row: CarrierRow) -> CarrierPort:
        return ADAPTERS[row.adapter](Account("", row.secret), self._send)

    def _send(self, ask: Ask) -> tuple[int, bytes]:
        self.asked.append(ask)
        if self.is_down:
            raise Failure("nobody at home", retry=True)
        answer = self.carrier.request(ask.method, ask.url, headers=dict(ask.headers), json=ask.json)
        return answer.status_code, answer.content

    def book(self, shipment_id: str, carrier: str = "pretend") -> str:
        """Give a shipment to the carrier; return the consignment's id."""
        with self.db.transaction() as tx:
            return handlers.book(shipment_id, carrier, tx=tx).id

    def ask(self) -> int:
        ports: Ports = self.ports
        return booking.ask_carriers(self.db, ports)

    def consignment(self, shipment_id: str) -> dict[str, Any]:
        newest: dict[str, Any] = self.house.get(f"/v1/consignments?shipment_id={shipment_id}")["items"][0]
        return newest

    def waybill(self, **order: Any) -> tuple[str, str]:
        """Take on a shipment and have it booked; return its id and the waybill."""
        shipment_id = self.house.shipment(**order)["id"]
        self.book(shipment_id)
        self.ask()
        return shipment_id, str(self.consignment(shipment_id)["waybill_no"])

    def under_way(self, fate: Fate | None = Fate.DELIVERED, **order: Any) -> tuple[str, str]:
        """Do the same, and let it be handed over at the depot and scanned by the carrier; no fate: as it is drawn."""
        shipment_id, waybill_no = self.waybill(**order)
        if fate:
            self.desk.decree(waybill_no, fate)
        self.house.made(
            f"/v1/depots/{self.house.depot_id}/carrier-handovers", {"carrier": "pretend", "waybill_nos": [waybill_no]}
        )
        self.desk.scan(waybill_no, at=self.house.clock.now())
        return shipment_id, waybill_no

    def state(self, shipment_id: str) -> str:
        return str(self.house.get(f"/v1/shipments/{shipment_id}")["state"])

    def until(self, **span: float) -> datetime:
        """Let time pass for both."""
        now = self.house.clock.advance(**span)
        self.desk.advance(now)
        self.house.operator = self.house.log_in("operator")  # a session lasts a working day
        return now


@contextmanager
def box(database: Database, clock: ManualClock, manner: Manner | None = None) -> Iterator[Box]:
    with house(database.url, clock, egress_loopback=True) as living:
        yield Box(living, manner or Manner(seed=7, salt=SALT))
