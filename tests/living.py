"""A whole house for tests: the real app on a fresh database, asked as its users ask it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from logistics.access.edge.handlers import NewAccount, create_account
from logistics.access.model import Role
from logistics.app import close_context, create_app
from logistics.kit.edge.context import Context, Settings
from logistics.kit.edge.outbox import Dispatcher
from logistics.wiring import WIRING
from tests.builders import ManualClock

PASSWORD = "correct horse battery"
HANGZHOU = {"lat": 30.27, "lon": 120.15}
ALL_WEEK = [{"days": [0, 1, 2, 3, 4, 5, 6], "opens": "08:00", "closes": "22:00"}]


class House:
    """The app with one operator, one merchant, a depot and a store; ``clock`` stands still until moved."""

    def __init__(self, app: FastAPI, clock: ManualClock) -> None:
        self.app = app
        self.clock = clock
        self.ctx: Context = app.state.context
        self.client = TestClient(app, raise_server_exceptions=False)
        self._count = 0
        with self.ctx.db.transaction() as tx:
            create_account(NewAccount("operator", PASSWORD, "Operator", Role.OPERATOR), tx=tx)
        self.operator = self.log_in("operator")
        self.merchant_id = self.made("/v1/merchants", {"name": "Blue Shop"})["id"]
        self.merchant = self.key_of(self.merchant_id)
        self.depot_id = self.site("Depot North", ["depot"])["id"]
        self.store_id = self.site("Corner Store", ["store"], capacity_parcels_max=50)["id"]

    def log_in(self, login: str) -> dict[str, str]:
        body = self.client.post("/v1/sessions", json={"login": login, "password": PASSWORD}).json()
        self.client.cookies.clear()
        return bearer(body["token"])

    def account(self, role: str, **place: str) -> dict[str, str]:
        """Make an account of a role and return its headers."""
        self._count += 1
        login = f"{role}{self._count}"
        self.made("/v1/accounts", {"login": login, "password": PASSWORD, "name": login, "role": role, **place})
        return self.log_in(login)

    def device(self, **what: str) -> dict[str, str]:
        """Pair a device and return its headers."""
        code = self.made("/v1/devices/pairing-codes", what)["code"]
        return bearer(self.client.post("/v1/devices/pair", json={"code": code}).json()["token"])

    def key_of(self, merchant_id: str) -> dict[str, str]:
        return bearer(self.made(f"/v1/merchants/{merchant_id}/api-keys", {"name": "test"})["secret"])

    def site(self, name: str, kinds: list[str], **more: Any) -> dict[str, Any]:
        body = {"name": name, "kinds": kinds, "point": HANGZHOU, "address": name, "hours": ALL_WEEK, **more}
        made: dict[str, Any] = self.made("/v1/sites", body)
        return made

    def shipment(self, **more: Any) -> dict[str, Any]:
        """Take on a shipment of the merchant."""
        made: dict[str, Any] = self.made("/v1/shipments", self.order(**more), self.merchant)
        return made

    def order(self, **more: Any) -> dict[str, Any]:
        """Return a shipment's request with a new order number."""
        self._count += 1
        return {
            "order_ref": f"order-{self._count}",
            "recipient": {"name": "王小明", "phone": "+86 138 0013 8000", "address": "文二路 1 号", "point": HANGZHOU},
            "parcels": [{"weight_g": 500, "volume_cm3": 1000}],
            **more,
        }

    def post(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Response:
        self._count += 1
        once = {"Idempotency-Key": f"test-{self._count}"}
        answer: Response = self.client.post(path, json=body, headers={**once, **(headers or self.operator)})
        return answer

    def made(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        """Post and return what was made; any refusal fails the test with its words."""
        answer = self.post(path, body, headers)
        assert answer.status_code in {200, 201, 202}, answer.text
        return answer.json()

    def released(self, plan: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
        """Release a plan as it was read, and return its runs."""
        headers = {**(headers or self.operator), **tag_of(plan)}
        return self.made(f"/v1/plans/{plan['id']}/release", None, headers)["runs"]

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Any:
        answer = self.client.get(path, headers=headers or self.operator)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def hear_news(self) -> int:
        """Let the later listeners work all that is due."""
        return Dispatcher(self.ctx.db, WIRING).drain()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def tag_of(plan: Mapping[str, Any]) -> dict[str, str]:
    """Return the header that says which version of a plan was read."""
    return {"If-Match": f'"{plan["version"]}"'}


@contextmanager
def house(database_url: str, clock: ManualClock, **settings: Any) -> Iterator[House]:
    """Open a house on an empty database whose tables exist; its background does not work by itself."""
    app = create_app(Settings(database_url=database_url, **settings), work=False)
    ctx: Context = app.state.context
    ctx.clock = ctx.db.clock = clock
    try:
        yield House(app, clock)
    finally:
        close_context(ctx)
