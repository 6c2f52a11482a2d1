"""Asking a running platform as its users' programs do."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from tests.living import HANGZHOU, PASSWORD, bearer, tag_of

MORNING_H = 8
PAUSE_S = 0.2  # between two looks at a plan: who asks without a pause is refused, as everybody is
SEARCH_S_MAX = 90  # a search of a second on a machine that does ten things at once
ROUND_THE_CLOCK = [{"days": [0, 1, 2, 3, 4, 5, 6], "opens": "00:00", "closes": "00:00"}]


def where_it_is_morning(now: datetime) -> str:
    """Return a zone where it is past eight: days are planned on the real time, and an evening has no room left."""
    ahead_h = (MORNING_H - now.astimezone(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead_h:+d}"  # these names count westwards


class Platform:
    """A running platform with a merchant, a depot and a van on duty, somewhere in the morning."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.time_zone = where_it_is_morning(_now())
        self.client = httpx.Client(base_url=url, timeout=20)
        self._names = itertools.count(1)
        self.operator = self.log_in("operator")
        self.account("dispatcher", "dispatcher")
        merchant = self.made("/v1/merchants", {"name": "Blue Shop", "time_zone": self.time_zone})["id"]
        self.merchant_id: str = merchant
        self.merchant = bearer(self.made(f"/v1/merchants/{merchant}/api-keys", {"name": "shop"})["secret"])
        depot = {
            "name": "Depot North",
            "kinds": ["depot"],
            "point": HANGZHOU,
            "address": "1 Depot Road",
            "time_zone": self.time_zone,
        }
        self.depot_id: str = self.made("/v1/sites", {**depot, "hours": ROUND_THE_CLOCK})["id"]
        self.van_id: str = self.made("/v1/vehicles", self._van())["id"]
        self.phone = self._phone()

    @property
    def today(self) -> str:
        return _now().astimezone(ZoneInfo(self.time_zone)).date().isoformat()

    def log_in(self, login: str) -> dict[str, str]:
        answer = httpx.post(f"{self.url}/v1/sessions", json={"login": login, "password": PASSWORD}, timeout=20)
        assert answer.status_code == 201, answer.text
        return bearer(answer.json()["token"])

    def account(self, login: str, role: str, **place: str) -> None:
        self.made("/v1/accounts", {"login": login, "password": PASSWORD, "name": login, "role": role, **place})

    def order(self, north: float = 0.01, **more: Any) -> dict[str, Any]:
        """Take on an order for our own fleet, due today."""
        point = {"lat": HANGZHOU["lat"] + north, "lon": HANGZHOU["lon"]}
        number = next(self._names)
        body = {
            "order_ref": f"order-{number}",
            "recipient": {
                "name": f"王小明 {number}",
                "phone": "+86 138 0013 8000",
                "address": "文二路",
                "point": point,
            },
            "parcels": [{"weight_g": 500, "volume_cm3": 1000}],
            "mode": "own_fleet",
            "deliver_on": self.today,
            **more,
        }
        made: dict[str, Any] = self.made("/v1/shipments", body, self.merchant)
        return made

    def made(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        once = {"Idempotency-Key": f"browser-{next(self._names)}"}
        answer = self.client.post(path, json=body, headers={**once, **(headers or self.operator)})
        assert answer.status_code in {200, 201, 202}, f"{path}: {answer.text}"
        return answer.json()

    def searched(self) -> tuple[str, dict[str, str]]:
        """Plan the day by a search of one second; return the plan's id and the headers of who edits it then."""
        asked = {"on": self.today, "depot_ids": [self.depot_id], "seconds": 1, "travel": "geodesic"}
        plan_id: str = self.made("/v1/plans", asked)["id"]
        deadline = time.monotonic() + SEARCH_S_MAX
        while (seen := self.get(f"/v1/plans/{plan_id}"))["state"] in {"queued", "solving"}:
            assert time.monotonic() < deadline, f"the search does not end: {seen}"
            time.sleep(PAUSE_S)
        return plan_id, {**self.operator, **tag_of(seen)}

    def released(self, plan_id: str) -> Any:
        """Release a plan as it stands, and return its runs."""
        headers = {**self.operator, **tag_of(self.get(f"/v1/plans/{plan_id}"))}
        return self.made(f"/v1/plans/{plan_id}/release", None, headers)["runs"]

    def get(self, path: str) -> Any:
        answer = self.client.get(path, headers=self.operator)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        return answer.json()

    def drive(self, run: dict[str, Any], what: str, body: dict[str, Any]) -> Any:
        return self.made(f"/v1/runs/{run['id']}/{what}", body, self.phone)

    def _van(self) -> dict[str, Any]:
        def money(amount: int) -> dict[str, Any]:
            return {"amount_minor": amount, "currency": "CNY"}

        return {
            "name": "Van 1", "depot_id": self.depot_id, "driver_name": "Li", "capacity_g": 500_000,
            "capacity_cm3": 3_000_000, "capacity_parcels": 100, "cash_minor_max": 500_000,
            "shift_start": "00:00", "shift_end": "18:00", "fixed_cost": money(5_000),
            "cost_per_km": money(100), "cost_per_h": money(3_000),
        }  # fmt: skip

    def _phone(self) -> dict[str, str]:
        code = self.made("/v1/devices/pairing-codes", {"kind": "driver", "vehicle_id": self.van_id})["code"]
        return bearer(self.made("/v1/devices/pair", {"code": code})["token"])


def utc_now() -> str:
    return _now().isoformat()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a real server runs on the real time
